"""Who takes part in an event, and for whom that counts: participation carried from parts to wholes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.index.arrays import Ints
from graph.index.columns import ACTING, AFFECTED, LINKS, ROLE_PERCENT, ROLES, WORD, Columns
from graph.index.lists import offsets, ranges

ACTS: Final = 1
SUFFERS: Final = 2
TELLS: Final = 4
"""Flags of a participation: acts, is acted upon, is a word that tells what it is about."""
LEAST_PERCENT: Final = 20
CLOSURE_DEPTH: Final = 3
LEAST_CARRIED: Final = 50
CARRIED_PERCENT: Final = 60
CARRYING: Final = tuple(LINKS.index(kind) for kind in ("causedBy", "inResponseTo", "partOf", "follows"))


@dataclass(frozen=True, slots=True)
class Participations:
    """One row a participation, sorted by event, entity and the day it became known.

    A later row of the same entity in the same event replaces the earlier one from its day on: it
    counts for more, or acts in more ways (`ACTS`, `SUFFERS`).
    """

    event: Ints
    entity: Ints
    percent: Ints
    flags: Ints
    known: Ints


def participations(columns: Columns, event_at: Ints, entity_at: Ints, day: Ints) -> Participations:
    """Direct participations and those that follow through closure on the day of the event."""
    event, entity = event_at[columns.p_event], entity_at[columns.p_entity]
    flags, percent = _of_roles(columns)
    known = columns.p_known.astype(np.int32)
    found = [Participations(event, entity, percent, flags, known)]
    for _ in range(CLOSURE_DEPTH):
        found.append(_wholes(found[-1], columns, entity_at, day))
    merged = _merged(found)
    told = _through_events(merged, columns, event_at, entity_at, day)
    return _merged([merged, told]) if len(told.event) else merged


def _through_events(
    part: Participations, columns: Columns, event_at: Ints, entity_at: Ints, day: Ints
) -> Participations:
    """Countries that take part in what sources say followed from an event are in it too, and in what is about it.

    An airliner's crash concerns the state that apologises for it; that somebody names an older crash
    as a precedent does not make it his, and mere order in time carries nothing.
    """
    told = np.isin(columns.l_kind, CARRYING)
    source = event_at[np.concatenate((columns.l_later[told], columns.a_about))]
    target = event_at[np.concatenate((columns.l_earlier[told], columns.a_event))]
    said = np.concatenate((columns.l_known[told], columns.a_known))
    state = np.zeros(len(entity_at), bool)
    state[entity_at[columns.countries]] = True
    strong = np.flatnonzero((part.percent >= LEAST_CARRIED) & state[part.entity])
    off = offsets(part.event[strong], len(day))
    at, row = ranges(off[source], off[source + 1])
    row = strong[row]
    known = np.maximum(np.maximum(said[at], part.known[row]), day[source[at]])
    percent = part.percent[row].astype(np.int32) * CARRIED_PERCENT // 100
    return Participations(target[at], part.entity[row], percent, np.zeros(len(row), np.int8), known)


def _of_roles(columns: Columns) -> tuple[Ints, Ints]:
    """Flags and percent of each participation."""
    flags = np.zeros(len(ROLES), np.int8)
    flags[list(ACTING)] = ACTS
    flags[list(AFFECTED)] = SUFFERS
    flags[WORD] = TELLS
    percents = np.array([ROLE_PERCENT.get(r, 100) for r in ROLES], np.int32)
    return flags[columns.p_role], percents[columns.p_role]


def _wholes(part: Participations, columns: Columns, entity_at: Ints, day: Ints) -> Participations:
    """The participations that follow from these by one step of closure."""
    order = np.argsort(entity_at[columns.c_part], kind="stable")
    off = offsets(entity_at[columns.c_part][order], len(entity_at))
    row, at = ranges(off[part.entity], off[part.entity + 1])
    at = order[at]
    percent = part.percent[row] * columns.c_percent[at] // 100
    held = (columns.c_first[at] <= day[part.event[row]]) & (day[part.event[row]] <= columns.c_last[at])
    kept = held & (percent >= LEAST_PERCENT)
    row, at = row[kept], at[kept]
    known = np.maximum(part.known[row], columns.c_known[at])
    return Participations(part.event[row], entity_at[columns.c_whole[at]], percent[kept], part.flags[row], known)


def _merged(found: list[Participations]) -> Participations:
    event, entity, percent, flags, known = (
        np.concatenate([getattr(part, name) for part in found])
        for name in ("event", "entity", "percent", "flags", "known")
    )
    order = np.lexsort((-flags, -percent, known, entity, event))
    event, entity, percent, flags, known = (c[order] for c in (event, entity, percent, flags, known))
    start = np.ones(len(order), bool)
    start[1:] = (event[1:] != event[:-1]) | (entity[1:] != entity[:-1])
    group = np.cumsum(start)
    percent = np.maximum.accumulate(group * 128 + percent) - group * 128
    acts = np.maximum.accumulate(group * 2 + (flags & ACTS)) - group * 2
    suffers = np.maximum.accumulate(group * 2 + (flags & SUFFERS) // SUFFERS) - group * 2
    flags = acts * ACTS + suffers * SUFFERS + (flags & TELLS)
    grown = np.ones(len(order), bool)
    grown[1:] = start[1:] | (percent[1:] > percent[:-1]) | (flags[1:] != flags[:-1])
    last_that_day = np.ones(len(order), bool)
    last_that_day[:-1] = start[1:] | (known[1:] > known[:-1])
    kept = _kept(grown, last_that_day)
    return Participations(
        event[kept].astype(np.int32),
        entity[kept].astype(np.int32),
        percent[kept].astype(np.uint8),
        flags[kept].astype(np.uint8),
        known[kept].astype(np.int32),
    )


def _kept(grown: Ints, last_that_day: Ints) -> Ints:
    """Of the rows of one day the last, and of days only those that added something."""
    days = np.flatnonzero(last_that_day)
    growth = np.add.accumulate(grown)
    added = np.ones(len(days), bool)
    before = np.concatenate(([-1], days[:-1]))
    added[1:] = growth[days[1:]] > growth[before[1:]]
    return days[added]
