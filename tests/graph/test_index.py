"""The index: posting lists against brute force, order of input, files."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError, StoreError, UnknownName
from graph.index import columns as columns_
from graph.index import file, lists
from graph.index.build import build, hash_of, hash_of_one, order_day
from graph.index.columns import Columns, KindRow
from graph.index.index import Index, path_of
from graph.index.words import words_of
from graph.knowledge import KnowledgeGraph
from graph.store import Store
from graph.when import END_OF_TIME, START_OF_TIME
from tests.graph.index_cases import columns, ints, shuffled


def participants(index: Index, event: int) -> dict[str, int]:
    """Entity ids of an event with the percent each reaches."""
    a = index.arrays
    rows = range(a.p_off[event], a.p_off[event + 1])
    return {index.entity_id(int(a.p_entity[r])): int(a.p_percent[r]) for r in rows}


@given(columns())
@settings(max_examples=60, deadline=None)
def test_lists_hold_what_brute_force_finds(made: Columns) -> None:
    index = Index.of(made, compiled=False)
    a = index.arrays
    everyone = [participants(index, e) for e in range(len(index))]
    assert list(a.day) == sorted(a.day)
    for entity in range(len(a.e_off) - 1):
        name = index.entity_id(entity)
        wanted = [e for e, who in enumerate(everyone) if name in who]
        assert list(a.e_event[a.e_off[entity] : a.e_off[entity + 1]]) == wanted
        known = a.e_known[a.e_off[entity] : a.e_off[entity + 1]]
        assert list(known) == sorted(known)
    strong = [{n for n, p in who.items() if p >= lists.LEAST_PAIR_PERCENT} for who in everyone]
    count = len(a.e_off) - 1
    for at, key in enumerate(a.d_key):
        both = {index.entity_id(int(key) // count), index.entity_id(int(key) % count)}
        assert len(both) == 2
        wanted = [e for e, who in enumerate(strong) if both <= who]
        assert list(a.d_event[a.d_off[at] : a.d_off[at + 1]]) == wanted


@given(columns(), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_order_of_input_does_not_matter(made: Columns, seed: int) -> None:
    one, other = build(made), build(shuffled(made, seed))
    for name, first, second in zip(one._fields, one, other, strict=True):
        assert first.dtype == second.dtype, name
        assert first.tobytes() == second.tobytes(), name


def test_a_file_gives_back_its_arrays_read_only(tmp_path: Path) -> None:
    made = _world()
    index = Index.of(made, fingerprint="abc", compiled=False)
    index.write(tmp_path / "events.index")
    back = Index.read(tmp_path / "events.index")
    assert back.kinds == index.kinds
    assert back.fingerprint == "abc"
    for first, second in zip(index.arrays, back.arrays, strict=True):
        assert first.tobytes() == second.tobytes()
        assert not second.flags.writeable
    written = (tmp_path / "events.index").read_bytes()
    Index.of(shuffled(made, 5), fingerprint="abc", compiled=False).write(tmp_path / "again.index")
    assert (tmp_path / "again.index").read_bytes() == written


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda raw: raw[:-70], "cut short"),
        (lambda raw: b"something else\n" + raw, "not an index"),
        (lambda raw: raw.replace(b"abcstate", b"abcstaet"), "damaged: column y_text"),
        (lambda raw: raw.replace(b'"count"', b'"cuont"', 1), "damaged: header"),
        (lambda raw: b"", "cannot open"),
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, spoil: object, message: str) -> None:
    path = tmp_path / "events.index"
    Index.of(_world(), compiled=False).write(path)
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(StoreError, match=message):
        file.read(path)


def test_ids_are_found_and_unknown_ones_refused() -> None:
    index = Index.of(_world(), compiled=False)
    assert [index.event_id(index.event(f"event-{i}")) for i in range(3)] == ["event-0", "event-1", "event-2"]
    assert index.entity_id(index.entity("b")) == "b"
    assert index.entity("nobody") == -1
    for wrong in ("event-9", "", "event-0x"):
        with pytest.raises(UnknownName):
            index.event(wrong)


def test_participation_is_carried_to_wholes_on_the_day() -> None:
    index = Index.of(_world(), compiled=False)
    assert participants(index, index.event("event-0")) == {"a": 100, "b": 100, "state": 60}
    assert participants(index, index.event("event-2")) == {"a": 100, "c": 100}, "after the closure ended"


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="different lengths"):
        dataclasses.replace(_world(), first=ints([1]))


def test_joined_columns_are_matched_by_name() -> None:
    one = _world()
    other = Columns(
        ids=("other-0",),
        entities=("c", "a"),
        kinds=(KindRow("Visit", 3.0, 45.0), KindRow("Meeting", 4.0, 90.0)),
        first=ints([5]),
        last=ints([5]),
        known=ints([5]),
        deaths=ints([5]),
        kind=ints([1]),
        p_event=ints([0, 0]),
        p_entity=ints([0, 1]),
        p_role=ints([0, 1]),
        p_known=ints([5, 5]),
    )
    index = Index.of(columns_.join((one, other)), compiled=False)
    event = index.event("other-0")
    assert participants(index, event).keys() == {"a", "c", "state"}, "closure holds across sources"
    assert index.kinds[index.arrays.kind[event]] == "Meeting"
    assert len(index) == 4


@pytest.mark.parametrize(
    ("first", "last", "stands_at", "why"),
    [
        (10, 10, 10, "an exact day"),
        (1, 31, 16, "the middle of a month"),
        (START_OF_TIME, 31, 31, "an open begin stands at its known side"),
        (10, END_OF_TIME, 10, "and an open end at its other"),
    ],
)
def test_order_day(first: int, last: int, stands_at: int, why: str) -> None:
    assert order_day(np.array([first]), np.array([last]))[0] == stands_at, why


def test_hashes_do_not_depend_on_the_width_of_the_array() -> None:
    assert hash_of(np.array([b"ab"], "S2"))[0] == hash_of(np.array([b"ab"], "S9"))[0]
    for text in (b"ab", b"azal-crash-2024", "über-м".encode()):
        assert hash_of_one(text) == hash_of(np.array([text]))[0]


def test_telling_words() -> None:
    assert words_of(["Azerbaijan's police search the Sputnik offices in Baku"]) == (
        "~azerbaijan",
        "~search",
        "~sputnik",
        "~baku",
    )


def test_the_store_gives_the_same_index_every_time(world: Store) -> None:
    first, second = Index.open(world), Index.open(world)
    assert first.arrays.day.tobytes() == second.arrays.day.tobytes()
    assert {first.event_id(e) for e in range(len(first))} == {e.id for e in world.entities("Event")}


def test_deaths_and_dates_follow_what_was_known(world: Store) -> None:
    index = Index.open(world)
    event = index.event("crimea-referendum-2014")
    assert index.arrays.vague[event] == 0, "the outlier of 15 March is contested from the first day on"


@pytest.mark.slow
def test_a_built_index_opens_in_milliseconds(kg: KnowledgeGraph) -> None:
    index = kg.index
    path = path_of(kg.store)
    begin = time.perf_counter()
    assert len(Index.read(path)) == len(index)
    assert time.perf_counter() - begin < 0.05


def _world() -> Columns:
    """Three events of a, b, c and their state."""
    return Columns(
        ids=("event-0", "event-1", "event-2"),
        entities=("c", "a", "b", "state"),
        kinds=(KindRow("Meeting", 4.0, 90.0), KindRow("Attack", -9.0, 240.0)),
        first=ints([100, 200, 900]),
        last=ints([100, 200, 900]),
        kind=ints([0, 1, 1]),
        known=ints([100, 201, 900]),
        deaths=ints([-1, 5, 0]),
        p_event=ints([0, 0, 1, 1, 2, 2]),
        p_entity=ints([1, 2, 1, 0, 1, 0]),
        p_role=ints([0, 1, 0, 1, 0, 1]),
        p_known=ints([100, 100, 201, 201, 900, 900]),
        c_part=ints([1]),
        c_whole=ints([3]),
        c_percent=ints([60]),
        c_first=ints([0]),
        c_last=ints([500]),
        c_known=ints([0]),
        v_event=ints([0, 1, 1, 2]),
        v_voice=ints([0, 0, 1, 0]),
        v_known=ints([100, 201, 202, 900]),
    )
