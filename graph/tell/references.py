"""How to refer to an event that was told before, or that the reader has to be reminded of."""

from __future__ import annotations

import re
from typing import Final

from graph.entity import Event
from graph.store import Store
from graph.tell.naming import ARTICLE
from graph.tell.status import country_of

_JOIN: Final = re.compile(r" (?:of|on|in|to|for|over|at|with|between|by|from) ")
_OWNER: Final = re.compile(r"\S+(?:'s|s') ")
_ORDINALS: Final = ("First", "Second", "Third")


def long_reference(event: Event, store: Store) -> str:
    """The event's name inside a sentence: `the closure of the Russian House in Baku`."""
    name = _decapitalised(event.name, _proper(event, store))
    if name.startswith("the "):
        return name
    return _owned(name) if _OWNER.match(event.name) else f"the {name}"


def short_reference(event: Event) -> str:
    """The head noun of the event's name: `the closure`, `the raids`, with whose it is: `Finland's accession`.

    >>> from graph.claim import Entity
    >>> short_reference(Event(Entity("x", "Raid", (("Yekaterinburg raids", "en"),)), (), None))
    'the raids'
    """
    if _OWNER.match(event.name):
        return _owned(_JOIN.split(event.name)[0])
    head = _JOIN.split(event.name)[0].split()
    noun = head[-1] if head[-1].islower() or len(head) == 1 else head[0]
    return f"the {noun.lower()}"


def _owned(name: str) -> str:
    """A name that begins with whose it is, with the article that the owner takes: `the Kremlin's regret`."""
    owner = name.split()[0].removesuffix("'s").removesuffix("'")
    return f"the {name}" if owner in ARTICLE else name


def _proper(event: Event, store: Store) -> set[str]:
    """The capitalised words of the names in the event, of its summary, and the adjectives of its countries."""
    named = dict.fromkeys((*(p.entity for p in event.participants), *event.who("tookPlaceIn")))
    found: set[str] = set()
    for entity in dict.fromkeys((*named, *(country_of(e, store) for e in named))):
        if entity:
            texts = [t for t, _ in (*store.entity(entity).names, *store.entity(entity).aliases)]
            texts += [c.value for c in store.claims(subject=entity, predicate="demonym")]
            found.update(w for text in texts for w in text.split() if w[:1].isupper())
    inside = (w.removesuffix("'s") for c in event.of("summary") for w in c.value.split()[1:])
    return found | {w for w in inside if w[:1].isupper()}


def _decapitalised(name: str, proper: set[str]) -> str:
    first, _, rest = name.partition(" ")
    if (
        first.endswith(("'s", "s'"))
        or first in proper
        or not first[1:].islower()
        or (rest[:1].isupper() and first not in _ORDINALS)
    ):
        return name
    return name[0].lower() + name[1:]
