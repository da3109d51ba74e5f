"""The chosen events in order, and what joins each to an earlier one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.chains import choosing, kernels
from graph.chains.chain import LIKELY, NO_LINK, SAME_ACTORS, STATED_LABELS, Link
from graph.chains.explain import Telling
from graph.chains.kernels import Cut
from graph.chains.weights import Weights
from graph.index.index import Index

Floats = NDArray[np.float64]
Ints = NDArray[Any]
LINK_TERMS: Final = ("share", "response", "fading", "stated")
_SIDE_LINKS: Final = 2


def attach(telling: Telling, order: Ints, among: Floats, using: Weights) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The link of each event to its best earlier one, and up to two further ones that say more than those."""
    count = len(order)
    strength = among[:, :, choosing.STRENGTH].round(9).tolist()
    terms = among.tolist()
    parent = [max(range(j), key=lambda i: (strength[i][j], i)) if j else -1 for j in range(count)]
    links = tuple(_link(telling, order, terms[parent[j]][j], parent[j], j, using) for j in range(1, count))
    side = []
    for i, j in itertools.combinations(range(count), 2):
        if parent[j] == i or _label(terms[i][j], using) in (NO_LINK, SAME_ACTORS):
            continue
        if not any(min(strength[i][m], strength[m][j]) >= strength[i][j] for m in range(i + 1, j)):
            side.append(_link(telling, order, terms[i][j], i, j, using))
    side.sort(key=lambda link: (-link.strength, link.later, link.earlier))
    return links, tuple(side[:_SIDE_LINKS])


def in_row(telling: Telling, order: Ints, among: Floats, using: Weights) -> tuple[Link, ...]:
    """The link of each event to the one right before it."""
    return tuple(_link(telling, order, among[j - 1, j].tolist(), j - 1, j, using) for j in range(1, len(order)))


def _link(telling: Telling, order: Ints, terms: Sequence[float], i: int, j: int, using: Weights) -> Link:
    field, index = telling.field, telling.index
    earlier, later = int(field.event[order[i]]), int(field.event[order[j]])
    days = max(0, int(field.day[order[j]] - field.day[order[i]]))
    label = _label(terms, using)
    stated = _stating(index, telling.cut, earlier, later, int(terms[choosing.KIND])) if label in STATED_LABELS else ()
    return Link(
        index.event_id(earlier),
        index.event_id(later),
        label,
        round(terms[choosing.STRENGTH], 4),
        stated,
        days,
        telling.link(earlier, later, label, days, stated),
        {name: round(terms[at], 4) for at, name in enumerate(LINK_TERMS)},
    )


def _label(terms: Sequence[float], using: Weights) -> str:
    """What a link may be called: the kind a source states, else what its terms allow."""
    if terms[choosing.KIND] >= 0:
        return STATED_LABELS[int(terms[choosing.KIND])]
    if terms[choosing.SHARE] < using.least_share:
        return NO_LINK
    return LIKELY if terms[choosing.RESPONSE] >= using.least_response else SAME_ACTORS


def _stating(index: Index, cut: Cut, earlier: int, later: int, kind: int) -> tuple[str, ...]:
    """The claims that state a link of this kind."""
    a = index.arrays
    at = kernels.lower(a.l_later, 0, len(a.l_later), later)
    found = []
    while at < len(a.l_later) and a.l_later[at] == later:
        if a.l_earlier[at] == earlier and a.l_kind[at] == kind and a.l_known[at] <= cut.known_at:
            found.append(index.claims[int(a.l_claim[at])])
        at += 1
    return tuple(sorted(set(found)))
