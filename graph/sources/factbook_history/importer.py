"""The Factbook's history: who was listed as head of state or of government, since when, and until when listed."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph.claim import Article, Citation, Claim, Entity, Literal, slug
from graph.errors import RejectedInput
from graph.sources.countries import Country, by_code
from graph.sources.factbook.incumbents import ROLES, Incumbent, incumbents
from graph.sources.source import Item, Rejected, Source, audit, cite

# The last day on which profiles were still being changed; later changes only moved files.
LAST: Final = "2026-01-22"
# The two days around the years without a snapshot.
GAP: Final = ("2017-03-28", "2020-11-23")


@dataclass(slots=True)
class _Listing:
    """One incumbent as listed: first seen, last seen, and every snapshot on which the text changed."""

    person: Incumbent
    seen: list[str] = field(default_factory=list)
    until: str = ""


def read(raw: Path, source: Source) -> Iterator[Item]:
    """A person and a claim for each incumbency of a state; the claim's `confirmed` is the last listing."""
    yield source.entity
    changes = [
        json.loads(line) for name in source.inputs for line in (raw / name).read_text(encoding="utf-8").splitlines()
    ]
    audit({f"field {c['field']}" for c in changes}, {f"field {f}" for f in ROLES}, source, where=source.inputs[0])
    snapshots = _snapshots({c["seen"] for c in changes if c["seen"] <= LAST})
    names: dict[str, str] = {}
    series: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        if change["field"] in ROLES and change["seen"] <= LAST:
            series[change["code"], change["field"]].append(change)
    for code, role in sorted(series):
        country = by_code("gec").get(code)
        if country is None:
            yield Rejected(f"{code}: {role}", "no country has this code", code)
        elif country.kind == "Country":
            ordered = sorted(series[code, role], key=lambda c: str(c["seen"]))
            for item in _series(ordered, country, role, snapshots, source):
                yield _one_name(item, names) if isinstance(item, Entity) and item.kind == "Person" else item


def _one_name(person: Entity, names: dict[str, str]) -> Entity:
    """The person under the spelling first met for this id, any other as alias: `Al-Thani`, `Al Thani`."""
    name = names.setdefault(person.id, person.name)
    return person if name == person.name else Entity(person.id, "Person", ((name, "en"),), person.names)


def snapshot(source: Source, day: str) -> Article:
    """The state of the Factbook's mirror on a day, as an article published that day."""
    return source.article(f"{source.url}/commits/master/?until={day}", f"The World Factbook as of {day}", published=day)


def _series(
    changes: list[dict[str, Any]], country: Country, role: str, snapshots: list[tuple[str, str]], source: Source
) -> Iterator[Item]:
    """The incumbencies that one field of one country went through."""
    found: dict[Incumbent, _Listing] = {}
    for index, change in enumerate(changes):
        until = _before(changes[index + 1]["seen"], snapshots) if index + 1 < len(changes) else LAST
        try:
            people = tuple(incumbents(change["text"]))
        except RejectedInput as error:
            yield Rejected(f"{country.gec}: {role}: {change['seen']}", error.what, change["text"])
            continue
        for person in people:
            listing = found.setdefault(person, _Listing(person))
            listing.seen.append(change["seen"])
            listing.until = until
    for listing in found.values():
        yield from _claim(listing, country, role, source)


def _snapshots(days: set[str]) -> list[tuple[str, str]]:
    """The first and last day of each snapshot: one may have been taken over two days."""
    found: list[tuple[str, str]] = []
    for day in sorted(days):
        if found and when_.day(day) - when_.day(found[-1][1]) == 1:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def _before(day: str, snapshots: list[tuple[str, str]]) -> str:
    """The last day of the snapshot before the one on which a change was seen."""
    here = bisect_right(snapshots, (day, "9")) - 1
    return snapshots[max(here - 1, 0)][1]


def _claim(listing: _Listing, country: Country, role: str, source: Source) -> Iterator[Item]:
    person, first = listing.person, listing.seen[0]
    article = snapshot(source, first)
    yield article
    yield Entity(slug(person.name), "Person", ((person.name, "en"),))
    extra = (("capacity", Literal(person.capacity)),) if person.capacity else ()
    citation: tuple[Citation, ...] = cite(article, f"{country.gec}: {role}", note=person.title)
    # Without a start it is a sighting: held on each day from the first listing to the last.
    when = f"{person.since}/" if person.since else f"{first}/{listing.until}"
    yield Claim(
        slug(person.name),
        ROLES[role],
        country.id,
        citation,
        when,
        qualifiers=extra,
        confirmed=max(listing.until, first),
        recorded=source.retrieved,
    )
