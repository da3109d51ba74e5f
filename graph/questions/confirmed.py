"""When what is shown was last confirmed: the last day on which a source said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from graph import when as when_
from graph.claim import Article, Claim, Stance
from graph.questions.coverage import is_said
from graph.when import END_OF_TIME, Day


class Articles(Protocol):
    """Whatever gives articles by id: the store, or a shelf of it."""

    def article(self, article: str) -> Article:
        """The article of this id."""
        ...


def last(claims: Iterable[Claim], store: Articles, *, known_at: Day | None = None) -> str:
    """The last date (EDTF) on which a source confirmed any of these claims; empty when there are none.

    That is the day a claim says it was last confirmed on, or the day an article that states it was
    published, whichever is later; with `known_at` nothing later counts. A denial confirms nothing.
    """
    limit = END_OF_TIME if known_at is None else known_at
    dated = (d for c in filter(is_said, claims) for d in _dates(c, store))
    return max((d for d in dated if d[0] <= limit), default=(0, ""))[1]


def _dates(claim: Claim, store: Articles) -> Iterator[tuple[Day, str]]:
    if claim.confirmed:
        yield when_.parse(claim.confirmed).begin_latest, claim.confirmed
    for citation in claim.citations:
        if citation.stance is not Stance.DENIES:
            article = store.article(citation.article)
            yield article.known, article.published
