"""The columns of an index over a folder and its bulk layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from graph.bulk.happenings import Happenings, happenings
from graph.index import closure, gather
from graph.index.columns import ROLES, WORD, Columns, KindRow, join
from graph.layered.store import Layered
from graph.model import Model
from graph.store import Store
from graph.when import START_OF_TIME

COUNTED = tuple(role for role in ROLES if role != ROLES[WORD])


def from_store(store: Store) -> Columns:
    """The events of a folder with those of the layers beside it, each once, with whom each part acts for."""
    assert isinstance(store, Layered)
    parts = [gather.from_store(store.base)]
    seen = [tuple(store.base_events)]
    for layer in store.layers:
        found = happenings(layer, COUNTED, seen)
        seen.append(tuple(found.ids))
        parts.append(_columns(found, store))
    return join(parts)


def _columns(found: Happenings, store: Layered) -> Columns:
    """One layer's events, with the closure of everybody who takes part in them."""
    acting = gather.Gathered(store)
    for entity in found.entities:
        acting.entity(entity)
    closure.carry(acting, {})
    countries = [at for name, at in acting.entities.items() if store.has(name) and store.entity(name).kind == "Country"]
    own = {acting.entities[e] for layer in store.layers for e in layer.entities if e in acting.entities}
    for at, part in enumerate(acting.columns.get("c_part", ())):
        if part in own:  # what a name itself says ("Police (Russia)") is known whenever the name is
            acting.columns["c_known"][at] = START_OF_TIME
    carried: dict[str, Any] = {name: np.array(acting.columns.get(name, ()), np.int32) for name in _CLOSURE}
    return Columns(
        ids=found.ids,
        entities=tuple(acting.entities),
        kinds=tuple(_row(kind, store.model) for kind in found.kinds),
        first=found.first,
        last=found.last,
        kind=found.kind,
        known=found.known,
        deaths=found.deaths,
        p_event=found.p_event,
        p_entity=found.p_entity,
        p_role=found.p_role,
        p_known=found.p_known,
        v_event=found.v_event,
        v_voice=found.v_voice,
        v_known=found.v_known,
        countries=np.array(countries, np.int32),
        **carried,
    )


_CLOSURE = ("c_part", "c_whole", "c_percent", "c_first", "c_last", "c_known")


def _row(kind: str, model: Model) -> KindRow:
    found = model.kind(kind)
    return KindRow(kind, found.intensity, found.half_life_days)
