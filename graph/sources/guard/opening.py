"""Opening a file that nobody has looked at: its kind, its compression, its encoding, its size.

Everything here works on bytes as they come, so a bomb is stopped while it unpacks.
A refusal names the file, what is wrong and what to do; no file is ever extracted to a path.
"""

from __future__ import annotations

import bz2
import codecs
import contextlib
import gzip
import hashlib
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final

from graph.errors import DiskError, InputError, LimitExceeded
from graph.sources.guard.limits import LIMITS, MIB, Limits

BOM: Final = codecs.BOM_UTF8
_PIECE: Final = 256 * 1024
# What a file is that begins so; compressed ones are opened when the file's name says so.
_DISGUISES: Final = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"PAR1", "Parquet"),
)


def _only_member(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """The one file in a zip archive, to be read; its name there is never used."""
    where = path.name
    try:
        archive = zipfile.ZipFile(raw)
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) != 1:
            raise LimitExceeded(f"{len(members)} files in one archive", where=where, expected="unpack it, import each")
        if members[0].flag_bits & 1:
            raise InputError("is locked with a password", where=where)
        return archive.open(members[0])
    except (zipfile.BadZipFile, NotImplementedError) as error:  # the latter: packed in a way zipfile cannot read
        raise InputError(f"damaged: {error}", where=where, expected="fetch it again") from error


_OPENERS: Final[dict[str, tuple[bytes, Callable[[Path, IO[bytes]], Any]]]] = {
    ".gz": (b"\x1f\x8b", lambda _, raw: gzip.GzipFile(fileobj=raw)),
    ".bz2": (b"BZh", lambda _, raw: bz2.BZ2File(raw)),
    ".xz": (b"\xfd7zXZ", lambda _, raw: lzma.LZMAFile(raw)),  # noqa: SIM115 (closed by who asked for it)
    ".zip": (b"PK", _only_member),
}


def kind_of(path: Path) -> str:
    """The ending of a file's name in small letters, without that of its compression: `.ttl` of `a.TTL.gz`."""
    return (Path(path.stem) if path.suffix.lower() in _OPENERS else path).suffix.lower()


def file_hash(path: Path) -> str:
    """Sixteen hex digits of the SHA-256 of a file's bytes: part of the name of each blank node in it."""
    with _plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def fingerprint(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file's bytes and the number of its lines; 0 lines when it is packed."""
    found, lines = hashlib.sha256(), 0
    with _plain(path) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
            lines += piece.count(b"\n")
    return found.hexdigest(), 0 if path.suffix.lower() in _OPENERS else lines


def pieces(path: Path, limits: Limits = LIMITS) -> Iterator[bytes]:
    """The bytes of a text file, unpacked, without a byte order mark, in pieces of at most 256 KiB.

    Raises InputError for anything but a regular readable file of UTF-8 text without NUL, naming the
    byte; LimitExceeded when it unpacks to more than the limits allow.
    """
    with _plain(path) as raw:
        head = raw.read(512)
        raw.seek(0)
        with _unpacked(path, raw, head) as file:
            yield from _decoded(path, _undisguised(path, _bounded(path, raw, file, limits), packed=file is not raw))


def read(path: Path, limits: Limits = LIMITS) -> tuple[bytes, bool]:
    """The bytes of a text file up to `limits.file_bytes`, and whether that is all of it."""
    kept = bytearray()
    for piece in pieces(path, limits):
        kept += piece
        if len(kept) > limits.file_bytes:
            return bytes(kept[: limits.file_bytes]), False
    return bytes(kept), True


def lines(path: Path, limits: Limits = LIMITS) -> Iterator[tuple[int, str]]:
    r"""Each line of a text file with its number, from 1, without its end (`\n` or `\r\n`).

    Raises LimitExceeded for a line over `limits.line_bytes`.
    """
    rest, number = b"", 0
    for piece in pieces(path, limits):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.removesuffix(b"\r").decode()
        if len(rest) > limits.line_bytes:
            raise too_large(f"line of over {limits.line_bytes} bytes", path, number + 1, limits.line_bytes)
    if rest:
        yield number + 1, rest.removesuffix(b"\r").decode()


def too_large(what: str, path: Path, line: int, most: int) -> LimitExceeded:
    """The refusal of something over a limit at a line."""
    return LimitExceeded(what, where=f"{path.name}:{line}", expected=f"at most {most}")


def too_long(path: Path, line: int, limits: Limits) -> LimitExceeded:
    """The refusal of a literal over the limit."""
    most = limits.literal_bytes
    size = f"{most // MIB} MiB" if most >= MIB else f"{most} bytes"
    return LimitExceeded(f"literal > {size} at line {line}", where=f"{path.name}:{line}", expected="shorten it")


@contextlib.contextmanager
def _plain(path: Path) -> Iterator[BufferedReader]:
    """A regular file, opened without ever waiting for a writer; nothing else is opened."""
    where = str(path)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise InputError("no such file", where=where) from error
    except PermissionError as error:
        raise InputError("no permission to read it", where=where) from error
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", where=where) from error
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise InputError(f"is {_what(mode)}", where=where, expected="a regular file")
    with open(handle, "rb") as file:  # noqa: PTH123 (a file descriptor)
        try:
            yield file
        except OSError as error:
            raise DiskError(f"cannot be read: {error.strerror or error}", where=where) from error


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a directory"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "not a file"


@contextlib.contextmanager
def _unpacked(path: Path, raw: IO[bytes], head: bytes) -> Iterator[IO[bytes]]:
    opener = _OPENERS.get(path.suffix.lower())
    if opener and not head.startswith(opener[0]):
        raise InputError(f"not {path.suffix} inside", where=path.name, expected="rename it, or fetch it again")
    if opener is None:
        yield raw
        return
    with opener[1](path, raw) as file:
        yield file


def _undisguised(path: Path, found: Iterator[bytes], *, packed: bool) -> Iterator[bytes]:
    """The same bytes once it is known that they do not begin as a picture, an archive or a web page."""
    for first in found:
        head = first[:512]
        what = next((name for magic, name in _DISGUISES if head.startswith(magic)), "")
        if what or head.removeprefix(BOM).lstrip().lower().startswith((b"<!doctype html", b"<html")):
            what = f"{what or 'a web page (HTML)'}{' inside' if packed else ''}"
            raise InputError(f"is {what}", where=path.name, expected=_way_out(path, what))
        yield first
        break
    yield from found


def _way_out(path: Path, found: str) -> str:
    ending = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "a zip archive": ".zip"}.get(found)
    return f"name it {path.name}{ending}" if ending else "the data itself"


def _bounded(path: Path, raw: IO[bytes], file: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The bytes of a file while their sum stays in proportion to what was read from disk."""
    total = 0
    while piece := _next(path, file):
        total += len(piece)
        if file is not raw:
            # A megabyte free of charge: a short file of one repeated line is no bomb.
            if total > MIB and total > limits.ratio * raw.tell():
                raise _bomb(path, f"unpacks to more than {limits.ratio} times its size")
            if total > limits.unpacked_bytes:
                raise _bomb(path, f"unpacks to more than {limits.unpacked_bytes} bytes")
        yield piece


def _bomb(path: Path, what: str) -> LimitExceeded:
    return LimitExceeded(what, where=path.name, expected="unpack it yourself if you trust it")


def _next(path: Path, file: IO[bytes]) -> bytes:
    try:
        return file.read(_PIECE)
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise InputError(f"damaged: {error}", where=path.name, expected="fetch it again") from error


def _decoded(path: Path, found: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, without a byte order mark, once they are known to be UTF-8 without NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    at, first, held = 0, True, 0
    for piece in found:
        held = _check(path, decoder, piece, at, held)
        yield piece.removeprefix(BOM) if first else piece
        at, first = at + len(piece), False
    _check(path, decoder, b"", at, held, final=True)


def _check(
    path: Path, decoder: codecs.IncrementalDecoder, piece: bytes, at: int, held: int, *, final: bool = False
) -> int:
    """How many bytes of an unfinished character the decoder still holds after this piece."""
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {at - held + error.start}", where=path.name, expected="save it as UTF-8"
        ) from error
    nul = piece.find(b"\0")
    if nul >= 0:
        raise InputError(f"NUL at byte {at + nul}", where=path.name, expected="text")
    return len(decoder.getstate()[0])
