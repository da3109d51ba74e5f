"""Queries to begin with: one file each, its title in the first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Canned:
    """A query with a name and a title."""

    name: str
    title: str
    query: str


def canned() -> tuple[Canned, ...]:
    """Every query file, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.rq")):
        title, _, query = path.read_text(encoding="utf-8").partition("\n")
        found.append(Canned(path.stem, title.removeprefix("# "), query.strip()))
    return tuple(found)
