"""What a file of a general format came to: things, claims, refusals, and what nobody could map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.claim import Article, Claim, Entity
from graph.errors import InputError
from graph.sources.source import Gathered, Item, Rejected, gather, same_thing


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """Something that was read but means nothing here: a predicate, a kind, a field, by name."""

    what: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything a file came to; `left` counts what was not mapped, most frequent first."""

    entities: tuple[Entity, ...]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]
    left: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing at all in the file."""
        return not (self.entities or self.articles or self.claims or self.rejected or self.left)


def found(items: Iterable[Item | Left]) -> Found:
    """Collect what a reader yields, each thing once; an entity whose names differ from the first is rejected."""
    left: Counter[str] = Counter()
    kept: list[Item] = []
    entities: dict[str, Entity] = {}
    for item in items:
        if isinstance(item, Left):
            left[item.what] += 1
            continue
        if isinstance(item, Entity):
            try:
                entities[item.id] = same_thing(entities[item.id], item) if item.id in entities else item
            except InputError as error:
                item = Rejected(item.id, str(error), f"{item.kind} {item.name}")
        kept.append(item)
    gathered: Gathered = gather(kept)
    counted = tuple(sorted(left.items(), key=lambda pair: (-pair[1], pair[0])))
    return Found(gathered.entities, gathered.articles, gathered.claims, gathered.rejected, counted)
