"""Fixtures for pages: the story as values, its page as a file, and a real browser without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from tests.viz.chromium import CHROMIUM, WIDE, launched
from viz import story as story_
from viz import story_page
from viz.story import Story

AS_OF = "2025-07-14"
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def story(kg: KnowledgeGraph) -> Story:
    """The Yekaterinburg story as of 2025-07-14."""
    return story_.of(kg, kg.chain("Yekaterinburg raids", as_of=AS_OF), today=when_.day(AS_OF))


@pytest.fixture(scope="session")
def page_file(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page as one file."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(story_page.html(story), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips, saying so, when it is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with launched() as found:
        yield found


class Watch(list[str]):
    """What went wrong in a page: requests elsewhere, policy violations, script errors."""


@pytest.fixture(scope="session")
def visit(browser: Browser) -> Open:
    """Open a file in a fresh context; leaving it fails on any outside request, violation or error."""
    return visitor(browser)


def visitor(browser: Browser) -> Open:
    """What opens files in fresh contexts of a browser, as `visit` says."""

    @contextmanager
    def visit(path: Path, fragment: str = "", **options: Any) -> Iterator[Page]:
        wrong = Watch()
        context = browser.new_context(**WIDE | options)
        context.route("**/*", lambda route: _only_files(route, wrong))
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation',"
            " (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));"
        )
        page.goto(path.as_uri() + fragment)
        yield page
        if options.get("java_script_enabled", True):
            wrong.extend(f"policy: {v}" for v in page.evaluate("window.violations"))
        context.close()
        assert not wrong, list(wrong)

    return visit


def _only_files(route: Route, wrong: list[str]) -> None:
    if route.request.url.startswith(("file:", "data:", "blob:")):
        route.continue_()
    else:
        wrong.append(f"request: {route.request.url}")
        route.abort()
