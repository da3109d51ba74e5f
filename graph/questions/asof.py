"""What held about an entity on a day, certainly or possibly, and what had happened to it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.questions import coverage, spans
from graph.store import Store
from graph.when import Clocks, Day, End, Held, When

# What lies in a place is part of its state only when it is this little; a country's cities are not.
CONTAINED: Final = "locatedIn"
CROWD: Final = 20
_NEVER: Final = when_.END_OF_TIME
# Relations of events, and the containers of other things, are not part of a thing's state.
_LEFT_OUT: Final = frozenset({"tookPlaceIn", "inStory", "publishedBy"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it stands on the day asked about.

    `outward` says that the entity asked about is the claim's subject; `other` is the thing at its
    other end, empty for a value; `why` says what makes it only possible.
    """

    claim: Claim
    held: Held
    outward: bool
    other: str
    why: str = ""


def held(claim: Claim, day: Day | None, time: When | None = None) -> tuple[Held, str]:
    """Whether a claim held on a day (None: holds now), and what makes it uncertain.

    `time` is the claim's time where other claims narrow it: see `spans.terms`.

    Now means: not known to be over. An ongoing relation counts as certain up to the day a source
    last confirmed it and as possible after.
    A relation without a time is taken as timeless, unless it is known from one day only: then it is
    certain on that day and possible on any other.
    """
    confirmed = when_.day(claim.confirmed) if claim.confirmed else None
    if claim.time is None:
        if confirmed is None:
            return Held.CERTAIN, ""
        return Held.CERTAIN if day == confirmed else Held.POSSIBLE, f"shown on {claim.confirmed}"
    time = time or claim.time
    if day is None:
        return _now(time)
    answer = time.holds(day)
    if answer is Held.CERTAIN and confirmed is not None and day > confirmed and claim.time.end is not End.ENDED:
        return Held.POSSIBLE, f"last confirmed {claim.confirmed}"
    return answer, "" if answer is not Held.POSSIBLE else _unsure(time, day)


def _now(time: When) -> tuple[Held, str]:
    if time.end is End.ENDED or time.end_latest < when_.END_OF_TIME:
        return Held.NO, ""
    return (Held.CERTAIN, "") if time.end is End.ONGOING else (Held.POSSIBLE, "its end is not known")


def _unsure(time: When, day: Day) -> str:
    if day < time.begin_latest:
        return "its begin is not known to the day"
    return "its end is not known" if time.end is End.UNKNOWN else "its end is not known to the day"


def state(
    entity: str, store: Store, clocks: Clocks | None = None, *, without: Collection[str] = ()
) -> tuple[Standing, ...]:
    """The relations of an entity that held, certainly or possibly, on `as_of` and were known at `known_at`.

    Sorted by predicate, outward first, certain first, latest begin first.
    `without` names predicates whose claims *towards* the entity are left out, because they are many.
    Raises UnknownName when there is no such entity.
    """
    asked = clocks or Clocks()
    store.entity(entity)

    def found() -> tuple[Standing, ...]:
        held = [s for s in _standings(entity, store, asked, without) if s.held is not Held.NO]
        return tuple(sorted(held, key=_order))

    return store.kept(("state", entity, asked, tuple(without)), found)


def _standings(entity: str, store: Store, clocks: Clocks, without: Container[str]) -> Iterator[Standing]:
    series: dict[tuple[str, str], list[spans.Term]] = {}
    ended = _ended(store)
    for outward in (True, False):
        for claim in relations(entity, store, outward, () if outward else without):
            known = store.known_claim(claim, clocks)
            if known is None or known.superseded_by:
                continue
            answer, why = held(known, clocks.as_of)
            if known.predicate in spans.SINGLE:
                where = known.predicate, known.value
                if where not in series:
                    series[where] = _terms(*where, store, clocks)
                answer, why = _among(known, series[where], clocks.as_of)
            if clocks.as_of is not None and clocks.as_of > min(
                ended.get(claim.subject, _NEVER), ended.get(claim.value, _NEVER)
            ):
                answer = Held.NO
            yield Standing(known, answer, outward, known.value if outward else known.subject, why)


def _ended(store: Store) -> Mapping[str, Day]:
    """The last day on which each state and organization that is no more may have existed."""
    dissolved = (c for c in store.claims(predicate="dissolved") if c.time is not None)
    return {c.subject: c.time.end_latest for c in dissolved if c.time}


def _terms(predicate: str, thing: str, store: Store, clocks: Clocks) -> list[spans.Term]:
    """When each holder of what one holds after another held it, ended at the latest by the next."""
    claims = store.claims(object=thing, predicate=predicate, clocks=clocks)
    return spans.terms(filter(coverage.is_said, claims))


def _among(claim: Claim, terms: list[spans.Term], day: Day | None) -> tuple[Held, str]:
    """Whether a claim held among the other holders: who is known from some day only makes way for a certain one."""
    if claim.time is not None:
        return held(claim, day, next((t.time for t in terms if t.claim.id == claim.id), None))
    rivals = (t.time for t in terms if t.claim.subject != claim.subject)
    taken = day is not None and any(time.holds(day) is Held.CERTAIN for time in rivals)
    return (Held.NO, "") if taken else held(claim, day)


def relations(
    entity: str, store: Store, outward: bool, without: Container[str] = (), other: str = ""
) -> Iterator[Claim]:
    """The relation claims from or towards an entity (`other`: only those with it); the rest are not even read."""
    for claim, predicate in store.claims_about(entity, outward=outward, other=other):
        rule = store.model.predicate(predicate)
        if rule.form == "relation" and rule.name not in _LEFT_OUT and rule.name not in without:
            yield store.claim(claim)


def crowd(entity: str, store: Store) -> tuple[str, ...]:
    """The relations to leave out when asking what holds towards an entity: what lies in it, when that is much."""
    return (CONTAINED,) if count(entity, CONTAINED, store) > CROWD else ()


def count(entity: str, predicate: str, store: Store) -> int:
    """How many claims of a predicate point to an entity."""
    query = f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c rdf:object e:{entity} ; rdf:predicate w:{predicate} }}"
    return next((int(row["n"]) for row in store.select(query)), 0)


def _order(one: Standing) -> tuple[str, bool, bool, int, str]:
    time = one.claim.time
    begin = time.begin_latest if time else when_.START_OF_TIME
    return one.claim.predicate, not one.outward, one.held is not Held.CERTAIN, -begin, one.claim.id


def values(entity: str, store: Store, clocks: Clocks | None = None) -> tuple[Standing, ...]:
    """The values of an entity (population, codes, descriptions) that held on the day, best supported first."""
    asked = clocks or Clocks()
    found = []
    for claim in store.claims(subject=entity, clocks=asked):
        if store.model.predicate(claim.predicate).form == "value" and not claim.superseded_by:
            answer, why = held(claim, asked.as_of) if claim.time else (Held.CERTAIN, "")
            if claim.time and (claim.time.is_day or _is_date(claim)):
                # A value measured on a day is said of that day and stays the last word until another comes.
                known = asked.as_of is None or claim.time.begin_earliest <= asked.as_of
                why = "" if _is_date(claim) else f"as of {claim.when}"
                answer, why = (Held.CERTAIN, why) if known else (Held.NO, "")
            found.append(Standing(claim, answer, True, "", why))
    return tuple(sorted((s for s in found if s.held is not Held.NO), key=_order))


def _is_date(claim: Claim) -> bool:
    """Whether the value is itself a date: once come, it stays true."""
    return isinstance(claim.object, Literal) and claim.object.type == "date"


def events(entity: str, store: Store, clocks: Clocks | None = None, *, limit: int = 10) -> tuple[Event, ...]:
    """The latest events in which an entity takes part, is spoken of, or which took place there.

    Latest first; only those that had begun by `as_of` and been told by `known_at`.
    """
    asked = clocks or Clocks()
    store.entity(entity)
    begins: dict[str, Day] = {}
    for event, when in store.events_with(entity):
        begin = when_.parse(when).begin_earliest
        begins[event] = min(begin, begins.get(event, begin))
    found: list[Event] = []
    begun_by_then = (e for e in begins if asked.as_of is None or begins[e] <= asked.as_of)
    for event in sorted(begun_by_then, key=lambda e: (-begins[e], e)):
        view = store.event(event, clocks=asked)
        begun = view.when is not None and (asked.as_of is None or view.when.begin_earliest <= asked.as_of)
        if begun and any(c.object == entity for c in view.claims):
            found.append(view)
        if len(found) == limit:
            break
    return tuple(found)


def contested(entity: str, store: Store, clocks: Clocks | None = None) -> tuple[Claim, ...]:
    """The claims about an entity, or naming it, that are contested or contradicted by another."""
    asked = clocks or Clocks()
    rows = store.select(
        f"SELECT DISTINCT ?c WHERE {{ {{ ?c rdf:subject e:{entity} }} UNION {{ ?c rdf:object e:{entity} }}"
        " { ?c w:status w:contested } UNION { ?c w:contradicts ?other } }"
    )
    both = (store.known_claim(store.claim(row["c"]), asked) for row in rows)
    found = {c.id: c for c in both if c is not None and (c.contradicts or c.status is Status.CONTESTED)}
    return tuple(found[i] for i in sorted(found, key=lambda i: (found[i].subject, found[i].predicate, i)))
