"""The whole site as static files: built in parallel, only what changed, swapped in whole."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from graph import when as when_
from graph.cache import Progress, silent
from graph.errors import DiskError
from graph.knowledge import KnowledgeGraph
from graph.when import Day
from viz import feeds, page, pair_page, sheets, slots
from viz.setting import Setting, key_of
from viz.sheets import Sheet
from viz.shelf import Shelf
from viz.slots import Reads, Record, Slots

_CHUNK: Final = 60
T = TypeVar("T")
R = TypeVar("R")
Written = tuple[str, str, Reads]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages in the site, files that are new or other than before, files that stayed."""

    pages: int
    written: int
    kept: int


def build(
    kg: KnowledgeGraph,
    out: Path,
    *,
    as_of: Day,
    base: str = "https://backstory.example/",
    jobs: int = 2,
    progress: Progress = silent,
) -> Built:
    """Build the site of everything in the graph into a folder, replacing it whole when done.

    A page remembers what it read; when none of that has changed since the last build it is not made
    again. The build before stays beside the folder as `.NAME-previous`. Raises DiskError when the
    folder cannot be written or is not one of ours.
    """
    try:
        places = slots.start(out)
        setting = setting_of(kg, as_of, base.rstrip("/") + "/", jobs, progress)
        record = Record()
        for path, key, reads in _parallel((setting, places), _put_all, sheets.every(setting), jobs, "pages", progress):
            record.keys[path] = key
            if reads:
                record.reads[path] = reads
        record.keys.update(_last(setting, places, record))
        slots.finish(places, record)
    except OSError as error:
        raise DiskError(f"cannot build the site: {error.strerror}", where=str(out)) from error
    kept = sum(places.shown.keys.get(name) == key for name, key in record.keys.items())
    pages = sum(name.endswith(".html") for name in record.keys)
    return Built(pages, len(record.keys) - kept, kept)


def setting_of(kg: KnowledgeGraph, as_of: Day, base: str, jobs: int = 1, progress: Progress = silent) -> Setting:
    """The shelf of a graph, and which chains and pairs get a page."""
    progress("reading", 0, 1)
    kg.index  # noqa: B018 (built from the store, before anything is forked)
    shelf = Shelf(kg.store)
    progress("reading", 1, 1)
    bare = Setting(KnowledgeGraph(shelf), shelf, as_of, base)
    chains = dict(_parallel(bare, _chains, sheets.wanted_chains(bare), jobs, "chains", progress, chunk=12))
    pairs = pair_page.pairs(bare.index, shelf, as_of)
    return Setting(bare.kg, shelf, as_of, base, {k: c for k, c in chains.items() if c}, pairs)


def _chains(setting: Setting, names: Sequence[str]) -> list[tuple[str, sheets.MaybeChain]]:
    return [(name, sheets.chain_of(name, setting)) for name in names]


_SHARED: object


def _parallel(
    shared: object,
    work: Callable[..., list[R]],
    items: Sequence[T],
    jobs: int,
    step: str,
    progress: Progress,
    chunk: int = _CHUNK,
) -> Iterator[R]:
    """The results of `work(shared, some items)` over all items in forked processes that share memory, in order."""
    global _SHARED
    _SHARED = shared
    chunks = [items[at : at + chunk] for at in range(0, len(items), chunk)]
    if len(chunks) < 2 or jobs < 2:
        for at, some in enumerate(chunks):
            progress(step, at * chunk, len(items))
            yield from work(shared, some)
        progress(step, len(items), len(items))
        return
    done = 0
    gc.freeze()  # the shelf is not garbage: no worker need look through it, or copy it by looking
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        for found, some in zip(pool.map(_run, [(work, some) for some in chunks]), chunks, strict=True):
            done += len(some)
            progress(step, done, len(items))
            yield from found


def _run(task: tuple[Callable[..., list[R]], Sequence[T]]) -> list[R]:
    work, items = task
    return work(_SHARED, items)


def _put_all(shared: tuple[Setting, Slots], wanted: Sequence[Sheet]) -> list[Written]:
    return [row for sheet in wanted for row in _put(*shared, sheet)]


def _put(setting: Setting, places: Slots, sheet: Sheet) -> list[Written]:
    """A page in the new site: the last build's, when nothing it had read has changed, or a new one."""
    if not sheet.path:
        return _put_many(setting, places, sheet)
    known = places.shown.reads.get(sheet.path)
    if known is not None:
        key = _key(setting, sheet, known)
        if places.has(sheet.path, key):
            places.put(sheet.path, key, None)
            return [(sheet.path, key, known)]
    shelf = setting.shelf
    shelf.reads = set()
    text = sheets.render(sheet, setting)
    reads = tuple(sorted(shelf.reads))
    shelf.reads = None
    key = _key(setting, sheet, reads)
    places.put(sheet.path, key, text.encode())
    return [(sheet.path, key, reads)]


def _put_many(setting: Setting, places: Slots, sheet: Sheet) -> list[Written]:
    """Pages and files that rest on the whole graph: made each time, written when they are others."""
    found: list[Written] = []
    for path, content in sorted(sheets.files(sheet, setting).items()):
        key = hashlib.sha256(content).hexdigest()[:16]
        places.put(path, key, content)
        found.append((path, key, ()))
    return found


def _key(setting: Setting, sheet: Sheet, reads: Reads) -> str:
    return key_of(setting.as_of, setting.base, sheet.extra, [setting.shelf.digest(*read) for read in reads])


def _last(setting: Setting, places: Slots, record: Record) -> dict[str, str]:
    """What needs to know every page: about with its numbers, and the sitemap; and what all pages share."""
    files = {f"assets/{page.hashed(name, content)}": content for name, content in page.shared_files().items()}
    files |= {name: text.encode() for name, text in sheets.closing(setting, tuple(record.keys)).items()}
    files["sitemap.xml"] = feeds.sitemap([*record.keys, *files], setting.base).encode()
    keys = {}
    for path, content in sorted(files.items()):
        keys[path] = hashlib.sha256(content).hexdigest()[:16]
        places.put(path, keys[path], content)
    return keys


def today() -> Day:
    """The day a build stands for when none is given."""
    import datetime

    return when_.day(datetime.date.today().isoformat())
