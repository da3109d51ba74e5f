"""Characters that do something instead of being seen, as marks: a name must not drive a terminal or hide in a page."""

from __future__ import annotations

import re
from typing import Final

# C0 but tab, newline and carriage return, DEL, and C1.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def controls(text: str) -> str:
    r"""The text with control characters as marks, as pages show it; directions are kept apart there by markup.

    >>> controls("a\x1b[2Jb\x85")
    'a␛[2Jb⟨U+0085⟩'
    """
    if text.isprintable():
        return text
    return _CONTROLS.sub(lambda found: mark(found[0]), text)


def mark(character: str) -> str:
    """The sign for one: a picture of it where Unicode has one, else its number."""
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"⟨U+{point:04X}⟩"
