"""A cache brought up to date holds what a cache made from nothing holds, whatever was changed in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from graph import loading, model, turtle
from graph.errors import InputError
from graph.store import Store
from tests.world import CLAIMS, WORLD

HEAD = "@prefix e: <https://e.example/> .\n@prefix p: <https://p.example/> .\n"
MANY = "".join(f"e:other-{n} p:says {n}, 'text {n}' .\n" for n in range(60))
# What a file held, what it holds now, and why that could go wrong.
TEXTS = {
    "one more": ("e:a p:b e:c .", "e:a p:b e:c, e:d ."),
    "one less": ("e:a p:b e:c, e:d .", "e:a p:b e:c ."),
    "all gone": ("e:a p:b e:c .", ""),
    "said twice, once still": ("e:a p:b e:c .\ne:a p:b e:c .", "e:a p:b e:c ."),
    "two spellings of one number, one still": ("e:a p:b 1.0, 1.00 .", "e:a p:b 1.0 ."),
    "another spelling of a number": ("e:a p:b 01 .", "e:a p:b 1 ."),
    "another language": ('e:a p:b "x"@en .', 'e:a p:b "x"@en-GB .'),
    "another meaning of a prefix": ("e:a p:b e:c .", "@prefix e: <https://f.example/> .\ne:a p:b e:c ."),
    "a long text with blank lines": ('e:a p:b """x\n\ny""" .', 'e:a p:b """x\n\ne:c p:d e:e .\n\ny""" .'),
    "nameless things": ("e:a p:b [ p:c e:d ] .", "e:a p:b [ p:c e:d ] , [ p:c e:e ] ."),
    "nameless things, fewer": ("_:x p:b e:c . _:y p:b e:c .", "_:x p:b e:c ."),
    "a statement about a statement": ("e:a p:b <<( e:c p:d e:f )>> .", "e:a p:b <<( e:c p:d e:g )>> ."),
}


def quads(store: Store) -> list[str]:
    """Every quad, nameless things all called the same."""
    found = pyoxigraph.Store.read_only(str(store.directory / "quads"))
    return sorted(re.sub(r"_:\w+", "_:x", str(q)) for q in found)


def folder_of(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    turtle.write(WORLD, folder / "world.ttl", model.load())
    turtle.write(WORLD, folder / "more.ttl", model.load())
    (folder / "file.ttl").write_text(HEAD + MANY + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", TEXTS)
def test_an_amended_cache_is_that_of_a_build_from_nothing(case: str, tmp_path: Path) -> None:
    old, new = TEXTS[case]
    first = quads(Store.open(folder_of(tmp_path, old), cache=tmp_path / "cache"))
    amended = quads(Store.open(folder_of(tmp_path, new), cache=tmp_path / "cache"))
    assert amended == quads(Store.open(tmp_path / "data", cache=tmp_path / "fresh"))
    Store.open(folder_of(tmp_path, MANY), cache=tmp_path / "cache")  # else the first build would be found again
    assert quads(Store.open(folder_of(tmp_path, old), cache=tmp_path / "cache")) == first


def test_claims_may_be_changed_one_after_another(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    Store.open(folder, cache=tmp_path / "cache")
    kept = list(CLAIMS)
    for at, claim in enumerate(CLAIMS[:5]):
        kept[at] = replace(claim, withdrawn="2024-05-01")
        turtle.write(replace(WORLD, claims=tuple(kept)), folder / "world.ttl", model.load())
        amended = Store.open(folder, cache=tmp_path / "cache")
    assert quads(amended) == quads(Store.open(folder, cache=tmp_path / "fresh"))
    assert sum(c.withdrawn == "2024-05-01" for c in amended.claims()) == 5


def test_an_amended_file_is_not_loaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(folder_of(tmp_path, "e:a p:b e:c ."), cache=tmp_path / "cache")
    whole: list[str] = []
    difference = loading._difference

    def watched(old: Path, new: Path, where: object) -> object:
        change = difference(old, new, where)
        whole.extend([new.name] if change is None else [])
        return change

    monkeypatch.setattr(loading, "_difference", watched)
    Store.open(folder_of(tmp_path, "e:a p:b e:d ."), cache=tmp_path / "cache")
    assert whole == []
    Store.open(folder_of(tmp_path, "e:a p:b [ p:c e:d ] ."), cache=tmp_path / "cache")
    assert whole == ["file.ttl"]


def cut(store: Store) -> None:
    text = store.directory / loading.TEXTS / "file.ttl"
    text.write_bytes(text.read_bytes()[:-20])


def swapped(store: Store) -> None:
    (store.directory / loading.TEXTS / "file.ttl").write_text(HEAD + "e:a p:b e:lie .")


def lost(store: Store) -> None:
    (store.directory / loading.TEXTS / "file.ttl").unlink()


def damaged(store: Store) -> None:
    table = max((store.directory / "quads").glob("*.sst"), key=lambda p: p.stat().st_size)
    table.write_bytes(table.read_bytes()[:-10])


def unread(store: Store) -> None:
    (store.directory / "built.json").write_text("{")


@pytest.mark.parametrize("harm", [cut, swapped, lost, damaged, unread])
def test_a_build_on_harmed_ground_is_right(harm: Callable[[Store], None], tmp_path: Path) -> None:
    first = Store.open(folder_of(tmp_path, "e:a p:b e:c ."), cache=tmp_path / "cache")
    harm(first)
    del first
    amended = Store.open(folder_of(tmp_path, "e:a p:b e:d ."), cache=tmp_path / "cache")
    assert quads(amended) == quads(Store.open(tmp_path / "data", cache=tmp_path / "fresh"))


def test_an_amendment_that_is_not_turtle_is_refused_and_the_build_stays(tmp_path: Path) -> None:
    first = Store.open(folder_of(tmp_path, "e:a p:b e:c ."), cache=tmp_path / "cache")
    held = quads(first)
    with pytest.raises(InputError, match=r"file\.ttl:63"):
        Store.open(folder_of(tmp_path, "e:a p:b ."), cache=tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("building-*"))
    assert quads(Store.open(folder_of(tmp_path, "e:a p:b e:c ."), cache=tmp_path / "cache")) == held
