"""What each Turtle file of a store says, parsed once a content and kept beside the store's cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import claim as claim_
from graph import rdf, when
from graph.cache import turtle_files
from graph.rdf import Bundle
from graph.store import Store

_MARK: Final = 64


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file: what it says, and of each claim the id and the digest of all that is said of it."""

    bundle: Bundle
    ids: list[str]
    digests: list[str]


def of(store: Store) -> list[Parsed]:
    """Every file of a store, in order of name."""
    hashes = json.loads((store.directory / "built.json").read_text(encoding="utf-8"))["files"]
    folder = store.directory.parent / "parsed"
    wanted = {file: folder / f"{hashes[file.name][:40]}-{_code()}" for file in turtle_files(store.folder)}
    found = [_kept(path) or _made(file, path) for file, path in wanted.items()]
    for stale in set(folder.iterdir()) - set(wanted.values()):
        stale.unlink(missing_ok=True)
    return found


def digest(value: object) -> str:
    """A short hash of a value by its text."""
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()


def _code() -> str:
    """A hash of the code that parses and of this module, so that another version never reads what it did not write."""
    sources = (claim_.__file__, rdf.__file__, when.__file__, __file__)
    return hashlib.sha256(b"".join(Path(s).read_bytes() for s in sources)).hexdigest()[:12]


def _kept(path: Path) -> Parsed | None:
    """What was kept under a path; None when nothing was, or it is not what was written."""
    with contextlib.suppress(OSError):
        data = path.read_bytes()
        if data[:_MARK] == _mark(data[_MARK:]):
            found: Parsed = pickle.loads(data[_MARK:])  # noqa: S301 (our own cache, readable to its owner only)
            for claim, name in zip(found.bundle.claims, found.ids, strict=True):
                object.__setattr__(claim, "_id", name)
            return found
    return None


def _made(file: Path, path: Path) -> Parsed:
    bundle = rdf.read(file)
    found = Parsed(bundle, [c.id for c in bundle.claims], [digest(c) for c in bundle.claims])
    data = pickle.dumps(found, protocol=5)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(_mark(data) + data)
    os.replace(temporary, path)
    return found


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
