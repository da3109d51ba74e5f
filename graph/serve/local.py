"""Who answers a query over a store, and one query for the command line."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Sequence

from graph.serve import gate
from graph.serve.forward import Forward
from graph.serve.limits import LIMITS, Limits
from graph.serve.pool import Pool
from graph.serve.protocol import FORMATS, GRAPHS, SOLUTIONS
from graph.store import Store

Workers = Pool | Forward


def workers_of(store: Store, limits: Limits = LIMITS) -> Workers:
    """Who answers the queries over a store: processes of our own, or the store elsewhere."""
    return Forward(store.remote, limits) if store.remote else Pool(store.directory, limits)


def as_bytes(store: Store, query: str, form: str, *, seconds: float) -> bytes:
    """The serialized result; a graph query asked for JSON answers in Turtle."""
    accept = (FORMATS[form], *(GRAPHS if FORMATS[form] in SOLUTIONS else SOLUTIONS))
    return _ask(store, query, accept, seconds)


def as_table(store: Store, query: str, *, seconds: float) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Column names and rows of a SELECT; a graph or a truth value is one column of lines."""
    text = _ask(
        store, query, ("text/csv", "application/sparql-results+json", "application/n-triples"), seconds
    ).decode()
    if query.lstrip().upper().startswith(("CONSTRUCT", "DESCRIBE")):
        return ("triple",), [{"triple": line} for line in text.splitlines()]
    reader = csv.DictReader(io.StringIO(text))
    rows = list(reader)
    return tuple(reader.fieldnames or ()), rows


def _ask(store: Store, query: str, accept: Sequence[str], seconds: float) -> bytes:
    gate.check(query)
    limits = dataclasses.replace(LIMITS, workers=1, most_seconds=600.0, result_bytes=256 * 1024**2)
    pool = workers_of(store, limits)
    try:
        return pool.ask(query, accept, seconds=seconds).data
    finally:
        pool.close()
