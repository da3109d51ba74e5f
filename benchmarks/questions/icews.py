"""The ICEWS 2005–2015 facts as an index: one event a fact, its kind the CAMEO code of the relation."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import numpy as np

from graph import when as when_
from graph.index.columns import ROLES, Columns, KindRow
from graph.index.index import Index

FACTS: Final = Path("data/icews/icews0515_full.tsv")
CODES: Final = Path("data/cameo/cameo-codes.csv")


def codes(shared: Path) -> dict[str, str]:
    """CAMEO code by name in lower case; of a root and its first child of one name the child."""
    with (shared / CODES).open(encoding="cp1252", newline="") as file:
        return {row["name"].lower(): row["code"] for row in csv.DictReader(file) if len(row["code"]) > 2}


def index(shared: Path) -> Index:
    """The index of every fact; entities are called as the source calls them, with spaces."""
    import polars as pl

    raw = pl.read_csv(
        shared / FACTS, separator="\t", has_header=False, quote_char=None, new_columns=["head", "kind", "tail", "date"]
    )
    spaced = raw.with_columns(pl.col("head", "kind", "tail").str.replace_all("_", " "))
    names = pl.concat([spaced["head"], spaced["tail"]]).unique().sort()
    code = codes(shared)
    kinds = sorted({code[k.lower()] for k in spaced["kind"].unique()})
    kind = np.array([kinds.index(code[k.lower()]) for k in spaced["kind"]], np.int32)
    day = raw["date"].str.to_date().to_physical().to_numpy().astype(np.int32) + when_.day_of(1970)
    count = len(raw)
    event = np.arange(count, dtype=np.int32)
    sides = [_positions(spaced[side], names) for side in ("head", "tail")]
    columns = Columns(
        ids=np.char.add("icews-", np.char.zfill(event.astype("U7"), 7)).astype(np.bytes_),
        entities=tuple(names),
        kinds=tuple(KindRow(k, 0.0, 90.0) for k in kinds),
        first=day,
        last=day,
        kind=kind,
        known=day,
        deaths=np.full(count, -1, np.int32),
        p_event=np.concatenate((event, event)),
        p_entity=np.concatenate(sides),
        p_role=np.repeat(np.array([ROLES.index("actor"), ROLES.index("target")], np.int32), count),
        p_known=np.concatenate((day, day)),
    )
    return Index.of(columns, compiled=False)


def _positions(column: Any, names: Any) -> Any:
    import polars as pl

    place = pl.DataFrame({"name": names, "at": np.arange(len(names), dtype=np.int32)})
    return pl.DataFrame({"name": column}).join(place, on="name", how="left", maintain_order="left")["at"].to_numpy()
