"""The one-line form of an entry, and its CSV twin, taken apart: no name is resolved here."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, TextIO

from graph import when as when_
from graph.errors import DiskError, InputError, LimitExceeded

FORM: Final = "DATE | kind | who -> whom | place | https://… (Publisher) | key=value"
COLUMNS: Final = ("date", "kind", "participants", "place", "source")
# Keys an entry may add; roles and values of the kind are allowed besides.
KEYS: Final = frozenset(
    {"name", "published", "title", "speaker", "quote", "locator", "into", "story", "lang"}
    | {"responds-to", "follows", "part-of", "after", "caused-by"}
)
MAX_CELL: Final = 100_000
_SOURCE: Final = re.compile(r"(?P<url>https?://[^\s]+?)(?:\s+\((?P<publisher>[^()]*(?:\([^()]*\))?[^()]*)\))?\s*")
_FIELD: Final = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*=\s*(.*\S)\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as written: nothing resolved, nothing checked but its form.

    `left` and `right` are the names on either side of the arrow; without an arrow all are on the left.
    """

    date: str
    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    place: str
    url: str
    publisher: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    where: str = ""

    def one(self, key: str) -> str:
        """The only value of a key, or empty."""
        return self.fields.get(key, ("",))[0]


def read(line: str, where: str = "") -> Entry:
    """The entry of one line; InputError says which part cannot be read.

    >>> read("2025-06-30 | search | police -> Sputnik | Baku | https://meduza.io/x (Meduza)").right
    ('Sputnik',)
    """
    parts = [part.strip() for part in line.split(" | ")] if " | " in line else [p.strip() for p in line.split("|")]
    if len(parts) < len(COLUMNS):
        raise InputError(f"{len(parts)} parts in {line!r}", where=where, expected=FORM)
    return from_parts(dict(zip(COLUMNS, parts, strict=False)), parts[len(COLUMNS) :], where)


def read_csv(path: Path) -> Iterator[Entry | InputError]:
    """The entries of a CSV file with a header, in order; what cannot be read comes as the error it is.

    Columns are those of `COLUMNS`; any other column is a key. Raises InputError for a bad header,
    LimitExceeded for a cell over 100,000 characters, DiskError when the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(file, path.name)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", where=path.name) from error
    except OSError as error:
        raise DiskError(f"cannot read: {error.strerror}", where=str(path)) from error


def _rows(file: TextIO, name: str) -> Iterator[Entry | InputError]:
    csv.field_size_limit(MAX_CELL)
    rows = csv.reader(file, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        missing = sorted(set(COLUMNS) - set(header))
        if missing or len(set(header)) < len(header):
            told = f"no column {', '.join(missing)}" if missing else "a column twice"
            raise InputError(told, where=f"{name}:1", expected=f"a header with {', '.join(COLUMNS)}")
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _row(header, row, f"{name}:{rows.line_num}")
    except csv.Error as error:
        kind = LimitExceeded if "field larger" in str(error) else InputError
        raise kind(f"not CSV: {error}", where=f"{name}:{rows.line_num}") from error


def _row(header: list[str], row: list[str], where: str) -> Entry | InputError:
    if len(row) != len(header):
        return InputError(f"{len(row)} cells", where=where, expected=f"{len(header)}, as in the header")
    cells = dict(zip(header, row, strict=True))
    extra = [f"{key}={value}" for key, value in cells.items() if key not in COLUMNS and value.strip()]
    try:
        return from_parts({key: cells[key].strip() for key in COLUMNS}, extra, where)
    except InputError as error:
        return error


def from_parts(parts: Mapping[str, str], extra: list[str], where: str) -> Entry:
    """An entry from the texts of `COLUMNS` and its key=value fields; InputError for what cannot be read."""
    if "\0" in "".join((*parts.values(), *extra)):
        raise InputError("NUL in the entry", where=where)
    when_.parse(parts["date"])
    source = _SOURCE.fullmatch(parts["source"])
    if source is None:
        raise InputError(f"not a source: {parts['source']!r}", where=where, expected="https://… (Publisher)")
    left, _, right = parts["participants"].replace("→", "->").partition("->")
    return Entry(
        parts["date"],
        parts["kind"],
        _names(left),
        _names(right),
        "" if parts["place"] in ("-", "?") else parts["place"],
        source["url"],
        (source["publisher"] or "").strip(),
        _fields(extra, where),
        where,
    )


def _names(text: str) -> tuple[str, ...]:
    """Names separated by semicolons or, when there is none, by commas and ampersands."""
    parts = text.split(";") if ";" in text else re.split(r",(?![^\[]*\])|\s&\s", text)
    return tuple(part.strip() for part in parts if part.strip())


def _fields(extra: list[str], where: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (p.strip() for p in extra)):
        match = _FIELD.fullmatch(part)
        if match is None:
            raise InputError(f"not a field: {part!r}", where=where, expected="key=value, such as deaths=38")
        key = match[1].lower() if match[1].lower() in KEYS else match[1]
        values = _names(match[2]) if key in ("into", "story") else (match[2],)
        found[key] = (*found.get(key, ()), *values)
    return MappingProxyType(found)
