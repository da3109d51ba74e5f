"""The server under load, bombs, stalled sockets, few file descriptors and a site that changes under it.

Short here; `make faults` runs each for a minute and prints what `python -m benchmarks.serve` prints.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.serve import __main__ as plans
from benchmarks.serve.client import Server, once, running
from graph.serve.limits import LIMITS
from tests.faults.command import ROUNDS, Place, place

pytestmark = pytest.mark.slow
LONG = ROUNDS >= 50
SECONDS = 60.0 if LONG else 3.0
MEGABYTES = 1e6


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = place(tmp_path_factory.mktemp("serving"))
    assert made.run("show", "nato", "--format", "json")[0] == 0
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "site"
    write(folder, "first")
    return folder


def write(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "index.html").write_text(f"<!doctype html><title>{text}</title>{text * 5000}", encoding="utf-8")


@pytest.fixture(scope="module")
def server(there: Place, site: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKSTORY_CACHE", str(there.cache))
        with running("--data", str(there.data), "--site", str(site)) as found:
            yield found


def asked() -> list[tuple[str, str]]:
    """What the tiny world can be asked for."""
    names = ("finland", "nato", "ukraine", "russia", "crimea", "vladimir-putin")
    queries = [
        f"/sparql?query=SELECT%20*%20%7B%20e%3A{n}%20%3Fp%20%3Fo%20%7D%20LIMIT%20{k}" for n in names for k in range(9)
    ]
    days = [f"/api/ask/state?one={n}&as_of=20{y}-01-01" for n in names for y in range(10, 24)]
    found = [("page", "/"), *(("entity", f"/api/entities/{n}") for n in names)]
    return [*found * 10, *(("sparql", q) for q in queries), *(("ask", d) for d in days)]


def test_many_clients_get_every_answer_and_memory_stays(server: Server) -> None:
    asyncio.run(plans.load(server, asked(), 50, 1.0))
    before, descriptors = server.rss_bytes(), server.descriptors()
    took = asyncio.run(plans.load(server, asked(), 50, SECONDS))
    plans.table(took, SECONDS)
    assert sum(map(len, took.values())) > 100
    assert server.rss_bytes() - before < 64 * MEGABYTES, "the memory of remembered answers is bounded"
    assert server.descriptors() <= descriptors + 50


def test_bombs_cost_their_limit_and_nothing_more(server: Server) -> None:
    before = server.rss_bytes()
    worst, statuses = asyncio.run(plans.bombed(server, 100 if LONG else len(plans.BOMBS)))
    print(f"slowest answer {worst:.2f} s, {dict(statuses)}, grown {(server.rss_bytes() - before) / 1e6:.1f} MB")
    assert worst < LIMITS.seconds + (0.5 if LONG else 5)
    assert set(statuses) <= {200, 400, 413, 503}
    assert statuses[503]
    assert server.rss_bytes() - before < 50 * MEGABYTES


def test_stalled_sockets_take_nobodys_place(server: Server) -> None:
    worst, usual, still = asyncio.run(plans.stalled(server, plans.STALLED, "/api/entities/nato"))
    print(f"healthy request {usual:.1f} ms, worst {worst:.1f} ms; {still} stalled sockets still open")
    assert usual < 100
    assert worst < (250 if LONG else 3000)
    assert still == 0


def test_a_client_who_does_not_take_his_answer_is_let_go(there: Place) -> None:
    """Ten megabytes asked for and never read: the server's buffer is given up and other requests are answered."""
    query = "SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20.%20%3Fa%20%3Fb%20%3Fc%20%7D%20LIMIT%2020000"
    with running("--data", str(there.data)) as server:
        assert once(server.port, "/sparql?query=ASK%7B%7D") == 200
        time.sleep(0.5)
        base = server.descriptors()
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert raw.recv(1000).startswith(b"HTTP/1.1 200")
            assert server.descriptors() > base
            end = time.monotonic() + LIMITS.write_seconds + 3
            while time.monotonic() < end:
                assert once(server.port, "/api/entities/nato") == 200
                time.sleep(0.5)
            assert server.descriptors() == base, "the server gave the connection up"


@pytest.mark.parametrize("files", [64, 96])
def test_far_too_few_descriptors_are_said(files: int, there: Place) -> None:
    command = ["prlimit", f"--nofile={files}:{files}", sys.executable, "-c", "from graph.cli import main; main()"]
    started = [*command, "serve", "--port", "0", "--data", str(there.data)]
    told = ""
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            told += line
            if line.startswith("http://"):
                port = int(line.rstrip("/\n").rpartition(":")[2])
                assert httpx.get(f"http://127.0.0.1:{port}/api/entities/nato", timeout=30).status_code == 200
                break
        else:
            assert process.wait(30) in (4, 6), told
            assert told.startswith("backstory: ")
        assert "Traceback" not in told
        process.kill()


def test_with_few_descriptors_sockets_that_wait_make_room(there: Place) -> None:
    before = ("prlimit", "--nofile=256:256")
    with running("--data", str(there.data), before=before) as server:
        sockets = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(400)]
        try:
            for _ in range(10):
                assert once(server.port, "/api/entities/nato") == 200
        finally:
            for raw in sockets:
                raw.close()
        assert once(server.port, "/sparql?query=ASK%7B%7D") == 200
        assert server.descriptors() < 200


def test_readers_of_a_site_that_changes_see_the_old_or_the_new(server: Server, site: Path) -> None:
    """Eight clients during twenty changes of the whole folder."""
    seen: set[bytes] = set()
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        with httpx.Client(timeout=30) as client:
            while not done.is_set():
                answer = client.get(f"http://127.0.0.1:{server.port}/")
                seen.add(answer.content) if answer.status_code == 200 else wrong.append(answer.status_code)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    rng = random.Random(5)
    for number in range(20):
        fresh, old = site.with_name("fresh"), site.with_name(f"old-{number}")
        write(fresh, f"edition {number} ")
        os.replace(site, old)
        os.replace(fresh, site)
        time.sleep(rng.uniform(0, 0.05))
    done.set()
    for reader in readers:
        reader.join(20)
    assert wrong == []
    whole = {
        f"<!doctype html><title>{t}</title>{t * 5000}".encode()
        for t in ["first", *(f"edition {n} " for n in range(20))]
    }
    assert seen <= whole
    assert len(seen) > 1
