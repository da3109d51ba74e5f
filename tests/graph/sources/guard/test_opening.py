"""A file that nobody has looked at is opened safely, or refused by name."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError, LimitExceeded
from graph.sources.guard import opening, output
from graph.sources.guard.limits import MIB, Limits

# What the file holds, and what the refusal says.
NOT_TEXT = (
    ("utf16", "é".encode("utf-16"), "not UTF-8 at byte 0"),
    ("latin-1", b"abc \xe9t\xe9", "not UTF-8 at byte 4"),
    ("overlong", b"ab\xc0\xaf", "not UTF-8 at byte 2"),
    ("lone-surrogate", b"a\xed\xa0\x80", "not UTF-8 at byte 1"),
    ("cut in a character", "été".encode()[:-1], "not UTF-8 at byte 3"),
    ("nul", b"abc\0", "NUL at byte 3"),
    ("html", b"\n<!DOCTYPE html><html>", "is a web page"),
    ("html with a mark", b"\xef\xbb\xbf<html>", "is a web page"),
    ("png", b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
    ("gzip", gzip.compress(b"x"), r"is gzip \(name it x.ttl.gz\)"),
    ("zip", b"PK\x03\x04", "is a zip archive"),
)


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in NOT_TEXT], ids=[case[0] for case in NOT_TEXT])
def test_not_text(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        opening.read(path)


def test_a_bad_byte_far_in_is_counted_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes("é".encode() * 300_000 + b"\xff")
    with pytest.raises(InputError, match="not UTF-8 at byte 600000"):
        opening.read(path)


def test_a_byte_order_mark_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"\xef\xbb\xbfabc")
    assert opening.read(path) == (b"abc", True)


@pytest.mark.parametrize("what", ["missing", "directory", "fifo", "device"])
def test_only_regular_files(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x.ttl"
    if what == "directory":
        path.mkdir()
    elif what == "fifo":
        os.mkfifo(path)
    elif what == "device":
        path = Path("/dev/zero")
    says = {"missing": "no such file", "directory": "a directory", "fifo": "a named pipe", "device": "a device"}
    with pytest.raises(InputError, match=says[what]):
        opening.read(path)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so it becomes the user that may not."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"")
    path.chmod(0)
    with as_nobody(), pytest.raises(InputError, match="no permission"):
        opening.read(path)


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_compressed_files_open_and_bombs_do_not(tmp_path: Path, ending: str, pack: object) -> None:
    assert callable(pack)
    good, bomb, wrong = (tmp_path / f"{name}.csv{ending}" for name in ("good", "bomb", "wrong"))
    good.write_bytes(pack(b"a,b\n1,2\n"))
    bomb.write_bytes(pack(b"0" * (40 * MIB)))
    wrong.write_bytes(b"a,b\n")
    assert opening.read(good) == (b"a,b\n1,2\n", True)
    assert opening.kind_of(good) == ".csv"
    tracemalloc.start()
    with pytest.raises(LimitExceeded, match="100 times its size"):
        opening.read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 20 * MIB
    tracemalloc.stop()
    with pytest.raises(InputError, match="inside"):
        opening.read(wrong)


def test_a_large_file_of_small_ratio_stops_at_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(os.urandom(2 * MIB).hex().encode()))
    with pytest.raises(LimitExceeded, match="unpacks to more than 3145728 bytes"):
        list(opening.pieces(path, Limits(unpacked_bytes=3 * MIB)))


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"abc" * 1000)[:-9])
    with pytest.raises(InputError, match="damaged"):
        opening.read(path)


def test_a_file_over_the_limit_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"a" * 100)
    assert opening.read(path, Limits(file_bytes=10)) == (b"a" * 10, False)


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_lines_are_those_of_the_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("lines") / "x.txt"
    path.write_bytes(f"#{text}".encode())
    found = list(opening.lines(path))
    parts = f"#{text}".split("\n")
    wanted = parts if parts[-1] else parts[:-1]
    assert [line for _, line in found] == [line.removesuffix("\r") for line in wanted]
    assert [number for number, _ in found] == list(range(1, len(found) + 1))


def test_a_long_line_is_refused_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"a\n" + b"b" * 400_000)
    with pytest.raises(LimitExceeded, match=r"x\.txt:2: line of over 1000 bytes"):
        list(opening.lines(path, Limits(line_bytes=1000)))


def test_output_is_never_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "file.ttl").symlink_to(tmp_path / "elsewhere.ttl")
    output.check(tmp_path / "real" / "new.ttl")
    for target in (tmp_path / "link" / "new.ttl", tmp_path / "real" / "file.ttl"):
        with pytest.raises(InputError, match="symbolic link"):
            output.check(target)
    with pytest.raises(InputError, match="no such folder"):
        output.check(tmp_path / "none" / "new.ttl")


def packed(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_of_one_file(tmp_path: Path) -> None:
    assert opening.read(packed(tmp_path / "a.CSV.zip", **{"../../a.CSV": b"\xef\xbb\xbfx\ty\r\n"})) == (
        b"x\ty\r\n",
        True,
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "a.CSV.zip"]
    assert opening.kind_of(Path("a.CSV.zip")) == ".csv"


def test_a_zip_of_many_files_is_not_searched(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{f"m{i}": b"" for i in range(10_000)})
    with pytest.raises(LimitExceeded, match="10000 files in one archive"):
        opening.read(path)


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = packed(tmp_path / "b.zip", b=b"x").read_bytes()
    with pytest.raises(InputError, match="is a zip archive inside"):
        opening.read(packed(tmp_path / "a.zip", b=inner))


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", b=b"\n" * 50_000_000)
    with pytest.raises(LimitExceeded, match="more than 100 times its size"):
        opening.read(path)


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", b=bytes(range(1, 120)) * 999)
    data = bytearray(path.read_bytes())
    data[60:70] = bytes(10)
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        opening.read(path)
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="damaged"):
        opening.read(path)
