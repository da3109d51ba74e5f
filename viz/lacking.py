"""What a reader would look for on a page and the graph does not hold, as the ontology expects it of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim
from graph.questions import coverage
from graph.when import START_OF_TIME, Day
from viz import dossier, words
from viz.shelf import Shelf

MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Lacking:
    """The first few things that are missing, in words, and how many more."""

    first: tuple[str, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.first)


def lacking(name: str, own: Sequence[Claim], towards: Sequence[Claim], shelf: Shelf, day: Day) -> Lacking:
    """What is missing about a thing or an event on a day, of what its kind's `expects` and `dated` name.

    `own` are the claims about it, `towards` those that name it. What it is to others it may have been before;
    what others are to it must hold on the day: a person once held an office, a country has a capital now.
    Of what is no more nothing is missed.
    """
    if any(c.predicate == "dissolved" for c in own):
        return Lacking()
    kind = shelf.entity(name).kind
    said = {c.predicate for c in own if coverage.stands(c)}
    said |= {c.predicate for c in towards if dossier.holds(c, shelf, day)}
    found = [text for predicates, text in shelf.model.expects(kind).items() if said.isdisjoint(predicates)]
    found += _undated([c for c in own if c.predicate in shelf.model.dated(kind)], shelf)
    return Lacking(tuple(found[:MOST]), max(0, len(found) - MOST))


def _undated(claims: Sequence[Claim], shelf: Shelf) -> Iterator[str]:
    """Since when each relation of which no claim says when it began: `when she became prime minister of Italy`."""
    dated = {(c.predicate, c.value) for c in claims if _begins(c)}
    for predicate, other in dict.fromkeys((c.predicate, c.value) for c in claims):
        began = shelf.model.predicate(predicate).frame.get("begin")
        if began and (predicate, other) not in dated:
            subject = words.name(claims[0].subject, shelf)
            yield "when " + words.fill(str(began), {"subject": subject, "object": words.name(other, shelf)})


def _begins(claim: Claim) -> bool:
    """Whether a claim says when a relation began; seen on one day only, it may have begun long before."""
    time = claim.time
    return time is not None and not time.is_day and time.begin_earliest > START_OF_TIME
