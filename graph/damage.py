"""Whether a cache still is what was built, and its engine's errors in our words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from graph.errors import StoreError

REMEDY: Final = "backstory build --fresh builds it again"
T = TypeVar("T")


def damaged(directory: Path, error: Exception) -> StoreError:
    """What to raise when the engine cannot read a cache; its word for damaged tables is RuntimeError."""
    return StoreError(f"cache cannot be read: {error}", where=str(directory), expected=REMEDY)


def intact(found: Iterable[T], directory: Path) -> Iterator[T]:
    """The same things one by one; StoreError when a damaged block is met on the way."""
    try:
        yield from found
    except (OSError, RuntimeError) as error:
        raise damaged(directory, error) from error


def sizes(directory: Path) -> dict[str, int]:
    """The tables of a store and the lists of them, with their sizes.

    The engine takes a list that was cut short for a shorter one, and would answer from fewer tables.
    """
    found = sorted(p for pattern in ("*.sst", "MANIFEST-*", "CURRENT") for p in directory.glob(pattern))
    return {p.name: p.stat().st_size for p in found}


def record(directory: Path) -> dict[str, Any]:
    """What was recorded of a cache when it was built: files, sizes, what was amended; StoreError when unreadable."""
    try:
        found = json.loads((directory / "built.json").read_text())
        return {"files": found["files"], "sizes": found["sizes"], "amended": found.get("amended", {})}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("cache record is unreadable", where=str(directory), expected=REMEDY) from error


def check(directory: Path) -> None:
    """Raise StoreError when the tables of a cache are not those recorded when it was built.

    Caches of earlier versions have no record of the lists.
    """
    recorded = record(directory)["sizes"]
    if recorded != {n: size for n, size in sizes(directory / "quads").items() if n in recorded or n.endswith(".sst")}:
        raise StoreError("cache is damaged", where=str(directory), expected=REMEDY)
