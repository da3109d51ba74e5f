"""How wide a text is when set, and where to break it: so that labels keep apart.

Widths are the advances of Archivo, the sans-serif that every page brings along, in thousandths of
an em; a browser test compares them with what Chromium measures.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from pathlib import Path
from typing import Final

WIDTHS: Final = Path(__file__).parent / "static" / "fonts" / "archivo-widths.json"
_OTHER: Final = 640
_VOWELS: Final = frozenset("aeiouy")


@functools.cache
def _widths(weight: int) -> dict[str, int]:
    """The advance of each character at a weight, 400 or 600."""
    table = json.loads(WIDTHS.read_text(encoding="utf-8"))[str(weight)]
    return {character: int(advance) for advance, text in table.items() for character in text}


@functools.lru_cache(maxsize=65536)
def width(text: str, *, size: float, bold: bool = False) -> float:
    """The width of one line of text in pixels at a font size in pixels."""
    known = _widths(600 if bold else 400)
    return sum(known.get(c) or _unknown(c, known) for c in text) * size / 1000


def advance(character: str, *, bold: bool = False) -> int | None:
    """The width of a character in thousandths of an em; None when the font lacks it."""
    return _widths(600 if bold else 400).get(character)


def _unknown(character: str, known: dict[str, int]) -> int:
    """The width of a character the font lacks: that of its plain letter, or a generous guess."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    return known.get(unicodedata.normalize("NFKD", character)[0], _OTHER)


def lines(text: str, *, size: float, most: float, rows: int = 4) -> tuple[str, ...]:
    """The text broken at spaces into lines of at most `most` pixels; an ellipsis ends a cut one.

    A word wider than a line is broken with a hyphen, so no line is ever wider than `most`.
    """
    found: list[str] = []
    words = [part for word in text.split() for part in _parts(word, size=size, most=most)]
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}".strip()
        if line and width(longer, size=size) > most:
            found.append(line)
            line = word
        else:
            line = longer
        if len(found) == rows - 1 and width(" ".join([line, *words]), size=size) > most:
            found.append(_cut(" ".join([line, *words]), size=size, most=most))
            return tuple(found)
    return (*found, line) if line else tuple(found)


def _parts(word: str, *, size: float, most: float) -> list[str]:
    """The word, or its parts with hyphens: broken before a consonant that a vowel follows, else cut."""
    found: list[str] = []
    while width(word, size=size) > most:
        breaks = (
            at
            for at in range(len(word) - 4, 2, -1)
            if word[at].isalpha() and word[at] not in _VOWELS and word[at + 1] in _VOWELS and word[at - 1].isalpha()
        )
        at = next((at for at in breaks if width(f"{word[:at]}-", size=size) <= most), 0)
        if not at:
            return [*found, _cut(word, size=size, most=most)]
        found.append(f"{word[:at]}-")
        word = word[at:]
    return [*found, word]


def _cut(text: str, *, size: float, most: float) -> str:
    if width(text, size=size) <= most:
        return text
    room = most - width("…", size=size)
    kept = ""
    for character in text:
        if width(kept + character, size=size) > room:
            break
        kept += character
    return kept.rstrip(" ,;:-–") + "…"
