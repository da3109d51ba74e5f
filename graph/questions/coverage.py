"""Which states have a known head of state and of government on a day, and which have not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from graph import when as when_
from graph.claim import Claim, Status
from graph.when import Day, End, Held

# An open end that nobody confirmed for this long is no knowledge of a holder.
STALE_DAYS: Final = 731
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
    return claim.status is Status.ACCEPTED and not claim.withdrawn and not claim.superseded_by


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
            if not any(_fresh(c, day) for c in holders(stated, day)):
                found.append(Missing(country, role, _last(stated, day)))
    return tuple(sorted(found))


def _fresh(claim: Claim, day: Day) -> bool:
    open_end = claim.time is not None and claim.time.end is End.UNKNOWN
    return not open_end or not claim.confirmed or when_.day(claim.confirmed) >= day - STALE_DAYS


def _last(claims: Iterable[Claim], day: Day) -> str:
    before = [c for c in claims if c.time is not None and c.time.begin_latest <= day]
    return max(before, key=_start).subject if before else ""


def states(store: Claims, day: Day) -> Iterator[str]:
    """The countries that existed on a day: those with an ISO code, and former ones before they were dissolved.

    A country without any date counts as existing.
    """
    coded = {c.subject for c in store.claims(predicate="isoCode")}
    over = {c.subject: c for c in store.claims(predicate="dissolved")}
    begun = {c.subject: c for c in store.claims(predicate="founded")}
    led = {c.value for role in ROLES for c in store.claims(predicate=role)}
    for country in sorted(coded & led | {s for s in over if s in led}):
        end, start = over.get(country), begun.get(country)
        if end is not None and end.time is not None and end.time.begin_earliest <= day and country not in coded:
            continue
        if start is not None and start.time is not None and start.time.begin_earliest > day:
            continue
        yield country
