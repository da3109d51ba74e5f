"""What stands behind a row: the claims it rests on and the articles that state or deny them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypedDict

from graph import when as when_
from graph.claim import Claim, Literal
from graph.questions import overview
from graph.questions.overview import Source
from graph.questions.rows import Named
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Day

if TYPE_CHECKING:
    from graph.store import Store

MOST_CLAIMS: Final = 20
"""A row about very many events names the claims of the latest so many."""


class Behind(TypedDict):
    """The two parts that every row ends with."""

    claims: tuple[str, ...]
    sources: tuple[Source, ...]


def behind(claims: Iterable[Claim], store: Store) -> Behind:
    """The ids of claims and their citations as readers see them, each once, in order."""
    kept = {c.id: c for c in claims}
    citations = (s for c in kept.values() for s in overview.sources(c.citations, store))
    return {"claims": tuple(kept), "sources": tuple(dict.fromkeys(citations))}


def of_events(events: Iterable[str], store: Store, clocks: Clocks) -> Behind:
    """What dates some events: the best supported date claim of each, the latest `MOST_CLAIMS`."""
    dated = (store.event(e, clocks=clocks).of("happened")[:1] for e in list(events)[-MOST_CLAIMS:])
    return behind((c for found in dated for c in found), store)


def named(thing: str, store: Store) -> Named:
    """A thing with its name."""
    return Named(thing, overview.name(thing, store))


def end(claim: Claim, outward: bool, store: Store) -> Named:
    """What is at the other end of a claim: a thing, or a value without an id."""
    if not outward:
        return named(claim.subject, store)
    if isinstance(claim.object, Literal):
        return Named("", claim.object.value)
    return named(claim.object, store)


def label(predicate: str, outward: bool, store: Store) -> str:
    """What a relation is called from one side: "member of", "members"."""
    rule = store.model.predicate(predicate)
    told = rule.label if outward or rule.symmetric else (rule.inverse or f"{rule.label} (inverse)")
    return told.removeprefix("has ")


def iso(day: Day) -> str:
    """The day, or nothing when it is open."""
    return when_.iso(day) if START_OF_TIME < day < END_OF_TIME else ""
