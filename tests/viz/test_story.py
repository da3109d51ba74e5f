"""The story as values and files: what goes in comes out, the same each time."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from graph import when as when_
from graph.claim import Article, Claim, Entity, Literal, article_id
from graph.knowledge import KnowledgeGraph
from graph.rdf import Bundle
from graph.store import Store
from tests.conftest import store_of
from tests.viz.conftest import AS_OF, Open
from tests.world import said
from viz import linked, story_page
from viz import story as story_
from viz.network import VIS, VIS_SHA256
from viz.story import Story
from viz.templating import embed, web
from viz.view import held, visible

TODAY = when_.day(AS_OF)


def test_steps_carry_sources(story: Story) -> None:
    assert len(story.steps) >= 5
    for step in story.steps:
        assert any(fact.cited for fact in step.facts), step.event


def test_numbers_name_the_sources_in_order(story: Story) -> None:
    assert [s.number for s in story.sources] == list(range(1, len(story.sources) + 1))
    assert [s.day for s in story.sources] == sorted(s.day for s in story.sources)


def test_a_relation_needs_both_ends_on_the_day(story: Story) -> None:
    for step in story.steps[1:]:
        if "about" in step.date:
            continue  # a rough day begins a little earlier
        shown = visible(story.view, step.day - 1)
        assert not [r for r in shown if step.event in (r.subject, r.object)]


def test_nothing_after_the_day_is_told(kg: KnowledgeGraph) -> None:
    early = story_.of(kg, kg.chain("azerbaijan", "russia", as_of="2024-12-31"), today=TODAY)
    assert max(s.day for s in early.steps) <= when_.day("2024-12-31")
    assert "2025" not in early.steps[-1].date


@pytest.mark.parametrize("focus", [("azerbaijan",), ("azerbaijan", "russia"), ("Yekaterinburg raids",), ("NATO",)])
def test_the_line_over_a_title_does_not_repeat_it(kg: KnowledgeGraph, focus: tuple[str, ...]) -> None:
    told = story_.of(kg, kg.chain(*focus, as_of="2025-07-14"), today=TODAY)
    assert told.title
    assert told.kicker != told.title


def test_table_holds_every_relation(story: Story) -> None:
    rows = list(csv.DictReader(io.StringIO(linked.table(story.view))))
    assert [r["id"] for r in rows] == [r.id for r in story.view.relations]
    entries = linked.json_ld(story.view, story.sources, title="", as_of="")["@graph"]
    assert [e["identifier"] for e in entries if e["@type"] == "Claim"] == [r["id"] for r in rows]


@pytest.mark.parametrize(
    ("cell", "expected"), [("=1+1", "'=1+1"), ("-2+3", "'-2+3"), ("@SUM", "'@SUM"), ("-5", "-5"), ("plain", "plain")]
)
def test_formulas_are_guarded(cell: str, expected: str) -> None:
    assert linked.guarded(cell) == expected


def test_two_builds_are_identical(kg: KnowledgeGraph, story: Story) -> None:
    again = story_.of(kg, kg.chain("Yekaterinburg raids", as_of=AS_OF), today=TODAY)
    assert story_page.html(again) == story_page.html(story)


def test_weight(story: Story) -> None:
    # One file brings its fonts and drawing library along; pages of a site share them (test_site.py).
    assert len(gzip.compress(story_page.html(story).encode(), 9)) <= 215_000


def test_page_asks_nobody_and_handles_nothing_inline(story: Story) -> None:
    text = story_page.html(story)
    markup = re.sub(r"<script[\s>].*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", markup)
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b", markup)
    hrefs = set(re.findall(r'href="([^"]*)"', markup))
    assert all(h.startswith(("#", "https://", "http://")) for h in hrefs)


def test_vendored_vis_is_the_version_pyvis_ships() -> None:
    import hashlib

    import pyvis

    assert hashlib.sha256(VIS.read_bytes()).hexdigest() == VIS_SHA256
    bundled = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    versions = [
        re.findall(r"visjs\.github\.io/vis-network/.*?@version (\S+)", file.read_text(encoding="utf-8"), re.DOTALL)
        for file in (VIS, bundled)
    ]
    assert versions == [["9.1.2"], ["9.1.2"]]


def test_folder_holds_page_and_data(kg: KnowledgeGraph, tmp_path: Path) -> None:
    chain = kg.chain("Yekaterinburg raids", as_of=AS_OF)
    paths = story_page.write(kg, chain, tmp_path / "out", today=TODAY)
    assert sorted(p.name for p in paths) == [
        "index.html",
        "yekaterinburg-raids-2025.csv",
        "yekaterinburg-raids-2025.jsonld",
    ]
    assert 'href="yekaterinburg-raids-2025.csv"' in paths[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "answer"), [(9, "no"), (10, "possible"), (12, "certain"), (21, "possible"), (31, "no")]
)
def test_held(day: int, answer: str) -> None:
    assert held((10, 12, 20, 30), day).value == answer


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "&amp;"])
def test_embedded_json_holds_no_markup(text: str) -> None:
    assert not re.search("[<>&\u2028]", str(embed({"k": text})))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x", "JaVaScRiPt:x"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert web(url) == ""


PAYLOADS = (
    "<img src=x onerror=window.__xss=1>",
    "</script><script>window.__xss=1</script>",
    "javascript:window.__xss=1",
    '" onmouseover="window.__xss=1" href="x',
    "\u202eevil\u2066name",
    "{{7*7}} {% include 'x' %} ${window.__xss=1}",
    "]]><svg onload=window.__xss=1>",
    "=cmd|' /C calc'!A0",
    "L" + "o" * 2000 + "ng",
    '<a href="https://evil.example/"><img src=x onerror=window.__xss=1></a>',
)


def hostile() -> Bundle:
    """Two countries, a source and one event a payload, with the payload in every text field."""
    url = "https://example.org/a?x='y'"
    page = Article(article_id(url), url, PAYLOADS[0], "outlet", "2025-01-01")
    entities = [
        Entity("alpha", "Country", ((PAYLOADS[1], "en"),), ((PAYLOADS[3], "en"),)),
        Entity("beta", "Country", ((PAYLOADS[3], "en"),)),
        Entity("outlet", "Source", ((PAYLOADS[2], "en"),)),
    ]
    claims = []
    for number, text in enumerate(PAYLOADS):
        event, day = f"event-{number}", f"2025-01-{number + 1:02d}"
        entities.append(Entity(event, "Accusation", ((text, "en"),)))
        quoted = tuple(type(c)(c.article, text[:90], text[:90], "alpha") for c in said(page))
        claims += [
            Claim(event, "happened", Literal(day, "date"), quoted, day, recorded="2025-01-20"),
            Claim(event, "actor", "alpha", quoted, recorded="2025-01-20"),
            Claim(event, "target", "beta", quoted, recorded="2025-01-20"),
            Claim(event, "summary", Literal(text), quoted, recorded="2025-01-20"),
            Claim(event, "content", Literal(text), quoted, recorded="2025-01-20"),
        ]
    return Bundle(tuple(entities), (page,), tuple(claims))


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Store:
    return store_of(hostile(), tmp_path_factory.mktemp("hostile"), cache)


@pytest.mark.browser
def test_hostile_labels_are_inert(visit: Open, hostile_store: Store, tmp_path: Path) -> None:
    kg = KnowledgeGraph(hostile_store)
    from graph.chains import search

    focus = kg.focus("alpha", "beta") if kg.store.has("alpha") else None
    assert focus is not None
    chain = search.best(focus, kg.index, kg.store, as_of=when_.day("2025-01-20"), events=len(PAYLOADS))
    path = tmp_path / "hostile.html"
    path.write_text(story_page.html(story_.story(kg.store, chain, kg.index, today=TODAY)), encoding="utf-8")
    with visit(path) as page:
        for number in range(1, len(chain.steps) + 1):
            page.evaluate("(n) => backstory.update({step: n, sel: ''})", number)
        for thing in ("alpha", "beta"):
            page.evaluate("(n) => backstory.update({sel: n})", thing)
            page.mouse.move(400, 400)
        page.evaluate("() => { for (const r of document.querySelectorAll('tr[data-id]')) r.click(); }")
        assert page.evaluate("window.__xss") is None
        assert page.locator("img, iframe, a[href*='evil']").count() == 0


def test_a_recorded_story_has_its_own_title_and_only_news_of_before(kg: KnowledgeGraph) -> None:
    told = story_.of(kg, kg.chain("finland-sweden-nato-2022", as_of="2023-04-05"), today=TODAY)
    assert told.title == "Finland and Sweden join NATO"
    assert {n.event for n in told.news} >= {"finland-joins-nato-2023", "turkey-ratifies-finland-2023"}
    assert all(n.iso <= "2023-04-05" for n in told.news)


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Eight days later, Finland joined NATO.", True),
        ("The same day, Putin apologized.", True),
        ("In response, ECOWAS imposed sanctions on Niger.", True),
        ("They said that they were withdrawing.", True),
        ("The last to decide, Hungary ratified it later.", False),
        ("Itamaraty recalled its ambassador.", False),
        ("On Jan. 29, 2025, Niger left ECOWAS.", False),
    ],
)
def test_a_sentence_that_leans_on_another_does_not_head_a_page(sentence: str, leans: bool) -> None:
    assert story_.leans(sentence) is leans


def test_what_heads_the_page_of_finland_stands_alone(kg: KnowledgeGraph) -> None:
    told = story_.of(kg, kg.chain("Finland", as_of="2026-11-01"), today=when_.day("2026-11-01"))
    assert told.standfirst[0]
    assert not story_.leans(told.standfirst[0])
