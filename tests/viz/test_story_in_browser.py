"""The story page in a real browser: what a reader can do with mouse, keyboard, or no script at all."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from graph.tell import render
from tests.viz.axe import axe, both
from tests.viz.chromium import NARROW, PHONE
from tests.viz.conftest import Open
from viz import letters, linked, story_page
from viz.story import Story
from viz.view import visible

pytestmark = pytest.mark.browser


def at(page: Page) -> str:
    return str(page.evaluate("backstory.state.at"))


def test_canvas_replaces_the_poster(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        expect(page.locator("#stage canvas")).to_be_visible()
        expect(page.locator(".poster").first).to_be_hidden()
        painted = page.evaluate(
            "() => { const c = document.querySelector('#stage canvas'); const d = c.getContext('2d')"
            ".getImageData(0, 0, c.width, c.height).data; let n = 0;"
            " for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"
        )
        assert painted > 10_000


def test_labels_are_as_wide_as_the_layout_thinks(visit: Open, page_file: Path, story: Story) -> None:
    """The browser's own measure of every label, in the font the page brings along."""
    places = [p for d in story_page.drawings(story).values() for p in d.places.values()]
    rows = sorted({(text, p.strong or text == p.head) for p in places for text in p.text})
    with visit(page_file) as page:
        page.evaluate("document.fonts.ready")
        measured = page.evaluate(
            "(rows) => { const c = document.createElement('canvas').getContext('2d');"
            " return rows.map(([t, b]) => { c.font = `${b ? 600 : 400} 13px Archivo`;"
            " return c.measureText(t).width; }); }",
            [list(r) for r in rows],
        )
    off = {
        text: (round(real, 1), round(letters.width(text, size=13, bold=bold), 1))
        for (text, bold), real in zip(rows, measured, strict=True)
        if abs(real - letters.width(text, size=13, bold=bold)) > 1
    }
    assert off == {}


def test_steps_move_date_and_open_sources(visit: Open, page_file: Path, story: Story) -> None:
    with visit(page_file) as page:
        for number, step in enumerate(story.steps, 1):
            page.locator("#next").click()
            item = page.locator(f"#step-{number}")
            expect(item).to_have_attribute("open", "")
            expect(item.locator("> summary")).to_have_attribute("aria-current", "step")
            assert at(page) == when_.iso(max(step.day, story.view.first))
            expect(item.locator("a.ref").first).to_be_visible()
        expect(page.locator("#next")).to_be_disabled()
        page.locator("#previous").click()
        assert page.evaluate("backstory.state.step") == len(story.steps) - 1
        expect(page.locator("#status")).to_have_text(
            f"Step {len(story.steps) - 1} of {len(story.steps)}: {story.steps[-2].date}, {story.steps[-2].name}"
        )


def test_why_a_step_follows_is_asked_in_one_line_and_answered(visit: Open, page_file: Path) -> None:
    with visit(page_file, "#step=2") as page:
        asked = page.locator("#step-2 .whylinked summary")
        box = asked.bounding_box()
        assert box
        assert box["height"] < 32
        asked.click()
        expect(page.locator("#step-2 .whylinked p").first).to_be_visible()


def test_a_click_on_a_shape_opens_its_panel(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        point = page.evaluate("() => backstory.network.canvasToDOM(backstory.network.getPosition('russia'))")
        page.locator("#stage canvas").click(position=point)
        expect(page.locator("#panel-title")).to_have_text("Russia")
        page.locator("#panel .lines button").first.click()
        expect(page.locator("#panel .evidence cite").first).to_be_visible()
        page.locator("#panel-close").click()
        expect(page.locator("#panel")).to_be_hidden()


def test_the_panel_says_what_things_are_to_each_other_from_either_side(visit: Open, page_file: Path) -> None:
    with visit(page_file, "#sel=russia") as page:
        expect(page.locator("#panel .lines")).to_contain_text("has citizen Ziyaddin Safarov")
        expect(page.locator("#panel .lines")).to_contain_text("has organ Russia's Interior Ministry")
        assert "←" not in page.locator("#panel .lines").inner_text()


def test_the_panel_of_a_contested_line_names_the_claims_that_say_otherwise(
    visit: Open, page_file: Path, story: Story
) -> None:
    contested = next(r for r in story.view.relations if r.predicate == "citizenOf" and r.against)
    with visit(page_file, f"#sel={contested.id}") as page:
        expect(page.locator("#panel")).to_contain_text("Sources differ on this. Others say:")
        expect(page.locator("#panel code")).to_have_text(contested.id)
        expect(page.locator("#panel .cited")).to_contain_text("via ")
        other = page.locator("#panel .lines button").last
        assert other.inner_text() == contested.against[-1][1]
        other.click()
        assert page.evaluate("backstory.state.sel") == contested.against[-1][0]


def test_the_panel_of_a_line_says_when_each_source_was_retrieved_and_where_a_copy_is(
    visit: Open, story: Story, tmp_path: Path
) -> None:
    relation = next(r for r in story.view.relations if len(r.said.cited) > 1)
    kept, other = (cited.source for cited in relation.said.cited[:2])
    copy = f"https://web.archive.org/web/2025/{kept.url}"
    sources = tuple(replace(s, archived=copy) if s.article == kept.article else s for s in story.sources)
    path = tmp_path / "archived.html"
    path.write_text(story_page.html(replace(story, sources=sources)), encoding="utf-8")
    with visit(path, f"#sel={relation.id}") as page:
        first, second = (
            page.locator("#panel .cited li", has=page.locator(f"[href='#source-{s.number}']")) for s in (kept, other)
        )
        expect(first.locator(".kept")).to_have_text(f"Retrieved {kept.accessed}. Archived copy.")
        expect(first.get_by_role("link", name="Archived copy")).to_have_attribute("href", copy)
        expect(second.locator(".kept")).to_have_text(f"Retrieved {other.accessed}.")


def test_in_a_frame_a_line_leads_to_the_whole_page_and_a_choice_opens_its_sources(visit: Open, page_file: Path) -> None:
    with visit(page_file, "?embed=1#step=2") as page:
        expect(page.locator(".mast")).to_be_hidden()
        expect(page.locator("aside.side")).to_be_hidden()
        line = page.locator(".credit a")
        expect(line).to_be_visible()
        line.dispatch_event("click", {"cancelable": True})
        assert str(line.get_attribute("href")).endswith("page.html#step=2")
        page.evaluate("backstory.update({sel: 'russia', step: 0})")
        expect(page.locator("#panel-title")).to_be_visible()
        assert axe(page) == []
    with visit(page_file, "#step=2") as page:
        code = page.evaluate("backstory.embedCode()")
        assert code.startswith('<iframe src="file:')
        assert 'page.html?embed=1#step=2" title="Yekaterinburg raids"' in code


def test_slider_and_date_box(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        page.locator("#slider").focus()
        page.keyboard.press("Home")
        first = page.evaluate("backstory.shown().length")
        page.locator("#day").fill("2025-06-30")
        page.locator("#day").blur()
        assert at(page) == "2025-06-30"
        assert page.evaluate("backstory.shown().length") > first
        expect(page.locator("#as-of")).to_have_text("June 30, 2025")


def test_five_dates_same_relations_everywhere(visit: Open, page_file: Path, story: Story) -> None:
    days = sorted({story.view.first, *(s.day for s in story.steps), story.view.last})
    chosen = [days[round(n * (len(days) - 1) / 4)] for n in range(5)]
    with visit(page_file) as page:
        for day in chosen:
            page.evaluate("(d) => backstory.update({at: d, step: 0})", day)
            expected = sorted(r.id for r in visible(story.view, day))
            assert page.evaluate("backstory.drawn()") == expected
            rows = page.evaluate(
                "() => [...document.querySelectorAll('#relations tbody tr:not([hidden])')].map((r) => r.dataset.id)"
            )
            assert sorted(rows) == expected
            table = list(csv.DictReader(io.StringIO(page.evaluate("backstory.csv()"))))
            assert sorted(r["id"] for r in table) == expected
            entries = json.loads(page.evaluate("backstory.jsonLd()"))["@graph"]
            assert sorted(e["identifier"] for e in entries if e["@type"] == "Claim") == expected


def test_copied_html_is_the_paragraph_with_its_sources(visit: Open, page_file: Path, kg: KnowledgeGraph) -> None:
    told = kg.tell(kg.chain("yekaterinburg-raids-2025", as_of="2025-07-14"), words=150)
    with visit(page_file) as page:
        assert page.evaluate("backstory.copyOf('html')") == render.html(told)


def test_csv_of_everything_is_the_file_beside_the_page(visit: Open, page_file: Path, story: Story) -> None:
    with visit(page_file) as page:
        page.evaluate("backstory.update({ended: true})")
        assert page.evaluate("backstory.csv()") == linked.table(story.view)


def test_keyboard_reaches_the_sources(visit: Open, page_file: Path) -> None:
    """Tab to the stage, three steps along the chain, a line of the third, Enter: a source is focused."""
    with visit(page_file) as page:
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "stage":
                break
        assert page.evaluate("document.activeElement.id") == "stage"
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        assert page.evaluate("backstory.state.step") == 3
        page.keyboard.press("ArrowRight")
        assert page.evaluate("backstory.state.sel") != ""
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel-title"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "stage"


@pytest.mark.parametrize("fragment", ["", "#step=3", "#sel=russia"])
def test_axe_finds_nothing(visit: Open, page_file: Path, fragment: str) -> None:
    with visit(page_file, fragment) as page:
        assert both(page) == []


@pytest.mark.parametrize(("size", "suffix"), [(NARROW, ""), (PHONE, "#step=3"), (NARROW, "?embed=1"), ({}, "?embed=1")])
def test_axe_finds_nothing_on_small_screens(
    visit: Open, page_file: Path, size: dict[str, dict[str, int]], suffix: str
) -> None:
    with visit(page_file, suffix, **size) as page:
        assert axe(page, contrast=False) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_readable_without_script(visit: Open, page_file: Path, story: Story) -> None:
    with visit(page_file, java_script_enabled=False) as page:
        expect(page.locator(".only-wide .poster")).to_be_visible()
        assert page.locator("#relations tbody tr").count() == len(story.view.relations)
        assert page.locator("#chain details[data-step]").count() == len(story.steps)
        assert page.locator(".sources li").count() == len(story.sources)
        dead = [b for b in page.locator("button, input").all() if b.is_visible()]
        assert dead == []
        page.locator("#step-2 > summary").click()
        expect(page.locator("#step-2 .summary")).to_be_visible()


def test_back_and_deep_links(visit: Open, page_file: Path) -> None:
    with visit(page_file, "#step=2&off=place") as page:
        assert page.evaluate("backstory.state.step") == 2
        assert page.evaluate("backstory.state.off") == ["place"]
        page.locator("#next").click()
        assert "step=3" in page.url
        page.go_back()
        assert page.evaluate("backstory.state.step") == 2
        page.go_forward()
        assert page.evaluate("backstory.state.step") == 3


@pytest.mark.parametrize(
    "fragment",
    ["#step=99", "#step=-1", "#step=x", "#at=2025-02-31", "#at=junk", "#sel=nobody", "#off=nothing", "#rel=<b>"],
)
def test_what_the_page_does_not_know_is_ignored(visit: Open, page_file: Path, fragment: str) -> None:
    with visit(page_file) as page:
        plain = page.evaluate("backstory.state")
    with visit(page_file, fragment) as page:
        assert page.evaluate("backstory.state") == plain


def test_find_selects_by_name_and_alias(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        page.locator(".filters > summary").click()
        page.locator("#find").fill("Yekaterinburg")
        page.locator("#find").press("Enter")
        assert page.evaluate("backstory.state.sel") == "yekaterinburg-ru"


def test_filters_hide_in_picture_and_table(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        before = page.evaluate("backstory.drawn().length")
        page.locator(".filters > summary").click()
        page.locator("input[data-group=person]").uncheck()
        after = page.evaluate("backstory.drawn().length")
        assert after < before
        assert page.locator("#relations tbody tr:visible").count() == after


def test_sorting_is_announced(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        head = page.locator("#relations thead th").nth(2)
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        cells = page.locator("#relations tbody tr:visible td:nth-child(3)").all_inner_texts()
        assert cells == sorted(cells, key=lambda t: t.casefold())


@pytest.mark.parametrize("scripted", [True, False])
def test_print_shows_the_picture_once_the_chain_the_table_and_the_sources(
    visit: Open, page_file: Path, story: Story, scripted: bool
) -> None:
    with visit(page_file, java_script_enabled=scripted) as page:
        page.emulate_media(media="print")
        expect(page.locator(".poster:visible")).to_have_count(1)
        expect(page.locator("#stage")).to_be_hidden()
        expect(page.locator(".rail .summary:visible")).to_have_count(sum(bool(s.summary) for s in story.steps))
        expect(page.locator(".rail .fact:visible, .evidence:visible, .asked:visible")).to_have_count(0)
        expect(page.locator("#relations tbody tr:visible")).to_have_count(len(story.view.relations))
        expect(page.locator(".sources li:visible")).to_have_count(len(story.sources))


def test_a_story_is_printed_on_few_sheets(visit: Open, page_file: Path) -> None:
    with visit(page_file) as page:
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert 3 <= len(sheets) <= 8


def test_targets_are_large_enough(visit: Open, page_file: Path) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, links in running text excepted."""
    with visit(page_file, "#sel=russia", **PHONE) as page:
        small = page.evaluate(
            "() => [...document.querySelectorAll('button, input:not([type=checkbox]), label:has([type=checkbox]),"
            " summary')].filter((e) => e.offsetParent)"
            ".map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])"
            ".filter(([, b]) => b.height < 23.5 || b.width < 15).map(([t]) => t)"
        )
        assert small == []
