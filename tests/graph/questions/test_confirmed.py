"""When what is shown was last confirmed: by lists that say so, and by the articles that state it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph import when as when_
from graph.claim import Citation, Claim, Stance
from graph.questions import confirmed
from graph.store import Store
from tests.world import CITYNEWS, DERRY, INQUIRE

JOINED = Claim("finland", "memberOf", "nato", (Citation(DERRY.id),), "2023-04-04/..")
AGAIN = replace(JOINED, citations=(Citation(DERRY.id), Citation(CITYNEWS.id)))
DENIED = replace(JOINED, citations=(Citation(DERRY.id), Citation(CITYNEWS.id, stance=Stance.DENIES)))
CASES: tuple[tuple[list[Claim], str | None, str, str], ...] = (
    ([], None, "", "nothing is shown"),
    ([JOINED], None, "2023-04-04", "the day of the only article"),
    ([AGAIN], None, "2024-03-01", "the newest article"),
    ([AGAIN], "2023-12-31", "2023-04-04", "what was published later was not known"),
    ([DENIED], None, "2023-04-04", "who denies does not confirm"),
    ([replace(AGAIN, confirmed="2026-01-22")], None, "2026-01-22", "a list confirmed it later"),
    ([replace(AGAIN, confirmed="2023-05-01")], None, "2024-03-01", "an article later than the list"),
    ([replace(JOINED, confirmed="2026-01-22", superseded_by=AGAIN.id)], None, "", "a corrected claim is not shown"),
    ([replace(JOINED, citations=(Citation(INQUIRE.id),))], None, "2014-03?", "a month stays a month"),
)


@pytest.mark.parametrize(("claims", "known_at", "expected", "why"), CASES, ids=[c[-1] for c in CASES])
def test_last(world: Store, claims: list[Claim], known_at: str | None, expected: str, why: str) -> None:
    assert confirmed.last(claims, world, known_at=when_.as_day(known_at)) == expected, why
