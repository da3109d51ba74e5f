"""Which entity does this name mean, on this day: never a silent guess.

>>> names = Names.open(store)                                             # doctest: +SKIP
>>> names.resolve("the French prime minister", day=day("2024-12-20")).id  # doctest: +SKIP
'francois-bayrou'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.names.find import find
from graph.names.match import Match, Mention
from graph.names.mentions import Finder
from graph.names.resolve import ENOUGH, resolve
from graph.names.table import Table
from graph.store import Store
from graph.when import Day

__all__ = ["Match", "Mention", "Names"]


class Names:
    """The names of one store, open for questions; it delegates to the functions of this folder."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._finder: Finder | None = None

    @classmethod
    def open(cls, store: Store) -> Names:
        """The names of a store: a table beside its cache, derived on first need."""
        return cls(Table.open(store))

    def resolve(
        self,
        text: str,
        day: Day | None = None,
        kinds: Iterable[str] = (),
        context: Iterable[str] = (),
        *,
        at_least: float = ENOUGH,
    ) -> Match:
        """The entity a text means; UnknownName with suggestions, AmbiguousName when nothing decides."""
        return resolve(text, self.table, day=day, kinds=kinds, context=context, at_least=at_least)

    def find(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Match, ...]:
        """What a search for a text finds, best first; never raises for an unknown name."""
        return find(text, self.table, limit=limit, kinds=kinds)

    def mentions(self, text: str, day: Day | None = None) -> Iterator[Mention]:
        """The entities a running text names, in order; longest names first, unsure ones left out."""
        if self._finder is None:
            self._finder = Finder(self.table)
        return self._finder.mentions(text, day)
