"""The SPARQL 1.1 Protocol suite against a live server: every query test passes, every update is refused."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from graph.knowledge import KnowledgeGraph
from graph.serve import http as served
from graph.serve.app import application
from graph.serve.pool import Pool
from graph.store import Store
from tests.w3c.manifest import Graph

MANIFEST = Path("data/w3c-rdf-tests/sparql/sparql11/protocol/manifest.ttl")
BASE = "http://kasei.us/2009/09/sparql/data"


@dataclass(frozen=True)
class Server:
    """A running server over the suite's own graphs."""

    port: int
    directory: Path

    def hash(self) -> str:
        """A hash of every file of the store's data."""
        found = hashlib.sha256()
        for path in sorted((self.directory / "quads").glob("*.sst")):
            found.update(path.read_bytes())
        return found.hexdigest()


@pytest.fixture(scope="module")
def server(shared: Path, world: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("protocol")
    quads = ox.Store(str(directory / "quads"))
    for number in (1, 2, 3):
        file = (shared / MANIFEST).parent / f"data{number}.nt"
        quads.load(path=str(file), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(f"{BASE}/data{number}.rdf"))
    quads.flush()
    del quads
    listening = served.listening("127.0.0.1", 0)
    pool = Pool(directory)
    running = served.server(application(KnowledgeGraph(world), pool=pool), "127.0.0.1", 0)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield Server(listening.getsockname()[1], directory)
    running.should_exit = True
    thread.join(10)
    listening.close()
    pool.close()


def requests(graph: Graph, test: Any) -> Iterator[Any]:
    """The requests of a test, in order."""
    action = graph.one(test, "action")
    yield from graph.items(graph.one(action, "requests"))


def send(port: int, graph: Graph, request: Any) -> tuple[int, str, bytes]:
    """Status, media type and body of the answer to one request of the suite, byte for byte as it is written there."""
    path = urlsplit(graph.one(request, "absolutePath").value)
    address = "/sparql" + (f"?{path.query}" if path.query else "")
    headers = {
        graph.one(h, "fieldName").value: graph.one(h, "fieldValue").value
        for h in graph.items(graph.one(request, "headers"))
    }
    body = graph.one(request, "body")
    data = None
    if body is not None:
        encoding = graph.one(body, "characterEncoding")
        data = graph.one(body, "chars").value.encode(encoding.value if encoding else "utf-8")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(graph.one(request, "methodName").value, address, body=data, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()
    finally:
        connection.close()


def check(graph: Graph, request: Any, status: int, media: str, body: bytes) -> str:
    """What is wrong with an answer; nothing when it is as the suite expects."""
    expected = graph.one(request, "resp")
    classes = {s.value[-3:] for s in graph.held[expected]["expectedStatus"]}
    if f"{status // 100}xx" not in classes:
        return f"status {status}, not {sorted(classes)}"
    wanted = graph.one(expected, "expectedFormat")
    if wanted is not None and wanted.value == "RDF" and media not in ("text/turtle", "application/n-triples"):
        return f"{media} is no graph"
    if wanted is not None and wanted.value in ("boolean", "tabular") and "sparql-results" not in media:
        return f"{media} holds no results"
    truth = graph.one(expected, "expectedBoolean")
    if truth is not None and json.loads(body)["boolean"] is not (truth.value == "true"):
        return f"not {truth.value}"
    return ""


def test_every_query_test_passes(shared: Path, server: Server) -> None:
    graph = Graph(shared / MANIFEST)
    asked = [t for t in graph.entries() if "update" not in t.value.rpartition("#")[2]]
    assert len(asked) == 20
    wrong = {}
    for test in asked:
        for request in requests(graph, test):
            told = check(graph, request, *send(server.port, graph, request))
            if told:
                wrong[test.value.rpartition("#")[2]] = told
    assert wrong == {}


def test_every_update_is_refused_and_the_store_unchanged(shared: Path, server: Server) -> None:
    graph = Graph(shared / MANIFEST)
    asked = [t for t in graph.entries() if "update" in t.value.rpartition("#")[2]]
    assert len(asked) == 14
    before = server.hash()
    for test in asked:
        first = next(iter(requests(graph, test)))
        status, media, _ = send(server.port, graph, first)
        assert 400 <= status < 500, test
        assert media == "application/problem+json"
    assert server.hash() == before


def test_service_description(shared: Path, server: Server) -> None:
    """The three tests of that suite: RDF comes back, it names its own endpoint, and it keeps to the vocabulary."""
    folder = (shared / MANIFEST).parent.parent / "service-description"
    names = {t.value.rpartition("#")[2] for t in Graph(folder / "manifest.ttl").entries()}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/sparql", headers={"Accept": "text/turtle"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/turtle")
    held = list(ox.parse(input=answer.read(), format=ox.RdfFormat.TURTLE))
    connection.close()
    sd = "http://www.w3.org/ns/sparql-service-description#"
    own = ox.NamedNode(f"http://127.0.0.1:{server.port}/sparql")
    assert [t.object for t in held if t.predicate.value == f"{sd}endpoint"] == [own]
    known = {"endpoint", "supportedLanguage", "resultFormat", "feature", "defaultDataset", "defaultGraph", "namedGraph"}
    said = {t.predicate.value for t in held if t.predicate.value.startswith(sd)}
    assert said <= {f"{sd}{name}" for name in (*known, "name")}
    assert {t.object.value for t in held if t.predicate.value.endswith("#type")} <= {
        f"{sd}{name}" for name in ("Service", "Dataset", "Graph", "NamedGraph")
    }
