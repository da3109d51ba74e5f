"""What is to be exported: claims, and every thing and article they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graph.claim import Article, Claim, Entity, Literal
from graph.errors import UnknownName
from graph.model import Model
from graph.rdf import Bundle
from graph.store import Store
from graph.when import Clocks


@dataclass(frozen=True)
class Extract:
    """Claims sorted by id, with the entities and articles they name."""

    bundle: Bundle
    model: Model

    @cached_property
    def entity(self) -> dict[str, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.bundle.entities}

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {a.id: a for a in self.bundle.articles}

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, sorted by id."""
        return self.bundle.claims

    def name(self, entity: str) -> str:
        """The English name of an entity, or its id when it is declared nowhere."""
        return self.entity[entity].name if entity in self.entity else entity

    def is_relation(self, claim: Claim) -> bool:
        """Whether a claim joins two things that are both here."""
        return not isinstance(claim.object, Literal) and claim.object in self.entity and claim.subject in self.entity


def everything(store: Store, clocks: Clocks | None = None) -> Extract:
    """All claims of a store, as known."""
    return of_claims(store.claims(clocks=clocks), store)


def about(store: Store, entities: Iterable[str], clocks: Clocks | None = None) -> Extract:
    """Every claim in which one of the entities stands, and the claims about those events."""
    found = {c.id: c for e in entities for side in _sides(store, e, clocks) for c in side}
    events = {c.subject for c in found.values() if store.model.is_event(store.entity(c.subject).kind)}
    for event in events:
        found.update((c.id, c) for c in store.claims(subject=event, clocks=clocks))
    return of_claims(found.values(), store)


def of_claims(claims: Iterable[Claim], store: Store) -> Extract:
    """The extract of the given claims."""
    kept = tuple(sorted(claims, key=lambda c: c.id))
    articles = {store.article(i) for i in sorted({c.article for claim in kept for c in claim.citations})}
    named = {c.subject for c in kept} | {c.object for c in kept if isinstance(c.object, str)}
    named |= {c.speaker for claim in kept for c in claim.citations if c.speaker}
    named |= {i for a in articles for i in (a.publisher, a.origin) if i}
    entities = [_entity(store, i) for i in sorted(named) if not i.startswith("article-")]
    bundle = Bundle(tuple(e for e in entities if e), tuple(sorted(articles)), kept)
    return Extract(bundle, store.model)


def _sides(store: Store, entity: str, clocks: Clocks | None) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    return store.claims(subject=entity, clocks=clocks), store.claims(object=entity, clocks=clocks)


def _entity(store: Store, entity: str) -> Entity | None:
    try:
        return store.entity(entity)
    except UnknownName:
        return None
