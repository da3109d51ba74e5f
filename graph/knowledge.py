"""KnowledgeGraph: one object that opens a folder of claims and answers questions about it.

It delegates; the work is done by the functions it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import when
from graph.cache import Progress, silent
from graph.errors import Insufficient
from graph.model import Model
from graph.store import Store
from graph.when import Day

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from graph.chains.chain import Chain, Focus
    from graph.draft.outcome import Report
    from graph.index.columns import Columns
    from graph.index.index import Index
    from graph.names import Match, Names
    from graph.questions.relationship import Trajectory
    from graph.questions.rows import Rows
    from graph.tell.paragraph import Paragraph


class KnowledgeGraph:
    """The claims of a folder of Turtle files, with every question that can be asked of them."""

    def __init__(self, store: Store, columns: Callable[[Store], Columns] | None = None) -> None:
        self.store, self._columns = store, columns

    @classmethod
    def open(
        cls,
        folder: str | Path = "data/triples",
        *,
        layers: Iterable[str] = (),
        cache: Path | None = None,
        progress: Progress = silent,
    ) -> KnowledgeGraph:
        """The graph of a folder of Turtle files, or of a SPARQL 1.1 store at an `http` address.

        `layers` names bulk layers that answer together with it.
        Raises StoreError when there are no files or no store, InputError on bad Turtle, UnknownName for no such layer.
        """
        if str(folder).startswith(("http://", "https://")):
            store = Store.at(str(folder), cache=cache)
        else:
            store = Store.open(Path(folder), cache=cache, progress=progress)
        names = tuple(layers)
        if not names:
            return cls(store)
        from graph.layered import columns
        from graph.layered.store import Layered

        return cls(Layered.over(store, names, progress=progress), columns.from_store)

    @property
    def model(self) -> Model:
        """The ontology."""
        return self.store.model

    @cached_property
    def names(self) -> Names:
        """What names mean: resolve, find, mentions."""
        from graph.names import Names

        return Names.open(self.store)

    def find(self, name: str, as_of: Day | str | None = None) -> Match:
        """The entity a name means (on a day); UnknownName with suggestions when none is meant."""
        return self.names.resolve(name, when.as_day(as_of))

    @cached_property
    def index(self) -> Index:
        """Events by time, participant and pair; built on first need."""
        from graph.index.index import Index

        return Index.open(self.store, self._columns)

    def focus(self, *names: str, as_of: Day | str | None = None) -> Focus:
        """What a chain about these names, or about one day, is about: see `graph.chains.focus.named`."""
        from graph.chains import focus

        return focus.named(names, self.names, self.index, self.store, as_of=when.as_day(as_of))

    def chain(
        self,
        *names: str,
        as_of: Day | str | None = None,
        known_at: Day | str | None = None,
        events: int = 7,
        pins: Sequence[str] = (),
        drops: Sequence[str] = (),
        window_days: int | None = None,
    ) -> Chain:
        """How the named focus came about: see `graph.chains.search.best`."""
        from graph.chains import search

        pinned, dropped = ([self.names.resolve(n).id for n in given] for given in (pins, drops))
        return search.best(
            self.focus(*names, as_of=as_of),
            self.index,
            self.store,
            as_of=when.as_day(as_of),
            known_at=when.as_day(known_at),
            events=events,
            pins=pinned,
            drops=dropped,
            window_days=window_days,
        )

    def timeline(
        self,
        *names: str,
        as_of: Day | str | None = None,
        known_at: Day | str | None = None,
        events: int = 30,
        window_days: int | None = None,
    ) -> Chain:
        """The dated events about the named focus that count most, up to `as_of`: see `graph.chains.timeline`."""
        from graph.chains import timeline

        focus, day, known = self.focus(*names, as_of=as_of), when.as_day(as_of), when.as_day(known_at)
        return timeline.timeline(
            focus, self.index, self.store, as_of=day, known_at=known, events=events, window_days=window_days
        )

    def route(self, one: str, other: str, as_of: Day | str | None = None, known_at: Day | str | None = None) -> Chain:
        """How the earlier of two events led to the later, by its strongest weakest link: see `graph.chains.route`."""
        from graph.chains import route

        ends, day = [self.names.resolve(n, when.as_day(as_of)).id for n in (one, other)], when.as_day(as_of)
        return route.route(ends[0], ends[1], self.index, self.store, as_of=day, known_at=when.as_day(known_at))

    def relationship(
        self, one: str, other: str, first: Day | str | None = None, last: Day | str | None = None
    ) -> Trajectory:
        """The tone between two entities by month, -10 to 10, and its turns: see `graph.questions.relationship`."""
        from graph.questions import relationship

        between = (when.as_day(first), when.as_day(last))
        ends = [self.names.resolve(n, between[1]).id for n in (one, other)]
        return relationship.trajectory(ends[0], ends[1], self.index, first=between[0], last=between[1])

    def to_networkx(self, as_of: Day | str | None = None, window_days: int | None = None) -> nx.Graph[str]:
        """Who had to do with whom: `weight` counts shared events, `tone` is their mean, -10 to 10."""
        from graph.questions import network

        return network.to_networkx(self.index, as_of=when.as_day(as_of), window_days=window_days)

    def ask(self, question: str, *things: str, **options: Any) -> Rows:
        """The rows that answer a question by name, such as `relations`, or one in English words.

        `things` are names or ids; days are given as text. See `graph.questions.catalogue`.
        """
        from graph.questions import catalogue

        return catalogue.ask(self, question, things, options)

    def tell(
        self, chain: Chain, *, words: int = 150, audience: str = "informed", style: str = "ap", at_most: bool = False
    ) -> Paragraph:
        """The chain as a cited paragraph of so many words, or with `at_most` fewer: see `graph.tell.plan.tell`."""
        from graph.tell import plan

        return plan.tell(chain, self.store, plan.Wishes(words, audience, style, at_most))

    def context(
        self,
        *names: str,
        as_of: Day | str | None = None,
        known_at: Day | str | None = None,
        events: int | None = None,
        words: int = 150,
        audience: str = "informed",
        style: str = "ap",
        at_most: bool = False,
    ) -> Paragraph:
        """How the named focus came about as a cited paragraph: its chain told, see `chain` and `tell`.

        Of a thing of which no event is known it is told how it stands and stood: who leads it and who did
        before, what it is a member of.
        """
        from graph.chains import search
        from graph.tell import plan

        try:
            chain = self.chain(*names, as_of=as_of, known_at=known_at, events=events or plan.events_for(words))
        except Insufficient:
            focus = self.focus(*names, as_of=as_of)
            if focus.kind != "entity":
                raise
            chain = search.bare(focus, self.index, as_of=when.as_day(as_of), known_at=when.as_day(known_at))
        return self.tell(chain, words=words, audience=audience, style=style, at_most=at_most)

    def check(self, text: str, *, as_of: Day | str, known_at: Day | str | None = None) -> Report:
        """A writer's own text against the claims, sentence by sentence: see `graph.draft.check`."""
        from graph.draft.check import check

        day = when.day(as_of) if isinstance(as_of, str) else as_of
        return check(text, self.store, self.names, self.index, day, when.as_day(known_at))

    def stale(
        self, paragraph: Path | str, *, as_of: Day | str | None = None, known_at: Day | str | None = None
    ) -> Rows:
        """What changed under each sentence of a saved paragraph (a JSON file): see `graph.watch.stale`."""
        from graph.watch import saved, stale

        read = saved.read(Path(paragraph))
        return stale.stale(read, self.store, as_of=when.as_day(as_of), known_at=when.as_day(known_at))

    def impact(self, claim: str, *files: Path | str) -> Rows:
        """The saved paragraphs and pages, in files or folders, that use a claim: see `graph.watch.impact`."""
        from graph.watch import impact

        return impact.impact(claim, [Path(f) for f in files], self.store)

    def without(
        self,
        source: str,
        *focus: str,
        as_of: Day | str | None = None,
        known_at: Day | str | None = None,
        words: int = 150,
    ) -> Rows:
        """What falls when an article, publisher, agency or owner is dropped: see `graph.watch.without`."""
        from graph.watch import without

        return without.ask(self, source, focus, when.as_day(as_of), when.as_day(known_at), words)

    def sparql(self, query: str) -> Iterator[dict[str, str]]:
        """Rows of a SPARQL SELECT over all claims, as text by variable name."""
        return self.store.select(query)

    def rdflib(self) -> rdflib.Graph:
        """An in-memory rdflib graph of everything."""
        from graph import cache, rdf

        return rdf.to_rdflib(cache.turtle_files(self.store.folder))
