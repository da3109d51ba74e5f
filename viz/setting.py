"""What every page of one build shares: the shelf, the day, the address, and which pages there are."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.chains.chain import Chain
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.when import Day
from viz import dates, page
from viz.paths import how_path, pair_path, path_of
from viz.shelf import Shelf

ROOT: Final = "../../"


@dataclass(frozen=True)
class Setting:
    """One build: `kg` answers from the shelf; `chains` are the chains that get a page, by what they are about.

    `pairs` are those of whom enough is recorded for a page, each in order of name, with how many events.
    """

    kg: KnowledgeGraph
    shelf: Shelf
    as_of: Day
    base: str
    chains: Mapping[str, Chain] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def index(self) -> Index:
        """The index of events."""
        return self.kg.index

    def to(self, name: str) -> str:
        """The path of the page of an entity, event, story or article, from the front."""
        return path_of(name, self.shelf)

    def how(self, name: str) -> str:
        """The path of how something came about; empty when there is no such page."""
        return how_path(name, self.shelf) if name in self.chains else ""

    def pair(self, one: str, other: str) -> str:
        """The path of the page of two entities; empty when there is none."""
        found = next((p for p in ((one, other), (other, one)) if p in self.pairs), None)
        return pair_path(*found) if found else ""


@functools.cache
def design() -> str:
    """A hash of templates, styles, scripts and page code: when it changes every page is written anew."""
    here = Path(__file__).parent
    files = sorted(p for p in here.rglob("*") if p.suffix in (".html", ".svg", ".css", ".js", ".py", ".yaml", ".woff2"))
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def key_of(*parts: object) -> str:
    """A short hash of a page's content and of the design."""
    return hashlib.sha256("\x1f".join(map(repr, (design(), *parts))).encode()).hexdigest()[:16]


def common(setting: Setting, path: str, *, scripts: bool = False, extra: tuple[str, ...] = ()) -> dict[str, Any]:
    """What every template needs."""
    root = "../" * path.count("/")
    return {
        "assets": page.shared(root, scripts=scripts, extra=extra),
        "as_of": dates.day(setting.as_of),
        "version": setting.shelf.fingerprint[:12],
        "canonical": setting.base + path.removesuffix("index.html"),
        "site": setting,
        "card": "",
    }
