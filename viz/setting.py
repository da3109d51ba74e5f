"""What every page of one build shares: the shelf, the day, the address, and which pages there are."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from graph import when
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.when import Day
from viz import dates, page
from viz.paths import how_path, pair_path, path_of
from viz.shelf import Shelf
from viz.site_chains import Chains

ROOT: Final = "../../"
NOT_THERE: Final = "404.html"


@dataclass(frozen=True)
class Setting:
    """One build: `kg` answers from the shelf; `chains` are the chains that get a page, by what they are about.

    `pairs` are those of whom enough is recorded for a page, each in order of name, with how many events;
    `between` holds the chains of those pairs that have one.
    """

    kg: KnowledgeGraph
    shelf: Shelf
    as_of: Day
    base: str
    chains: Chains[str] = field(default_factory=Chains)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    between: Chains[tuple[str, str]] = field(default_factory=Chains)

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


@dataclass(frozen=True, slots=True)
class Preview:
    """The picture that goes with a page's address when it is shared: its path from the front, and it in words.

    `key` changes with what it says, so that sites which keep pictures by address show no old one.
    """

    path: str
    alt: str
    key: str = ""


# What goes with every page that has no other; viz/previews.py draws it.
EVERYWHERE: Final = Preview(
    "cards/site.png",
    "Backstory: How did we get here? Dated, sourced chains of events behind the news. Every sentence with its source.",
)


@functools.cache
def design() -> str:
    """A hash of all code, templates, styles and libraries pages are made by: with another every page is made anew."""
    total = hashlib.sha256(repr((sys.version_info[:3], sorted(_libraries()))).encode())
    for package in (Path(when.__file__).parent, Path(__file__).parent):
        files = (p for p in package.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".pyi"))
        for path in sorted(files):
            total.update(f"{package.name}/{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return total.hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    """Every library this project needs, with its version."""
    for wanted in importlib.metadata.requires("backstory") or ():
        name = re.match(r"[\w.-]+", wanted)
        if name and "extra ==" not in wanted:
            yield name[0], importlib.metadata.version(name[0])


def key_of(*parts: object) -> str:
    """A short hash of a page's content and of all that makes it."""
    return hashlib.sha256("\x1f".join(map(repr, (design(), *parts))).encode()).hexdigest()[:16]


def common(
    setting: Setting, path: str, *, scripts: bool = False, extra: tuple[str, ...] = (), preview: Preview = EVERYWHERE
) -> dict[str, Any]:
    """What every template needs.

    The page for what is not there is shown under any address: its links begin at the top of the host.
    """
    root = urlsplit(setting.base).path if path == NOT_THERE else "../" * path.count("/")
    return {
        "assets": page.shared(root, scripts=scripts, extra=extra),
        "as_of": dates.day(setting.as_of),
        "canonical": setting.base + path.removesuffix("index.html"),
        "site": setting,
        "card": preview,
    }
