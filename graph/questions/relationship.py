"""How a relationship went over time: its course, its turning points, its friends and foes, its extremes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph import when as when_
from graph.errors import Insufficient
from graph.index import compiled, relations, signals
from graph.index.index import Index
from graph.when import Day

Ints = NDArray[Any]
LEAST_EVENTS: Final = 3
ALL_TIME: Final = (-(10**6), 10**7)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a relationship: its events, and how friendly or hostile they were (-10..10)."""

    month: str
    events: int
    mean: float
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class Turn:
    """An event around which the tone changed: the means before and after, and how clear the change is (0..1)."""

    event: str
    day: Day
    before: float
    after: float
    clearness: float


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The course of a relationship: months with events, in order, and its clearest turns."""

    entities: tuple[str, str]
    months: tuple[Month, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody an entity had to do with in a window: how often, and how friendly or hostile (-10..10)."""

    entity: str
    events: int
    mean: float


@dataclass(frozen=True, slots=True)
class Extremes:
    """The first, the last, the gravest hostile and the weightiest friendly event of a pair; "" for none."""

    first: str
    last: str
    most_hostile: str
    most_friendly: str


def events_of(
    one: str,
    other: str,
    index: Index,
    *,
    first: Day | None = None,
    last: Day | None = None,
    known_at: Day | None = None,
) -> tuple[str, ...]:
    """The events in which both took part, in time order, between two days (closed)."""
    return tuple(index.event_id(int(e)) for e in _pair(one, other, index, (first, last), known_at))


def shared(
    one: str, other: str, index: Index, *, last: Day | None = None, known_at: Day | None = None
) -> tuple[tuple[str, Day, float, float], ...]:
    """The events in which both took part, in time order: id, day, tone (-10 to 10), gravity (0 or more)."""
    a, events = index.arrays, _pair(one, other, index, (None, last), known_at)
    ids = (index.event_id(e) for e in events.tolist())
    gravity = (a.impact[events] / 1000).tolist()
    return tuple(zip(ids, a.day[events].tolist(), a.intensity[a.kind[events]].tolist(), gravity, strict=True))


def events_with(
    entity: str, index: Index, *, first: Day | None = None, last: Day | None = None, known_at: Day | None = None
) -> tuple[str, ...]:
    """The events in which an entity took part, in time order, between two days (closed)."""
    a, at = index.arrays, index.entity(entity)
    if at < 0:
        return ()
    low, high = np.searchsorted(a.day, (_span(first, last)[0], _span(first, last)[1] + 1))
    found = a.e_event[a.e_off[at] : a.e_off[at + 1]]
    found = found[(found >= low) & (found < high)]
    if known_at is not None:
        found = found[a.known[found] <= known_at]
    return tuple(index.event_id(int(e)) for e in found)


def trajectory(
    one: str,
    other: str,
    index: Index,
    *,
    first: Day | None = None,
    last: Day | None = None,
    known_at: Day | None = None,
    most_turns: int = 5,
) -> Trajectory:
    """How the tone between two entities went, month by month, and where it turned.

    The tone of an event is the intensity of its kind. Raises Insufficient when they share no event.
    """
    events = _pair(one, other, index, (first, last), known_at)
    if not len(events):
        raise Insufficient("they share no event", where=f"{one} and {other}")
    days, tone = index.arrays.day[events], index.arrays.intensity[index.arrays.kind[events]]
    return Trajectory((one, other), tuple(_months(days, tone)), tuple(_turns(index, events, days, tone)[:most_turns]))


def extremes(
    one: str,
    other: str,
    index: Index,
    *,
    first: Day | None = None,
    last: Day | None = None,
    known_at: Day | None = None,
) -> Extremes:
    """The first, last and gravest events of a pair; Insufficient when they share none."""
    events = _pair(one, other, index, (first, last), known_at)
    if not len(events):
        raise Insufficient("they share no event", where=f"{one} and {other}")
    a = index.arrays
    tone = a.intensity[a.kind[events]]
    gravity = np.sign(tone) * a.impact[events].astype(np.int32)
    low, high = int(gravity.argmin()), int(gravity.argmax())
    return Extremes(
        index.event_id(int(events[0])),
        index.event_id(int(events[-1])),
        index.event_id(int(events[low])) if tone[low] < 0 else "",
        index.event_id(int(events[high])) if tone[high] > 0 else "",
    )


def partners(
    entity: str, index: Index, *, first: Day | None = None, last: Day | None = None, most: int = 20
) -> tuple[Partner, ...]:
    """With whom an entity took part in most events of a window, most first."""
    at = index.entity(entity)
    if at < 0:
        return ()
    a = index.arrays
    _ready(index)
    low, high = _span(first, last)
    start = relations.first_at(a.day, 0, len(a.day), low)
    limits = (start, relations.first_at(a.day, start, len(a.day), high + 1))
    found, counts = relations.partners(a.n_off, a.n_entity, a.n_pair, a.n_first, a.d_off, a.d_event, limits, at, most)
    return tuple(
        Partner(name, int(count), _tone(index, _pair(entity, name, index, (first, last), None)))
        for name, count in zip((index.entity_id(int(e)) for e in found), counts, strict=True)
    )


def allies_and_rivals(
    entity: str,
    index: Index,
    *,
    first: Day | None = None,
    last: Day | None = None,
    most: int = 5,
    countries_only: bool = True,
) -> tuple[tuple[Partner, ...], tuple[Partner, ...]]:
    """The friendliest and the most hostile of those an entity often had to do with in a window.

    Only partners of at least `LEAST_EVENTS` events count, and by default only states.
    """
    known = partners(entity, index, first=first, last=last, most=200)
    kept = [
        p
        for p in known
        if p.events >= LEAST_EVENTS and (not countries_only or index.arrays.e_country[index.entity(p.entity)])
    ]
    friends = sorted((p for p in kept if p.mean > 0), key=lambda p: (-p.mean, -p.events, p.entity))
    rivals = sorted((p for p in kept if p.mean < 0), key=lambda p: (p.mean, -p.events, p.entity))
    return tuple(friends[:most]), tuple(rivals[:most])


def reached(entity: str, index: Index, *, first: Day, last: Day, hops: int = 3) -> tuple[tuple[str, Day, int], ...]:
    """Whom an entity reaches through events that follow each other in time: entity, first day, hops.

    The entity itself is not among them.
    """
    at = index.entity(entity)
    if at < 0:
        return ()
    a = index.arrays
    _ready(index)
    start = relations.first_at(a.day, 0, len(a.day), first)
    limits = (start, relations.first_at(a.day, start, len(a.day), last + 1))
    found, days, least = relations.reach(a.day, a.p_off, a.p_entity, a.e_off, a.e_event, at, limits, hops)
    rows = ((index.entity_id(int(e)), int(d), int(h)) for e, d, h in zip(found, days, least, strict=True) if e != at)
    return tuple(sorted(rows, key=lambda row: (row[2], row[1], row[0])))


def _pair(one: str, other: str, index: Index, window: tuple[Day | None, Day | None], known_at: Day | None) -> Ints:
    """The positions of the events of a pair."""
    a, ends = index.arrays, (index.entity(one), index.entity(other))
    if min(ends) < 0 or ends[0] == ends[1]:
        return a.d_event[:0]
    _ready(index)
    key = min(ends) * (len(a.e_off) - 1) + max(ends)
    found: Ints = relations.pair_events(a.day, a.d_key, a.d_off, a.d_event, key, *_span(*window))
    return found if known_at is None else found[a.known[found] <= known_at]


def _ready(index: Index) -> None:
    if index.compiled:
        compiled.compile_all((relations,))


def _span(first: Day | None, last: Day | None) -> tuple[Day, Day]:
    return ALL_TIME[0] if first is None else first, ALL_TIME[1] if last is None else last


def _tone(index: Index, events: Ints) -> float:
    a = index.arrays
    return round(float(a.intensity[a.kind[events]].mean()), 3) if len(events) else 0.0


def _months(days: Ints, tone: Ints) -> Iterator[Month]:
    names = [when_.iso(int(day))[:-3] for day in days]
    for name in dict.fromkeys(names):
        inside = tone[[i for i, n in enumerate(names) if n == name]]
        yield Month(name, len(inside), round(float(inside.mean()), 3), float(inside.min()), float(inside.max()))


def _turns(index: Index, events: Ints, days: Ints, tone: Ints) -> list[Turn]:
    """Turns, clearest first; within `TURN_BEFORE_DAYS` of a clearer one none is repeated."""
    found = []
    for at, day in enumerate(days):
        before = tone[(days >= day - signals.TURN_BEFORE_DAYS) & (days < day)]
        after = tone[(days >= day) & (days <= day + signals.TURN_AFTER_DAYS)]
        year = tone[(days >= day - signals.SPREAD_DAYS) & (days <= day + signals.TURN_AFTER_DAYS)]
        if min(len(before), len(after)) >= signals.TURN_LEAST_EVENTS:
            clear = signals.turn(float(before.mean()), float(after.mean()), float(year.std()))
            name = index.event_id(int(events[at]))
            found.append(Turn(name, int(day), round(float(before.mean()), 3), round(float(after.mean()), 3), clear))
    found.sort(key=lambda t: (-round(t.clearness, 9), t.day, t.event))
    kept: list[Turn] = []
    for turn in found:
        if turn.clearness > 0 and all(abs(turn.day - k.day) > signals.TURN_BEFORE_DAYS for k in kept):
            kept.append(turn)
    return kept
