"""The opening of a page copied with its sources: each number leads to the article that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.knowledge import KnowledgeGraph
from tests.viz import few
from tests.viz.conftest import Open
from viz.shelf import Shelf

PAGES = {
    "with a picture": "e/azerbaijan/index.html",
    "without": "e/madrid-es/index.html",
    "event": "e/azal-crash-2024/index.html",
    "region": "e/europe/index.html",
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    paths = few.write(Shelf(kg.store), tmp_path_factory.mktemp("copying"), PAGES.values())
    return {kind: paths[path] for kind, path in PAGES.items()}


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
