"""The records of a table: cells with the line on which each record ends, and columns by the name of their layout."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.errors import InputError
from graph.sources.guard import opening
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.source import Source

Cells = tuple[int, list[str]]


def cells(path: Path, delimiter: str = ",", limits: Limits = LIMITS) -> Iterator[Cells]:
    """Each record of a CSV file (RFC 4180) with the line on which it ends; blanks around cells stay."""
    yield from parsed(opening.lines(path, limits), path, delimiter)


def parsed(lines: Iterable[tuple[int, str]], path: Path, delimiter: str = ",") -> Iterator[Cells]:
    """The same from numbered lines; InputError for a quote that is never closed."""
    at = 0

    def texts() -> Iterator[str]:
        nonlocal at
        for at, text in lines:  # noqa: B007 (the line a record ends on is read below)
            yield f"{text}\n"

    rows = csv.reader(texts(), delimiter=delimiter, strict=True)
    try:
        for found in rows:
            yield at, found
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", where=f"{path.name}:{at}") from error


def once(header: Iterable[str], where: str) -> tuple[str, ...]:
    """The names of a header, stripped; InputError when one stands there twice."""
    names = tuple(name.strip() for name in header)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"columns twice: {', '.join(twice)}", where=where)
    return names


def layout(header: Iterable[str], source: Source, where: str) -> str:
    """Which of a source's layouts a header is: the one whose columns are all there.

    Raises InputError naming what is missing for the nearest one.
    """
    names = set(once(header, where))
    fits = [name for name, columns in source.columns.items() if set(columns) <= names]
    if fits:
        return max(fits, key=lambda name: len(source.columns[name]))
    near = min(source.columns, key=lambda name: len(set(source.columns[name]) - names))
    missing = ", ".join(sorted(set(source.columns[near]) - names))
    raise InputError(f"no column {missing}", where=where, expected=f"the columns of {source.title}")
