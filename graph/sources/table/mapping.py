"""The YAML that says what the columns of a table mean, read strictly.

source: {publisher: The National, url: https://…, published: 2023-04-04, licence: …}
claims:
  - subject: {column: country, kind: Country}
    predicate: memberOf
    object: {column: alliance, kind: Alliance}
    begin: {column: since, form: DD.MM.YYYY}
    end: {column: until}
url: {column: link}          # a record may have an article of its own
ignored: {notes: not a relation}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from graph import yaml_file
from graph.errors import InputError
from graph.model import Model
from graph.sources.guard import opening

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a part of a claim comes from: a column, or a `value` that is the same for every record.

    `kind` is what a name stands for, and `new` lets a name that nothing is called declare a thing;
    `values` renames what a column holds; `form` is how a date is written (see `dates.edtf`).
    """

    column: str = ""
    value: str = ""
    kind: str = ""
    new: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One claim that each record makes; `ongoing` says that an empty end means it still holds."""

    subject: Cell
    predicate: Cell
    object: Cell
    begin: Cell = field(default_factory=Cell)
    end: Cell = field(default_factory=Cell)
    at: Cell = field(default_factory=Cell)
    ongoing: bool = False
    quote: Cell = field(default_factory=Cell)
    locator: Cell = field(default_factory=Cell)


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it when a record names no article of its own."""

    publisher: str = ""
    url: str = ""
    title: str = ""
    published: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole mapping file."""

    claims: tuple[Pattern, ...]
    source: Said = field(default_factory=Said)
    url: Cell = field(default_factory=Cell)
    title: Cell = field(default_factory=Cell)
    publisher: Cell = field(default_factory=Cell)
    published: Cell = field(default_factory=Cell)
    delimiter: str = ","
    ignored: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> frozenset[str]:
        """Every column that some part of it takes."""
        return frozenset(cell.column for cell in self._cells() if cell.column)

    def _cells(self) -> Iterator[Cell]:
        yield from (self.url, self.title, self.publisher, self.published)
        for pattern in self.claims:
            values = (getattr(pattern, f.name) for f in fields(pattern))
            yield from (value for value in values if isinstance(value, Cell))


def load(path: Path, model: Model) -> Table:
    """The mapping in a YAML file; InputError names the key at fault."""
    text, _ = opening.read(path)
    raw = yaml_file.parse(text, path.name)
    if not isinstance(raw, dict) or not isinstance(raw.get("claims"), list) or not raw["claims"]:
        raise InputError("no claims", where=path.name, expected="claims: a list of subject, predicate, object")
    claims = tuple(_pattern(p, f"{path.name}: claims {n}", model) for n, p in enumerate(raw["claims"], 1))
    parts = {
        name: _cell(raw[name], path.name, name) for name in ("url", "title", "publisher", "published") if name in raw
    }
    said = _fill(Said, _texts(raw.get("source", {}), path.name), f"{path.name}: source")
    rest = {k: v for k, v in raw.items() if k not in {"claims", "source", *parts}}
    return _fill(Table, rest | parts | {"claims": claims, "source": said}, path.name)


def _pattern(raw: Any, where: str, model: Model) -> Pattern:
    if not isinstance(raw, dict) or not {"subject", "predicate", "object"} <= set(raw):
        raise InputError("not a claim", where=where, expected="subject, predicate and object")
    cells = {name: value if name == "ongoing" else _cell(value, where, name) for name, value in raw.items()}
    pattern = _fill(Pattern, cells, where)
    for name in (pattern.predicate.value, *pattern.predicate.values.values()):
        if name and name not in model.predicates:
            raise InputError(f"no predicate is called {name!r}", where=where)
    for cell in (pattern.subject, pattern.object):
        if cell.kind and cell.kind not in model.kinds:
            raise InputError(f"no kind is called {cell.kind!r}", where=where)
    return pattern


def _cell(raw: Any, where: str, name: str) -> Cell:
    if isinstance(raw, (str, int)):
        return Cell(value=str(raw))
    if not isinstance(raw, dict):
        raise InputError(f"{name} is neither text nor a mapping", where=where, expected="{column: NAME}")
    if "values" in raw:
        raw = raw | {"values": _texts(raw["values"], where)}
    cell = _fill(Cell, raw, f"{where}: {name}")
    if bool(cell.column) == bool(cell.value):
        raise InputError(f"{name} needs a column or a value", where=where, expected="one of them")
    return cell


def _texts(raw: Any, where: str) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise InputError("not a mapping", where=where)
    return {str(key): str(value) for key, value in raw.items()}


def _fill(make: type[T], raw: Mapping[str, Any], where: str) -> T:
    allowed = {f.name for f in fields(make)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - allowed)
    if unknown:
        raise InputError(f"unknown keys {unknown}", where=where, expected=f"among {sorted(allowed)}")
    return make(**raw)
