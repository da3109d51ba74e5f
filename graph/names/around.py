"""Which of the places that share a name a text means, by the other places it names.

A place scores by its people, and more when the text names other places of its country or region;
a state or country right after it ("Dublin, Ohio") decides alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

Words = Sequence[tuple[str, int, int]]
_STATE: Final = 8.5  # a country's prior: that of a city of three hundred million
_CAPITAL: Final = 1.0
_REGION: Final = 1.5
_COUNTRY: Final = 1.0
_FOLLOWED: Final = 10.0
_LONGEST: Final = 3
_MOST: Final = 3
_CLEAR: Final = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a name: an entity, or with an empty id a place that is none here; `prior` in powers of ten."""

    entity: str
    country: str
    region: str
    prior: float


def place(entity: str, country: str, region: str, people: int, *, capital: bool = False) -> Place:
    """A populated place with a prior that grows with its people."""
    return Place(entity, country, region, math.log10(max(people, 1)) + (_CAPITAL if capital else 0.0))


def state(entity: str) -> Place:
    """A country or territory among the places of its name."""
    return Place(entity, entity, "", _STATE)


@dataclass(slots=True)
class Around:
    """What a text says of where it is about: how many different names of each country and region."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)

    def add(self, places: Iterable[Place]) -> None:
        """Count a name of these places: its country where all are in one, its region where one is far larger."""
        found = sorted(places, key=lambda p: -p.prior)
        countries = {p.country for p in found}
        regions = {p.region for p in found if p.prior > found[0].prior - _CLEAR}
        if len(countries) == 1:
            self.countries.update(countries)
        if len(regions) == 1:
            self.regions.update(regions - {""})

    def best(self, places: Iterable[Place], following: frozenset[str]) -> Place:
        """The likeliest place; `following` are the countries and regions that what stands beside it names."""
        return max(places, key=lambda p: (self._score(p, following), p.entity))

    def _score(self, one: Place, following: frozenset[str]) -> float:
        near = _COUNTRY * min(self.countries[one.country], _MOST) if one.country != one.entity else 0.0
        near += _REGION * min(self.regions[one.region], _MOST) if one.region else 0.0
        return one.prior + near + (_FOLLOWED if {one.country, one.region} & following else 0.0)


class Regions:
    """The names of states and provinces in memory."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], taken: Mapping[str, object]) -> None:
        self._codes: dict[str, list[tuple[str, str]]] = {}
        self._common = taken
        for key, code, country in rows:
            self._codes.setdefault(key, []).append((code, country))

    def after(self, text: str, words: Words, at: int, end: int) -> frozenset[str]:
        """Region codes and countries of the state named right after a place and a comma: "Dublin, Ohio"."""
        if at >= len(words) or text[end : words[at][1]] not in (", ", " (", ","):
            return frozenset()
        return frozenset(code for pair in self._at(text, words, at) for code in pair)

    def named(self, text: str, words: Words) -> Iterator[tuple[str, str, str]]:
        """Key, region and country of every state a text names in full, those that share a city's name left out."""
        for at in range(len(words)):
            if text[words[at][1]].isupper():
                for code, country in self._at(text, words, at):
                    key = words[at][0]
                    if key not in self._common:
                        yield key, code, country

    def _at(self, text: str, words: Words, at: int) -> list[tuple[str, str]]:
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            key = " ".join(w[0] for w in words[at : at + size])
            if key in self._codes and (size > 1 or len(key) > 3):
                return self._codes[key]
        first, last = words[at][1], words[at][2]
        stopped = text[last : last + 1] == "." or text[last - 1] == "."
        if text[first].isupper() and (stopped or text[first:last].isupper()):
            return self._codes.get(f"{words[at][0].replace(' ', '')}.", [])
        return []
