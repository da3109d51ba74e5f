"""A term of office as one source states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.claim import Article, Citation, Claim
from graph.when import Day

ROLES: Final = ("headOfStateOf", "headOfGovernmentOf", "leads")


@dataclass(frozen=True, slots=True)
class Term:
    """One claim of an importer: who, where, in which role, from when, and when it was listed.

    `since` and `until` are EDTF, empty when the source does not say; `first` is the day it was
    published, `last` the day it was last confirmed; `ongoing` that it ran at the last state.
    """

    country: str
    role: str
    person: str
    name: str
    since: str
    until: str
    first: Day
    last: Day
    ongoing: bool
    capacity: str
    citation: Citation

    @property
    def title(self) -> str:
        """The title the source gives, as noted with the citation."""
        return self.citation.note

    @property
    def begin(self) -> Day:
        """The day on which it certainly had begun: the start's latest day, or the first listing."""
        return when_.parse(self.since).begin_latest if self.since else self.first

    @property
    def end(self) -> Day:
        """The last day on which it may still have run: the end given, or the last listing."""
        return when_.parse(self.until).end_latest if self.until else max(self.last, self.begin)


def terms(claims: Iterable[Claim], names: Mapping[str, str], articles: Mapping[str, Article]) -> Iterator[Term]:
    """The terms among an importer's claims, in order of time.

    A list that gives no start is a sighting: a day, or two days between which it was listed.
    """
    found = [_term(c, names[c.subject], articles) for c in claims if c.predicate in ROLES]
    yield from sorted(found, key=lambda t: (t.country, t.role, t.first, t.begin, t.person))


def _term(claim: Claim, name: str, articles: Mapping[str, Article]) -> Term:
    since, slash, until = claim.when.partition("/")
    listed = min(articles[c.article].known for c in claim.citations)
    last = when_.day(claim.confirmed) if claim.confirmed else listed
    sighting = claim.predicate != "leads" and (not slash or len(until) == 10)
    return Term(
        claim.value,
        claim.predicate,
        claim.subject,
        name,
        "" if sighting else since,
        "" if sighting or until == ".." else until,
        when_.day(since) if sighting else min(listed, last),
        last,
        until == ".." or not slash,
        next((v.value for key, v in claim.qualifiers if key == "capacity"), ""),
        min(claim.citations, key=lambda c: (articles[c.article].known, c.id)),
    )
