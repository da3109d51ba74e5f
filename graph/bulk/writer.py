"""An import into a layer: part by part, resumed where it was killed, standing once it is committed."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph import when as when_
from graph.bulk import changes, manifest, part, place, tables
from graph.bulk.known import NO_DAY, TYPES, Ints, Known, numbers
from graph.bulk.manifest import Edition, File, Manifest
from graph.bulk.part import Batch
from graph.claim import Article, Entity, content_id
from graph.errors import InputError, UnknownName
from graph.sources.cast import Meant, Name
from graph.sources.said import Gone, Left, Said, Stated
from graph.sources.source import Rejected
from graph.when import Day

if TYPE_CHECKING:
    import polars as pl

PART: Final = 50_000
"""Records a part: what memory holds at once, and what a killed import has to read again."""
JOURNAL: Final = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Import:
    """What is imported into which layer: `sha256` of the file, `on` the day, `code` a hash of who reads it.

    With `replace`, what the layer says of the days that the file covers and the file does not is withdrawn.
    """

    layer: str
    source: str
    file: str
    sha256: str
    on: Day
    code: str
    replace: bool = False


class Writer:
    """One import going on in a layer's folder, which it has locked."""

    def __init__(self, asked: Import, standing: Manifest) -> None:
        self.asked, self.standing = asked, standing
        key = content_id(asdict(asked), [e.id for e in standing.editions])
        self.folder = place.folder(asked.layer) / manifest.EDITIONS / key
        self.counts: Counter[str] = Counter()
        self.files: dict[str, File] = {}
        self.after = 0
        self._known, self._days, self._parts = Known(), (NO_DAY, NO_DAY), 0
        self._before = changes.Before()
        self._entities, self._articles = set[str](), set[str]()
        self.names: dict[str, Meant] = {}
        self._batch, self._line, self._next = Batch(), 0, 0
        self._hand = ThreadPoolExecutor(1)
        self._pending: Future[None] | None = None
        for edition in standing.editions:
            self._take(self.folder.parent / edition.id, edition.files, now=False)
        self._resume()

    # -- what is there already ---------------------------------------------------------------

    def _resume(self) -> None:
        """Go on after the last part that was noted; what others left unfinished is removed."""
        kept = {e.id for e in self.standing.editions} | {self.folder.name}
        place.made(self.folder.parent)
        for left in self.folder.parent.iterdir():
            if left.name not in kept or (self.asked.replace and left == self.folder):
                # With `replace` it matters which known records were read, and that is not noted.
                shutil.rmtree(left, ignore_errors=True)
        place.made(self.folder)
        noted = list(_journal(self.folder / JOURNAL))
        for entry in noted:
            files = {name: File(**about) for name, about in entry["files"].items()}
            self._take(self.folder, files, now=True)
            self.files |= files
            self.counts.update(entry["counts"])
            self._days = tuple(entry["days"])
            self.after = entry["line"]
        self._next = 1 + max((_part(name) for name in self.files), default=-1)
        for path in self.folder.iterdir():
            if path.name not in self.files and path.name != JOURNAL:
                path.unlink()

    def _take(self, folder: Path, files: dict[str, File] | Any, *, now: bool) -> None:
        """Learn what the parts of an edition hold, in their order."""
        for number in sorted(set(map(_part, files))):
            here = {t: folder / f"{t}-{number:05}.parquet" for t in manifest.TABLES}
            paths = {t: [p] if p.name in files else [] for t, p in here.items()}
            self._know(tables.read(paths["records"], "records"), now=now)
            self._before.add(folder, number)
            self._entities.update(tables.read(paths["entities"], "entities", ("id",))["id"])
            self._articles.update(tables.read(paths["articles"], "articles", ("id",))["id"])
            for row in tables.read(paths["names"], "names").iter_rows():
                self.names[row[0]] = Meant(*row[1:])
            for claim, withdrawn, _ in tables.read(paths["corrections"], "corrections").iter_rows():
                (self._before.withdrawn.discard if withdrawn is None else self._before.withdrawn.add)(claim)
            self._parts += 1

    def _know(self, records: pl.DataFrame, *, now: bool) -> None:
        columns = {n: records[n].to_numpy() for n in ("record", "digest", "version", "row", "rows")}
        columns["day"] = records["day"].fill_null(NO_DAY).to_numpy()
        columns["part"] = np.full(len(records), self._parts, np.int32)
        columns["event"] = (records["kind"] != "").to_numpy()
        columns["now"] = np.full(len(records), now)
        self._known.update(columns)

    # -- what comes in -----------------------------------------------------------------------

    def add(self, one: Stated) -> None:
        """Take what a reader yields."""
        batch = self._batch
        if isinstance(one, Said):
            batch.said.append(one)
            self._line = max(self._line, one.line)
        elif isinstance(one, Entity):
            if one.id not in self._entities:
                self._entities.add(one.id)
                batch.entities.append(one)
        elif isinstance(one, Article):
            if one.id not in self._articles:
                self._articles.add(one.id)
                batch.articles.append(one)
        elif isinstance(one, Rejected):
            batch.rejected.append(one)
        elif isinstance(one, Left):
            batch.left += 1
            self._line = max(self._line, one.line)
        else:
            batch.gone.append((one.key, one.day))
            self._line = max(self._line, one.line)

    @property
    def is_full(self) -> bool:
        """Whether a part is due."""
        return len(self._batch.said) + len(self._batch.rejected) + len(self._batch.gone) >= PART

    @property
    def records(self) -> int:
        """How many records were read so far, those of an earlier try included."""
        batch = self._batch
        read = sum(
            self.counts[name] for name in ("new", "changed", "known", "older", "rejected", "gone", "unknown", "left")
        )
        return read + len(batch.said) + len(batch.rejected) + len(batch.gone)

    def write(self, names: list[Name]) -> None:
        """Write what was read since the last part, and note it: from then on a killed import resumes here.

        The writing goes on while the next part is read; `finish` waits for it.
        """
        self.settle()
        batch, self._batch = self._batch, Batch()
        batch.names = names
        number, self._next = self._next, self._next + 1
        judged = part.judge(batch.said, self._known, self._parts, self.asked.file)
        corrections = changes.of_changed(batch.said, judged, self._known, self._before, self.asked.on)
        kept = {name: column[judged.kept] for name, column in judged.columns.items()}
        self._before.add(self.folder, number)
        self._known.update(kept)
        self._known.columns["now"][self._known.find(judged.columns["record"])] = True
        self._parts += 1
        self._cover(judged.columns["day"])
        days, line = self._days, max(self._line, self.after)

        def store() -> None:
            files, rows = part.write(batch, judged, corrections, self.folder, number, self.asked.on)
            self._note(files, {**judged.counts, **rows, "left": batch.left}, line, days)

        self._pending = self._hand.submit(store)
        if batch.gone:
            self.settle()
            dropped = [when_.day(day) if day else self.asked.on for _, day in batch.gone]
            self._drop(self._known.find(numbers(key for key, _ in batch.gone)), dropped)

    def settle(self) -> None:
        """Until everything written so far is on the disk, and counted; raises what went wrong there."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            pending.result()

    def close(self) -> None:
        """Let go of what is still being written."""
        self._hand.shutdown(wait=True, cancel_futures=True)

    def _cover(self, days: Ints) -> None:
        """Widen the days that the file covers."""
        known = days[days != NO_DAY]
        if len(known):
            first, last = self._days
            low, high = int(known.min()), int(known.max())
            self._days = (low if first == NO_DAY else min(first, low), max(last, high))

    def _drop(self, places: Ints, days: list[Day]) -> None:
        """Withdraw all that these records say; those not known, or gone before, are only counted."""
        there = (places >= 0) & (self._known.columns["rows"][np.maximum(places, 0)] > 0)
        kept = places[there]
        dated = [day for day, is_there in zip(days, there.tolist(), strict=True) if is_there]
        number, self._next = self._next, self._next + 1
        counts = {"gone": len(kept), "unknown": int((~there).sum())}
        files: dict[str, File] = {}
        if len(kept):
            found = {
                "corrections": changes.of_dropped(self._known, kept, self._before, dated),
                "records": part.gone(self._known.columns["record"][kept]),
            }
            for table, data in found.items():
                name = f"{table}-{number:05}.parquet"
                files[name] = tables.write(data, self.folder / name)
                counts[table] = len(data)
            self._before.add(self.folder, number)
            self._know(found["records"], now=True)
            self._parts += 1
        self._note(files, counts, max(self._line, self.after), self._days)

    def _note(self, files: dict[str, File], counts: dict[str, int], line: int, days: tuple[Day, Day]) -> None:
        """Make a part one that a killed import does not lose."""
        about = {name: asdict(file) for name, file in files.items()}
        entry = {"line": line, "days": list(days), "counts": counts, "files": about}
        place.append(self.folder / JOURNAL, json.dumps(entry) + "\n")
        self.counts.update(counts)
        self.files |= files

    # -- the end -----------------------------------------------------------------------------

    @property
    def rejected(self) -> Iterator[Path]:
        """The files of refused records."""
        return (self.folder / name for name in sorted(self.files) if name.startswith("rejects-"))

    def finish(self) -> Edition | None:
        """Make the import stand; None, leaving nothing behind, when it changes nothing."""
        self.settle()
        if self.asked.replace:
            self._drop_unseen()
        if not any(self.counts[what] for what in ("new", "changed", "gone")):
            shutil.rmtree(self.folder, ignore_errors=True)
            return None
        asked = self.asked
        counts = {name: count for name, count in sorted(self.counts.items()) if count}
        edition = Edition(self.folder.name, asked.file, asked.sha256, when_.iso(asked.on), counts, dict(self.files))
        manifest.write(self.standing.with_edition(edition))
        return edition

    def _drop_unseen(self) -> None:
        """Withdraw what the layer says of the days the file covers and the file does not; without days, of all."""
        columns = self._known.columns
        first, last = self._days
        unseen = ~columns["now"] & (columns["rows"] > 0)
        if first != NO_DAY:
            unseen &= (columns["day"] >= first) & (columns["day"] <= last)
        places = np.flatnonzero(unseen)
        if len(places):
            self._drop(places, [self.asked.on] * len(places))


def _part(name: str) -> int:
    """The part that a file belongs to."""
    return int(name.split("-")[1].split(".")[0])


def _journal(path: Path) -> Iterator[dict[str, Any]]:
    """The parts noted so far, up to the first whose files are not as they were noted."""
    if not path.exists():
        return
    lines = path.read_bytes().split(b"\n")
    whole = []
    for line in lines[:-1]:
        try:
            entry: dict[str, Any] = json.loads(line)
        except ValueError:
            break
        if any(not _is(path.parent / name, about) for name, about in entry["files"].items()):
            break
        whole.append(line)
        yield entry
    if len(whole) < len(lines) - 1 or lines[-1]:
        place.write(path, b"".join(line + b"\n" for line in whole))


def _is(path: Path, about: dict[str, Any]) -> bool:
    return path.is_file() and path.stat().st_size == about["bytes"] and place.hashed(path) == about["sha256"]


@contextlib.contextmanager
def begun(asked: Import) -> Iterator[Writer]:
    """An import into a layer that nobody else writes to; InputError when the layer is of another source."""
    with place.locked(place.folder(asked.layer)):
        try:
            standing = manifest.read(asked.layer)
        except UnknownName:
            standing = Manifest(asked.layer, asked.source)
        if standing.source != asked.source:
            raise InputError(
                f"layer {asked.layer} is of {standing.source}, not of {asked.source}", expected="--name ANOTHER"
            )
        manifest.check(standing)
        writer = Writer(asked, standing)
        try:
            yield writer
        finally:
            writer.close()


__all__ = ["PART", "TYPES", "Gone", "Import", "Writer", "begun"]
