"""The store: reads what the files say, follows changes, and refuses a damaged cache."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from graph import model, turtle
from graph.claim import Claim, Literal
from graph.errors import DiskError, InputError, StoreError, UnknownName
from graph.store import Store
from graph.when import Clocks, day
from tests.conftest import store_of
from tests.world import CFR, CLAIMS, WORLD, said


def test_reads_what_was_written(world: Store) -> None:
    assert world.entity("finland").name == "Finland"
    assert [e.id for e in world.entities("Country")] == ["finland", "russia", "ukraine"]
    assert {e.id for e in world.entities("Organization")} >= {"nato", "ap", "united-nations"}
    assert {a.id for a in world.articles()} == {a.id for a in WORLD.articles}
    assert set(world.claims()) == set(WORLD.claims)
    assert world.claims(subject="finland", predicate="memberOf") == (CLAIMS[0],)
    assert {c.subject for c in world.claims(object="finland")} == {
        "sauli-niinisto",
        "alexander-stubb",
        "finland-joins-nato-2023",
    }
    assert set(world.bundle().claims) == set(WORLD.claims)


def test_unknown_names(world: Store) -> None:
    for ask in (world.entity, world.article, world.claim, world.event):
        with pytest.raises(UnknownName):
            ask("atlantis")
    with pytest.raises(UnknownName, match="not an event"):
        world.event("finland")


def test_event_view(world: Store) -> None:
    event = world.event("crimea-referendum-2014")
    assert event.when is not None
    assert event.when.text == "2014-03-16", "the accepted date leads, the outlier stands behind it"
    assert [c.value for c in event.of("happened")] == ["2014-03-16", "2014-03-15"]
    treaty = world.event("crimea-treaty-2014")
    assert {(p.role, p.entity) for p in treaty.participants} == {
        ("signatory", "vladimir-putin"),
        ("about", "crimea-accession-treaty"),
    }
    assert [c.value for c in treaty.links] == ["crimea-referendum-2014"]


def test_known_at_drops_what_nobody_had_said(world: Store) -> None:
    before, after = Clocks(known_at=day("2014-03-26")), Clocks(known_at=day("2014-03-27"))
    assert not world.claims(subject="un-vote-crimea-2014", clocks=before)
    assert world.claims(subject="un-vote-crimea-2014", clocks=after)
    (held,) = [c for c in world.claims(subject="crimea-referendum-2014", clocks=before) if c.value == "2014-03-16"]
    assert len(held.citations) == 1, "the later of two citations was not known yet"


def test_a_changed_file_is_seen_and_only_it_is_read_again(tmp_path: Path) -> None:
    folder, steps = tmp_path / "data", []
    folder.mkdir()
    for name in ("a", "b", "c", "d"):
        turtle.write(WORLD, folder / f"{name}.ttl", model.load())
    first = Store.open(folder, cache=tmp_path / "cache")
    extra = Claim("finland", "description", Literal("A country.", lang="en"), said(CFR))
    changed = dataclasses.replace(WORLD, claims=(*WORLD.claims, extra))
    turtle.write(changed, folder / "b.ttl", model.load())
    second = Store.open(folder, cache=tmp_path / "cache", progress=lambda *step: steps.append(step))
    assert extra in second.claims(subject="finland")
    assert extra not in first.claims(subject="finland"), "an open store keeps what it opened"
    assert max(total for _, _, total in steps) == 1, "one of four files was read again"
    (folder / "b.ttl").unlink()
    assert extra not in Store.open(folder, cache=tmp_path / "cache").claims(subject="finland")
    assert first.fingerprint != second.fingerprint


def test_no_folder_and_bad_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no Turtle files"):
        Store.open(tmp_path / "none", cache=tmp_path)
    (tmp_path / "x.ttl").write_text("this is not Turtle")
    with pytest.raises(InputError, match=r"x\.ttl:1"):
        Store.open(tmp_path, cache=tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("building-*")), "nothing half-built is left"


def _largest(store: Store) -> Path:
    return max((store.directory / "quads").glob("*.sst"), key=lambda p: p.stat().st_size)


@pytest.mark.parametrize("damage", ["truncate", "remove", "record"])
def test_a_damaged_cache_is_reported_not_read(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    store = store_of(WORLD, folder, tmp_path)
    directory, table = store.directory, _largest(store)
    del store
    if damage == "truncate":
        table.write_bytes(table.read_bytes()[:-10])
    elif damage == "remove":
        table.unlink()
    else:
        (directory / "built.json").write_text("{")
    with pytest.raises(StoreError, match="--fresh"):
        Store.open(folder, cache=tmp_path / folder.name)


@pytest.mark.parametrize("linked", ["the cache", "a build"])
def test_40_a_cache_is_never_a_link(linked: str, tmp_path: Path) -> None:
    folder, elsewhere, cache = tmp_path / "data", tmp_path / "elsewhere", tmp_path / "cache"
    folder.mkdir()
    turtle.write(WORLD, folder / "one.ttl", model.load())
    first = Store.open(folder, cache=elsewhere)
    if linked == "the cache":
        cache.symlink_to(elsewhere)
    else:
        cache.mkdir()
        (cache / first.directory.name).symlink_to(first.directory)
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(DiskError, match="link"):
        Store.open(folder, cache=cache)
    assert sorted(elsewhere.rglob("*")) == before


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    turtle.write(WORLD, folder / "world.ttl", model.load())
    code = (
        "import sys; from pathlib import Path; from graph.store import Store\n"
        "print(len(Store.open(Path(sys.argv[1]), cache=Path(sys.argv[2])).claims()))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(tmp_path / "cache")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert {p.communicate()[0].strip() for p in running} == {str(len(WORLD.claims))}
    assert len(list((tmp_path / "cache").glob("*/built.json"))) == 1


def test_select_shortens_our_names(world: Store) -> None:
    rows = list(world.select("SELECT ?who WHERE { ?who w:memberOf e:nato }"))
    assert rows == [{"who": "finland"}]


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5, 0.65, 0.95])
def test_a_cut_list_of_tables_is_damage_and_no_smaller_graph(share: float, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    [manifest] = (store_of(WORLD, tmp_path / "data", tmp_path / "caches").directory / "quads").glob("MANIFEST-*")
    data = manifest.read_bytes()
    manifest.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path / "data", cache=tmp_path / "caches" / "data")
