"""What a reader would look for and the graph does not hold, as the ontology expects it of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from graph.claim import Claim
from graph.model import Model
from graph.questions import asof, coverage, spans
from graph.questions.behind import behind, label, named
from graph.questions.question import OnDay, Opened, Thing
from graph.questions.rows import Named, Row
from graph.when import START_OF_TIME, Clocks, Day, When

if TYPE_CHECKING:
    from graph.store import Store

_BEGIN: Final = "since when a relation holds"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing about a thing: what, in words; or the relation of which no claim says when it began."""

    what: str
    undated: Claim | None = None


def lacks(kind: str, own: Sequence[Claim], standing: Collection[str], model: Model) -> Iterator[Lack]:
    """What is missing about a thing of a kind, of what the kind's `expects` and `dated` name.

    `own` are the claims about it, `standing` the predicates by which others name it on the day. What it is to
    others it may have been before; what others are to it must hold on the day: a person once held an office,
    a country has a capital now. What sources say differently is not missing. Of what is no more nothing is missed.
    """
    if any(c.predicate == "dissolved" for c in own):
        return
    said = {*(c.predicate for c in own if coverage.is_said(c)), *standing}
    for predicates, what in model.expects(kind).items():
        if said.isdisjoint(predicates):
            yield Lack(what)
    for claim in undated(c for c in own if c.predicate in model.dated(kind)):
        yield Lack(_BEGIN, claim)


def undated(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The first claim of each relation of which none of these, that nobody took back, says when it began."""
    relations: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in filter(coverage.is_said, claims):
        relations[claim.subject, claim.predicate, claim.value].append(claim)
    return (same[0] for same in relations.values() if not any(map(_begins, same)))


def _begins(claim: Claim) -> bool:
    """Whether a claim says when a relation began; seen on one day only, it may have begun long before."""
    time = claim.time
    return time is not None and not time.is_day and time.begin_earliest > START_OF_TIME


@dataclass(frozen=True, slots=True)
class Tally:
    """What is missing of a kind: its label for many, what, the ids of the things, and of how many."""

    kind: str
    what: str
    things: tuple[str, ...]
    of: int


def tallies(store: Store, day: Day) -> list[Tally]:
    """For every kind and whatever is missing about anything of it on a day, about what: the most first.

    It is what `lacks` says of each thing, found for all things of a kind at once.
    """
    model = store.model
    gone = {c.subject for c in store.claims(predicate="dissolved")}
    kinds: dict[str, list[str]] = defaultdict(list)
    for entity in store.entities():
        if entity.id not in gone:
            kinds[entity.kind].append(entity.id)
    wanted = {p for kind in kinds for predicates in model.expects(kind) for p in predicates}
    said = {p: _said(p, store, day) for p in wanted}
    bare = {p: _undated(p, store) for p in {p for kind in kinds for p in model.dated(kind)}}
    found = []
    for kind, things in kinds.items():
        plural = model.kind(kind).plural
        for predicates, what in model.expects(kind).items():
            known = set().union(*(said[p] for p in predicates))
            found.append(Tally(plural, what, tuple(t for t in things if t not in known), len(things)))
        since = set().union(*(bare[p] for p in model.dated(kind)))
        found.append(Tally(plural, _BEGIN, tuple(t for t in things if t in since), len(things)))
    return sorted((t for t in found if t.things), key=lambda t: (-len(t.things), t.kind, t.what))


def _said(predicate: str, store: Store, day: Day) -> set[str]:
    """Whom a predicate is said of, and whom it names on a day."""
    claims = [c for c in store.claims(predicate=predicate) if coverage.is_said(c)]
    times: dict[str, When] = {}
    if predicate in spans.SINGLE:
        series = defaultdict(list)
        for claim in claims:
            series[claim.value].append(claim)
        times = {t.claim.id: t.time for same in series.values() for t in spans.terms(same)}
    found = {c.subject for c in claims}
    for claim in claims:
        other = claim.object
        if isinstance(other, str) and other not in found and spans.may_hold(times.get(claim.id, claim.time), day):
            found.add(other)
    return found


def _undated(predicate: str, store: Store) -> set[str]:
    return {c.subject for c in undated(store.claims(predicate=predicate))}


@dataclass(frozen=True, slots=True)
class Missed(Row):
    """Something missing: what, and of a relation without a beginning which one, to whom."""

    what: str
    relation: str
    other: Named


def missing(
    kg: Opened,
    one: Annotated[Thing, "The thing asked about."],
    *,
    as_of: Annotated[OnDay | None, "The day asked about; without it, now."] = None,
) -> Iterator[Missed]:
    """What a reader would look for about a thing and the graph does not hold, as its kind lets expect it."""
    store = kg.store
    standing = {s.claim.predicate for s in asof.state(one, store, Clocks(as_of)) if not s.outward}
    for lack in lacks(store.entity(one).kind, store.claims(subject=one), standing, store.model):
        claim = lack.undated
        if claim is None:
            yield Missed(lack.what, "", Named("", ""))
        else:
            relation = label(claim.predicate, outward=True, store=store)
            yield Missed(lack.what, relation, named(claim.value, store), **behind((claim,), store))
