"""The tables of a layer as Parquet: their columns, and writing and reading them (door: polars)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph import when as when_
from graph.bulk import place
from graph.bulk.manifest import File
from graph.errors import StoreError

if TYPE_CHECKING:
    import polars as pl

_CLAIMS: Final = {
    "claim": "UInt64",
    "subject": "String",
    "predicate": "Categorical",
    "object": "Categorical",
    "type": "Categorical",
    "when": "Categorical",
    "begin_earliest": "Int32",
    "begin_latest": "Int32",
    "end_earliest": "Int32",
    "end_latest": "Int32",
    "article": "Categorical",
    "locator": "String",
    "speaker": "Categorical",
    "note": "Categorical",
    "recorded": "Int32",
}
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "claims": _CLAIMS,
    "relations": _CLAIMS,
    "records": {
        "record": "UInt64",
        "digest": "UInt64",
        "version": "Int64",
        "subject": "String",
        "kind": "Categorical",
        "name": "String",
        "day": "Int32",
        "row": "Int32",
        "rows": "Int32",
    },
    "entities": {"id": "String", "kind": "Categorical", "name": "String", "lang": "Categorical"},
    "articles": {
        "id": "String",
        "url": "String",
        "title": "String",
        "publisher": "Categorical",
        "published": "Categorical",
        "basis": "Categorical",
        "lang": "Categorical",
        "accessed": "Categorical",
        "licence": "Categorical",
        "known": "Int32",
    },
    "names": {"text": "String", "entity": "String", "kind": "Categorical", "why": "Categorical"},
    "corrections": {"claim": "UInt64", "withdrawn": "Int32", "superseded_by": "UInt64"},
}
BOUNDS: Final = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
_GROUP: Final = 32_768
"""Rows of a row group: one event's claims are read by unpacking one of these."""


def frame(table: str, columns: Mapping[str, Any]) -> pl.DataFrame:
    """Columns given as sequences, as a table; those left out are null."""
    import polars as pl

    types = {name: getattr(pl, kind) for name, kind in COLUMNS[table].items()}
    rows = max((len(c) for c in columns.values()), default=0)
    made = [
        pl.Series(name, columns[name], dtype=kind) if name in columns else pl.Series(name, [None] * rows, dtype=kind)
        for name, kind in types.items()
    ]
    return pl.DataFrame(made)


def of_rows(table: str, rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """Rows with a value for every column, as a table."""
    columns = list(zip(*rows, strict=True))
    return frame(table, dict(zip(COLUMNS[table], columns or [()] * len(COLUMNS[table]), strict=True)))


def write(table: pl.DataFrame, path: Path) -> File:
    """A table as Parquet, on the disk when this returns: dictionaries where they pay, zstd, statistics."""
    import hashlib

    made = io.BytesIO()
    table.write_parquet(made, compression="zstd", compression_level=1, statistics=True, row_group_size=_GROUP)
    data = made.getbuffer()
    place.write(path, data)
    return File(len(data), hashlib.sha256(data).hexdigest())


def read(paths: Sequence[Path], table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """Some columns of a table from its files in order; StoreError for a file that cannot be read."""
    import polars as pl

    if not paths:
        return frame(table, {}).select(columns or list(COLUMNS[table]))
    try:
        return pl.concat([pl.read_parquet(p, columns=list(columns) if columns else None) for p in paths])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise StoreError(
            f"cannot be read: {error}", where=str(paths[0].parent), expected="backstory bulk verify"
        ) from error


def bounds(texts: Iterable[str]) -> pl.DataFrame:
    """The four day bounds of each time, by its text; the empty text has none."""
    import polars as pl

    rows = []
    for text in texts:
        time = when_.parse(text) if text else None
        rows.append((text, *(getattr(time, name) if time else None for name in BOUNDS)))
    types: dict[str, Any] = {"when": pl.String, **dict.fromkeys(BOUNDS, pl.Int32)}
    return pl.DataFrame(rows, schema=types, orient="row")
