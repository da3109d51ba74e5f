"""Everything at once: places that mean something, data in parts, a picture in a browser, and what there is else."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from graph.store import Store
from tests.viz.axe import axe
from tests.viz.chromium import CHROMIUM, DRAWING, WITHOUT_WEBGL
from tests.viz.conftest import Open, visitor
from tests.viz.test_site import placed
from viz import everything, neighbours, page, site, spots, worldmap
from viz.everything import Everything
from viz.setting import Setting
from viz.shelf import Shelf

__all__ = ["placed"]
DAY = when_.day("2024-06-01")
BASE = "https://backstory.example/"
PART = 6
VENDOR = page.STATIC / "vendor"


@pytest.fixture(scope="module")
def real(kg: KnowledgeGraph) -> Setting:
    shelf = Shelf(kg.store)
    return Setting(KnowledgeGraph(shelf), shelf, when_.day("2026-11-01"), BASE)


@pytest.fixture(scope="module")
def whole(real: Setting) -> Everything:
    return everything.everything(real)


def told(text: str) -> dict[str, list[object]]:
    """What a part's script hands over."""
    match = re.fullmatch(r"backstoryAll\(\d+,(\{.*\})\);\n", text, re.DOTALL)
    assert match
    found: dict[str, list[object]] = json.loads(match[1])
    return found


def test_places_tell_where_a_thing_belongs(whole: Everything) -> None:
    at = {d.name: d.at for d in whole.dots}
    code, outline = next((c, p) for c, n, p in worldmap.shapes() if n == "France")
    points = [tuple(map(float, p.split())) for p in re.split(r"[MLZ]", outline) if p]
    near = min(math.dist(at["paris-fr"], p) for p in points)
    assert near < 20, f"Paris is near the outline of {code}"
    assert math.dist(at["france"], at["emmanuel-macron"]) < 4, "who leads it now stands nearest"
    earlier = [n for n in ("vincent-auriol", "rene-coty") if n in at]
    assert all(math.dist(at["france"], at[n]) > 5 for n in earlier)
    assert at["nato"][1] > worldmap.HEIGHT, "a bloc lies in no country: it stands below the map"
    assert math.dist(at["yekaterinburg-raids-2025"], at["yekaterinburg-ru"]) < 20


def test_every_thing_has_a_place_of_its_own_and_the_same_again(whole: Everything, real: Setting) -> None:
    names = {e.id for e in real.shelf.things.values() if e.kind != "Story"}
    assert {d.name for d in whole.dots} == names
    again, _ = spots.spots(sorted(names, reverse=True), real.shelf)
    assert {d.name: d.at for d in whole.dots} == again
    people = [d.at for d in whole.dots if d.group == "person"]
    assert len({(round(x, 1), round(y, 1)) for x, y in people}) > 0.98 * len(people)
    assert all(math.isfinite(v) for d in whole.dots for v in d.at)


def test_parts_hold_every_thing_and_relation_once_and_in_order(whole: Everything, real: Setting) -> None:
    parts = [told(text) for text in everything.parts(whole, real)]
    assert [name for part in parts for name in part["names"]] == [d.title for d in whole.dots]
    ties = []
    for part in parts:
        rows: list[Any] = part["times"]
        times = {at: (first, last) for at, first, last in rows}
        triples = zip(part["from"], part["to"], part["what"], strict=True)
        ties += [(*triple, times.get(at, (0, 0))) for at, triple in enumerate(triples)]
    assert len(ties) == len(whole.ties) == len(set(ties))
    loaded = 0
    for part in parts:
        loaded += len(part["names"])
        assert all(int(str(n)) < loaded for n in (*part["from"], *part["to"])), "a line to what is not loaded yet"
    assert whole.dots[0].size == 2, "the most joined come first"


def test_a_first_visit_is_light_before_data_are_asked_for(whole: Everything, real: Setting) -> None:
    files = everything.files(whole, real)
    shared = page.shared_files()
    wanted = [files[everything.PATH].encode(), *(shared[n] for n in ("page.css", "all.css", "all.js", "sigma.js"))]
    fonts = sum(len(c) for n, c in shared.items() if n.endswith("-latin.woff2"))
    assert sum(len(gzip.compress(c)) for c in wanted) + fonts < 150_000  # the budget is 1.5 MB
    assert sum(len(gzip.compress(t.encode())) for p, t in files.items() if p.endswith(".js")) < 400_000
    assert len(gzip.compress(files[everything.PATH].encode())) < 60_000


def test_what_is_vendored_is_what_is_recorded() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(), re.MULTILINE)
    files = {p.name for p in VENDOR.iterdir() if p.suffix in (".js", ".json")}
    assert {name for name, _ in rows} == files
    for name, digest in rows:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
    readme = (VENDOR / "README.md").read_text()
    for licence, row in (("LICENSE-sigma.txt", "sigma-3.0.3"), ("LICENSE-vis-network.txt", "vis-network-9.1.2")):
        inside = re.findall(r"`([^`]+)` (\d[\d.]+)", next(r for r in readme.splitlines() if f"| `{row}" in r))
        assert len(inside) >= 4
        assert all(f"{name} {version}" in (VENDOR / licence).read_text() for name, version in inside)


@pytest.fixture(scope="module")
def built(placed: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny true world, its data in several parts."""
    out = tmp_path_factory.mktemp("everything") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(everything, "PART", PART)
        site.build(KnowledgeGraph(placed), out, as_of=DAY, base=BASE, jobs=1)
    return out / "all" / "index.html"


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Iterator[Open]:
    """A browser with WebGL."""
    yield from other(browser, DRAWING)


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Open]:
    """A browser without any WebGL."""
    yield from other(browser, WITHOUT_WEBGL)


def other(browser: Browser, flags: tuple[str, ...]) -> Iterator[Open]:
    found = browser.browser_type.launch(executable_path=str(CHROMIUM), args=list(flags))
    yield visitor(found)
    found.close()


def drawn(here: Page) -> None:
    here.locator("#draw").click()
    expect(here.locator("#everything[data-drawn]")).to_be_visible(timeout=20_000)


def count(built: Path) -> int:
    return sum(len(told(p.read_text(encoding="utf-8"))["names"]) for p in built.parent.glob("part-*.js"))


def test_links_lead_there(built: Path) -> None:
    root = built.parent.parent
    assert 'href="all/index.html"' in (root / "index.html").read_text(encoding="utf-8")
    assert 'href="../all/index.html"' in (root / "table" / "index.html").read_text(encoding="utf-8")
    assert len(list(built.parent.glob("part-*.js"))) > 2


@pytest.mark.browser
def test_everything_is_drawn_found_and_chosen(drawing: Open, built: Path) -> None:
    with drawing(built, "?software", reduced_motion="reduce") as here:
        expect(here.locator("#cannot")).to_be_hidden()
        drawn(here)
        assert here.locator("#everything").get_attribute("data-drawn") == str(count(built))
        expect(here.locator("#dots")).to_be_focused()  # not the box, which would open a phone's keyboard
        before = here.locator("#dots").screenshot()
        here.locator("#find").fill("stubb")
        expect(here.locator("#hits button").first).to_have_text("Alexander Stubb person")
        here.locator("#find").press("Enter")
        expect(here.locator("#chosen-title")).to_have_text("Alexander Stubb")
        expect(here.locator("#chosen-ties")).to_contain_text("Head of state of Finland")
        assert here.evaluate("document.activeElement.id") == "chosen-title"
        assert here.locator("#dots").screenshot() != before
        target = here.locator("#chosen-page a").get_attribute("href")
        assert target
        assert (built.parent / target).resolve().exists()
        here.locator("#chosen-ties button", has_text="Finland").click()
        expect(here.locator("#chosen-title")).to_have_text("Finland")
        assert here.evaluate("location.hash") == "#sel=finland"
        assert axe(here) == []
        here.go_back()
        expect(here.locator("#chosen-title")).to_have_text("Alexander Stubb")
        here.locator("#unchoose").click()
        expect(here.locator("#chosen")).to_be_hidden()
        assert here.evaluate("location.hash") == ""


@pytest.mark.browser
def test_a_click_on_a_dot_chooses_it_and_kinds_can_be_hidden(drawing: Open, built: Path) -> None:
    with drawing(built, "?software#sel=nato", reduced_motion="reduce") as here:
        drawn(here)
        expect(here.locator("#chosen-title")).to_have_text("NATO")
        box = here.locator("#dots").bounding_box()
        assert box
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        here.locator("#unchoose").click()
        here.mouse.click(*middle)
        expect(here.locator("#chosen-title")).to_have_text("NATO")
        here.wait_for_timeout(400)  # two clicks at once would zoom
        here.mouse.click(box["x"] + 4, box["y"] + 4)
        expect(here.locator("#chosen")).to_be_hidden()
        here.locator("#kinds input[value=alliance]").uncheck()
        here.mouse.move(*middle)
        here.wait_for_timeout(400)
        here.mouse.click(*middle)
        expect(here.locator("#chosen")).to_be_hidden()
        here.locator("#kinds input[value=alliance]").check()
        here.locator("#lines").check()
        here.locator("#dots").focus()
        before = here.locator("#dots").screenshot()
        here.keyboard.press("ArrowRight")
        here.keyboard.press("+")
        here.wait_for_timeout(200)
        assert here.locator("#dots").screenshot() != before


def heads(here: Page) -> str:
    """Who is told to head Finland."""
    return " ".join(here.locator("#chosen-ties li", has_text="head of state").all_inner_texts())


@pytest.mark.browser
def test_the_picture_is_that_of_a_day(drawing: Open, built: Path) -> None:
    with drawing(built, "?software#at=2015-06-01&sel=finland", reduced_motion="reduce") as here:
        drawn(here)
        expect(here.locator("#chosen-title")).to_have_text("Finland")
        expect(here.locator("#day")).to_have_value("2015-06-01")
        assert heads(here) == "Head of state Sauli Niinistö"
        assert here.locator("#slider").get_attribute("aria-valuetext") == "June 1, 2015"
        shown = here.locator("#shown").inner_text()
        assert re.fullmatch(r"\d+ of \d+ relations", shown)
        before = here.locator("#dots").screenshot()
        here.locator("#slider").focus()
        here.keyboard.press("End")
        expect(here.locator("#day")).to_have_value("2024-06-01")
        assert here.evaluate("location.hash") == "#sel=finland"
        assert heads(here) == "Head of state Alexander Stubb"
        assert here.locator("#shown").inner_text() != shown
        assert here.locator("#dots").screenshot() != before
        here.locator("#ended").check()
        assert heads(here) == "Head of state Alexander Stubb Head of state Sauli Niinistö over"
        here.locator("#ended").uncheck()
        here.keyboard.press("Shift+Tab")
        here.locator("#day").fill("2014-03-01")
        expect(here.locator("#slider")).to_have_value("2014")
        assert here.evaluate("location.hash") == "#at=2014-03-01&sel=finland"
        here.go_back()
        expect(here.locator("#day")).to_have_value("2024-06-01")
        here.locator("#slider").focus()
        here.keyboard.press("ArrowLeft")
        expect(here.locator("#day")).to_have_value("2023-12-31")
        expect(here.locator("#status")).to_contain_text("Dec. 31, 2023: ")
        assert axe(here) == []


@pytest.mark.browser
@pytest.mark.parametrize("hash", ["#at=9999-99-99&sel=nobody&off=nothing", "#lists", "#at=%3Cimg%3E&ended=2"])
def test_an_address_of_nothing_known_shows_everything(drawing: Open, built: Path, hash: str) -> None:
    with drawing(built, f"?software{hash}") as here:
        drawn(here)
        expect(here.locator("#day")).to_have_value("2024-06-01")
        expect(here.locator("#chosen")).to_be_hidden()
        assert not here.locator("#ended").is_checked()


def test_what_joins_two_things_joins_them_on_the_days_that_their_pages_say(whole: Everything, real: Setting) -> None:
    names = [d.name for d in whole.dots]
    for name in ("ukraine", "finland", "russia", "nato"):
        _, found = neighbours.around(name, real.shelf, day=real.as_of)
        assert found
        at = names.index(name)
        own = [t for t in whole.ties if at in (t.one, t.other)]
        for relation in found.view.relations:
            spans = [
                t.held
                for t in own
                if (names[t.one], t.predicate, names[t.other])
                == (relation.subject, relation.predicate, relation.object)
            ]
            assert any(a <= relation.time[0] and relation.time[3] <= b for a, b in spans), relation


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda s: (s[0], sum(s))), min_size=1))
def test_united_spans_are_apart_and_hold_the_same_days(spans: list[tuple[int, int]]) -> None:
    found = everything.united(spans)
    assert found == sorted(found)
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(found))
    days = {d for first, last in spans for d in range(first, last + 1)}
    assert {d for first, last in found for d in range(first, last + 1)} == days


@pytest.mark.browser
def test_loading_can_be_cancelled_and_taken_up_again(drawing: Open, built: Path) -> None:
    with drawing(built, "?software") as here:
        here.evaluate("document.getElementById('draw').click(); document.getElementById('cancel').click()")
        expect(here.locator("#offer")).to_be_visible()
        expect(here.locator("#status")).to_have_text("Cancelled")
        assert here.locator("#everything").get_attribute("data-drawn") is None
        drawn(here)
        assert here.locator("#everything").get_attribute("data-drawn") == str(count(built))


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_in_the_picture(drawing: Open, built: Path, look: str) -> None:
    options = {"viewport": {"width": 390, "height": 844}} if look == "phone" else {"color_scheme": look}
    with drawing(built, "?software", **options) as here:
        drawn(here)
        assert axe(here) == []
        assert here.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_by_the_processor_it_is_not_offered(drawing: Open, built: Path) -> None:
    with drawing(built) as here:
        expect(here.locator("#cannot")).to_contain_text("draws without a graphics card")
        expect(here.locator("#offer")).to_be_hidden()


@pytest.mark.browser
def test_without_webgl_there_are_lists_and_files(plain: Open, built: Path) -> None:
    with plain(built, "?software") as here:
        expect(here.locator("#cannot")).to_contain_text("cannot draw with WebGL")
        expect(here.locator("#offer")).to_be_hidden()
        here.locator("#cannot a", has_text="lists").click()
        here.locator("details", has_text="Countries").locator("summary").click()
        expect(here.locator("#lists").get_by_role("link", name="Finland", exact=True)).to_be_visible()
        assert axe(here) == []
        assert not here.evaluate("performance.getEntriesByType('resource').some((r) => /sigma|part-/.test(r.name))")


@pytest.mark.browser
def test_without_a_script_there_are_lists_and_files(visit: Open, built: Path) -> None:
    with visit(built, java_script_enabled=False) as here:
        expect(here.locator("#cannot")).to_be_visible()
        expect(here.locator("#offer")).to_be_hidden()
        expect(here.locator("#allboard")).to_be_hidden()
        for link in here.locator("#files a").all():
            assert (built.parent / str(link.get_attribute("href"))).resolve().exists()
