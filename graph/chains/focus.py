"""Focus from names, ids or a day: what kind of question they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from graph import when as when_
from graph.chains.chain import Focus
from graph.errors import AmbiguousName, InputError, Insufficient, UnknownName
from graph.index.index import Index
from graph.index.participations import TELLS
from graph.when import Day

if TYPE_CHECKING:
    from graph.names import Names
    from graph.store import Store

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURE: Final = 0.79
_MOST_OF_A_DAY: Final = 5


def named(texts: Sequence[str], names: Names, index: Index, store: Store, *, as_of: Day | None = None) -> Focus:
    """The focus that names, ids or one day (`2025-06-27`) ask for, names being understood as on `as_of`.

    Several words that together are one name (`Ilham Aliyev`) are that name.
    Raises UnknownName or AmbiguousName for a name, Insufficient for a day of which nothing is recorded.
    """
    if len(texts) == 1 and _DAY.fullmatch(texts[0]):
        return on_day(when_.day(texts[0]), index)
    whole = _together(" ".join(texts), names, as_of) if len(texts) > 1 else ""
    meant = (text if store.has(text) else names.resolve(text, as_of).id for text in texts)
    return of([whole] if whole else list(meant), index, store)


def _together(text: str, names: Names, as_of: Day | None) -> str:
    """The id that words mean when taken for one name, "" when they are none."""
    try:
        match = names.resolve(text, as_of)
    except (UnknownName, AmbiguousName):
        return ""
    return match.id if match.score >= _SURE and not match.part else ""


def on_day(day: Day, index: Index) -> Focus:
    """What happened on a day: its one event, or the most reported and gravest of its events together."""
    a = index.arrays
    inside = np.flatnonzero((a.first <= day) & (a.last >= day) & (a.last - a.first < 7))
    if not len(inside):
        raise Insufficient("nothing is recorded on that day", where=when_.iso(day))
    voices = np.diff(a.v_off)[inside]
    ranked = inside[np.lexsort((inside, -a.impact[inside].astype(np.int32), -voices))][:_MOST_OF_A_DAY]
    events = tuple(index.event_id(int(e)) for e in ranked)
    if len(events) == 1:
        return Focus("event", actors(events[0], index), event=events[0], day=when_.iso(day))
    return Focus("story", leading(events, index), seeds=events, day=when_.iso(day))


def of(ids: Sequence[str], index: Index, store: Store) -> Focus:
    """The focus that ids of events, entities or one story ask for.

    One event is an event; a story its events; two entities a pair; one entity itself; several
    events, or events with entities, a story of them.
    Raises UnknownName for an id nobody declared, InputError when nothing is asked.
    """
    if not ids:
        raise InputError("nothing to explain", expected="an event, an entity, a story, or two entities")
    kinds = {i: store.entity(i).kind for i in ids}
    events = tuple(i for i in ids if store.model.is_event(kinds[i]))
    others = tuple(i for i in ids if i not in events and kinds[i] != "Story")
    told = tuple(i for i in ids if kinds[i] == "Story")
    if len(ids) == 1 and events:
        return Focus("event", actors(events[0], index), event=events[0])
    if told:
        return story(told[0], index, store)
    if not events and len(others) == 1:
        return Focus("entity", others)
    if not events and len(others) == 2:
        return Focus("pair", others)
    return Focus("story", others or leading(events, index), seeds=events)


def story(story: str, index: Index, store: Store) -> Focus:
    """The focus of a story: its events as seeds, and the entities that act in most of them."""
    seeds = tuple(sorted({c.subject for c in store.claims(predicate="inStory", object=story)}))
    return Focus("story", leading(seeds, index), seeds=seeds, story=story)


def actors(event: str, index: Index) -> tuple[str, ...]:
    """Who takes part in an event, directly or through a part, those who count most first."""
    a, at = index.arrays, index.event(event)
    rows = [r for r in range(int(a.p_off[at]), int(a.p_off[at + 1])) if not a.p_flags[r] & TELLS]
    ranked = sorted(rows, key=lambda r: (-int(a.p_percent[r]), int(a.p_entity[r])))
    return tuple(dict.fromkeys(index.entity_id(int(a.p_entity[r])) for r in ranked))


def leading(events: Sequence[str], index: Index, most: int = 6) -> tuple[str, ...]:
    """The entities that take part in most of some events."""
    counts: dict[str, int] = {}
    for event in events:
        for entity in (e for e in actors(event, index) if e not in events):
            counts[entity] = counts.get(entity, 0) + 1
    return tuple(sorted(counts, key=lambda e: (-counts[e], e))[:most])
