"""The shape of JSON and JSON-LD before their parser: depth, length, contexts, IRIs that would vanish.

A JSON-LD parser drops what it cannot read as an IRI without a word; here it is a refusal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graph.errors import InputError
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.guard.opening import too_large, too_long

_TOKEN: Final = re.compile(rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|[\[{\]}"]', re.DOTALL)
_NOT_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")
_BUNDLE: Final = "put the content of the context in its place in the file"


def depth(text: bytes, path: Path, limits: Limits = LIMITS) -> None:
    """Refuse JSON that nests too deep or holds a string too long, without parsing it."""
    level = 0
    for found in _TOKEN.finditer(text):
        first = text[found.start()]
        if first in b"[{":
            level += 1
            if level > limits.nesting:
                line = _line(text, found.start())
                raise too_large(f"nesting > {limits.nesting}", path, line, limits.nesting)
        elif first in b"]}":
            level = max(0, level - 1)
        elif len(found[0]) == 1:
            line = _line(text, found.start())
            if len(text) - found.start() > limits.literal_bytes:
                raise too_long(path, line, limits)
            raise InputError("a string is never closed", where=f"{path.name}:{line}", expected="its closing quote")
        elif len(found[0]) > limits.literal_bytes:
            raise too_long(path, _line(text, found.start()), limits)


def _line(text: bytes, at: int) -> int:
    return text.count(b"\n", 0, at) + 1


def value(text: bytes, path: Path, limits: Limits = LIMITS) -> Any:
    """The value of JSON text that is neither too deep nor too long; InputError names line and column."""
    depth(text, path, limits)
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise InputError(f"not JSON: {error}", where=f"{path.name}:{line}" if line else path.name) from error
    for string in strings(found):
        if not string.isascii():
            _whole(string, path)
    return found


def check(text: bytes, path: Path, base: str = "", limits: Limits = LIMITS) -> None:
    """Refuse JSON-LD that names a context elsewhere, or an `@id` that is no IRI.

    A relative `@id` needs `base`, or an `@base` in the file.
    """
    if not text.strip():
        return
    document = value(text, path, limits)
    based = bool(base) or any("@base" in o for o in objects(document))
    for found in objects(document):
        for name in _contexts(found):
            raise InputError(f"context from elsewhere: {name}", where=path.name, expected=_BUNDLE)
        iri = found.get("@id")
        if isinstance(iri, str) and (_NOT_IN_IRI.search(iri) or not (based or ":" in iri or iri.startswith("@"))):
            raise InputError(f"not an IRI: {iri!r}", where=path.name, expected="an absolute one, or --base IRI")


def objects(document: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, the outermost first."""
    waiting = [document]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


def strings(document: Any) -> Iterator[str]:
    """Every string in a JSON value, names of fields too."""
    waiting = [document]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            yield from found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


def _contexts(found: dict[str, Any]) -> Iterator[str]:
    """The contexts that an object would fetch."""
    context = found.get("@context")
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and isinstance(part.get("@import"), str):
            yield part["@import"]
    if isinstance(found.get("@import"), str):
        yield found["@import"]


def _whole(text: str, path: Path) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"half a character: \\u{ord(text[error.start]):04x}", where=path.name, expected="UTF-8 text"
        ) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
