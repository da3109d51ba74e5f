"""Who is who: spellings of one person brought together, surnames of one list matched to names of another."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph import yaml_file
from graph.claim import Entity, slug
from graph.sources.leaders.similar import alike, shared, words
from graph.sources.leaders.term import Term

NAMES: Final = Path(__file__).parent / "names.yaml"
# Starts of one term may differ by this much between two sources.
CLOSE_DAYS: Final = 60
_INITIALS: Final = re.compile(r" (?:[A-Z]\.)+(?= )|,? (?:Jr|Sr)\.?$|[\"“].*?[\"”] ?")


@dataclass(slots=True)
class Person:
    """One person of one country, under every spelling met, with the terms that name them."""

    country: str
    terms: list[Term] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the latest listed first."""
        ordered = sorted(self.terms, key=lambda t: (t.role == "leads", -t.last, -len(t.name), t.name))
        return tuple(dict.fromkeys(t.name for t in ordered))

    def matches(self, term: Term) -> bool:
        """Whether a term of the same country can be this person's; names.yaml decides where it knows both."""
        theirs = _known(term.country, term.name)
        ours = {_known(t.country, t.name) for t in self.terms} - {""}
        if theirs and ours:
            return theirs in ours
        return any(alike(t.name, term.name) or _one_start(t, term) for t in self.terms)


def _one_start(one: Term, two: Term) -> bool:
    same = one.role == two.role and one.since == two.since and len(one.since) == 10
    return same and "co-" not in (one.capacity, two.capacity) and shared(one.name, two.name) > 1


def people(terms: Iterable[Term]) -> list[Person]:
    """The persons that terms of one source name; a spelling that fits several joins the first."""
    found: dict[str, list[Person]] = defaultdict(list)
    for term in terms:
        known = found[term.country]
        person = next((p for p in known if p.matches(term)), None)
        if person is None:
            person = Person(term.country)
            known.append(person)
        person.terms.append(term)
    return [p for country in sorted(found) for p in found[country]]


def link(persons: Sequence[Person], terms: Iterable[Term]) -> tuple[list[Person], list[str]]:
    """Add terms that give surnames to the persons they can only mean; the rest become persons.

    A person is meant when names.yaml says so, or when the country is one, the names agree and the
    times do: starts close together, or both in office for longer than that.
    Returns all persons, and a line for each surname that could mean several and was kept apart.
    """
    known, by_id = defaultdict(list), defaultdict(list)
    for person in persons:
        known[person.country].append((person, tuple(person.terms)))
    for term in terms:
        by_id[term.person].append(term)
    unsure: list[str] = []
    extra: list[Person] = []
    for key in sorted(by_id):
        said = by_id[key]
        here = [pair for country in dict.fromkeys(t.country for t in said) for pair in known.get(country, ())]
        meant = _meant(here, said)
        if len(meant) == 1:
            meant[0].terms.extend(said)
            continue
        if meant:
            unsure.append(f"{key}: could be {', '.join(p.names[0] for p in meant)}; kept apart")
        extra.append(Person(said[-1].country, list(said)))
        known[said[-1].country].append((extra[-1], tuple(said)))
    return [*persons, *extra], unsure


def _meant(here: Sequence[tuple[Person, tuple[Term, ...]]], said: Sequence[Term]) -> list[Person]:
    """The persons that terms of one surname can mean; those with a close start are preferred."""
    name = _known(said[-1].country, said[-1].person) or _known(said[-1].country, said[-1].name)
    if name:
        named = [p for p, _ in here if _usual(p) == name][:1]
        if named:
            return named
        here = [(p, theirs) for p, theirs in here if not any(_known(p.country, n) for n in p.names)]
    pairs = [(p, a, b) for p, theirs in here for a in theirs for b in said if alike(a.name, b.name)]
    close = [p for p, a, b in pairs if abs(a.begin - b.begin) <= CLOSE_DAYS]
    long = [p for p, a, b in pairs if min(a.end, b.end) - max(a.begin, b.begin) > CLOSE_DAYS]
    full = [p for p, a, b in pairs if words(a.name) == words(b.name) and len(words(a.name)) > 1]
    return list({id(p): p for p in close or long or full}.values())


def entities(persons: Sequence[Person]) -> dict[int, Entity]:
    """The entity of each person by its place in the list: usual name, other spellings as aliases.

    A monarch of several countries, or a president who is also a co-prince, is one person.
    """
    usual = {i: _usual(p) for i, p in enumerate(persons)}
    wanted: dict[str, list[int]] = defaultdict(list)
    for index, name in usual.items():
        wanted[slug(name)].append(index)
    found = {}
    for key in sorted(wanted):
        indexes = wanted[key]
        one = len(indexes) == 1 or all(_is_shared(persons[i]) for i in indexes) or _is_named(key, persons, indexes)
        spellings = {n for i in indexes for n in persons[i].names} if one else set()
        for index in indexes:
            person, name = persons[index], usual[index]
            alone = " " not in name and not _is_shared(person)
            identity = key if one and not alone else _apart(key, person, indexes, persons)
            others = (spellings or set(person.names)) - {name}
            aliases = sorted(n for n in others if not set(n.split()) <= set(name.split()))
            found[index] = Entity(identity, "Person", ((name, "en"),), tuple((a, "en") for a in aliases))
    return found


def _is_named(key: str, persons: Sequence[Person], indexes: Sequence[int]) -> bool:
    """Whether names.yaml brings these persons together: it has the name in each of their countries."""
    return all(_known(persons[i].country, key) for i in indexes)


def _is_shared(person: Person) -> bool:
    """Whether the person's terms are of a kind held in several countries at once."""
    titles = {t.citation.note.lower() for t in person.terms}
    return any(word in title for title in titles for word in ("king", "queen", "prince")) or (
        any("president" in t for t in titles) and person.country == "france"
    )


def _apart(key: str, person: Person, indexes: Sequence[int], persons: Sequence[Person]) -> str:
    """An id with the country, and the first year in office when that is still not enough."""
    same = [i for i in indexes if persons[i].country == person.country]
    year = f"-{min(t.begin for t in person.terms) // 365.2425 + 1:.0f}" if len(same) > 1 else ""
    return f"{key}-{person.country}{year}"


def _usual(person: Person) -> str:
    """The name English news uses: from names.yaml, or the latest spelling without initials."""
    for name in (*(t.person for t in person.terms), *person.names):
        for country in (person.country, *sorted({t.country for t in person.terms})):
            known = _known(country, name)
            if known:
                return known
    return " ".join(_INITIALS.sub("", person.names[0]).split())


def _known(country: str, spelling: str) -> str:
    return _names().get(f"{country}/{slug(spelling)}", "")


@functools.cache
def _names() -> Mapping[str, str]:
    raw: dict[str, dict[str, Any]] = yaml_file.read(NAMES) or {}
    return {
        f"{country}/{slug(str(spelling))}": name
        for country, usual in raw.items()
        for name, spellings in usual.items()
        for spelling in (name, *(spellings if isinstance(spellings, list) else [spellings]))
    }
