"""Which editions a layer consists of, and the files of each: read, checked, written in one rename."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from graph.bulk import place
from graph.errors import StoreError, UnknownName

LAYOUT: Final = 1
EDITIONS: Final = "editions"
TABLES: Final = ("claims", "relations", "records", "entities", "articles", "names", "corrections")


@dataclass(frozen=True, slots=True)
class File:
    """Size and SHA-256 of a file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One import that stands: what was read, on which day, and what it came to.

    `file` and `sha256` name what was imported, `recorded` is the day; `counts` are records by what
    became of them (new, changed, known, older, gone, rejected), and rows by table.
    """

    id: str
    file: str
    sha256: str
    recorded: str
    counts: Mapping[str, int]
    files: Mapping[str, File]

    def tables(self, name: str) -> Iterator[str]:
        """The files of one table, in order."""
        return (f for f in sorted(self.files) if f.startswith(f"{name}-"))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A layer: the source it is read from and its editions, oldest first."""

    name: str
    source: str
    editions: tuple[Edition, ...] = field(default=())

    def files(self, table: str) -> Iterator[tuple[str, File]]:
        """Path below the layer's folder and size of every file of a table, in the order of import."""
        for edition in self.editions:
            for name in edition.tables(table):
                yield f"{EDITIONS}/{edition.id}/{name}", edition.files[name]

    def total(self, what: str) -> int:
        """A count over all editions."""
        return sum(e.counts.get(what, 0) for e in self.editions)

    def with_edition(self, edition: Edition) -> Manifest:
        """The layer with one more."""
        return replace(self, editions=(*self.editions, edition))


def read(name: str) -> Manifest:
    """The manifest of a layer; UnknownName when there is none, StoreError when it cannot be read."""
    path = place.folder(name) / place.MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnknownName(name, suggestions=place.names(), where="bulk layers") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot be read: {error}", where=str(path), expected="import the files again") from error
    if raw.get("layout") != LAYOUT:
        raise StoreError(f"layer of layout {raw.get('layout')}", where=str(path), expected=f"layout {LAYOUT}")
    return Manifest(raw["name"], raw["source"], tuple(_edition(e) for e in raw["editions"]))


def _edition(raw: dict[str, Any]) -> Edition:
    files = {name: File(**about) for name, about in raw["files"].items()}
    return Edition(**(raw | {"files": files}))


def write(manifest: Manifest) -> None:
    """Make a manifest the one that stands: the only step by which a layer changes."""
    value = {"layout": LAYOUT, **asdict(manifest)}
    path = place.folder(manifest.name) / place.MANIFEST
    place.write(path, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def check(manifest: Manifest, *, whole: bool = False) -> None:
    """StoreError for a file that is missing or of another size; `whole` reads every byte as well."""
    folder = place.folder(manifest.name)
    for path, about in _everything(manifest, folder):
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _damaged(path, "is missing") from error
        if size != about.bytes:
            raise _damaged(path, f"has {size} bytes, not {about.bytes}")
        if whole and place.hashed(path) != about.sha256:
            raise _damaged(path, "is not what was written")


def _everything(manifest: Manifest, folder: Path) -> Iterable[tuple[Path, File]]:
    for edition in manifest.editions:
        for name, about in sorted(edition.files.items()):
            yield folder / EDITIONS / edition.id / name, about


def _damaged(path: Path, what: str) -> StoreError:
    return StoreError(what, where=str(path), expected="backstory bulk forget the layer, then import its files again")
