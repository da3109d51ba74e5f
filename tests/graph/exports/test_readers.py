"""Each export read back by somebody else's reader, on the tiny world and on a real story."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest

from graph import model
from graph.claim import Claim, Stance, Status
from graph.exports import writer
from graph.exports.extract import Extract, about
from graph.knowledge import KnowledgeGraph
from tests.world import WORLD

MODEL = model.load()
TINY = Extract(WORLD, MODEL)


def written(name: str, extract: Extract) -> bytes:
    buffer = io.BytesIO()
    writer(name)(extract, buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def story(kg: KnowledgeGraph) -> Extract:
    """Everything said of two countries: contested claims, denials, quotes, coarse dates, parallel relations."""
    found = about(kg.store, ["azerbaijan", "russia", "yekaterinburg-raids-2025"])
    assert any(c.status is Status.CONTESTED for c in found.claims)
    assert any(x.stance is not Stance.STATES for c in found.claims for x in c.citations)
    return found


def relations(extract: Extract) -> dict[str, Claim]:
    return {c.id: c for c in extract.claims if extract.is_relation(c)}


# rdflib's own reader of TriG still uses names that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_nanopublications_keep_the_rules_of_structure(story: Extract) -> None:
    """Nanopublication Guidelines 2.1: four graphs, each named once in the head, none empty, each about what it must."""
    import rdflib

    np, prov = rdflib.Namespace("http://www.nanopub.org/nschema#"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    few = Extract(dataclasses.replace(story.bundle, claims=story.claims[::7]), MODEL)
    data: Any = rdflib.Dataset()
    data.parse(data=written("nanopub", few), format="trig")
    heads = list(data.quads((None, rdflib.RDF.type, np.Nanopublication, None)))
    assert len(heads) == len(few.claims)
    graphs: dict[Any, Any] = {g.identifier: g for g in data.graphs()}
    for nanopub, _, _, head in heads:
        named = [
            graphs[head].value(nanopub, np[f"has{part}"], any=False)
            for part in ("Assertion", "Provenance", "PublicationInfo")
        ]
        assert len({head, *named}) == 4
        assertion, provenance, pubinfo = (graphs[name] for name in named)
        assert {s for s, _, _ in provenance} == {named[0]}, "provenance is about the assertion"
        assert provenance.value(named[0], prov.wasDerivedFrom) is not None
        assert {s for s, _, _ in pubinfo} == {nanopub}
        claim = next(c for c in few.claims if nanopub.endswith(c.id))
        told = assertion.value(None, rdflib.RDF.type, rdflib.URIRef("https://backstory.example/ns#Claim"))
        assert str(told).endswith(claim.id)
        said = {str(p).rpartition("#")[2] for _, p, _ in assertion.triples((told, None, None))}
        assert {name for name, _ in claim.qualifiers} <= said
        denied = {few.article[c.article].url for c in claim.citations if c.stance is not Stance.STATES}
        assert {str(o) for _, p, o in provenance if str(p).endswith("deniedIn")} == denied
    names = {g for g, held in graphs.items() if len(held)}
    assert len(names) == 4 * len(few.claims), "no graph of one is a graph of another"


def test_rdf12_holds_every_claim_as_a_triple_term(story: Extract) -> None:
    parsed = list(pyoxigraph.parse(input=written("rdf12", story), format=pyoxigraph.RdfFormat.TURTLE))
    terms = {t.subject.value.rpartition("/")[2]: t.object for t in parsed if t.predicate.value.endswith("#reifies")}
    assert set(terms) == {c.id for c in story.claims}
    for claim in story.claims:
        term = terms[claim.id]
        assert term.subject.value.endswith(f"/e/{claim.subject}")
        assert term.predicate.value.endswith(f"#{claim.predicate}")
    assert not any(t.predicate.value.endswith("rdf-syntax-ns#subject") for t in parsed)


def test_gexf_is_dynamic_and_its_parallel_edges_have_kinds(story: Extract) -> None:
    """GEXF 1.3; networkx merges nothing, and Gephi keeps parallel edges apart by their kind."""
    text = written("gexf", story)
    space = "{http://gexf.net/1.3}"
    root = ElementTree.fromstring(text)
    graph = root.find(f"{space}graph")
    assert graph is not None
    assert (root.get("version"), graph.get("mode"), graph.get("timeformat")) == ("1.3", "dynamic", "date")
    edges = {e.get("id"): e for e in root.iter(f"{space}edge")}
    claims = relations(story)
    assert {name: e.get("kind") for name, e in edges.items()} == {c.id: c.predicate for c in claims.values()}
    assert all(node.get("label") for node in root.iter(f"{space}node")), "the schema requires a label"
    for item in (*edges.values(), *root.iter(f"{space}node")):
        bounds = [item.get(n) for n in ("start", "end") if item.get(n)]
        assert bounds == sorted(bounds, key=str)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", str(b)) for b in bounds)
    net: Any = nx.read_gexf(io.BytesIO(text))
    assert {k for _, _, k in net.edges(keys=True)} == set(claims)
    assert {n: d["kind"] for n, d in net.nodes(data=True)} == {e.id: e.kind for e in story.bundle.entities}


def test_an_ongoing_relation_has_no_end_in_gexf() -> None:
    net: Any = nx.read_gexf(io.BytesIO(written("gexf", TINY)))
    (edge,) = [d for _, _, d in net.edges(data=True) if d["id"] == WORLD.claims[0].id]
    assert edge["start"] == "2023-04-04"
    assert "end" not in edge


@pytest.mark.parametrize("form", ["graphml", "cytoscape"])
def test_networkx_reads_nodes_and_every_parallel_edge(form: str, story: Extract) -> None:
    text = written(form, story)
    net: Any
    if form == "graphml":
        net = nx.read_graphml(io.BytesIO(text), edge_key_type=str, force_multigraph=True)
    else:
        net = nx.cytoscape_graph(json.loads(text))
    assert net.is_directed()
    assert {n: d["label"] for n, d in net.nodes(data=True)} == {e.id: e.name for e in story.bundle.entities}
    found = {key: (a, d["label"], b, d["when"]) for a, b, key, d in net.edges(keys=True, data=True)}
    assert found == {c.id: (c.subject, c.predicate, c.value, c.when) for c in relations(story).values()}


def test_csvw_describes_the_csv(story: Extract, tmp_path: Path) -> None:
    """The reader of the csvw package casts each cell to the type the metadata give it, and finds none wrong."""
    from csvw import CSVW

    (tmp_path / "export.csv").write_bytes(written("csv", story))
    described = tmp_path / "export.csv-metadata.json"
    described.write_bytes(written("csvw", story))
    read = CSVW(str(described), validate=True)
    assert read.is_valid, read.warnings
    rows = list(read.tables[0])
    assert len(rows) == sum(len(c.citations) for c in story.claims)
    days = [row["begin_earliest"] for row in rows if row["begin_earliest"] is not None]
    assert days
    assert all(isinstance(d, datetime.date) for d in days)


def test_parquet_reads_back_as_the_csv(story: Extract, tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "claims.parquet").write_bytes(written("parquet", story))
    with duckdb.connect() as connection:
        table = connection.sql(f"SELECT * FROM read_parquet('{tmp_path / 'claims.parquet'}')")
        found = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    assert found == list(csv.DictReader(io.StringIO(written("csv", story).decode(), newline="")))


def test_icalendar_reads_the_calendar(story: Extract) -> None:
    import icalendar

    text = written("ical", story)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    assert not any(part.errors for part in calendar.walk())
    assert {"PRODID", "VERSION"} <= set(calendar)
    raids = events["yekaterinburg-raids-2025@backstory.example"]
    assert str(raids["SUMMARY"]) == story.name("yekaterinburg-raids-2025")
    assert raids.decoded("DTSTART") == datetime.date(2025, 6, 27)
    assert raids.decoded("DTEND") == datetime.date(2025, 6, 28), "the day after the last"
    for event in events.values():
        begin, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(begin) is type(end) is datetime.date
        assert begin < end
        assert "https://" in str(event["DESCRIPTION"])


def test_timelinejs_slides_show_their_sources(story: Extract) -> None:
    """The form TimelineJS 3 reads: https://timeline.knightlab.com/docs/json-format.html."""
    slides = {s["unique_id"]: s for s in json.loads(written("timelinejs", story))["events"]}
    assert len(slides) > 50
    keys = ("year", "month", "day")
    order = [tuple(s["start_date"].get(k, 1) for k in keys) for s in slides.values()]
    assert order == sorted(order)
    for slide in slides.values():
        assert all(isinstance(v, int) for v in slide["start_date"].values())
        assert tuple(slide["start_date"]) == keys[: len(slide["start_date"])], "coarse dates stay coarse"
        assert slide["text"]["headline"]
        assert re.search(
            r'<a href="https?://[^"<>]+" rel="noopener noreferrer nofollow">[^<]+</a>', slide["text"]["text"]
        )
    assert slides["yekaterinburg-raids-2025"]["start_date"] == {"year": 2025, "month": 6, "day": 27}


def test_quickstatements() -> None:
    """https://www.wikidata.org/wiki/Help:QuickStatements: tabs, a reference to each source, denials are none."""
    assert written("quickstatements", _with_ids({})) == b""
    ids = {"finland": "Q33", "nato": "Q7184"}
    (line,) = written("quickstatements", _with_ids(ids)).decode().splitlines()
    parts = line.split("\t")
    assert parts[:5] == ["Q33", "P463", "Q7184", "P580", "+2023-04-04T00:00:00Z/11"]
    assert parts[5] == "S854"
    found = next(c for c in WORLD.claims if c.predicate == "memberOf")
    claim = dataclasses.replace(found, citations=found.citations[:1])
    other = next(a.id for a in WORLD.articles if a.id not in {c.article for c in claim.citations})
    denied = dataclasses.replace(claim.citations[0], article=other, stance=Stance.DENIES)
    more = dataclasses.replace(claim.citations[0], article=other)
    for citation, marks in ((denied, ["S854"]), (more, ["S854", "!S854"])):
        extract = _with_ids(ids, dataclasses.replace(claim, citations=(*claim.citations, citation)))
        (line,) = written("quickstatements", extract).decode().splitlines()
        assert [p for p in line.split("\t") if p.endswith("S854")] == marks
    contested = dataclasses.replace(claim, status=Status.CONTESTED)
    assert written("quickstatements", _with_ids(ids, contested)) == b""


def _with_ids(ids: dict[str, str], claim: Claim | None = None) -> Extract:
    known = tuple(
        dataclasses.replace(e, same_as=(f"http://www.wikidata.org/entity/{ids[e.id]}",)) if e.id in ids else e
        for e in WORLD.entities
    )
    claims = (claim,) if claim else WORLD.claims
    return Extract(dataclasses.replace(WORLD, entities=known, claims=claims), MODEL)
