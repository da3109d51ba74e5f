"""Columns → arrays: events sorted by day, and every list that points at them."""

from __future__ import annotations

from typing import Final

import numpy as np

from graph.index import lists
from graph.index.arrays import FAR, Arrays, Ints
from graph.index.columns import LINKS, Columns, as_bytes
from graph.index.participations import Participations, participations
from graph.when import END_OF_TIME, START_OF_TIME

_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


def build(columns: Columns) -> Arrays:
    """The arrays over these events; equal content in any order gives equal bytes."""
    ids = as_bytes(columns.ids)
    hashes = hash_of(ids)
    day = order_day(columns.first, columns.last)
    order = np.lexsort((hashes, day))
    events = _events(columns, order, day)
    names = as_bytes(columns.entities)
    by_name = np.argsort(names, kind="stable")
    part = participations(columns, inverse(order), inverse(by_name), events["day"])
    entity_lists = lists.entity_lists(part, events["known"], len(names))
    pairs = lists.pairs(part, len(names))
    x_off, x_text = _texts(ids[order])
    y_off, y_text = _texts(names[by_name])
    by_hash = np.argsort(hashes[order], kind="stable")
    return Arrays(
        **events,
        **_participation_columns(part, len(order)),
        **entity_lists,
        e_country=np.isin(by_name, columns.countries).astype(np.int8),
        **pairs,
        **lists.neighbours(pairs["d_key"], pairs["d_off"], pairs["d_event"], len(names)),
        **lists.tops("te", entity_lists["e_off"], entity_lists["e_event"], events["day"], events["impact"]),
        **lists.tops("td", pairs["d_off"], pairs["d_event"], events["day"], events["impact"]),
        **_voices(columns, inverse(order)),
        **_links(columns, inverse(order)),
        **_closure(columns, inverse(by_name)),
        **_revisions(columns, inverse(order)),
        **_kinds(columns),
        x_off=x_off,
        x_text=x_text,
        x_hash=hashes[order][by_hash],
        x_event=by_hash.astype(np.int32),
        y_off=y_off,
        y_text=y_text,
        z_text=np.frombuffer("\n".join(sorted(set(columns.l_claims))).encode(), np.uint8),
    )


def order_day(first: Ints, last: Ints) -> Ints:
    """The day an event stands at among others: the middle of the days it may have begun on.

    A begin that is open on one side stands at its known side.
    """
    first, last = np.asarray(first, np.int64), np.asarray(last, np.int64)
    first = np.where(first <= START_OF_TIME, last, first)
    last = np.where(last >= END_OF_TIME, first, last)
    return np.asarray(np.clip((first + last) // 2, -FAR, FAR), np.int32)


def inverse(order: Ints) -> Ints:
    """Where each old position went: `inverse(order)[order[i]] == i`."""
    found = np.empty(len(order), np.int32)
    found[order] = np.arange(len(order), dtype=np.int32)
    return found


def hash_of(ids: Ints) -> Ints:
    """A 64-bit hash of each text: equal whatever the width of the array that holds it."""
    wide = ids.view(np.uint8).reshape(len(ids), -1) if len(ids) else np.empty((0, 0), np.uint8)
    found = np.full(len(ids), _ODD, np.uint64)
    for column in wide.T:
        mixed = (found ^ column.astype(np.uint64)) * np.uint64(0x100000001B3)
        found = np.where(column == 0, found, mixed ^ (mixed >> np.uint64(29)))
    return found


def hash_of_one(text: bytes) -> int:
    """The hash of a single text as `hash_of` gives it, without arrays."""
    found = int(_ODD)
    for byte in text:
        mixed = ((found ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        found = mixed ^ (mixed >> 29)
    return found


def _events(columns: Columns, order: Ints, day: Ints) -> dict[str, Ints]:
    kinds = _kind_order(columns)
    day_of_input, day = day, day[order]
    kind = inverse(kinds)[columns.kind[order]].astype(np.int16)
    deaths = columns.deaths[order].astype(np.int32)
    known = _since(columns, day_of_input)[order]
    intensity = np.array([columns.kinds[k].intensity for k in kinds], np.float64)
    weight = np.abs(intensity[kind]) + 2.0 * np.log10(1.0 + np.maximum(deaths, 0))
    vague = (columns.first != columns.last)[order].astype(np.int8)
    vague[inverse(order)[columns.r_event]] = 2
    return {
        "day": day,
        "first": np.clip(columns.first[order], -FAR, FAR).astype(np.int32),
        "last": np.clip(columns.last[order], -FAR, FAR).astype(np.int32),
        "kind": kind,
        "known": known,
        "deaths": deaths,
        "impact": np.minimum(weight * 1000, 32000).astype(np.int16),
        "parent": _parents(columns, inverse(order)),
        "vague": vague,
        "all_known": np.sort(known),
    }


def _since(columns: Columns, day: Ints) -> Ints:
    """Since when an event was known to have happened: never before its day, as then believed."""
    believed = day.astype(np.int32)
    if len(columns.r_event):
        believed[columns.r_event] = FAR
        np.minimum.at(believed, columns.r_event, order_day(columns.r_first, columns.r_last))
    return np.asarray(np.maximum(np.clip(columns.known, -FAR, FAR), believed), np.int32)


def _kind_order(columns: Columns) -> Ints:
    return np.array(sorted(range(len(columns.kinds)), key=lambda k: columns.kinds[k].name), np.int32)


def _kinds(columns: Columns) -> dict[str, Ints]:
    rows = [columns.kinds[k] for k in _kind_order(columns)]
    return {
        "intensity": np.array([r.intensity for r in rows], np.float64),
        "half_life": np.array([r.half_life_days for r in rows], np.float64),
    }


def _participation_columns(part: Participations, count: int) -> dict[str, Ints]:
    return {
        "p_off": lists.offsets(part.event, count),
        "p_entity": part.entity,
        "p_percent": part.percent,
        "p_flags": part.flags,
        "p_known": part.known,
    }


def _parents(columns: Columns, event_at: Ints) -> Ints:
    """The event each is part of by a stated link, -1 for most; the first known link wins."""
    found = np.full(len(event_at), -1, np.int32)
    inside = np.flatnonzero(columns.l_kind == LINKS.index("partOf"))
    later, earlier = event_at[columns.l_later[inside]], event_at[columns.l_earlier[inside]]
    order = np.lexsort((earlier, columns.l_known[inside]))[::-1]
    found[later[order]] = earlier[order]
    return found


def _voices(columns: Columns, event_at: Ints) -> dict[str, Ints]:
    event = event_at[columns.v_event]
    known = np.clip(columns.v_known, -FAR, FAR).astype(np.int32)
    order = np.lexsort((known, columns.v_voice, event))
    event, voice, known = event[order], columns.v_voice[order], known[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (event[1:] != event[:-1]) | (voice[1:] != voice[:-1])
    event, known = event[fresh], known[fresh]
    known = known[np.lexsort((known, event))]
    return {"v_off": lists.offsets(event, len(event_at)), "v_known": known}


def _links(columns: Columns, event_at: Ints) -> dict[str, Ints]:
    claims = {c: i for i, c in enumerate(sorted(set(columns.l_claims)))}
    said = np.array([claims[c] for c in columns.l_claims], np.int32)
    later, earlier = event_at[columns.l_later], event_at[columns.l_earlier]
    known = np.clip(columns.l_known, -FAR, FAR).astype(np.int32)
    order = np.lexsort((said, known, columns.l_kind, earlier, later))
    later, earlier = later[order], earlier[order]
    back = np.lexsort((np.arange(len(order)), earlier)).astype(np.int32)
    return {
        "l_later": later,
        "l_earlier": earlier,
        "l_kind": columns.l_kind[order].astype(np.int8),
        "l_percent": columns.l_percent[order].astype(np.uint8),
        "l_known": known[order],
        "l_claim": said[order],
        "k_order": back,
        "k_earlier": earlier[back],
    }


def _closure(columns: Columns, entity_at: Ints) -> dict[str, Ints]:
    part, whole = entity_at[columns.c_part], entity_at[columns.c_whole]
    order = np.lexsort((columns.c_known, columns.c_first, whole, part))
    found = {"c_part": part[order], "c_whole": whole[order]}
    for name in ("c_first", "c_last", "c_known"):
        found[name] = np.clip(getattr(columns, name)[order], -FAR, FAR).astype(np.int32)
    return found


def _revisions(columns: Columns, event_at: Ints) -> dict[str, Ints]:
    event = event_at[columns.r_event]
    order = np.lexsort((columns.r_known, event))
    found = {"r_event": event[order]}
    for name in ("r_known", "r_first", "r_last", "r_deaths"):
        found[name] = np.clip(getattr(columns, name)[order], -FAR, FAR).astype(np.int32)
    return found


def _texts(ids: Ints) -> tuple[Ints, Ints]:
    """Offsets and bytes of texts written one after the other."""
    if not len(ids):
        return np.zeros(1, np.int32), np.empty(0, np.uint8)
    wide = ids.view(np.uint8).reshape(len(ids), -1)
    used = wide != 0
    return lists.narrow(np.concatenate(([0], np.cumsum(used.sum(axis=1))))), wide[used]
