"""Print how long a site takes to build from nothing, and again after one claim of each of several sorts was withdrawn.

Run: python -m benchmarks.pages.again [--rounds 2]
Each build is a `backstory site build` in a process of its own over a copy of the data, on a site that
was built twice before, so that both of its folders are full. The claim is put back in between.
Counted are seconds on the clock and of the processor, the reading of the changed file included.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from graph import model as model_
from graph import rdf, turtle
from graph.claim import Claim

ROOT: Final = Path(__file__).resolve().parents[2]
COMMAND: Final = str(Path(sys.executable).with_name("backstory"))
DAY: Final = "2026-11-29"
RAIDS: Final = "yekaterinburg-raids-2025"


def _latest(predicate: str) -> Callable[[list[Claim]], Claim]:
    return lambda claims: max((c for c in claims if c.predicate == predicate), key=lambda c: (c.when, c.id))


def _first(predicate: str) -> Callable[[list[Claim]], Claim]:
    return lambda claims: min((c for c in claims if c.predicate == predicate), key=lambda c: c.id)


def _of_raids(predicate: str) -> Callable[[list[Claim]], Claim]:
    return lambda claims: next(c for c in claims if c.subject == RAIDS and c.predicate == predicate)


# Each claim to withdraw: the file it is in, and which of its claims.
CHANGES: Final[dict[str, tuple[str, Callable[[list[Claim]], Claim]]]] = {
    "the latest head of government": ("leaders.ttl", _latest("headOfGovernmentOf")),
    "a city's population": ("cities-africa.ttl", _first("population")),
    "a listed member of a body": ("listed-memberships.ttl", _first("listedMemberOf")),
    "who a country borders": ("borders.ttl", _first("borders")),
    "how the raids ended": ("azerbaijan-russia.ttl", _of_raids("outcome")),
    "what the raids answered": ("azerbaijan-russia.ttl", lambda cs: next(c for c in cs if c.object == RAIDS)),
    "where the raids were": ("azerbaijan-russia.ttl", _of_raids("tookPlaceIn")),
    "who raided": ("azerbaijan-russia.ttl", _of_raids("actor")),
}


def build(data: Path, out: Path) -> tuple[float, float, str]:
    """One build: seconds on the clock, seconds of the processor, what it said."""
    command = [COMMAND, "site", "build", str(out), "--data", str(data), "--as-of", DAY]
    # As in the Makefile: with this, which images of containers set, every process would compile every module.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = os.times(), time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, used, done.stderr


def line(name: str, runs: list[tuple[float, float, str]], whole: float = 0) -> str:
    """One row: medians, and how many times faster than a build from nothing, by the clock."""
    clock, cpu = statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)
    written = re.search(r"([\d,]+) files written", runs[-1][2])
    ratio = f"{whole / clock:8.1f}x" if whole else ""
    return f"{name:32} {clock:6.2f} s {cpu:6.2f} CPU-s {written[1] if written else '-':>7} written {ratio}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    model = model_.load()
    with tempfile.TemporaryDirectory() as made:
        os.environ["BACKSTORY_CACHE"] = f"{made}/cache"
        data, out = Path(made) / "data", Path(made) / "site"
        shutil.copytree(ROOT / "data" / "triples", data)
        whole = build(data, out)
        print(line("everything", [whole]), flush=True)
        print(line("nothing", [build(data, out) for _ in range(given.rounds)], whole[0]), flush=True)
        runs: dict[str, list[tuple[float, float, str]]] = {name: [] for name in CHANGES}
        for _ in range(given.rounds):
            for name, (file, which) in CHANGES.items():
                path = data / file
                kept, bundle = path.read_bytes(), rdf.read(path)
                gone = which(list(bundle.claims))
                claims = tuple(replace(c, withdrawn="2026-11-28") if c.id == gone.id else c for c in bundle.claims)
                turtle.write(replace(bundle, claims=claims), path, model)
                runs[name].append(build(data, out))
                path.write_bytes(kept)
                build(data, out)
                print(line(name, runs[name], whole[0]), flush=True)


if __name__ == "__main__":
    main()
