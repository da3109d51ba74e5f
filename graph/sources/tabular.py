"""Records of a table with a header, for event sources: its layout, then each record with its line, or its refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from graph.errors import GraphError
from graph.sources import rows
from graph.sources.reading import Reading, begin
from graph.sources.said import Stated
from graph.sources.source import Record, Rejected, audit

NULLS: Final = frozenset({"NULL", "null", "NA", "\\N"})
Told = Callable[[str, Record, int], Iterator[Stated]]


def named(column: str) -> str:
    """A column as sources' own files and copies of them call it: `Event ID` is `event_id`."""
    return "_".join(column.strip().lower().split())


def records(reading: Reading, tell: Told) -> Iterator[Stated]:
    """What `tell` makes of each record, given the layout's name, the record and the line it ends on.

    The first line of the file is the header; tabs, semicolons or commas separate. Raises InputError for
    a header of no layout, or with a column that nobody takes or ignores.
    """
    first, lines = begin(reading.lines())
    if not first:
        return
    delimiter = max("\t;,", key=first.count)
    table = rows.parsed(lines, reading.path, delimiter)
    line, header = next(table)
    names = tuple(map(named, rows.once(header, reading.where(line))))
    layout = rows.layout(names, reading.source, reading.where(line))
    audit(names, reading.source.columns[layout], reading.source, where=reading.where(line))
    for line, cells in table:
        if line <= reading.after or not any(cells):
            continue
        where = reading.where(line)
        if len(cells) != len(names):
            yield Rejected(where, f"{len(cells)} columns, not {len(names)}", delimiter.join(cells))
            continue
        record = Record(where, {n: "" if c.strip() in NULLS else c for n, c in zip(names, cells, strict=True)})
        try:
            said = list(tell(layout, record, line))
        except GraphError as error:
            yield Rejected(where, error.what, record.text)
            continue
        yield from reading.cast.take()
        yield from said


def is_one(first: str, *columns: str) -> bool:
    """Whether a file's first line is a header with all of these columns."""
    cells = {named(cell.strip('"')) for cell in first.split(max("\t;,", key=first.count))}
    return set(columns) <= cells
