"""A full disk, too few file descriptors, damaged caches: a sentence and an exit code, never a traceback or a guess."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.command import ADD, Place, place

pytestmark = pytest.mark.slow
SHOW = ("show", "nato", "--format", "json")


@pytest.fixture
def there(tmp_path: Path) -> Place:
    return place(tmp_path)


def refused(answer: tuple[int, str, str], *codes: int) -> None:
    """The command ended with one of these codes and one sentence."""
    code, _, err = answer
    assert code in codes, err
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("backstory: ")


@pytest.mark.parametrize("command", ["turtle", "csv", "parquet"])
def test_an_export_to_a_full_disk_is_refused(command: str, there: Place) -> None:
    refused(there.run("export", command, "nato", "-o", "/dev/full"), 6)
    assert Path("/dev/full").is_char_device(), "a device is written, never replaced"


def test_output_to_a_full_disk_is_refused(there: Place) -> None:
    refused(there.run(*SHOW, before=("sh", "-c", 'exec "$@" > /dev/full', "sh")), 6)


def test_a_link_is_not_written_through(there: Place, tmp_path: Path) -> None:
    (tmp_path / "link.ttl").symlink_to(tmp_path / "elsewhere.ttl")
    refused(there.run("export", "turtle", "nato", "-o", str(tmp_path / "link.ttl")), 3)
    assert not (tmp_path / "elsewhere.ttl").exists()


def full(folder: Path, size: str) -> tuple[str, ...]:
    """A wrapper that mounts a small disk on a folder, in a namespace of its own."""
    script = f'mount -t tmpfs -o size={size} tmpfs "{folder}" && exec "$@"'
    return ("unshare", "--mount", "sh", "-c", script, "sh")


def can_mount(folder: Path) -> bool:
    import subprocess

    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*full(folder, "64k"), "true"], capture_output=True, timeout=20).returncode == 0


def test_a_cache_on_a_full_disk_is_refused_and_the_data_stay(there: Place) -> None:
    there.cache.mkdir()
    if not can_mount(there.cache):
        pytest.skip("a small disk cannot be mounted here")
    before = there.files()
    refused(there.run(*SHOW, before=full(there.cache, "64k")), 6)
    assert there.files() == before
    assert there.run(*SHOW)[0] == 0, "a process with room goes through"


def test_an_entry_on_a_full_disk_leaves_the_old_files(there: Place, tmp_path: Path) -> None:
    """The Turtle files stand on a small disk that a filler has taken up: exit 6, and every file is as it was."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not can_mount(disk):
        pytest.skip("a small disk cannot be mounted here")
    script = tmp_path / "full.sh"
    script.write_text(
        f"""
        mount -t tmpfs -o size=512k tmpfs "{disk}"
        cp "{there.data}"/*.ttl "{disk}"
        head -c 9000000 /dev/zero > "{disk}/filler" 2>/dev/null
        export BACKSTORY_DATA="{disk}"
        "$@"
        code=$?
        for file in "{there.data}"/*.ttl; do cmp -s "$file" "{disk}/${{file##*/}}" || echo "changed: $file" >&2; done
        [ -e "{disk}/mine.ttl" ] && echo "half an entry was left" >&2
        exit $code
        """,
        encoding="utf-8",
    )
    code, _, err = there.run(*ADD, str(disk / "mine.ttl"), before=("unshare", "--mount", "sh", str(script)))
    assert code == 6, err
    assert not any(wrong in err for wrong in ("Traceback", "changed:", "half an entry")), err


@pytest.mark.parametrize("files", [16, 24, 32, 48])
def test_too_few_file_descriptors(files: int, there: Place) -> None:
    """With too few, a sentence; with enough, the answer; and the data are as they were."""
    before = there.files()
    answer = there.run(*SHOW, before=("prlimit", f"--nofile={files}:{files}"))
    if answer[0] != 0:
        refused(answer, 4, 6)
    assert there.files() == before
    assert there.run(*SHOW)[0] == 0


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), max(1, len(data) // 64)):
        data[at] ^= 0x20
    path.write_bytes(bytes(data))


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut, flip, remove])
def test_a_damaged_cache_is_reported_or_answers_right(damage: Callable[[Path], None], there: Place) -> None:
    """Every file of the cache in turn: the answer is right or the command says that the cache is damaged."""
    code, expected, _ = there.run(*SHOW)
    assert code == 0
    [directory] = [p.parent for p in there.cache.glob("*/*/built.json")]
    whole = there.cache.parent / "whole"
    shutil.copytree(directory, whole)
    reported = 0
    for path in sorted(p for p in whole.rglob("*") if p.is_file() and p.stat().st_size > 0):
        if path.name in ("LOCK", "LOG"):
            continue
        shutil.rmtree(directory)
        shutil.copytree(whole, directory)
        damage(directory / path.relative_to(whole))
        code, out, err = there.run(*SHOW)
        assert "Traceback" not in err, f"{path.name}: {err}"
        if code:
            refused((code, out, err), 4)
            assert there.run("build", "--fresh")[0] == 0
            assert there.run(*SHOW)[:2] == (0, expected)
            directory.parent.mkdir(exist_ok=True)
            reported += 1
        else:
            assert out == expected, path.name
    assert reported
