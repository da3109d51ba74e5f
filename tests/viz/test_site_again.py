"""A site built again after a change: byte for byte the site that a build from nothing gives, and little work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph import when as when_
from graph.claim import Claim, Entity
from graph.knowledge import KnowledgeGraph
from graph.rdf import Bundle
from graph.store import Store
from graph.when import Clocks
from tests.conftest import store_of
from tests.world import CFR, DERRY, WORLD, claim, entity, said
from viz import pair_page, sheets, site, site_chains, slots
from viz.setting import Setting
from viz.sheets import Sheet
from viz.shelf import Shelf

DAY = when_.day("2024-06-01")
Change = Callable[[Bundle], Bundle]
TWINS = tuple(entity(f"twin-{n}", "City", "Twin") for n in range(20))
LYING = tuple(claim(t.id, "locatedIn", "finland", said(DERRY)) for t in TWINS)
WIDE = Bundle(WORLD.entities + TWINS, WORLD.articles, WORLD.claims + LYING)
"""The tiny true world, and twenty cities of one name: nothing but their ids can tell them apart."""


def every_kind_of_page(patch: pytest.MonkeyPatch) -> None:
    """So few events as the tiny world has would give no page to a pair, and few to a chain."""
    patch.setattr(pair_page, "EVENTS_LEAST", 1)
    patch.setattr(site_chains, "EVENTS_FOR_A_CHAIN", 1)


@pytest.fixture(autouse=True)
def _every_kind_of_page(monkeypatch: pytest.MonkeyPatch) -> None:
    every_kind_of_page(monkeypatch)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Store:
    return store_of(WIDE, tmp_path_factory.mktemp("wide"), cache)


@pytest.fixture(scope="module")
def first(base: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the base built from nothing: tests take a copy for what they would build first, and leave it be."""
    out = tmp_path_factory.mktemp("first") / "out"
    with pytest.MonkeyPatch.context() as patch:
        every_kind_of_page(patch)
        built(base, out)
    return out


def built(store: Store, out: Path) -> site.Built:
    return site.build(KnowledgeGraph(store), out, as_of=DAY, jobs=1)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def claims(change: Callable[[Claim], tuple[Claim, ...]]) -> Change:
    return lambda b: replace(b, claims=tuple(new for old in b.claims for new in change(old)))


def one(predicate: str) -> Claim:
    """The first claim of a predicate."""
    return next(c for c in WIDE.claims if c.predicate == predicate)


def withdrawn(predicate: str) -> Change:
    return claims(lambda c: (replace(c, withdrawn="2024-05-01") if c == one(predicate) else c,))


def renamed(name: str) -> Change:
    def new(thing: Entity) -> Entity:
        return replace(thing, names=((f"New {thing.name}", "en"),)) if thing.id == name else thing

    return lambda b: replace(b, entities=tuple(map(new, b.entities)))


LATE = replace(DERRY, id="article-0000000000000000", url="https://www.derryjournal.com/late", published="2024-05-20")
JOINED = claim("twin-3", "capitalOf", "finland", said(DERRY), "2024")
PARTS = ("actor", "target", "signatory", "participant")
CHANGES: dict[str, Change] = {
    **{f"{p} withdrawn": withdrawn(p) for p in dict.fromkeys(c.predicate for c in WIDE.claims)},
    "a date amended": claims(lambda c: (replace(c, when="2014-03-20") if c == one("happened") else c,)),
    "a second source": claims(lambda c: (replace(c, citations=said(DERRY, CFR)) if c == one("memberOf") else c,)),
    "all who took part gone": claims(
        lambda c: () if c.subject == one("actor").subject and c.predicate in PARTS else (c,)
    ),
    "a claim added": lambda b: replace(b, claims=(*b.claims, JOINED)),
    "a claim gone": claims(lambda c: () if c == one("inResponseTo") else (c,)),
    "an article nobody cites": lambda b: replace(b, articles=(*b.articles, LATE)),
    "a country renamed": renamed("russia"),
    "an event renamed": renamed(one("happened").subject),
    "an event gone": lambda b: replace(
        b,
        entities=tuple(e for e in b.entities if e.id != one("inResponseTo").subject),
        claims=tuple(c for c in b.claims if one("inResponseTo").subject not in (c.subject, c.object)),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_site_is_that_of_a_build_from_nothing(
    change: str, base: Store, first: Path, tmp_path: Path, cache: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(first, out)
    (tmp_path / "data").mkdir()
    store = store_of(CHANGES[change](WIDE), tmp_path / "data", cache / change.replace(" ", "-"))
    again = built(store, out)
    fresh = built(store, tmp_path / "fresh")
    assert files(out) == files(tmp_path / "fresh")
    assert 0 < again.written < fresh.written
    back = built(base, out)
    assert 0 < back.written <= again.written + 4  # what was gone comes back, its picture too
    assert files(out) == files(first)


def test_two_processes_make_of_a_change_what_one_does(first: Path, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "data").mkdir()
    store = store_of(CHANGES["actor withdrawn"](WIDE), tmp_path / "data", cache / "two-processes")
    for jobs in (1, 2):
        out = tmp_path / str(jobs)
        shutil.copytree(first, out)
        site.build(KnowledgeGraph(store), out, as_of=DAY, jobs=jobs)
    assert files(tmp_path / "1") == files(tmp_path / "2")


@pytest.mark.parametrize("asked", [{"predicate": "memberOf"}, {"clocks": Clocks(DAY, DAY)}])
def test_what_a_shelf_has_kept_counts_as_read(asked: dict[str, Any], base: Store) -> None:
    shelf = Shelf(base)
    told = []
    for _ in range(2):
        told.append(shelf.noting(lambda: shelf.claims(subject="finland", **asked)))
    assert told[0] == told[1]
    assert told[0][0] == base.claims(subject="finland", **asked)
    assert {what for what, _ in told[0][1]} == ({"about", "paper"} if "clocks" in asked else {"about"})


def test_an_unchanged_site_is_left_at_once(base: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    first = built(base, out)
    before = (out / slots.RECORD).stat()
    monkeypatch.setattr(site, "ground_of", lambda *_: pytest.fail("read everything again"))
    assert built(base, out) == site.Built(first.pages, 0, first.written)
    after = (out / slots.RECORD).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


KEPT: dict[str, set[str]] = {
    "headOfStateOf withdrawn": {"search", "map", "years", "searching", "events file", "sources file"},
    "memberOf withdrawn": {"search", "map", "years", "searching", "events file", "leaders file", "table"},
    "a date amended": {"leaders file", "sources file"},
    "a country renamed": set(),
}


@pytest.mark.parametrize("change", KEPT)
def test_what_rests_on_the_whole_graph_is_made_again_only_where_it_may_be_another(
    change: str, first: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    shutil.copytree(first, out)
    (tmp_path / "data").mkdir()
    store = store_of(CHANGES[change](WIDE), tmp_path / "data", cache / f"kept-{change.replace(' ', '-')}")
    made: list[str] = []
    files_of = sheets.files

    def noted(sheet: Sheet, setting: Setting) -> dict[str, bytes]:
        made.append(sheet.kind)
        return files_of(sheet, setting)

    monkeypatch.setattr(sheets, "files", noted)
    built(store, out)
    assert set(sheets.WHOLE) - set(made) >= KEPT[change]
    assert {"claims", "corrections"} <= set(made)


@pytest.mark.parametrize("harm", ["lost", "cut", "half a list", "unread", "other"])
def test_what_was_lost_or_damaged_is_made_again(harm: str, base: Store, first: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(first, out)
    whole = files(out)
    if harm == "lost":
        (out / "e" / "finland" / "index.html").unlink()
    elif harm == "cut":
        page = out / "e" / "finland" / "index.html"
        page.write_bytes(page.read_bytes()[:1000])
    elif harm == "half a list":
        (out / "search" / "index.html").unlink()  # made with the page for what is not there
        (out / "robots.txt").unlink()
    elif harm == "unread":
        (out / slots.RECORD).write_bytes((out / slots.RECORD).read_bytes()[:100])
    else:
        (out / slots.RESTS).write_bytes(b"x")
        (out / "robots.txt").unlink()  # so that the build has something to do
    built(base, out)
    assert files(out) == whole


def test_another_day_or_address_is_another_site(base: Store, first: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(first, out)
    later = site.build(KnowledgeGraph(base), out, as_of=DAY + 1, jobs=1)
    assert later.written >= later.pages
    moved = site.build(KnowledgeGraph(base), out, as_of=DAY + 1, base="https://example.org/", jobs=1)
    assert moved.written >= moved.pages
    assert b"https://example.org/e/finland/" in (out / "sitemap.xml").read_bytes()


def test_another_process_with_other_hashes_gives_the_same_site(base: Store, tmp_path: Path) -> None:
    built(base, tmp_path / "here")
    code = (
        "import json, sys; from pathlib import Path; from graph.knowledge import KnowledgeGraph;"
        "from viz import pair_page, site, site_chains; pair_page.EVENTS_LEAST = site_chains.EVENTS_FOR_A_CHAIN = 1;"
        "data, cache, out, day = json.loads(sys.argv[1]);"
        "site.build(KnowledgeGraph.open(Path(data), cache=Path(cache)), Path(out), as_of=day, jobs=1)"
    )
    asked = json.dumps([str(base.folder), str(base.directory.parent), str(tmp_path / "there"), DAY])
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    subprocess.run([sys.executable, "-c", code, asked], env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    assert files(tmp_path / "there") == files(tmp_path / "here")
    shutil.rmtree(tmp_path / "there")
