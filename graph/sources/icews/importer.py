"""ICEWS: each record one event between a source and a target, from quads of names or from the release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.sources.icews import quads, release
from graph.sources.reading import Reading, begin, read_folder
from graph.sources.said import Stated
from graph.sources.source import Item, Source

_TITLES: Final = ("event id", "event_id")


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def records(reading: Reading) -> Iterator[Stated]:
    """The events of one file; its first line tells which of the two layouts it has."""
    first, lines = begin(reading.lines())
    if not first:
        return iter(())
    header = first.lower().replace('"', "")
    return release.records(reading) if header.startswith(_TITLES) else quads.records(reading, lines)


def is_one(first: str) -> bool:
    """Whether the first line of a file is one of ICEWS."""
    return first.lower().replace('"', "").startswith(_TITLES) or quads.is_one(first)
