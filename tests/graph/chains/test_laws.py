"""The laws of chains: what must not change an answer, and what may only move it one way."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.chains import search, weights
from graph.chains.chain import Chain, Focus
from graph.errors import Insufficient
from graph.index import compiled, signals
from graph.index.columns import Columns
from graph.index.index import Index
from tests.graph.index_cases import KINDS, SPAN_DAYS, START, columns, ints, moved, shuffled, truncated

AS_OF = START + SPAN_DAYS


def answer(made: Columns, focus: Focus, as_of: int = AS_OF, known_at: int | None = None) -> Chain | None:
    """The chain, or None when too little is known."""
    index = Index.of(made, compiled=False)
    if focus.event and focus.event not in made.ids:
        return None
    try:
        return search.best(focus, index, as_of=as_of, known_at=known_at, events=6)
    except Insufficient:
        return None


def focuses(made: Columns) -> tuple[Focus, ...]:
    """A pair, an entity and an event."""
    return (
        Focus("pair", ("entity-0", f"entity-{len(made.entities) - 1}")),
        Focus("entity", ("entity-0",)),
        Focus("event", (), event=str(made.ids[0])),
    )


def told(chain: Chain | None) -> object:
    """What a chain says, without the question's clocks."""
    return chain and (chain.steps, chain.links, chain.side, chain.gaps, chain.near_misses)


@given(columns(), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_the_same_input_in_any_order_gives_the_same_chain(made: Columns, which: int) -> None:
    focus = focuses(made)[which]
    assert answer(made, focus) == answer(shuffled(made, which), focus)


@given(columns(), st.integers(0, 2), st.integers(-3000, 3000))
@settings(max_examples=60, deadline=None)
def test_moving_all_dates_moves_the_chain_and_nothing_else(made: Columns, which: int, days: int) -> None:
    focus = focuses(made)[which]
    here, there = answer(made, focus), answer(moved(made, days), focus, AS_OF + days)
    assert (here is None) == (there is None)
    if here and there:
        assert here.events == there.events
        assert [s.score for s in here.steps] == [s.score for s in there.steps]
        assert [s.day + days for s in here.steps] == [s.day for s in there.steps]
        assert [(k.label, k.strength) for k in here.links] == [(k.label, k.strength) for k in there.links]


@given(columns(), st.integers(0, 2), st.integers(0, SPAN_DAYS + 200))
@settings(max_examples=150, deadline=None)
def test_known_at_is_the_graph_cut_at_that_day(made: Columns, which: int, day: int) -> None:
    focus = focuses(made)[which]
    cut = truncated(made, START + day)
    assume(not focus.event or focus.event in cut.ids)
    assert told(answer(made, focus, known_at=START + day)) == told(answer(cut, focus))


@given(columns(), st.integers(0, 2), st.integers(0, SPAN_DAYS))
@settings(max_examples=80, deadline=None)
def test_nothing_after_as_of_or_published_after_known_at_is_told(made: Columns, which: int, day: int) -> None:
    focus, index = focuses(made)[which], Index.of(made, compiled=False)
    for as_of, known_at in ((START + day, None), (AS_OF, START + day)):
        try:
            chain = search.best(focus, index, as_of=as_of, known_at=known_at)
        except Insufficient:
            continue
        for event in map(index.event, chain.events):
            assert index.arrays.last[event] <= as_of
            assert known_at is None or index.arrays.known[event] <= known_at


@given(columns(), st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_saying_something_twice_changes_nothing(made: Columns, which: int) -> None:
    names = [f.name for f in dataclasses.fields(made)]
    twice: dict[str, Any] = {
        n: np.concatenate((getattr(made, n), getattr(made, n)))
        for n in names
        if n[:2] in ("p_", "c_", "v_", "l_") and n != "l_claims"
    }
    doubled = dataclasses.replace(made, **twice, l_claims=(*made.l_claims, *made.l_claims))
    focus = focuses(made)[which]
    assert answer(made, focus) == answer(doubled, focus)


@given(columns(), st.integers(0, 23))
@settings(max_examples=60, deadline=None)
def test_more_voices_and_more_deaths_never_lower_a_score(made: Columns, which: int) -> None:
    event = which % len(made.first)
    focus = Focus("entity", (f"entity-{made.p_entity[made.p_event == event][0]}",))
    louder = dataclasses.replace(
        made,
        v_event=ints([*made.v_event, event]),
        v_voice=ints([*made.v_voice, 99]),
        v_known=ints([*made.v_known, START]),
    )
    graver = dataclasses.replace(made, deaths=ints([*made.deaths[:event], 900, *made.deaths[event + 1 :]]))
    plain = score_of(made, focus, f"event-{event}")
    assert score_of(louder, focus, f"event-{event}") >= plain
    assert score_of(graver, focus, f"event-{event}") >= plain


@given(st.integers(0, 11), st.lists(st.integers(0, 60), min_size=5, max_size=9), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_what_is_still_told_weeks_later_scores_no_less(event: int, after: list[int], known_after: int) -> None:
    """The same outlets speaking later weigh at least as much, and only as far as they had spoken."""
    focus, plain = Focus("pair", ("entity-0", "entity-1")), _plain()
    day = int(plain.last[event])

    def spoken(days: list[int]) -> Columns:
        return dataclasses.replace(
            plain,
            v_event=ints([*plain.v_event, *[event] * len(days)]),
            v_voice=ints([*plain.v_voice, *range(100, 100 + len(days))]),
            v_known=ints([*plain.v_known, *(day + d for d in days)]),
        )

    name = f"event-{event}"
    at_once, later = spoken([0] * len(after)), spoken(after)
    assert score_of(later, focus, name) >= score_of(at_once, focus, name)
    echoed = spoken([signals.ECHO_DAYS + 1] * len(after))
    assert score_of(echoed, focus, name) > score_of(at_once, focus, name)
    until = day + known_after
    heard = spoken([d for d in after if d <= known_after])
    assert score_of(later, focus, name, until) == score_of(heard, focus, name, until)


def score_of(made: Columns, focus: Focus, event: str, known_at: int | None = None) -> float:
    """The score of one event as a candidate, -1 when it is none."""
    index, using = Index.of(made, compiled=False), weights.load()
    asked = search.ask(focus, index, using.numbers, as_of=AS_OF, known_at=known_at)
    found, terms = search.candidates(asked, index, using)
    at = np.flatnonzero(found == index.event(event))
    return float(terms[at[0], -1]) if len(at) else -1.0


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 10_000))
def test_rarer_is_rarer(one: int, other: int, more: int) -> None:
    low, high = sorted((one, other))
    assert signals.rarity(low, 600 + more) >= signals.rarity(high, 600 + more)


@given(st.floats(-10, 10), st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 5000))
def test_every_term_lies_between_nought_and_one(intensity: float, deaths: int, voices: int, days: int) -> None:
    terms = (
        signals.severity(intensity, deaths),
        signals.coverage(voices),
        signals.recency(days, 30.0),
        signals.turn(intensity, -intensity, 2.0),
        signals.joined(0.9, signals.unstated(1.0, 1.0, 1.0)),
    )
    assert all(0.0 <= term <= 1.0 for term in terms)


def test_a_pin_is_in_and_a_drop_is_out() -> None:
    world = _plain()
    index = Index.of(world, compiled=False)
    focus = Focus("pair", ("entity-0", "entity-1"))
    free = search.best(focus, index, as_of=AS_OF, events=3)
    left_out = next(f"event-{i}" for i in range(12) if f"event-{i}" not in free.events)
    pinned = search.best(focus, index, as_of=AS_OF, events=3, pins=[left_out])
    assert left_out in pinned.events
    assert pinned.step(left_out).pinned
    dropped = search.best(focus, index, as_of=AS_OF, events=3, drops=[free.events[0]])
    assert free.events[0] not in dropped.events


def test_a_part_never_stands_with_its_whole() -> None:
    made = dataclasses.replace(
        _plain(),
        l_later=ints([5]),
        l_earlier=ints([4]),
        l_kind=ints([2]),
        l_percent=ints([100]),
        l_known=ints([START]),
        l_claims=("0" * 16,),
    )
    chain = search.best(Focus("pair", ("entity-0", "entity-1")), Index.of(made, compiled=False), as_of=AS_OF, events=12)
    assert len({"event-4", "event-5"} & set(chain.events)) == 1
    assert len(chain.events) == 11


def test_compiled_and_interpreted_kernels_agree(pytestconfig: pytest.Config) -> None:
    # Compiling takes a minute: the code made of these very sources is kept for the next run, as it is for a user.
    assert pytestconfig.cache is not None
    kept = str(pytestconfig.cache.mkdir("compiled"))
    # It replaces functions for the whole of its process, which is therefore not the one of the other tests.
    before = [compiled.is_compiled(kernel) for kernel in search.KERNELS]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as own:
        plain, fast = own.submit(_interpreted_and_compiled, kept).result()
    assert [compiled.is_compiled(kernel) for kernel in search.KERNELS] == before, "nothing was replaced here"
    assert plain == fast
    assert len(set(plain)) == len(plain) == 3, "the days give different chains"


def _interpreted_and_compiled(cache: str) -> tuple[list[str], list[str]]:
    """What chains of one pair on three days hold, found by interpreted and by compiled kernels."""
    os.environ["BACKSTORY_CACHE"] = cache
    made, focus = _plain(), Focus("pair", ("entity-0", "entity-1"))

    def found(*, fast: bool) -> list[str]:
        index = Index.of(made, compiled=fast)
        return [repr(search.best(focus, index, as_of=AS_OF - days, events=6)) for days in (0, 50, 400)]

    assert not compiled.is_compiled(search.KERNELS[0])
    plain = found(fast=False)
    assert compiled.compile_all(search.KERNELS)
    return plain, found(fast=True)


def test_nothing_known_is_said_plainly() -> None:
    with pytest.raises(Insufficient, match="no event is known"):
        search.best(Focus("entity", ("nobody",)), Index.of(_plain(), compiled=False), as_of=AS_OF)


def _plain() -> Columns:
    """Twelve events between two states, a quarter apart."""
    count = 12
    day = START + 70 * np.arange(count)
    event = np.repeat(np.arange(count), 2)
    return Columns(
        ids=tuple(f"event-{i}" for i in range(count)),
        entities=("entity-0", "entity-1"),
        kinds=KINDS,
        first=ints(day),
        last=ints(day),
        kind=ints(np.arange(count) % len(KINDS)),
        known=ints(day),
        deaths=ints(np.arange(count) * 3 - 1),
        p_event=ints(event),
        p_entity=ints(np.tile([0, 1], count)),
        p_role=ints(np.tile([0, 1], count)),
        p_known=ints(day[event]),
        v_event=ints(np.arange(count)),
        v_voice=ints(np.zeros(count)),
        v_known=ints(day),
        countries=ints([0, 1]),
    )
