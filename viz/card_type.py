"""Text set on a card: which face has a letter, how wide a line is, where it breaks, which way it runs.

Widths and kerning are tables in `static/fonts/card-widths.json`, so every machine sets the same lines.
"""

from __future__ import annotations

import bisect
import functools
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from graph import marks
from viz import letters, page

FONTS: Final = Path(__file__).parent / "static" / "fonts"
TABLE: Final = FONTS / "card-widths.json"
Style = Literal["headline", "plain", "bold"]
# Scripts that neither Newsreader nor Archivo has; letters of no face here are spelled in Latin ones.
OTHERS: Final = ("cyrillic-greek", "hebrew", "arabic", "armenian", "georgian")
_STEP: Final = 20
_RIGHT: Final = frozenset({"R", "AL"})
_HIDDEN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter of a line: itself, the file of its face, and where it stands from the line's start, in ems."""

    letter: str
    file: str
    at: float


@dataclass(frozen=True, slots=True)
class Line:
    """Letters in the order they stand from left to right, and how wide they are together, in ems."""

    glyphs: tuple[Glyph, ...]
    ems: float


@functools.cache
def _table() -> tuple[dict[str, dict[str, int]], dict[tuple[str, str], int]]:
    """The advance of each letter by face, and the kerning of pairs of Newsreader, in thousandths of an em."""
    raw = json.loads(TABLE.read_text(encoding="utf-8"))
    widths = {face: {c: int(w) for w, text in by.items() for c in text} for face, by in raw["widths"].items()}
    kerning = {(a, b): int(by) for by, pairs in raw["kerning"].items() for a, seconds in pairs.items() for b in seconds}
    return widths, kerning


@functools.lru_cache(maxsize=4096)
def _placed(letter: str, style: Style) -> tuple[str, int] | None:
    """The file and the advance of a letter in a style; None when no face has it."""
    widths, _ = _table()
    if style == "headline" and letter in widths["newsreader"]:
        return f"newsreader-{page.needed(letter)[-1]}", widths["newsreader"][letter]
    advance = letters.advance(letter, bold=style == "bold")
    if style != "headline" and advance is not None:
        return f"archivo-{600 if style == 'bold' else 400}-{page.needed(letter)[-1]}", advance
    face = next((f for f in OTHERS if letter in widths[f]), "")
    return (f"cards-{face}", widths[face][letter]) if face else None


def readable(text: str) -> str:
    """The text with only letters that a face here has: others in Latin ones, what is never seen left out.

    >>> readable("Мир \u4e2d\u56fd")
    'Мир Zhong Guo'
    """
    from anyascii import anyascii

    plain = marks.controls(unicodedata.normalize("NFC", text))
    kept: list[str] = []
    spelled = False
    for letter in plain:
        if unicodedata.combining(letter):
            continue  # what no composed letter holds: faces here have no rules for where it stands
        if _placed(letter, "headline") and (_placed(letter, "plain") or letter in _elsewhere()):
            kept.append(letter)
            spelled = False
        elif letter.isspace():
            kept.append(" ")
            spelled = False
        elif unicodedata.category(letter) not in _HIDDEN:
            latin = anyascii(letter)
            kept.append(f" {latin}" if spelled and latin[:1].isupper() else latin)
            spelled = True
    return " ".join("".join(kept).split())


@functools.cache
def _elsewhere() -> frozenset[str]:
    widths, _ = _table()
    return frozenset(c for face in OTHERS for c in widths[face])


@functools.lru_cache(maxsize=8192)
def line(text: str, style: Style) -> Line:
    """A readable text as one line, in the order it is seen."""
    _, kerning = _table()
    at = 0.0
    before = ""
    found = []
    for letter in _shown(text):
        placed = _placed(letter, style)
        if placed is None:
            continue
        if style == "headline":
            at += kerning.get((before, letter), 0) / 1000
        found.append(Glyph(letter, placed[0], at))
        at += placed[1] / 1000
        before = letter
    return Line(tuple(found), at)


def _shown(text: str) -> str:
    """The letters in the order they stand: right-to-left words turned, Arabic letters joined."""
    if not any(unicodedata.bidirectional(c) in (*_RIGHT, "AN") for c in text):
        return text
    from bidi.algorithm import get_display  # the one that mirrors brackets

    return str(get_display(_joined(text), base_dir="R" if runs_left(text) else "L"))


@functools.cache
def _joined(text: str) -> str:
    from arabic_reshaper import ArabicReshaper

    joined = str(ArabicReshaper({"delete_harakat": True}).reshape(text))
    return "".join(c if _placed(c, "headline") else unicodedata.normalize("NFKC", c) for c in joined)


def runs_left(text: str) -> bool:
    """Whether a text runs from right to left: its first letter that has a direction does."""
    strong = (d for c in text if (d := unicodedata.bidirectional(c)) in {*_RIGHT, "L"})
    return next(strong, "L") in _RIGHT


def width(text: str, style: Style, size: float) -> float:
    """The width of a text as one line, in pixels at a size in pixels."""
    return line(text, style).ems * size


def wrap(text: str, style: Style, *, size: float, most: float, rows: int) -> tuple[str, ...] | None:
    """The text in at most `rows` lines of at most `most` pixels, broken at spaces; None when it does not fit."""
    found: list[str] = []
    for word in text.split(" "):
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, style, size) <= most:
            found[-1] = longer
        elif width(word, style, size) <= most:
            found.append(word)
        else:
            return None
    return tuple(found) if len(found) <= rows else None


def balanced(text: str, style: Style, *, size: float, most: float, rows: int) -> tuple[str, ...]:
    """The text in as many lines as `wrap` makes of it, and these as equally long as can be."""
    lines = wrap(text, style, size=size, most=most, rows=rows) or ()
    for room in range(int(most) - _STEP, int(most / 2), -_STEP):
        narrower = wrap(text, style, size=size, most=room, rows=len(lines))
        if not narrower:
            break
        lines = narrower
    return lines


def fitted(text: str, style: Style, *, sizes: tuple[int, ...], most: float, high: float) -> tuple[int, tuple[str, ...]]:
    """The largest of `sizes` at which a text fits into a box, and its lines; cut with an ellipsis when none does.

    Lines stand 1.1 times the size apart; `most` and `high` are the box in pixels, `sizes` descend.
    """
    for size in sizes:
        rows = int(high / (1.1 * size))
        if wrap(text, style, size=size, most=most, rows=rows) is not None:
            return size, balanced(text, style, size=size, most=most, rows=rows)
    size = sizes[-1]
    return size, tuple(_cut(text, style, size, most, rows=max(1, int(high / (1.1 * size)))))


def _cut(text: str, style: Style, size: int, most: float, *, rows: int) -> Iterator[str]:
    """Lines as full as they can be, words broken where they must; the last of `rows` ends with an ellipsis."""
    left = text
    for row in range(rows):
        if width(left, style, size) <= most:
            yield left
            return
        last = row == rows - 1
        room = most - (width("…", style, size) if last else 0)
        ends = range(1, len(left))
        kept = max(1, bisect.bisect_right(ends, room, key=lambda n: width(left[:n], style, size)))
        space = left.rfind(" ", 0, kept + 1)
        if space > kept / 2:
            kept = space
        yield left[:kept].rstrip(" ,;:-–") + ("…" if last else "")
        left = left[kept:].lstrip()
