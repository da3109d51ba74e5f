"""Import rates, against plain reads of the same file (the limit) and a parse of the same claims (what a user would do).

    pip install duckdb
    python -m benchmarks.importing [--rounds 3] [--gdelt-rows 200000] [--part 100]

Every contender is a process of its own; in each round all take their turn, so that a busy moment of the
machine hits all of them. ICEWS is read from the shared material; the GDELT file is made up in the published
format. rdflib and Oxigraph parse N-Quads of the first hundredth of the records, and their seconds
are multiplied: one in `--part`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks.chains.gold import SHARED
from benchmarks.chains.measure import table
from benchmarks.importing import generated
from benchmarks.importing.contenders import Took, timed

Times = dict[str, list[Took]]


def claims(source: str, path: Path, part: int, folder: Path) -> Path:
    """The claims of the first records of a file, one in `part`, as N-Quads."""
    rows = sum(1 for _ in path.open("rb"))
    first = folder / f"first-{path.name}"
    with path.open(encoding="utf-8") as lines, first.open("w", encoding="utf-8") as out:
        out.writelines(itertools.islice(lines, rows // part))
    layers, target = folder / "first", folder / f"{source}.nq"
    timed("import", source, str(first), layers=layers)
    command = [sys.executable, "-c", "from graph.cli import main; main()"]
    words = ("bulk", "export", source, "--format", "nquads", "-o", str(target))
    subprocess.run(
        [*command, *words], check=True, capture_output=True, env={**os.environ, "BACKSTORY_BULK": str(layers)}
    )
    return target


def rounds(source: str, path: Path, count: int, part: int, folder: Path) -> Times:
    """Each contender once a round."""
    quads = str(claims(source, path, part, folder))
    found: Times = defaultdict(list)
    for _ in range(count):
        layers = folder / "layers"
        found["polars read"].append(timed("polars", str(path), layers=layers))
        found["DuckDB read"].append(timed("duckdb", str(path), layers=layers))
        found["backstory import"].append(timed("import", source, str(path), layers=layers))
        found["the same again"].append(timed("import", source, str(path), layers=layers))
        shutil.rmtree(layers)
        for name, told in (("oxigraph", "Oxigraph parse"), ("rdflib", "rdflib parse")):
            took = timed(name, quads, layers=layers)
            found[f"{told}, 1 in {part}, times {part}"].append(Took(took.seconds * part, took.mib))
    return found


def show(source: str, path: Path, found: Times) -> None:
    """A row a contender: medians, and how often its time goes into ours."""
    rows = sum(1 for _ in path.open("rb"))
    whole = median(t.seconds for t in found["backstory import"])
    cells = []
    for name, tries in found.items():
        seconds = median(t.seconds for t in tries)
        rate = f"{rows / seconds:,.0f}"
        cells.append([name, f"{seconds:.2f}", rate, f"{seconds / whole:.3g}×", f"{max(t.mib for t in tries):,.0f}"])
    print(f"\n{source}: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
    print(table(cells, ("", "seconds", "rows/s", "of our import", "peak MiB")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gdelt-rows", type=int, default=200_000)
    parser.add_argument("--part", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = {"gdelt": generated.write(folder / "generated.export.CSV", options.gdelt_rows)}
        icews = SHARED / "data" / "icews" / "icews0515_full.tsv"
        if icews.exists():
            files = {"icews": icews, **files}
        else:
            print(f"no ICEWS: {icews} is not there", file=sys.stderr)
        for source, path in files.items():
            show(source, path, rounds(source, path, options.rounds, options.part, folder))


if __name__ == "__main__":
    main()
