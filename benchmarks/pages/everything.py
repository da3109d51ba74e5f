"""Print what the page of everything costs a browser: the whole graph, and 50,000 things made from it.

Run: python -m benchmarks.pages.everything [--things 50000]
Chromium draws WebGL by the processor here, as there is no graphics card: frames per second are those
of the worst machine, on which the page does not offer itself; main-thread time and heap are not.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from benchmarks.pages.browser import counted
from graph import when as when_
from graph.knowledge import KnowledgeGraph
from tests.viz.chromium import DRAWING
from viz import everything, page
from viz.everything import Everything
from viz.setting import Setting
from viz.shelf import Shelf

ROOT: Final = Path(__file__).resolve().parents[2]
PAN_SECONDS: Final = 3.0
SEED: Final = 7
_COUNT_FRAMES: Final = """() => {
  window.frames_seen = 0;
  const next = () => { window.frames_seen += 1; requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
_LONG: Final = """() => {
  window.long_tasks = [];
  new PerformanceObserver((list) => window.long_tasks.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
}"""


def grown(whole: Everything, things: int) -> Everything:
    """The graph copied until it has so many things, each copy a little moved, relations within each copy."""
    rng = random.Random(SEED)
    dots, ties = list(whole.dots), list(whole.ties)
    copy = 0
    while len(dots) < things:
        copy += 1
        first = len(dots)
        some = whole.dots[: things - first]
        dots += [
            replace(d, name=f"{d.name}-{copy}", at=(d.at[0] + rng.gauss(0, 6), d.at[1] + rng.gauss(0, 6)), size=0)
            for d in some
        ]
        ties += [
            replace(t, one=t.one + first, other=t.other + first)
            for t in whole.ties
            if t.one < len(some) and t.other < len(some)
        ]
    return Everything(tuple(dots), tuple(ties), whole.headings, whole.days)


def write(whole: Everything, setting: Setting, folder: Path) -> Path:
    """The page with its parts and what it shares with others."""
    for path, text in everything.files(whole, setting).items():
        _write(folder / path, text.encode())
    for name, content in page.shared_files().items():
        _write(folder / "assets" / page.hashed(name, content), content)
    return folder / everything.PATH


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def measure(path: Path) -> None:
    """Open, draw, change the day, choose, pan with and without all lines; print what each took."""
    parts = sum(len(gzip.compress(p.read_bytes())) for p in path.parent.glob("part-*.js"))
    with counted(flags=DRAWING, reduced_motion="reduce") as here:
        tab = here.page
        metrics = tab.context.new_cdp_session(tab)
        metrics.send("Performance.enable")
        tab.goto(path.as_uri() + "?software")
        tab.evaluate(_LONG)
        before, began = _metric(metrics, "TaskDuration"), time.monotonic()
        tab.locator("#draw").click()
        tab.wait_for_selector("[data-drawn]", timeout=120_000)
        wall, busy = time.monotonic() - began, _metric(metrics, "TaskDuration") - before
        longest = max(tab.evaluate("window.long_tasks"), default=0)
        metrics.send("HeapProfiler.collectGarbage")
        heap = _metric(metrics, "JSHeapUsedSize") / 1e6
        days = _changed(tab)
        chosen = _chosen(tab)
        moving, with_lines = _frames(tab), 0.0
        tab.locator("#unchoose").click()
        tab.locator("#lines").check()
        tab.wait_for_timeout(1500)
        with_lines = _frames(tab)
        metrics.send("HeapProfiler.collectGarbage")
        lined = _metric(metrics, "JSHeapUsedSize") / 1e6
        print(
            f"{tab.locator('#everything').get_attribute('data-drawn')} things: data {parts / 1e6:.2f} MB gzip, "
            f"drawn after {wall:.1f} s, main thread {busy:.1f} s (longest task {longest:.0f} ms), heap {heap:.0f} MB "
            f"({lined:.0f} MB with all lines), another day in {statistics.median(days):.0f} ms, at most "
            f"{max(days):.0f}, a find chosen in {chosen:.0f} ms, "
            f"{moving:.0f} frames/s while moved ({with_lines:.0f} with all lines)"
        )


def _metric(session: object, name: str) -> float:
    found = session.send("Performance.getMetrics")["metrics"]  # type: ignore[attr-defined]
    return float(next(m["value"] for m in found if m["name"] == name))


def _chosen(tab: Page) -> float:
    """Milliseconds from choosing a thing by name to its painted picture."""
    tab.locator("#find").fill("france")
    tab.locator("#hits button").first.wait_for()
    took = tab.evaluate("""async () => {
      const began = performance.now();
      document.querySelector("#hits button").click();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - began;
    }""")
    return float(took)


def _changed(tab: Page) -> list[float]:
    """Milliseconds from each of some years set on the slider to its painted picture."""
    return [
        float(took)
        for took in tab.evaluate("""async () => {
      const slider = document.getElementById("slider"), took = [];
      const [first, last] = [Number(slider.min), Number(slider.max)];
      for (const part of [0.2, 0.9, 0.5, 0.7, 0, 1]) {
        slider.value = String(Math.round(first + part * (last - first)));
        const began = performance.now();
        slider.dispatchEvent(new Event("input"));
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        took.push(performance.now() - began);
      }
      return took;
    }""")
    ]


def _frames(tab: Page) -> float:
    """Frames a second while the picture is moved by hand."""
    box = tab.locator("#dots").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.evaluate(_COUNT_FRAMES)
    tab.mouse.move(x, y)
    tab.mouse.down()
    began, step = time.monotonic(), 0
    while time.monotonic() - began < PAN_SECONDS:
        step += 1
        tab.mouse.move(x + 60 * (step % 5 - 2), y + 40 * (step % 3 - 1))
    seen = float(tab.evaluate("window.frames_seen")) / (time.monotonic() - began)
    tab.mouse.up()
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--things", type=int, default=50_000)
    given = parser.parse_args()
    shelf = Shelf(KnowledgeGraph.open(ROOT / "data" / "triples").store)
    setting = Setting(KnowledgeGraph(shelf), shelf, when_.day("2026-11-01"), "https://backstory.example/")
    began = time.process_time()
    whole = everything.everything(setting)
    took = time.process_time() - began
    print(f"places of {len(whole.dots):,} things and {len(whole.ties):,} relations: {took:.1f} CPU-s")
    with tempfile.TemporaryDirectory() as made:
        measure(write(whole, setting, Path(made) / "real"))
        measure(write(grown(whole, given.things), setting, Path(made) / "grown"))


if __name__ == "__main__":
    main()
