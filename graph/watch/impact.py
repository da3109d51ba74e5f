"""Impact: which saved paragraphs and pages use a claim, so that a correction reaches them all."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.claim import is_id
from graph.errors import InputError, LimitExceeded, UnknownName
from graph.questions.behind import Behind, behind
from graph.questions.rows import Row, Rows
from graph.sources.guard import json as json_
from graph.sources.guard.limits import LIMITS
from graph.store import Store
from graph.watch.saved import is_saved, saved

_SUFFIXES: Final = (".html", ".json")
_TITLE: Final = re.compile(rb"<title>(.*?)</title>", re.S)


@dataclass(frozen=True, slots=True)
class Use(Row):
    """Where a claim is used: the file, the number of the sentence in it from 1 (0: a page), the sentence or title."""

    file: str
    sentence: int
    text: str


def impact(claim: str, files: Iterable[Path], store: Store) -> Rows:
    """The sentences of saved paragraphs and the pages that use a claim, by file; folders are searched throughout.

    A claim that is in no file of the graph any more can still be asked about.
    Raises InputError for a text that is no claim id or a file that cannot be read.
    """
    if not is_id(claim):
        raise InputError(f"not a claim id: {claim!r}", expected="sixteen hex digits, as `backstory show` prints them")
    rests: Behind = _behind(claim, store)
    found = tuple(
        Use(str(path), number, text, **rests) for path in _searched(files) for number, text in _uses(claim, path)
    )
    return Rows("impact", {"claim": claim}, Use, found)


def _behind(claim: str, store: Store) -> Behind:
    try:
        return behind((store.claim(claim),), store)
    except UnknownName:
        return {"claims": (claim,), "sources": ()}


def _searched(files: Iterable[Path]) -> Iterator[Path]:
    """The files given, and the pages and JSON files of the folders given, hidden ones left out; each once."""
    seen = set()
    for given in files:
        inside = sorted(p for p in given.rglob("*") if p.suffix in _SUFFIXES and p.is_file()) if given.is_dir() else ()
        below = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(given).parts)]
        for path in below if given.is_dir() else (given,):
            if path not in seen:
                seen.add(path)
                yield path


def _bytes(path: Path) -> bytes:
    """The bytes of a file; refused when there are too many or it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(LIMITS.file_bytes + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    if len(raw) > LIMITS.file_bytes:
        raise LimitExceeded(f"more than {LIMITS.file_bytes:,} bytes", where=str(path), expected="pages and paragraphs")
    return raw


def _uses(claim: str, path: Path) -> Iterator[tuple[int, str]]:
    """The sentences of a saved paragraph, or the page, that name a claim."""
    raw = _bytes(path)
    if not re.search(rb"\b" + claim.encode() + rb"\b", raw):
        return
    if path.suffix == ".json" and is_saved(value := json_.value(raw, path)):
        told = saved(value, path.name).sentences
        yield from ((number, s.text) for number, s in enumerate(told, 1) if claim in s.claims)
        return
    title = _TITLE.search(raw)
    yield 0, html.unescape(title[1].decode("utf-8", "replace")).strip() if title else path.name
