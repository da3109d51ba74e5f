"""How a thing stands and stood: the relations that a text tells where hardly an event is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph import when as when_
from graph.claim import Claim
from graph.questions import coverage, spans
from graph.questions.spans import Term
from graph.store import Store
from graph.tell import facts
from graph.tell.naming import passing
from graph.tell.telling import UNDATED, Telling
from graph.when import START_OF_TIME, Day, When

Told = tuple[Claim, float, tuple[int, int, str]]
"""A claim, what it is worth to tell, and its place in a text."""
TIMELESS, FORMER, NOW = -3, -2, -1
"""The order of a text: what has no date, what is over, what holds; events come after."""
# What others are to a thing that belongs to its own account, beside what one holds after another.
_TOWARDS: Final = ("capitalOf", "administers")
# What goes without saying, or says no more than the thing's place among others.
_LEFT_OUT: Final = frozenset({"borders", "listedMemberOf"})
# What belongs to the account of the other end.
_OF_OTHERS: Final = frozenset({"administers"})
# What a relation is worth: who leads, who led last (each before him a little less), one with its begin, one without.
_HEAD, _LED, _DATED, _UNDATED, _PLACE = 0.9, 0.7, 0.45, 0.3, 0.1
_OLDER: Final = 0.75


def standing(entity: str, telling: Telling) -> Iterator[Told]:
    """The claims worth telling of a thing by the day of writing, the relations it has and who leads or led it.

    Of a person also who held the same before and after.
    """
    store, clocks = telling.store, telling.clocks
    own = [c for c in store.claims(subject=entity, clocks=clocks) if isinstance(c.object, str)]
    towards = [c for p in _TOWARDS for c in store.claims(object=entity, predicate=p, clocks=clocks)]
    apart = {*spans.SINGLE, *_LEFT_OUT, *_OF_OTHERS}
    lasting = [*(c for c in own if c.predicate not in apart), *towards]
    capital = {c.value for c in lasting if c.predicate == "capitalOf"}
    places = [c for c in lasting if c.predicate == "locatedIn"]
    for claim in spans.best_told(filter(coverage.stands, lasting)):
        began = _begin(claim)
        if claim in places:
            told = claim.value not in capital and _is_narrowest(claim, places, store)
            if told and _holds(claim, claim.time, telling):
                yield claim, _PLACE, (TIMELESS, began, claim.id)
        elif facts.is_over(claim, _day(telling)):
            yield claim, _UNDATED, (FORMER, began, claim.id)
        elif _holds(claim, claim.time, telling):
            dated = facts.begin_of(claim) is not None
            yield claim, _DATED if dated else _UNDATED, (NOW if dated else TIMELESS, began, claim.id)
    yield from _held(entity, _posts(own, store), telling)


def _posts(own: Iterable[Claim], store: Store) -> list[tuple[str, str]]:
    """What somebody holds or held, as relation and thing; who is president of a state is not also its head."""
    held = [c for c in own if c.predicate in spans.SINGLE and coverage.stands(c)]
    offices = {(of.value, _begin(c)) for c in held for of in store.claims(subject=c.value, predicate="officeOf")}
    kept = (c for c in held if c.predicate not in coverage.ROLES or (c.value, _begin(c)) not in offices)
    return list(dict.fromkeys((c.predicate, c.value) for c in kept))


def _held(entity: str, posts: Sequence[tuple[str, str]], telling: Telling) -> Iterator[Told]:
    """Who holds and held what one holds after another: all who led the thing; of its own posts it and those beside it.

    Beside it are whoever held an office before, after and last; of other posts only when there is no office.
    """
    found: list[Term] = []
    kinds = {predicate for predicate, _ in posts}
    beside = {"holdsOffice"} if "holdsOffice" in kinds else kinds
    for predicate, of in (*posts, *((p, entity) for p in spans.SINGLE)):
        claims = telling.store.claims(object=of, predicate=predicate, clocks=telling.clocks)
        terms = spans.terms(spans.best_told(filter(coverage.stands, claims)))
        own = [at for at, term in enumerate(terms) if term.claim.subject == entity]
        near = {at + step for at in own for step in (-1, 0, 1)} | {len(terms) - 1} if predicate in beside else {*own}
        found += [term for at, term in enumerate(terms) if of == entity or at in near]
    titled = _titled(entity, telling)
    found = [titled.get((t.claim.subject, _begin(t.claim)), t) if t.claim.value == entity else t for t in found]
    found = list({t.claim.id: t for t in found}.values())
    worth = _LED
    for term in sorted(found, key=lambda t: (-t.time.end_latest, -t.time.begin_latest, t.claim.id)):
        claim = term.claim
        if passing(claim) and claim.predicate != "holdsOffice":
            continue  # its words have no place for "acting"
        if _holds(claim, term.time, telling):
            yield claim, _HEAD, (NOW, _begin(claim), claim.id)
        elif facts.is_over(claim, _day(telling)):
            yield claim, _HEAD if claim.subject == entity else worth, (FORMER, _begin(claim), claim.id)
            worth *= _OLDER


def _titled(entity: str, telling: Telling) -> dict[tuple[str, Day], Term]:
    """Who held an office of a state, by person and begin: "chancellor of Germany" says more than head of government."""
    found: dict[tuple[str, Day], Term] = {}
    for of in filter(coverage.stands, telling.store.claims(object=entity, predicate="officeOf", clocks=telling.clocks)):
        held = telling.store.claims(object=of.subject, predicate="holdsOffice", clocks=telling.clocks)
        for term in spans.terms(spans.best_told(filter(coverage.stands, held))):
            found.setdefault((term.claim.subject, _begin(term.claim)), term)
    return found


def _holds(claim: Claim, time: When | None, telling: Telling) -> bool:
    """Whether a claim, taken to have held for a time, holds on the day of writing and was confirmed not long before.

    What was seen without its dates may have been otherwise some years before or after.
    """
    day = _day(telling)
    if time is None and claim.confirmed:
        return abs(when_.day(claim.confirmed) - day) <= coverage.STALE_DAYS
    lasts = facts.holds(claim, day, time) and not facts.is_over(claim, telling.today)
    return lasts and coverage.is_fresh(claim, day)


def _day(telling: Telling) -> Day:
    """The day on which a relation must hold or be over; a text for no day in particular is read on a later one.

    What ends in between is told neither as lasting nor as over.
    """
    return telling.today - UNDATED if telling.clocks.as_of is None else telling.today


def _is_narrowest(claim: Claim, places: Iterable[Claim], store: Store) -> bool:
    """Whether no other of the places lies in this one; of several the first."""
    names = dict.fromkeys(c.value for c in places)
    wide = {c.value for name in names for c in store.claims(subject=name, predicate="locatedIn")}
    return claim.value == next((name for name in names if name not in wide), next(iter(names)))


def _begin(claim: Claim) -> Day:
    return claim.time.begin_earliest if claim.time else START_OF_TIME
