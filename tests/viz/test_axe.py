"""Every kind of page about the real data by axe: in the light, in the dark, and 320 pixels wide.

What the pages of lists hold is checked on the tiny true world in `test_site.py`, everything at once in
`test_everything.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.knowledge import KnowledgeGraph
from tests.viz import few
from tests.viz.axe import everywhere
from tests.viz.conftest import Open
from tests.viz.screens import PAGES
from viz.shelf import Shelf

pytestmark = pytest.mark.browser
LISTS = (
    "all/",
    "when/",
    "years/",
    "map/",
    "table/",
    "sources/",
    "search/",
    "about/",
    "corrections/",
    "missing/",
    "404.html",
)
SAME = "chain of a country"  # made as `chain` is
KINDS = {shown.kind: shown.path for shown in PAGES if not shown.path.startswith(LISTS) and shown.kind != SAME}
BROKEN = {
    "color-contrast": "document.body.style.color = '#ddd'",
    "image-alt": "document.body.append(document.createElement('img'))",
    "wider than a narrow screen": "document.querySelector('main').style.width = '400px'",
}


KINDS["article on two of one name"] = "a/article-4a00a8cf375ff3c5/index.html"  # Luxembourg, country and city


@pytest.fixture(scope="module")
def pages(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return few.write(Shelf(kg.store), tmp_path_factory.mktemp("few"), KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit: Open, pages: dict[str, Path], kind: str) -> None:
    with visit(pages[KINDS[kind]]) as page:
        assert everywhere(page) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_broken_is_found(browser: Browser, pages: dict[str, Path], fault: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(pages[KINDS["source"]].as_uri())
        page.evaluate(BROKEN[fault])
        assert fault in " ".join(everywhere(page))
