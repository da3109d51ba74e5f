"""Questions about what lies between things: their relations in a window, a route, who else stands alike."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from graph import when as when_
from graph.claim import Claim
from graph.entity import Event
from graph.errors import InputError, Insufficient
from graph.questions import asof, overview, relationship
from graph.questions.behind import behind, label, named
from graph.questions.question import From, OnDay, Opened, Thing, To
from graph.questions.rows import Named, Row
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Held, When

if TYPE_CHECKING:
    from graph.store import Store

# Relations that say where or in which file something is, and so join everything with everything.
_NOT_A_WAY: Final = ("locatedIn", "inStory", "publishedBy", "listedMemberOf", "borders")
_MOST_VISITED: Final = 20_000
_MOST_STEPS: Final = 8
_LEAST, _MOST = START_OF_TIME, END_OF_TIME


@dataclass(frozen=True, slots=True)
class Relation(Row):
    """A relation or an event: when (EDTF), the relation or the kind of event, the other end or the event.

    `who` gives an event's participants by role; `held` how surely it fell in the window.
    """

    when: str
    relation: str
    thing: Named
    who: str
    held: Held


def relations(
    kg: Opened,
    one: Annotated[Thing, "Whose relations."],
    other: Annotated[Thing | None, "With whom; without it, with everybody."] = None,
    *,
    first: Annotated[From | None, "First day of the window."] = None,
    last: Annotated[To | None, "Last day of the window."] = None,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Relation]:
    """The dated relations and events of a thing, or of two with each other, in a window; earliest first.

    What a leader, organ or citizen does counts for the state.
    Relations without a time come last; a relation that only possibly fell in the window says so.
    """
    clocks, window = Clocks(known_at=known_at), (_LEAST if first is None else first, _MOST if last is None else last)
    found = [*_stated(kg.store, one, other, window, clocks), *_shared(kg, one, other, (first, last), clocks)]
    yield from (row for _, row in sorted(found, key=lambda f: (f[0], f[1].relation, f[1].thing.name, f[1].when)))


def _stated(
    store: Store, one: str, other: str | None, window: tuple[int, int], clocks: Clocks
) -> Iterator[tuple[int, Relation]]:
    crowded = () if other else asof.crowd(one, store)
    for outward in (True, False):
        for claim in asof.relations(one, store, outward, crowded if not outward else (), other or ""):
            known = store.known_claim(claim, clocks)
            held = _in_window(known, window) if known and not known.superseded_by else Held.NO
            if known is None or held is Held.NO:
                continue
            begin = _begin(known.time) if known.time else _MOST
            there = named(known.value if outward else known.subject, store)
            called = label(known.predicate, outward, store)
            yield begin, Relation(known.when, called, there, "", held, **behind((known,), store))


def _in_window(claim: Claim, window: tuple[int, int]) -> Held:
    if claim.time is not None:
        return claim.time.within(*window)
    confirmed = when_.day(claim.confirmed) if claim.confirmed else None
    return Held.CERTAIN if confirmed is None or window[0] <= confirmed <= window[1] else Held.POSSIBLE


def _shared(
    kg: Opened, one: str, other: str | None, window: tuple[int | None, int | None], clocks: Clocks
) -> Iterator[tuple[int, Relation]]:
    between = {"first": window[0], "last": window[1], "known_at": clocks.known_at}
    ids = (
        relationship.events_of(one, other, kg.index, **between)
        if other
        else relationship.events_with(one, kg.index, **between)
    )
    for event in (kg.store.event(e, clocks=clocks) for e in ids):
        if event.when is None:
            continue
        held = event.when.within(_LEAST if window[0] is None else window[0], _MOST if window[1] is None else window[1])
        called, thing = kg.store.model.kind(event.kind).label, Named(event.id, event.name)
        cited = behind((*event.of("happened"), *(c for c in event.claims if c.object in (one, other))), kg.store)
        row = Relation(event.when.text, called, thing, _who(event, kg.store), held, **cited)
        yield _begin(event.when), row


def _begin(time: When) -> int:
    """The day a time is sorted by: its earliest begin, or the latest when that is open."""
    return time.begin_latest if time.begin_earliest == START_OF_TIME else time.begin_earliest


def _who(event: Event, store: Store) -> str:
    """An event's participants by role: "actor: Azerbaijan; target: Russia"."""
    roles: dict[str, list[str]] = {}
    for part in event.participants:
        roles.setdefault(store.model.predicate(part.role).label, []).append(overview.name(part.entity, store))
    return "; ".join(f"{role}: {', '.join(names)}" for role, names in roles.items())


@dataclass(frozen=True, slots=True)
class Fellow(Row):
    """Somebody who stands in the same relation to the same thing: the relation, the thing, who, when (EDTF)."""

    relation: str
    thing: Named
    other: Named
    when: str
    held: Held


def who_else(
    kg: Opened,
    one: Annotated[Thing, "Whose company is asked for; an event gives everybody who took part."],
    *,
    relation: Annotated[str | None, "Only this relation, such as memberOf."] = None,
    as_of: Annotated[OnDay | None, "The day on which both held."] = None,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Fellow]:
    """Who else stood in the same relation to the same thing on a day, by relation, thing and name.

    Without a day, who stands there now. Of an event: who took part, by role.
    """
    store, clocks = kg.store, Clocks(as_of, known_at)
    if store.model.is_event(store.entity(one).kind):
        yield from _participants(store, one, relation, clocks)
        return
    if relation is not None and store.model.predicate(relation).form != "relation":
        raise InputError(f"{relation} is no relation between things", expected="such as memberOf or holdsOffice")
    rows = []
    for claim in (s.claim for s in asof.state(one, store, clocks, without=("locatedIn",)) if s.outward):
        if (claim.predicate in _NOT_A_WAY and relation is None) or relation not in (None, claim.predicate):
            continue
        for fellow in store.claims(object=claim.value, predicate=claim.predicate, clocks=clocks):
            answer, _ = asof.held(fellow, as_of)
            if fellow.subject != one and answer is not Held.NO and not fellow.superseded_by:
                thing, other = named(claim.value, store), named(fellow.subject, store)
                called = label(claim.predicate, outward=True, store=store)
                rows.append(Fellow(called, thing, other, fellow.when, answer, **behind((fellow, claim), store)))
    yield from sorted(rows, key=lambda r: (r.relation, r.thing.name, r.other.name, r.when))


def _participants(store: Store, event: str, role: str | None, clocks: Clocks) -> Iterator[Fellow]:
    view, thing = store.event(event, clocks=clocks), named(event, store)
    when = view.when.text if view.when else ""
    for part in view.participants:
        if role in (None, part.role):
            called = label(part.role, outward=True, store=store)
            yield Fellow(called, thing, named(part.entity, store), when, Held.CERTAIN, **behind(part.claims, store))


@dataclass(frozen=True, slots=True)
class Step(Row):
    """One step of a route: from where, by what relation or role, to where, when (EDTF)."""

    step: int
    one: Named
    relation: str
    other: Named
    when: str


def route(
    kg: Opened,
    one: Annotated[Thing, "Where the route begins."],
    other: Annotated[Thing, "Where it ends."],
    *,
    as_of: Annotated[OnDay | None, "Only what had begun by this day."] = None,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
    steps: Annotated[int, "How many steps at most."] = 6,
) -> Iterator[Step]:
    """How two things are connected: the shortest way over claims, each step dated and cited.

    A step through something that very many claims name counts as longer, so that a way through a shared
    event is preferred to one through a big country.
    Raises Insufficient when nothing joins them in so many steps.
    """
    if steps > _MOST_STEPS:
        raise InputError(f"{steps} steps", expected=f"at most {_MOST_STEPS}")
    store, clocks = kg.store, Clocks(as_of, known_at)
    at = store.entity(one).id
    for number, claim in enumerate(_way(store, at, store.entity(other).id, clocks, steps), start=1):
        outward = claim.subject == at
        there = claim.value if outward else claim.subject
        called = label(claim.predicate, outward, store)
        yield Step(
            number,
            named(at, store),
            called,
            named(there, store),
            _date(claim, store, clocks),
            **behind((claim,), store),
        )
        at = there


def _date(claim: Claim, store: Store, clocks: Clocks) -> str:
    """When a step held: of a role, when its event happened."""
    if claim.when or not store.model.is_event(store.entity(claim.subject).kind):
        return claim.when
    event = store.event(claim.subject, clocks=clocks)
    return event.when.text if event.when else ""


def _way(store: Store, one: str, other: str, clocks: Clocks, most: int) -> tuple[Claim, ...]:
    """The cheapest way from one thing to another (E. W. Dijkstra, 1959), at most so many claims."""
    ticket = itertools.count()
    open_: list[tuple[float, int, str, tuple[str, ...]]] = [(0.0, next(ticket), one, ())]
    done: set[str] = set()
    while open_ and len(done) < _MOST_VISITED:
        cost, _, at, way = heapq.heappop(open_)
        # Reading a claim costs more than passing it, so only those that come up are read.
        if at in done or (way and not _usable(store.claim(way[-1]), store, clocks)):
            continue
        if at == other:
            return tuple(filter(None, (store.known_claim(store.claim(c), clocks) for c in way)))
        done.add(at)
        if len(way) < most:
            near = list(_ways(store, at))
            toll = 1.0 + math.log2(1 + len(near)) if way else 1.0
            for claim, there in near:
                if there not in done:
                    heapq.heappush(open_, (cost + toll, next(ticket), there, (*way, claim)))
    raise Insufficient(f"nothing joins them in {most} steps", where=f"{one} and {other}")


def _ways(store: Store, thing: str) -> Iterator[tuple[str, str]]:
    """The claims that lead from a thing to another, and where to, by claim id."""
    model = store.model
    outward = store.select(
        f"SELECT DISTINCT ?c ?p ?x WHERE {{ ?c rdf:subject e:{thing} ; rdf:predicate ?p ; rdf:object ?x }}"
    )
    inward = store.select(
        f"SELECT DISTINCT ?c ?p ?x WHERE {{ ?c rdf:object e:{thing} ; rdf:predicate ?p ; rdf:subject ?x }}"
    )
    for row in sorted((*outward, *inward), key=lambda r: r["c"]):
        if row["p"] not in _NOT_A_WAY and model.predicate(row["p"]).form in ("relation", "role", "link"):
            yield row["c"], row["x"]


def _usable(claim: Claim, store: Store, clocks: Clocks) -> bool:
    """Whether a claim had been made by `known_at` and what it says had begun by `as_of`."""
    known = store.known_claim(claim, clocks)
    if known is None or known.superseded_by:
        return False
    date = _date(known, store, clocks)
    return clocks.as_of is None or not date or when_.parse(date).begin_earliest <= clocks.as_of
