"""The budgets of our own pages: pages of the site as they are built, opened one by one in a browser."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from benchmarks.pages.browser import Counted, counted

DAYS: Final = 20
PAN_SECONDS: Final = 3.0
FIRST_KB, NEXT_KB, PICTURE_CPU, CHANGE_MS, FRAMES, HEAP_MB = 200.0, 60.0, 1.5, 100.0, 50.0, 15.0
# The heaviest page of each kind that has a picture.
PAGES: Final = {
    "entity": "e/russia/index.html",
    "chain": "how/aliyev-court-plan-2025/index.html",
    "pair": "pair/azerbaijan--russia/index.html",
}
_PAINTED: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
# Each day is set and painted before the next; the first change also fetches nothing, as the canvas stands.
_CHANGES: Final = """async (count) => {
  const slider = document.getElementById("slider"), took = [];
  const [low, high] = [Number(slider.min), Number(slider.max)];
  for (let n = 0; n < count; n += 1) {
    slider.value = String(Math.round(low + (high - low) * ((n * 7) % count) / count));
    const began = performance.now();
    slider.dispatchEvent(new Event("input"));
    backstory.network.redraw();
    await new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = done;
      requestAnimationFrame(() => c.port2.postMessage(0)); });
    took.push(performance.now() - began);
  }
  return took;
}"""
_COUNT_FRAMES: Final = """() => {
  window.frames_seen = 0;
  const next = () => { window.frames_seen += 1; requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""


@dataclass(frozen=True)
class Measured:
    """One page: kB (gzip) of a first visit read, of one with the picture drawn, of the page alone; CPU-s, ms, MB."""

    read_kb: float
    first_kb: float
    next_kb: float
    picture_cpu: float
    change_ms: float
    worst_ms: float
    heap_mb: float


def measured(path: Path) -> Measured:
    """A page opened in a fresh browser, its canvas drawn, its day changed again and again."""
    with counted() as here:
        before = here.cpu()
        here.page.goto(path.as_uri())
        read = weight(here)
        here.page.evaluate("backstory.ready()")
        here.page.evaluate(_PAINTED)
        picture, first = here.cpu() - before, weight(here)
        times = here.page.evaluate(_CHANGES, DAYS)
        return Measured(read, first, kb(path.as_uri()), picture, statistics.median(times), max(times), _heap(here))


def weight(here: Counted) -> float:
    """What a page has asked for until now, in kB on the way."""
    return sum(map(kb, here.asked))


def kb(address: str) -> float:
    """What a file weighs on the way: fonts are compressed as they are, all else by gzip."""
    path = Path(unquote(urlsplit(address).path))
    content = path.read_bytes()
    return (len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6))) / 1000


def _heap(here: Counted) -> float:
    session = here.page.context.new_cdp_session(here.page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    values = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(values["JSHeapUsedSize"]) / 1e6


def frames_while_panning(path: Path) -> float:
    """Frames a second while a hand drags the picture about."""
    with counted() as here:
        here.page.goto(path.as_uri())
        here.page.evaluate("backstory.ready()")
        here.page.locator("#zoom-in").click()
        box = here.page.locator("#stage canvas").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, 700)
        here.page.mouse.move(x, y)
        here.page.mouse.down()
        here.page.evaluate(_COUNT_FRAMES)
        began, at = time.monotonic(), 0
        while time.monotonic() - began < PAN_SECONDS:
            at += 1
            here.page.mouse.move(x + 60 * (at % 20 - 10) / 10, y + at % 15)
            time.sleep(0.008)
        frames = here.page.evaluate("window.frames_seen") / (time.monotonic() - began)
        here.page.mouse.up()
        return float(frames)


def lines(pages: dict[str, Measured], frames: float) -> list[str]:
    """Each budget with the worst page and whether it is kept."""
    rows: list[tuple[str, Callable[[Measured], float], float]] = [
        ("canvas drawn, CPU-s", lambda m: m.picture_cpu, PICTURE_CPU),
        ("change of day, median ms", lambda m: m.change_ms, CHANGE_MS),
        ("change of day, worst ms", lambda m: m.worst_ms, CHANGE_MS),
        ("heap, MB", lambda m: m.heap_mb, HEAP_MB),
        ("first visit read, kB gzip", lambda m: m.read_kb, FIRST_KB),
        ("with picture drawn, kB", lambda m: m.first_kb, FIRST_KB),
        ("each next page, kB gzip", lambda m: m.next_kb, NEXT_KB),
    ]
    found = [
        f"{name:26} {_told(pages, value)} at most {most:g}: {_verdict(all(value(m) <= most for m in pages.values()))}"
        for name, value, most in rows
    ]
    panned = f"300 things {frames:.4g}"
    return [*found, f"{'frames/s while panning':26} {panned:44} at least {FRAMES:g}: {_verdict(frames >= FRAMES)}"]


def _told(pages: dict[str, Measured], value: Callable[[Measured], float]) -> str:
    return "  ".join(f"{kind} {value(m):.4g}" for kind, m in pages.items()).ljust(44)


def _verdict(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"
