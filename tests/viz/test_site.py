"""The whole site, built from the tiny true world: every page kind, linked, accessible, identical twice."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph import when as when_
from graph.claim import Entity
from graph.errors import DiskError, GraphError
from graph.knowledge import KnowledgeGraph
from graph.rdf import Bundle
from graph.store import Store
from tests.conftest import store_of
from tests.viz.axe import everywhere
from tests.viz.conftest import Open
from tests.world import WORLD
from viz import search, site, slots, worldmap
from viz.paths import part
from viz.shelf import Shelf

DAY = when_.day("2024-06-01")
KINDS = (
    "index.html",
    "e/finland/index.html",
    "e/russia/index.html",
    "e/sauli-niinisto/index.html",
    "e/nato/index.html",
    "e/crimea-treaty-2014/index.html",
    "e/derry-journal/index.html",
    "e/europe/index.html",
    "when/2014/index.html",
    "years/index.html",
    "sources/index.html",
    "map/index.html",
    "search/index.html",
    "about/index.html",
    "table/index.html",
    "corrections/index.html",
    "missing/index.html",
    "404.html",
)


@pytest.fixture(scope="module")
def placed(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Store:
    """The tiny true world, and of the real data that Finland lies in Europe and where it is on the map."""
    said = [c for c in kg.store.claims(subject="finland") if c.value in ("europe", "FIN")]
    papers = {c.article: kg.store.article(c.article) for claim in said for c in claim.citations}
    names = {"europe", *(a.publisher for a in papers.values())}
    more = Bundle((*(kg.store.entity(n) for n in sorted(names)),), (*papers.values(),), (*said,))
    whole = Bundle(WORLD.entities + more.entities, WORLD.articles + more.articles, WORLD.claims + more.claims)
    return store_of(whole, tmp_path_factory.mktemp("placed"), cache)


@pytest.fixture(scope="module")
def built(placed: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "out"
    site.build(KnowledgeGraph(placed), out, as_of=DAY, jobs=2)
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_page_kind_is_there(built: Path) -> None:
    assert [k for k in KINDS if not (built / k).exists()] == []
    assert len(list((built / "a").iterdir())) == 8
    assert (built / "how" / "un-vote-crimea-2014" / "index.html").exists() is False


def test_the_about_page_tells_what_is_there_and_from_which_graph(built: Path, placed: Store) -> None:
    about = (built / "about" / "index.html").read_text(encoding="utf-8")
    pages, claims = (len(list(built.rglob("*.html"))), len(list(placed.claims())))
    assert f"This site: {pages} pages made from {claims} claims" in about
    assert f"Version of the graph: {placed.fingerprint[:12]}." in about
    assert [p for p in built.rglob("*.html") if placed.fingerprint[:12] in p.read_text(encoding="utf-8")] == [
        built / "about" / "index.html"
    ]


def test_an_article_without_a_title_has_its_outlet_and_day_for_one_and_is_listed_by_what_it_is_about(
    built: Path, world: Store
) -> None:
    (untitled,) = [a for a in world.articles() if not a.title]
    page = (built / "a" / part(untitled.id) / "index.html").read_text(encoding="utf-8")
    assert "<h1><bdi>Inquire Live, perhaps March 2014</bdi></h1>" in page
    outlet = (built / "e" / untitled.publisher / "index.html").read_text(encoding="utf-8")
    assert "<bdi>On Signing of the Crimea treaty</bdi></a>" in outlet


def test_links_lead_somewhere(built: Path) -> None:
    dead = []
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"#]+)"', text):
            if target.startswith(("http:", "https:")):
                continue
            place = built / target[1:] if path.name == "404.html" else path.parent / target
            if not place.resolve().exists():
                dead.append((path.relative_to(built).as_posix(), target))
    assert dead == []


def test_two_builds_are_identical_and_the_second_keeps_all(built: Path, placed: Store, tmp_path: Path) -> None:
    again = tmp_path / "out"
    kg = KnowledgeGraph(placed)
    site.build(kg, again, as_of=DAY, jobs=1)
    assert files(again) == files(built)
    second = site.build(kg, again, as_of=DAY, jobs=1)
    assert second.written == 0
    assert files(again) == files(built)


def test_a_folder_of_somebody_else_is_refused(world: Store, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("x")
    with pytest.raises(DiskError, match="not a site built here"):
        site.build(KnowledgeGraph(world), tmp_path, as_of=DAY)
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(DiskError, match="link"):
        site.build(KnowledgeGraph(world), link, as_of=DAY)


def test_pages_hold_no_inline_script_or_style(built: Path) -> None:
    for path in built.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script>|<style|\son\w+=\"|\sstyle=\"|javascript:", text), path


def test_weights(built: Path) -> None:
    heavy = {
        p.relative_to(built).as_posix(): size
        for p in built.rglob("*.html")
        if (size := len(gzip.compress(p.read_bytes()))) > 60_000
    }
    assert heavy == {}


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS[:-1])  # tests of the preview read the page for what is not there
def test_axe_finds_nothing(visit: Open, built: Path, kind: str) -> None:
    with visit(built / kind) as page:
        assert everywhere(page) == []


@pytest.mark.browser
def test_search_finds_aliases_without_a_server(visit: Open, built: Path) -> None:
    with visit(built / "search" / "index.html") as page:
        page.locator("#search").fill("niinisto")
        expect(page.locator("#results a").first).to_have_text("Sauli Niinistö")
        page.locator("#results a").first.click()
        expect(page.locator("h1")).to_have_text("Sauli Niinistö")


@pytest.mark.browser
def test_readable_without_script(visit: Open, built: Path) -> None:
    with visit(built / "e" / "finland" / "index.html", java_script_enabled=False) as page:
        expect(page.locator("main")).to_contain_text("NATO")
        expect(page.locator("main")).to_contain_text("since April 4, 2023")


def test_search_folds_as_readers_type() -> None:
    assert search.fold("Əliyev Côte İstanbul") == "aliyev cote istanbul"


def test_shelf_answers_like_the_store(world: Store) -> None:
    shelf = Shelf(world)
    for entity in world.entities():
        assert shelf.claims(subject=entity.id) == world.claims(subject=entity.id)
        assert shelf.claims(object=entity.id) == world.claims(object=entity.id)
    assert list(shelf.articles()) == list(world.articles())


NAMES = ["con", "nul", "com1", "a" * 100, "a" * 99 + "b", "cote", "a"]


def test_62_file_names_are_safe_and_none_is_anothers() -> None:
    """An id is ASCII in lower case by construction, so `../x`, `a/b`, `A`, emoji and the empty one are none."""
    found = [part(name) for name in NAMES]
    assert len(set(found)) == len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in found)
    assert not {"con", "nul", "com1"} & set(found)


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "A", "x" * 300, "", "\U0001f600", "co\u0302te", "c\u00f4te", "a\n", ".", "-a"]
)
def test_62_what_is_no_file_name_is_no_id(name: str) -> None:
    with pytest.raises(GraphError):
        Entity(name, "Country", (("x", "en"),))


def test_the_map_has_every_country_once() -> None:
    codes = [code for code, _, path in worldmap.shapes() if path]
    assert len(codes) == 177
    assert [round(v, 1) for v in worldmap.project(0, 0)] == [480.0, 235.2]


def test_record_names_every_file(built: Path) -> None:
    record = json.loads(gzip.decompress((built / slots.RECORD).read_bytes()))
    assert set(record["keys"]) == {name for name in files(built) if name not in (slots.RECORD, slots.RESTS)}
