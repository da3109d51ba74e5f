"""Print what a picture of 100, 500 and 2,000 things costs a browser: stock pyvis' page beside ours; then our budgets.

Run: python -m benchmarks.pages [--rounds 2] [--cap 45]
Both pages show the same real things and lines in one file; each is opened in a fresh headless
Chromium that draws in software and reaches no other host, in turn, several rounds. What the
browser's processes use is counted until the picture is stable (`benchmarks.pages.browser`).
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.pages import budgets, graphs
from benchmarks.pages.browser import Stable, counted, until_stable
from graph.knowledge import KnowledgeGraph
from tests.viz import few
from viz.shelf import Shelf

ROOT: Final = Path(__file__).resolve().parents[2]
SIZES: Final = (100, 500, 2000)
PANNED: Final = 300
SORTS: Final = ("stock", "ours")
Took = dict[tuple[str, int], list[Stable]]


def write(shelf: Shelf, folder: Path) -> None:
    """Both pages of every size, and ours of the size that is panned."""
    for things in (*SIZES, PANNED):
        found = graphs.graph(shelf, things)
        (folder / f"stock-{things}.html").write_text(graphs.stock(found, shelf), encoding="utf-8")
        began = time.process_time()
        (folder / f"ours-{things}.html").write_text(graphs.ours(found, shelf), encoding="utf-8")
        print(f"{things} things, {len(found.claims)} lines: ours made in {time.process_time() - began:.1f} CPU-s, once")


def compare(folder: Path, rounds: int, cap: float) -> Took:
    """Both pages in turn, the first of them another each round."""
    took: Took = {(sort, things): [] for sort in SORTS for things in SIZES}
    elsewhere = dict.fromkeys(SORTS, 0)
    for number in range(rounds):
        for things in SIZES:
            for sort in SORTS if number % 2 == 0 else SORTS[::-1]:
                with counted() as here:
                    took[sort, things].append(until_stable(here, folder / f"{sort}-{things}.html", cap))
                    elsewhere[sort] = max(elsewhere[sort], len(here.refused))
    print("requests to other hosts: " + ", ".join(f"{sort} {count}" for sort, count in elsewhere.items()))
    return took


def table(folder: Path, took: Took) -> None:
    """Median processor seconds until stable, kB by gzip, and stock's as multiples of ours."""
    print(f"{'things':>6} {'stock':48} {'ours':26} {'CPU ratio':>10}   kB gzip stock, ours, ratio")
    for things in SIZES:
        stock, ours = (_middle(took[sort, things]) for sort in SORTS)
        sizes = [len(gzip.compress((folder / f"{s}-{things}.html").read_bytes(), 6)) / 1000 for s in SORTS]
        ratio = f"{'' if stock.rested else '> '}{stock.cpu / ours.cpu:.1f}"
        weights = f"{sizes[0]:.0f}, {sizes[1]:.0f}, {sizes[0] / sizes[1]:.2f}"
        print(f"{things:6} {stock!s:48} {ours!s:26} {ratio:>10}   {weights}")


def _middle(runs: list[Stable]) -> Stable:
    return Stable(
        statistics.median(r.cpu for r in runs), statistics.median(r.wall for r in runs), all(r.rested for r in runs)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cap", type=float, default=45, help="seconds after which a picture counts as not stable")
    given = parser.parse_args()
    kg = KnowledgeGraph.open(ROOT / "data" / "triples")
    shelf = Shelf(kg.store)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write(shelf, folder)
        table(folder, compare(folder, given.rounds, given.cap))
        pages = few.write(shelf, folder / "site", budgets.PAGES.values())
        found = {kind: budgets.measured(pages[path]) for kind, path in budgets.PAGES.items()}
        print("\n".join(budgets.lines(found, budgets.frames_while_panning(folder / f"ours-{PANNED}.html"))))


if __name__ == "__main__":
    main()
