"""Things, claims and articles as plain JSON values."""

from __future__ import annotations

from typing import Any

from graph.claim import Article, Claim, Entity, Literal
from graph.entity import Event


def entity_value(entity: Entity) -> dict[str, Any]:
    """Id, kind, names, aliases, identifiers elsewhere."""
    names = [{"text": text, "lang": lang} for text, lang in entity.names]
    aliases = [{"text": text, "lang": lang} for text, lang in entity.aliases]
    head = {"id": entity.id, "kind": entity.kind, "name": entity.name}
    return {**head, "names": names, "aliases": aliases, "sameAs": list(entity.same_as)}


def claim_value(claim: Claim) -> dict[str, Any]:
    """A claim with its citations; the object is an id or a typed value."""
    thing = claim.object
    value = {"value": thing.value, "type": thing.type, "lang": thing.lang} if isinstance(thing, Literal) else thing
    citations = [
        {
            "article": c.article,
            "speaker": c.speaker,
            "stance": c.stance.value,
            "locator": c.locator,
            "quote": c.quote,
            "note": c.note,
        }
        for c in claim.citations
    ]
    return {
        "id": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": value,
        "when": claim.when,
        "status": claim.status.value,
        "qualifiers": {name: literal.value for name, literal in claim.qualifiers},
        "contradicts": list(claim.contradicts),
        "confirmed": claim.confirmed,
        "recorded": claim.recorded,
        "withdrawn": claim.withdrawn,
        "citations": citations,
    }


def article_value(article: Article) -> dict[str, Any]:
    """An article's record."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "lang": article.lang,
        "origin": article.origin,
        "copyOf": article.copy_of,
        "accessed": article.accessed,
    }


def event_value(event: Event) -> dict[str, Any]:
    """An event's best supported date and summary, its participants, and all its claims."""
    parts = [{"role": p.role, "entity": p.entity, "claims": [c.id for c in p.claims]} for p in event.participants]
    return {
        **entity_value(event.entity),
        "when": event.when.text if event.when else "",
        "places": list(event.who("tookPlaceIn")),
        "summary": event.value("summary"),
        "participants": parts,
        "claims": [claim_value(c) for c in event.claims],
    }
