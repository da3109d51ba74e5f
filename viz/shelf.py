"""A whole store held in memory, for building thousands of pages: the same questions, answered from dicts."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

from graph.claim import Article, Claim, Entity
from graph.entity import Event
from graph.errors import UnknownName
from graph.garbage import unsearched
from graph.questions import spans
from graph.store import Store, time_order
from graph.when import Clocks, When
from viz import parsed
from viz.parsed import Parsed
from viz.rests import Read

_by_id = attrgetter("id")
T = TypeVar("T")
EVERY: Final = ("all", "claims")
"""What is read by whoever asks for every claim."""
MENTIONS: Final = ("all", "mentions")
"""What is read by whoever asks how many claims things are in."""
_BITS: Final = (1 << 64) - 1


def _reads_of(claim: Claim) -> Iterator[Read]:
    """What a claim is among the answers to, all but its own name."""
    predicate, other, cited = claim.predicate, claim.object, claim.citations
    yield "about", claim.subject
    yield "about", f"{claim.subject} {predicate}"
    yield "predicate", predicate
    if isinstance(other, str):
        yield "naming", other
        yield "naming", f"{other} {predicate}"
    for article in {c.article for c in cited} if len(cited) > 1 else (cited[0].article,):
        yield "citing", article


class Shelf(Store):
    """Everything a store says, read once; safe to hand to forked workers because nothing stays open.

    While something is made under `noting`, whatever it asks for is noted, so that a page knows what it rests on.
    """

    def __init__(self, store: Store) -> None:
        with unsearched():
            self._fill(store)

    def _fill(self, store: Store) -> None:
        self.folder, self.directory = store.folder, store.directory
        self.fingerprint, self.model = store.fingerprint, store.model
        files = parsed.of(store)
        bundles = [file.bundle for file in files]
        self.things = {e.id: e for e in sorted((e for b in bundles for e in b.entities), key=_by_id)}
        self.papers = {a.id: a for a in sorted((a for b in bundles for a in b.articles), key=_by_id)}
        said = dict(itertools.chain.from_iterable(zip(f.ids, f.bundle.claims, strict=True) for f in files))
        self.said = dict(sorted(said.items(), key=itemgetter(0)))
        self._told = {name: told for file in files for name, told in file.told()}
        self._entries = {name: told for file in files for name, told in file.known()}
        self._share(store, files)
        self._reads: set[Read] | None = None
        self._asked: set[int] = set()
        self._terms: dict[tuple[str, str], Mapping[str, When]] = {}
        self._answers: dict[Hashable, tuple[object, AbstractSet[Read]]] = {}
        self._published: dict[str, list[Article]] = defaultdict(list)
        for article in sorted(self.papers.values(), key=lambda a: (-a.known, a.id)):
            self._published[article.publisher].append(article)
        self._rows: dict[Read, list[Claim]] = defaultdict(list)
        self._sums: dict[Read, int] = defaultdict(int)
        self._sums |= {("thing", name): self._entries[name] for name in self.things}
        self._sums |= {("paper", name): self._entries[name] for name in self.papers}
        for name, of in self._published.items():
            self._sums["published", name] = sum(self._entries[article.id] for article in of)
        self._sums[EVERY] = sum(self._told.values())
        rows, sums = self._rows, self._sums
        for claim in sorted(self.said.values(), key=time_order):
            name = claim.id
            told = sums["claim", name] = self._told[name]
            for read in _reads_of(claim):
                rows[read].append(claim)
                sums[read] += told

    def _share(self, store: Store, files: Sequence[Parsed]) -> None:
        """What several files say something else of each is read from the store, where it is one."""
        named = Counter(itertools.chain.from_iterable(file.names() for file in files))
        several = {name for name, count in named.items() if count > 1}
        rows = itertools.chain.from_iterable((*file.told(), *file.known()) for file in files)
        told = Counter(name for name, _ in {row for row in rows if row[0] in several})
        for name in (n for n, count in told.items() if count > 1):
            if name in self.said:
                self.said[name] = store.claim(name)
                self._told[name] = parsed.digest(self.said[name])
            elif name in self.papers:
                self.papers[name] = store.article(name)
                self._entries[name] = parsed.digest(self.papers[name])
            else:
                self.things[name] = store.entity(name)
                self._entries[name] = parsed.digest(self.things[name])

    @cached_property
    def catalogue(self) -> str:
        """A hash of what there is: every thing, every article, and how many claims; not of what is claimed."""
        return f"{parsed.digest((self._entries, len(self.said))):016x}"

    def every(self) -> Collection[Claim]:
        """Every claim, by id."""
        self._note(*EVERY)
        return self.said.values()

    def mentions(self) -> Mapping[str, int]:
        """How many claims each thing is in, as subject or as object."""
        self._note(*MENTIONS)
        return self._counted()

    def _counted(self) -> dict[str, int]:
        return {name: sum(len(self.rows(what, name)) for what in ("about", "naming")) for name in self.things}

    def rows(self, what: str, name: str) -> Sequence[Claim]:
        """The claims that one read gives, by time; nobody is told that it was read."""
        return self._rows.get((what, name), ())

    def noting(self, make: Callable[[], T]) -> tuple[T, AbstractSet[Read]]:
        """What is made, and what was read for it, which does not count as read by whoever has it made."""
        outer = self._reads, self._asked
        reads: set[Read] = set()
        self._reads, self._asked = reads, set()
        try:
            return make(), reads
        finally:
            self._reads, self._asked = outer

    def note(self, reads: Iterable[Read]) -> None:
        """Count as read what was read for something that is kept."""
        if self._reads is not None:
            self._reads.update(reads)

    def _note(self, what: str, name: str) -> None:
        if self._reads is not None:
            self._reads.add((what, name))

    def gave(self, reads: Collection[Read]) -> npt.NDArray[np.uint64]:
        """For each read a number for what it gave: equal numbers, equal answers.

        It is the sum of the hashes of what was given, modulo 2^64; nothing gives 0.
        """
        if MENTIONS not in self._sums and MENTIONS in reads:
            self._sums[MENTIONS] = parsed.digest(self._counted())
        sums = map(self._sums.get, reads, itertools.repeat(0))
        return np.fromiter(map(_BITS.__and__, sums), np.uint64, len(reads))

    def has(self, entity: str) -> bool:
        """Whether an entity or article of this id is declared."""
        self._note("thing", entity)
        return entity in self.things or entity in self.papers

    def entity(self, entity: str) -> Entity:
        """The entity of this id; UnknownName when there is none."""
        self._note("thing", entity)
        if entity not in self.things:
            raise UnknownName(entity)
        return self.things[entity]

    def article(self, article: str) -> Article:
        """The article of this id; UnknownName when there is none."""
        self._note("paper", article)
        if article not in self.papers:
            raise UnknownName(article)
        return self.papers[article]

    def entities(self, kind: str = "Thing") -> Iterator[Entity]:
        """Every entity of a kind or a kind below it, by id."""
        return (e for _, e in sorted(self.things.items()) if self.model.is_a(e.kind, kind))

    def time(self, claim: Claim) -> When | None:
        """When a claim held: of what one holds after another, at the latest until the next began."""
        if claim.predicate not in spans.SINGLE:
            return claim.time
        self._note("naming", f"{claim.value} {claim.predicate}")
        where = claim.predicate, claim.value
        if where not in self._terms:
            series = self.rows("naming", f"{claim.value} {claim.predicate}")
            self._terms[where] = {t.claim.id: t.time for t in spans.terms(series)}
        return self._terms[where].get(claim.id, claim.time)

    def articles(self) -> Iterator[Article]:
        """Every article, by id."""
        return (a for _, a in sorted(self.papers.items()))

    def claim(self, claim: str) -> Claim:
        """The claim of this id; UnknownName when there is none."""
        self._note("claim", claim)
        if claim not in self.said:
            raise UnknownName(claim)
        return self.said[claim]

    def claims(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        clocks: Clocks | None = None,
    ) -> tuple[Claim, ...]:
        """Claims with this subject, predicate and object entity, sorted by time, then id.

        What chains and paragraphs ask again and again is kept with what was read for it.
        """
        if predicate is None and clocks is None:
            return self._found(subject, predicate, object, clocks)
        return self.kept((subject, predicate, object, clocks), lambda: self._found(subject, predicate, object, clocks))

    def kept(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, found once; what was read for it counts as read by all who ask."""
        kept = self._answers.get(question)
        if kept is None:
            kept = self._answers[question] = self.noting(answer)
        if self._reads is not None and id(kept) not in self._asked:
            self._asked.add(id(kept))
            self._reads.update(kept[1])
        return cast(T, kept[0])

    def event(self, event: str, *, clocks: Clocks | None = None) -> Event:
        """The event of this id as known; UnknownName when there is none."""
        return self.kept(("event", event, clocks), lambda: super(Shelf, self).event(event, clocks=clocks))

    def _found(
        self, subject: str | None, predicate: str | None, object: str | None, clocks: Clocks | None
    ) -> tuple[Claim, ...]:
        if subject is not None:
            read = "about", f"{subject} {predicate}" if predicate else subject
        elif object is not None:
            read = "naming", f"{object} {predicate}" if predicate else object
        else:
            read = ("predicate", predicate) if predicate is not None else EVERY
        self._note(*read)
        found: Iterable[Claim] = self.rows(*read)
        if read == EVERY:
            found = sorted(self.said.values(), key=time_order)
        elif subject is not None and object is not None:
            found = (c for c in found if c.object == object)
        known = (self.known_claim(c, clocks) for c in found) if clocks else found
        return tuple(c for c in known if c is not None)

    def claims_about(self, entity: str, *, outward: bool, other: str = "") -> Iterator[tuple[str, str]]:
        """The claims from (`outward`) or towards an entity as (claim id, predicate)."""
        self._note("about" if outward else "naming", entity)
        for claim in self.rows("about" if outward else "naming", entity):
            if not other or (claim.object if outward else claim.subject) == other:
                yield claim.id, claim.predicate

    def published_by(self, publisher: str) -> Sequence[Article]:
        """The articles of a publisher, newest first."""
        self._note("published", publisher)
        return self._published.get(publisher, ())

    def cited_by(self, article: str) -> Sequence[Claim]:
        """The claims an article is cited for, by time."""
        self._note("citing", article)
        return self.rows("citing", article)
