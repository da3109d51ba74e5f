"""The SPARQL endpoint over real HTTP: protocol, negotiation, refusals, clients unchanged."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pyoxigraph
import pytest

from graph.cache import file_hash
from graph.serve.canned import canned
from graph.serve.hardening import HEADERS
from graph.store import Store

NATO = "SELECT ?who WHERE { ?who w:memberOf e:nato }"
FULL = "SELECT ?who WHERE { ?who <https://backstory.example/ns#memberOf> <https://backstory.example/e/nato> }"


def rows(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [b["who"]["value"].rpartition("/")[2] for b in answer.json()["results"]["bindings"]]


def test_three_ways_to_ask(live: str) -> None:
    form = httpx.post(f"{live}/sparql", data={"query": NATO})
    direct = httpx.post(f"{live}/sparql", content=NATO, headers={"content-type": "application/sparql-query"})
    for answer in (httpx.get(f"{live}/sparql", params={"query": NATO}), form, direct):
        assert rows(answer) == ["finland"]


FORMS = [
    ("application/sparql-results+json", b'{"head"'),
    ("application/sparql-results+xml", b"<?xml"),
    ("text/csv", b"who\r\n"),
    ("text/tab-separated-values", b"?who\n"),
]


@pytest.mark.parametrize(("media", "start"), FORMS)
def test_negotiation(media: str, start: bytes, live: str) -> None:
    answer = httpx.get(f"{live}/sparql", params={"query": NATO}, headers={"accept": f"text/html;q=0.1, {media}"})
    assert answer.headers["content-type"].split(";")[0] == media
    assert answer.content.startswith(start)


def test_graphs(live: str) -> None:
    query = "CONSTRUCT { ?s w:memberOf ?o } WHERE { ?s w:memberOf ?o }"
    for name, form in (("turtle", "TURTLE"), ("ntriples", "N_TRIPLES"), ("rdfxml", "RDF_XML"), ("jsonld", "JSON_LD")):
        answer = httpx.get(f"{live}/sparql", params={"query": query, "format": name})
        assert len(list(pyoxigraph.parse(input=answer.content, format=getattr(pyoxigraph.RdfFormat, form)))) == 1


REFUSED: list[tuple[str, int, dict[str, object]]] = [
    ("no query", 400, {"params": {"quer": "ASK {}"}}),
    ("two queries", 400, {"params": [("query", "ASK {}"), ("query", "ASK {}")]}),
    ("syntax", 400, {"params": {"query": "SELEKT"}}),
    ("service", 400, {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}}),
    ("update in the address", 400, {"params": {"update": "DROP ALL"}}),
    ("a file as graph", 400, {"params": {"query": "ASK {}", "default-graph-uri": "file:///etc/passwd"}}),
    ("nothing acceptable", 406, {"params": {"query": "ASK {}"}, "headers": {"accept": "image/png"}}),
    ("junk accept", 406, {"params": {"query": "ASK {}"}, "headers": {"accept": "junk;q=0"}}),
]


@pytest.mark.parametrize(("what", "status", "request_"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(what: str, status: int, request_: dict[str, object], live: str) -> None:
    answer = httpx.get(f"{live}/sparql", **request_)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert rows(httpx.get(f"{live}/sparql", params={"query": NATO})) == ["finland"], "the next request is served"


def test_updates_are_refused_and_nothing_changes(live: str, world: Store) -> None:
    before = {p.name: file_hash(p) for p in (world.directory / "quads").glob("*.sst")}
    for text in ("INSERT DATA { <a:a> <a:b> 1 }", "DROP ALL", "LOAD <http://127.0.0.1/>", "CLEAR DEFAULT"):
        posts = [
            httpx.post(f"{live}/sparql", data={"update": text}),
            httpx.post(f"{live}/sparql", content=text, headers={"content-type": "application/sparql-update"}),
            httpx.post(f"{live}/sparql", data={"query": text}),
        ]
        assert all(400 <= p.status_code < 500 for p in posts)
    assert {p.name: file_hash(p) for p in (world.directory / "quads").glob("*.sst")} == before


def test_a_file_is_never_read(live: str) -> None:
    answer = httpx.get(f"{live}/sparql", params={"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"})
    assert answer.status_code in (200, 400)
    assert "root" not in answer.text


def test_service_description(live: str) -> None:
    found = list(pyoxigraph.parse(input=httpx.get(f"{live}/sparql").content, format=pyoxigraph.RdfFormat.TURTLE))
    assert any(
        t.object == pyoxigraph.NamedNode("http://www.w3.org/ns/sparql-service-description#Service") for t in found
    )


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/", "/api/entities/nato", "/nothing", "/api/entities/x"])
def test_every_answer_carries_the_headers(path: str, live: str) -> None:
    answer = httpx.get(f"{live}{path}")
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert "uvicorn" not in answer.headers.get("server", "")


def test_sparqlwrapper_works_unchanged(live: str) -> None:
    from SPARQLWrapper import JSON, SPARQLWrapper

    client = SPARQLWrapper(f"{live}/sparql")
    client.setQuery(FULL)
    client.setReturnFormat(JSON)
    found: Any = client.query().convert()
    assert [b["who"]["value"] for b in found["results"]["bindings"]] == ["https://backstory.example/e/finland"]


def test_rdflibs_sparqlstore_works_unchanged(live: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    remote = rdflib.Graph(SPARQLStore(f"{live}/sparql"))
    found: Any = remote.query(FULL)
    assert [str(row[0]) for row in found] == ["https://backstory.example/e/finland"]


@pytest.mark.parametrize("name", [c.name for c in canned()])
def test_canned_queries_run(name: str, live: str) -> None:
    query = next(c for c in canned() if c.name == name)
    answer = httpx.get(f"{live}/sparql", params={"query": query.query})
    assert answer.status_code == 200, answer.text
    assert query.title


def test_there_are_twelve_canned_queries(live: str) -> None:
    listed = json.loads(httpx.get(f"{live}/api/queries").content)["queries"]
    assert len(listed) == len(canned()) == 12
