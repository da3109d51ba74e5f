"""SPARQL JSON results of Wikidata's query service, with variables of agreed names.

`item`, `property` and `value` are the statement; `itemLabel`, `itemKind`, `valueLabel`, `valueKind`
name the things; `start`, `end`, `at` are its days, `statement` its id and `reference` an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph.claim import Entity, slug
from graph.errors import InputError
from graph.model import Model
from graph.sources import dates
from graph.sources.source import Record
from graph.sources.text import clean
from graph.sources.wikidata.statement import ITEM, Reference, Statement

VARIABLES: Final = (
    *("item", "itemLabel", "itemKind", "property", "value", "valueLabel", "valueKind"),
    *("start", "end", "at", "statement", "reference"),
)
_PROPERTY: Final = re.compile(r"http://www\.wikidata\.org/(?:entity|prop|prop/direct|prop/statement)/(P[1-9]\d*)")
_ITEM: Final = re.compile(rf"{re.escape(ITEM)}(Q[1-9]\d*)")
_POINT: Final = re.compile(r"Point\((-?[\d.]+) (-?[\d.]+)\)")
Binding = Mapping[str, Mapping[str, str]]


def bindings(document: Any, path: Path) -> list[Binding]:
    """The solutions of a result; InputError when it is none, or has a variable nobody reads."""
    try:
        names, found = document["head"]["vars"], document["results"]["bindings"]
    except (KeyError, TypeError) as error:
        raise InputError("not a SPARQL JSON result", where=path.name, expected="head.vars, results.bindings") from error
    unknown = sorted(set(names) - set(VARIABLES))
    if unknown:
        raise InputError(
            f"variables nobody reads: {', '.join(unknown)}", where=path.name, expected=f"among {', '.join(VARIABLES)}"
        )
    return list(found)


def entities(binding: Binding, model: Model) -> Iterator[tuple[str, Entity]]:
    """The items of a solution that it gives a kind and a name."""
    for side in ("item", "value"):
        key = _item(binding, side)
        kind = next((k.name for k in model.kinds.values() if k.wikidata == _item(binding, f"{side}Kind")), "")
        label = binding.get(f"{side}Label", {})
        name = clean(label.get("value", ""))
        if key and kind and name:
            same = (f"{ITEM}{key}",)
            names = ((name, label.get("xml:lang", "en")),)
            yield key, Entity(f"{slug(name)[:80].strip('-')}-{key.lower()}", kind, names, (), same)


def statement(binding: Binding, where: str) -> Statement:
    """The statement of a solution; RejectedInput or DateError when a part of it is missing or wrong."""
    record = Record(where, {name: str(term.get("value", "")) for name, term in binding.items()})
    matched = _PROPERTY.fullmatch(record.need("property"))
    item = _item(binding, "item")
    if not matched or not item:
        raise InputError("item or property is not of Wikidata", where=where)
    value, form = _value(binding, record.need("value"))
    begin, end, at = (_day(record.take(name)) for name in ("start", "end", "at"))
    links = (Reference(record.take("reference")),) if record.take("reference") else ()
    identity = record.take("statement").rpartition("/")[2]
    return Statement(item, matched[1], value, form, identity, begin, end, at, references=links, where=where)


def _item(binding: Binding, name: str) -> str:
    matched = _ITEM.fullmatch(binding.get(name, {}).get("value", ""))
    return matched[1] if matched else ""


def _value(binding: Binding, text: str) -> tuple[Any, str]:
    """A term as the dump writes it, so that both are read by one function."""
    term = binding["value"]
    kind = term.get("datatype", "").rpartition("#")[2]
    point = _POINT.fullmatch(text)
    if _item(binding, "value"):
        return {"id": _item(binding, "value")}, "wikibase-entityid"
    if kind in ("dateTime", "date"):
        return _day(text), "date"
    if kind in ("decimal", "integer", "double"):
        return {"amount": text, "unit": "1"}, "quantity"
    if point:
        return {"longitude": point[1], "latitude": point[2]}, "globecoordinate"
    if "xml:lang" in term:
        return {"text": text, "language": term["xml:lang"]}, "monolingualtext"
    return text, "string"


def _day(text: str) -> str:
    """A time of the query service: the first of January stands for a year too, so it is no finer than that."""
    return dates.xsd(text).removesuffix("-01-01") if text else ""
