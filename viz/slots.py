"""Two folders for one site: the one that readers see, and the one before, which becomes the next.

Making eleven thousand folders costs more than writing their pages. So the build before last is kept
beside the site under a hidden name, brought up to date file by file, and put in the site's place
whole; files that both have are one file with two names.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.errors import DiskError

RECORD: Final = "built.json.gz"
Read = tuple[str, str]
Reads = tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a build wrote: for each file the key of its content, and for each page what it had read."""

    keys: dict[str, str] = field(default_factory=dict)
    reads: dict[str, Reads] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a build writes (`fresh`), what readers see (`out`), and what each held before."""

    fresh: Path
    out: Path
    held: Record
    shown: Record

    def put(self, path: str, key: str, content: bytes | None) -> None:
        """A file of the new site: kept where it is, taken over from the present one, or written.

        `content` may be None only when one of the two has the file under this key. Never changes a
        file in place: it may be one that readers see.
        """
        target = self.fresh / path
        if self.held.keys.get(path) == key:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if self.shown.keys.get(path) == key:
            os.link(self.out / path, target)
        else:
            assert content is not None
            target.write_bytes(content)

    def has(self, path: str, key: str) -> bool:
        """Whether a file under this key need not be made again."""
        return key in (self.held.keys.get(path), self.shown.keys.get(path))


def check(out: Path) -> None:
    """Raise DiskError when a folder is a link or holds something not built here."""
    if out.is_symlink():
        raise DiskError("refused: a link to elsewhere", where=str(out), expected="a folder of its own")
    if out.exists() and any(out.iterdir()) and not (out / RECORD).exists():
        raise DiskError("refused: not a site built here", where=str(out), expected="an empty or new folder")


def start(out: Path) -> Slots:
    """The slots of a build: the folder before last with what it holds, or an empty one."""
    check(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}-previous")
    held = read(fresh)
    if not held.keys:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o755)
    (fresh / RECORD).unlink(missing_ok=True)  # until the build is done, nobody may take it for whole
    return Slots(fresh, out, held, read(out))


def finish(slots: Slots, record: Record) -> None:
    """Put the new site in the place of the old: readers see one or the other."""
    for path in slots.held.keys.keys() - record.keys.keys():
        gone = slots.fresh / path
        gone.unlink(missing_ok=True)
        if not any(gone.parent.iterdir()):
            gone.parent.rmdir()
    write(slots.fresh, record)
    aside = slots.out.with_name(f".{slots.out.name}-swap")
    shutil.rmtree(aside, ignore_errors=True)
    if slots.out.exists():
        os.replace(slots.out, aside)
    os.replace(slots.fresh, slots.out)
    if aside.exists():
        os.replace(aside, slots.fresh)


def read(folder: Path) -> Record:
    """What the last build into a folder wrote; nothing when there was none or its record cannot be read."""
    try:
        found = json.loads(gzip.decompress((folder / RECORD).read_bytes()))
        names = [(str(what), str(name)) for what, name in found["names"]]
        reads = {str(path): tuple(names[i] for i in rows) for path, rows in found["reads"].items()}
        return Record({str(k): str(v) for k, v in found["keys"].items()}, reads)
    except (OSError, ValueError, KeyError, EOFError, IndexError, TypeError):
        return Record()


def write(folder: Path, record: Record) -> None:
    """Write what a build wrote: every read named once, pages by their numbers."""
    names = sorted({read for rows in record.reads.values() for read in rows})
    numbers = _numbers(names)
    value = {
        "keys": record.keys,
        "names": names,
        "reads": {path: [numbers[r] for r in rows] for path, rows in record.reads.items()},
    }
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    (folder / RECORD).write_bytes(gzip.compress(text.encode(), 3, mtime=0))


def _numbers(names: Iterable[Read]) -> Mapping[Read, int]:
    return {name: number for number, name in enumerate(names)}
