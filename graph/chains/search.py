"""The search for a chain: a focus becomes arrays, kernels choose, and the choice becomes values."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.chains import about, choosing, explain, kernels, links, ordering, scoring, weights
from graph.chains import candidates as candidates_
from graph.chains.about import About
from graph.chains.chain import NO_LINK, SILENCE_DAYS, Chain, Focus, Link, NearMiss, Step
from graph.chains.kernels import Cut, Numbers
from graph.chains.weights import Weights
from graph.errors import Insufficient
from graph.index import compiled, signals
from graph.index.arrays import FAR
from graph.index.index import Index
from graph.when import Day

if TYPE_CHECKING:
    from graph.store import Store

Floats = NDArray[np.float64]
Ints = NDArray[Any]
TERMS: Final = ("relevance", "severity", "recency", "coverage", "turn", "followed", "explained")
GAINS: Final = ("score", "link", "spread", "repeat")
MOST_EVENTS: Final = 12
KERNELS: Final = (signals, kernels, candidates_, scoring, choosing, ordering)
"""The modules of inner loops, those called before those that call."""
_PAIRS: Final = 6
_SERIES: Final = 1024
_EXPLAINED: Final = 256
_NEAR_MISSES: Final = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A focus and its limits as positions and numbers, and the events its relations are followed in."""

    focus: Focus
    cut: Cut
    about: About
    pairs: Ints
    anchors: Ints
    fixed: Ints
    drops: Ints
    series: scoring.Series


def best(
    focus: Focus,
    index: Index,
    store: Store | None = None,
    *,
    as_of: Day | None = None,
    known_at: Day | None = None,
    events: int = 7,
    pins: Sequence[str] = (),
    drops: Sequence[str] = (),
    window_days: int | None = None,
    using: Weights | None = None,
) -> Chain:
    """The backbone: the few events that explain a focus, each attached to its best earlier one.

    Without `as_of` an event is explained up to its own day, anything else up to its latest event.
    `events` counts pins and the focus event; `window_days` looks back no further than that.
    Raises Insufficient when nothing relevant is known, UnknownName for a pin nobody declared.
    """
    using = ready(index, using)
    asked = ask(
        focus, index, using.numbers, as_of=as_of, known_at=known_at, pins=pins, drops=drops, window_days=window_days
    )
    response = using.matrix(index.kinds, store.model if store else None)
    field, terms, chosen, gains = choice(asked, index, using, response, events)
    order = ordering.in_order(field, chosen)
    among = choosing.links_among(using.numbers, _quick(field), response, order)
    told = telling(asked, index, store, field, terms)
    joined, side = links.attach(told, order, among, using)
    found = assemble(asked, told, order, joined, side, (as_of, known_at), using)
    return dataclasses.replace(found, near_misses=_near_misses(index, field, order, gains))


def bare(focus: Focus, index: Index, *, as_of: Day | None = None, known_at: Day | None = None) -> Chain:
    """The chain of a focus without an event: it has no steps."""
    return Chain(focus, as_of, known_at, (), fingerprint=index.fingerprint, config=weights.load().config)


def telling(
    asked: Question, index: Index, store: Store | None, field: choosing.Field, terms: Floats
) -> explain.Telling:
    """What explanations of these candidates draw on."""
    sides = asked.about.sides
    return explain.Telling(index, store, asked.cut, asked.focus, terms, field, asked.anchors, sides, asked.series)


def ready(index: Index, using: Weights | None) -> Weights:
    """The weights to use, once the kernels are compiled if the index is large."""
    if index.compiled:
        compiled.compile_all(KERNELS)
    return using or weights.load()


def assemble(
    asked: Question,
    telling: explain.Telling,
    order: Ints,
    joined: Sequence[Link],
    side: Sequence[Link],
    clocks: tuple[Day | None, Day | None],
    using: Weights,
) -> Chain:
    """The chain of the chosen candidates, with every explanation."""
    return Chain(
        asked.focus,
        *clocks,
        _steps(asked, telling, order, joined),
        tuple(joined),
        tuple(side),
        _gaps(days_in_order(telling.field, order)),
        (),
        telling.index.fingerprint,
        using.config,
    )


def choice(
    asked: Question, index: Index, using: Weights, response: Floats, events: int
) -> tuple[choosing.Field, Floats, Ints, Floats]:
    """The candidates, their terms, the positions chosen in order of choice, and all gains."""
    a, cut = index.loops, asked.cut
    found, terms = candidates(asked, index, using)
    if not len(found):
        where = asked.focus.event or ", ".join(asked.focus.entities)
        hint = (
            "`context` tells how a state, a leader or a body stands and stood" if asked.focus.kind == "entity" else ""
        )
        raise Insufficient("no event is known that could explain it", where=where, expected=hint)
    field = choosing.field_of(a, cut, found, terms[:, explain.SCORE], asked.about.sides)
    fixed = places(found, asked.fixed)
    most = max(min(events, MOST_EVENTS), len(fixed))
    seen = places(found, asked.anchors[:1]) if asked.focus.event else fixed[:0]
    focus = int(seen[0]) if len(seen) else -1
    chosen, gains = choosing.choose(cut, using.numbers, _quick(field), response, fixed, focus, most)
    return field, terms, chosen, gains


def _quick(field: choosing.Field) -> choosing.Field:
    """The candidates in the form loops over them read fastest: interpreted, lists of plain numbers."""
    return field if compiled.is_compiled(choosing) else choosing.Field(*(column.tolist() for column in field))


def ask(
    focus: Focus,
    index: Index,
    numbers: Numbers,
    *,
    as_of: Day | None,
    known_at: Day | None,
    pins: Sequence[str] = (),
    drops: Sequence[str] = (),
    window_days: int | None = None,
    merged: bool = False,
) -> Question:
    """The focus as positions, with everything that limits what may be seen.

    With `merged` it is about whoever takes part in its seeds, not about the entities it names.
    """
    a = index.loops
    anchors = [index.event(e) for e in ((focus.event,) if focus.event else focus.seeds)]
    cut = _cut(index, focus, anchors, as_of, known_at, window_days)
    matter = about.about(index, focus, anchors, cut, numbers, merged=merged)
    pairs = kernels.pairs_among(a, matter.actors, _PAIRS)
    fixed = ([anchors[0]] if focus.event else []) + [index.event(e) for e in pins]
    return Question(
        focus,
        cut,
        matter,
        pairs,
        np.array(anchors, np.int64),
        np.array(list(dict.fromkeys(fixed)), np.int64),
        np.array([index.event(e) for e in drops], np.int64),
        scoring.series_of(a, cut, pairs, matter.actors, _SERIES),
    )


def candidates(asked: Question, index: Index, using: Weights) -> tuple[Ints, Floats]:
    """The events that may be chosen, by position, with their terms and score."""
    a, cut, numbers, matter = index.loops, asked.cut, using.numbers, asked.about
    known, worth = candidates_.explained(a, cut, numbers, asked.anchors, _EXPLAINED)
    wanted = np.concatenate((known, asked.fixed))
    found = candidates_.gather(a, cut, numbers, matter.everything, matter.weight, asked.pairs, wanted)
    if len(asked.drops):
        found = found[~np.isin(found, asked.drops)]
    about_it = (matter.everything, matter.weight, known, worth)
    terms = scoring.score(a, cut, numbers, found, *about_it, asked.series)
    rank = terms[:, explain.SCORE].copy()
    rank[places(found, asked.fixed)] = np.inf
    kept = np.flatnonzero(rank > 0)
    if len(kept) > numbers.shortlist:
        kept = np.sort(kept[np.argsort(-rank[kept], kind="stable")[: numbers.shortlist]])
    return found[kept], terms[kept]


def places(found: Ints, wanted: Ints) -> Ints:
    """Where the wanted events stand among those found, which are sorted; those not found are left out."""
    at = found.searchsorted(wanted)
    at, wanted = at[at < len(found)], wanted[at < len(found)]
    return np.asarray(at[found[at] == wanted])


def _cut(
    index: Index, focus: Focus, anchors: list[int], as_of: Day | None, known_at: Day | None, window_days: int | None
) -> Cut:
    a = index.loops
    known = FAR if known_at is None else known_at
    day = as_of if as_of is not None else _latest(index, focus, anchors, known)
    limit = kernels.lower(a.day, 0, len(a.day), day + 1)
    floor = kernels.lower(a.day, 0, len(a.day), day - window_days) if window_days else 0
    horizon = min(known, FAR if as_of is None else as_of)
    total = kernels.lower(a.all_known, 0, len(a.all_known), horizon + 1)
    return Cut(int(day), int(known), int(horizon), floor, limit, total)


def _latest(index: Index, focus: Focus, anchors: list[int], known: Day) -> Day:
    """The day a focus without `as_of` is explained up to: its last day as known."""
    a = index.loops
    if anchors:
        return max(int(a.last[e]) for e in anchors)
    entities = [e for e in map(index.entity, focus.entities) if e >= 0]
    pair = kernels.pair_at(a, *entities) if len(entities) == 2 and focus.kind == "pair" else -1
    lists = [a.d_event[a.d_off[pair] : a.d_off[pair + 1]]] if pair >= 0 else []
    lists = lists or [a.e_event[a.e_off[e] : a.e_off[e + 1]] for e in entities]
    seen = (next((e for e in found[::-1] if a.known[e] <= known), None) for found in lists)
    return max((int(a.last[e]) for e in seen if e is not None), default=FAR)


def days_in_order(field: choosing.Field, order: Ints) -> Ints:
    """The days of events in order: one that a source puts before another stands no later than that one."""
    return np.asarray(np.minimum.accumulate(field.day[order][::-1])[::-1])


def _steps(asked: Question, telling: explain.Telling, order: Ints, joined: Sequence[Link]) -> tuple[Step, ...]:
    attached = {link.later for link in joined if link.label != NO_LINK}
    focus = asked.anchors[0] if asked.focus.event else -1
    found = []
    for at, day in zip(order, days_in_order(telling.field, order), strict=True):
        event = int(telling.field.event[at])
        name = telling.index.event_id(event)
        values = telling.terms[at].tolist()
        found.append(
            Step(
                name,
                int(day),
                telling.date(int(at)),
                round(values[explain.SCORE], 4),
                {term: round(value, 4) for term, value in zip(TERMS, values, strict=False)},
                telling.step(int(at), is_focus=event == focus),
                pinned=bool(event != focus and event in asked.fixed),
                root=name not in attached,
                numbers=telling.numbers(int(at)),
            )
        )
    return tuple(found)


def _gaps(days: Ints) -> tuple[tuple[Day, Day], ...]:
    """Neighbouring days of the chain with a long silence between them."""
    pairs = itertools.pairwise(int(d) for d in days)
    return tuple((first, last) for first, last in pairs if last - first > SILENCE_DAYS)


def _near_misses(index: Index, field: choosing.Field, order: Ints, gains: Floats) -> tuple[NearMiss, ...]:
    """The best events not chosen, and which part of the gain they lack most against those chosen."""
    inside = set(order.tolist())
    outside = [at for at in np.argsort(-gains[:, 0], kind="stable").tolist() if at not in inside]
    usual = gains[order][:, 1:].mean(axis=0)
    found = []
    for at in outside[:_NEAR_MISSES]:
        lacking = (usual - gains[at, 1:]).round(9)
        event = index.event_id(int(field.event[at]))
        found.append(NearMiss(event, round(float(gains[at, 0]), 4), GAINS[int(lacking.argmax())]))
    return tuple(found)
