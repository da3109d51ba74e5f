"""The whole site as static files: built in parallel, only what changed, swapped in whole."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from graph import when as when_
from graph.cache import Progress, silent
from graph.chains.chain import Chain
from graph.errors import DiskError
from graph.garbage import unsearched
from graph.knowledge import KnowledgeGraph
from graph.when import Day
from viz import cards, feeds, look, network, page, pair_page, previews, sheets, site_chains, slots, templating
from viz.cards import Card
from viz.rests import Read, Reads, Rests
from viz.setting import Setting, design, key_of
from viz.sheets import Sheet
from viz.shelf import EVERY, Shelf
from viz.site_chains import Chains
from viz.slots import Record, Slots

_CHUNK: Final = 60
_MANY: Final = 200
_FEW: Final = 500
"""So few sheets leave no garbage worth a search."""
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages in the site, files that are new or other than before, files that stayed."""

    pages: int
    written: int
    kept: int


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the new site: its path, the key of its content, its size, and for a page what it rests on."""

    path: str
    key: str
    size: int
    frame: str = ""
    reads: Reads = ()


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

    Where nothing at all has changed since the last build, nothing is done. A page remembers what it
    read; when none of that has changed it is not made again. The build before stays beside the folder
    as `.NAME-previous`. Raises DiskError when the folder cannot be written or is not one of ours.
    """
    base = base.rstrip("/") + "/"
    whole = key_of("whole", kg.store.fingerprint, as_of, base)
    try:
        slots.check(out)
        record = slots.read(out)
        if record.whole == whole and slots.is_whole(out, record):
            return Built(_pages(record), 0, len(record.keys))
        places = slots.start(out, record)
        with unsearched():
            record = _build(kg, out, places, Record(whole), as_of, base, jobs, progress)
    except OSError as error:
        raise DiskError(f"cannot build the site: {error.strerror}", where=str(out)) from error
    same = sum(places.shown.keys.get(name) == key for name, key in record.keys.items())
    return Built(_pages(record), len(record.keys) - same, same)


def _build(
    kg: KnowledgeGraph, out: Path, places: Slots, record: Record, as_of: Day, base: str, jobs: int, progress: Progress
) -> Record:
    """Everything made that has to be, and put in the place of the build before; gives the record filled."""
    templating.keep(kg.store.directory.parent / "templates" / design()[:16])
    ground = ground_of(kg, as_of, base, jobs, progress, slots.rests_of(out, places.shown))
    kept, due = _due(ground, places)
    setting, rests, made = ground.setting, ground.before, ground.made

    def keep() -> None:
        for path in kept:
            _note(record, Written(path, key := places.shown.keys[path], places.put(path, key, None)))

    for row in _made((setting, places, rests), due, jobs, progress, keep):
        _note(record, row)
        if row.frame:
            made[row.path] = row.frame, row.reads
    for row in _last(setting, places, record):
        _note(record, row)
    slots.finish(places, record, rests.next([*kept, *ground.kept], made, setting.shelf.gave))
    return record


def _pages(record: Record) -> int:
    return sum(name.endswith(".html") for name in record.keys)


def _note(record: Record, row: Written) -> None:
    record.keys[row.path], record.sizes[row.path] = row.key, row.size


def _due(ground: Ground, places: Slots) -> tuple[list[str], list[Sheet]]:
    """The pages of the last build that stay as they are, and the sheets that have to be made.

    A picture comes after its page: a worker that made one need not find the chain again for the other.
    """
    kept: list[str] = []
    due: list[Sheet] = []
    every = sheets.every(ground.setting)
    made_of = ground.whole(places, (s for s in every if not s.path))
    for sheet in every:
        if not sheet.path:
            kept += made_of.get(sheet.kind, ())
            due += () if sheet.kind in made_of else (sheet,)
            continue
        stays = ground.stays(sheet, places)
        if stays:
            kept.append(sheet.path)
        else:
            due.append(sheet)
        card = sheets.card_of(sheet)
        # Whether a page has a picture of its own is told by what it read: it need not be asked again.
        if card.path in ground.before.frames if stays else sheets.has_card(sheet, ground.setting):
            if ground.stays(card, places):
                kept.append(card.path)
            else:
                due.append(card)
    return kept, due


def _made(
    shared: tuple[Setting, Slots, Rests],
    due: Sequence[Sheet],
    jobs: int,
    progress: Progress,
    meanwhile: Callable[[], None],
) -> Iterator[Written]:
    """What comes of sheets; a worker takes few at once when there are few, so that all have some."""
    chunk = max(1, min(_CHUNK, len(due) // (8 * jobs)))
    if len(due) > _FEW:
        gc.enable()
    yield from _parallel(shared, _put_all, due, jobs, "pages", progress, chunk, meanwhile)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a build stands on: its setting, what the pages of the one before rest on, and which of them were touched.

    `kept` names the chains that stay as they were, `made` those found again, as paths that no page has.
    """

    setting: Setting
    before: Rests
    touched: AbstractSet[str]
    kept: list[str]
    made: dict[str, tuple[str, Reads]]

    def stays(self, sheet: Sheet, places: Slots) -> bool:
        """Whether a page of the build before still is what would be made."""
        return (
            sheet.path in places.shown.keys
            and sheet.path in self.before.frames
            and sheet.path not in self.touched
            and self.before.frames[sheet.path] == _frame(self.setting, sheet, self.before)
        )

    def whole(self, places: Slots, every: Iterable[Sheet]) -> dict[str, list[str]]:
        """By their kinds the files of sheets of several files that still are what would be made."""
        kinds = {_frame(self.setting, sheet, self.before): sheet.kind for sheet in every}
        found: dict[str, list[str]] = {}
        for path, frame in self.before.frames.items():
            if frame in kinds:
                found.setdefault(kinds[frame], []).append(path)
        whole = places.shown.keys.keys() - self.touched
        return {kind: paths for kind, paths in found.items() if whole.issuperset(paths)}


def ground_of(
    kg: KnowledgeGraph, as_of: Day, base: str, jobs: int = 1, progress: Progress = silent, before: Rests | None = None
) -> Ground:
    """The shelf of a graph, and which chains and pairs get a page."""
    progress("reading", 0, 1)
    shelf = Shelf(kg.store)
    bare = Setting(KnowledgeGraph(shelf), shelf, as_of, base)
    bare.index  # noqa: B018 (built from the shelf, before anything is forked)
    gc.freeze()  # the shelf is not garbage: nobody need look through it, no worker copy it by looking
    rests = before or Rests()
    touched = rests.touched(shelf.gave)
    progress("reading", 1, 1)
    pairs = pair_page.pairs(bare.index, shelf, as_of)
    wanted = [*((name,) for name in site_chains.wanted(bare)), *pairs]
    frame = key_of("chain", as_of, bare.index.content)
    known = {n: rests.frames[path] for n in wanted if (path := _path(n)) in rests.frames and path not in touched}
    stay = {names: found[-1] == "+" for names, found in known.items() if found[:-1] == frame}
    due = [names for names in wanted if names not in stay]
    found = dict(zip(due, _parallel(bare, _chains, due, jobs, "chains", progress, 6, _ready), strict=True))
    made = {_path(n): (frame + ("+" if chain else "-"), reads) for n, (chain, reads, _) in found.items()}
    there = [n for n in wanted if (stay[n] if n in stay else found[n][0])]
    chains = {n: chain for n, (chain, _, _) in found.items() if chain}
    courses = {n: found[n][2] for n in chains}
    of_one = Chains(
        (n[0] for n in there if len(n) == 1),
        {n[0]: c for n, c in chains.items() if len(n) == 1},
        lambda name: site_chains.of((name,), bare),
        {n[0]: c for n, c in courses.items() if len(n) == 1},
    )
    between = Chains(
        ((n[0], n[1]) for n in there if len(n) == 2),
        {(n[0], n[1]): c for n, c in chains.items() if len(n) == 2},
        lambda pair: site_chains.of(pair, bare),
        {(n[0], n[1]): c for n, c in courses.items() if len(n) == 2},
    )
    setting = Setting(bare.kg, shelf, as_of, base, of_one, pairs, between)
    return Ground(setting, rests, touched, [_path(n) for n in stay], made)


def _ready() -> None:
    """What pages of chains need is loaded once, while others look for chains, and not by each of them."""
    from graph.tell import plan  # noqa: F401 (loaded when first told otherwise)

    network.kind()
    look.load()
    page.shared_files()


def _path(names: tuple[str, ...]) -> str:
    return f"chain {' '.join(names)}"


def _chains(setting: Setting, wanted: Sequence[tuple[str, ...]]) -> list[tuple[Chain | None, Reads, str]]:
    """Each chain, what was read for it, and what decides its page."""
    found = [site_chains.read(names, setting) for names in wanted]
    return [(chain, reads, site_chains.course(chain, setting) if chain else "") for chain, reads in found]


_SHARED: object


def _parallel(
    shared: object,
    work: Callable[..., list[R]],
    items: Sequence[T],
    jobs: int,
    step: str,
    progress: Progress,
    chunk: int = _CHUNK,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[R]:
    """The results of `work(shared, some items)` over all items in forked processes that share memory, in order.

    `meanwhile` is done here once the others are at work.
    """
    global _SHARED
    _SHARED = shared
    chunks = [items[at : at + chunk] for at in range(0, len(items), chunk)]
    if len(chunks) < 2 or jobs < 2:
        meanwhile()
        for at, some in enumerate(chunks):
            progress(step, at * chunk, len(items))
            yield from work(shared, some)
        progress(step, len(items), len(items))
        return
    done = 0
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        running = pool.map(_run, [(work, some) for some in chunks])
        meanwhile()
        for found, some in zip(running, chunks, strict=True):
            done += len(some)
            progress(step, done, len(items))
            yield from found


def _run(task: tuple[Callable[..., list[R]], Sequence[T]]) -> list[R]:
    work, items = task
    return work(_SHARED, items)


def _put_all(shared: tuple[Setting, Slots, Rests], wanted: Sequence[Sheet]) -> list[Written]:
    return [row for sheet in wanted for row in _put(*shared, sheet)]


def _put(setting: Setting, places: Slots, rests: Rests, sheet: Sheet) -> list[Written]:
    """A page in the new site: the one of the build before last when that had read the same, or a new one."""
    shelf, frame = setting.shelf, _frame(setting, sheet, rests)
    if not sheet.path:
        made, read = shelf.noting(lambda: sheets.files(sheet, setting))
        rows = [replace(_whole(places, path, content), frame=frame) for path, content in sorted(made.items())]
        return [replace(row, reads=_coarse(read) if row is rows[0] else ()) for row in rows]  # they go together
    reads = rests.reads(sheet.path) if places.has_another(sheet.path) and not sheet.is_card else ()
    if reads and places.has(sheet.path, key := _key(frame, reads, shelf)):
        return [Written(sheet.path, key, places.put(sheet.path, key, None), frame, reads)]
    page, read = shelf.noting(lambda: (sheets.card if sheet.is_card else sheets.render)(sheet, setting))
    reads = tuple(sorted(read))
    if isinstance(page, Card):
        return [replace(_drawn(places, sheet.path, page), frame=frame, reads=reads)]
    key, text = _key(frame, reads, shelf), page
    return [Written(sheet.path, key, places.put(sheet.path, key, text.encode()), frame, reads)]


def _coarse(reads: AbstractSet[Read]) -> Reads:
    """What a sheet of several files rests on in few words: of a relation of many things, all claims of it.

    What things and articles there are is in its frame already.
    """
    if EVERY in reads:
        return (EVERY,)
    many = Counter(name.partition(" ")[2] for what, name in reads if what in ("about", "naming"))
    found = set()
    for what, name in reads:
        predicate = name.partition(" ")[2]
        if what not in ("thing", "paper"):
            found.add(("predicate", predicate) if predicate and many[predicate] > _MANY else (what, name))
    return tuple(sorted(found))


def _whole(places: Slots, path: str, content: bytes) -> Written:
    """A page or file that rests on the whole graph: made each time, written when it is another."""
    key = hashlib.sha256(content).hexdigest()[:16]
    return Written(path, key, places.put(path, key, content))


def _drawn(places: Slots, path: str, card: Card) -> Written:
    """A picture in the new site: drawn only when no build before drew one that says the same."""
    key = cards.key(card)
    return Written(path, key, places.put(path, key, None if places.has(path, key) else cards.png(card)))


def _frame(setting: Setting, sheet: Sheet, rests: Rests) -> str:
    """The key of all that decides a page beside what it reads; of a chain that stays, the one it had."""
    if sheet.extra == sheets.STAYS and sheet.path in rests.frames:
        return rests.frames[sheet.path]
    return key_of(setting.as_of, setting.base, sheets.settled(sheet, setting).extra)


def _key(frame: str, reads: Reads, shelf: Shelf) -> str:
    return key_of(frame, shelf.gave(reads).tobytes())


def _last(setting: Setting, places: Slots, record: Record) -> Iterator[Written]:
    """What needs to know every page: about with its numbers, and the sitemap; and what all pages share."""
    files = {f"assets/{page.hashed(name, content)}": content for name, content in page.shared_files().items()}
    files |= {name: text.encode() for name, text in sheets.closing(setting, tuple(record.keys)).items()}
    files["sitemap.xml"] = feeds.sitemap([*record.keys, *files], setting.base).encode()
    for path, card in previews.shared():
        yield _drawn(places, path, card)
    for path, content in sorted(files.items()):
        yield _whole(places, path, content)


def today() -> Day:
    """The day a build stands for when none is given."""
    import datetime

    return when_.day(datetime.date.today().isoformat())
