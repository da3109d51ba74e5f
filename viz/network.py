"""A view as a vis network: pyvis is the model and the render call, its vis-network draws.

Physics is off and every position comes from Python, because browser physics is what makes stock
pyvis pages slow; page, layout, security and accessibility are ours (docs/design.md says why).
This is the door of pyvis.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from viz import look
from viz.layout import RADIUS, Drawing, Place
from viz.templating import environment
from viz.view import ALWAYS, Relation, View

VIS: Final = Path(__file__).parent / "static" / "vendor" / "vis-network-9.1.2.min.js"
VIS_SHA256: Final = "7decbb433cfa8cd6dea048c0e4b0c381a28a321a235b08a3d0826b4d356de03f"
OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "hover": True,
        "hoverConnectedEdges": False,
        "dragNodes": False,
        "zoomView": False,
        "keyboard": False,
        "tooltipDelay": 1000000,
        "selectConnectedEdges": False,
    },
    "nodes": {"font": {"size": 0}, "borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "smooth": False,
        "width": 1,
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "arrowStrikethrough": False,
    },
}
# What is left out of the data, because most things, lines and places have it; the scripts put it back.
USUAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "node": {"aliases": [], "date": "", "exists": list(ALWAYS), "fixed": True, "step": 0, "tier": 1},
    "edge": {
        "against": [], "arrows": "to", "chain": False, "contested": False, "mark": None, "stated": True,
        "time": list(ALWAYS),
    },
    "place": {"r": RADIUS[1]},
}  # fmt: skip


@functools.cache
def kind() -> Any:
    """The class of our networks. Importing pyvis takes as long as some pages: who forks workers asks before."""
    from pyvis.network import Network

    class Stage(Network):  # type: ignore[misc]
        """pyvis' Network with set-backed ids: its own list makes adding quadratic."""

        def get_nodes(self) -> Any:
            return self.node_map.keys()

    return Stage


def network(view: View, drawings: Mapping[str, Drawing]) -> Any:
    """The pyvis network of a view, drawn as each of `drawings` says (`wide`, `tall`)."""
    found = kind()(directed=True, cdn_resources="in_line", heading="")
    found.node_ids = _Ids()
    found.templateEnv = environment()
    found.path = "stage.html"
    found.set_options(json.dumps(OPTIONS))
    groups = look.load().groups
    for thing in view.things:
        place = next(d.places[thing.id] for d in drawings.values() if thing.id in d.places)
        found.add_node(
            thing.id,
            label=thing.name,
            shape=groups[thing.group].shape,
            group=thing.group,
            x=place.x,
            y=place.y,
            size=place.radius,
            fixed=True,
            kind=thing.kind,
            step=thing.step,
            date=thing.date,
            rank=thing.rank,
            exists=list(thing.exists),
            aliases=list(thing.aliases),
            tier=thing.tier,
            at={name: _place(d.places[thing.id], thing.name) for name, d in drawings.items() if thing.id in d.places},
        )
    known = {r.id for r in view.relations}
    for relation in view.relations:
        found.add_edge(
            relation.subject,
            relation.object,
            id=relation.id,
            words=relation.label,
            predicate=relation.predicate,
            time=list(relation.time),
            chain=relation.chain,
            stated=relation.stated,
            contested=relation.said.contested,
            against=[[i if i in known else "", text] for i, text in relation.against],
            bow={name: d.bows[relation.id] for name, d in drawings.items() if relation.id in d.bows},
            mark=_free(relation, drawings) if relation.said.contested else None,
        )
    return found


def _free(relation: Relation, drawings: Mapping[str, Drawing]) -> dict[str, float]:
    """Where on its line a contested relation's mark stands, by drawing."""
    return {
        name: d.free(d.path(relation.id, relation.subject, relation.object))
        for name, d in drawings.items()
        if relation.id in d.bows
    }


class _Ids(list[str]):
    """Ids in order of adding, with membership by hash."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def append(self, item: str) -> None:
        super().append(item)
        self._known.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known


def stage(view: View, drawings: Mapping[str, Drawing], extra: Mapping[str, object]) -> Markup:
    """The data of the stage as a JSON script element, rendered by pyvis' `generate_html`."""
    found = network(view, drawings)
    found.heading = {
        "sizes": {name: [d.width, d.height] for name, d in drawings.items()},
        "notes": {name: [[n.x, n.y, n.text, n.anchor] for n in d.notes] for name, d in drawings.items() if d.notes},
        "usual": USUAL,
        "inverse": {r.predicate: r.inverse for r in view.relations if r.inverse not in ("", r.label)},
        **extra,
    }
    found.nodes = [_unusual(n, "node") for n in found.nodes]
    found.edges = [_unusual(e, "edge") for e in found.edges]
    return Markup(found.generate_html())  # noqa: S704 (rendered with autoescape on)


def _unusual(entry: Mapping[str, Any], sort: str) -> dict[str, Any]:
    usual = USUAL[sort]
    return {key: value for key, value in entry.items() if key not in usual or usual[key] != value}


def _place(place: Place, name: str) -> dict[str, Any]:
    """A place for the canvas; what is usual is left out, as is a label that is the name in one line.

    `w` is the label's width.
    """
    box = place.label
    found: dict[str, Any] = {
        "x": place.x, "y": place.y, "r": place.radius, "side": place.side, "w": round(box.x1 - box.x0),
    }  # fmt: skip
    rare = {"head": place.head, "lead": place.lead, "strong": place.strong, "hidden": not place.shown}
    rare["lines"] = list(place.lines) if place.lines != (name,) else ()
    return _unusual(found, "place") | {key: value for key, value in rare.items() if value}
