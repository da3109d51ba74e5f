"""Wikidata → claims: labels, aliases, dated statements, and the web pages that editors named for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graph import model as model_
from graph.claim import Entity
from graph.errors import GraphError, InputError
from graph.model import Model
from graph.sources import dates
from graph.sources.found import Found, Left, found
from graph.sources.guard import json, opening
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.source import Item, Rejected, Source
from graph.sources.wikidata import dump, results
from graph.sources.wikidata.statement import ITEM, Reading, Statement, claims, page_of

Known = Callable[[str], Entity | None]


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Everything that maps in the dumps and results of a folder, in order of file name."""
    seen: dict[str, str] = {}
    for path in sorted(p for pattern in source.inputs for p in raw.glob(pattern)):
        for item in _items(path, model_.load(), source, _nobody, LIMITS):
            # A result names a thing in one language where a dump does in many: the first file names it.
            named_before = isinstance(item, Entity) and seen.setdefault(item.id, path.name) != path.name
            if not (named_before or isinstance(item, Left)):
                yield item


def read_file(
    path: Path, source: Source, model: Model, *, known: Known, recorded: str, limits: Limits = LIMITS
) -> Found:
    """What one file comes to; `known` gives the entity that an item's IRI already stands for."""
    dated = dataclasses.replace(source, retrieved=recorded)
    return found(_items(path, model, dated, known, limits))


def _nobody(_iri: str) -> Entity | None:
    return None


def _items(path: Path, model: Model, source: Source, known: Known, limits: Limits) -> Iterator[Item | Left]:
    if _is_result(path, limits):
        yield from _from_result(path, model, source, known, limits)
    else:
        yield from _from_dump(path, model, source, known, limits)


def _is_result(path: Path, limits: Limits) -> bool:
    """Whether a file is a query's result: its first field is the head."""
    start = b""
    for piece in opening.pieces(path, limits):
        start += piece
        if len(start) > 64:
            break
    return start.lstrip().removeprefix(b"{").lstrip().startswith(b'"head"')


def _from_dump(path: Path, model: Model, source: Source, known: Known, limits: Limits) -> Iterator[Item | Left]:
    entities: dict[str, Entity] = {}
    reading = Reading(model, source, lambda key: known(f"{ITEM}{key}") or entities.get(key))
    holders: dict[str, str] = {}
    for where, item in dump.items(path, limits):
        if isinstance(item, Rejected):
            yield item
            continue
        made = _made(item, model, where)
        if isinstance(made, Rejected):
            yield made
        elif made is not None:
            key = item["id"]
            if holders.setdefault(made.id, key) != key:
                yield Rejected(where, f"{key} and {holders[made.id]} have the same code", made.name)
                continue
            entities[key] = made
            reading.pages[key] = page_of(key, made.name, _modified(item), source)
            if known(f"{ITEM}{key}") is None:
                yield made
    for where, item in dump.items(path, limits):
        if not isinstance(item, Rejected):
            yield from _statements(item, where, source, reading)


def _statements(item: dict[str, Any], where: str, source: Source, reading: Reading) -> Iterator[Item | Left]:
    try:
        for statement in dump.statements(item, where, source):
            yield from claims(statement, reading) if isinstance(statement, Statement) else (statement,)
    except (AttributeError, KeyError, TypeError) as error:
        yield Rejected(where, f"not an item as dumps write it: {error}", str(item.get("id")))


def _made(item: dict[str, object], model: Model, where: str) -> Entity | Rejected | None:
    try:
        return dump.entity(item, model)
    except (GraphError, AttributeError, KeyError, TypeError) as error:
        return Rejected(where, f"not an item as dumps write it: {error}", str(item.get("id")))


def _modified(item: dict[str, object]) -> str:
    try:
        return dates.xsd(str(item.get("modified", "")))
    except GraphError:
        return ""


def _from_result(path: Path, model: Model, source: Source, known: Known, limits: Limits) -> Iterator[Item | Left]:
    text, whole = opening.read(path, limits)
    solutions = results.bindings(json.value(text, path, limits), path)
    if not whole:
        raise opening.too_large(f"larger than {limits.file_bytes} bytes", path, 1, limits.file_bytes)
    entities = {key: made for solution in solutions for key, made in results.entities(solution, model)}
    reading = Reading(model, source, lambda key: known(f"{ITEM}{key}") or entities.get(key))
    yield from (made for key, made in entities.items() if known(f"{ITEM}{key}") is None)
    for number, solution in enumerate(solutions, 1):
        where = f"{path.name}:solution {number}"
        try:
            yield from claims(results.statement(solution, where), reading)
        except InputError as error:
            told = "; ".join(f"{name}: {term.get('value')}" for name, term in solution.items())
            yield Rejected(where, str(error), told)
