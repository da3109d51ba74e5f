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
INLINED = ("leads_up", "bucket_of")
BUCKET_DAYS = (3, 14, 60, 365, 1825)
SHARE, RESPONSE, FADING, STATED, KIND, STRENGTH = 0, 1, 2, 3, 4, 5
"""The columns of a link's terms and strength; KIND is a position in `LINKS`, -1 when nothing is stated."""


class Field(NamedTuple):
    """The candidates that are left, with what comparing them needs.

    `actors` and `words` are the sums of weight times rarity over who takes part, and over words.
    """

    event: Ints
    first: Ints
    last: Ints
    day: Ints
    voices: Ints
    echoes: Ints
    followed: Ints
    deaths: Ints
    kind: Ints
    score: Floats
    parent: Ints
    off: Ints
    entity: Ints
    weight: Floats
    flags: Ints
    rarity: Floats
    actors: Floats
    words: Floats
    bucket: Ints
    sides: Floats
    half_life: Floats
    joint_off: Ints
    joint_earlier: Ints
    joint_value: Floats
    joint_kind: Ints


def field_of(a: Arrays, cut: Cut, events: Ints, score: Floats, sides: Ints) -> Field:
    """The candidates with their participants as known, and the rarity of each."""
    count, most, p_off = len(events), 0, a.p_off
    for event in events:
        most += int(p_off[event + 1]) - int(p_off[event])
    day, kind, parent = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    starts, ends, deaths = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    voices, echoes, followed = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    off, bucket = np.zeros(count + 1, np.int64), np.empty(count, np.int64)
    entity, flags = np.empty(most, np.int64), np.empty(most, np.int64)
    weight = np.empty(most, np.float64)
    matched = np.zeros(count * len(sides), np.float64)
    half = np.empty(count, np.float64)
    kept = 0
    kinds, half_life, v_off, v_known, whole = a.kind, a.half_life, a.v_off, a.v_known, a.parent
    p_entity, p_percent, p_flags, p_known = a.p_entity, a.p_percent, a.p_flags, a.p_known
    firsts, lasts, died, vague, linked = a.first, a.last, a.deaths, a.vague, len(a.k_earlier) > 0
    for at in range(count):
        event = int(events[at])
        first, last, dead = int(firsts[event]), int(lasts[event]), int(died[event])
        if vague[event] == 2:
            first, last, dead = kernels.belief(a, event, cut.known_at)
        day[at], kind[at] = (first + last) // 2, kinds[event]
        starts[at], ends[at], deaths[at] = first, last, dead
        half[at] = float(half_life[kind[at]])
        voices[at] = kernels.voices_of(v_off, v_known, event, cut.known_at)
        echoes[at] = kernels.echoes_of(v_off, v_known, event, last, cut.known_at)
        followed[at] = kernels.followers(a, event, cut) if linked else 0
        parent[at] = parent_of(a, event, cut.known_at) if whole[event] >= 0 else -1
        bucket[at] = bucket_of(cut.as_of - day[at])
        stop = int(p_off[event + 1])
        for row in range(int(p_off[event]), stop):
            if kernels.current(p_entity, p_known, row, stop, cut.known_at):
                entity[kept], flags[kept] = p_entity[row], p_flags[row]
                weight[kept] = float(p_percent[row]) / 100.0
                for side in range(len(sides)):
                    if sides[side] == entity[kept]:
                        matched[at * len(sides) + side] = weight[kept]
                kept += 1
        off[at + 1] = kept
    _, rarity = kernels.rarities(a, cut, entity[:kept])
    who, much, how = entity[:kept], weight[:kept], flags[:kept]
    actors, words = np.zeros(count, np.float64), np.zeros(count, np.float64)
    for at in range(count):
        of_actors, of_words = 0.0, 0.0
        for row in range(off[at], off[at + 1]):
            if how[row] & 4:
                of_words += much[row] * rarity[row]
            else:
                of_actors += much[row] * rarity[row]
        actors[at], words[at] = of_actors, of_words
    j_off, j_earlier, j_value, j_kind = joints_of(a, cut, events)
    told = (voices, echoes, followed, deaths)
    plain = (events, starts, ends, day, *told, kind, score, parent, off, who, much, how, rarity, actors, words)
    return Field(*plain, bucket, matched, half, j_off, j_earlier, j_value, j_kind)


def joints_of(a: Arrays, cut: Cut, events: Ints) -> tuple[Ints, Ints, Floats, Ints]:
    """The stated links between candidates, by later candidate: where its links begin, earlier candidate, value, kind.

    Of several links between the same two the strongest is kept.
    """
    count, l_later, l_earlier = len(events), a.l_later, a.l_earlier
    off, room = np.zeros(count + 1, np.int64), 0
    for at in range(count):
        row = kernels.lower(l_later, 0, len(l_later), int(events[at]))
        while row < len(l_later) and l_later[row] == events[at]:
            room += 1
            row += 1
    earlier, value, kind = np.empty(room, np.int64), np.empty(room, np.float64), np.empty(room, np.int64)
    kept = 0
    for at in range(count):
        row = kernels.lower(l_later, 0, len(l_later), int(events[at]))
        while row < len(l_later) and l_later[row] == events[at]:
            other = kernels.lower(events, 0, count, int(l_earlier[row]))
            if a.l_known[row] <= cut.known_at and other < count and events[other] == l_earlier[row]:
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


def stated_between(joint_off: Ints, joint_earlier: Ints, i: int, j: int) -> int:
    """The place among `joint_` columns of the stated link from candidate j to i, -1 when there is none."""
    for at in range(joint_off[j], joint_off[j + 1]):
        if joint_earlier[at] == i:
            return int(at)
    return -1


def leads_up(f: Field, at: int, focus: int) -> bool:
    """Whether a candidate stands before the focus: a stated link decides, then an earlier day."""
    off, earlier = f.joint_off, f.joint_earlier
    return stated_between(off, earlier, at, focus) >= 0 or bool(
        f.day[at] < f.day[focus] and stated_between(off, earlier, focus, at) < 0
    )


def shared(words: float, f: Field, i: int, j: int) -> float:
    """The rarity-weighted share of actors, and of words, that two events, i before j, have in common.

    Of who takes part in one the weight, of who takes part in both the lower one counts as common; all
    that both have, less what is common, is what they have together.
    """
    entity, weight, flags = f.entity, f.weight, f.flags
    one, other = f.off[i], f.off[j]
    end, stop = f.off[i + 1], f.off[j + 1]
    common, same, answered = 0.0, 0.0, False
    while one < end and other < stop:
        here, there = entity[one], entity[other]
        if here < there:
            one += 1
        elif there < here:
            other += 1
        else:
            least = weight[one] if weight[one] < weight[other] else weight[other]
            if flags[one] & 4:
                same += least * f.rarity[one]
            else:
                common += least * f.rarity[one]
            answered = answered or ((flags[one] & 2) != 0 and (flags[other] & 1) != 0)
            one += 1
            other += 1
    actors = signals.share(common, f.actors[i] + f.actors[j] - common, answered)
    all_words = f.words[i] + f.words[j] - same
    return actors + words * (same / all_words - actors) if all_words > 0 else actors


def links_to(w: Numbers, f: Field, response: Floats, pick: int, others: Ints, before: Ints, found: Floats) -> None:
    """Write into `found` the terms and strength of the link between `pick` and each other candidate.

    Whether that one stands before it says `before`.
    """
    kind, day, half_life = f.kind, f.day, f.half_life
    joint_off, joint_earlier, joint_value, joint_kind = f.joint_off, f.joint_earlier, f.joint_value, f.joint_kind
    for place in range(len(others)):
        at = int(others[place])
        i, j = (at, pick) if before[place] else (pick, at)
        share = shared(w.link_words, f, i, j)
        answer = response[kind[i], kind[j]]
        faded = signals.fading(int(day[j] - day[i]), half_life[i])
        joint = stated_between(joint_off, joint_earlier, i, j)
        stated = joint_value[joint] if joint >= 0 else 0.0
        found[place, SHARE], found[place, RESPONSE], found[place, FADING] = share, answer, faded
        found[place, STATED], found[place, KIND] = stated, joint_kind[joint] if joint >= 0 else -1
        found[place, STRENGTH] = signals.joined(stated, signals.unstated(share, answer, faded))


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
    pick, wished, most, most_wished = -1, -1, 0.0, 0.0
    score, buckets, day = f.score, f.bucket, f.day
    for at in range(len(score)):
        held, own = float(mass[buckets[at]]), float(score[at])
        of_score, of_link = w.gain_score * own, w.gain_link * float(best[at])
        of_spread = w.gain_spread * (math.sqrt(held + own) - math.sqrt(held))
        of_repeat = -w.gain_repeat * float(repeat[at])
        gain = round((of_score + of_link + of_spread + of_repeat) * 1e9) / 1e9
        gains[at, 0], gains[at, 1], gains[at, 2], gains[at, 3], gains[at, 4] = (
            gain, of_score, of_link, of_spread, of_repeat,
        )  # fmt: skip
        if shut[at]:
            continue
        if pick < 0 or gain > most:
            pick, most = at, gain
        recent, root = buckets[at] <= newest, cut.as_of - day[at] > w.root_days
        helps = (recent and wishes % 2 == 1) or (root and wishes >= 2)
        if helps and (wished < 0 or gain > most_wished):
            wished, most_wished = at, gain
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
    event, day, kind, parent, sides = f.event, f.day, f.kind, f.parent, f.sides
    joint_off, joint_earlier = f.joint_off, f.joint_earlier
    count = len(event)
    width = len(sides) // count
    before, terms = np.zeros(count, np.bool_), np.empty((count, 6), np.float64)
    for at in range(count):
        if stated_between(joint_off, joint_earlier, at, pick) >= 0:
            before[at] = True
        elif stated_between(joint_off, joint_earlier, pick, at) < 0:
            before[at] = day[at] < day[pick] or (day[at] == day[pick] and event[at] < event[pick])
    links_to(w, f, response, pick, np.arange(count), before, terms)
    mass[f.bucket[pick]] += f.score[pick]
    shut[pick] = True
    for at in range(count):
        if at == pick:
            continue
        if parent[at] == event[pick] or parent[pick] == event[at]:
            shut[at] = True
        best[at] = max(best[at], terms[at, STRENGTH])
        near = signals.fading(abs(int(day[at] - day[pick])), w.repeat_days)
        same = near if kind[at] == kind[pick] else near * w.other_kind
        repeat[at] = max(repeat[at], same * alike(sides, width, at, pick))


def alike(sides: Floats, width: int, i: int, j: int) -> float:
    """How far the same sides of the focus take part in two candidates: the cosine of their weights."""
    product, one, other = 0.0, 0.0, 0.0
    for side in range(width):
        here, there = sides[i * width + side], sides[j * width + side]
        product, one, other = product + here * there, one + here * here, other + there * there
    return product / math.sqrt(one * other) if product > 0.0 else 0.0


def links_among(w: Numbers, f: Field, response: Floats, order: Ints) -> Floats:
    """For candidates in time order: terms and strength of the link from each to each later one."""
    count = len(order)
    found, before = np.zeros((count, count, 6), np.float64), np.zeros(count, np.bool_)
    for i in range(count):
        links_to(w, f, response, int(order[i]), order[i + 1 :], before, found[i, i + 1 :])
    return found
