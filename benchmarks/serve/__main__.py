"""Print how the real server stands many clients, bombs, stalled sockets and too few file descriptors.

Run: python -m benchmarks.serve [--seconds 60] [--clients 50] [--bombs 100] [--site OUT]
Server and clients share the machine. Without a site, three story pages stand for one.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final
from urllib.parse import quote

from benchmarks.serve.client import Client, Server, running
from graph.errors import Incomplete
from graph.knowledge import KnowledgeGraph
from graph.serve.canned import canned
from graph.serve.limits import LIMITS

ROOT: Final = Path(__file__).resolve().parents[2]
STORIES: Final = ("Yekaterinburg raids", "Finland's accession to NATO", "ECOWAS decision to lift sanctions")
BOMBS: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f",
    "SELECT * { ?s ?p ?o }",
    "ASK " + "{" * 2200 + "}" * 2200,
    "SELECT (GROUP_CONCAT(STR(?a)) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
)
STALLED: Final = 300
LAST_RETRY_SECONDS: Final = 31


def pages(kg: KnowledgeGraph, folder: Path) -> list[str]:
    """Three story pages as a small site, and its addresses."""
    from viz import story_page

    found = []
    for name in STORIES:
        chain = kg.chain(name)
        path = folder / f"{chain.steps[-1].event}.html"
        story_page.write(kg, chain, path, today=739_500)
        found.append(f"/{path.name}")
    (folder / "index.html").write_bytes((folder / found[0][1:]).read_bytes())
    return ["/", *found]


def paths(kg: KnowledgeGraph, site: list[str], rng: random.Random, count: int) -> list[tuple[str, str]]:
    """A mixture of what is asked: half pages, three tenths the API, a fifth SPARQL, hardly one twice alike."""
    entities = [e.id for kind in ("Country", "Person", "City") for e in kg.store.entities(kind)]
    events = [e.id for e in kg.store.entities("Event")]
    queries = [c.query for c in canned()]
    found = []
    for _ in range(count):
        draw = rng.random()
        if draw < 0.5:
            found.append(("page", rng.choice(site)))
        elif draw < 0.65:
            found.append(("entity", f"/api/entities/{rng.choice(entities)}?limit=20"))
        elif draw < 0.75:
            found.append(("event", f"/api/events/{rng.choice(events)}"))
        elif draw < 0.8:
            found.append(("ask", f"/api/ask/state?one={rng.choice(entities)}&as_of={rng.randint(1990, 2025)}-01-01"))
        elif draw < 0.95:
            names = f"SELECT ?p ?o WHERE {{ e:{rng.choice(entities)} ?p ?o }} LIMIT 50"
            found.append(("sparql", f"/sparql?query={quote(names)}"))
        else:
            found.append(("canned", f"/sparql?query={quote(rng.choice(queries))}"))
    return found


async def load(server: Server, asked: list[tuple[str, str]], clients: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds by sort of request, of clients that each ask one thing after the other without a pause."""
    took: dict[str, list[float]] = defaultdict(list)
    statuses: Counter[int] = Counter()
    end = time.monotonic() + seconds

    async def client(number: int) -> None:
        rng, connection = random.Random(number), Client(server.port)
        while time.monotonic() < end:
            sort, path = rng.choice(asked)
            began = time.perf_counter()
            status, _ = await connection.get(path)
            took[sort].append(1e3 * (time.perf_counter() - began))
            statuses[status] += 1
        connection.close()

    await asyncio.gather(*(client(n) for n in range(clients)))
    print(f"statuses: {dict(statuses)}")
    if set(statuses) != {200}:
        raise Incomplete(f"not every answer was 200: {dict(statuses)}")
    return took


def table(took: dict[str, list[float]], seconds: float) -> None:
    """Print requests, median, 95th percentile and maximum by sort."""
    rows = {**took, "all": [ms for times in took.values() for ms in times]}
    print(f"{'sort':8} {'requests':>9} {'a second':>9} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for sort, times in rows.items():
        ranked = sorted(times)
        p50, p95 = (ranked[int(len(ranked) * share)] for share in (0.5, 0.95))
        print(f"{sort:8} {len(times):9} {len(times) / seconds:9.0f} {p50:8.1f} {p95:8.1f} {ranked[-1]:8.1f}")


async def bombed(server: Server, count: int) -> tuple[float, Counter[int]]:
    """The longest any bomb took, and the statuses; after each one the next request is served."""
    worst, statuses = 0.0, Counter[int]()
    connection = Client(server.port)
    for number in range(count):
        query = f"{BOMBS[number % len(BOMBS)]} #{number}"
        began = time.perf_counter()
        status, _ = await connection.get(f"/sparql?query={quote(query)}")
        worst = max(worst, time.perf_counter() - began)
        statuses[status] += 1
        assert (await connection.get("/sparql?query=ASK%7B%7D"))[0] == 200
    connection.close()
    return worst, statuses


def established(port: int) -> int:
    """How many connections the server's side of a port has (Linux: state 01 in /proc/net/tcp, proc_pid_net(5))."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


async def stalled(server: Server, count: int, path: str) -> tuple[float, float, int]:
    """The worst and the median healthy request in ms while sockets stall, and how many of these the server keeps.

    A connection that found the queue full is the system's until it is tried again, 1, 3, 7, 15 or 31 seconds after
    it was begun, and its time begins only then: the last of them are waited for that long. One that the system
    answered by a cookie and dropped seems open to a client who says nothing; the server never had it.
    """
    sockets = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(count)]
    for at, (_, writer) in enumerate(sockets):
        writer.write(b"GET / HTTP/1.1\r\nHost: 127." if at % 2 else b"")
    held, times = established(server.port), []
    assert held > LIMITS.connections // 2, f"only {held} sockets stall"
    end = time.monotonic() + LIMITS.request_seconds + 1
    while time.monotonic() < end:
        connection = Client(server.port)
        began = time.perf_counter()
        status, _ = await connection.get(path)
        times.append(1e3 * (time.perf_counter() - began))
        assert status == 200, status
        connection.close()
        await asyncio.sleep(0.02)
    end += LAST_RETRY_SECONDS + LIMITS.request_seconds
    while (still := established(server.port)) and time.monotonic() < end:
        await asyncio.sleep(0.05)
    for _, writer in sockets:
        writer.close()
    return max(times), sorted(times)[len(times) // 2], still


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--bombs", type=int, default=100)
    parser.add_argument("--site", type=Path)
    given = parser.parse_args()
    kg = KnowledgeGraph.open(ROOT / "data" / "triples")
    with tempfile.TemporaryDirectory() as made:
        folder = given.site or Path(made)
        site = (
            [f"/{p.relative_to(folder)}" for p in sorted(folder.rglob("*.html"))] if given.site else pages(kg, folder)
        )
        asked = paths(kg, site, random.Random(7), 20_000)
        with running("--data", str(ROOT / "data" / "triples"), "--site", str(folder)) as server:
            measure(server, asked, given)


def measure(server: Server, asked: list[tuple[str, str]], given: argparse.Namespace) -> None:
    """Run the three plans one after the other on one server."""
    asyncio.run(load(server, asked, given.clients, 3))
    before, open_before = server.rss_bytes(), server.descriptors()
    print(f"{given.clients} clients for {given.seconds:g} s, no pauses")
    table(asyncio.run(load(server, asked, given.clients, given.seconds)), given.seconds)
    held = server.rss_bytes() / 1e6
    print(
        f"memory {held:.0f} MB, grown {held - before / 1e6:+.1f} MB; descriptors {open_before}, {server.descriptors()}"
    )
    worst, statuses = asyncio.run(bombed(server, given.bombs))
    grown = server.rss_bytes() / 1e6 - held
    print(f"{given.bombs} bombs: slowest answer {worst:.2f} s (limit {LIMITS.seconds:g} s), {dict(statuses)}")
    print(f"memory grown {grown:+.1f} MB")
    longest, usual, still = asyncio.run(stalled(server, STALLED, "/api/entities/azerbaijan?limit=1"))
    print(f"{STALLED} stalled sockets: healthy request {usual:.1f} ms, worst {longest:.1f} ms; {still} stay open")


if __name__ == "__main__":
    main()
