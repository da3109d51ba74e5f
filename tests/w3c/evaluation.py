"""SPARQL 1.1 query evaluation, syntax and result formats, through the gate and the worker's own answer.

`python -m tests.w3c.evaluation [SHARED]` prints what passes and what does not, by suite.
Federation is left out (queries have no network) and so is entailment (the store infers nothing).
Updates are refused by every door of this project; the engine's own are counted apart.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph.errors import GraphError
from graph.serve import gate, worker
from tests.w3c.manifest import Graph, path_of

SUITE: Final = Path("data/w3c-rdf-tests/sparql/sparql11")
LEFT_OUT: Final = frozenset(
    {"entailment", "service", "protocol", "service-description", "graph-store-protocol", "http-rdf-update"}
)
_RESULTS: Final = {".srx": "XML", ".srj": "JSON", ".tsv": "TSV", ".csv": "CSV"}
_TRUE: Final = ("true", "1")
_INTEGERS: Final = frozenset({"integer", "negativeInteger", "nonNegativeInteger", "positiveInteger", "int", "long"})
_MOST: Final = 256 * 1024**2


@dataclass(frozen=True)
class Case:
    """One test: its suite, name, kind, and where its manifest describes it."""

    suite: str
    name: str
    kind: str
    graph: Graph
    subject: Any


def cases(shared: Path) -> Iterator[Case]:
    """Every test of the suites that apply, in order."""
    for folder in sorted(p.parent for p in (shared / SUITE).glob("*/manifest.ttl")):
        if folder.name in LEFT_OUT:
            continue
        graph = Graph(folder / "manifest.ttl")
        for subject in graph.entries():
            kind = next((t.value.rpartition("#")[2] for t in graph.held[subject]["type"]), "")
            yield Case(folder.name, subject.value.rpartition("#")[2], kind, graph, subject)


def is_update(case: Case) -> bool:
    """Whether the test is about an update."""
    action = case.graph.one(case.subject, "action")
    return "Update" in case.kind or getattr(action, "value", "").endswith(".ru")


def passes(case: Case) -> bool:
    """Whether the test passes through our own path."""
    action = case.graph.one(case.subject, "action")
    if "Syntax" in case.kind:
        return _parses(path_of(action.value)) is case.kind.startswith("Positive")
    query = path_of(case.graph.one(action, "query").value)
    quads = _data(case.graph, action)
    expected = path_of(case.graph.one(case.subject, "result").value)
    accept = "text/csv" if case.kind.startswith("CSV") else "application/sparql-results+json"
    status, body, media = _ask(quads, query, [accept, "application/n-triples"])
    if status != "ok":
        return False
    if case.kind.startswith("CSV"):
        return _same_csv(body, expected.read_bytes())
    if media == "application/n-triples":
        return _same_graph(body, expected)
    return _same_solutions(body, expected)


def _parses(path: Path) -> bool:
    """Whether a query is accepted: the gate lets it through and the engine understands it."""
    if path.suffix == ".ru":
        try:
            ox.Store().update(path.read_text(encoding="utf-8"), base_iri=path.as_uri())
        except SyntaxError:
            return False
        except (OSError, RuntimeError):
            return True
        return True
    # An unknown function is understood, but not known: "refused" is no matter of syntax.
    return _ask(ox.Store(), path, ["application/sparql-results+json", "application/n-triples"])[0] in ("ok", "refused")


def _ask(quads: Any, query: Path, accept: list[str]) -> tuple[str, bytes, str]:
    text = query.read_text(encoding="utf-8")
    try:
        gate.check(text)
    except GraphError as error:
        return str(error), b"", ""
    request = {"query": text, "accept": accept, "prefixes": False, "union": False, "base": query.as_uri()}
    head, body = worker.answer(quads, request, _MOST)
    return head["status"], body, head.get("type", "")


def _data(graph: Graph, action: Any) -> Any:
    quads = ox.Store()
    for name in ("data", "graphData"):
        for file in graph.held[action][name]:
            path, to = path_of(file.value), ox.NamedNode(file.value) if name == "graphData" else ox.DefaultGraph()
            form = ox.RdfFormat.from_extension(path.suffix[1:])
            quads.load(path=str(path), format=form, base_iri=file.value, to_graph=to)
    return quads


def _same_csv(body: bytes, expected: bytes) -> bool:
    """Whether two CSV results hold the same rows, in any order; blank nodes are alike, numbers equal by value."""
    return _table(body) == _table(expected)


def _table(text: bytes) -> Counter[tuple[tuple[str, str | float], ...]]:
    rows = csv.DictReader(io.StringIO(text.decode(), newline=""))
    return Counter(tuple(sorted((name, _cell(value)) for name, value in row.items())) for row in rows)


def _cell(text: str) -> str | float:
    try:
        return "_:" if text.startswith("_:") else float(text)
    except ValueError:
        return text


def _same_graph(body: bytes, expected: Path) -> bool:
    form = ox.RdfFormat.from_extension(expected.suffix[1:])
    found = ox.Dataset(ox.parse(input=body, format=ox.RdfFormat.N_TRIPLES))
    wanted = ox.Dataset(ox.parse(path=str(expected), format=form, base_iri=expected.as_uri()))
    for dataset in (found, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return bool(found == wanted)


def _same_solutions(body: bytes, expected: Path) -> bool:
    found = ox.parse_query_results(input=body, format=ox.QueryResultsFormat.JSON)
    if expected.suffix not in _RESULTS:
        return _same_graph_results(found, expected)
    form = getattr(ox.QueryResultsFormat, _RESULTS[expected.suffix])
    wanted = ox.parse_query_results(path=str(expected), format=form)
    if isinstance(found, ox.QueryBoolean) or isinstance(wanted, ox.QueryBoolean):
        return bool(found) == bool(wanted)
    names = [v.value for v in wanted.variables]
    if sorted(v.value for v in found.variables) != sorted(names):
        return False
    return _match(_rows(found, names), _rows(wanted, names))


def _rows(solutions: Any, names: list[str]) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in solutions]


def _same_graph_results(found: Any, expected: Path) -> bool:
    """Results that the suite gives as a graph of solutions (rs:ResultSet)."""
    graph = Graph(expected)
    [result] = [s for s, held in graph.held.items() if any(t.value.endswith("ResultSet") for t in held["type"])]
    boolean = graph.one(result, "boolean")
    if boolean is not None:
        return bool(found) is bool(boolean.value == "true")
    names = [v.value for v in graph.held[result]["resultVariable"]]
    rows = []
    for solution in graph.held[result]["solution"]:
        bound = {graph.one(b, "variable").value: graph.one(b, "value") for b in graph.held[solution]["binding"]}
        rows.append(tuple(bound.get(n) for n in names))
    return _match(_rows(found, names), rows)


def _match(found: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]], same: Mapping[Any, Any] | None = None) -> bool:
    """Whether two lists of rows are equal in any order, blank nodes renamed one to one."""
    same = same or {}
    if len(found) != len(wanted):
        return False
    if not found:
        return True
    row, *rest = found
    for at, other in enumerate(wanted):
        renamed = _renamed(row, other, same)
        if renamed is not None and _match(rest, wanted[:at] + wanted[at + 1 :], renamed):
            return True
    return False


def _renamed(row: tuple[Any, ...], other: tuple[Any, ...], same: Mapping[Any, Any]) -> dict[Any, Any] | None:
    known = dict(same)
    for one, two in zip(row, other, strict=True):
        if isinstance(one, ox.BlankNode) and isinstance(two, ox.BlankNode):
            if known.setdefault(one, two) != two or list(known.values()).count(two) > 1:
                return None
        elif not _equal(one, two):
            return None
    return known


def _equal(one: Any, two: Any) -> bool:
    """Whether two terms are the same, numbers and truth values by their value: the store keeps no other."""
    if one == two:
        return True
    if not (isinstance(one, ox.Literal) and isinstance(two, ox.Literal)):
        return False
    kinds = {t.datatype.value.rpartition("#")[2] for t in (one, two)}
    if kinds == {"boolean"}:
        return (one.value in _TRUE) == (two.value in _TRUE)
    if (len(kinds) > 1 and not kinds <= _INTEGERS) or not kinds <= _INTEGERS | {"decimal", "double", "float"}:
        return False
    try:
        return float(one.value) == float(two.value)
    except ValueError:
        return False


def updates(case: Case) -> bool:
    """Whether the engine itself, at the store's own door, does an update as the suite says."""
    action = case.graph.one(case.subject, "action")
    if "Syntax" in case.kind:
        return _parses(path_of(action.value)) is case.kind.startswith("Positive")
    quads, wanted = ox.Store(), ox.Store()
    result = case.graph.one(case.subject, "result")
    for store, node in ((quads, action), (wanted, result)):
        for file in case.graph.held[node]["data"]:
            _load(store, path_of(file.value), ox.DefaultGraph())
        for named in case.graph.held[node]["graphData"]:
            file, label = case.graph.one(named, "graph"), case.graph.one(named, "label")
            _load(store, path_of(file.value), ox.NamedNode(label.value))
    request = path_of(case.graph.one(action, "request").value)
    try:
        quads.update(request.read_text(encoding="utf-8"), base_iri=request.as_uri())
    except (SyntaxError, OSError, RuntimeError):
        return False
    datasets = [ox.Dataset(store) for store in (quads, wanted)]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return bool(datasets[0] == datasets[1])


def _load(store: Any, path: Path, to: Any) -> None:
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    store.load(path=str(path), format=form, base_iri=path.as_uri(), to_graph=to)


def main() -> None:
    """Print what passes, and the names of what does not."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BACKSTORY_SHARED", "../shared")
    shared, passed, total, failed = Path(given), [0, 0], [0, 0], []
    for case in cases(shared):
        update = is_update(case)
        total[update] += 1
        if (updates if update else passes)(case):
            passed[update] += 1
        else:
            failed.append(f"{case.suite}/{case.name}")
    print(f"queries through the gate and the worker: {passed[0]} of {total[0]}")
    print(f"updates by the engine alone, refused by every door: {passed[1]} of {total[1]}")
    print(f"together {sum(passed)} of {sum(total)}; not passed:", *failed, sep="\n  ")


if __name__ == "__main__":
    main()
