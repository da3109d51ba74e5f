"""Random columns for tests of the index and of chains, and what a cut at a day leaves of them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from hypothesis import strategies as st

from graph.index.columns import LINKS, ROLES, Columns, Ints, KindRow
from graph.when import day_of

KINDS = (
    KindRow("Attack", -9.0, 240.0),
    KindRow("Meeting", 4.0, 90.0),
    KindRow("Statement", 0.0, 14.0),
    KindRow("Summons", -4.0, 21.0),
    KindRow("Signing", 8.0, 720.0),
)
START = day_of(2020)
SPAN_DAYS = 900


def ints(values: object) -> Ints:
    """A column."""
    return np.array(values, np.int32).reshape(-1)


@st.composite
def columns(draw: st.DrawFn, most: int = 24) -> Columns:
    """A small world: events among a few entities, with closure, voices, links and a revision."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, people = draw(st.integers(3, most)), draw(st.integers(2, 7))
    day = START + rng.integers(0, SPAN_DAYS, count)
    width = np.where(rng.random(count) < 0.2, rng.integers(0, 31, count), 0)
    known = day + width + rng.integers(0, 200, count)
    sizes = rng.integers(1, 4, count)
    event = np.repeat(np.arange(count), sizes)
    voices = rng.integers(1, 4, count)
    voice_event = np.repeat(np.arange(count), voices)
    pairs = rng.integers(0, count, (rng.integers(0, count), 2))
    pairs = pairs[day[pairs[:, 0]] > day[pairs[:, 1]] + 31]
    states = max(1, people // 3)
    parts = np.arange(states, people)
    return Columns(
        ids=tuple(f"event-{i}" for i in range(count)),
        entities=tuple(f"entity-{i}" for i in range(people)),
        kinds=KINDS,
        first=ints(day),
        last=ints(day + width),
        kind=ints(rng.integers(0, len(KINDS), count)),
        known=ints(known),
        deaths=ints(np.where(rng.random(count) < 0.3, rng.integers(0, 500, count), -1)),
        p_event=ints(event),
        p_entity=ints(rng.integers(0, people, len(event))),
        p_role=ints(rng.integers(0, len(ROLES) - 1, len(event))),
        p_known=ints(known[event] + np.where(rng.random(len(event)) < 0.2, rng.integers(0, 100, len(event)), 0)),
        c_part=ints(parts),
        c_whole=ints(rng.integers(0, states, len(parts))),
        c_percent=ints(rng.choice([50, 60, 100], len(parts))),
        c_first=ints(START + rng.integers(-500, 300, len(parts))),
        c_last=ints(START + rng.integers(300, 1500, len(parts))),
        c_known=ints(START + rng.integers(-500, 500, len(parts))),
        v_event=ints(voice_event),
        v_voice=ints(rng.integers(0, 5, len(voice_event))),
        v_known=ints(known[voice_event] + rng.integers(0, 300, len(voice_event))),
        l_later=ints(pairs[:, 0]),
        l_earlier=ints(pairs[:, 1]),
        l_kind=ints(rng.integers(0, len(LINKS), len(pairs))),
        l_percent=ints(rng.choice([50, 100], len(pairs))),
        l_known=ints(known[pairs[:, 0]] + rng.integers(0, 60, len(pairs))),
        l_claims=tuple(f"{i:016x}" for i in range(len(pairs))),
        countries=ints(np.arange(states)),
    )


def shuffled(made: Columns, seed: int) -> Columns:
    """The same content in another order: events, entities, kinds and all rows."""
    rng = np.random.default_rng(seed)
    orders = {"": rng.permutation(len(made.first)), "kinds": rng.permutation(len(made.kinds))}
    who = rng.permutation(len(made.entities))
    event_at, entity_at, kind_at = (np.argsort(o) for o in (orders[""], who, orders["kinds"]))
    values: dict[str, object] = {
        "ids": tuple(made.ids[i] for i in orders[""]),
        "entities": tuple(made.entities[i] for i in who),
        "kinds": tuple(made.kinds[i] for i in orders["kinds"]),
    }
    for name in (f.name for f in fields(made)):
        if name in values:
            continue
        group = name[0] if name[1:2] == "_" else name if name == "countries" else ""
        column = getattr(made, name)
        order = orders.setdefault(group, rng.permutation(len(column)))
        if name == "l_claims":
            values[name] = tuple(column[i] for i in order)
            continue
        column = column[order]
        if name in ("p_event", "v_event", "l_later", "l_earlier", "a_event", "a_about", "r_event"):
            column = event_at[column]
        elif name in ("p_entity", "c_part", "c_whole", "countries"):
            column = entity_at[column]
        elif name == "kind":
            column = kind_at[column]
        values[name] = ints(column)
    return Columns(**values)  # type: ignore[arg-type]


def truncated(made: Columns, day: int) -> Columns:
    """What had been published by a day."""
    kept = made.known <= day
    at = np.cumsum(kept) - 1
    values: dict[str, object] = {
        "ids": tuple(i for i, k in zip(made.ids, kept, strict=True) if k),
        "first": made.first[kept],
        "last": made.last[kept],
        "kind": made.kind[kept],
        "known": made.known[kept],
        "deaths": made.deaths[kept],
    }
    groups = {
        "p": kept[made.p_event] & (made.p_known <= day),
        "c": made.c_known <= day,
        "v": kept[made.v_event] & (made.v_known <= day),
        "l": kept[made.l_later] & kept[made.l_earlier] & (made.l_known <= day),
    }
    for name in (f.name for f in fields(made) if f.name[1:2] == "_" and f.name[0] in groups):
        inside = groups[name[0]]
        column = getattr(made, name)
        if name == "l_claims":
            values[name] = tuple(c for c, k in zip(column, inside, strict=True) if k)
        elif name in ("p_event", "v_event", "l_later", "l_earlier"):
            values[name] = ints(at[column[inside]])
        else:
            values[name] = column[inside]
    return replace(made, **values)  # type: ignore[arg-type]


def moved(made: Columns, days: int) -> Columns:
    """Everything so many days later."""
    names = ("first", "last", "known", "p_known", "c_first", "c_last", "c_known", "v_known", "l_known")
    return replace(made, **{name: getattr(made, name) + np.int32(days) for name in names})
