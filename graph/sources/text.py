"""Text from a file, as a value or a name: whole, in one normal form, and never an address by mistake."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from graph.errors import InputError

_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def clean(text: str) -> str:
    """The text in NFC without outer blanks; other characters stay, InputError for NUL."""
    if "\0" in text:
        raise InputError("NUL in a text")
    return unicodedata.normalize("NFC", text).strip()


def is_web_address(text: str) -> bool:
    """Whether a text may be a link: http or https and nothing that breaks out of one.

    >>> is_web_address("JaVaScRiPt:alert(1)"), is_web_address("https://example.org/a")
    (False, True)
    """
    return _WEB.fullmatch(text) is not None
