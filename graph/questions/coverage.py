"""Which states there were on a day, and which of them have no known head of state or of government."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from graph import when as when_
from graph.claim import Claim, Status
from graph.when import START_OF_TIME, Day, End, Held

# An open end that nobody confirmed for this long is no knowledge of a holder.
STALE_DAYS: Final = 731
# What dates the begin of a state.
BEGINNINGS: Final = ("independence", "founded")
ROLES: Final = ("headOfStateOf", "headOfGovernmentOf")


class Claims(Protocol):
    """Whatever gives claims by predicate: the store, or a stand-in of a few claims."""

    def claims(self, *, predicate: str) -> Iterable[Claim]:
        """Every claim with this predicate."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A state that lacks a known head in one role on a day; `last` is the last one known before, if any."""

    country: str
    role: str
    last: str = ""


def holders(claims: Iterable[Claim], day: Day) -> tuple[Claim, ...]:
    """The claims of one role in one country that name its holder on a day, surest first.

    Who certainly held it leaves out who only possibly did; of those who possibly did, a later start
    replaces an earlier one, because one person follows another.
    """
    stated = [c for c in claims if stands(c) and c.time is not None]
    certain = [c for c in stated if _held(c, day) is Held.CERTAIN]
    possible = [c for c in stated if _held(c, day) is Held.POSSIBLE]
    if certain or not possible:
        return tuple(sorted(certain, key=_start, reverse=True))
    latest = max(_start(c) for c in possible)
    return tuple(c for c in possible if _start(c) == latest)


def stands(claim: Claim) -> bool:
    """Whether a claim is accepted, and neither withdrawn nor superseded."""
    return claim.status is Status.ACCEPTED and is_said(claim)


def is_said(claim: Claim) -> bool:
    """Whether a claim was neither withdrawn nor superseded; others may say otherwise."""
    return not claim.withdrawn and not claim.superseded_by


def _held(claim: Claim, day: Day) -> Held:
    return claim.time.holds(day) if claim.time else Held.NO


def _start(claim: Claim) -> Day:
    assert claim.time is not None
    return claim.time.begin_latest


def missing_leaders(store: Claims, day: Day, countries: Iterable[str] | None = None) -> tuple[Missing, ...]:
    """The states and roles without a known holder on `day`, sorted; each with the last one known before.

    `countries` are the states asked about, by default all that existed on the day.
    A holder who only possibly still held the role counts while somebody confirmed it in the two
    years before.
    """
    wanted = tuple(states(store, day) if countries is None else countries)
    found = []
    for role in ROLES:
        by_country: dict[str, list[Claim]] = {}
        for claim in store.claims(predicate=role):
            by_country.setdefault(claim.value, []).append(claim)
        for country in wanted:
            stated = by_country.get(country, [])
            if not any(is_fresh(c, day) for c in holders(stated, day)):
                found.append(Missing(country, role, _last(stated, day)))
    return tuple(sorted(found))


def is_fresh(claim: Claim, day: Day) -> bool:
    """Whether somebody confirmed a relation whose end is not told in the two years before a day."""
    open_end = claim.time is not None and claim.time.end is End.UNKNOWN
    return not open_end or not claim.confirmed or when_.day(claim.confirmed) >= day - STALE_DAYS


def _last(claims: Iterable[Claim], day: Day) -> str:
    before = [c for c in claims if c.time is not None and c.time.begin_latest <= day]
    return max(before, key=_start).subject if before else ""


@dataclass(frozen=True, slots=True)
class Existence:
    """A state that existed on a day: how surely, why only possibly, and the claims that date it."""

    state: str
    held: Held
    why: str
    claims: tuple[Claim, ...]


def states(store: Claims, day: Day) -> Iterator[str]:
    """The ids of the states that certainly or possibly existed on a day, sorted."""
    return (found.state for found in existing(store, day))


def existing(store: Claims, day: Day) -> Iterator[Existence]:
    """The states that certainly or possibly existed on a day, by id: those of today, and former ones.

    A state begins with the dates of its independence, or when it was founded: possibly on the first
    of them and certainly on the last. While another state that it later succeeded was there, what
    dates from before that state does not count: no Germany beside West and East Germany.
    A state without a date certainly existed once somebody headed it, and possibly before; the claim of
    its first known head is what it rests on.
    """
    begun, over = _dated(store, *BEGINNINGS), _dated(store, "dissolved")
    before: dict[str, set[str]] = defaultdict(set)
    for claim in filter(stands, store.claims(predicate="successorOf")):
        before[claim.subject].add(claim.value)
    headed: dict[str, Claim] = {}
    led = (c for role in (*ROLES, "leads") for c in store.claims(predicate=role))
    for claim in (c for c in led if stands(c) and c.time is not None):
        headed[claim.value] = min(claim, headed.get(claim.value, claim), key=lambda c: (_start(c), c.id))
    coded = {c.subject for c in store.claims(predicate="isoCode")} & set(headed)
    former = set(over) & {*headed, *before, *(s for found in before.values() for s in found)}
    for state in sorted(coded | former):
        rivals = [r for r in before[state] if _there(begun.get(r, ()), over.get(r, ()), day) is Held.CERTAIN]
        since = max((_start(c) for r in rivals for c in begun.get(r, ())), default=START_OF_TIME)
        dates = tuple(c for c in begun.get(state, ()) if not rivals or _start(c) > since)
        if rivals and not dates:
            continue
        held = _there(dates, over.get(state, ()), day)
        if not dates and held is Held.CERTAIN and (state not in headed or day < _start(headed[state])):
            held, why = Held.POSSIBLE, "no date of independence is stated"
        else:
            why = _unsure(dates, day) if held is Held.POSSIBLE else ""
        if held is not Held.NO:
            first = (headed[state],) if not dates and state in headed else ()
            yield Existence(state, held, why, (*dates, *first, *over.get(state, ())))


def _dated(store: Claims, *predicates: str) -> Mapping[str, tuple[Claim, ...]]:
    """The dated claims of each subject that stand, by when they began."""
    found: dict[str, tuple[Claim, ...]] = {}
    claims = (c for p in predicates for c in store.claims(predicate=p) if stands(c) and c.time is not None)
    for claim in sorted(claims, key=lambda c: (_start(c), c.id)):
        found[claim.subject] = (*found.get(claim.subject, ()), claim)
    return found


def _there(begun: Sequence[Claim], over: Sequence[Claim], day: Day) -> Held:
    """Whether what began and ended with these dates was there on a day; without a date it always was."""
    begins, ends = [c.time for c in begun if c.time], [c.time for c in over if c.time]
    if any(day > t.end_latest for t in ends) or (begins and day < min(t.begin_earliest for t in begins)):
        return Held.NO
    sure = all(day < t.begin_earliest for t in ends) and all(day >= t.begin_latest for t in begins)
    return Held.CERTAIN if sure else Held.POSSIBLE


def _unsure(dates: Sequence[Claim], day: Day) -> str:
    if any(day < _start(c) for c in dates):
        return "its beginnings are " + ", ".join(c.when for c in dates)
    return "its end is not known to the day"
