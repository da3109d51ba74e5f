"""The events of a layer as arrays: when, of which kind, who took part in which role, on whose word (door: polars)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.bulk import tables
from graph.bulk.layer import Layer

if TYPE_CHECKING:
    import polars as pl

Ints = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Happenings:
    """The events of a layer that have a date; the other arrays name them, kinds and entities by position.

    `first` and `last` are the days between which an event certainly began, `deaths` -1 when nobody
    counts any; `known` is the first day on which somebody had published its date, or a participation.
    """

    ids: Sequence[str]
    kinds: Sequence[str]
    entities: Sequence[str]
    kind: Ints
    first: Ints
    last: Ints
    known: Ints
    deaths: Ints
    p_event: Ints
    p_entity: Ints
    p_role: Ints
    p_known: Ints
    v_event: Ints
    v_voice: Ints
    v_known: Ints


def happenings(layer: Layer, roles: Sequence[str], but: Sequence[Sequence[str]] = ()) -> Happenings:
    """The events of a layer as they stand; `roles` are those that count, `but` the ids of events to leave out."""
    import polars as pl

    claims = _standing(layer, (*roles, "happened", "deaths"))
    dated = claims.filter(pl.col("predicate") == "happened").sort("known", maintain_order=True)
    events = dated.unique("subject", keep="first", maintain_order=True).sort("subject")
    for others in but:
        events = events.filter(~pl.col("subject").is_in(list(others)))
    told = layer.records.filter(pl.col("kind") != "").unique("subject", keep="last")
    events = events.join(told.select("subject", "kind"), on="subject", how="left", maintain_order="left")
    events = events.with_row_index("event")
    kinds, kind = _coded(events["kind"])
    deaths = claims.filter(pl.col("predicate") == "deaths").unique("subject", keep="first")
    deaths = deaths.select("subject", deaths=pl.col("object").cast(pl.String).cast(pl.Int32, strict=False))
    events = events.join(deaths, on="subject", how="left", maintain_order="left")
    number = events.select("subject", "event")
    part = claims.filter(pl.col("predicate").cast(pl.String).is_in(list(roles))).join(number, on="subject", how="inner")
    entities, entity = _coded(part["object"])
    voices = (
        dated.join(number, on="subject").group_by("event", "voice").agg(pl.col("known").min()).sort("event", "voice")
    )
    numbered = {role: at for at, role in enumerate(roles)}
    return Happenings(
        events["subject"].to_list(),
        kinds,
        entities,
        kind.astype(np.int16),
        events["begin_earliest"].to_numpy(),
        events["begin_latest"].to_numpy(),
        events["known"].to_numpy(),
        events["deaths"].fill_null(-1).to_numpy(),
        part["event"].cast(pl.Int32).to_numpy(),
        entity,
        part["predicate"].cast(pl.String).replace_strict(numbered, return_dtype=pl.Int32).to_numpy(),
        part["known"].to_numpy(),
        voices["event"].cast(pl.Int32).to_numpy(),
        _coded(voices["voice"])[1],
        voices["known"].to_numpy(),
    )


def _standing(layer: Layer, predicates: Sequence[str]) -> pl.DataFrame:
    """Claims with some predicates that are not withdrawn, with the publisher and day of what they cite."""
    import polars as pl

    wanted = ("claim", "subject", "predicate", "object", "begin_earliest", "begin_latest", "article")
    parts = []
    gone = {claim for claim, (day, _) in layer.corrections.items() if day is not None}
    for path in layer.paths("claims"):
        table = tables.read([path], "claims", wanted)
        table = table.filter(pl.col("predicate").cast(pl.String).is_in(list(predicates)))
        parts.append(table.filter(~pl.col("claim").is_in(sorted(gone))) if gone else table)
    claims = pl.concat(parts) if parts else tables.frame("claims", {}).select(wanted)
    said = tables.read(layer.paths("articles"), "articles", ("id", "publisher", "known"))
    said = said.select(pl.col("id").cast(pl.Categorical).alias("article"), pl.col("publisher").alias("voice"), "known")
    return claims.join(said.unique("article", keep="first"), on="article", how="left", maintain_order="left")


def _coded(texts: pl.Series) -> tuple[list[str], Ints]:
    """The different texts, sorted, and the position of each among them."""
    import polars as pl

    if not len(texts):
        return [], np.empty(0, np.int32)
    plain = texts.cast(pl.String)
    names = plain.unique().sort()
    return names.to_list(), plain.replace_strict(names, np.arange(len(names)), return_dtype=pl.Int32).to_numpy()
