"""A store of Turtle files with bulk layers beside it: asked as any store is, and it answers from both.

SPARQL sees the Turtle files alone; `backstory bulk load` brings what it should see into them.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.bulk.layer import Layer
from graph.cache import Progress, silent
from graph.claim import Article, Claim, Entity, merge
from graph.errors import DiskError, UnknownName
from graph.names import derive, table
from graph.store import Store, time_order
from graph.when import Clocks


class Layered(Store):
    """What the Turtle files of a folder say, and what bulk layers say; of a thing in both, the files have the name."""

    def __init__(self, base: Store, layers: Sequence[Layer], directory: Path, fingerprint: str) -> None:
        # Not the parent's: its quads are opened already, and only their reader is wanted.
        self.base, self.layers = base, tuple(layers)
        self.folder, self.model = base.folder, base.model
        self.directory, self.fingerprint = directory, fingerprint
        self.remote, self._quads, self._node = base.remote, base._quads, base._node
        self._has = functools.lru_cache(maxsize=65536)(self._find)
        self._entity = functools.lru_cache(maxsize=65536)(self._read_entity)
        self._article = functools.lru_cache(maxsize=65536)(self._read_article)
        self._claims = functools.lru_cache(maxsize=65536)(self._read_claims)
        self._claim = functools.lru_cache(maxsize=65536)(self._read_claim)

    @classmethod
    def over(cls, base: Store, names: Iterable[str], *, progress: Progress = silent) -> Layered:
        """A store with the layers of these names beside it; UnknownName for one that there is not."""
        layers = [Layer.open(name) for name in dict.fromkeys(names)]
        fingerprint = hashlib.sha256(
            "\n".join((base.fingerprint, *(x.fingerprint for x in layers))).encode()
        ).hexdigest()
        found = cls(base, layers, base.directory / "with" / fingerprint[:24], fingerprint)
        if not (found.directory / table.FILE).exists():
            progress("naming", 0, 1)
            _name(found)
            progress("naming", 1, 1)
        return found

    def _find(self, entity: str) -> bool:
        """Whether an entity or article of this id is declared in the files or in a layer."""
        return self.base.has(entity) or any(layer.has(entity) for layer in self.layers)

    def entities(self, kind: str = "Thing") -> Iterator[Entity]:
        """Every entity of a kind or a kind below it, by id; events of layers come by the hundred thousand."""
        wanted = {name for name in self.model.kinds if self.model.is_a(name, kind)}
        ids = {e.id for e in self.base.entities(kind)}
        for layer in self.layers:
            ids |= set(layer.things(wanted))
        return (self.entity(i) for i in sorted(ids))

    @property
    def base_events(self) -> Iterator[str]:
        """The ids of the events that the files declare."""
        return (e.id for e in self.base.entities("Event"))

    def articles(self) -> Iterator[Article]:
        """Every article, by id."""
        ids = {a.id for a in self.base.articles()} | {a.id for layer in self.layers for a in layer.articles()}
        return (self.article(i) for i in sorted(ids))

    def claims_about(self, entity: str, *, outward: bool, other: str = "") -> Iterator[tuple[str, str]]:
        """Id and predicate of each claim about an entity, or towards it, in the files and the layers' relations."""
        yield from self.base.claims_about(entity, outward=outward, other=other)
        for layer in self.layers:
            yield from layer.claims_about(entity, outward=outward, other=other)

    def events_with(self, entity: str) -> Iterator[tuple[str, str]]:
        """Each event that names an entity with each date it is given, in the files and the layers."""
        yield from self.base.events_with(entity)
        for layer in self.layers:
            yield from layer.events_with(entity)

    def _read_entity(self, entity: str) -> Entity:
        found: Entity = self._first(entity, "entity")
        return found

    def _read_article(self, article: str) -> Article:
        found: Article = self._first(article, "article")
        return found

    def _read_claim(self, claim: str) -> Claim:
        found: Claim = self._first(claim, "claim")
        return found

    def _first(self, thing: str, what: str) -> Any:
        """What the files, else the first layer, hold under an id."""
        for place in (self.base, *self.layers):
            try:
                return getattr(place, what)(thing)
            except UnknownName:
                continue
        raise UnknownName(thing)

    def _read_claims(
        self, subject: str | None, predicate: str | None, object: str | None, clocks: Clocks | None
    ) -> tuple[Claim, ...]:
        found = {c.id: c for c in self.base.claims(subject=subject, predicate=predicate, object=object)}
        for layer in self.layers:
            for claim in layer.found(subject=subject, predicate=predicate, object=object):
                found[claim.id] = merge(found[claim.id], claim) if claim.id in found else claim
        known = (self.known_claim(c, clocks) for c in found.values()) if clocks else found.values()
        return tuple(sorted((c for c in known if c is not None), key=time_order))


def _name(store: Layered) -> None:
    """The names of the folder and those of the layers' own things, as one table."""
    base = store.base.directory / table.FILE
    table.Table.open(store.base)
    try:
        store.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(store.directory)) from error
    own = {e.id: e for layer in reversed(store.layers) for e in layer.entities.values()}
    derive.extend(base, store.directory / table.FILE, (own[i] for i in sorted(own) if not store.base.has(i)))
