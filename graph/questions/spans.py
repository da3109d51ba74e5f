"""Spans of days (closed): where claims of one relation leave none, and which two of them share."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph import when as when_
from graph.claim import Claim
from graph.when import Day, End, Held, When

Span = tuple[Day, Day]
SINGLE: Final = ("headOfStateOf", "headOfGovernmentOf", "leads", "holdsOffice")
"""What one person holds after another, unless a capacity says that several share it."""
_TOGETHER: Final = ("co-", "joint")


@dataclass(frozen=True, slots=True)
class Term:
    """A claim with the time it is taken to have held, and whether it says that others hold the same then."""

    claim: Claim
    time: When
    together: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """A span on which no claim holds, certainly none or only possibly, with the claims around it."""

    first: Day
    last: Day
    held: Held
    before: Claim
    after: Claim


def may_hold(time: When | None, day: Day) -> bool:
    """Whether what is dated so holds on a day, or may; a dated act holds from its day on, what is undated always."""
    if time is None:
        return True
    return time.begin_earliest <= day if time.is_day else time.holds(day) is not Held.NO


def terms(claims: Iterable[Claim]) -> list[Term]:
    """Dated claims by begin; an end not known to the day is at the latest where another certainly had taken over."""
    dated = sorted(
        (Term(c, begun(c, c.time), _shares(c)) for c in claims if c.time is not None),
        key=lambda t: (t.time.begin_latest, t.claim.id),
    )
    begins = [t.time.begin_latest for t in dated]
    return [Term(t.claim, _until_next(t, dated, begins), t.together) for t in dated]


def begun(claim: Claim, time: When) -> When:
    """The time of a claim: who is listed as still holding it had begun, at the latest, when last confirmed."""
    if time.end is not End.ONGOING or not claim.confirmed:
        return time
    listed = max(when_.day(claim.confirmed), time.begin_earliest)
    return replace(time, begin_latest=min(time.begin_latest, listed))


def _until_next(term: Term, dated: Sequence[Term], begins: Sequence[Day]) -> When:
    """The time, ended at the latest by the next holder; a begin that others put later does not end anything."""
    time = term.time
    if time.end is End.ONGOING or time.end_earliest == time.end_latest:
        return time
    days = _shared_next(term, dated) if term.together else _next(term, dated, begins)
    following = min((day for day in days if day >= time.end_earliest), default=time.end_latest)
    return time if following >= time.end_latest else replace(time, end_latest=following)


def _next(term: Term, dated: Sequence[Term], begins: Sequence[Day]) -> Iterator[Day]:
    """The days on which another alone is known to have held it: from a later begin, or listed once this end was open.

    Of later begins the first that may end it. One who began on the same day and is still listed was the
    holder; the other's begin is a mistyped one.
    """
    begin, subject = term.time.begin_latest, term.claim.subject
    later = bisect.bisect_left(begins, max(begin + 1, term.time.end_earliest))
    alone = (t for t in itertools.islice(dated, later, None) if not t.together and t.claim.subject != subject)
    yield from (t.time.begin_latest for t in itertools.islice(alone, 1))
    if term.time.end is End.UNKNOWN:
        for other in dated[: bisect.bisect_right(begins, begin)]:
            claim = other.claim
            if other.time.end is End.ONGOING and not other.together and claim.subject != subject:
                yield other.time.begin_latest
                if claim.confirmed and when_.day(claim.confirmed) > begin:
                    yield when_.day(claim.confirmed)


def _shared_next(term: Term, dated: Sequence[Term]) -> Iterator[Day]:
    """The days from which two others certainly hold together what two hold."""
    together = [t for t in dated if t.together and t.claim.subject != term.claim.subject]
    for day in sorted({t.time.begin_latest for t in together if t.time.begin_latest > term.time.begin_latest}):
        if len({t.claim.subject for t in together if t.time.holds(day) is Held.CERTAIN}) > 1:
            yield day


def best_told(claims: Iterable[Claim]) -> list[Claim]:
    """The claims without those that say, of the same days or with other dates, what a better one says too.

    Better: accepted rather than contested, then saying more of how (acting), then told by more articles.
    """
    kept = list(claims)
    best: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in kept:
        best.setdefault((claim.subject, claim.predicate, claim.value), []).append(claim)
    worse = {
        c.id
        for same in best.values()
        for c in same
        if any((o.id in c.contradicts or o.when == c.when) and support(o) < support(c) for o in same)
    }
    return [c for c in kept if c.id not in worse]


def support(claim: Claim) -> tuple[str, int, int, str]:
    """A sort key, the better first: accepted, saying more of how, told by more articles."""
    return claim.status.value, -len(claim.qualifiers), -len(claim.citations), claim.id


def _shares(claim: Claim) -> bool:
    """Whether the claim says that others hold the same at the same time."""
    return any(name == "capacity" and value.value.startswith(_TOGETHER) for name, value in claim.qualifiers)


def bare(claims: Iterable[Claim]) -> Iterator[Bare]:
    """The spans between dated claims on which none holds: certainly none, then possibly none, each earliest first."""
    held = terms(claims)
    if not held:
        return
    possible = _union((t.time.begin_earliest, t.time.end_latest) for t in held)
    certain = _union((t.time.begin_latest, t.time.end_earliest) for t in held)
    whole = (possible[0][0], possible[-1][1])
    empty = _holes(possible, whole)
    for low, high in empty:
        yield _around(low, high, Held.CERTAIN, held)
    for low, high in _holes(_union([*certain, *empty]), whole):
        if any(t.time.begin_earliest < low for t in held) and any(t.time.begin_latest > high for t in held):
            yield _around(low, high, Held.POSSIBLE, held)


def _around(low: Day, high: Day, held: Held, terms: Sequence[Term]) -> Bare:
    before = max((t for t in terms if t.time.begin_earliest < low), key=lambda t: (t.time.end_earliest, t.claim.id))
    after = min((t for t in terms if t.time.begin_latest > high), key=lambda t: (t.time.begin_latest, t.claim.id))
    return Bare(low, high, held, before.claim, after.claim)


def _union(spans: Iterable[Span]) -> list[Span]:
    """Spans joined where they touch, in order; empty ones dropped."""
    found: list[Span] = []
    for low, high in sorted(s for s in spans if s[0] <= s[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _holes(spans: Sequence[Span], whole: Span) -> list[Span]:
    """What a union of spans leaves of a whole."""
    edges = [whole[0] - 1, *(day for span in spans for day in span), whole[1] + 1]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(a + 1, b - 1) for a, b in pairs if a + 1 <= b - 1]


def shared(one: When, other: When) -> tuple[Held, Span]:
    """Whether two times overlap, and on which days: the certain ones when there are any, else the possible ones."""
    held = one.overlaps(other)
    low, high = max(one.begin_latest, other.begin_latest), min(one.end_earliest, other.end_earliest)
    if held is not Held.CERTAIN or low > high:
        low, high = max(one.begin_earliest, other.begin_earliest), min(one.end_latest, other.end_latest)
    return held, (low, high)
