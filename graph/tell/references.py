"""How to refer to an event that was told before, or that the reader has to be reminded of."""

from __future__ import annotations

import re
from typing import Final

from graph.entity import Event
from graph.store import Store

_JOIN: Final = re.compile(r" (?:of|on|in|to|for|over|at|with|between|by|from) ")


def long_reference(event: Event, store: Store) -> str:
    """The event's name inside a sentence: `the closure of the Russian House in Baku`."""
    name = _decapitalised(event.name, _proper(event, store))
    return name if re.match(r"\S+(?:'s|s') ", event.name) or name.startswith("the ") else f"the {name}"


def short_reference(event: Event) -> str:
    """The head noun of the event's name: `the closure`, `the raids`; possessive names stay whole.

    >>> from graph.claim import Entity
    >>> short_reference(Event(Entity("x", "Raid", (("Yekaterinburg raids", "en"),)), (), None))
    'the raids'
    """
    if re.match(r"\S+(?:'s|s') ", event.name):
        return event.name
    head = _JOIN.split(event.name)[0].split()
    noun = head[-1] if head[-1].islower() or len(head) == 1 else head[0]
    return f"the {noun.lower()}"


def _proper(event: Event, store: Store) -> set[str]:
    """The first words of every name that stands in the event."""
    names = [p.entity for p in event.participants] + list(event.who("tookPlaceIn"))
    found = {"Russian", "Russia's", "Turkish", "Kremlin"}
    for entity in names:
        for text, _ in (*store.entity(entity).names, *store.entity(entity).aliases):
            found.update(w for w in text.split() if w[:1].isupper())
    return found


def _decapitalised(name: str, proper: set[str]) -> str:
    first = name.split()[0]
    if first.removesuffix("'s") in proper or first in proper or not first[1:].islower():
        return name
    return name[0].lower() + name[1:]
