"""The work every engine is given: participations as columns, and inputs drawn from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.chains import corpus
from graph.index.columns import Columns, Ints
from graph.index.index import Index

WINDOW_DAYS: Final = 365
REACH_DAYS: Final = 30
HOPS: Final = 3
ANY_HOPS: Final = 1000
"""More events in a row than any thirty days hold: the search ends earlier, when nobody new is reached."""
PARTNERS: Final = 10
LATEST: Final = 128
STEPS: Final = 7


@dataclass(frozen=True)
class Inputs:
    """One input of each question: positions of two entities that share events, and days."""

    one: int
    other: int
    first: int
    last: int


@dataclass(frozen=True)
class Work:
    """An index and the same participations as plain columns, one row an event and entity."""

    index: Index
    event: Ints
    entity: Ints
    day: Ints
    kind: Ints

    @property
    def entities(self) -> int:
        """How many entities there are."""
        return len(self.index.arrays.e_off) - 1


def load(shared: Path, times: int = 1) -> Work:
    """The ICEWS facts, repeated so many times with the years moved on; one participation an event and entity."""
    columns = repeated(corpus.icews(shared, corpus.goldstein(shared)), times)
    index = Index.of(columns)
    a = index.arrays
    event = np.repeat(np.arange(len(index), dtype=np.int32), np.diff(a.p_off))
    fresh = np.ones(len(event), bool)
    fresh[1:] = (event[1:] != event[:-1]) | (a.p_entity[1:] != a.p_entity[:-1])
    event, entity = event[fresh], np.asarray(a.p_entity)[fresh]
    return Work(index, event, entity, np.asarray(a.day)[event], np.asarray(a.kind)[event])


def repeated(columns: Columns, times: int) -> Columns:
    """The same events again and again, each copy eleven years on, under ids of their own."""
    if times == 1:
        return columns
    count, years = len(columns.first), 4018
    shift = np.repeat(np.arange(times, dtype=np.int32) * years, count)
    rows = np.repeat(np.arange(times, dtype=np.int32) * count, len(columns.p_event))
    moved = np.repeat(np.arange(times, dtype=np.int32) * years, len(columns.p_event))
    number = np.char.zfill(np.arange(times * count).astype("U8"), 8)
    return replace(
        columns,
        ids=np.char.add("icews-", number).astype(np.bytes_),
        first=np.tile(columns.first, times) + shift,
        last=np.tile(columns.last, times) + shift,
        known=np.tile(columns.known, times) + shift,
        kind=np.tile(columns.kind, times),
        deaths=np.tile(columns.deaths, times),
        p_event=np.tile(columns.p_event, times) + rows,
        p_entity=np.tile(columns.p_entity, times),
        p_role=np.tile(columns.p_role, times),
        p_known=np.tile(columns.p_known, times) + moved,
        v_event=np.arange(times * count, dtype=np.int32),
        v_voice=np.zeros(times * count, np.int32),
        v_known=np.tile(columns.v_known, times) + shift,
    )


def inputs(work: Work, count: int, seed: int = 11) -> tuple[Inputs, ...]:
    """Real inputs: a pair of a random event, and a window that ends on its day."""
    rng, a = np.random.default_rng(seed), work.index.arrays
    found: list[Inputs] = []
    while len(found) < count:
        event = int(rng.integers(0, len(work.index)))
        who = np.unique(a.p_entity[a.p_off[event] : a.p_off[event + 1]])
        if len(who) >= 2 and int(a.day[event]) - int(a.day[0]) > WINDOW_DAYS:
            one, other = rng.choice(who, 2, replace=False).tolist()
            day = int(a.day[event])
            found.append(Inputs(one, other, day - WINDOW_DAYS, day))
    return tuple(found)
