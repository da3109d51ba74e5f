"""Whom and what a focus is about: sides, their parts, and telling words, and how much each weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.chains import kernels
from graph.chains.chain import Focus
from graph.chains.kernels import Cut, Numbers
from graph.index.index import Index
from graph.index.participations import TELLS

Floats = NDArray[np.float64]
Ints = NDArray[Any]
MOST_SIDES: Final = 6
MOST_PARTS: Final = 8
MOST_WORDS: Final = 16
LEAST_SHARE: Final = 0.2
LEAST_OF_A_SIDE: Final = 0.25
"""A state counts as a side from here on: where it is no more than the country of the place, it is none."""
_LINKED_EVENTS: Final = 32


@dataclass(frozen=True, slots=True)
class About:
    """Positions of entities, heaviest first: sides, then parts of sides, then words; and all their weights.

    The sides are the states that take part, themselves or through others; without any, whoever is
    part of nobody else. Parts are everyone else.
    """

    sides: Ints
    parts: Ints
    words: Ints
    weight: Floats

    @property
    def actors(self) -> Ints:
        """Sides and parts."""
        return np.concatenate((self.sides, self.parts))

    @property
    def everything(self) -> Ints:
        """Sides, parts and words, as `weight` counts them."""
        return np.concatenate((self.sides, self.parts, self.words))


def about(index: Index, focus: Focus, anchors: list[int], cut: Cut, numbers: Numbers, *, merged: bool = False) -> About:
    """Whom a focus is about.

    An event is about its participants, and less about those of the events that sources link to it;
    anything else about the entities it names. Who takes part in nothing else tells nothing.
    """
    a = index.loops
    if not focus.event and not merged:
        named = {e: 1.0 for e in map(index.entity, focus.entities) if e >= 0}
        many = focus.kind == "story" and sum(bool(a.e_country[e]) for e in named) > 1
        sides = {e: w for e, w in named.items() if not many or a.e_country[e]}
        return _weighed(index, sides, {e: w for e, w in named.items() if e not in sides}, {}, cut, numbers)
    counted: dict[int, float] = {}
    for anchor in anchors:
        for entity, share in _participants(index, anchor, cut).items():
            counted[entity] = max(counted.get(entity, 0.0), share)
        for entity, share in _of_linked(index, anchor, cut).items():
            if share >= LEAST_SHARE:
                counted[entity] = max(counted.get(entity, 0.0), numbers.linked * share)
    parts = _parts(index, counted, int(a.day[anchors[0]]), cut.known_at)
    wholes = {whole for found in parts.values() for whole in found}
    states = {e for e in counted if a.e_country[e]}
    first = {e for e in states if counted[e] >= LEAST_OF_A_SIDE} or states or (set(counted) - set(parts))
    sides = {e: 1.0 if e in wholes and w >= LEAST_OF_A_SIDE else w for e, w in counted.items() if e in first}
    inner = {e: w for e, w in counted.items() if e not in first}
    return _weighed(
        index,
        sides,
        inner,
        dict.fromkeys((w for e in anchors for w in _words(index, e, cut.known_at)), 1.0),
        cut,
        numbers,
    )


def _weighed(
    index: Index,
    sides: Mapping[int, float],
    parts: Mapping[int, float],
    words: Mapping[int, float],
    cut: Cut,
    numbers: Numbers,
) -> About:
    """Each group ranked by weight times rarity.

    Nothing fixes how much of the whole a group makes up: where few and common actors are known, the
    words tell most of what it is about. Who takes part in one event only is left out, unless nobody
    else is there.
    """
    groups = []
    everyone = np.array(sorted({*sides, *parts, *words}), np.int64)
    counts, rarity = kernels.rarities(index.loops, cut, everyone)
    rare = dict(zip(everyone.tolist(), rarity.tolist(), strict=True))
    lonely = set(everyone[counts <= 1].tolist()) if (counts > 1).any() else set()
    for counted, most, factor in (
        (sides, MOST_SIDES, 1.0),
        (parts, MOST_PARTS, numbers.part),
        (words, MOST_WORDS, numbers.words),
    ):
        heavy = {e: w * factor * rare[e] for e, w in counted.items() if e not in lonely}
        ranked = sorted(heavy, key=lambda e: (-heavy[e], e))[:most]
        groups.append((np.array(ranked, np.int64), np.array([heavy[e] for e in ranked], np.float64)))
    return About(groups[0][0], groups[1][0], groups[2][0], np.concatenate([weight for _, weight in groups]))


def _words(index: Index, event: int, known_at: int) -> list[int]:
    """The telling words of an event as known."""
    a = index.loops
    rows = range(int(a.p_off[event]), int(a.p_off[event + 1]))
    unknown = a.known[event] > known_at
    return sorted({int(a.p_entity[r]) for r in rows if a.p_flags[r] & TELLS and (unknown or a.p_known[r] <= known_at)})


def _participants(index: Index, event: int, cut: Cut) -> dict[int, float]:
    """Who takes part in an event as known; as known at all when it was not known yet."""
    a = index.loops
    start, stop = int(a.p_off[event]), int(a.p_off[event + 1])
    unknown = a.known[event] > cut.known_at
    return {
        int(a.p_entity[r]): float(a.p_percent[r]) / 100.0
        for r in range(start, stop)
        if not a.p_flags[r] & TELLS and (unknown or a.p_known[r] <= cut.known_at)
    }


def _of_linked(index: Index, event: int, cut: Cut) -> dict[int, float]:
    """Who takes part in the events that sources link to an event: the mean over those events."""
    a = index.loops
    others: set[int] = set()
    back = np.arange(len(a.l_later))
    for keys, rows, far in ((a.l_later, back, a.l_earlier), (a.k_earlier, a.k_order, a.l_later)):
        at = kernels.lower(keys, 0, len(keys), event)
        while at < len(keys) and keys[at] == event and len(others) < _LINKED_EVENTS:
            row = int(rows[at])
            if max(a.l_known[row], a.known[far[row]]) <= cut.known_at:
                others.add(int(far[row]))
            at += 1
    found: dict[int, float] = {}
    for other in sorted(others):
        for entity, share in _participants(index, other, cut).items():
            found[entity] = found.get(entity, 0.0) + share / len(others)
    return found


def _parts(index: Index, entities: Iterable[int], day: int, known_at: int) -> dict[int, set[int]]:
    """Those entities that on a day were part of others of them, with those others."""
    a, among = index.loops, set(entities)
    found: dict[int, set[int]] = {}
    for entity in among:
        at = kernels.lower(a.c_part, 0, len(a.c_part), entity)
        while at < len(a.c_part) and a.c_part[at] == entity:
            whole = int(a.c_whole[at])
            if (
                whole in among
                and whole != entity
                and a.c_first[at] <= day <= a.c_last[at]
                and a.c_known[at] <= known_at
            ):
                found.setdefault(entity, set()).add(whole)
            at += 1
    return found
