"""Rows: what a question answers with, typed, in order, each naming the claims it rests on and who says them."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from graph.claim import content_id
from graph.errors import InputError
from graph.questions.overview import Source

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value = Any
_BEHIND: Final = ("claims", "sources")
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by id and name; a value has no id."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an answer: what each question adds, then the ids of its claims and the articles behind them."""

    claims: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Rows:
    """An answer: the question, how it was understood, the rows in order, what each row holds.

    `asked` gives every argument as understood: names with their ids, days as dates.
    """

    question: str
    asked: Mapping[str, Value]
    row: type[Row]
    rows: tuple[Row, ...]
    told: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> Any:
        return self.rows[at]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what a row holds, claims and sources last."""
        names = [f.name for f in dataclasses.fields(self.row)]
        return (*(n for n in names if n not in _BEHIND), *_BEHIND)

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of the flat form, a thing's id beside its name; an empty answer has them too."""
        things = {f.name for f in dataclasses.fields(self.row) if f.type == Named.__name__}
        return tuple(h for name in self.columns for h in ((name, f"{name}_id") if name in things else (name,)))

    def page(self, limit: int, after: str = "") -> tuple[tuple[Row, ...], str]:
        """At most `limit` rows after the row with this cursor, and the cursor for the next page ("" at the end).

        Raises InputError for a cursor that names no row of this answer.
        """
        start = 0
        if after:
            cursors = [cursor(row) for row in self.rows]
            if after not in cursors:
                raise InputError("after names no row of this answer", expected="the `next` of the page before")
            start = cursors.index(after) + 1
        rows = self.rows[start : start + limit]
        return rows, cursor(rows[-1]) if start + limit < len(self.rows) else ""

    def cells(self) -> Iterator[dict[str, str | int | float | None]]:
        """The rows as flat cells: a thing as its name beside its id, sources as publishers with dates."""
        return (cells(row, self.columns) for row in self.rows)

    def to_polars(self) -> pl.DataFrame:
        """The cells as a polars data frame; needs the package's `tables` extra."""
        import polars

        return polars.DataFrame(list(self.cells()), schema=list(self.headings), infer_schema_length=None)

    def to_pandas(self) -> pd.DataFrame:
        """The cells as a pandas data frame; needs pandas."""
        import pandas

        return pandas.DataFrame(list(self.cells()), columns=list(self.headings))

    def __repr__(self) -> str:
        return f"<{self.question}: {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        """A table for notebooks: the first rows, names and sources as text."""
        names = self.headings
        shown = [n for n in names if n != "claims" and not n.endswith("_id")]
        head = "".join(f"<th>{escape(n)}</th>" for n in shown)
        lines = []
        for row in [cells(r, self.columns) for r in self.rows[:_SHOWN]]:
            lines.append("<tr>" + "".join(f"<td>{escape(_text(row.get(n)))}</td>" for n in shown) + "</tr>")
        more = f"<p>… and {len(self.rows) - _SHOWN} more rows</p>" if len(self.rows) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>{more}"


def cursor(row: Row) -> str:
    """What stands for a row when the page after it is asked for: a content id."""
    return content_id(as_value(row))


def as_value(thing: Any) -> Any:
    """A row, or anything in one, as plain values for JSON."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: as_value(getattr(thing, f.name)) for f in dataclasses.fields(thing)}
    if isinstance(thing, enum.Enum):
        return thing.value
    if isinstance(thing, Mapping):
        return {name: as_value(value) for name, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [as_value(t) for t in thing]
    return thing


def cells(row: Row, columns: Sequence[str]) -> dict[str, str | int | float | None]:
    """A row as one flat line: text, numbers or nothing."""
    found: dict[str, str | int | float | None] = {}
    for name in columns:
        value = getattr(row, name)
        if isinstance(value, Named):
            found[name], found[f"{name}_id"] = value.name, value.id
        elif name == "claims":
            found[name] = " ".join(value)
        elif name == "sources":
            found[name] = "; ".join(dict.fromkeys(f"{s.publisher} {s.published}" for s in value))
        elif isinstance(value, tuple):
            found[name] = "; ".join(v.name if isinstance(v, Named) else str(v) for v in value)
        else:
            found[name] = value.value if isinstance(value, enum.Enum) else value
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
