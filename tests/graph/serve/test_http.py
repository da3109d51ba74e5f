"""Raw HTTP: smuggling, slow clients, wrong hosts, large requests; the next request is always served."""

from __future__ import annotations

import dataclasses
import re
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from graph.knowledge import KnowledgeGraph
from graph.serve import http
from graph.serve.app import application
from graph.serve.limits import LIMITS
from graph.store import Store


def exchange(base: str, request: bytes, *, seconds: float = 5.0) -> bytes:
    """The whole answer to raw bytes, until the server closes or says nothing for so long."""
    address = urlsplit(base)
    assert address.hostname is not None
    with socket.create_connection((address.hostname, address.port or 80), timeout=seconds) as raw:
        raw.sendall(request)
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
MANY = b"".join(b"X-%d: %s\r\n" % (i, b"y" * 200) for i in range(200))
HEAD = b"Host: 127.0.0.1\r\nConnection: close\r\n"
RAW = [
    ("length and chunks", b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 5\r\n" + CHUNKED, {400}),
    ("chunks alone", b"POST /sparql HTTP/1.1\r\n" + HEAD + CHUNKED, {400}),
    ("negative length", b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: -5\r\n\r\n", {400}),
    ("length of letters", b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: many\r\n\r\n", {400}),
    ("ten gigabytes announced", b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 10000000000\r\n\r\n", {413}),
    ("bare line feeds", b"GET / HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n", {400}),
    ("one bare line feed", b"GET / HTTP/1.1\r\n" + HEAD + b"X: y\nZ: w\r\n\r\n", {400}),
    ("bare after a request", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\n\n", {400}),
    ("another version", b"GET / HTTP/9.9\r\n" + HEAD + b"\r\n", {400, 505}),
    ("NUL in the path", b"GET /\x00 HTTP/1.1\r\n" + HEAD + b"\r\n", {400}),
    ("another host", b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", {421, 400}),
    ("two hosts", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", {421, 400}),
    ("no host", b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", {400, 421}),
    ("long address", b"GET /?" + b"x" * 22_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", {414}),
    ("two hundred headers", b"GET / HTTP/1.1\r\n" + HEAD + MANY + b"\r\n", {431}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "request_", "expected"), RAW, ids=[r[0] for r in RAW])
def test_raw_requests(what: str, request_: bytes, expected: set[int], live: str) -> None:
    answer = exchange(live, request_)
    statuses = [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
    assert statuses[-1] in expected, "the last answer, for there may be an honest request before"
    assert httpx.get(f"{live}/api/entities/nato").status_code == 200


@pytest.fixture(scope="module")
def hasty(world: Store) -> Iterator[str]:
    """A server that gives a whole request one second and takes twelve connections."""
    limits = dataclasses.replace(LIMITS, request_seconds=1.0, connections=12, workers=1)
    found = http.listening("127.0.0.1", 0)
    running = http.server(application(KnowledgeGraph(world), limits=limits), "127.0.0.1", 0, limits)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [found]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{found.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    found.close()


SLOW = [
    ("half a head", b"GET / HTTP/1.1\r\nHost: 127."),
    ("half a body", b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nquery="),
    ("nothing", b""),
]


@pytest.mark.parametrize(("what", "start"), SLOW, ids=[s[0] for s in SLOW])
def test_slow_clients_are_closed(what: str, start: bytes, hasty: str) -> None:
    address = urlsplit(hasty)
    with socket.create_connection(("127.0.0.1", address.port or 0), timeout=10) as raw:
        raw.sendall(start)
        began = time.monotonic()
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
        assert 0.5 < time.monotonic() - began < 6
        assert not answer or status(answer) in (400, 408)


def test_a_dripping_client_is_closed_too(hasty: str) -> None:
    address = urlsplit(hasty)
    with socket.create_connection(("127.0.0.1", address.port or 0), timeout=10) as raw:
        began = time.monotonic()
        closed = False
        for line in range(60):
            try:
                raw.sendall(b"X-Drip: %d\r\n" % line if line else b"GET / HTTP/1.1\r\n")
            except OSError:
                closed = True
                break
            time.sleep(0.1)
        assert closed
        assert time.monotonic() - began < 4


def test_stalled_connections_do_not_stop_the_others(hasty: str) -> None:
    address = urlsplit(hasty)
    stalled = [socket.create_connection(("127.0.0.1", address.port or 0), timeout=10) for _ in range(40)]
    try:
        time.sleep(1.6)
        began = time.monotonic()
        assert httpx.get(f"{hasty}/api/entities/nato").status_code == 200
        assert time.monotonic() - began < 1
    finally:
        for raw in stalled:
            raw.close()


BOMBS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f",
    "SELECT * { ?a (<a:a>|!<a:a>)* ?b . ?c (<a:a>|!<a:a>)* ?d . ?e (<a:a>|!<a:a>)* ?f } ORDER BY ?b",
]


@pytest.mark.slow
@pytest.mark.parametrize("query", BOMBS)
def test_query_bombs_are_stopped(query: str, live: str) -> None:
    began = time.monotonic()
    answer = httpx.get(f"{live}/sparql", params={"query": query}, timeout=30)
    assert answer.status_code in (413, 503), answer.text
    assert time.monotonic() - began < LIMITS.seconds + 1.5
    assert httpx.get(f"{live}/sparql", params={"query": "ASK {}"}).status_code == 200
