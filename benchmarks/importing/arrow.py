"""Which library should write claim tables: import time, writing, reading, size and memory of each.

    pip install pyarrow polars arro3-core arro3-io duckdb fastparquet pandas
    python -m benchmarks.importing.arrow

Each library writes the same 150,000 rows (four claims an event, ids and names from dictionaries of
10,000, four day bounds) ten times over, in a process of its own, and reads the files back.
Libraries that are not installed are left out.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

ROWS: Final = 150_000
PARTS: Final = 10
NAMES: Final = [f"Actor number {i} (Country {i % 190})" for i in range(10_000)]
DAYS: Final = [f"20{y:02d}-{m:02d}-{d:02d}" for y in range(5, 16) for m in range(1, 13) for d in range(1, 29)]
PREDICATES: Final = ["happened", "actor", "target", "cameoCode"]
CODED: Final = {"predicate": PREDICATES, "object": NAMES, "when": DAYS, "locator": NAMES}
TRIES: Final = 3


def columns() -> dict[str, Any]:
    """The columns of a part; those of `CODED` as positions in their lists."""
    rng = np.random.default_rng(1)
    day = rng.integers(700_000, 740_000, ROWS).astype(np.int32)
    events = np.repeat(rng.integers(0, 2**63, ROWS // 4), 4)
    return {
        "claim": rng.integers(0, 2**63, ROWS),
        "subject": [f"icews-{v:016x}" for v in events.tolist()],
        "predicate": np.tile(np.arange(4, dtype=np.int32), ROWS // 4),
        **{name: rng.integers(0, len(CODED[name]), ROWS).astype(np.int32) for name in ("object", "when", "locator")},
        **dict.fromkeys(("begin_earliest", "begin_latest", "end_earliest", "end_latest"), day),
    }


def pyarrow(part: dict[str, Any]) -> tuple[Callable[[Path], object], Callable[[Path], int]]:
    """pyarrow: dictionary arrays from codes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def made(name: str) -> Any:
        if name in CODED:
            return pa.DictionaryArray.from_arrays(pa.array(part[name]), pa.array(CODED[name]))
        return pa.array(part[name])

    def write(path: Path) -> object:
        return pq.write_table(pa.table({name: made(name) for name in part}), path, compression="zstd")

    return write, lambda path: int(pq.read_table(path).num_rows)


def polars(part: dict[str, Any]) -> tuple[Callable[[Path], object], Callable[[Path], int]]:
    """polars: categoricals from texts."""
    import polars as pl

    def made(name: str) -> Any:
        if name in CODED:
            return pl.Series(CODED[name], dtype=pl.String).gather(pl.Series(part[name])).cast(pl.Categorical)
        return part[name]

    def write(path: Path) -> object:
        table = pl.DataFrame({name: made(name) for name in part})
        return table.write_parquet(path, compression="zstd", compression_level=1)

    return write, lambda path: len(pl.read_parquet(path))


def arro3(part: dict[str, Any]) -> tuple[Callable[[Path], object], Callable[[Path], int]]:
    """arro3: the Rust library without a query engine."""
    import arro3.core as ac
    import arro3.io as ai

    def made(name: str) -> Any:
        if name in CODED:
            return ac.Array([CODED[name][i] for i in part[name].tolist()], ac.DataType.utf8())
        if isinstance(part[name], list):
            return ac.Array(part[name], ac.DataType.utf8())
        return ac.Array.from_numpy(part[name])

    def write(path: Path) -> object:
        batch = ac.RecordBatch.from_pydict({name: made(name) for name in part})
        return ai.write_parquet(batch, str(path), compression="zstd(1)")

    return write, lambda path: int(ai.read_parquet(str(path)).read_all().num_rows)


def _pandas(part: dict[str, Any]) -> Any:
    import pandas as pd

    made = {n: pd.Categorical.from_codes(part[n], CODED[n]) if n in CODED else part[n] for n in part}
    return pd.DataFrame(made)


def duckdb(part: dict[str, Any]) -> tuple[Callable[[Path], object], Callable[[Path], int]]:
    """DuckDB over a pandas frame."""
    import duckdb as db

    def write(path: Path) -> object:
        connection = db.connect()
        connection.register("part", _pandas(part))
        return connection.execute(f"COPY part TO '{path}' (FORMAT parquet, COMPRESSION zstd)")

    def read(path: Path) -> int:
        return len(db.connect().execute(f"SELECT * FROM '{path}'").fetchnumpy()["claim"])

    return write, read


def fastparquet(part: dict[str, Any]) -> tuple[Callable[[Path], object], Callable[[Path], int]]:
    """Fastparquet over a pandas frame."""
    import fastparquet as fp

    return (
        lambda path: fp.write(str(path), _pandas(part), compression="ZSTD"),
        lambda path: len(fp.ParquetFile(str(path)).to_pandas()),
    )


LIBRARIES: Final[dict[str, tuple[str, Callable[[dict[str, Any]], Any]]]] = {
    "pyarrow": ("Apache-2.0", pyarrow),
    "polars": ("MIT", polars),
    "arro3": ("MIT or Apache-2.0", arro3),
    "duckdb": ("MIT", duckdb),
    "fastparquet": ("Apache-2.0", fastparquet),
}


def measured(name: str) -> dict[str, float]:
    """One library in this process: milliseconds to import, million rows a second, MB, MiB."""
    module = {"arro3": "arro3.io", "pyarrow": "pyarrow.parquet"}.get(name, name)
    began = time.perf_counter()
    importlib.import_module(module)
    imported = time.perf_counter() - began
    part = columns()
    write, read = LIBRARIES[name][1](part)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i}.parquet" for i in range(PARTS)]
        began = time.perf_counter()
        for path in paths:
            write(path)
        wrote = time.perf_counter() - began
        size = sum(p.stat().st_size for p in paths)
        began = time.perf_counter()
        rows = sum(read(p) for p in paths)
        taken = time.perf_counter() - began
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return {
        "import ms": imported * 1000,
        "write M rows/s": rows / wrote / 1e6,
        "read M rows/s": rows / taken / 1e6,
        "MB": size / 1e6,
        "peak MiB": int(peak) / 1024,
    }


def main() -> None:
    """Print a row a library: the best of three tries each."""
    print(f"| library | licence | {' | '.join(('import ms', 'write M rows/s', 'read M rows/s', 'MB', 'peak MiB'))} |")
    print("|---|---|---|---|---|---|---|")
    for name, (licence, _) in LIBRARIES.items():
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            continue
        tries = []
        for _ in range(TRIES):
            command = [sys.executable, "-m", "benchmarks.importing.arrow", name]
            tries.append(json.loads(subprocess.check_output(command, text=True)))
        best = {key: (max if "rows/s" in key else min)(t[key] for t in tries) for key in tries[0]}
        print(f"| {name} | {licence} | {' | '.join(f'{value:.2f}' for value in best.values())} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        main()
