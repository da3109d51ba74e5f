"""The World Factbook: one JSON profile a country → the country, its capital, borders, leaders, memberships."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graph import yaml_file
from graph.claim import Citation, Claim, Entity, Literal, Status, merge, slug
from graph.errors import InputError, RejectedInput
from graph.sources.countries import by_code
from graph.sources.factbook import places
from graph.sources.factbook import text as text_
from graph.sources.factbook.incumbents import ROLES, Incumbent, incumbents
from graph.sources.factbook.places import Border, Profile
from graph.sources.source import Item, Record, Rejected, Source, audit, cite

# The last day on which profiles were still being changed.
SNAPSHOT: Final = "2026-01-22"
ORGANIZATIONS: Final = Path(__file__).parent / "organizations.yaml"
BRANCH: Final = "Government: Executive branch: "
LISTS: Final = "Government: International organization participation"
_OBSERVES: Final = ("observer", "associate observer")
_ASSOCIATES: Final = ("associate", "associate member", "associated member")
_MEMBERS: Final = (
    "",
    "NGOs",
    "national committees",
    "nonregional member",
    "nonregional members",
    "regional",
    "permanent",
    "temporary",
    "Chinese Taipei",
    "compliant country",
    "implementing country",
    "subscriber",
    "2024",
)


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Everything taken from the profiles below `raw`, in order of path; borders come last."""
    yield source.entity
    found: dict[Border, Claim] = {}
    for path in sorted(p for pattern in source.inputs for p in raw.glob(pattern)):
        country = by_code("gec").get(path.stem)
        if country is None:
            audit([f"file {path.parent.name}/{path.stem}"], (), source, where=str(path.relative_to(raw)))
            continue
        record = Record(path.stem, dict(_flat(json.loads(path.read_text(encoding="utf-8")))))
        url = f"{source.url}/blob/master/{path.parent.name}/{path.name}"
        article = source.article(url, f"The World Factbook: {country.name}")
        yield article
        profile = Profile(country, record, article, SNAPSHOT, source.retrieved)
        yield from places.read(profile)
        yield from _leaders(profile)
        yield from _memberships(profile)
        for border in places.borders(profile):
            if isinstance(border, str):
                yield Rejected(f"{path.stem}: borders", "no country or territory of this name", border)
            else:
                claim = profile.says(
                    border.first, "borders", border.second, "Land boundaries", lengthKm=border.length_km
                )
                found[border] = merge(found[border], claim) if border in found else claim
        record.audit(source)
    yield from _agreed(found)


def _flat(fields: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each text of nested fields under its whole path: `Government: Capital: name`."""
    for name, value in fields.items():
        path = prefix + " ".join(name.split())
        if isinstance(value, dict):
            yield from _flat(value, f"{path}: ")
        else:
            yield path.removesuffix(": text"), str(value)


def _agreed(found: Mapping[Border, Claim]) -> Iterator[Claim]:
    """Borders whose two sides agree stand; two lengths of one border contradict each other."""
    pairs = defaultdict(list)
    for border, claim in found.items():
        pairs[border.first, border.second].append(claim)
    for claims in pairs.values():
        ids = {c.id for c in claims}
        for claim in claims:
            others = tuple(sorted(ids - {claim.id}))
            status = Status.CONTESTED if others else Status.ACCEPTED
            yield replace(claim, contradicts=others, status=status)


def _leaders(profile: Profile) -> Iterator[Item]:
    """Who the profile of a state names as its heads; territories name those of another state."""
    for field, predicate in ROLES.items():
        place = field.replace("_", " ")
        text = profile.record.take(f"{BRANCH}{place}")
        if profile.country.kind != "Country":
            continue
        try:
            for person in incumbents(text):
                yield from term(person, predicate, profile, f"Executive branch: {place}")
        except RejectedInput as error:
            yield Rejected(f"{profile.country.gec}: {place}", error.what, text_.plain(text))


def term(person: Incumbent, predicate: str, profile: Profile, where: str) -> Iterator[Item]:
    """A person and the claim that they hold the office: since a date, or seen in it on the snapshot's day."""
    yield Entity(slug(person.name), "Person", ((person.name, "en"),))
    extra = (("capacity", Literal(person.capacity)),) if person.capacity else ()
    note = person.title
    yield Claim(
        slug(person.name),
        predicate,
        profile.country.id,
        cite(profile.article, where, note=note),
        f"{person.since}/.." if person.since else profile.confirmed,
        qualifiers=extra,
        confirmed=profile.confirmed,
        recorded=profile.recorded,
    )


@functools.cache
def organizations() -> Mapping[str, Entity | None]:
    """Each abbreviation and the organization it stands for; None for those left out on purpose."""
    raw: dict[str, Any] = yaml_file.read(ORGANIZATIONS)
    found: dict[str, Entity | None] = dict.fromkeys(raw["without"])
    for key, fields in raw["listed"].items():
        aliases = tuple((a, "en") for a in fields.get("also", ()))
        entity = Entity(key, fields["kind"], ((fields["name"], "en"),), aliases)
        found.update(dict.fromkeys(fields["abbreviations"], entity))
    return found


def _memberships(profile: Profile) -> Iterator[Item]:
    """Listed memberships on the snapshot's day: a sighting, never a date of joining."""
    text = text_.plain(profile.record.take(LISTS))
    citation = cite(profile.article, "International organization participation")
    for part in text_.split(text.rpartition("do not participate: ")[2]):
        name, _, bracket = (p.strip(" )") for p in part.partition("("))
        name = " ".join(name.replace("- ", "-").split())
        if name not in organizations():
            yield Rejected(f"{profile.country.gec}: {name}", "no organization has this abbreviation", part)
            continue
        organization, predicate = organizations()[name], _listing(bracket)
        if organization is not None and predicate:
            yield organization
            yield _listed(profile, predicate, organization.id, citation)


def _listing(bracket: str) -> str:
    """The predicate for what stands in brackets; empty for suspended, partner, candidate and the like."""
    if bracket in _MEMBERS:
        return "listedMemberOf"
    if bracket in _OBSERVES:
        return "observerOf"
    return "associateOf" if bracket in _ASSOCIATES else ""


def _listed(profile: Profile, predicate: str, organization: str, citation: tuple[Citation, ...]) -> Claim:
    if profile.confirmed == "":
        raise InputError("a listing needs the day of its snapshot", where=profile.country.gec)
    return Claim(profile.country.id, predicate, organization, citation, profile.confirmed, recorded=profile.recorded)
