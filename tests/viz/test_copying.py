"""The opening of a page copied with its sources: each number leads to the article that says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.knowledge import KnowledgeGraph
from graph.store import Store
from tests.viz import few
from tests.viz.conftest import Open
from viz.shelf import Shelf

PAGES = {
    "with a picture": "e/azerbaijan/index.html",
    "without": "e/madrid-es/index.html",
    "event": "e/azal-crash-2024/index.html",
    "region": "e/europe/index.html",
}
ARTICLE = "a/article-313de839de4c9588/index.html"
OUTLET = "e/the-moscow-times/index.html"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    paths = few.write(Shelf(kg.store), tmp_path_factory.mktemp("copying"), [*PAGES.values(), ARTICLE, OUTLET])
    return {kind: paths[path] for kind, path in PAGES.items()} | {"article": paths[ARTICLE], "outlet": paths[OUTLET]}


def copied(page: Page, way: str) -> str:
    """What is on the clipboard after a press on a button of the heading."""
    button = page.locator(f".lede [data-copy={way}]")
    before = button.inner_text()
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_have_text(before, timeout=4_000)
    return str(page.evaluate("navigator.clipboard.readText()"))


def cited(page: Page) -> list[str]:
    """The addresses behind the numbers of the opening, in the order in which they stand there."""
    found = page.evaluate(
        "[...document.querySelectorAll('.standfirst a.ref')]"
        ".map((a) => document.querySelector(a.getAttribute('href') + ' cite a').href)"
    )
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("kind", PAGES)
def test_the_opening_is_copied_with_its_sources(visit: Open, made: dict[str, Path], kind: str) -> None:
    with visit(made[kind], permissions=["clipboard-read", "clipboard-write"]) as page:
        sentences = page.locator(".standfirst > bdi").all_inner_texts()
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        text, markdown, html = (copied(page, way) for way in ("text", "markdown", "html"))
        assert all(sentence in text and sentence in markdown and sentence in html for sentence in sentences)
        assert re.findall(r"^\[\d+\] .* (https?:\S+)$", text, re.MULTILINE) == cited(page)
        assert re.findall(r"^\[\^\d+\]: \[.*?\]\((https?:[^)]+)\)", markdown, re.MULTILINE) == cited(page)
        page.set_content(html)
        assert page.evaluate("[...document.querySelectorAll('li a')].map((a) => a.href)") == re.findall(
            r"^\[\d+\] .* (https?:\S+)$", text, re.MULTILINE
        )
        assert f"{canonical}" in text.splitlines()[-1]
        page.goto(made[kind].as_uri())


def test_an_event_is_copied_with_its_date_and_how_it_stands(visit: Open, made: dict[str, Path]) -> None:
    with visit(made["event"], permissions=["clipboard-read", "clipboard-write"]) as page:
        text = copied(page, "text")
    assert text.startswith("Dec. 25, 2024: An Azerbaijan Airlines jet")
    assert "as of Nov. 1, 2026 (confirmed): https://backstory.example/e/azal-crash-2024/" in text


def taken(page: Page, way: str) -> str:
    """What is on the clipboard after a press on the button of one way to cite."""
    page.get_by_role("button", name=f"Copy {way}").click()
    expect(page.locator("#status")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_an_article_is_cited_as_it_is_recorded(visit: Open, made: dict[str, Path], kg: KnowledgeGraph) -> None:
    article = kg.store.article("article-313de839de4c9588")
    with visit(made["article"], permissions=["clipboard-read", "clipboard-write"]) as page:
        text, markdown, bibtex, csl = (taken(page, way) for way in ("Text", "Markdown", "BibTeX", "CSL-JSON"))
    assert text == f"Caucasian Knot, “{article.title}”, 2025-10?, {article.url}"
    assert markdown == f"Caucasian Knot, [{article.title}]({article.url}), 2025-10?."
    assert bibtex.startswith("@misc{article-313de839de4c9588,\n")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", bibtex, re.MULTILINE))
    assert fields == {
        "title": article.title, "author": "{Caucasian Knot}", "year": "2025", "month": "10", "url": article.url,
        "urldate": article.accessed,
    }  # fmt: skip
    (item,) = json.loads(csl)
    assert (item["title"], item["URL"], item["container-title"]) == (article.title, article.url, "Caucasian Knot")
    assert item["issued"] == {"date-parts": [[2025, 10]]}
    assert item["accessed"] == {"date-parts": [[int(p) for p in article.accessed.split("-")]]}


def test_the_articles_of_an_outlet_are_cited_together(visit: Open, made: dict[str, Path], kg: KnowledgeGraph) -> None:
    own = _articles(kg.store, "the-moscow-times")
    with visit(made["outlet"], permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_text("Cite them").click()
        bibtex, csl = taken(page, "BibTeX"), taken(page, "CSL-JSON")
    assert set(re.findall(r"@misc\{([\w-]+),", bibtex)) == own
    assert {item["id"] for item in json.loads(csl)} == own


def test_citations_can_be_read_without_script(visit: Open, made: dict[str, Path]) -> None:
    with visit(made["article"], java_script_enabled=False) as page:
        assert page.locator(".cites pre").count() == 4
        assert page.locator("[data-cite]:visible").count() == 0


def _articles(store: Store, publisher: str) -> set[str]:
    return {a.id for a in store.articles() if a.publisher == publisher}
