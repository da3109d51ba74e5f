"""Every export: readable by another program, deterministic, and as lossless as it says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pyoxigraph
import pytest

from graph import model
from graph.exports import FORMATS, writer
from graph.exports.extract import Extract, about, everything
from graph.exports.networks import to_networkx
from graph.exports.tables import COLUMNS, safe_cell
from graph.store import Store
from graph.when import Clocks, day
from tests.world import WORLD

MODEL = model.load()
EXTRACT = Extract(WORLD, MODEL)
RDF = {
    "turtle": "TURTLE",
    "ntriples": "N_TRIPLES",
    "nquads": "N_QUADS",
    "trig": "TRIG",
    "jsonld": "JSON_LD",
    "rdfxml": "RDF_XML",
}


def written(name: str, extract: Extract = EXTRACT) -> bytes:
    buffer = io.BytesIO()
    writer(name)(extract, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_two_runs_give_the_same_bytes(name: str) -> None:
    extract = _with_ids({"finland": "Q33", "nato": "Q7184"})
    assert written(name, extract) == written(name, extract) != b""


@pytest.mark.parametrize(("name", "form"), RDF.items())
def test_rdf_syntaxes_carry_the_same_triples(name: str, form: str) -> None:
    def triples(text: bytes, kind: str) -> set[str]:
        parsed = pyoxigraph.parse(input=text, format=getattr(pyoxigraph.RdfFormat, kind))
        return {str(t.triple) if hasattr(t, "triple") else str(t) for t in parsed}

    assert triples(written(name), form) == triples(written("turtle"), "TURTLE")


def test_rdflib_reads_what_we_export() -> None:
    import rdflib

    counts = {
        n: len(rdflib.Graph().parse(data=written(n), format=f)) for n, f in (("turtle", "turtle"), ("rdfxml", "xml"))
    }
    assert len(set(counts.values())) == 1


def test_rdf12_reifies_each_claim() -> None:
    parsed = list(pyoxigraph.parse(input=written("rdf12"), format=pyoxigraph.RdfFormat.TURTLE))
    reified = [t for t in parsed if t.predicate.value.endswith("#reifies")]
    assert len(reified) == len(WORLD.claims)
    assert {t.object.subject.value.rpartition("/")[2] for t in reified} == {c.subject for c in WORLD.claims}


def test_csv_has_a_row_for_every_citation_and_says_all() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode())))
    assert len(rows) == sum(len(c.citations) for c in WORLD.claims)
    assert {r["claim"] for r in rows} == {c.id for c in WORLD.claims}
    described = json.loads(written("csvw"))["tableSchema"]["columns"]
    assert [c["name"] for c in described] == [c[0] for c in COLUMNS] == list(rows[0])


CELLS = [
    ("=cmd|x", "'=cmd|x"),
    ("+1", "+1"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("-5", "-5"),
]


@pytest.mark.parametrize(("cell", "safe"), CELLS)
def test_spreadsheet_cells(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


def test_networks_agree() -> None:
    import networkx as nx

    net = to_networkx(EXTRACT)
    relations = [c for c in WORLD.claims if EXTRACT.is_relation(c)]
    assert net.number_of_edges() == len(relations)
    again = nx.read_graphml(io.BytesIO(written("graphml")), force_multigraph=True)
    assert (again.number_of_nodes(), again.number_of_edges()) == (net.number_of_nodes(), net.number_of_edges())


def _with_ids(ids: dict[str, str]) -> Extract:
    import dataclasses

    known = tuple(
        dataclasses.replace(e, same_as=(f"http://www.wikidata.org/entity/{ids[e.id]}",)) if e.id in ids else e
        for e in WORLD.entities
    )
    return Extract(dataclasses.replace(WORLD, entities=known), MODEL)


SCOPES: list[tuple[str, Callable[[Store], Extract], set[str]]] = [
    ("one thing", lambda s: about(s, ["nato"]), {"finland", "finland-joins-nato-2023"}),
    ("as known in 2013", lambda s: everything(s, Clocks(known_at=day("2013-01-01"))), set()),
]


@pytest.mark.parametrize(("what", "make", "subjects"), SCOPES, ids=[s[0] for s in SCOPES])
def test_extracts(what: str, make: Callable[[Store], Extract], subjects: set[str], world: Store) -> None:
    assert {c.subject for c in make(world).claims} == subjects


def test_everything_is_the_bundle(world: Store) -> None:
    found = everything(world)
    assert set(found.claims) == set(WORLD.claims)
    assert {e.id for e in found.bundle.entities} <= {e.id for e in WORLD.entities}
