"""Holdings: the unbroken time one person held one role, put together from what a source listed when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph import when as when_
from graph.sources.leaders.span import covering
from graph.sources.leaders.term import Term
from graph.when import Day

# No list was seen between these days: what began and ended in between is not known.
GAP: Final = (when_.day("2017-03-28"), when_.day("2020-11-23"))
# A start that a later list moves by no more than this is a correction, not another term.
CORRECTION_DAYS: Final = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """One person in one role of one country; `since` and `until` are EDTF, empty when unknown.

    `first` and `last` are the first and last day of listing; `terms` are the statements it is made of,
    `ended_by` the statement about a successor that bounds its end, if that is how the end is known.
    """

    person: int
    country: str
    role: str
    terms: tuple[Term, ...]
    since: str
    until: str
    first: Day
    last: Day
    ongoing: bool
    capacity: str
    ended_by: tuple[Term, ...] = ()

    @property
    def begin(self) -> Day:
        """The day on which it certainly had begun."""
        return when_.parse(self.since).begin_latest if self.since else self.first

    @property
    def end(self) -> Day:
        """The last day on which it may still have run, as far as anything is known."""
        return when_.parse(self.until).end_latest if self.until else max(self.last, self.begin)


def holdings(listed: Sequence[tuple[int, Term]]) -> list[Holding]:
    """The holdings that listings (person number, term) add up to, with the ends successors give them."""
    series: dict[tuple[str, str], list[tuple[int, Term]]] = defaultdict(list)
    for person, term in listed:
        series[term.country, term.role].append((person, term))
    found = []
    for key in sorted(series):
        runs = _runs(sorted(series[key], key=lambda pair: (pair[1].first, pair[1].begin, pair[0])))
        found.extend(_ended(_begun([_holding(run) for run in runs])))
    return found


def _runs(listed: Iterable[tuple[int, Term]]) -> list[list[tuple[int, Term]]]:
    """Listings cut into runs of one person; who shares an office with another has a run of their own."""
    runs: list[list[tuple[int, Term]]] = []
    for person, term in listed:
        open_runs = [run for run in runs[-3:] if run[-1][0] == person and not _interrupted(run, runs, term)]
        if open_runs:
            open_runs[-1].append((person, term))
        else:
            runs.append([(person, term)])
    return runs


def _interrupted(run: list[tuple[int, Term]], runs: list[list[tuple[int, Term]]], term: Term) -> bool:
    """Whether somebody else was listed since, or a new term began in the years without lists."""
    last = run[-1][1]
    later = runs[runs.index(run) + 1 :]
    until = max(t.last for _, t in run)
    if any(_came_between(other, last, until) for other in later):
        return True
    across = last.last <= GAP[0] and term.first >= GAP[0]
    return across and term.since != last.since and GAP[0] < term.begin <= GAP[1]


def _came_between(other: list[tuple[int, Term]], last: Term, until: Day) -> bool:
    """Whether another run began after this one and was not over while this one was still listed."""
    first = other[0][1]
    return first.begin > last.begin and first.capacity != "co-" and max(t.last for _, t in other) >= until


def _holding(run: list[tuple[int, Term]]) -> Holding:
    person, terms = run[0][0], tuple(t for _, t in run)
    latest = max(terms, key=lambda t: (t.last, t.first))
    return Holding(
        person,
        terms[0].country,
        terms[0].role,
        terms,
        _since(terms),
        "",
        terms[0].first,
        max(t.last for t in terms),
        any(t.ongoing for t in terms),
        latest.capacity if latest.capacity == terms[0].capacity else "",
    )


def _since(terms: Iterable[Term]) -> str:
    """The start: the first one listed, moved by corrections, not by later terms of the same person."""
    since = ""
    for term in terms:
        if term.since and (
            not since
            or term.begin < when_.parse(since).begin_earliest
            or abs(term.begin - when_.parse(since).begin_latest) <= CORRECTION_DAYS
        ):
            since = term.since
    return since


def _begun(row: list[Holding]) -> list[Holding]:
    """Starts made plausible against the predecessor's.

    Of several starts given, one from while the predecessor was still listed, or before, gives way
    to a later one; when there is none, the start lies between the two listings.
    """
    found: list[Holding] = []
    for holding in row:
        before = next((h for h in reversed(found) if h.person != holding.person and h.last < holding.first), None)
        if before is not None and not holding.since:
            holding = replace(holding, since=covering(min(before.last, holding.first), holding.first))
        elif before is not None and not _shared(holding, before):
            others = [t for t in holding.terms if t.since and t.begin > max(before.begin, holding.begin)]
            early = holding.begin <= before.begin or before.last - holding.begin > CORRECTION_DAYS
            if early and others:
                best = min(others, key=lambda t: abs(t.begin - before.last))
                holding = replace(holding, since=best.since)
            elif _earlier(holding, before):
                holding = replace(holding, since=covering(min(before.last, holding.first), holding.first))
        found.append(holding)
    return found


def _earlier(one: Holding, two: Holding) -> bool:
    """Whether one certainly starts before the other, as far as both starts are given."""
    if not one.since or not two.since:
        return False
    return when_.parse(one.since).end_latest < when_.parse(two.since).begin_earliest


def _shared(one: Holding, two: Holding) -> bool:
    return "co-" in (one.capacity, two.capacity)


def _ended(row: list[Holding]) -> list[Holding]:
    """Ends bounded by the next holder's start, where lists were seen close enough to know of no other."""
    found = []
    for index, holding in enumerate(row):
        after = next((h for h in row[index + 1 :] if h.person != holding.person and h.begin > holding.begin), None)
        if holding.ongoing or holding.until or after is None:
            found.append(holding)
            continue
        unseen = holding.last <= GAP[0] and after.first >= GAP[1] and after.begin > GAP[0]
        latest = max(after.begin, holding.begin)
        earliest = max(min(holding.last, latest), holding.begin)
        bounded = replace(holding, until=covering(earliest, latest), ended_by=after.terms[:1])
        found.append(holding if unseen else bounded)
    return found
