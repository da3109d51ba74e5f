"""The cache of a folder of Turtle files: immutable builds keyed by their hash, of which the store opens one.

Each file is one named graph, so a changed file is replaced alone.
A build happens in a new directory that is renamed into place, so readers never see half of one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from graph import damage, loading, whole
from graph.errors import DiskError, InputError, StoreError

LAYOUT: Final = 1
KEPT_BUILDS: Final = 2
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress report nobody reads."""


def built(folder: Path, root: Path, progress: Progress = silent) -> tuple[Path, str]:
    """The build of a folder's files below `root`, made first when the files changed, and their fingerprint.

    Raises StoreError when the folder holds no Turtle, InputError when a file is not Turtle, DiskError when
    the cache cannot be written or a link stands in its place.
    """
    files = turtle_files(folder)
    _no_link(root)
    hashes = _hashes(files, root)
    fingerprint = fingerprint_of(hashes)
    directory = root / fingerprint[:24]
    _no_link(directory)
    if not (directory / "built.json").exists():
        with _locked(root):
            if not (directory / "built.json").exists():
                _build(files, hashes, root, directory, progress)
    return directory, fingerprint


def _no_link(path: Path) -> None:
    if path.is_symlink():
        raise DiskError("refused: a link to elsewhere", where=str(path), expected="a folder of its own, or none")


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle files of a folder, by name; StoreError when there is none."""
    files = tuple(sorted(folder.glob("*.ttl"))) if folder.is_dir() else ()
    lost = next((f for f in files if f.is_symlink() and not f.exists()), None)
    if lost is not None:
        raise InputError("is a symbolic link to nothing", where=str(lost), expected="remove it")
    if not files:
        raise StoreError("no Turtle files", where=str(folder), expected="a folder like data/triples, or --data FOLDER")
    return files


def default_cache(folder: Path | str) -> Path:
    """Where the caches of a data folder, or of a store's URL, live: $BACKSTORY_CACHE, or the user's cache directory."""
    root = os.environ.get("BACKSTORY_CACHE")
    if not root:
        import platformdirs

        root = platformdirs.user_cache_dir("backstory")
    full = str(folder.resolve()) if isinstance(folder, Path) else folder
    name = hashlib.sha256(full.encode()).hexdigest()[:12]
    return Path(root) / name


def forget(folder: Path) -> None:
    """Remove the cache of a folder of Turtle files; the next open builds it again."""
    root = default_cache(folder)
    _no_link(root)
    with _locked(root):
        for directory in (p for p in root.iterdir() if p.is_dir()):
            shutil.rmtree(directory)
        (root / "hashes.json").unlink(missing_ok=True)


def fingerprint_of(hashes: Mapping[str, str]) -> str:
    """One SHA-256 over the names and hashes of all files and the cache layout."""
    return hashlib.sha256(json.dumps([LAYOUT, sorted(hashes.items())]).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hashes(files: Iterable[Path], root: Path) -> dict[str, str]:
    """Hash per file name, remembered by size and modification time as git's index does."""
    memory = root / "hashes.json"
    try:
        seen = json.loads(memory.read_text())
    except (OSError, ValueError):
        seen = {}
    found, fresh = {}, {}
    for file in files:
        stat = file.stat()
        mark = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        old = seen.get(file.name)
        found[file.name] = old[1] if old and old[0] == mark else file_hash(file)
        fresh[file.name] = [mark, found[file.name]]
    if fresh != seen:
        _write(memory, json.dumps(fresh))
    return found


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole.replaced(path) as out:
            out.write(text.encode())
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(files: tuple[Path, ...], hashes: dict[str, str], root: Path, directory: Path, progress: Progress) -> None:
    import pyoxigraph

    previous = _newest(root)
    temporary = Path(tempfile.mkdtemp(dir=root, prefix="building-"))
    try:
        before = _built_from(previous) if previous else {}
        changed = {n for n, h in hashes.items() if before.get(n) != h}
        stale, texts = changed | before.keys() - hashes.keys(), {}
        if previous and before and len(stale) <= len(files) // 2:
            pyoxigraph.Store.read_only(str(previous / "quads")).backup(str(temporary / "quads"))
            texts = _texts(previous, before, changed)
        else:
            stale = set(hashes)
        former = {n: t for n in hashes.keys() - stale if previous and (t := previous / loading.TEXTS / n).is_file()}
        loading.keep(files, temporary / loading.TEXTS, former)
        fresh = {n: temporary / loading.TEXTS / n for n in stale & hashes.keys()}
        for name, text in fresh.items():
            if file_hash(text) != hashes[name]:
                raise InputError("changed while it was read", where=name, expected="run the command again")
        amended = loading.load(temporary / "quads", fresh, stale, texts, progress)
        record = {
            "files": hashes,
            "sizes": damage.sizes(temporary / "quads"),
            "amended": {n: {"from": before[n], "subjects": subjects} for n, subjects in amended.items()},
        }
        _write(temporary / "built.json", json.dumps(record, sort_keys=True))
        if directory.exists():
            shutil.rmtree(directory)
        os.replace(temporary, directory)
    except OSError as error:
        raise DiskError(f"cannot build the cache: {error}", where=str(root)) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _forget_old(root)


def _built_from(directory: Path) -> dict[str, str]:
    """The files a build was made of, with their hashes; none when it is damaged."""
    try:
        damage.check(directory)
        return dict(damage.record(directory)["files"])
    except StoreError:
        return {}


def _texts(previous: Path, before: Mapping[str, str], names: Iterable[str]) -> dict[str, Path]:
    """Of these files the texts that a build kept and that still are what it was built from."""
    kept = {n: previous / loading.TEXTS / n for n in names if n in before}
    return {n: t for n, t in kept.items() if t.is_file() and file_hash(t) == before[n]}


def _newest(root: Path) -> Path | None:
    built = [p.parent for p in root.glob("*/built.json")]
    return max(built, key=lambda p: (p / "built.json").stat().st_mtime_ns, default=None)


def _forget_old(root: Path) -> None:
    built = sorted((p.parent for p in root.glob("*/built.json")), key=lambda p: -(p / "built.json").stat().st_mtime_ns)
    for directory in [*built[KEPT_BUILDS:], *root.glob("building-*")]:
        shutil.rmtree(directory, ignore_errors=True)
