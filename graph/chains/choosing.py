"""The inner loops of a chain, continued: links between candidates, and the greedy choice.

Like `kernels`, these run interpreted or compiled.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.chains import kernels
from graph.chains.kernels import Cut, Numbers
from graph.index import signals
from graph.index.arrays import Arrays

Floats = NDArray[np.float64]
Ints = NDArray[Any]
INLINED = ("stated_between", "comes_first", "leads_up", "link", "repeats", "bucket_of")
BUCKET_DAYS = (3, 14, 60, 365, 1825)
SHARE, RESPONSE, FADING, STATED, KIND = 0, 1, 2, 3, 4
"""The columns of a link's terms; KIND is a position in `LINKS`, -1 when nothing is stated."""


class Field(NamedTuple):
    """The candidates that are left, with what comparing them needs."""

    event: Ints
    first: Ints
    last: Ints
    day: Ints
    voices: Ints
    kind: Ints
    score: Floats
    parent: Ints
    off: Ints
    entity: Ints
    weight: Floats
    flags: Ints
    rarity: Floats
    bucket: Ints
    sides: Floats
    half_life: Floats
    joint_off: Ints
    joint_earlier: Ints
    joint_value: Floats
    joint_kind: Ints


def field_of(a: Arrays, cut: Cut, events: Ints, score: Floats, sides: Ints) -> Field:
    """The candidates with their participants as known, and the rarity of each."""
    count = len(events)
    most = 0
    for event in events:
        most += int(a.p_off[event + 1]) - int(a.p_off[event])
    day, kind, parent = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    starts, ends, voices = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    off, bucket = np.zeros(count + 1, np.int64), np.empty(count, np.int64)
    entity, flags = np.empty(most, np.int64), np.empty(most, np.int64)
    weight = np.empty(most, np.float64)
    matched = np.zeros((count, len(sides)), np.float64)
    half = np.empty(count, np.float64)
    kept = 0
    for at in range(count):
        event = int(events[at])
        first, last, _ = kernels.belief(a, event, cut.known_at)
        day[at], kind[at] = (first + last) // 2, a.kind[event]
        starts[at], ends[at] = first, last
        half[at] = float(a.half_life[kind[at]])
        voices[at] = kernels.voices_of(a, event, cut.known_at)
        parent[at] = parent_of(a, event, cut.known_at)
        bucket[at] = bucket_of(cut.as_of - day[at])
        stop = int(a.p_off[event + 1])
        for row in range(int(a.p_off[event]), stop):
            if kernels.current(a, row, stop, cut.known_at):
                entity[kept], flags[kept] = a.p_entity[row], a.p_flags[row]
                weight[kept] = float(a.p_percent[row]) / 100.0
                for side in range(len(sides)):
                    if sides[side] == entity[kept]:
                        matched[at, side] = weight[kept]
                kept += 1
        off[at + 1] = kept
    _, rarity = kernels.rarities(a, cut, entity[:kept])
    who, much, how = entity[:kept], weight[:kept], flags[:kept]
    j_off, j_earlier, j_value, j_kind = joints_of(a, cut, events)
    plain = (events, starts, ends, day, voices, kind, score, parent, off, who, much, how, rarity, bucket, matched, half)
    return Field(*plain, j_off, j_earlier, j_value, j_kind)


def joints_of(a: Arrays, cut: Cut, events: Ints) -> tuple[Ints, Ints, Floats, Ints]:
    """The stated links between candidates, by later candidate: where its links begin, earlier candidate, value, kind.

    Of several links between the same two the strongest is kept.
    """
    count = len(events)
    off, room = np.zeros(count + 1, np.int64), 0
    for at in range(count):
        row = kernels.lower(a.l_later, 0, len(a.l_later), int(events[at]))
        while row < len(a.l_later) and a.l_later[row] == events[at]:
            room += 1
            row += 1
    earlier, value, kind = np.empty(room, np.int64), np.empty(room, np.float64), np.empty(room, np.int64)
    kept = 0
    for at in range(count):
        row = kernels.lower(a.l_later, 0, len(a.l_later), int(events[at]))
        while row < len(a.l_later) and a.l_later[row] == events[at]:
            other = kernels.lower(events, 0, count, int(a.l_earlier[row]))
            if a.l_known[row] <= cut.known_at and other < count and events[other] == a.l_earlier[row]:
                strength = kernels.LINK_WEIGHTS[a.l_kind[row]] * float(a.l_percent[row]) / 100.0
                if kept > off[at] and earlier[kept - 1] == other:
                    kept -= 1
                    if value[kept] >= strength:
                        strength, row_kind = value[kept], kind[kept]
                    else:
                        row_kind = int(a.l_kind[row])
                else:
                    row_kind = int(a.l_kind[row])
                earlier[kept], value[kept], kind[kept] = other, strength, row_kind
                kept += 1
            row += 1
        off[at + 1] = kept
    return off, earlier[:kept], value[:kept], kind[:kept]


def parent_of(a: Arrays, event: int, known_at: int) -> int:
    """The event this one is part of, as stated by a day; -1 for none."""
    if a.parent[event] < 0:
        return -1
    at = kernels.lower(a.l_later, 0, len(a.l_later), event)
    while at < len(a.l_later) and a.l_later[at] == event:
        if a.l_kind[at] == kernels.PART_OF and a.l_known[at] <= known_at:
            return int(a.l_earlier[at])
        at += 1
    return -1


def bucket_of(days: int) -> int:
    """Which stretch of the past a day lies in, in stretches that grow."""
    found = 0
    for limit in BUCKET_DAYS:
        if days > limit:
            found += 1
    return found


def stated_between(f: Field, i: int, j: int) -> int:
    """The place among `joint_` columns of the stated link from candidate j to i, -1 when there is none."""
    for at in range(f.joint_off[j], f.joint_off[j + 1]):
        if f.joint_earlier[at] == i:
            return int(at)
    return -1


def comes_first(f: Field, i: int, j: int) -> bool:
    """Whether candidate i stands before j: a stated link decides, then the day, then the position."""
    if stated_between(f, j, i) >= 0:
        return False
    if stated_between(f, i, j) >= 0:
        return True
    return bool(f.day[i] < f.day[j] or (f.day[i] == f.day[j] and f.event[i] < f.event[j]))


def leads_up(f: Field, at: int, focus: int) -> bool:
    """Whether a candidate stands before the focus: a stated link decides, then an earlier day."""
    return stated_between(f, at, focus) >= 0 or bool(f.day[at] < f.day[focus] and stated_between(f, focus, at) < 0)


def shared(words: float, off: Ints, entity: Ints, weight: Floats, rarity: Floats, flags: Ints, i: int, j: int) -> float:
    """The rarity-weighted share of actors, and of words, that two events, i before j, have in common."""
    one, other = int(off[i]), int(off[j])
    end, stop = int(off[i + 1]), int(off[j + 1])
    common, together, answered = 0.0, 0.0, False
    same, all_words = 0.0, 0.0
    while one < end or other < stop:
        here = one
        if other >= stop or (one < end and entity[one] < entity[other]):
            value, both = weight[one] * rarity[one], 0.0
            one += 1
        elif one >= end or entity[other] < entity[one]:
            here = other
            value, both = weight[other] * rarity[other], 0.0
            other += 1
        else:
            value = max(weight[one], weight[other]) * rarity[one]
            both = min(weight[one], weight[other]) * rarity[one]
            answered = answered or ((flags[one] & 2) != 0 and (flags[other] & 1) != 0)
            one += 1
            other += 1
        if flags[here] & 4:
            same, all_words = same + both, all_words + value
        else:
            common, together = common + both, together + value
    actors = signals.share(common, together, answered)
    return actors + words * (same / all_words - actors) if all_words > 0 else actors


def link(w: Numbers, f: Field, response: Floats, i: int, j: int, terms: Floats) -> float:
    """The strength of the link between candidates i and j, i before j; its terms are written into `terms`."""
    terms[SHARE] = shared(w.link_words, f.off, f.entity, f.weight, f.rarity, f.flags, i, j)
    terms[RESPONSE] = response[f.kind[i], f.kind[j]]
    terms[FADING] = signals.fading(int(f.day[j] - f.day[i]), f.half_life[i])
    place = stated_between(f, i, j)
    terms[STATED] = f.joint_value[place] if place >= 0 else 0.0
    terms[KIND] = f.joint_kind[place] if place >= 0 else -1
    return signals.joined(terms[STATED], signals.unstated(terms[SHARE], terms[RESPONSE], terms[FADING]))


def repeats(w: Numbers, f: Field, i: int, j: int) -> float:
    """How far two events tell the same: same sides of the focus, same kind, near in time."""
    product, one, other = 0.0, 0.0, 0.0
    for side in range(len(f.sides[i])):
        product += f.sides[i][side] * f.sides[j][side]
        one += f.sides[i][side] * f.sides[i][side]
        other += f.sides[j][side] * f.sides[j][side]
    if product <= 0.0:
        return 0.0
    same = 1.0 if f.kind[i] == f.kind[j] else w.other_kind
    return product / math.sqrt(one * other) * same * signals.fading(abs(int(f.day[i] - f.day[j])), w.repeat_days)


def choose(cut: Cut, w: Numbers, f: Field, response: Floats, fixed: Ints, focus: int, most: int) -> tuple[Ints, Floats]:
    """The candidates chosen, in order of choice, and the final gain of every one with its four parts.

    `fixed` are taken first. The choice is greedy; once only as many places are left as there are
    wishes unfulfilled (something recent, one root), it takes what fulfils one. When the event asked
    about (`focus`, -1 for none) lies back, what followed it fills at most its part of the chain.
    """
    count = len(f.event)
    room = most - 1 - math.ceil(w.background * (most - 1))
    chosen = np.empty(most, np.int64)
    gains = np.zeros((count, 5), np.float64)
    best, repeat = np.zeros(count, np.float64), np.zeros(count, np.float64)
    shut = np.zeros(count, np.bool_)
    mass = np.zeros(len(BUCKET_DAYS) + 1, np.float64)
    newest = newest_buckets(f)
    size = 0
    while size < most and size < count:
        if size < len(fixed):
            pick = int(fixed[size])
        else:
            wishes = unfulfilled(cut, w, f, chosen[:size], newest)
            pressing = wishes if (wishes + 1) // 2 >= most - size else 0
            pick = best_gain(w, f, best, repeat, shut, mass, gains, cut, newest, pressing)
        if pick < 0:
            break
        chosen[size] = pick
        size += 1
        if focus >= 0 and pick != focus and not leads_up(f, pick, focus):
            room -= 1
            if room == 0:
                shut_after(f, focus, shut)
        add(w, f, response, pick, best, repeat, shut, mass)
    best_gain(w, f, best, repeat, shut, mass, gains, cut, newest, 0)
    return chosen[:size], gains


def shut_after(f: Field, focus: int, shut: NDArray[np.bool_]) -> None:
    """Shut everything that did not lead up to the focus, if something that did is still open."""
    before = False
    for at in range(len(f.event)):
        before = before or (not shut[at] and leads_up(f, at, focus))
    for at in range(len(f.event)):
        if before and not leads_up(f, at, focus):
            shut[at] = True


def newest_buckets(f: Field) -> int:
    """The second newest stretch of time that holds a candidate."""
    first, second = len(BUCKET_DAYS), len(BUCKET_DAYS)
    for bucket in f.bucket:
        if bucket < first:
            first, second = bucket, first
        elif first < bucket < second:
            second = bucket
    return int(second)


def unfulfilled(cut: Cut, w: Numbers, f: Field, chosen: Ints, newest: int) -> int:
    """The wishes nothing chosen fulfils yet: something recent (1), one root (2), both (3)."""
    recent, root = 1, 2
    for at in chosen:
        if f.bucket[at] <= newest:
            recent = 0
        if cut.as_of - f.day[at] > w.root_days:
            root = 0
    return recent + root


def best_gain(
    w: Numbers,
    f: Field,
    best: Floats,
    repeat: Floats,
    shut: NDArray[np.bool_],
    mass: Floats,
    gains: Floats,
    cut: Cut,
    newest: int,
    wishes: int,
) -> int:
    """The open candidate with the highest gain, -1 when none is left; all gains are written."""
    pick, wished = -1, -1
    for at in range(len(f.event)):
        held = mass[f.bucket[at]]
        gains[at, 1] = w.gain_score * f.score[at]
        gains[at, 2] = w.gain_link * best[at]
        gains[at, 3] = w.gain_spread * (math.sqrt(held + f.score[at]) - math.sqrt(held))
        gains[at, 4] = -w.gain_repeat * repeat[at]
        gains[at, 0] = round((gains[at, 1] + gains[at, 2] + gains[at, 3] + gains[at, 4]) * 1e9) / 1e9
        if shut[at]:
            continue
        if pick < 0 or gains[at, 0] > gains[pick, 0]:
            pick = at
        recent, root = f.bucket[at] <= newest, cut.as_of - f.day[at] > w.root_days
        helps = (recent and wishes % 2 == 1) or (root and wishes >= 2)
        if helps and (wished < 0 or gains[at, 0] > gains[wished, 0]):
            wished = at
    return wished if wishes and wished >= 0 else pick


def add(
    w: Numbers,
    f: Field,
    response: Floats,
    pick: int,
    best: Floats,
    repeat: Floats,
    shut: NDArray[np.bool_],
    mass: Floats,
) -> None:
    """Choose one candidate: shut it, its parts and its whole, and update what the others gain."""
    terms = np.empty(5, np.float64)
    mass[f.bucket[pick]] += f.score[pick]
    shut[pick] = True
    for at in range(len(f.event)):
        if at == pick:
            continue
        if f.parent[at] == f.event[pick] or f.parent[pick] == f.event[at]:
            shut[at] = True
        first = comes_first(f, at, pick)
        strength = link(w, f, response, at if first else pick, pick if first else at, terms)
        best[at] = max(best[at], strength)
        repeat[at] = max(repeat[at], repeats(w, f, at, pick))


def links_among(w: Numbers, f: Field, response: Floats, order: Ints) -> Floats:
    """For candidates in time order: strength and terms of the link from each to each later one."""
    count = len(order)
    found = np.zeros((count, count, 6), np.float64)
    for i in range(count):
        for j in range(i + 1, count):
            one, other = int(order[i]), int(order[j])
            found[i, j, 5] = link(w, f, response, one, other, found[i, j, :5])
    return found
