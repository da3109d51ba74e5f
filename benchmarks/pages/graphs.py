"""A real graph of as many things as wanted, laid out in Python, and both pages that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx

from graph import when as when_
from graph.claim import Claim
from graph.when import Day
from viz import cast, dates, look, page, words
from viz import stage as stage_
from viz.layout import RADIUS, Drawing, Place
from viz.shelf import Shelf
from viz.templating import environment
from viz.view import ALWAYS, Relation, Source, Thing, View

SIDE: Final = 840.0
LABELS: Final = 15  # as many names as a picture of this sort has room for
LINES_A_THING: Final = 3
START: Final = "russia"
ROUNDS: Final = 30
_LEFT_OUT: Final = frozenset({"listedMemberOf", "inStory", "publishedBy"})
SEED: Final = 11
# A page with nothing but the stage and its table: what the site's pages share, around the graph at hand.
PAGE: Final = """{% extends "base.html" %}
{% block main %}
<header class="lede"><h1>{{ title }}</h1><p class="meta"><output id="as-of">{{ as_of }}</output></p></header>
<div class="board">{% include "stagebox.html" %}<aside class="side" aria-label="Sources of what is chosen">
<section id="panel" hidden><button type="button" id="panel-close">Back</button><h2 id="panel-title" tabindex="-1"></h2>
<div id="panel-body"></div></section><section data-rest></section></aside></div>{% include "twin.html" %}{% endblock %}
{% block data %}{{ stage.data }}<script type="application/ld+json" id="linked-data">{{ linked|embed }}</script>
{% endblock %}"""


@dataclass(frozen=True)
class Graph:
    """So many things and the claims between them."""

    things: tuple[str, ...]
    claims: tuple[Claim, ...]


def graph(shelf: Shelf, things: int) -> Graph:
    """The things nearest to one, breadth first, and up to three times as many claims that join two of them.

    The claims that reached each thing are among them, so the graph is in one piece; a pair has one claim.
    """
    beside = _beside(shelf)
    chosen, joined = {START: None}, dict[frozenset[str], Claim]()
    for name in (queue := [START]):
        for other, claim in beside.get(name, ()):
            if other not in chosen and len(chosen) < things:
                chosen[other] = None
                joined[frozenset((name, other))] = claim
                queue.append(other)
    for name in chosen:
        for other, claim in beside.get(name, ()):
            if other in chosen and len(joined) < things * LINES_A_THING:
                joined.setdefault(frozenset((name, other)), claim)
    return Graph(tuple(chosen), tuple(joined.values()))


def _beside(shelf: Shelf) -> Mapping[str, list[tuple[str, Claim]]]:
    """Each thing's neighbours by the claims between them; roles and long lists of membership left out."""
    found: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for claim in sorted(shelf.said.values(), key=lambda c: c.id):
        ends = claim.subject, claim.value
        if claim.predicate not in _LEFT_OUT and ends[0] != ends[1] and all(e in shelf.things for e in ends):
            found[ends[0]].append((ends[1], claim))
            found[ends[1]].append((ends[0], claim))
    return found


def stock(found: Graph, shelf: Shelf) -> str:
    """The page as pyvis makes it for those who use it as it comes: physics on, its script inside the page."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for name in found.things:
        net.add_node(name, label=shelf.things[name].name, title=shelf.things[name].kind)
    for claim in found.claims:
        net.add_edge(claim.subject, claim.value, title=shelf.model.predicate(claim.predicate).label)
    return str(net.generate_html())


def ours(found: Graph, shelf: Shelf) -> str:
    """The page as ours are made: places from Python, poster, canvas, controls, table and sources in one file."""
    view = _view(found, shelf)
    name = f"{len(found.things)} things"
    stage = stage_.stage(
        view, {"wide": _drawing(view)}, name="things", label=name, described=name, caption="Laid out in Python."
    )
    linked: dict[str, Any] = {"@context": "https://schema.org/", "@graph": []}
    return environment().from_string(PAGE).render(
        title=name, described=name, as_of=dates.day(view.last), stage=stage, linked=linked, files=(),
        canonical="", card="", site=None, assets=page.inline(text="".join(stage.names.values())),
    )  # fmt: skip


def _view(found: Graph, shelf: Shelf) -> View:
    day = when_.day("2026-11-01")
    numbered = words.sources(found.claims, shelf)
    things = tuple(_thing(name, rank, shelf) for rank, name in enumerate(found.things))
    relations = tuple(_relations(found.claims, shelf, numbered, day))
    return View(things, relations, when_.day_of(1990), day)


def _thing(name: str, rank: int, shelf: Shelf) -> Thing:
    entity = shelf.things[name]
    group = look.load().group(entity.kind, shelf.model).name
    return Thing(name, cast.capital(entity.name), shelf.model.kind(entity.kind).label, group, rank)


def _relations(claims: Sequence[Claim], shelf: Shelf, numbered: dict[str, Source], day: Day) -> Iterator[Relation]:
    """Every claim as a line that is always drawn, so that both pages draw the same."""
    for claim in claims:
        label = shelf.model.predicate(claim.predicate).label
        said = words.said(claim, shelf, numbered, day=day)
        yield Relation(claim.id, claim.subject, claim.predicate, label, claim.value, ALWAYS, said)


def _drawing(view: View) -> Drawing:
    """A spring layout computed once, with the names of the first few things."""
    net: nx.Graph[str] = nx.Graph()
    net.add_nodes_from(t.id for t in view.things)
    net.add_edges_from((r.subject, r.object) for r in view.relations)
    at = nx.forceatlas2_layout(net, seed=SEED, max_iter=ROUNDS)
    far = max(abs(float(v)) for point in at.values() for v in point)
    places = {
        t.id: Place(
            t.id, _along(at[t.id][0] / far), _along(at[t.id][1] / far), RADIUS[1], "right",
            (t.name,), shown=t.rank < LABELS,
        )
        for t in view.things
    }  # fmt: skip
    return Drawing(SIDE, SIDE, places, {r.id: 0.0 for r in view.relations})


def _along(part: float) -> int:
    """A pixel of the picture's side for -1 to 1, with air at both ends."""
    return round((part * 0.94 + 1) * SIDE / 2)
