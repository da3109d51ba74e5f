"""Another SPARQL 1.1 store takes the embedded one's place by its URL: a real `oxigraph serve`, a process of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.errors import InputError, StoreError
from graph.knowledge import KnowledgeGraph
from graph.serve.app import application
from graph.store import Store


@pytest.fixture(scope="module")
def other(world: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query address of an Oxigraph server that holds the tiny true world."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the package oxigraph of the test extra is not installed"
    folder = tmp_path_factory.mktemp("oxigraph")
    files = [str(p) for p in sorted(world.folder.glob("*.ttl"))]
    subprocess.run([program, "load", "--location", str(folder), "--file", *files], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        running.kill()
        running.wait(10)


@pytest.fixture(scope="module")
def there(other: str, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return KnowledgeGraph.open(other, cache=tmp_path_factory.mktemp("cache"))


def test_it_holds_the_same_things(there: KnowledgeGraph, world: Store) -> None:
    assert list(there.store.entities()) == list(world.entities())
    assert list(there.store.articles()) == list(world.articles())
    assert there.store.claims() == world.claims()
    for event in world.entities("Event"):
        assert there.store.event(event.id).participants == world.event(event.id).participants


def test_it_answers_the_same(there: KnowledgeGraph, world: Store) -> None:
    here = KnowledgeGraph(world)
    for kg in (here, there):
        assert kg.find("North Atlantic Treaty Organization").id == "nato"
    asked = [
        ("state", "Finland", {"as_of": "2024-01-01"}),
        ("changes", "Finland", {"first": "2023", "last": "2024"}),
        ("relations", "Ukraine", {}),
        ("corroboration", "Referendum in Crimea", {}),
    ]
    for question, thing, options in asked:
        assert here.ask(question, thing, **options).rows == there.ask(question, thing, **options).rows
    query = "SELECT ?who WHERE { ?who w:memberOf e:nato }"
    assert list(here.sparql(query)) == list(there.sparql(query))
    names = ("un-vote-crimea-2014",)
    assert here.chain(*names, as_of="2014-12-31").steps == there.chain(*names, as_of="2014-12-31").steps


async def answers(kg: KnowledgeGraph, *requests: tuple[str, dict[str, str]]) -> list[httpx.Response]:
    app = application(kg, hosts=("127.0.0.1",))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=30) as client:
        return [await client.get(path, params=params) for path, params in requests]


def test_it_is_served_through_the_same_gate(there: KnowledgeGraph) -> None:
    import asyncio

    query = {"query": "SELECT ?who WHERE { ?who w:memberOf e:nato }"}
    graph = {"query": "CONSTRUCT { ?s w:memberOf ?o } WHERE { ?s w:memberOf ?o }", "format": "turtle"}
    service = {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}
    wrong = {"query": "SELEKT"}
    found, triples, refused, syntax, entity, described = asyncio.run(
        answers(
            there,
            ("/sparql", query),
            ("/sparql", graph),
            ("/sparql", service),
            ("/sparql", wrong),
            ("/api/entities/finland", {}),
            ("/sparql", {}),
        )
    )
    assert found.json()["results"]["bindings"][0]["who"]["value"].endswith("/finland")
    assert triples.headers["content-type"].startswith("text/turtle")
    assert [r.status_code for r in (refused, syntax, entity, described)] == [400, 400, 200, 200]


def test_the_command_takes_an_address(other: str) -> None:
    command = [sys.executable, "-c", "from graph.cli import main; main()", "show", "nato", "--data", other]
    done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, timeout=60, check=True)
    assert '"id": "nato"' in done.stdout


def test_what_is_no_store_is_said(other: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store answers"):
        Store.at("http://127.0.0.1:9/query", cache=tmp_path)
    with pytest.raises(InputError, match="not the address"):
        Store.at("ftp://127.0.0.1/query", cache=tmp_path)
    with pytest.raises(InputError, match="the store refused"):
        Store.at(other.replace("/query", "/nothing"), cache=tmp_path)
