"""The server's rows of the threat model, each by its number, name and outcome; the next request is always answered.

docs/explanation/safety.md names the tests of every row, those in other files too.
"""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.claim import Entity
from graph.knowledge import KnowledgeGraph
from graph.serve import http, protocol
from graph.serve.app import application
from graph.serve.limits import LIMITS
from graph.serve.pool import Overrun, Pool, QueryRefused
from graph.store import Store
from tests.conftest import store_of
from tests.world import WORLD

HASTY = dataclasses.replace(LIMITS, seconds=1.0, result_bytes=100_000, workers=1)


@pytest.fixture(scope="module")
def pool(world: Store) -> Iterator[Pool]:
    made = Pool(world.directory, HASTY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site in it and a file beside it that nobody may read."""
    folder = tmp_path_factory.mktemp("secret")
    (folder / "secret.txt").write_text("between us", encoding="utf-8")
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><title>front</title>", encoding="utf-8")
    (site / "out.txt").symlink_to(folder / "secret.txt")
    return site


@pytest.fixture(scope="module")
def hasty(world: Store, pool: Pool, secret: Path) -> Iterator[str]:
    """A live server that gives a query one second and a result a hundred kilobytes, and serves a site."""
    listening = http.listening("127.0.0.1", 0)
    app = application(KnowledgeGraph(world), limits=HASTY, pool=pool, site=secret)
    running = http.server(app, "127.0.0.1", 0, HASTY)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    listening.close()


def asked(base: str, query: str) -> httpx.Response:
    """The answer to a query, and proof that the next one is answered."""
    answer = httpx.post(f"{base}/sparql", data={"query": query}, timeout=30)
    assert httpx.get(f"{base}/sparql", params={"query": "ASK {}"}, timeout=30).json()["boolean"] is True
    return answer


def pids(pool: Pool) -> set[int]:
    return {process.running.pid for process in pool._idle.queue}


@pytest.fixture
def trap() -> Iterator[tuple[int, list[object]]]:
    """A port that notes whoever connects."""
    hits: list[object] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    stop = threading.Event()

    def wait() -> None:
        while not stop.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            hits.append(connection.recv(1000))
            connection.close()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    yield listening.getsockname()[1], hits
    stop.set()
    thread.join(5)
    listening.close()


EVASIONS = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE<http://127.0.0.1:{port}/>{{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ # a note\nSERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", EVASIONS)
def test_41_service_is_refused_by_name_and_nobody_is_called(
    query: str, hasty: str, trap: tuple[int, list[object]]
) -> None:
    port, hits = trap
    answer = asked(hasty, query.format(port=port))
    assert answer.status_code == 400
    assert "SERVICE" in answer.json()["detail"]
    assert hits == []


FETCHES = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "LOAD <http://127.0.0.1:{port}/>",
]


@pytest.mark.parametrize("query", FETCHES)
def test_41_no_worker_reaches_the_network_even_past_the_gate(
    query: str, pool: Pool, trap: tuple[int, list[object]]
) -> None:
    port, hits = trap
    with contextlib.suppress(QueryRefused, Overrun):
        pool.ask(query.format(port=port), protocol.SOLUTIONS)
    time.sleep(0.2)
    assert hits == []
    assert pool.offline


BOMBS = [
    (44, "braces", "ASK " + "{" * 2200 + "}" * 2200, 400, "nesting"),
    (45, "parentheses", "SELECT * { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }", 400, "nesting"),
    (45, "bangs", "ASK { FILTER(" + "!" * 6000 + "true) }", 400, "signs"),
    (45, "pluses", "SELECT (" + "1+" * 7500 + "1 AS ?x) {}", 400, "operators"),
    (45, "unions", "ASK { {} " + "UNION {} " * 1000 + "}", 400, "UNION"),
    (45, "binds", "SELECT * { " + " ".join(f"BIND(1 AS ?v{i})" for i in range(500)) + " }", 400, "BIND"),
    (45, "optionals", "ASK { " + "OPTIONAL { ?s ?p ?o } " * 300 + "}", 400, "OPTIONAL"),
    (45, "too long", "ASK { # " + "x" * 17_000 + "\n}", 400, "bytes"),
    (46, "160 patterns", "ASK { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(160)) + " }", 400, "patterns"),
    (47, "cross product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 503, "stopped"),
    (
        47,
        "path star",
        "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>)* ?b . ?c (!<a:a>)* ?d . ?e (!<a:a>)* ?f }",
        503,
        "stopped",
    ),
    (
        47,
        "60 optionals",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o " + " ".join(f"OPTIONAL {{ ?s ?p{i} ?o{i} }}" for i in range(60)) + " }",
        503,
        "",
    ),
    (47, "GROUP_CONCAT", "SELECT (GROUP_CONCAT(STR(?a)) AS ?t) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 503, ""),
    (50, "everything", "SELECT * { ?s ?p ?o . ?a ?b ?c }", 413, "more than 100000 bytes"),
]


@pytest.mark.parametrize(("row", "name", "query", "status", "says"), BOMBS, ids=[f"{b[0]} {b[1]}" for b in BOMBS])
def test_bombs(row: int, name: str, query: str, status: int, says: str, hasty: str) -> None:
    began = time.monotonic()
    answer = httpx.post(f"{hasty}/sparql", data={"query": query}, timeout=30)
    took = time.monotonic() - began
    assert answer.status_code == status, answer.text[:300]
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert says in answer.json()["detail"]
    assert took < HASTY.seconds + 2, "limit and a busy machine's leeway"
    assert asked(hasty, "ASK {}").status_code == 200


def test_44_the_process_that_would_have_read_it_is_the_same_after(hasty: str, pool: Pool) -> None:
    assert asked(hasty, "ASK {}").status_code == 200, "whoever an earlier bomb ended has a successor by now"
    before = pids(pool)
    assert asked(hasty, "ASK " + "{" * 2200).status_code == 400
    assert pids(pool) == before


def test_45_a_crash_of_the_engine_costs_one_process_and_no_second(pool: Pool) -> None:
    """Past the gate the brace bomb ends the worker; the next query has a new one."""
    before = pids(pool)
    with pytest.raises((QueryRefused, Overrun)):
        pool.ask("ASK " + "{" * 60_000 + "}" * 60_000, protocol.SOLUTIONS)
    began = time.monotonic()
    assert pool.ask("ASK {}", protocol.SOLUTIONS).data
    assert time.monotonic() - began < 5
    assert not pids(pool) & before


MEMORY = [
    ("sort", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f"),
    ("doubling", "SELECT (STRLEN(?x28) AS ?n) { BIND('0123456789abcdef' AS ?x0) "
     + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(28)) + " }"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "query"), MEMORY, ids=[m[0] for m in MEMORY])
def test_48_a_worker_out_of_memory_is_replaced(name: str, query: str, world: Store) -> None:
    small = Pool(world.directory, dataclasses.replace(LIMITS, workers=1, memory_bytes=400 * 1024**2, most_seconds=60))
    try:
        with pytest.raises((Overrun, QueryRefused), match="memory limit"):
            small.ask(query, protocol.SOLUTIONS, seconds=20)
        assert small.ask("ASK {}", protocol.SOLUTIONS).data
    finally:
        small.close()


def test_49_a_regular_expression_takes_linear_time(hasty: str) -> None:
    query = "ASK { FILTER(REGEX('" + "a" * 5000 + "!', '(a+)+$')) }"
    began = time.monotonic()
    assert asked(hasty, query).json()["boolean"] is False
    assert time.monotonic() - began < 2


TRAVERSAL = [
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/secret.txt",
    "/../secret.txt",
    "/..%5csecret.txt",
    "/....//secret.txt",
    "//evil.example/x",
    "/page/CON",
    "/x%00.html",
    "/out.txt",
    "/%2e%2e%2fsecret.txt",
    "/query-page/..%2fapp.py",
    "/query-page/%2e%2e/app.py",
]


@pytest.mark.parametrize("path", TRAVERSAL)
def test_54_nothing_outside_the_site_is_served(path: str, hasty: str) -> None:
    host = hasty.removeprefix("http://")
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] in (b"404", b"400"), head
    assert b"location:" not in head.lower()
    assert b"between us" not in body
    assert b"import" not in body
    assert path.encode() not in body
    assert httpx.get(hasty).text.startswith("<!doctype html>")


def test_54_the_site_is_served_with_tags(hasty: str) -> None:
    first = httpx.get(f"{hasty}/")
    assert first.headers["content-type"].startswith("text/html")
    again = httpx.get(f"{hasty}/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


HOSTILE = [
    "<script>document.title='pwned'</script>",
    '"><img src=x onerror="document.title=\'pwned\'">',
    "</script><script>document.title='pwned'</script>",
    "\u2028document.title='pwned'\u2029",
    "javascript:document.title='pwned'",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[str]:
    """A live server over the tiny world in which names are markup."""
    named = [Entity(f"hostile-{i}", "Organization", ((text, "en"),)) for i, text in enumerate(HOSTILE)]
    bundle = dataclasses.replace(WORLD, entities=(*WORLD.entities, *named))
    store = store_of(bundle, tmp_path_factory.mktemp("hostile"), cache)
    listening = http.listening("127.0.0.1", 0)
    running = http.server(application(KnowledgeGraph(store)), "127.0.0.1", 0)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    listening.close()


@pytest.mark.browser
def test_55_markup_in_data_and_address_stays_text(hostile: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        broken: list[str] = []
        page.on("console", lambda message: broken.append(message.text) if "Security Policy" in message.text else None)
        asked_of: list[str] = []
        page.on("request", lambda request: asked_of.append(request.url))
        page.goto(f"{hostile}/query?q=<script>document.title='pwned'</script>")
        page.fill("textarea", "SELECT ?name WHERE { ?x a w:Organization ; skos:prefLabel ?name }")
        page.click("button")
        page.wait_for_selector("#result table")
        for text in HOSTILE:
            assert page.get_by_role("cell", name=text[1:20]).count() >= 1 or text.strip() in page.inner_text("#result")
        assert page.title() == "Query Backstory"
        for path in ("/api/entities/hostile-0", "/api/search?q=%3Cscript%3E", "/nothing/%3Cscript%3E"):
            page.goto(f"{hostile}{path}")
            assert page.title() != "pwned"
        assert broken == []
        assert all(url.startswith(hostile) for url in asked_of)
        browser.close()


def test_57_other_methods_are_refused_with_what_is_allowed(hasty: str) -> None:
    for path, allowed in (("/sparql", "POST"), ("/api/entities/nato", "GET"), ("/", "GET")):
        for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"):
            answer = httpx.request(method, f"{hasty}{path}")
            assert answer.status_code == 405
            assert allowed in answer.headers.get("allow", "")


def test_58_a_long_accept_takes_linear_time() -> None:
    long = ", ".join(f"text/x{i};q=0.{i % 10}" for i in range(5000))
    began = time.monotonic()
    assert protocol.accepted(long, {}) == ()
    assert time.monotonic() - began < 1


INJECTED = ['"x" || "1"="1', "} ?s ?p ?o {", "nato . ?x ?y ?z", "\\u0022", "'; DROP ALL --"]


@pytest.mark.parametrize("text", INJECTED)
def test_59_what_is_searched_for_is_never_a_query(text: str, live: str) -> None:
    found = httpx.get(f"{live}/api/search", params={"q": text}, timeout=60)
    assert found.status_code == 200
    assert len(found.json()["results"]) < 10
    assert httpx.get(f"{live}/api/ask/state", params={"one": text}).status_code == 404
    assert httpx.get(f"{live}/api/entities/{text.replace('/', '')}").status_code == 404
