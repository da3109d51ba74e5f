"""UCDP/PRIO: each record one conflict in one year, as relations between each two of its opposing sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph.claim import Article, article_id
from graph.errors import RejectedInput
from graph.sources import tabular
from graph.sources.cast import Meant, spelled
from graph.sources.reading import Reading, read_folder
from graph.sources.said import Line, Said, Stated
from graph.sources.source import Item, Record, Source
from graph.sources.states import state
from graph.sources.ucdp_ged.importer import side

RELATIONS: Final = {"1": "inConflictWith", "2": "atWarWith"}
_BETWEEN: Final = re.compile(r",\s*(?![^(]*\))")  # "Syria insurgents (FSA, ISIS)" is one side
_VERSION: Final = re.compile(r"\d{2}\.\d")


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is a header of the data set."""
    return tabular.is_one(first, "conflict_id", "intensity_level", "side_b")


def records(reading: Reading) -> Iterator[Stated]:
    """The conflict years of one version."""
    yield reading.source.entity
    yield from tabular.records(reading, lambda _, record, line: iter((_year(record, reading, line),)))


def _year(record: Record, reading: Reading, line: int) -> Said:
    cited = _version(record.need("version"), reading.source)
    reading.cast.waiting.append(cited)
    conflict, year, level = record.need("conflict_id"), record.need("year"), record.need("intensity_level")
    if level not in RELATIONS:
        raise RejectedInput(f"no intensity level: {level!r}")
    when_.parse(year)
    if not re.fullmatch(r"\d{4}", year):
        raise RejectedInput(f"not a year: {year!r}")
    record.take("type_of_conflict")
    sides = [_sides(record.need(name), reading, int(year), cited.id) for name in ("side_a", "side_b")]
    claims: tuple[Line, ...] = tuple(
        (one.id, RELATIONS[level], other.id, "", year) for one in sides[0] for other in sides[1] if one.id != other.id
    )
    if not claims:
        raise RejectedInput("no two sides")
    locator = f"conflict {conflict}, {year}"
    return Said(f"prio-{conflict}-{year}", claims[0][0], "", "", claims, cited.id, locator, line=line)


def _version(text: str, source: Source) -> Article:
    """The version of the data set that a record is of."""
    if not _VERSION.fullmatch(text):
        raise RejectedInput(f"no version: {text!r}")
    made = article_id(f"{source.url} armed conflict {text}")
    published = f"20{text[:2]}"
    return Article(
        made, source.url, f"{source.title} {text}", source.publisher, published, "version", licence=source.licence
    )


def _sides(text: str, reading: Reading, year: int, cited: str) -> list[Meant]:
    """The parties of one side; a government stands for its state, which fights through it."""
    found = []
    for part in _BETWEEN.split(text):
        name = spelled(part)
        government = name.startswith("Government of ")
        home = state(name.removeprefix("Government of "), reading.cast, year) if government else None
        if home is not None and home.kind == "Country":
            found.append(home)
        elif name:
            found.append(side(name, reading.cast, when_.day_of(year), cited))
    return found
