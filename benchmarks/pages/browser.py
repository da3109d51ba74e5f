"""A browser of one's own whose work is counted: processor seconds of all its processes until a picture is stable."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
from playwright.sync_api import Browser, Page, Route
from playwright.sync_api import TimeoutError as TooLong

from tests.viz.chromium import FLAGS, WIDE, launched

REST_SECONDS: Final = 2.0
_LOOK: Final = """() => {
  const net = window.backstory ? window.backstory.network : window.network;
  const bar = document.getElementById("loadingBar");
  if (!net || !document.querySelector("canvas") || (bar && bar.style.display !== "none")) return "";
  const places = net.getPositions();
  return JSON.stringify(Object.keys(places).map((id) => [Math.round(places[id].x), Math.round(places[id].y)]));
}"""


@dataclass(frozen=True)
class Stable:
    """What it took until the picture rested: processor and wall seconds; `rested` is false at the cap."""

    cpu: float
    wall: float
    rested: bool

    def __str__(self) -> str:
        text = f"{self.cpu:.1f} CPU-s ({self.wall:.1f} s)"
        return text if self.rested else f"not stable within {self.wall:.0f} s ({self.cpu:.0f} CPU-s so far)"


@dataclass(frozen=True)
class Counted:
    """A page in a browser started for it alone; `asked` are the addresses it asked for, `refused` those elsewhere."""

    page: Page
    processes: tuple[psutil.Process, ...]
    asked: list[str]
    refused: list[str]

    def cpu(self) -> float:
        """The processor seconds that the browser's processes have used so far."""
        total = 0.0
        for root in self.processes:
            for process in (root, *root.children(recursive=True)):
                try:
                    used = process.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                total += used.user + used.system
        return total


@contextmanager
def counted(flags: tuple[str, ...] = FLAGS, **options: object) -> Iterator[Counted]:
    """A fresh browser with one blank page that reaches files on this machine only."""
    before = set(psutil.Process().children(recursive=True))
    with launched(flags) as browser:
        started = [p for p in psutil.Process().children(recursive=True) if p not in before]
        roots = tuple(p for p in started if "chrom" in p.name() and "chrom" not in _parent(p))
        yield _blank(browser, roots, dict(WIDE, **options))


def _parent(process: psutil.Process) -> str:
    parent = process.parent()
    return parent.name() if parent else ""


def _blank(browser: Browser, roots: tuple[psutil.Process, ...], options: dict[str, object]) -> Counted:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    asked: list[str] = []
    refused: list[str] = []

    def only_files(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            asked.append(route.request.url)
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    context.route("**/*", only_files)
    return Counted(context.new_page(), roots, asked, refused)


def until_stable(here: Counted, path: Path, cap_seconds: float) -> Stable:
    """Open a file and wait until its picture rests.

    It rests when a canvas is drawn and no loading bar stands before it, no thing has moved by a
    pixel for two seconds, and two pictures of the window taken a second apart are the same, byte by
    byte. Counted is the work from before the page is opened until the first of these two pictures.
    """
    first, began = here.cpu(), time.monotonic()
    last, since, end = "", began, began + cap_seconds
    here.page.goto(path.as_uri(), wait_until="commit", timeout=cap_seconds * 1000)
    while (now := time.monotonic()) < end:
        try:
            places = json.dumps(here.page.wait_for_function(_LOOK, timeout=(end - now) * 1000).json_value())
        except TooLong:
            break
        if places != last:
            last, since = places, time.monotonic()
        elif time.monotonic() - since >= REST_SECONDS:
            used, wall = here.cpu() - first, since - began
            if _still(here.page, end):
                return Stable(used, wall, True)
            since = time.monotonic()
        time.sleep(0.25)
    return Stable(here.cpu() - first, time.monotonic() - began, False)


def _still(page: Page, end: float) -> bool:
    left = max(1.0, end - time.monotonic()) * 1000
    try:
        one = page.screenshot(timeout=left)
        time.sleep(1)
        return one == page.screenshot(timeout=left)
    except TooLong:
        return False
