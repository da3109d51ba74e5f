"""Rows 30, 31, 39 and 40 of the threat model: tables, archives and things that are not the file they claim to be."""

from __future__ import annotations

import gzip
import os
import tempfile
import zipfile
from pathlib import Path

import pytest

from graph.sources.guard.limits import MIB
from tests.graph.sources.guard.test_opening import as_nobody
from tests.graph.sources.hostile import SAID, alone, contents, new_folder, run

MAPPING = """
source: {publisher: Example, url: "https://example.org/a", published: 2024}
claims:
  - {subject: {column: name, kind: Place, new: true}, predicate: description, object: {column: text}}
"""
GOOD = b'<http://e/s> a <https://schema.org/City> ; <https://schema.org/name> "Baku" .'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING)
    return path


TABLES = (
    ("wrong count", b"name,text\nBaku\n", 3, "t.csv:2: 1 records rejected"),
    ("a newline that is not quoted", b"name,text\nBa\nku,x\n", 3, "t.csv:2"),
    ("unclosed quote", b'name,text\nBaku,"x\n', 3, "t.csv:2: not CSV"),
    ("cell of 10 MB", b"name,text\nBaku," + b"x" * 10_000_000, 3, "t.csv:2: not CSV: field larger"),
    ("NUL", b"name,text\nBa\0ku,x\n", 3, "NUL at byte 12"),
    ("no header", b"Baku,x\n", 3, "t.csv:1: no column name, text"),
    ("duplicate header", b"name,name\nBaku,x\n", 3, "t.csv:1: columns twice: name"),
    ("another dialect", b"name;text\nBaku;x\n", 3, "separated by ';'"),
)


@pytest.mark.parametrize(("data", "code", "says"), [r[1:] for r in TABLES], ids=[r[0] for r in TABLES])
def test_30_csv_ragged(folder: Path, mapping: Path, data: bytes, code: int, says: str) -> None:
    path, before = folder.parent / "t.csv", contents(folder)
    path.write_bytes(data)
    done = run("import", path, "--into", folder, "--mapping", mapping)
    assert (done.code, says in done.said) == (code, True), done.said
    assert contents(folder) == before


def test_30_a_quoted_newline_is_part_of_a_cell(folder: Path, mapping: Path) -> None:
    path = folder.parent / "t.csv"
    path.write_bytes(b'name,text\r\nBaku,"x\ny"\r\nLima,z\r\n')
    assert run("import", path, "--into", folder, "--mapping", mapping).code == 0


def test_31_csv_bomb(folder: Path, mapping: Path) -> None:
    path, before = folder.parent / "t.csv.gz", contents(folder)
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"name,text\n")
        for _ in range(300):
            file.write(b"Baku,x\n" * 150_000)
    assert path.stat().st_size < 5 * MIB
    done = alone("import", path, "--into", folder, "--mapping", mapping)
    assert done.code == 5, done.said
    assert "unpacks to more than 100 times its size" in done.said
    assert done.mib < 1024
    assert contents(folder) == before


def test_31_archives_are_never_unpacked(folder: Path, mapping: Path) -> None:
    path = folder.parent / "t.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../x", "name,text\n")
    done = run("import", path, "--into", folder, "--mapping", mapping)
    assert (done.code, "is a zip archive" in done.said) == (3, True)
    assert not (folder.parent.parent / "x").exists()


def test_31_a_good_packed_file(folder: Path, mapping: Path) -> None:
    path = folder.parent / "t.csv.gz"
    path.write_bytes(gzip.compress(b"name,text\nBaku,x\n"))
    assert run("import", path, "--into", folder, "--mapping", mapping).code == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "is a web page (HTML)"),
        (gzip.compress(GOOD, mtime=0), "is gzip (name it a.ttl.gz)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG picture"),
    ],
)
def test_39_wrong_type(folder: Path, data: bytes, says: str) -> None:
    path = folder.parent / "a.ttl"
    path.write_bytes(data)
    done = run("import", path, "--into", folder, *SAID)
    assert (done.code, says in done.said) == (3, True), done.said


@pytest.mark.parametrize("name", ["a.ttl", "a.trig", "a.nt", "a.nq", "a.jsonld", "a.rdf", "a.csv", "a.json"])
def test_39_an_empty_file_is_no_error(folder: Path, mapping: Path, name: str) -> None:
    path, before = folder.parent / name, contents(folder)
    path.write_bytes(b"")
    done = run("import", path, "--into", folder, "--mapping", mapping)
    assert (done.code, "the file is empty" in done.said) == (0, True), done.said
    assert contents(folder) == before


@pytest.mark.parametrize("what", ["a directory", "a named pipe", "a device", "no such file"])
def test_39_not_a_file(folder: Path, what: str) -> None:
    path = folder.parent / "a.ttl"
    if what == "a directory":
        path.mkdir()
    elif what == "a named pipe":
        os.mkfifo(path)
    elif what == "a device":
        path = Path("/dev/zero")
    done = run("import", path, "--source", "turtle", "--into", folder, *SAID)
    assert (done.code, what in done.said) == (3, True), done.said
    assert done.seconds < 2


def test_39_no_permission() -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = new_folder(Path(open_to_all))
        path = folder.parent / "a.ttl"
        path.write_bytes(GOOD)
        assert run("import", path, "--into", folder, *SAID).code == 0  # every module is loaded now
        path.chmod(0)
        with as_nobody():
            done = run("import", path, "--into", folder, *SAID)
    assert (done.code, "no permission" in done.said) == (3, True), done.said


def test_40_symlink_out(folder: Path, tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "a.ttl", tmp_path / "elsewhere"
    path.write_bytes(GOOD)
    elsewhere.mkdir()
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    done = run("import", path, "--into", link, *SAID)
    assert (done.code, "is a symbolic link" in done.said) == (3, True), done.said
    (folder / "a.ttl").symlink_to(elsewhere / "a.ttl")
    done = run("import", path, "--into", folder, *SAID)
    assert (done.code, "is a symbolic link" in done.said) == (3, True)
    rejects = tmp_path / "rejects.csv"
    rejects.symlink_to(elsewhere / "rejects.csv")
    path.write_bytes(GOOD.replace(b" .", b' ; <https://schema.org/foundingDate> "x" .'))
    done = run("import", path, "--into", folder, "--name", "b", "--rejects", rejects, *SAID)
    assert done.code == 3
    assert list(elsewhere.iterdir()) == []


def test_a_full_disk_is_exit_6(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    path, before = tmp_path / "a.ttl", contents(folder)
    path.write_bytes(GOOD)
    monkeypatch.setattr(os, "fsync", full)
    done = run("import", path, "--into", folder, *SAID)
    assert (done.code, "No space left" in done.said) == (6, True), done.said
    assert contents(folder) == before
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []
