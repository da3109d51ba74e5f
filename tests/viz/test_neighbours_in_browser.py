"""A thing among its neighbours in a real browser: more of them, other days, and the panel of what is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph.knowledge import KnowledgeGraph
from tests.viz import few
from tests.viz.axe import axe
from tests.viz.chromium import NARROW, PHONE, WIDE
from tests.viz.conftest import Open
from viz.shelf import Shelf

RUSSIA = "e/russia/index.html"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def russia(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few.write(Shelf(kg.store), tmp_path_factory.mktemp("neighbours"), [RUSSIA])[RUSSIA]


def ready(page: Page) -> None:
    page.evaluate("backstory.ready()")


def test_more_neighbours_are_shown_and_fewer_again(visit: Open, russia: Path) -> None:
    with visit(russia) as page:
        ready(page)
        few_drawn, name = page.evaluate("backstory.drawn().length"), page.locator("#more").inner_text()
        assert name.startswith("Show ")
        page.locator("#more").click()
        expect(page.locator("#more")).to_have_text("Show fewer")
        assert few_drawn < page.evaluate("backstory.drawn().length") <= 156
        page.go_back()
        expect(page.locator("#more")).to_have_text(name)
        assert page.evaluate("backstory.drawn().length") == few_drawn


def test_a_heading_without_anything_below_it_is_not_drawn(visit: Open, russia: Path) -> None:
    with visit(russia, "#more=1") as page:
        ready(page)
        assert {"Recognizes", "Administers", "Organ", "Contains"} <= set(page.evaluate("backstory.headings()"))
    with visit(russia, "#at=1995-06-01&more=1") as page:
        ready(page)
        shown = set(page.evaluate("backstory.headings()"))
        assert {"Organ", "Contains"} <= shown
        assert not {"Recognizes", "Administers"} & shown


def test_what_nothing_joins_to_anything_puts_nothing_in_the_dark(visit: Open, russia: Path) -> None:
    with visit(russia, "#at=1995-06-01&sel=dmitry-medvedev&more=1") as page:
        ready(page)
        expect(page.locator("#panel .count")).to_contain_text("0 relations on this day, ")
        assert page.evaluate("backstory.network.body.nodes['moscow-ru'].options.opacity") == 1


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_the_panel_of_what_is_chosen_is_in_view_beside_a_long_picture(
    visit: Open, russia: Path, size: dict[str, Any]
) -> None:
    with visit(russia, "#sel=vladimir-putin", **size) as page:
        ready(page)
        for place in ("#stage", "#slider"):
            page.locator(place).scroll_into_view_if_needed()
            expect(page.locator("#panel-title")).to_be_in_viewport()
        assert axe(page, contrast=False) == []
        page.locator("#panel-close").click()
        expect(page.locator("#panel")).to_be_hidden()
