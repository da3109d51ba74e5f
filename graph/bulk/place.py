"""Where bulk layers live, and writing there so that a power cut finds old or new."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import whole
from graph.claim import slug
from graph.errors import DiskError, InputError, StoreError

MANIFEST: Final = "layer.json"
VARIABLE: Final = "BACKSTORY_BULK"


def root() -> Path:
    """The folder of all layers: $BACKSTORY_BULK, or `bulk` in the user's data directory."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("backstory")) / "bulk"


def folder(name: str) -> Path:
    """The folder of a layer; InputError for a name that is no plain word, or a folder that is a link."""
    if slug(name) != name:
        raise InputError(f"not a name for a layer: {name!r}", expected="lower-case letters, digits and hyphens")
    found = root() / name
    for path in (found.parent, found, found / "editions"):
        if path.is_symlink():
            raise InputError("is a symbolic link", where=str(path), expected="the folder it leads to")
    return found


def names() -> tuple[str, ...]:
    """The layers there are, sorted."""
    return tuple(sorted(p.parent.name for p in root().glob(f"*/{MANIFEST}")))


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone in a layer's folder; StoreError when another process writes to it."""
    with refused(path):
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / "lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError("in use by another process", where=str(path), expected="wait for it to end") from error
        yield


@contextlib.contextmanager
def refused(path: Path) -> Iterator[None]:
    """What the disk refuses, as DiskError."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or path)
        raise DiskError(f"cannot write: {error.strerror or error}", where=where) from error


def write(path: Path, data: bytes | memoryview) -> None:
    """A file, there whole or not at all, and on the disk when this returns."""
    with refused(path):
        with whole.replaced(path, mode=0o644) as out:
            out.write(data)
        sync(path.parent)


def append(path: Path, text: str) -> None:
    """A line more in a file, on the disk when this returns."""
    with refused(path), path.open("a", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def sync(path: Path) -> None:
    """Put a folder's list of names on the disk, without which a new file may be lost with the power."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def made(path: Path) -> None:
    """A folder, with its name on the disk."""
    with refused(path):
        path.mkdir(parents=True, exist_ok=True)
        sync(path.parent)


def hashed(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
