"""What names cost: opening the table, resolving one name, reading a running text.

Run: python benchmarks/names.py [data/triples]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from graph.errors import UnknownName
from graph.names import Names
from graph.store import Store
from graph.when import day

TEXTS = (
    "Azerbaijan",
    "Yekaterinburg raids",
    "the Azerbaijani president",
    "President Aliyev",
    "Police (Russia)",
    "Путин",
    "俄罗斯",
    "Azerbaijn",
)
PARAGRAPH = (
    "Azerbaijan's police searched the office of Sputnik Azerbaijan in Baku on Monday, days after Russian officers "
    "raided homes of Azerbaijanis in Yekaterinburg. The Russian president had apologised to Ilham Aliyev for the "
    "crash of an Azerbaijan Airlines plane near Aktau in Kazakhstan; Aliyev said that Moscow should admit its fault. "
)


def main() -> None:
    store = Store.open(Path(sys.argv[1] if len(sys.argv) > 1 else "data/triples"))
    Names.open(store)
    start = time.perf_counter()
    names = Names.open(store)
    print(f"open           {1e3 * (time.perf_counter() - start):8.2f} ms   {names.table.size} entities")
    on = day("2025-07-01")
    for text in TEXTS:
        times = []
        for _ in range(200):
            start = time.perf_counter()
            try:
                meant = names.resolve(text, on).id
            except UnknownName:
                meant = "-"
            times.append(time.perf_counter() - start)
        print(f"resolve warm   {1e3 * sorted(times)[100]:8.3f} ms   {text} -> {meant}")
    list(names.mentions(PARAGRAPH, on))
    text = PARAGRAPH * (2_000_000 // len(PARAGRAPH))
    start = time.perf_counter()
    count = sum(1 for _ in names.mentions(text, on))
    took = time.perf_counter() - start
    print(f"mentions       {len(text.encode()) / 1e6 / took:8.2f} MB/s {count} in {len(text) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
