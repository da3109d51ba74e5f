"""Lists of words and patterns, one a line, in the folder beside this file."""

from __future__ import annotations

import functools
import re
from pathlib import Path


@functools.cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list in order, without its heading."""
    text = (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def words(name: str) -> frozenset[str]:
    """The lines of a list as a set."""
    return frozenset(lines(name))


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """The patterns of a list as one, for whole words in any case."""
    return re.compile(rf"\b(?:{'|'.join(lines(name))})\b", re.IGNORECASE)
