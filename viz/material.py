"""What the sections of a page are written from: the store at a moment, claims in words, numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.claim import Claim
from graph.store import Store
from graph.when import Clocks, Day
from viz import words
from viz.view import Said, Source


@dataclass(frozen=True)
class Material:
    """A store as of a day, with every claim of the page in words and every source numbered."""

    store: Store
    clocks: Clocks
    as_of: Day
    said: Mapping[str, Said]
    sources: Mapping[str, Source]

    def numbers(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The source numbers behind claims, ascending, each once."""
        return tuple(sorted({self.sources[c.article].number for claim in claims for c in claim.citations}))


def gather(store: Store, claims: Iterable[Claim], clocks: Clocks, as_of: Day) -> Material:
    """The material over claims, each id once."""
    unique = {c.id: c for c in claims}
    numbered = words.sources(unique.values(), store)
    said = {c.id: words.said(c, store, numbered, day=as_of, on_page=unique) for c in unique.values()}
    return Material(store, clocks, as_of, said, numbered)
