"""Which importers there are: every folder beside this file that has a `source.yaml`."""

from __future__ import annotations

import functools
import hashlib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.errors import UnknownName
from graph.sources.source import FOLDER, Importer, Source, source_from

if TYPE_CHECKING:
    from graph.sources.reading import Reader

STREAMED: Final = ("acled", "cow_alliances", "current_events", "gdelt", "icews", "ucdp_ged", "ucdp_prio")
"""Importers that read a file record by record into a bulk layer; a file is of the first that knows its first line."""


def names() -> tuple[str, ...]:
    """The names of all importers, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/source.yaml")))


def source(name: str) -> Source:
    """The description of one importer's source; UnknownName when there is none."""
    if name not in names():
        raise UnknownName(name, suggestions=names(), where="sources")
    return source_from(FOLDER / name)


def importer(name: str) -> Importer:
    """The `read` function of one importer; UnknownName when there is none.

    >>> importer("reign").__name__
    'read'
    """
    source(name)
    read: Importer = importlib.import_module(f"graph.sources.{name}.importer").read
    return read


def reader(name: str) -> Reader:
    """The `records` function of one importer that fills bulk layers; UnknownName when it is none."""
    if name not in STREAMED:
        raise UnknownName(name, suggestions=STREAMED, where="sources of bulk layers")
    found: Reader = importlib.import_module(f"graph.sources.{name}.importer").records
    return found


def recognised(first: str) -> str:
    """Which of these importers a file's first line belongs to; empty when none of them knows it."""
    for name in STREAMED:
        if importlib.import_module(f"graph.sources.{name}.importer").is_one(first):
            return name
    return ""


@functools.cache
def code(name: str) -> str:
    """A hash of all that decides what an importer makes of a record: its folder, what it shares, the ontology."""
    shared = (FOLDER, FOLDER / "cameo", FOLDER / name)
    files = [p for folder in shared for p in sorted(folder.iterdir()) if p.is_file()]
    files += sorted((FOLDER.parent / "ontology").rglob("*.yaml"))
    return hashlib.sha256(b"".join(_content(p) for p in files)).hexdigest()[:16]


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.suffix != ".pyc" else b""
