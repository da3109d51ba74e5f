"""What axe finds wrong with a page, by the rules of WCAG 2.2 AA and good practice."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT: Final = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_CONTRAST: Final = "color-contrast"
_NARROW: Final = (320, 640)


def axe(page: Page, *, contrast: bool = True) -> list[str]:
    """What axe finds wrong, one line a rule and place; `contrast` takes most of the time."""
    rules = {} if contrast else {_CONTRAST: {"enabled": False}}
    return _run(page, runOnly={"type": "tag", "values": list(RULES)}, rules=rules)


def both(page: Page) -> list[str]:
    """What it finds in the light, and of what only colours can break also in the dark."""
    found = axe(page)
    page.emulate_media(color_scheme="dark")
    found += _run(page, runOnly={"type": "rule", "values": [_CONTRAST]})
    page.emulate_media(color_scheme="light")
    return found


def everywhere(page: Page) -> list[str]:
    """What it finds in the light, in the dark and 320 pixels wide, and whether the page is wider than that.

    A page is opened once; no colour depends on how wide it is.
    """
    found = both(page)
    page.set_viewport_size({"width": _NARROW[0], "height": _NARROW[1]})
    found += axe(page, contrast=False)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than a narrow screen")
    return found


def _run(page: Page, **options: Any) -> list[str]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate("(options) => axe.run(options)", {"preload": False, "resultTypes": ["violations"], **options})
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]
