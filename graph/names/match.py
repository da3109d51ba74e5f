"""What a name was taken to mean: the entity, how surely, why, and what else it could mean."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a text may mean.

    `score` is 0..1 (1: its own name); `reason` is a sentence part readers can see; `part` is set when
    the text names a part of the entity that is no entity itself ("police" of Russia).
    `alternatives` are the other entities it could have meant, best first.
    """

    id: str
    name: str
    kind: str
    score: float
    reason: str
    part: str = ""
    alternatives: tuple[Match, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text, `text[start:end]`, and what it means."""

    start: int
    end: int
    match: Match

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.match.id
