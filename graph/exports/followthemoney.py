"""FollowTheMoney entities, one JSON object a line: people, organizations, memberships, events, documents.

Schema and property names are those of the FollowTheMoney model (https://followthemoney.tech/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from graph.claim import Claim, Literal
from graph.exports.extract import Extract

_SCHEMATA: Final = (
    ("Event", "Event"),
    ("Person", "Person"),
    ("Source", "Organization"),
    ("Organization", "Organization"),
    ("Country", "PublicBody"),
    ("City", "Address"),
)
_ENDS: Final = {
    "memberOf": ("Membership", "member", "organization"),
    "ownedBy": ("Ownership", "asset", "owner"),
    "affiliatedWith": ("Employment", "employee", "employer"),
    "relativeOf": ("Family", "person", "relative"),
}


def write_ftm(extract: Extract, file: IO[bytes]) -> None:
    """One entity a line, sorted by id."""
    for value in sorted((*_things(extract), *_articles(extract), *_links(extract)), key=lambda v: str(v["id"])):
        file.write(json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def _schema(kind: str, extract: Extract) -> str:
    return next((name for ours, name in _SCHEMATA if extract.model.is_a(kind, ours)), "Thing")


def _things(extract: Extract) -> Iterator[dict[str, Any]]:
    claims: dict[str, list[Claim]] = {}
    for claim in extract.claims:
        claims.setdefault(claim.subject, []).append(claim)
    for entity in extract.bundle.entities:
        schema = _schema(entity.kind, extract)
        properties: dict[str, list[str]] = {"name": [text for text, _ in entity.names]}
        if schema == "Address":
            properties = {"full": [entity.name], "city": [entity.name]}
        elif entity.aliases:
            properties["alias"] = [text for text, _ in entity.aliases]
        if schema == "Event":
            for claim in claims.get(entity.id, ()):
                name = {"happened": "date", "summary": "summary", "tookPlaceIn": "location"}.get(claim.predicate)
                if name and isinstance(claim.object, Literal):
                    properties.setdefault(name, []).append(claim.value.split("/")[0])
                elif name:
                    properties.setdefault(name, []).append(extract.name(claim.value))
                elif extract.model.predicate(claim.predicate).form == "role" and extract.is_relation(claim):
                    properties.setdefault("involved", []).append(claim.value)
        ids = [url.rsplit("/", 1)[1] for url in entity.same_as if "wikidata.org/entity/Q" in url]
        if ids:
            properties["wikidataId"] = ids
        yield {"id": entity.id, "schema": schema, "properties": {k: sorted(set(v)) for k, v in properties.items()}}


def _articles(extract: Extract) -> Iterator[dict[str, Any]]:
    for article in extract.bundle.articles:
        properties = {
            "title": [article.called(extract.name(article.publisher), article.published)],
            "sourceUrl": [article.url],
            "publisher": [extract.name(article.publisher)],
            "publishedAt": [article.published.rstrip("?~%").split("/")[0]],
        }
        yield {"id": article.id, "schema": "Article", "properties": properties}


def _links(extract: Extract) -> Iterator[dict[str, Any]]:
    for claim in extract.claims:
        if claim.predicate not in _ENDS or not extract.is_relation(claim):
            continue
        schema, near, far = _ENDS[claim.predicate]
        begin, _, end = claim.when.partition("/")
        properties = {near: [claim.subject], far: [claim.value]}
        if begin.strip("."):
            properties["startDate"] = [begin.rstrip("?~%")]
        if end.strip("."):
            properties["endDate"] = [end.rstrip("?~%")]
        properties["sourceUrl"] = sorted({extract.article[c.article].url for c in claim.citations})
        yield {"id": f"claim-{claim.id}", "schema": schema, "properties": properties}
