"""What is timed, each in a process of its own: seconds of its work once its libraries are loaded, and peak memory."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Work = Callable[[], object]


def ours(source: str, path: str) -> Work:
    """`backstory import SOURCE FILE`: resolved names, cited claims, checked, written, on the disk."""
    from graph import cli
    from graph.add import layers  # noqa: F401
    from graph.cli import import_  # noqa: F401

    def work() -> None:
        sys.argv = ["backstory", "import", source, path]
        with contextlib.redirect_stderr(io.StringIO()) as said:
            try:
                cli.main()
            except SystemExit as ended:
                if ended.code:
                    raise RuntimeError(said.getvalue()) from ended

    return work


def polars(path: str) -> Work:
    """Plain read into columns, nothing typed, nothing checked."""
    import polars as pl

    return lambda: pl.read_csv(path, separator="\t", has_header=False, quote_char=None, infer_schema=False)


def duckdb(path: str) -> Work:
    """The same into a table in memory."""
    import duckdb as db

    read = "read_csv(?, delim='\\t', header=false, quote='', escape='', all_varchar=true)"
    connection = db.connect(config={"threads": 2})
    return lambda: connection.execute(f"CREATE TABLE found AS SELECT * FROM {read}", [path])


def rdflib(path: str) -> Work:
    """N-Quads into a dataset in memory."""
    import rdflib as rl

    return lambda: rl.Dataset(default_union=True).parse(path, format="nquads")


def oxigraph(path: str) -> Work:
    """N-Quads into a store in memory."""
    import pyoxigraph as ox

    return lambda: ox.Store().bulk_load(path=path, format=ox.RdfFormat.N_QUADS)


CONTENDERS: Final[dict[str, Callable[..., Work]]] = {
    "import": ours,
    "polars": polars,
    "duckdb": duckdb,
    "rdflib": rdflib,
    "oxigraph": oxigraph,
}


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of work, and the most memory the process ever held."""

    seconds: float
    mib: float


def timed(name: str, *words: str, layers: Path) -> Took:
    """One contender in a process of its own, with a folder of bulk layers."""
    command = [sys.executable, "-m", "benchmarks.importing.contenders", name, *words]
    environment = {**os.environ, "BACKSTORY_BULK": str(layers)}
    return Took(*json.loads(subprocess.check_output(command, text=True, env=environment)))


def _main(name: str, *words: str) -> None:
    work = CONTENDERS[name](*words)
    began = time.perf_counter()
    kept = work()
    seconds = time.perf_counter() - began
    # Not ru_maxrss: at exec it starts from the peak of the process that started this one.
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(json.dumps([seconds, int(peak) / 1024]))
    del kept


if __name__ == "__main__":
    _main(*sys.argv[1:])
