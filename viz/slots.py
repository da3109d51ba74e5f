"""Two folders for one site: the one that readers see, and the one before, which becomes the next.

Making eleven thousand folders costs more than writing their pages. So the build before last is kept
beside the site under a hidden name, brought up to date file by file, and put in the site's place
whole; files that both have are one file with two names.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.errors import DiskError
from viz.rests import Rests

RECORD: Final = "built.json.gz"
RESTS: Final = "rests.json"
_DAMAGED: Final = (OSError, ValueError, KeyError, EOFError, IndexError, TypeError, AttributeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Record:
    """What a build wrote: for each file the key of its content and its size in bytes.

    `whole` is the key of everything that went into the build, `rests` the hash of the file that
    says what each page rests on; both are empty when there was no build.
    """

    whole: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    rests: str = ""


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a build writes (`fresh`), what readers see (`out`), and what was written to each.

    Of what readers see, `shown` names only files that are still whole.
    """

    fresh: Path
    out: Path
    held: Record
    shown: Record

    def put(self, path: str, key: str, content: bytes | None) -> int:
        """A file of the new site: kept where it is, taken over from the present one, or written; gives its size.

        `content` may be None only when one of the two has the file under this key. Never changes a
        file in place: it may be one that readers see.
        """
        if self._holds(path, key):
            return self.held.sizes[path]
        target = self.fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if self.shown.keys.get(path) == key:
            os.link(self.out / path, target)
            return self.shown.sizes[path]
        assert content is not None
        target.write_bytes(content)
        return len(content)

    def has(self, path: str, key: str) -> bool:
        """Whether a file under this key need not be made again."""
        return self.shown.keys.get(path) == key or self._holds(path, key)

    def _holds(self, path: str, key: str) -> bool:
        """Whether the build before last has a file under this key, whole."""
        return self.held.keys.get(path) == key and _size(f"{self.fresh}/{path}") == self.held.sizes.get(path)

    def has_another(self, path: str) -> bool:
        """Whether the build before last had a file otherwise than readers see it."""
        return self.held.keys.get(path, "") not in ("", self.shown.keys.get(path))


def check(out: Path) -> None:
    """Raise DiskError when a folder is a link or holds something not built here."""
    if out.is_symlink():
        raise DiskError("refused: a link to elsewhere", where=str(out), expected="a folder of its own")
    if out.exists() and any(out.iterdir()) and not (out / RECORD).exists():
        raise DiskError("refused: not a site built here", where=str(out), expected="an empty or new folder")


def start(out: Path, shown: Record) -> Slots:
    """The slots of a build, of what readers see now: the folder before last with what it holds, or an empty one."""
    check(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}-previous")
    held = read(fresh)
    if not held.keys:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o755)
    (fresh / RECORD).unlink(missing_ok=True)  # until the build is done, nobody may take it for whole
    return Slots(fresh, out, held, _intact(shown, out))


def finish(slots: Slots, record: Record, rests: Rests) -> None:
    """Put the new site in the place of the old: readers see one or the other."""
    for path in slots.held.keys.keys() - record.keys.keys():
        gone = slots.fresh / path
        gone.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # others are in its folder, or that is gone too
            gone.parent.rmdir()
    write(slots.fresh, record, rests)
    aside = slots.out.with_name(f".{slots.out.name}-swap")
    shutil.rmtree(aside, ignore_errors=True)
    if slots.out.exists():
        os.replace(slots.out, aside)
    os.replace(slots.fresh, slots.out)
    if aside.exists():
        os.replace(aside, slots.fresh)


def is_whole(folder: Path, record: Record) -> bool:
    """Whether every file a build wrote is there, in its size."""
    return bool(record.keys) and len(_intact(record, folder).keys) == len(record.keys)


def _intact(record: Record, folder: Path) -> Record:
    """The record less the files that are lost or of another size: they are made again."""
    there = {path for path in record.keys if _size(f"{folder}/{path}") == record.sizes.get(path)}
    if len(there) == len(record.keys):
        return record
    keys = {path: key for path, key in record.keys.items() if path in there}
    return Record("", keys, record.sizes, record.rests)


def _size(path: str) -> int | None:
    try:
        return os.lstat(path).st_size
    except OSError:
        return None


def read(folder: Path) -> Record:
    """What the last build into a folder wrote; nothing when there was none or its record cannot be read."""
    try:
        found = json.loads(gzip.decompress((folder / RECORD).read_bytes()))
        keys = {str(k): str(v) for k, v in found["keys"].items()}
        sizes = {str(k): int(v) for k, v in found["sizes"].items()}
        return Record(str(found["whole"]), keys, sizes, str(found["rests"]))
    except _DAMAGED:
        return Record()


def rests_of(folder: Path, record: Record) -> Rests:
    """What the pages of a build rest on; nothing when its file is not the one the record names."""
    try:
        data = (folder / RESTS).read_bytes()
        if hashlib.sha256(data).hexdigest() != record.rests:
            return Rests()
        return Rests.from_json(json.loads(data))
    except _DAMAGED:
        return Rests()


def write(folder: Path, record: Record, rests: Rests) -> None:
    """Write what a build wrote, what its pages rest on first: without a record there was no build."""
    data = _json(rests.as_json())
    (folder / RESTS).write_bytes(data)
    value = {
        "whole": record.whole,
        "keys": record.keys,
        "sizes": record.sizes,
        "rests": hashlib.sha256(data).hexdigest(),
    }
    (folder / RECORD).write_bytes(gzip.compress(_json(value), 1, mtime=0))


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
