"""Where pages live: one short, safe, permanent path a thing."""

from __future__ import annotations

import functools

from graph.claim import content_id
from viz.shelf import Shelf


def path_of(name: str, shelf: Shelf) -> str:
    """The path of the page of an entity, event, story or article, from the front: `e/azerbaijan/index.html`."""
    if name in shelf.papers:
        return f"a/{part(name)}/index.html"
    folder = "story" if name in shelf.things and shelf.things[name].kind == "Story" else "e"
    return f"{folder}/{part(name)}/index.html"


def how_path(name: str, shelf: Shelf) -> str:
    """The path of the page that says how an event or entity came about; of a story its own page."""
    path = path_of(name, shelf)
    return path if path.startswith("story/") else f"how/{part(name)}/index.html"


def pair_path(one: str, other: str) -> str:
    """The path of the page of two entities: `pair/azerbaijan--russia/index.html`."""
    return f"pair/{part(f'{one}--{other}')}/index.html"


@functools.lru_cache(maxsize=65536)
def part(name: str) -> str:
    """The id as a file name: itself when it is short and no system reserves it, else cut and hashed."""
    if len(name) <= 80 and name not in _RESERVED:
        return name
    return f"{name[:60]}-{content_id(name)}"


_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
