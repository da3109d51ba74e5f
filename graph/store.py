"""The embedded store: what the Turtle files of a folder say, read from the Oxigraph cache that `graph.cache` built.

Every open compares the cache's files with the sizes recorded when it was built.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from graph import cache as cache_
from graph import damage, rdf
from graph import model as model_
from graph import when as when_
from graph.cache import Progress, silent
from graph.claim import Article, Citation, Claim, Entity, Stance, is_id
from graph.entity import Event
from graph.entity import event as event_view
from graph.errors import StoreError, UnknownName
from graph.model import Model
from graph.remote import Remote
from graph.when import Clocks, Day

T = TypeVar("T")
_CLAIM: Final = rdf.full("w:Claim")
_ARTICLE: Final = rdf.full("w:Article")


class Store:
    """What the Turtle files of a folder say, read through an Oxigraph cache."""

    def __init__(
        self, folder: Path, directory: Path, fingerprint: str, model: Model, *, remote: Remote | None = None
    ) -> None:
        import pyoxigraph

        self.folder, self.directory, self.fingerprint, self.model = folder, directory, fingerprint, model
        self.remote = remote
        self._quads: Any = remote or _read_only(directory)
        self._node = functools.lru_cache(maxsize=65536)(pyoxigraph.NamedNode)
        self._has = functools.lru_cache(maxsize=65536)(self._find)
        self._entity = functools.lru_cache(maxsize=65536)(self._read_entity)
        self._article = functools.lru_cache(maxsize=65536)(self._read_article)
        self._claims = functools.lru_cache(maxsize=65536)(self._read_claims)
        self._claim = functools.lru_cache(maxsize=65536)(self._read_claim)

    @classmethod
    def open(cls, folder: Path, *, cache: Path | None = None, progress: Progress = silent) -> Store:
        """The store of a folder of Turtle files; the cache is built first when the files changed.

        Raises what `graph.cache.built` raises, and StoreError when the cache is damaged.
        """
        directory, fingerprint = cache_.built(folder, cache or cache_.default_cache(folder), progress)
        return cls(folder, directory, fingerprint, model_.load())

    @classmethod
    def at(cls, url: str, *, cache: Path | None = None) -> Store:
        """The store behind the URL of a SPARQL 1.1 endpoint; what is derived from it is kept in the cache.

        Raises StoreError when nothing answers there or it holds no claims of ours.
        """
        remote = Remote(url)
        fingerprint = remote.fingerprint()
        directory = (cache or cache_.default_cache(url)) / fingerprint[:24]
        directory.mkdir(parents=True, exist_ok=True)
        found = cls(Path(), directory, fingerprint, model_.load(), remote=remote)
        if next(found._subjects("rdf:type", _CLAIM), None) is None:
            raise StoreError("holds no claims", where=url, expected="the files of data/triples in its default graph")
        return found

    # -- things ---------------------------------------------------------------------------

    def has(self, entity: str) -> bool:
        """Whether an entity or article of this id is declared."""
        return is_id(entity) and self._has(entity)

    def entity(self, entity: str) -> Entity:
        """The entity of this id; UnknownName when there is none. An article is one too."""
        return self._entity(entity)

    def article(self, article: str) -> Article:
        """The article of this id; UnknownName when there is none."""
        return self._article(article)

    def entities(self, kind: str = "Thing") -> Iterator[Entity]:
        """Every entity of a kind or a kind below it, by id."""
        names = [k for k in self.model.kinds if self.model.is_a(k, kind) and k != "Article"]
        ids = {rdf.local(s) for name in names for s in self._subjects("rdf:type", rdf.full(f"w:{name}"))}
        return (self.entity(i) for i in sorted(ids))

    def articles(self) -> Iterator[Article]:
        """Every article, by id."""
        return (self.article(rdf.local(s)) for s in sorted(self._subjects("rdf:type", _ARTICLE)))

    # -- claims ---------------------------------------------------------------------------

    def claim(self, claim: str) -> Claim:
        """The claim of this id; UnknownName when there is none."""
        return self._claim(claim)

    def claims(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        clocks: Clocks | None = None,
    ) -> tuple[Claim, ...]:
        """Claims with this subject, predicate and object entity, sorted by time, then id.

        With `clocks`, only what had been said by `known_at`, and only the citations that said it.
        """
        return self._claims(subject, predicate, object, clocks)

    def claims_about(self, entity: str, *, outward: bool, other: str = "") -> Iterator[tuple[str, str]]:
        """The claims from (`outward`) or towards an entity as (claim id, predicate), none of them read.

        With `other` only those whose other end it is.
        """
        side, far = ("subject", "object") if outward else ("object", "subject")
        there = f" ; rdf:{far} e:{other}" if other else ""
        for row in self.select(f"SELECT DISTINCT ?c ?p WHERE {{ ?c rdf:{side} e:{entity} ; rdf:predicate ?p{there} }}"):
            yield row["c"], row["p"]

    def events_with(self, entity: str) -> Iterator[tuple[str, str]]:
        """Each event that names an entity with each date it is given (EDTF)."""
        rows = self.select(
            f"SELECT DISTINCT ?event ?when WHERE {{ ?c rdf:object e:{entity} ; rdf:subject ?event ."
            " ?d rdf:subject ?event ; rdf:predicate w:happened ; w:when ?when }"
        )
        return ((row["event"], row["when"]) for row in rows)

    def event(self, event: str, *, clocks: Clocks | None = None) -> Event:
        """The event of this id as known; UnknownName when there is none."""
        found = self.entity(event)
        if not self.model.is_event(found.kind):
            raise UnknownName(event, where=f"{found.name} is a {found.kind}, not an event")
        return event_view(found, self.claims(subject=event, clocks=clocks), self.model)

    def kept(self, question: Hashable, answer: Callable[[], T]) -> T:  # noqa: ARG002 (this store keeps none)
        """The answer to a question that only this store decides; one that thousands of pages ask may be kept."""
        return answer()

    def known_claim(self, claim: Claim, clocks: Clocks) -> Claim | None:
        """The claim as it stood at `known_at`: later citations dropped, None if nobody had said it."""
        if clocks.known_at is None:
            return None if claim.withdrawn else claim
        withdrawn = when_.day(claim.withdrawn) if claim.withdrawn else None
        citations = tuple(c for c in claim.citations if clocks.knows(self.article(c.article).known, withdrawn))
        if not any(c.stance is Stance.STATES for c in citations):
            return None
        return claim if len(citations) == len(claim.citations) else _with_citations(claim, citations)

    def known(self, claim: Claim) -> Day:
        """The first day on which somebody had certainly published the claim."""
        return min(self.article(c.article).known for c in claim.citations if c.stance is Stance.STATES)

    def bundle(self, name: str | None = None) -> rdf.Bundle:
        """Everything in one file, or in all of them, read from the text."""
        files = [f for f in cache_.turtle_files(self.folder) if name is None or f.name == name]
        found: rdf.Properties = defaultdict(lambda: defaultdict(list))
        for file in files:
            for subject, properties in rdf.parse(file).items():
                for predicate, terms in properties.items():
                    held = found[subject][predicate]
                    held.extend(t for t in terms if t not in held)
        return rdf.from_properties(found, str(self.folder))

    # -- SPARQL ---------------------------------------------------------------------------

    def query(self, sparql: str) -> Any:
        """The raw Oxigraph result of a trusted query over all files; for doors only."""
        return self._quads.query(sparql, prefixes=dict(rdf.PREFIXES), use_default_graph_as_union=True)

    def select(self, sparql: str) -> Iterator[dict[str, str]]:
        """Rows of a trusted SELECT as text, our IRIs shortened to ids; unbound variables left out."""
        solutions = self.query(sparql)
        names = [v.value for v in solutions.variables]
        for row in damage.intact(solutions, self.directory):
            yield {n: _plain(row[n]) for n in names if row[n] is not None}

    # -- reading ----------------------------------------------------------------------------

    @property
    def _type(self) -> Any:
        return self._node(rdf.full("rdf:type"))

    def _match(self, *pattern: Any) -> Iterator[Any]:
        return damage.intact(self._quads.quads_for_pattern(*pattern), self.directory)

    def _subjects(self, predicate: str, thing: str) -> Iterator[str]:
        pattern = (None, self._node(rdf.full(predicate)), self._node(thing))
        return (quad.subject.value for quad in self._match(*pattern))

    def _properties(self, subject: str) -> Mapping[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for quad in self._match(self._node(subject), None, None):
            terms = found[quad.predicate.value]
            if quad.object not in terms:
                terms.append(quad.object)
        return found

    def _declared(self, subject: str, name: str) -> Mapping[str, list[Any]]:
        found = self._properties(subject)
        if not found.get(rdf.full("rdf:type")):
            raise UnknownName(name)
        return found

    def _find(self, entity: str) -> bool:
        return any(True for _ in self._match(self._node(f"{rdf.PREFIXES['e']}{entity}"), self._type, None))

    def _read_claims(
        self, subject: str | None, predicate: str | None, object: str | None, clocks: Clocks | None
    ) -> tuple[Claim, ...]:
        wanted = [("rdf:subject", "e", subject), ("rdf:object", "e", object), ("rdf:predicate", "w", predicate)]
        given = [(term, f"{rdf.PREFIXES[prefix]}{value}") for term, prefix, value in wanted if value is not None]
        if not given:
            ids = set(self._subjects("rdf:type", _CLAIM))
        else:
            ids = set(self._subjects(*given[0]))
        found = (self.claim(rdf.local(i)) for i in ids)
        kept = (
            c
            for c in found
            if (predicate is None or c.predicate == predicate) and (object is None or c.object == object)
        )
        known = (self.known_claim(c, clocks) for c in kept) if clocks else kept
        return tuple(sorted((c for c in known if c is not None), key=time_order))

    def _read_entity(self, entity: str) -> Entity:
        found = self._named("e", entity)
        if rdf.full("skos:prefLabel") in found or rdf.full("schema:publisher") not in found:
            return rdf.entity_from(entity, found)
        article = rdf.article_from(entity, found)
        publisher = self.entity(article.publisher).name if self.has(article.publisher) else article.publisher
        return Entity(entity, "Article", ((article.called(publisher, article.published), article.lang),))

    def _read_article(self, article: str) -> Article:
        return rdf.article_from(article, self._named("e", article))

    def _read_claim(self, claim: str) -> Claim:
        return rdf.claim_from(f"{rdf.PREFIXES['c']}{claim}", self._named("c", claim), self._citation, claim)

    def _named(self, prefix: str, name: str) -> Mapping[str, list[Any]]:
        """What is said of an id; UnknownName when nothing is, or when the text is no id."""
        if not is_id(name):
            raise UnknownName(name)
        return self._declared(f"{rdf.PREFIXES[prefix]}{name}", name)

    def _citation(self, iri: str, stance: Stance) -> Citation:
        return rdf.citation_from(self._declared(iri, rdf.local(iri)), stance)


def _read_only(directory: Path) -> Any:
    """The quads of a finished cache; StoreError when it is damaged."""
    import pyoxigraph

    damage.check(directory)
    try:
        return pyoxigraph.Store.read_only(str(directory / "quads"))
    except (OSError, RuntimeError) as error:
        raise damage.damaged(directory, error) from error


def time_order(claim: Claim) -> tuple[int, str, str]:
    """A sort key: earliest begin (claims without a time last), then predicate, then id."""
    time = claim.time
    return (time.begin_earliest if time else 2**31, claim.predicate, claim.id)


def _with_citations(claim: Claim, citations: tuple[Citation, ...]) -> Claim:
    import dataclasses

    return dataclasses.replace(claim, citations=citations)


def _plain(term: Any) -> str:
    text = str(term.value) if hasattr(term, "value") else str(term)
    return rdf.local(text) if text.startswith(rdf.BASE) else text
