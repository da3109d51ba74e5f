"""Who is and was a member of what, and whether the graph knows all members of a body."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from graph import when as when_
from graph.claim import Claim
from graph.reading.readings import DatePhrase
from graph.store import Store
from graph.when import END_OF_TIME, START_OF_TIME, Day, End, When

NEAR_DAYS: Final = 730
MANY: Final = 10
FEW: Final = 4


class Membership:
    """Memberships of a store; answers are kept, a draft asks the same ones again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.complete = functools.cache(self._complete)
        self._members = functools.cache(self._of_body)

    def of(self, who: str, body: str) -> tuple[Claim, ...]:
        """The claims that somebody is, or is listed as, a member."""
        found = [
            c for p in ("memberOf", "listedMemberOf") for c in self._store.claims(subject=who, predicate=p, object=body)
        ]
        return tuple(c for c in found if not c.withdrawn)

    def held(self, who: str, body: str, phrase: DatePhrase | None, today: Day, *, past: bool) -> bool | None:
        """Whether somebody was a member on the day meant; None when the graph does not tell."""
        claims = self.of(who, body)
        spans = phrase.spans if phrase is not None else ((today, today),)
        if past and phrase is None:
            spans = ((START_OF_TIME, today),)
        dated = [c.time for c in claims if c.time and c.predicate == "memberOf"]
        if any(t.begin_earliest <= last and first <= t.end_latest for t in dated for first, last in spans):
            return True
        if dated:
            return False
        listed = [when_.day(c.confirmed) if c.confirmed else today for c in claims]
        if any(abs(day - last) < NEAR_DAYS or first <= day <= last for day in listed for first, last in spans):
            return True
        if listed:
            return None
        near = any(last >= today - NEAR_DAYS for _, last in spans)
        return False if (near or past) and self._known(who, body) and (not past or self.complete(body)) else None

    def _known(self, who: str, body: str) -> bool:
        """Whether the lists of both are known well enough for a missing membership to be none."""
        mine = self._store.claims(subject=who, predicate="listedMemberOf")
        return len(mine) >= MANY and len(self._store.claims(object=body, predicate="listedMemberOf")) >= FEW

    def _complete(self, body: str) -> bool:
        """Whether the dated members are all that a body is listed with."""
        listed = {c.subject for c in self._store.claims(object=body, predicate="listedMemberOf")}
        dated = {c.subject for c in self._store.claims(object=body, predicate="memberOf")}
        return len(dated) >= FEW and len(listed - dated) <= len(listed) // 20

    def _of_body(self, body: str) -> tuple[Claim, ...]:
        return tuple(c for c in self._store.claims(object=body, predicate="memberOf") if c.time and not c.withdrawn)

    def count(self, body: str, day: Day) -> int | None:
        """How many members a body had on a day; None when that is not certain."""
        if not self.complete(body):
            return None
        times: dict[str, list[When]] = {}
        for claim in self._members(body):
            if claim.time:
                times.setdefault(claim.subject, []).append(claim.time)
        there = [
            w
            for w, held in times.items()
            if any(t.begin_latest <= day <= t.end_earliest or _open(t, day) for t in held)
        ]
        possible = [w for w, held in times.items() if any(t.begin_earliest <= day <= t.end_latest for t in held)]
        return len(there) if len(there) == len(possible) else None

    def rank(self, who: str, body: str) -> int | None:
        """As which member somebody joined, when all members and their days are known."""
        if not self.complete(body):
            return None
        mine = [c.time.begin_earliest for c in self._members(body) if c.subject == who and c.time]
        if not mine:
            return None
        return self.count(body, mine[0])

    def bound(self, claim: Claim, which: str) -> When:
        """The begin or end of a membership as a time of its own."""
        left, _, right = claim.when.partition("/")
        text = right if which == "end" else left
        if text not in ("", ".."):
            return when_.parse(text)
        time = claim.time
        assert time is not None
        return time

    def told(self, claims: Sequence[Claim]) -> str:
        """What is recorded, as text."""
        if not claims:
            return "no membership is recorded"
        parts = []
        for claim in claims:
            if claim.predicate == "memberOf" and claim.when:
                left, _, right = claim.when.partition("/")
                parts.append(f"member from {left}" + (f" to {right}" if right not in ("", "..") else ""))
            elif claim.confirmed:
                parts.append(f"listed as a member on {claim.confirmed}")
        return "; ".join(dict.fromkeys(parts)) or "member"


def _open(time: When, day: Day) -> bool:
    return time.end is not End.ENDED and time.begin_latest <= day and time.end_latest >= END_OF_TIME
