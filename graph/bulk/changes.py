"""What a changed or dropped record does to its earlier claims: withdrawn, superseded or standing again; not erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from graph.bulk import tables
from graph.bulk.known import Ints, Known
from graph.bulk.part import EPOCH, Judged
from graph.sources.said import Said
from graph.when import Day

if TYPE_CHECKING:
    import polars as pl

_SECONDS_A_DAY: Final = 86_400
Relation = tuple[str, str]


@dataclass(slots=True)
class Before:
    """Where the claims of earlier parts stand, in the order of import, and which of them are withdrawn by now.

    `claims` and `relations` are the files of each part; a part that has none is there all the same.
    """

    claims: list[Path] = field(default_factory=list)
    relations: list[Path] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)

    def add(self, folder: Path, number: int) -> None:
        """One more part."""
        self.claims.append(folder / f"claims-{number:05}.parquet")
        self.relations.append(folder / f"relations-{number:05}.parquet")

    def of(self, held: Mapping[str, Ints]) -> list[dict[int, Relation]]:
        """The claims of some records by id, each with its subject and predicate."""
        found: list[dict[int, Relation]] = [{} for _ in held["record"]]
        for event, files in ((True, self.claims), (False, self.relations)):
            for part in np.unique(held["part"][held["event"] == event]).tolist():
                mine = np.flatnonzero((held["part"] == part) & (held["event"] == event) & (held["rows"] > 0))
                if not len(mine):
                    continue
                table = tables.read([files[part]], "claims", ("claim", "subject", "predicate"))
                for i in mine.tolist():
                    rows = table.slice(int(held["row"][i]), int(held["rows"][i])).rows()
                    found[i] = {claim: (subject, predicate) for claim, subject, predicate in rows}
        return found


def of_changed(said: Sequence[Said], judged: Judged, known: Known, before: Before, on: Day) -> pl.DataFrame:
    """Corrections for the records that say something else than before."""
    changed = np.flatnonzero(judged.changed)
    held = known.at(known.find(judged.columns["record"][changed]))
    ends = np.cumsum(judged.columns["rows"])
    rows: list[tuple[int, int | None, int | None]] = []
    for i, old in zip(changed.tolist(), before.of(held), strict=True):
        one, end = said[i], int(ends[i])
        ids = judged.claims[end - len(one.claims) : end].tolist()
        new = {claim: (line[0], line[1]) for claim, line in zip(ids, one.claims, strict=True)}
        rows += _withdrawn(old, new, changed_on(one.version, on))
        rows += [(claim, None, None) for claim in sorted(set(new) & before.withdrawn)]
    return _noted(rows, before)


def of_dropped(known: Known, places: Ints, before: Before, days: Sequence[Day]) -> pl.DataFrame:
    """Corrections for records that the source no longer holds, each dropped on its day."""
    rows: list[tuple[int, int | None, int | None]] = []
    for old, day in zip(before.of(known.at(places)), days, strict=True):
        rows += _withdrawn(old, {}, day)
    return _noted([row for row in rows if row[0] not in before.withdrawn], before)


def changed_on(version: int, on: Day) -> Day:
    """The day of a version as the source tells it, else the day of the import."""
    return EPOCH + version // _SECONDS_A_DAY if version else on


def _withdrawn(
    old: Mapping[int, Relation], new: Mapping[int, Relation], day: Day
) -> list[tuple[int, int | None, int | None]]:
    """What is no longer said; one new claim of the same subject and predicate supersedes it."""
    fresh: dict[Relation, list[int]] = {}
    for claim, relation in new.items():
        if claim not in old:
            fresh.setdefault(relation, []).append(claim)
    found: list[tuple[int, int | None, int | None]] = []
    for claim, relation in old.items():
        if claim not in new:
            instead = fresh.get(relation, [])
            found.append((claim, day, instead[0] if len(instead) == 1 else None))
    return found


def _noted(rows: list[tuple[int, int | None, int | None]], before: Before) -> pl.DataFrame:
    """The rows as a table, once what stands is brought up to date."""
    for claim, day, _ in rows:
        if day is None:
            before.withdrawn.discard(claim)
        else:
            before.withdrawn.add(claim)
    return tables.of_rows("corrections", rows)
