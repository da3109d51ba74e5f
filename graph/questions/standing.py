"""Questions about how things stand: on a day, between two days, where nobody is known, where two are at once."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from graph.claim import Claim
from graph.questions import asof, coverage, spans
from graph.questions.behind import behind, end, iso, label, named
from graph.questions.question import From, OnDay, Opened, Thing, To
from graph.questions.relationship import events_of
from graph.questions.rows import Named, Row
from graph.questions.spans import Bare, Term
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Day, End, Held, When

if TYPE_CHECKING:
    from graph.store import Store

_ALWAYS: Final = When("", *(START_OF_TIME,) * 2, *(END_OF_TIME,) * 2, End.ONGOING)


@dataclass(frozen=True, slots=True)
class Stands(Row):
    """What held: the relation or value, the other thing, when (EDTF), how surely, and why only possibly."""

    relation: str
    other: Named
    when: str
    held: Held
    why: str


def state(
    kg: Opened,
    one: Annotated[Thing, "The thing asked about."],
    *,
    as_of: Annotated[OnDay | None, "The day asked about; without it, now."] = None,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Stands]:
    """What certainly or possibly held of a thing on a day: its relations and values, certain ones first."""
    store, clocks = kg.store, Clocks(as_of, known_at)
    found = (*asof.state(one, store, clocks, without=asof.crowd(one, store)), *asof.values(one, store, clocks))
    for s in found:
        called = label(s.claim.predicate, s.outward, store)
        yield Stands(called, end(s.claim, s.outward, store), s.claim.when, s.held, s.why, **behind((s.claim,), store))


@dataclass(frozen=True, slots=True)
class Change(Row):
    """A difference between two days: what changed, the relation, the other thing, when (EDTF), and what was before."""

    change: str
    relation: str
    other: Named
    when: str
    before: str


_CHANGES: Final = {
    (Held.NO, Held.CERTAIN): "began",
    (Held.NO, Held.POSSIBLE): "may have begun",
    (Held.POSSIBLE, Held.CERTAIN): "became certain",
    (Held.CERTAIN, Held.POSSIBLE): "may have ended",
    (Held.CERTAIN, Held.NO): "ended",
    (Held.POSSIBLE, Held.NO): "ended, if it held",
}


def changes(
    kg: Opened,
    one: Annotated[Thing, "The thing asked about."],
    *,
    first: Annotated[From, "The earlier day."],
    last: Annotated[To, "The later day."],
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Change]:
    """How the world changed for a thing between two days: relations that began or ended, values that moved.

    What began and ended in between is there as well. Ordered by when it began or ended.
    """
    store, clocks = kg.store, Clocks(known_at=known_at)
    rows = [*_moved(one, store, first, last, clocks), *_values(one, store, first, last, clocks)]
    yield from (row for _, row in sorted(rows, key=lambda r: (r[0], r[1].relation, r[1].other.name)))


def _moved(one: str, store: Store, first: Day, last: Day, clocks: Clocks) -> Iterator[tuple[Day, Change]]:
    for outward in (True, False):
        for stated in asof.relations(one, store, outward, () if outward else asof.crowd(one, store)):
            claim = store.known_claim(stated, clocks)
            if claim is None or claim.superseded_by or claim.time is None:
                continue
            time = claim.time
            change = _CHANGES.get((time.holds(first), time.holds(last)), "")
            if not change and first < time.begin_earliest and time.end_latest < last:
                change = "began and ended"
            if change:
                at = time.end_earliest if "ended" in change and change != "began and ended" else time.begin_earliest
                called, other = label(claim.predicate, outward, store), end(claim, outward, store)
                yield min(at, last), Change(change, called, other, claim.when, "", **behind((claim,), store))


def _values(one: str, store: Store, first: Day, last: Day, clocks: Clocks) -> Iterator[tuple[Day, Change]]:
    before, after = (_latest(one, store, Clocks(day, clocks.known_at)) for day in (first, last))
    for predicate, claim in after.items():
        old = before.get(predicate)
        if claim.time is not None and claim.time.begin_latest > first and (old is None or old.value != claim.value):
            told = f"{old.value} ({old.when})" if old else ""
            both = (claim, old) if old else (claim,)
            called = label(predicate, outward=True, store=store)
            change = Change(
                "changed" if old else "first stated",
                called,
                Named("", claim.value),
                claim.when,
                told,
                **behind(both, store),
            )
            yield claim.time.begin_earliest, change


def _latest(one: str, store: Store, clocks: Clocks) -> dict[str, Claim]:
    """The value of each predicate that stands on a day, when it is dated."""
    dated = (s.claim for s in asof.values(one, store, clocks) if s.claim.time is not None)
    found: dict[str, Claim] = {}
    for claim in dated:
        found.setdefault(claim.predicate, claim)
    return found


@dataclass(frozen=True, slots=True)
class Gap(Row):
    """Days (closed) on which nobody is known: the relation, the days, how surely, who before and who after."""

    relation: str
    thing: Named
    first: str
    last: str
    days: int
    held: Held
    before: Named
    after: Named


def gaps(
    kg: Opened,
    one: Annotated[Thing, "A country, an office or an organization."],
    other: Annotated[Thing | None, "With it: spans in which no event of the two is recorded."] = None,
    *,
    first: Annotated[From | None, "First day of the window."] = None,
    last: Annotated[To | None, "Last day of the window."] = None,
    least_days: Annotated[int, "Spans shorter than this are left out."] = 2,
) -> Iterator[Gap]:
    """When nobody is known to have held the headships and offices of a thing, between those who did; earliest first.

    Certain: no source allows a holder on these days. Possible: none is certain to have held it.
    A gap is one of knowledge, and a vacancy only when a source says so.
    """
    low, high = START_OF_TIME if first is None else first, END_OF_TIME if last is None else last
    store, rows = kg.store, []
    for called, thing, span in _silences(kg, one, other, first, last) if other else _vacancies(one, store):
        start, stop = max(span.first, low), min(span.last, high)
        if stop - start + 1 >= max(least_days, 1):
            ends = (named(c.subject, store) for c in (span.before, span.after))
            days = (iso(start), iso(stop), stop - start + 1)
            cited = behind((span.before, span.after), store)
            rows.append((start, Gap(called, named(thing, store), *days, span.held, *ends, **cited)))
    yield from (row for _, row in sorted(rows, key=lambda r: (r[0], r[1].relation, r[1].thing.name)))


def _vacancies(one: str, store: Store) -> Iterator[tuple[str, str, Bare]]:
    """Relation, thing and span without a holder, of what only one holds at a time: headships, offices."""
    for thing, predicate in _held_by_one(one, store):
        called = label(predicate, outward=False, store=store)
        for span in spans.bare(_terms(thing, predicate, store)):
            yield called, thing, span


def _held_by_one(one: str, store: Store) -> Iterator[tuple[str, str]]:
    """The headships of a country and the offices of a country or organization, each with its predicate."""
    yield from ((one, predicate) for predicate in spans.SINGLE)
    yield from ((c.subject, "holdsOffice") for c in store.claims(object=one, predicate="officeOf"))


def _terms(thing: str, predicate: str, store: Store) -> list[Claim]:
    return [c for c in store.claims(object=thing, predicate=predicate) if coverage.stands(c)]


def _silences(kg: Opened, one: str, other: str, first: Day | None, last: Day | None) -> Iterator[tuple[str, str, Bare]]:
    events = [kg.store.event(e) for e in events_of(one, other, kg.index, first=first, last=last)]
    for span in spans.bare(e.of("happened")[0] for e in events if e.of("happened")):
        if span.held is Held.CERTAIN:
            yield "no event recorded", one, span


@dataclass(frozen=True, slots=True)
class Overlap(Row):
    """Two relations to one thing at the same time: the relation, the thing, the two, the days they share (closed)."""

    relation: str
    thing: Named
    one: Named
    other: Named
    first: str
    last: str
    held: Held


def overlaps(
    kg: Opened,
    one: Annotated[Thing, "The thing asked about."],
    other: Annotated[Thing | None, "With it: what both were to the same thing at the same time."] = None,
    *,
    first: Annotated[From | None, "First day of the window."] = None,
    last: Annotated[To | None, "Last day of the window."] = None,
) -> Iterator[Overlap]:
    """What overlapped in time: two holders of one headship or office, or what two things were to a third at once.

    Earliest first; certain when they shared at least one day whatever the exact dates.
    """
    store, rows = kg.store, []
    for a, b in _in_common(one, other, store) if other else _doubles(one, store):
        held, (low, high) = spans.shared(a.time, b.time)
        low, high = (
            max(low, START_OF_TIME if first is None else first),
            min(high, END_OF_TIME if last is None else last),
        )
        if held is not Held.NO and low <= high:
            called = label(a.claim.predicate, outward=False, store=store)
            thing, *ends = (named(t, store) for t in (a.claim.value, a.claim.subject, b.claim.subject))
            cited = behind((a.claim, b.claim), store)
            row = Overlap(called, thing, ends[0], ends[1], iso(low), iso(high), held, **cited)
            rows.append((low, row))
    yield from (row for _, row in sorted(rows, key=lambda r: (r[0], r[1].relation, r[1].thing.name, r[1].one.name)))


def _doubles(one: str, store: Store) -> Iterator[tuple[Term, Term]]:
    for thing, predicate in _held_by_one(one, store):
        pairs = itertools.combinations(spans.terms(_terms(thing, predicate, store)), 2)
        yield from ((a, b) for a, b in pairs if a.claim.subject != b.claim.subject)


def _in_common(one: str, other: str, store: Store) -> Iterator[tuple[Term, Term]]:
    theirs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in _outward(other, store):
        theirs[claim.predicate, claim.value].append(claim)
    for claim in _outward(one, store):
        for same in theirs.get((claim.predicate, claim.value), ()):
            yield Term(claim, claim.time or _ALWAYS), Term(same, same.time or _ALWAYS)


def _outward(one: str, store: Store) -> Iterable[Claim]:
    return (c for c in asof.relations(one, store, outward=True) if coverage.stands(c))


@dataclass(frozen=True, slots=True)
class State(Row):
    """A state on a day: since when by each date that a source gives, until when, how surely, why only possibly."""

    state: Named
    since: str
    until: str
    held: Held
    why: str


def states(kg: Opened, *, as_of: Annotated[OnDay, "The day asked about."]) -> Iterator[State]:
    """Which states there were on a day, by name: states of today from their independence on, and former states."""
    store = kg.store
    rows = []
    for found in coverage.existing(store, as_of):
        until = ", ".join(c.when for c in found.claims if c.predicate == "dissolved")
        since = ", ".join(c.when for c in found.claims if c.predicate in coverage.BEGINNINGS)
        who = named(found.state, store)
        rows.append(State(who, since, until, found.held, found.why, **behind(found.claims, store)))
    yield from sorted(rows, key=lambda row: row.state.name)


@dataclass(frozen=True, slots=True)
class Leaderless(Row):
    """A state without a known head on a day: the state, which headship, the last one known before."""

    country: Named
    relation: str
    last: Named


def missing_leaders(kg: Opened, *, as_of: Annotated[OnDay, "The day asked about."]) -> Iterator[Leaderless]:
    """Which states have no known head of state or of government on a day, with the last one known before."""
    store = kg.store
    for missing in coverage.missing_leaders(store, as_of):
        terms = store.claims(subject=missing.last, predicate=missing.role) if missing.last else ()
        held = [c for c in terms if c.value == missing.country]
        last = named(missing.last, store) if missing.last else Named("", "")
        called = label(missing.role, outward=False, store=store)
        yield Leaderless(named(missing.country, store), called, last, **behind(held, store))
