"""Characters that do something instead of being seen, as marks: a name must not drive a terminal or hide in a page."""

from __future__ import annotations

import re
from typing import Final

# C0 but tab, newline and carriage return, DEL, and C1.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

# Characters of direction; among them those of isolates, which could end ours (Unicode Standard Annex 9).
_DIRECTIONS: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ISOLATES: Final = re.compile(r"[\u2066-\u2069]")


def controls(text: str) -> str:
    r"""The text with control characters as marks, as pages show it; directions are kept apart there by markup.

    >>> controls("a\x1b[2Jb\x85")
    'a␛[2Jb⟨U+0085⟩'
    """
    if text.isprintable():
        return text
    return _CONTROLS.sub(lambda found: mark(found[0]), text)


def apart(text: str) -> str:
    r"""Text for where no markup can be: its characters of direction, if any, do nothing to what stands beside it.

    >>> apart("plain"), ascii(apart("a\u202eb"))
    ('plain', "'\\u2068a\\u202eb\\u2069'")
    """
    return f"\u2068{_ISOLATES.sub('', text)}\u2069" if _DIRECTIONS.search(text) else text


def mark(character: str) -> str:
    """The sign for one: a picture of it where Unicode has one, else its number."""
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"⟨U+{point:04X}⟩"
