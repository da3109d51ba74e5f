"""Questions about alliances: who their members were on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from graph.questions import asof, overview
from graph.questions.behind import behind, named
from graph.questions.question import OnDay, Opened, Thing
from graph.questions.rows import Named, Row
from graph.when import Clocks, Held

_SUSPENDED: Final = {Held.CERTAIN: "suspended", Held.POSSIBLE: "perhaps suspended", Held.NO: ""}


@dataclass(frozen=True, slots=True)
class Member(Row):
    """A member: since when and how long (EDTF), how surely, whether suspended, and why only possibly a member."""

    member: Named
    when: str
    held: Held
    standing: str
    why: str


def members(
    kg: Opened,
    one: Annotated[Thing, "An alliance or another organization."],
    *,
    as_of: Annotated[OnDay | None, "The day asked about; without it, now."] = None,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Member]:
    """Who the members of an alliance were on a day, each once, by name; a suspended member is still one.

    A membership is told by dated claims (`memberOf`); lists that only show who was on them on some
    day (`listedMemberOf`) do not count.
    """
    store = kg.store
    standings = [s for s in asof.state(one, store, Clocks(as_of, known_at)) if not s.outward]
    suspended = {s.other: s for s in overview.once(s for s in standings if s.claim.predicate == "suspendedFrom")}
    rows = []
    for s in overview.once(s for s in standings if s.claim.predicate == "memberOf"):
        stopped = suspended.get(s.other)
        claims = (s.claim, stopped.claim) if stopped else (s.claim,)
        standing = _SUSPENDED[stopped.held] if stopped else ""
        rows.append(Member(named(s.other, store), s.claim.when, s.held, standing, s.why, **behind(claims, store)))
    yield from sorted(rows, key=lambda row: row.member.name)
