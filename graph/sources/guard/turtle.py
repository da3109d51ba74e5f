"""The shape of Turtle, TriG, N-Triples and N-Quads, looked at before their parser: depth and length.

Comments, IRIs and strings are set aside as the grammar tokenizes them (RDF 1.1 Turtle, section 6.5),
so nothing hides in them and no bracket in them is counted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from graph.errors import InputError, LimitExceeded
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.guard.opening import too_large, too_long

# Possessive repeats (`*+`) and atomic groups: a string that is never closed is read once, not once a character.
# Groups are atomic rather than possessive, because Python 3.11.2, Debian's, matches possessive groups wrongly.
_TOKEN: Final = re.compile(
    rb"#[^\n\r]*+"
    rb"|<[^<>\"{}|^`\\\x00-\x20]*+(?>(?:\\[uU][^<>\"{}|^`\\\x00-\x20]*+)*)>"
    rb'|"""[^"\\]*+(?>(?:(?:\\.|"(?!""))[^"\\]*+)*)"""'
    rb"|'''[^'\\]*+(?>(?:(?:\\.|'(?!''))[^'\\]*+)*)'''"
    rb'|"(?!"")[^"\\\n\r]*+(?>(?:\\.[^"\\\n\r]*+)*)"'
    rb"|'(?!'')[^'\\\n\r]*+(?>(?:\\.[^'\\\n\r]*+)*)'"
    rb"|\\."
    rb"|<<|>>|[\[({\])}\"']",
    re.DOTALL,
)
_OPEN: Final = frozenset({b"<<", b"[", b"(", b"{"})
_CLOSE: Final = frozenset({b">>", b"]", b")", b"}"})


def check(text: bytes, path: Path, limits: Limits = LIMITS) -> None:
    """Refuse text that nests too deep, or holds a string too long or never closed.

    Raises LimitExceeded or InputError with the line on which it starts.
    """
    depth = 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in _OPEN:
            depth += 1
            if depth > limits.nesting:
                raise too_large(f"nesting > {limits.nesting}", path, _line(text, found.start()), limits.nesting)
        elif token in _CLOSE:
            depth = max(0, depth - 1)
        elif token in (b'"', b"'"):
            raise _unclosed(text, found.start(), path, limits)
        elif len(token) > limits.literal_bytes:
            raise too_long(path, _line(text, found.start()), limits)


def _unclosed(text: bytes, start: int, path: Path, limits: Limits) -> InputError | LimitExceeded:
    quote = text[start : start + 1]
    long = text[start : start + 3] == quote * 3
    ends = len(text) if long else _line_end(text, start)
    if ends - start > limits.literal_bytes:
        return too_long(path, _line(text, start), limits)
    return InputError(
        "a string is never closed", where=f"{path.name}:{_line(text, start)}", expected="its closing quote"
    )


def _line_end(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return len(text) if end < 0 else end


def _line(text: bytes, at: int) -> int:
    return text.count(b"\n", 0, at) + 1
