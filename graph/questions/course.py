"""Questions about the course of things: tone by month and its turns, partners, extremes, what happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from graph.errors import InputError
from graph.questions import meanwhile as meanwhile_
from graph.questions import relationship
from graph.questions.behind import iso, named, of_events
from graph.questions.question import From, OnDay, Opened, Thing, To
from graph.questions.rows import Named, Row
from graph.when import Clocks

One = Annotated[Thing, "One of the two."]
Other = Annotated[Thing, "The other."]
First = Annotated[From | None, "First day of the window."]
Last = Annotated[To | None, "Last day of the window."]
KnownAt = Annotated[OnDay | None, "Only what had been published by this day."]


@dataclass(frozen=True, slots=True)
class Month(Row):
    """A month of a relationship: its events, and their tone (-10..10): mean, most hostile, most friendly."""

    month: str
    events: int
    mean: float
    worst: float
    best: float


def trajectory(
    kg: Opened, one: One, other: Other, *, first: First = None, last: Last = None, known_at: KnownAt = None
) -> Iterator[Month]:
    """How the tone between two things went, month by month, as far as events are recorded.

    Raises Insufficient when they share no event.
    """
    course = relationship.trajectory(one, other, kg.index, first=first, last=last, known_at=known_at)
    events = relationship.events_of(one, other, kg.index, first=first, last=last, known_at=known_at)
    days = kg.index.arrays.day
    by_month: dict[str, list[str]] = {}
    for event in events:
        by_month.setdefault(iso(int(days[kg.index.event(event)]))[:-3], []).append(event)
    for m in course.months:
        cited = of_events(by_month[m.month], kg.store, Clocks(known_at=known_at))
        yield Month(m.month, m.events, m.mean, m.worst, m.best, **cited)


@dataclass(frozen=True, slots=True)
class Turn(Row):
    """An event around which the tone changed: when, mean tone before and after (-10..10), how clear (0..1)."""

    event: Named
    when: str
    before: float
    after: float
    clearness: float


def turns(
    kg: Opened, one: One, other: Other, *, first: First = None, last: Last = None, known_at: KnownAt = None
) -> Iterator[Turn]:
    """Around which events the tone between two things changed most clearly, in time order.

    Raises Insufficient when they share no event.
    """
    course = relationship.trajectory(one, other, kg.index, first=first, last=last, known_at=known_at)
    for t in sorted(course.turns, key=lambda t: t.day):
        cited = of_events((t.event,), kg.store, Clocks(known_at=known_at))
        yield Turn(named(t.event, kg.store), iso(t.day), t.before, t.after, round(t.clearness, 3), **cited)


@dataclass(frozen=True, slots=True)
class Partner(Row):
    """Somebody with whom a thing took part in events: who, how many, and their mean tone (-10..10)."""

    entity: Named
    events: int
    mean: float


def partners(
    kg: Opened,
    one: Annotated[Thing, "Whose partners."],
    *,
    first: First = None,
    last: Last = None,
    most: Annotated[int, "How many at most."] = 20,
) -> Iterator[Partner]:
    """With whom a thing took part in most events of a window, most events first."""
    found = relationship.partners(one, kg.index, first=first, last=last, most=most + len(kg.index.kinds))
    entities = [p for p in found if not _is_event(kg, p.entity)]
    yield from (_partner(kg, one, p, first, last) for p in entities[:most])


def friends(
    kg: Opened,
    one: Annotated[Thing, "Whose friends."],
    *,
    first: First = None,
    last: Last = None,
    most: Annotated[int, "How many at most."] = 5,
) -> Iterator[Partner]:
    """With which states a thing's events were friendliest in a window; only those of at least three events."""
    found, _ = relationship.allies_and_rivals(one, kg.index, first=first, last=last, most=most)
    yield from (_partner(kg, one, p, first, last) for p in found)


def rivals(
    kg: Opened,
    one: Annotated[Thing, "Whose rivals."],
    *,
    first: First = None,
    last: Last = None,
    most: Annotated[int, "How many at most."] = 5,
) -> Iterator[Partner]:
    """With which states a thing's events were most hostile in a window; only those of at least three events."""
    _, found = relationship.allies_and_rivals(one, kg.index, first=first, last=last, most=most)
    yield from (_partner(kg, one, p, first, last) for p in found)


def _partner(kg: Opened, one: str, partner: relationship.Partner, first: From | None, last: To | None) -> Partner:
    events = relationship.events_of(one, partner.entity, kg.index, first=first, last=last)
    cited = of_events(events, kg.store, Clocks())
    return Partner(named(partner.entity, kg.store), partner.events, partner.mean, **cited)


def _is_event(kg: Opened, thing: str) -> bool:
    return kg.store.has(thing) and kg.store.model.is_event(kg.store.entity(thing).kind)


@dataclass(frozen=True, slots=True)
class Extreme(Row):
    """An event that stands out: first, last, most hostile or most friendly; when, and its tone (-10..10)."""

    which: str
    event: Named
    when: str
    tone: float


def extremes(
    kg: Opened, one: One, other: Other, *, first: First = None, last: Last = None, known_at: KnownAt = None
) -> Iterator[Extreme]:
    """The first, the last, the gravest hostile and the weightiest friendly event of two things in a window.

    Raises Insufficient when they share no event.
    """
    found = relationship.extremes(one, other, kg.index, first=first, last=last, known_at=known_at)
    a = kg.index.arrays
    kept = (
        ("first", found.first),
        ("last", found.last),
        ("most hostile", found.most_hostile),
        ("most friendly", found.most_friendly),
    )
    for which, event in kept:
        if event:
            at = kg.index.event(event)
            cited = of_events((event,), kg.store, Clocks(known_at=known_at))
            yield Extreme(which, named(event, kg.store), iso(int(a.day[at])), float(a.intensity[a.kind[at]]), **cited)


@dataclass(frozen=True, slots=True)
class Elsewhere(Row):
    """An event elsewhere: what, when, its kind, and how grave it was (0..1)."""

    event: Named
    when: str
    kind: str
    gravity: float


def meanwhile(
    kg: Opened,
    one: Annotated[Thing | None, "A thing whose own events are left out."] = None,
    other: Annotated[Thing | None, "Another one."] = None,
    *,
    first: Annotated[From, "First day of the window."],
    last: Annotated[To, "Last day of the window."],
    known_at: KnownAt = None,
    most: Annotated[int, "How many at most."] = 10,
) -> Iterator[Elsewhere]:
    """What else happened in a window: the gravest events in which none of the named things took part."""
    if first > last:
        raise InputError("the window ends before it begins", expected="--from before --to")
    apart = [t for t in (one, other) if t]
    found = meanwhile_.meanwhile(kg.index, first=first, last=last, apart_from=apart, known_at=known_at, most=most)
    for e in found:
        kind = kg.index.kinds[int(kg.index.arrays.kind[kg.index.event(e.event)])]
        cited = of_events((e.event,), kg.store, Clocks(known_at=known_at))
        yield Elsewhere(named(e.event, kg.store), iso(e.day), kind, e.gravity, **cited)
