"""An outlet among the others: what of what it says others say too, whom it says it with, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Article, Claim, Stance
from graph.when import Day
from viz import words
from viz.shelf import Shelf

WITH_MOST: Final = 8
DIFFERING_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Differing:
    """A claim of the outlet on which sources differ: whose page has it, the claim, who is quoted, whether denied."""

    about: str
    name: str
    text: str
    quoted: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """How many claims rest on an outlet, how many of them on others too, on how many sources differ.

    `beside` are the outlets it says most with: id, name, how many claims. `each` counts the claims of its articles.
    """

    claims: int
    shared: int
    contested: int
    beside: tuple[tuple[str, str, int], ...]
    differing: tuple[Differing, ...]
    each: dict[str, int]


def voice(name: str, shelf: Shelf, day: Day) -> Voice | None:
    """What an outlet says and who else says it; None for what has published nothing."""
    own = {a.id: a for a in shelf.published_by(name)}
    cited = {article: [c for c in shelf.cited_by(article) if c.predicate != "inStory"] for article in own}
    claims = {c.id: c for said in cited.values() for c in said}
    if not claims:
        return None
    beside: Counter[str] = Counter()
    shared = 0
    for claim in claims.values():
        others = {shelf.article(c.article).publisher for c in claim.citations if c.article not in own}
        beside.update(others)
        shared += bool(others)
    contested = [c for c in claims.values() if c.contradicts]
    most = sorted(beside.items(), key=lambda kv: (-kv[1], kv[0]))[:WITH_MOST]
    return Voice(
        len(claims),
        shared,
        len(contested),
        tuple((other, words.name(other, shelf), count) for other, count in most),
        tuple(_differing(c, own, shelf, day) for c in _ordered(contested)[:DIFFERING_MOST]),
        {article: len(said) for article, said in cited.items()},
    )


def _ordered(contested: Sequence[Claim]) -> list[Claim]:
    """What most is said about first, claims of one subject together."""
    count = Counter(c.subject for c in contested)
    return sorted(contested, key=lambda c: (-count[c.subject], c.subject, c.predicate, c.id))


def _differing(claim: Claim, own: dict[str, Article], shelf: Shelf, day: Day) -> Differing:
    mine = [c for c in claim.citations if c.article in own]
    quoted = sorted({words.name(c.speaker, shelf) for c in mine if c.speaker})
    text = words.words(claim, shelf, day=day)
    denied = all(c.stance is Stance.DENIES for c in mine)
    return Differing(claim.subject, words.name(claim.subject, shelf), text, ", ".join(quoted), denied)
