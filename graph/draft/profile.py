"""What can be compared about an event: who, where, in what words; and the events a sentence may be about."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.entity import Event
from graph.index.index import Index
from graph.names import Names
from graph.reading import lexicon, lists
from graph.reading.forms import singular
from graph.store import Store
from graph.tell import status
from graph.when import Clocks, Day, When

MOST_EVENTS: Final = 4000
NEAR_DAYS: Final = 800
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TEXTS: Final = ("summary", "content", "reason", "outcome", "cause", "charge")
_COMMON: Final = lists.words("common")


@dataclass(frozen=True)
class Profile:
    """An event as it is compared with a sentence.

    `direct` are its participants, place and what it is about, `sides` the countries they act for;
    `places` its place and what holds it; `words` the stems of its names and texts.
    """

    event: Event
    direct: frozenset[str]
    sides: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    names: tuple[frozenset[str], ...]

    @cached_property
    def when(self) -> When | None:
        """The best supported date."""
        return self.event.when


def stems(text: str) -> frozenset[str]:
    """The words of a text without endings and without those that say nothing."""
    return frozenset(
        found for word in _WORD.findall(text.lower()) if (found := stem(word)) not in _COMMON and len(found) > 1
    )


def stem(word: str) -> str:
    """A word without its ending: the verb's base form, else the singular."""
    plain = word.removesuffix("'s").removesuffix("’s")
    verbs = lexicon.load().forms.get(plain)
    return verbs[0][0] if verbs else singular(plain)


class Profiles:
    """The profiles of a store's events as known, made on first need, and where to look for them."""

    def __init__(self, store: Store, index: Index, names: Names, clocks: Clocks) -> None:
        self.store, self.index, self.names, self.clocks = store, index, names, clocks
        self._made: dict[str, Profile] = {}
        self._counts: dict[str, int] = {}
        self._countries: dict[str, str] = {}
        self._around: dict[str, frozenset[str]] = {}

    def of(self, event: str) -> Profile:
        """The profile of an event."""
        if event not in self._made:
            self._made[event] = self._make(self.store.event(event, clocks=self.clocks))
        return self._made[event]

    def country(self, entity: str) -> str:
        """The country an entity acts for, or empty."""
        if entity not in self._countries:
            self._countries[entity] = status.country_of(entity, self.store)
        return self._countries[entity]

    def around(self, place: str) -> frozenset[str]:
        """A place and everything that holds it."""
        if place not in self._around:
            seen, front = {place}, [place]
            while front:
                front = [
                    c.value
                    for at in front
                    for c in self.store.claims(subject=at, predicate="locatedIn")
                    if c.value not in seen
                ]
                seen.update(front)
            self._around[place] = frozenset(seen)
        return self._around[place]

    def capital_of(self, city: str) -> str:
        """The country a city is the capital of, for which its name often stands; or empty."""
        found = self.store.claims(subject=city, predicate="capitalOf")
        return found[-1].value if found else ""

    def weight(self, entity: str) -> float:
        """How much naming an entity tells: near 1 for what few events have, small for great states."""
        if entity not in self._counts:
            at = self.index.entity(entity)
            a = self.index.arrays
            self._counts[entity] = int(a.e_off[at + 1] - a.e_off[at]) if at >= 0 else 0
        return 1 / (1 + math.log1p(self._counts[entity]))

    def candidates(self, entities: Iterable[str], day: Day, most: int = 60) -> tuple[str, ...]:
        """The events that share most with the entities of a sentence, those near a day first when many."""
        worth: dict[str, float] = {}
        for entity in dict.fromkeys(entities):
            for event in self._events(entity, day):
                worth[event] = worth.get(event, 0.0) + self.weight(entity)
        ranked = sorted(worth, key=lambda e: (-worth[e], e))
        return tuple(ranked[:most])

    def _events(self, entity: str, day: Day) -> Sequence[str]:
        if self.store.has(entity) and self.store.model.is_event(self.store.entity(entity).kind):
            return (entity,)
        at = self.index.entity(entity)
        if at < 0:
            return ()
        a = self.index.arrays
        found = a.e_event[a.e_off[at] : a.e_off[at + 1]]
        if len(found) > MOST_EVENTS:
            days = a.day[found]
            found = found[(days > day - NEAR_DAYS) & (days <= day)]
        return [self.index.event_id(int(e)) for e in found]

    def _make(self, event: Event) -> Profile:
        parts = {p.entity for p in event.participants}
        places = {c.value for c in event.of("tookPlaceIn")}
        held = frozenset(w for place in places for w in self.around(place))
        texts = [event.name, *(t for t, _ in event.entity.aliases)]
        said = [c.value for p in _TEXTS for c in event.of(p)]
        named = [self.store.entity(p).name for p in parts if self.store.has(p)]
        return Profile(
            event,
            frozenset(parts | places),
            frozenset(filter(None, (self.country(p) for p in parts))),
            held,
            frozenset(w for t in (*texts, *said, *named) for w in stems(t)),
            tuple(stems(t) for t in texts),
        )
