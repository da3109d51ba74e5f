"""kill -9 at any moment of an import: no half of it is seen, nothing before it is lost, the next try ends the same."""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from graph.bulk import manifest
from graph.bulk.layer import Layer
from tests.faults.command import ENTRY, ROUNDS, Place, place
from tests.faults.forked import Forked

pytestmark = pytest.mark.slow

KILLS: Final = max(25, ROUNDS)
"""Of each of the two imports into a bulk layer; fifty together in every run."""
KILLS_OF_A_FILE: Final = max(10, ROUNDS)
RECORDS: Final = 1_000
PART: Final = 300
"""Four parts a layer, so that kills fall between parts too."""
ACTORS: Final = ("Barack_Obama", "China", "Iran", "Police_(Russia)", "Citizen_(Azerbaijan)", "Saudi_Arabia", "Cuba")
RELATIONS: Final = ("Make_a_visit", "Mediate", "Sign_formal_agreement", "Make_statement", "Consult")
SAID: Final = ("--publisher", "Example", "--url", "https://example.org/a", "--published", "2024", "--on", "2026-11-24")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place whose bulk layers this process sees too."""
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "layers"))
    found = place(tmp_path)
    found.run("show", "nato")  # the cache of names is built once, not within the time measured
    return found


def command(there: Place, *words: str, below: Path) -> Forked:
    return Forked(words, there.environment, below, PART)


def facts(path: Path, seed: int) -> Path:
    """A file of dated relations: who did what to whom, made up of few names, the same for a seed."""
    rng = random.Random(seed)
    lines = (
        f"{rng.choice(ACTORS)}\t{rng.choice(RELATIONS)}\t{rng.choice(ACTORS)}"
        f"\t{rng.randint(2005, 2015)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}\n"
        for _ in range(RECORDS)
    )
    path.write_text("".join(lines), encoding="utf-8")
    return path


def layer(folder: Path) -> dict[str, str]:
    """The hash of each file of the layer as readers see it, by what its manifest names; empty before there is one."""
    if not (folder / "icews" / "layer.json").exists():
        return {}
    found = Layer.open("icews").manifest
    manifest.check(found, whole=True)
    told = {name: file.sha256 for table in manifest.TABLES for name, file in found.files(table)}
    return told | {"layer.json": hashlib.sha256((folder / "icews" / "layer.json").read_bytes()).hexdigest()}


def timed(what: Forked) -> tuple[int, float]:
    """The steps and the seconds of a command that nobody disturbs."""
    began = time.monotonic()
    return what.whole(), time.monotonic() - began


def of_many(rng: random.Random, what: Forked, kills: int, steps: int, seconds: float) -> Iterator[bool]:
    """Kill until it was killed so often before its end; whether each try came to its end."""
    caught = tries = 0
    while caught < kills:
        was = what.killed(rng, steps, seconds)
        caught, tries = caught + was, tries + 1
        yield not was
        assert tries < 5 * kills, "hardly ever killed in time"


def test_a_killed_import_is_whole_or_not_there(there: Place, tmp_path: Path) -> None:
    """A first import, killed, killed again on resuming, then made: always the bytes of an undisturbed one."""
    layers = tmp_path / "layers"
    again = command(there, "import", "icews", str(facts(tmp_path / "facts.tsv", seed=1)), below=layers)
    again.whole()
    shutil.rmtree(layers)
    steps, seconds = timed(again)
    expected = layer(layers)
    assert len([name for name in expected if "/claims-" in name]) == 4
    shutil.rmtree(layers)
    rng = random.Random(17)
    for ended in of_many(rng, again, KILLS, steps, seconds):
        assert layer(layers) in ({}, expected), "half a layer is seen"
        if ended or rng.random() < 0.5:
            again.whole()
            assert layer(layers) == expected
            shutil.rmtree(layers)


def test_a_killed_second_import_keeps_the_first(there: Place, tmp_path: Path) -> None:
    """Other records into a layer, killed: the layer is the old one or the new one, each whole, and nothing is lost."""
    layers, kept = tmp_path / "layers", tmp_path / "kept"
    again = command(there, "import", "icews", str(facts(tmp_path / "facts.tsv", seed=1)), below=layers)
    again.whole()
    first = layer(layers)
    shutil.copytree(layers, kept)
    facts(tmp_path / "facts.tsv", seed=2)
    steps, seconds = timed(again)
    second = layer(layers)
    assert first.items() - second.items() == {("layer.json", first["layer.json"])}
    again.whole()
    assert layer(layers) == second, "importing twice changes nothing"
    for _ in of_many(random.Random(19), again, KILLS, steps, seconds):
        now = layer(layers)
        assert now in (first, second)
        if now == second:
            shutil.rmtree(layers)
            shutil.copytree(kept, layers)
    again.whole()
    assert layer(layers) == second


@pytest.mark.parametrize("what", ["import", "add"])
def test_a_killed_import_of_a_file_writes_all_or_nothing(there: Place, tmp_path: Path, what: str) -> None:
    """A file of RDF, and a line of one's own, killed on their way into a folder of Turtle files."""
    cities = "".join(
        f'<http://e/{n}> a <https://schema.org/City> ; <https://schema.org/name> "City {n}" .\n' for n in range(50)
    )
    (tmp_path / "cities.ttl").write_text(cities, encoding="utf-8")
    target = there.data / "cities.ttl"
    words = {
        "import": ("import", str(tmp_path / "cities.ttl"), "--into", str(there.data), *SAID),
        "add": ("add", ENTRY, "--on", "2026-11-24", "--write", str(target)),
    }
    again, before = command(there, *words[what], below=there.data), there.files()
    again.whole()
    expected = there.files()
    assert target.name in expected
    target.unlink()
    steps, seconds = timed(again)
    for _ in of_many(random.Random(23), again, KILLS_OF_A_FILE, steps, seconds):
        assert there.files() in (before, expected), "half a file"
        target.unlink(missing_ok=True)
    again.whole()
    assert there.files() == expected
