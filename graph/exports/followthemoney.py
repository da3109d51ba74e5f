"""FollowTheMoney entities, one JSON object a line: things, articles, events, and what links them.

Schema and property names are those of the FollowTheMoney model (https://followthemoney.tech/), version 4.
It has no schema for an agreement or a story of many events, so those, and what is linked to them, are left out.
A link it has no schema for, or whose ends its schema does not take, is an `UnknownLink` with its role in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Any, Final

from graph.claim import Claim, Literal
from graph.exports.extract import Extract

_SCHEMATA: Final = (
    ("Event", "Event"),
    ("Person", "Person"),
    ("Source", "Organization"),
    ("Organization", "Organization"),
    ("Country", "PublicBody"),
    ("Territory", "Territory"),
    ("Region", "Territory"),
    ("Office", "Position"),
    ("Project", "Project"),
    ("City", "Address"),
    ("Place", "Address"),
)
_ORGANIZATIONS: Final = frozenset({"Organization", "PublicBody"})
_LEGAL: Final = _ORGANIZATIONS | {"Person"}
# Predicate: schema, the property and schemata of its subject, and those of its object.
_LINKS: Final = {
    "memberOf": ("Membership", "member", _LEGAL, "organization", _ORGANIZATIONS),
    "affiliatedWith": ("Employment", "employee", frozenset({"Person"}), "employer", _ORGANIZATIONS),
    "relativeOf": ("Family", "person", frozenset({"Person"}), "relative", frozenset({"Person"})),
    "holdsOffice": ("Occupancy", "holder", frozenset({"Person"}), "post", frozenset({"Position"})),
}
_DATE: Final = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:-XX)*[?~%]?")

_Properties = dict[str, list[str]]


def write_ftm(extract: Extract, file: IO[bytes]) -> None:
    """One entity a line, sorted by id."""
    schemata = {e.id: name for e in extract.bundle.entities if (name := _schema(e.kind, extract))}
    found = (*_things(extract, schemata), *_articles(extract), *_links(extract, schemata))
    for value in sorted(found, key=lambda v: str(v["id"])):
        file.write(json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def _schema(kind: str, extract: Extract) -> str:
    return next((name for ours, name in _SCHEMATA if extract.model.is_a(kind, ours)), "")


def _entity(name: str, schema: str, properties: Mapping[str, list[str]]) -> dict[str, Any]:
    return {"id": name, "schema": schema, "properties": {k: sorted(set(v)) for k, v in properties.items() if v}}


def _dates(when: str, single: str) -> _Properties:
    """Dates as far as the schema can hold them: to the day, month or year; decades and doubts it cannot."""
    begin, joined, end = when.partition("/")
    texts = {"startDate": begin, "endDate": end} if joined else {single: begin}
    return {name: [match[1]] for name, text in texts.items() if (match := _DATE.fullmatch(text))}


def _things(extract: Extract, schemata: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    claims: dict[str, list[Claim]] = {}
    for claim in extract.claims:
        claims.setdefault(claim.subject, []).append(claim)
    for entity in extract.bundle.entities:
        if not (schema := schemata.get(entity.id)):
            continue
        properties = {"name": [text for text, _ in entity.names], "alias": [text for text, _ in entity.aliases]}
        if schema == "Address":
            properties["full"] = [entity.name]
        if schema == "Event":
            for claim in claims.get(entity.id, ()):
                for name, values in _told(claim, extract, schemata).items():
                    properties.setdefault(name, []).extend(values)
        properties["wikidataId"] = [u.rsplit("/", 1)[1] for u in entity.same_as if "wikidata.org/entity/Q" in u]
        yield _entity(entity.id, schema, properties)


def _told(claim: Claim, extract: Extract, schemata: Mapping[str, str]) -> _Properties:
    """What a claim says of an event, as properties of the event itself."""
    if claim.predicate == "happened":
        return _dates(claim.value, "date")
    if claim.predicate == "summary":
        return {"summary": [claim.value]}
    if claim.predicate == "tookPlaceIn":
        return {"location": [claim.value if isinstance(claim.object, Literal) else extract.name(claim.value)]}
    return {"involved": [claim.value]} if _is_involved(claim, extract, schemata) else {}


def _is_involved(claim: Claim, extract: Extract, schemata: Mapping[str, str]) -> bool:
    is_role = extract.model.predicate(claim.predicate).form == "role" and not isinstance(claim.object, Literal)
    return is_role and schemata.get(claim.subject) == "Event" and schemata.get(claim.value) in _LEGAL


def _articles(extract: Extract) -> Iterator[dict[str, Any]]:
    for article in extract.bundle.articles:
        properties = {
            "title": [article.called(extract.name(article.publisher), article.published)],
            "sourceUrl": [article.url],
            "publisher": [extract.name(article.publisher)],
            **_dates(article.published.partition("/")[0], "publishedAt"),
        }
        yield _entity(article.id, "Article", properties)


def _links(extract: Extract, schemata: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    involved = partial(_is_involved, extract=extract, schemata=schemata)
    for claim in extract.claims:
        if not extract.is_relation(claim) or involved(claim):
            continue
        near, far = schemata.get(claim.subject), schemata.get(claim.value)
        if not near or not far:
            continue
        schema, near_end, nears, far_end, fars = _LINKS.get(claim.predicate, ("", "", _LEGAL, "", _LEGAL))
        if schema and near in nears and far in fars:
            properties = {near_end: [claim.subject], far_end: [claim.value]}
        else:
            role = extract.model.predicate(claim.predicate).label
            schema, properties = "UnknownLink", {"subject": [claim.subject], "object": [claim.value], "role": [role]}
        properties |= _dates(claim.when, "date")
        properties["sourceUrl"] = [extract.article[c.article].url for c in claim.citations]
        yield _entity(f"claim-{claim.id}", schema, properties)
