"""The stage of a page: its picture for wide and narrow screens, its legend, its filters and its data.

Story, pair and entity pages show the same stage; only the view and the drawings differ.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from graph import when as when_
from graph.when import Day
from viz import look, network, poster, timeline
from viz.layout import Drawing
from viz.view import View

PREDICATES_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Stage:
    """What the template of a stage needs.

    `label` names it, `described` says it in words, `caption` how to read it; `steps` counts the
    events of its chain; `more` how many things wait; `left_out_tall` how many a narrow screen leaves out.
    """

    label: str
    described: str
    caption: str
    view: View
    posters: Mapping[str, Markup]
    ticks: Markup
    groups: Sequence[Mapping[str, str]]
    predicates: Sequence[tuple[str, str, int]]
    contested: bool
    computed: bool
    names: Mapping[str, str]
    data: Markup
    first_iso: str
    last_iso: str
    steps: int = 0
    more: int = 0
    left_out_tall: int = 0


def stage(
    view: View,
    drawings: Mapping[str, Drawing],
    *,
    name: str,
    label: str,
    described: str,
    caption: str,
    days: Sequence[Day] = (),
    shown: View | None = None,
    extra: Mapping[str, object] | None = None,
) -> Stage:
    """The stage of a view; `drawings` by form: wide, tall and perhaps more.

    `days` are those of the chain's steps; `shown` is what a reader without script sees, by default
    all of it; `extra` goes to the scripts.
    """
    seen = shown or view
    posters = {
        form: poster.svg(seen, drawing, name=form, title=label, described=described)
        for form, drawing in drawings.items()
        if form in ("wide", "tall")
    }
    data = network.stage(
        view,
        drawings,
        {
            "id": name, "first": view.first, "last": view.last, "days": list(days),
            "groups": [{"name": g.name, "colour": g.colour} for g in look.load().groups.values()],
            "copies": {}, "root": "", **(extra or {}),
        },
    )  # fmt: skip
    placed = drawings["wide"].places
    return Stage(
        label,
        described,
        caption,
        view,
        posters,
        timeline.ticks(tuple(days) or _begins(view), view.first, view.last),
        legend(view),
        _predicates(view),
        any(r.said.contested for r in view.relations),
        any(not r.stated for r in view.relations),
        {t.id: t.name for t in view.things},
        data,
        when_.iso(view.first),
        when_.iso(view.last),
        len(days),
        len(view.things) - len(placed) if "more" in drawings else 0,
        len(placed) - len(drawings["tall"].places) if "tall" in drawings else 0,
    )


def legend(view: View) -> list[dict[str, str]]:
    """The groups of a view in legend order, each with its shape as a path."""
    used = {t.group for t in view.things}
    return [
        {
            "name": g.name, "label": g.label, "plural": g.plural, "colour": g.colour,
            "path": poster.outline(g.shape, 0, 0, 7),
        }
        for g in look.load().groups.values()
        if g.name in used
    ]  # fmt: skip


def _begins(view: View) -> tuple[Day, ...]:
    return tuple(sorted({r.time[0] for r in view.relations if view.first <= r.time[0] <= view.last}))


def _predicates(view: View) -> list[tuple[str, str, int]]:
    labels = {r.predicate: r.label if r.predicate != "link" else "computed link" for r in view.relations}
    totals = Counter(r.predicate for r in view.relations)
    order = sorted(totals, key=lambda p: (-totals[p], p))
    return [(p, labels[p], totals[p]) for p in itertools.islice(order, PREDICATES_MOST)]
