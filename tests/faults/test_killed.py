"""kill -9 at any moment: what was acknowledged is there, nothing is half there, and the same command goes through."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from graph import rdf
from tests.faults.command import ADD, ROUNDS, SECONDS, Place, place

pytestmark = pytest.mark.slow


def killed_after(running: subprocess.Popen[str], seconds: float) -> bool:
    """Whether the process was still running when it was killed."""
    time.sleep(seconds)
    was = running.poll() is None
    running.kill()
    running.communicate(timeout=SECONDS)
    return was


def killed_at_work(there: Place, running: subprocess.Popen[str], seconds: float) -> bool:
    """Whether a cache was half built when the process was killed, some seconds after it had begun to build one."""
    while running.poll() is None and not any(there.cache.glob("*/building-*")):
        time.sleep(0.001)
    killed_after(running, seconds)
    return any(there.cache.glob("*/building-*"))


@pytest.fixture
def there(tmp_path: Path) -> Place:
    return place(tmp_path)


def duration(there: Place, *words: str) -> float:
    began = time.monotonic()
    code, _, err = there.run(*words)
    assert code == 0, err
    return time.monotonic() - began


def test_an_entry_is_whole_or_not_there(there: Place, tmp_path: Path) -> None:
    """Killed at random moments of `backstory add`, then made again: the bytes are those of an undisturbed entry."""
    undisturbed = place(tmp_path / "undisturbed")
    longest = duration(undisturbed, *ADD, str(undisturbed.data / "mine.ttl"))
    expected = undisturbed.files()
    rng, seen = random.Random(7), set()
    for _ in range(ROUNDS):
        target = there.data / "mine.ttl"
        target.unlink(missing_ok=True)
        killed_after(there.start(*ADD, str(target)), rng.uniform(0.2, longest))
        seen.add(target.exists())
        if target.exists():
            assert target.read_bytes() == expected["mine.ttl"], "half an entry"
        else:
            code, _, err = there.run(*ADD, str(target))
            assert code == 0, err
        assert there.files() == expected
    assert seen


def test_a_killed_build_leaves_a_store_that_opens(there: Place) -> None:
    """Killed while the cache is built from nothing: the next command builds it and no rubbish stays."""
    _, expected, _ = there.run("show", "nato", "--format", "json")
    rng, caught = random.Random(11), 0
    for turn in range(ROUNDS):
        there.run("build", "--fresh")
        for built in there.cache.glob("*/*/built.json"):
            built.unlink()
        later = rng.uniform(0, 0.1) if turn else 0
        caught += killed_at_work(there, there.start("show", "nato", "--format", "json"), later)
        code, out, err = there.run("show", "nato", "--format", "json")
        assert (code, out) == (0, expected), err
        assert list(there.cache.glob("*/building-*")) == []
    assert caught, "no process was killed while it built"


def test_a_page_is_old_or_new(there: Place, tmp_path: Path) -> None:
    """Killed while a page is written over an older one: the file is one of the two, whole."""
    page = tmp_path / "page.html"
    words = ("page", "un-vote-crimea-2014", "--as-of", "2014-12-31", "-o", str(page))
    longest = duration(there, *words)
    new, old = page.read_bytes(), b"<!doctype html><title>old</title>"
    rng = random.Random(13)
    for _ in range(ROUNDS):
        page.write_bytes(old)
        killed_after(there.start(*words), rng.uniform(0.2, longest))
        assert page.read_bytes() in (old, new)


def test_readers_see_one_state_or_the_next(there: Place) -> None:
    """While entries come and go, a reader's answer is of before or after, never a mixture."""
    target = there.data / "mine.ttl"
    answers = set()
    _, before, _ = there.run("show", "nato", "--format", "json")
    assert there.run(*ADD, str(target))[0] == 0
    _, after, _ = there.run("show", "nato", "--format", "json")
    whole = target.read_bytes()
    for _ in range(ROUNDS):
        readers = [there.start("show", "nato", "--format", "json") for _ in range(2)]
        if target.exists():
            target.unlink()
        else:
            target.write_bytes(whole)
        for reader in readers:
            out, err = reader.communicate(timeout=SECONDS)
            assert reader.returncode == 0, err
            answers.add(out)
    assert answers <= {before, after}
    assert before != after
    assert rdf.read(there.data / "world.ttl")
