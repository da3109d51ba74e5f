"""How a pair's relation went: its events, their signed intensity by month, and where it turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.index.index import Index
from graph.questions import relationship
from graph.store import Store
from graph.when import Clocks, Day
from viz import dates

MONTHS_SHOWN: Final = 24
EVENTS_LEAST: Final = 3
TURN_LEAST: Final = 0.35
TURNS_MOST: Final = 2
_BARS_MOST: Final = 60
_BAR_MONTHS: Final = (1, 3, 12, 60)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a trajectory, from its first month on: how many events cooled and warmed it, and by how much."""

    year: int
    month: int
    events: int
    cool: float
    warm: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the mean intensity changed much: its event, the means before and after."""

    day: Day
    event: str
    name: str
    before: float
    after: float

    @property
    def date(self) -> str:
        """The day in words."""
        return dates.day(self.day)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A pair's course in bars of equal length, oldest first, its turns, and the counts they rest on.

    `months` is how many months a bar stands for; `first` the day the first bar begins.
    """

    bars: tuple[Bar, ...]
    months: int
    turns: tuple[Turn, ...]
    events: int
    hostile: int
    friendly: int
    first: Day


def between(one: str, other: str, index: Index, clocks: Clocks, as_of: Day) -> tuple[tuple[str, Day], ...]:
    """The events two entities take part in together, themselves or through what is theirs, by day."""
    found = relationship.shared(one, other, index, last=as_of, known_at=clocks.known_at)
    return tuple((name, day) for name, day, _, _ in found)


def recent(
    one: str, other: str, index: Index, store: Store, clocks: Clocks, as_of: Day, *, months: int = MONTHS_SHOWN
) -> Trajectory | None:
    """The trajectory of the last months, a bar a month; None when the two share too few events."""
    last = _month(as_of)
    span = last - months + 1, last
    asked = "trajectory", one, other, clocks, as_of, span
    return store.kept(asked, lambda: _trajectory(one, other, index, store, clocks, as_of, span, 1))


def whole(one: str, other: str, index: Index, store: Store, clocks: Clocks, as_of: Day) -> Trajectory | None:
    """The trajectory since the pair's first event, in at most 60 bars of one month or more."""
    events = between(one, other, index, clocks, as_of)
    if not events:
        return None
    last, first = _month(as_of), min(_month(events[0][1]), _month(as_of) - MONTHS_SHOWN + 1)
    months = next((m for m in _BAR_MONTHS if (last - first) // m < _BARS_MOST), _BAR_MONTHS[-1])
    return _trajectory(one, other, index, store, clocks, as_of, (first - first % months, last), months)


def _trajectory(
    one: str,
    other: str,
    index: Index,
    store: Store,
    clocks: Clocks,
    as_of: Day,
    span: tuple[int, int],
    months: int,
) -> Trajectory | None:
    events = between(one, other, index, clocks, as_of)
    if len(events) < EVENTS_LEAST:
        return None
    rated = [(store.model.kind(store.entity(e).kind).intensity, _month(day)) for e, day in events]
    bars = []
    for at in range(span[0], span[1] + 1, months):
        own = [v for v, month in rated if at <= month < at + months]
        bars.append(Bar(at // 12, at % 12 + 1, len(own), sum(v for v in own if v < 0), sum(v for v in own if v > 0)))
    shown = [v for v, month in rated if month >= span[0]]
    return Trajectory(
        tuple(bars),
        months,
        _turns(one, other, index, store, clocks, as_of, when_.day_of(span[0] // 12, span[0] % 12 + 1)),
        len(shown),
        sum(v < 0 for v in shown),
        sum(v > 0 for v in shown),
        when_.day_of(span[0] // 12, span[0] % 12 + 1),
    )


def _turns(
    one: str, other: str, index: Index, store: Store, clocks: Clocks, as_of: Day, first: Day
) -> tuple[Turn, ...]:
    """The clearest turns since a day, in order of time."""
    course = relationship.trajectory(one, other, index, last=as_of, known_at=clocks.known_at)
    clear: Sequence[relationship.Turn] = [t for t in course.turns if t.clearness >= TURN_LEAST and t.day >= first]
    turns = (Turn(t.day, t.event, store.entity(t.event).name, t.before, t.after) for t in clear[:TURNS_MOST])
    return tuple(sorted(turns, key=lambda t: t.day))


def _month(day: Day) -> int:
    year, month, _ = when_.civil(day)
    return year * 12 + month - 1
