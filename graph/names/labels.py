"""Labels: which of a source's own actor names a phrase means ("the Thai police" is `Police (Thailand)`).

For names that are no entities of ours, as bulk event data have by the ten thousand: compared by their
words, a country or its people counting as one word, rare words more than common ones.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.errors import AmbiguousName, UnknownName
from graph.names import keys
from graph.names.match import Match
from graph.names.table import Table

ENOUGH: Final = 0.7
_LONGEST: Final = 5
_SMALL: Final = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "s"))
# What one word for a part of a state says in another source's words.
_SAME: Final = {
    "foreign minister": "foreign affair",
    "minister of foreign affair": "foreign affair",
    "foreign ministry": "foreign affair",
    "ministry of foreign affair": "foreign affair",
    "prime minister": "head of government",
    "premier": "head of government",
    "leader": "head of government",
    "mp": "member of parliament",
    "us": "united state",
    "fighter": "combatant",
    "peasant": "farm worker",
    "farmer": "farm worker",
    "navy": "naval",
    "police officer": "police",
    "worker": "employee",
    "trade union": "labor union",
    "businessman": "businessperson",
    "businesswoman": "businessperson",
    "business community": "business",
    "chancellor": "head of government",
    "ministery": "ministry",
    "department": "ministry",
    "council of minister": "cabinet council of minister advisor",
    "cabinet": "cabinet council of minister advisor",
    "organisation": "organization",
    "fishery": "fishing",
    "defence": "defense",
    "labour": "labor",
    "soldier": "military personnel",
    "journalist": "media personnel",
    "reporter": "media personnel",
    "official": "government official",
    "customs officer": "custom official",
    "custom officer": "custom official",
    "legislator": "member of legislative govt",
    "home affair": "domestic affair",
    "internal affair": "domestic affair",
    "interior": "domestic affair",
    "un": "united nations",
    "non aligned": "nonaligned",
    "ministry of justice": "justice ministry",
    "head of state": "head of government",
    "president": "head of government",
    "army": "military",
    "senator": "senate",
    "congressman": "congress",
}


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    words: frozenset[str]
    weight: float


class Labels:
    """The labels of a source, ready to be asked what a phrase means."""

    def __init__(self, labels: Iterable[str], countries: Mapping[str, str]) -> None:
        """`countries` maps keys of country names and demonyms to country ids: see `country_keys`."""
        self._countries = countries
        self._exact: dict[str, str] = {}
        words = {label: self.words(label) for label in labels}
        count: dict[str, int] = defaultdict(int)
        for held in words.values():
            for word in held:
                count[word] += 1
        self._weight = {word: math.log(1 + len(words) / n) for word, n in count.items()}
        self._unknown = math.log(1 + len(words))
        self._labels = [_Label(t, held, self._sum(held)) for t, held in words.items()]
        self._having: dict[str, list[int]] = defaultdict(list)
        for at, label in enumerate(self._labels):
            self._exact.setdefault(_plain(label.text), label.text)
            for word in label.words:
                self._having[word].append(at)

    def resolve(self, text: str, at_least: float = ENOUGH) -> Match:
        """The label a text means; UnknownName with the nearest when none fits, AmbiguousName when two fit alike."""
        first, *others = self.near(text, at_least)
        alike = [m.name for m in others if m.score == first.score]
        if alike:
            raise AmbiguousName(text, suggestions=(first.name, *alike)[:5])
        return first

    def near(self, text: str, at_least: float = ENOUGH, share: float = 1.0) -> list[Match]:
        """The labels a text may mean, best first: those with at least a `share` of the best score.

        Raises UnknownName with the nearest when none scores `at_least`.
        """
        found = self.ranked(text, 8)
        if not found or found[0].score < at_least:
            raise UnknownName(text, suggestions=tuple(m.name for m in found[:3]))
        return [m for m in found if m.score >= max(at_least, share * found[0].score)]

    def ranked(self, text: str, most: int = 5) -> list[Match]:
        """Labels a text may mean, best first: the one of this name alone, else those that share words with it.

        The score is twice the weight of the shared words by the weight of all words of both.
        """
        exact = self._exact.get(_plain(text))
        if exact is not None:
            return [Match(exact, exact, "", 1.0, "its name")]
        asked = self.words(text)
        total = self._sum(asked)
        near = {at for word in asked for at in self._having.get(word, ())}
        places = {word for word in asked if word.startswith("@")}
        scored = []
        for at in near:
            label = self._labels[at]
            if places and not places & label.words and any(word.startswith("@") for word in label.words):
                continue  # the Egyptian ministry is not the Indian one
            score = 2 * self._sum(asked & label.words) / (total + label.weight)
            scored.append((-round(score, 9), label.text))
        return [Match(name, name, "", -score, "shares its words") for score, name in sorted(scored)[:most]]

    def words(self, text: str) -> frozenset[str]:
        """What counts in a name: stems, and countries as `@id`, whether named or by their people.

        >>> sorted(Labels((), {"thailand": "thailand", "thai": "thailand"}).words("the Thai police"))
        ['@thailand', 'police']
        """
        given = keys.key(text.replace("/", " ").replace("_", " ").replace("-", " ")).split()
        found: list[str] = []
        at = 0
        while at < len(given):
            for size in range(min(_LONGEST, len(given) - at), 0, -1):
                *before, last = given[at : at + size]
                country = self._countries.get(" ".join((*before, last)))
                country = country or self._countries.get(" ".join((*before, keys.stem(last))))
                if country is not None:
                    found.append(f"@{country}")
                    at += size
                    break
            else:
                found.append(keys.stem(given[at]))
                at += 1
        return frozenset(w for w in _usual(found) if w not in _SMALL)

    def is_country(self, label: str) -> bool:
        """Whether a label is the name of a country and nothing more."""
        words = self.words(label)
        return len(words) == 1 and next(iter(words)).startswith("@")

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._weight.get(w, self._unknown) for w in words)


def _usual(words: list[str]) -> Iterable[str]:
    """The words with what other sources call a part of a state in one form."""
    at = 0
    while at < len(words):
        for size in range(_LONGEST, 0, -1):
            same = _stemmed().get(tuple(words[at : at + size]))
            if same:
                yield from same
                at += size
                break
        else:
            yield words[at]
            at += 1


@functools.cache
def _stemmed() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """`_SAME` by stems, as words are compared."""
    stems = {key: tuple(keys.stem(w) for w in key.split()) for pair in _SAME.items() for key in pair}
    return {stems[one]: stems[other] for one, other in _SAME.items()}


def _plain(text: str) -> str:
    return keys.key(text.replace("_", " "))


def country_keys(table: Table) -> dict[str, str]:
    """Keys of the names and demonyms of every country and territory, to its id; of two the better known.

    "South Korean" follows from South Korea and "Korean"; a country without a demonym gets the usual endings.
    """
    places: dict[str, dict[str, set[str]]] = {}
    for key, entity, form, _ in table.everything():
        named = table.entity(entity) if form in ("name", "alias", "official", "demonym") else None
        if named is not None and named.kind in ("Country", "Territory"):
            places.setdefault(entity, {"name": set(), "demonym": set()})[
                "demonym" if form == "demonym" else "name"
            ].add(key)
    found: dict[str, tuple[float, str]] = {}
    for entity, forms in sorted(places.items()):
        weight = next(n.weight for n in table.named((entity,)))
        for key in (*forms["name"], *forms["demonym"], *_people(forms["name"], forms["demonym"])):
            found[key] = max(found.get(key, (-1.0, "")), (weight, entity))
    return {key: entity for key, (_, entity) in found.items()}


def _people(names: Iterable[str], demonyms: Collection[str]) -> Iterator[str]:
    for name in names:
        side, _, rest = name.partition(" ")
        if side in ("north", "south", "east", "west") and rest:
            yield from (f"{side} {demonym}" for demonym in demonyms)
        elif not rest and not set(demonyms) - {name}:
            yield from (f"{name.removesuffix('a')}{ending}" for ending in ("ese", "an", "ian", "ish", "i"))
