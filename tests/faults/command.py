"""The real command in a process of its own, over a folder with the tiny true world, always with a deadline."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import derived, model, turtle
from tests.world import WORLD

SECONDS: Final = 60
ROUNDS: Final = int(os.environ.get("BACKSTORY_FAULTS", "3"))
"""How often each fault is tried; `make faults` tries more often."""

ENTRY: Final = (
    "2024-03-07/.. | member of | Sweden [Country] -> NATO | - | "
    "https://theweek.com/politics/sweden-officially-joins-NATO (The Week)"
)
ADD: Final = ("add", ENTRY, "--on", "2026-11-24", "--write")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of Turtle files and the folder for what is derived from them."""

    data: Path
    cache: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make the command work here."""
        return {**os.environ, "BACKSTORY_DATA": str(self.data), "BACKSTORY_CACHE": str(self.cache)}

    def start(self, *words: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """The command, started; `before` wraps it, as `prlimit` does."""
        line = [*before, sys.executable, "-c", "from graph.cli import main; main()", *words]
        return subprocess.Popen(
            line, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.data.parent
        )

    def run(self, *words: str, before: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a finished command."""
        running = self.start(*words, before=before)
        try:
            out, err = running.communicate(timeout=SECONDS)
        finally:
            running.kill()
        return running.returncode, out, err

    def files(self) -> dict[str, bytes]:
        """What stands in the folder of Turtle files, hidden leftovers left out."""
        return {p.name: p.read_bytes() for p in sorted(self.data.glob("*.ttl"))}


def place(folder: Path) -> Place:
    """The tiny true world in a folder of its own."""
    found, made = model.load(), Place(folder / "data", folder / "cache")
    made.data.mkdir(parents=True)
    turtle.write(WORLD, made.data / "world.ttl", found)
    (made.data / "ontology.ttl").write_text(derived.ontology(found), encoding="utf-8")
    return made
