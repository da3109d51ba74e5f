"""What a reader would look for on a page and the graph does not hold, as the ontology expects it of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim
from graph.entity import Event
from graph.questions.lacking import Lack, lacks
from graph.store import Store
from graph.when import Day
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
    """What is missing about a thing or an event on a day, see `graph.questions.lacking`.

    `own` are the claims about it, `towards` those that name it.
    """
    standing = {c.predicate for c in towards if dossier.holds(c, shelf, day)}
    return _first([_text(lack, shelf) for lack in lacks(shelf.entity(name).kind, own, standing, shelf.model)])


def of_events(events: Iterable[Event]) -> Lacking:
    """What is missing about several events, each with the name of its event."""
    return _first([f"{lack.what} ({e.name})" for e in events for lack in lacks(e.kind, e.claims, (), e.model)])


def _first(found: Sequence[str]) -> Lacking:
    return Lacking(tuple(found[:MOST]), max(0, len(found) - MOST))


def _text(lack: Lack, store: Store) -> str:
    """What is missing in words; since when a relation holds as `when she became prime minister of Italy`."""
    claim = lack.undated
    if claim is None:
        return lack.what
    rule = store.model.predicate(claim.predicate)
    begin = str(rule.frame.get("begin") or f"{{subject}}: {rule.label} {{object}}")
    parts = {"subject": words.name(claim.subject, store), "object": words.name(claim.value, store)}
    return "when " + words.fill(begin, parts)
