"""Who did what to whom: acts by kind and parties, and the few that a typed question picks from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph import when as when_
from graph.index.index import Index
from graph.index.lists import ranges
from graph.index.participations import ACTS, SUFFERS, TELLS
from graph.when import Day

Ints = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts in time order, as columns: position of the event, its day, who acts and on whom (positions of entities)."""

    event: Ints
    day: Ints
    actor: Ints
    target: Ints

    def __len__(self) -> int:
        return len(self.event)

    def where(self, kept: Ints) -> Acts:
        """The acts for which a mask is true."""
        return Acts(self.event[kept], self.day[kept], self.actor[kept], self.target[kept])


def acts(
    index: Index,
    kinds: Collection[str],
    *,
    actor: str = "",
    target: str = "",
    first: Day | None = None,
    last: Day | None = None,
    known_at: Day | None = None,
    mutual: bool = False,
) -> Acts:
    """The acts of some kinds by an actor, on a target, or both, between two days (closed).

    One row an event, actor and target: an event of two actors and three targets gives six.
    Where nobody is the actor, as in talks, everybody is one; where nobody is acted on, the others are.
    In `mutual` acts, such as signing, everybody acts on everybody else.
    """
    a = index.arrays
    sides = {name: index.entity(name) for name in (actor, target) if name}
    everything = np.arange(len(a.day))
    lists = [a.e_event[a.e_off[e] : a.e_off[e + 1]] if e >= 0 else everything[:0] for e in sides.values()]
    events = min(lists, key=len, default=everything)
    wanted = np.isin(np.arange(len(index.kinds)), [at for at, kind in enumerate(index.kinds) if kind in kinds])
    events = events[wanted[a.kind[events]]]
    if first is not None:
        events = events[a.day[events] >= first]
    if last is not None:
        events = events[a.day[events] <= last]
    if known_at is not None:
        events = events[a.known[events] <= known_at]
    found = _pairs(index, events, mutual)
    kept = np.ones(len(found), bool)
    if actor:
        kept &= found.actor == sides[actor]
    if target:
        kept &= found.target == sides[target]
    return found.where(kept)


def _pairs(index: Index, events: Ints, mutual: bool) -> Acts:
    """Every actor of every event with everybody it acts on; somebody alone acts on himself."""
    a = index.arrays
    owner, row = ranges(a.p_off[events].astype(np.int64), a.p_off[events + 1].astype(np.int64))
    told = (a.p_flags[row] & TELLS) == 0
    owner, row = owner[told], row[told]
    # Of several rows of one entity the last, which knows all its parts.
    last = np.ones(len(row), bool)
    last[:-1] = (owner[1:] != owner[:-1]) | (a.p_entity[row[1:]] != a.p_entity[row[:-1]])
    owner, row = owner[last], row[last]
    acting, suffering = (a.p_flags[row] & ACTS) > 0, (a.p_flags[row] & SUFFERS) > 0
    acting |= ~_any(acting, owner, len(events))[owner]
    other = np.where(_any(suffering, owner, len(events))[owner], suffering, ~acting)
    other |= ~_any(other, owner, len(events))[owner] | mutual
    begin = np.searchsorted(owner[other], owner[acting], side="left")
    stop = np.searchsorted(owner[other], owner[acting], side="right")
    one, two = ranges(begin, stop)
    at, mine, theirs = owner[acting][one], row[acting][one], row[other][two]
    alone = np.bincount(owner, minlength=len(events))[at] == 1
    kept = (mine != theirs) | alone
    at, mine, theirs = at[kept], mine[kept], theirs[kept]
    return Acts(events[at], a.day[events[at]], a.p_entity[mine].astype(np.int64), a.p_entity[theirs].astype(np.int64))


def _any(flag: Ints, owner: Ints, count: int) -> Ints:
    """Whether any row of each event has a flag."""
    found = np.zeros(count, bool)
    found[owner[flag]] = True
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a typed question asks of acts: whose side, in which window, before, after or with whom, first or last.

    `side` is actor or target; `window` is an EDTF date; `relation` is before, after or same, of the window
    or of the acts of `anchor` (an entity on the asked side); `unit` is day, month or year.
    """

    side: str
    window: str = ""
    relation: str = ""
    anchor: str = ""
    unit: str = "day"
    order: str = ""


def chosen(found: Acts, asked: Asked, index: Index) -> Acts:
    """The acts that a typed question picks, in time order.

    Before and after somebody's act: before the first of them, after the last.
    Before and after a month or year: before its first day, after its last.
    """
    if asked.window:
        time = when_.parse(asked.window)
        if asked.relation == "before":
            found = found.where(found.day < time.begin_earliest)
        elif asked.relation == "after":
            found = found.where(found.day > time.end_latest)
        else:
            found = found.where((found.day >= time.begin_earliest) & (found.day <= time.end_latest))
    if asked.anchor:
        found = _beside(found, asked, index.entity(asked.anchor))
    if asked.order and len(found):
        edge = found.day.min() if asked.order == "first" else found.day.max()
        found = found.where(found.day == edge)
    return found


def _beside(found: Acts, asked: Asked, anchor: int) -> Acts:
    """The acts of others before, after or in the same unit of time as the anchor's own."""
    side = found.actor if asked.side == "actor" else found.target
    own = found.day[side == anchor]
    if not len(own):
        return found.where(np.zeros(len(found), bool))
    if asked.relation == "same":
        units = np.array([_unit(int(day), asked.unit) for day in found.day])
        return found.where(np.isin(units, units[side == anchor]) & (side != anchor))
    kept = found.day < own.min() if asked.relation == "before" else found.day > own.max()
    return found.where(kept & (side != anchor))


def _unit(day: Day, unit: str) -> int:
    year, month, _ = when_.civil(day)
    return day if unit == "day" else year if unit == "year" else 12 * year + month
