"""Who and what a chain's events involve, and how each is drawn: rank, size, and whose side it is on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from graph import when as when_
from graph.chains.chain import Chain, Step
from graph.claim import Claim, Literal
from graph.entity import Event
from graph.store import Store
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Day
from viz import dates, look
from viz.view import ALWAYS, Bounds, Relation, Thing

MOST_THINGS: Final = 80
_HOPS: Final = 4


def cast(events: Sequence[Event], sides: Iterable[str], store: Store) -> tuple[str, ...]:
    """The sides, then participants and places of the events, the most often named first."""
    count = Counter({name: len(events) + 1 for name in sides})
    count.update(c.value for event in events for c in event.claims if _is_cast(c, store))
    own = {e.id for e in events}
    order = sorted((n for n in count if n not in own), key=lambda n: (-count[n], n))
    return tuple(order[: MOST_THINGS - len(own)])


def parties(chain: Chain, store: Store) -> tuple[str, ...]:
    """The two sides of a chain by name: its pair, or the first two countries of its focus, if any."""
    focus = chain.focus
    entities = [e for e in focus.entities if store.has(e)]
    countries = [e for e in entities if store.model.is_a(store.entity(e).kind, "Country")][:2]
    both = entities[:2] if focus.kind == "pair" else countries or entities[:1]
    return tuple(sorted(both, key=lambda e: (store.entity(e).name, e)))


def _is_cast(claim: Claim, store: Store) -> bool:
    rule = store.model.predicate(claim.predicate)
    return not isinstance(claim.object, Literal) and (rule.form == "role" or claim.predicate == "tookPlaceIn")


def between(names: Iterable[str], store: Store, clocks: Clocks, as_of: Day) -> Iterator[Claim]:
    """Relations among these that had begun by a day."""
    inside = set(names)
    for name in sorted(inside):
        for claim in store.claims(subject=name, clocks=clocks):
            if claim.object in inside and (claim.time is None or claim.time.begin_earliest <= as_of):
                yield claim


def things(
    chain: Chain, events: Iterable[Event], names: Iterable[str], relations: Iterable[Relation], store: Store
) -> tuple[Thing, ...]:
    """Everything drawn: the chain's events in order, then the cast by how many relations each has."""
    degree: Counter[str] = Counter()
    for relation in relations:
        degree.update({relation.subject, relation.object})
    both = parties(chain, store)
    sides = {name: number for number, name in enumerate(both, 1)} if len(both) == 2 else {}
    steps = (
        _event(number, step, event, store)
        for number, (step, event) in enumerate(zip(chain.steps, events, strict=True), 1)
    )
    order = sorted(names, key=lambda n: (-degree[n], n))
    others = (_thing(name, rank, degree[name], sides, store) for rank, name in enumerate(order))
    return (*steps, *others)


def since(step: Step) -> Bounds:
    """From when on an event of the chain counts as having happened.

    An event only known to lie before some day counts from the day that orders it.
    """
    at = when_.parse(step.when)
    first = at.begin_earliest if at.begin_earliest > START_OF_TIME else step.day
    return first, max(first, at.begin_latest), END_OF_TIME, END_OF_TIME


def _event(number: int, step: Step, event: Event, store: Store) -> Thing:
    when, exists = step.when, since(step)
    group = look.load().group(event.kind, store.model).name
    label = store.model.kind(event.kind).label
    return Thing(
        event.id, event.name, label, group, 0, 3, exists, dates.when(when), dates.label(when), number,
        type=schema_type(event.kind, store),
    )  # fmt: skip


def _thing(name: str, rank: int, degree: int, sides: Mapping[str, int], store: Store) -> Thing:
    entity = store.entity(name)
    return Thing(
        name,
        capital(entity.name),
        store.model.kind(entity.kind).label,
        look.load().group(entity.kind, store.model).name,
        rank,
        3 if degree >= 6 or name in sides else 2 if degree >= 3 else 1,
        lifetime(name, store),
        side=_side(name, sides, store),
        party=name in sides,
        type=schema_type(entity.kind, store),
        aliases=entity.also,
    )


def schema_type(kind: str, store: Store) -> str:
    """The schema.org type of a kind, or of its nearest ancestor with one; `Thing` when none has."""
    found = (store.model.kind(name).schema for name in store.model.line(kind))
    return next((s.removeprefix("schema:") for s in found if s.startswith("schema:")), "Thing")


def capital(name: str) -> str:
    """The name with a capital first letter, as a label needs it: `the Kremlin` is `The Kremlin`."""
    return name[:1].upper() + name[1:]


def lifetime(name: str, store: Store) -> Bounds:
    """The days on which a thing existed, by its founding and end if known."""
    begin, end = ALWAYS[:2], ALWAYS[2:]
    for claim in store.claims(subject=name, predicate="founded"):
        if claim.time:
            begin = (claim.time.begin_earliest, claim.time.begin_latest)
    for claim in store.claims(subject=name, predicate="dissolved"):
        if claim.time:
            end = (claim.time.end_earliest, claim.time.end_latest)
    return (*begin, *end)


def _side(name: str, sides: Mapping[str, int], store: Store) -> int:
    """Which party a thing belongs to: whose organ, citizen, property or place it is; 0 for neither."""
    seen, now = {name}, [name]
    for _ in range(_HOPS if sides else 0):
        reached = sorted(sides[n] for n in now if n in sides)
        if reached:
            return reached[0]
        step = (c for n in now for c in store.claims(subject=n) if store.model.predicate(c.predicate).closure)
        now = sorted({c.object for c in step if isinstance(c.object, str)} - seen)
        seen.update(now)
    return 0
