"""The site while its data are edited: real HTTP, a real build in a process of its own, a real browser."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph import model, turtle
from graph.errors import DiskError
from graph.knowledge import KnowledgeGraph
from graph.store import Store
from tests.viz.axe import everywhere
from tests.world import WORLD
from viz import preview, site

WAIT = 120
COMMAND = str(Path(sys.executable).with_name("backstory"))


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The port of a preview of a folder."""
    with preview.server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def built(world: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("preview") / "out"
    site.build(KnowledgeGraph(world), out, as_of=738_000, jobs=1)
    return out


def asked(port: int, path: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Content-Type", ""), answer.read()


def test_files_come_as_they_are_and_pages_with_one_script_more(built: Path) -> None:
    page = (built / "e" / "finland" / "index.html").read_bytes()
    with serving(built) as port:
        status, kind, body = asked(port, "/e/finland/")
        assert (status, kind) == (200, "text/html; charset=utf-8")
        assert body.replace(b'<script src="/_live/live.js" defer></script>', b"") == page != body
        assert asked(port, "/data/claims.csv")[2] == (built / "data" / "claims.csv").read_bytes()
        assert asked(port, "/_live/version.js")[2] == f'backstoryBuild("{preview.version(built)}");'.encode()
        assert asked(port, "/e/finland")[0] == 301


@pytest.mark.parametrize("path", ["/e/nobody/", "/e/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/a/b/c.css"])
def test_what_is_not_there_is_answered_by_its_page(path: str, built: Path) -> None:
    with serving(built) as port:
        status, _, body = asked(port, path)
    assert status == 404
    assert b"No page has this address" in body
    assert b"root:" not in body


def test_a_port_that_is_taken_is_told(built: Path) -> None:
    with serving(built) as port, pytest.raises(DiskError, match="cannot listen"):
        preview.server(built, port)


@pytest.mark.browser
def test_the_page_for_what_is_not_there_is_whole_at_any_depth(browser: Browser, built: Path) -> None:
    with serving(built) as port, browser.new_context() as context:
        page = context.new_page()
        lost: list[str] = []
        page.on("response", lambda r: lost.append(r.url) if r.status == 404 and "/nobody/" not in r.url else None)
        page.goto(f"http://127.0.0.1:{port}/e/nobody/at/all/")
        assert "Archivo" in page.evaluate("getComputedStyle(document.body).fontFamily")
        page.get_by_role("searchbox").fill("finl")
        page.get_by_role("link", name="Finland").first.click()
        page.wait_for_url("**/e/finland/**")
        assert lost == []
        page.goto(f"http://127.0.0.1:{port}/e/nobody/at/all/")
        assert everywhere(page) == []


def test_a_change_is_told_once_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text("a")
    seen: list[int] = []
    told, stop = threading.Event(), threading.Event()

    def changed() -> None:
        seen.append(len((tmp_path / "one.ttl").read_text()))
        told.set()

    thread = threading.Thread(target=preview.watch, args=(tmp_path, changed, stop), kwargs={"seconds": 0.5})
    thread.start()
    time.sleep(0.7)
    for size in range(2, 12):  # a file that is being written is left alone
        (tmp_path / "one.ttl").write_text("a" * size)
        time.sleep(0.1)
    assert told.wait(30)
    stop.set()
    thread.join()
    assert seen == [11]


@pytest.mark.browser
def test_an_open_page_shows_what_was_changed_in_a_file(browser: Browser, tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    turtle.write(WORLD, data / "world.ttl", model.load())
    gone = next(c for c in WORLD.claims if c.predicate == "memberOf" and c.subject == "finland")
    less = replace(WORLD, claims=tuple(replace(c, withdrawn="2024-05-01") if c == gone else c for c in WORLD.claims))
    command = [COMMAND, "site", "serve", str(out), "--data", str(data), "--port", "0", "--as-of", "2024-06-01"]
    env = {**os.environ, "BACKSTORY_CACHE": str(tmp_path / "cache")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as running:
        try:
            assert running.stderr is not None
            address = next(m[0] for line in running.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+/", line)))
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(f"{address}corrections/")
                page.get_by_text("No claim has been corrected so far.").wait_for(timeout=WAIT * 1000)
                (data / "world.ttl").write_text("no Turtle")
                assert next(line for line in running.stderr if "not Turtle" in line)
                assert page.get_by_text("No claim has been corrected so far.").is_visible()
                turtle.write(less, data / "world.ttl", model.load())
                page.get_by_text("2024-05-01: withdrawn").wait_for(timeout=WAIT * 1000)
        finally:
            running.send_signal(signal.SIGINT)
    assert running.returncode == 130


def test_without_a_site_and_told_to_build_none_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "site", "serve", str(tmp_path), "--still", "--port", "0"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 6
    assert "no site here" in done.stderr
