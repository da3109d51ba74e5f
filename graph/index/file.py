"""An index on disk: one file of aligned columns behind a header, opened by memory map.

Layout: a magic line, the SHA-256 of the header in hex, the header's length, the header as JSON
(layout, columns with type, count, place and SHA-256, and what else is known), then the columns.
A file is written under a temporary name and renamed, so readers never see half of one.
A check of all bytes is remembered beside the file by size, time and inode, as git's index does, so
a file that nobody touched opens in milliseconds and one that somebody did is read in full first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from graph import whole
from graph.errors import DiskError, StoreError
from graph.index.arrays import Arrays

LAYOUT: Final = 1
_MAGIC: Final = b"backstory index\n"
_ALIGN: Final = 64
_REMEDY: Final = "backstory build --fresh rebuilds it"


def write(arrays: Arrays, about: Mapping[str, Any], path: Path) -> None:
    """Write arrays and what is known about them; DiskError when the disk refuses."""
    columns: list[dict[str, Any]] = []
    at = 0
    for name, column in arrays._asdict().items():
        data = np.ascontiguousarray(column)
        hashed = hashlib.sha256(data.view(np.uint8).data if data.size else b"").hexdigest()
        columns.append({"name": name, "type": data.dtype.str, "count": data.size, "at": at, "sha256": hashed})
        at += -(-data.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"layout": LAYOUT, "columns": columns, "size": at, "about": dict(about)}, sort_keys=True)
    lead = _lead(header.encode())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole.replaced(path) as out:
            out.write(lead)
            for spec, column in zip(columns, arrays, strict=True):
                out.seek(len(lead) + spec["at"])
                out.write(np.ascontiguousarray(column).tobytes())
            out.truncate(len(lead) + at)
        _remember(path)
    except OSError as error:
        raise DiskError(f"cannot write the index: {error.strerror}", where=str(path)) from error


def read(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """The arrays of a file, mapped into memory and read-only, and what is known about them.

    Raises StoreError when the file is missing, of another layout, cut short or changed.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot open the index: {error}", where=str(path), expected=_REMEDY) from error
    header, start = _header(mapped, path)
    if len(mapped) != start + header["size"]:
        raise StoreError("index is cut short", where=str(path), expected=_REMEDY)
    found = {
        spec["name"]: np.frombuffer(mapped, np.dtype(spec["type"]), spec["count"], start + spec["at"])
        for spec in header["columns"]
    }
    if tuple(found) != Arrays._fields:
        raise StoreError("index of other columns", where=str(path), expected=_REMEDY)
    if not _remembered(path):
        for spec in header["columns"]:
            if hashlib.sha256(found[spec["name"]].view(np.uint8).data).hexdigest() != spec["sha256"]:
                raise StoreError(f"index is damaged: column {spec['name']}", where=str(path), expected=_REMEDY)
        _remember(path)
    return Arrays(**found), header["about"]


def _lead(header: bytes) -> bytes:
    """Everything before the first column, padded to a whole number of alignments."""
    plain = _MAGIC + hashlib.sha256(header).hexdigest().encode() + f"{len(header):12d}\n".encode() + header
    return plain + b" " * (-len(plain) % _ALIGN)


def _header(mapped: mmap.mmap, path: Path) -> tuple[dict[str, Any], int]:
    begin = len(_MAGIC) + 64 + 13
    lead = mapped[:begin]
    if not lead.startswith(_MAGIC) or len(lead) < begin:
        raise StoreError("not an index", where=str(path), expected=_REMEDY)
    size = int(lead[-13:])
    text = mapped[begin : begin + size]
    if hashlib.sha256(text).hexdigest().encode() != lead[len(_MAGIC) : len(_MAGIC) + 64]:
        raise StoreError("index is damaged: header", where=str(path), expected=_REMEDY)
    header: dict[str, Any] = json.loads(text)
    if header["layout"] != LAYOUT:
        raise StoreError(f"index of layout {header['layout']}", where=str(path), expected=f"layout {LAYOUT}")
    return header, len(_lead(text))


def _mark(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _remember(path: Path) -> None:
    """Note that this file was checked in full; a folder that cannot be written is checked each time."""
    with contextlib.suppress(OSError), whole.replaced(path.with_suffix(".checked"), lasting=False) as out:
        out.write(_mark(path).encode())


def _remembered(path: Path) -> bool:
    try:
        return path.with_suffix(".checked").read_text() == _mark(path)
    except OSError:
        return False
