"""The ways of ranking earlier events that are compared: four baselines and the backbone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.chains import choosing, explain, search
from graph.chains.chain import Focus
from graph.chains.focus import actors
from graph.chains.weights import Weights
from graph.index.index import Index
from graph.model import Model

MOST: Final = 8


@dataclass(frozen=True)
class Bench:
    """An index to ask, with the weights and model in use."""

    index: Index
    model: Model
    using: Weights
    window_days: int | None = None

    def asked(self, event: str, day: int | None) -> search.Question:
        """The question how `event` came about, asked on `day`."""
        focus = Focus("event", actors(event, self.index), event=event)
        return search.ask(focus, self.index, self.using.numbers, as_of=day, known_at=None, window_days=self.window_days)

    def field(self, asked: search.Question) -> tuple[choosing.Field, NDArray[np.float64], NDArray[np.float64]]:
        """Candidates, terms and response priors."""
        found, terms = search.candidates(asked, self.index, self.using)
        response = self.using.matrix(self.index.kinds, self.model)
        return (
            choosing.field_of(self.index.arrays, asked.cut, found, terms[:, explain.SCORE], asked.about.sides),
            terms,
            response,
        )


Method = Callable[[Bench, str, int | None], list[int]]


def _earlier(field: choosing.Field, asked: search.Question) -> tuple[int, list[int]]:
    """The focus among the candidates, and the candidates that stand before it."""
    focus = int(np.searchsorted(field.event, asked.anchors[0]))
    return focus, [i for i in range(len(field.event)) if i != focus and field.day[i] <= field.day[focus]]


def recency(bench: Bench, event: str, day: int | None) -> list[int]:
    """The latest events in which anyone of the focus takes part."""
    asked = bench.asked(event, day)
    field, _, _ = bench.field(asked)
    _, before = _earlier(field, asked)
    return [int(field.event[i]) for i in sorted(before, key=lambda i: (-field.day[i], field.event[i]))[:MOST]]


def overlap_recency(bench: Bench, event: str, day: int | None) -> list[int]:
    """Events by shared actors times recency."""
    asked = bench.asked(event, day)
    field, terms, _ = bench.field(asked)
    focus, before = _earlier(field, asked)
    worth = {i: choosing.shared(0.0, field, i, focus) * terms[i, 2] for i in before}
    return [int(field.event[i]) for i in sorted(before, key=lambda i: (-worth[i], field.event[i]))[:MOST]]


def best_path(bench: Bench, event: str, day: int | None) -> list[int]:
    """The path back from the focus, each time along the strongest link."""
    asked = bench.asked(event, day)
    field, _, response = bench.field(asked)
    at, before = _earlier(field, asked)
    found: list[int] = []
    while before and len(found) < MOST:
        pool = [i for i in before if field.day[i] <= field.day[at] and i != at]
        if not pool:
            break
        terms = np.empty((len(pool), 6))
        choosing.links_to(bench.using.numbers, field, response, at, np.array(pool), np.ones(len(pool), np.bool_), terms)
        strength = dict(zip(pool, terms[:, choosing.STRENGTH].tolist(), strict=True))
        at = max(pool, key=lambda i: (strength[i], field.event[i]))
        before = [i for i in before if i != at]
        found.append(int(field.event[at]))
    return found


def node_score(bench: Bench, event: str, day: int | None) -> list[int]:
    """Events by their score alone."""
    asked = bench.asked(event, day)
    field, _, _ = bench.field(asked)
    _, before = _earlier(field, asked)
    return [int(field.event[i]) for i in sorted(before, key=lambda i: (-field.score[i], field.event[i]))[:MOST]]


def backbone(bench: Bench, event: str, day: int | None) -> list[int]:
    """The events of the chain, in order of choice."""
    asked = bench.asked(event, day)
    response = bench.using.matrix(bench.index.kinds, bench.model)
    field, _, chosen, _ = search.choice(asked, bench.index, bench.using, response, MOST + 1)
    focus = int(asked.anchors[0])
    return [int(field.event[i]) for i in chosen if field.event[i] != focus]


METHODS: Final[dict[str, Method]] = {
    "recency": recency,
    "overlap x recency": overlap_recency,
    "best path": best_path,
    "node score": node_score,
    "backbone": backbone,
}
