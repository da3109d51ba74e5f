"""One part of an import: records as columns, judged against what is known, then written as tables."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from graph import when as when_
from graph.bulk import place, tables
from graph.bulk.known import GONE, NO_DAY, Ints, Known, numbers
from graph.bulk.manifest import File
from graph.claim import Article, Entity
from graph.sources.cast import Name
from graph.sources.said import Said, claim_id
from graph.sources.source import Rejected
from graph.when import Day

if TYPE_CHECKING:
    import polars as pl

EPOCH: Final = when_.day_of(1970, 1, 1)


@dataclass(slots=True)
class Batch:
    """What was read since the last part."""

    said: list[Said] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The records of a batch as columns of `Known`, and which of them are new, changed, known, older or refused."""

    columns: dict[str, Ints]
    claims: Ints
    new: Ints
    changed: Ints
    counts: Mapping[str, int]
    rejected: tuple[Rejected, ...]

    @property
    def kept(self) -> Ints:
        """Which records are written."""
        found: Ints = self.new | self.changed
        return found


def judge(said: Sequence[Said], known: Known, part: int, file: str) -> Judged:
    """What becomes of each record of a batch, given what the layer and the earlier parts hold."""
    count = len(said)
    sizes = np.fromiter((len(one.claims) for one in said), np.int64, count)
    ids = b"".join(map(claim_id, chain.from_iterable(one.claims for one in said)))
    columns = {
        "record": numbers(one.key for one in said),
        "digest": _digests(said, ids, sizes),
        "version": np.fromiter((one.version for one in said), np.int64, count),
        "day": _days(said),
        "part": np.full(count, part, np.int32),
        "row": np.zeros(count, np.int32),
        "rows": sizes.astype(np.int32),
        "event": np.fromiter((bool(one.kind) for one in said), np.bool_, count),
        "now": np.ones(count, np.bool_),
    }
    first, same, other = _again(columns)
    at = known.find(columns["record"])
    held = known.at(np.maximum(at, 0)) if len(known) else None
    there = at >= 0
    equal = there & (held["digest"] == columns["digest"]) if held else there
    older = there & ~equal & (held["version"] > columns["version"]) if held else there
    twice = there & ~equal & ~older & held["now"] & (held["version"] == columns["version"]) if held else there
    other |= first & twice
    first &= ~twice & ~older
    told = tuple(_refused(said[i], file) for i in np.flatnonzero(other).tolist())
    # What an import says about its own actors has no line in the file: it is written, and not counted.
    read = np.fromiter((one.line > 0 for one in said), np.bool_, count)
    counts = {
        "known": int((read & first & equal).sum()) + int((read & same).sum()),
        "older": int((read & older).sum()),
        "new": int((read & first & ~there).sum()),
        "changed": int((read & first & there & ~equal).sum()),
    }
    claims = np.frombuffer(ids, ">u8").astype(np.uint64)
    for mask in ((first & ~equal) & columns["event"], (first & ~equal) & ~columns["event"]):
        columns["row"][mask] = np.cumsum(sizes[mask]) - sizes[mask]
    return Judged(columns, claims, first & ~there, first & there & ~equal, counts, told)


def _digests(said: Sequence[Said], ids: bytes, sizes: Ints) -> Ints:
    """A 64-bit hash of all a record comes to; never 0, which is said of records that are gone.

    The article is left out: a later edition that says the same is no change.
    """
    made, at = [], 0
    for one, size in zip(said, sizes.tolist(), strict=True):
        rest = "\0".join((one.kind, one.name, one.locator, one.speaker, one.note))
        made.append(hashlib.blake2b(ids[at : at + 8 * size] + rest.encode(), digest_size=8).digest())
        at += 8 * size
    found = np.frombuffer(b"".join(made), ">u8").astype(np.uint64)
    return np.maximum(found, np.uint64(1))


def _days(said: Sequence[Said]) -> Ints:
    """The first day on which each record's event may have begun."""
    days: dict[str, Day] = {}
    found = np.full(len(said), NO_DAY, np.int32)
    for i, one in enumerate(said):
        when = next((line[4] for line in one.claims if line[1] == "happened"), "")
        if when:
            if when not in days:
                days[when] = max(when_.parse(when).begin_earliest, NO_DAY + 1)
            found[i] = days[when]
    return found


def _again(columns: Mapping[str, Ints]) -> tuple[Ints, Ints, Ints]:
    """Of records that come twice in a batch: the one to take, those that repeat it, those that contradict it.

    The newest version is taken, of one version the first.
    """
    record, digest, version = (columns[name] for name in ("record", "digest", "version"))
    order = np.lexsort((np.arange(len(record)), -version, record))
    start = np.ones(len(record), bool)
    start[1:] = record[order][1:] != record[order][:-1]
    taken = order[np.maximum.accumulate(np.where(start, np.arange(len(record)), 0))]
    first = np.zeros(len(record), bool)
    first[order[start]] = True
    same, other = np.zeros(len(record), bool), np.zeros(len(record), bool)
    same[order] = ~start & ((digest[order] == digest[taken]) | (version[order] < version[taken]))
    other[order] = ~start & ~same[order]
    return first, same, other


def _refused(one: Said, file: str) -> Rejected:
    return Rejected(f"{file}:{one.line}", f"{one.key} again, with other content", one.locator)


def write(
    batch: Batch, judged: Judged, corrections: pl.DataFrame, folder: Path, part: int, recorded: Day
) -> tuple[dict[str, File], dict[str, int]]:
    """Write what a part adds, one file a table that has rows; returns the files and their numbers of rows."""
    said = batch.said
    claims, relations = _claims(said, judged, recorded)
    found = {
        "claims": claims,
        "relations": relations,
        "records": _records(said, judged),
        "entities": tables.of_rows("entities", [(e.id, e.kind, *e.names[0]) for e in batch.entities]),
        "articles": tables.of_rows("articles", map(_article, batch.articles)),
        "names": tables.of_rows("names", batch.names),
        "corrections": corrections,
    }
    files, rows = {}, {}
    for table, data in found.items():
        rows[table] = len(data)
        if len(data):
            files[f"{table}-{part:05}.parquet"] = tables.write(data, folder / f"{table}-{part:05}.parquet")
    rejected = (*batch.rejected, *judged.rejected)
    rows["rejected"] = len(rejected)
    if rejected:
        files[f"rejects-{part:05}.csv"] = write_rejects(rejected, folder / f"rejects-{part:05}.csv")
    return files, rows


def _claims(said: Sequence[Said], judged: Judged, recorded: Day) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claims of the kept records about events, and those about others."""
    import polars as pl

    kept, event, sizes = judged.kept, judged.columns["event"], judged.columns["rows"]
    owner = np.repeat(np.arange(len(said)), sizes)
    if not kept.any():
        return tables.frame("claims", {}), tables.frame("relations", {})
    columns = list(zip(*chain.from_iterable(one.claims for one in said), strict=True))
    names = ("subject", "predicate", "object", "type", "when")
    found = pl.DataFrame([pl.Series(n, c, dtype=pl.String) for n, c in zip(names, columns, strict=True)])
    found = found.with_columns(
        claim=pl.Series(judged.claims),
        recorded=pl.lit(recorded, pl.Int32),
        owner=pl.Series(owner),
        **{n: _of_records(said, n, owner) for n in ("article", "locator", "speaker", "note")},
    )
    found = found.join(
        tables.bounds(found["when"].unique(maintain_order=True)), on="when", how="left", maintain_order="left"
    )
    shape = [pl.col(n).cast(getattr(pl, kind)) for n, kind in tables.COLUMNS["claims"].items()]
    return (
        found.filter(pl.Series((kept & event)[owner])).select(shape),
        found.filter(pl.Series((kept & ~event)[owner])).select(shape),
    )


def _of_records(said: Sequence[Said], name: str, owner: Ints) -> pl.Series:
    """A field of the records, said once a claim."""
    import polars as pl

    at = Said._fields.index(name)
    return pl.Series(name, [one[at] for one in said], dtype=pl.String).gather(pl.Series(owner))


def _records(said: Sequence[Said], judged: Judged) -> pl.DataFrame:
    kept = np.flatnonzero(judged.kept)
    chosen = [said[i] for i in kept.tolist()]
    columns = {n: judged.columns[n][kept] for n in ("record", "digest", "version", "day", "row", "rows")}
    texts = {n: [getattr(one, n) for one in chosen] for n in ("subject", "kind", "name")}
    return _dayless(tables.frame("records", {**columns, **texts}))


def _dayless(records: pl.DataFrame) -> pl.DataFrame:
    """Null, as readers expect it, where a record has no day."""
    import polars as pl

    return records.with_columns(pl.when(pl.col("day") != NO_DAY).then("day").alias("day"))


def gone(records: Ints) -> pl.DataFrame:
    """Rows for records that the source no longer holds."""
    none = np.zeros(len(records), np.int32)
    columns = {"record": records, "digest": np.full(len(records), GONE), "version": none.astype(np.int64)}
    texts = {n: [""] * len(records) for n in ("subject", "kind", "name")}
    return _dayless(tables.frame("records", {**columns, "day": none + NO_DAY, "row": none, "rows": none, **texts}))


def _article(article: Article) -> tuple[str | int, ...]:
    known = article.known
    return (
        article.id,
        article.url,
        article.title,
        article.publisher,
        article.published,
        article.published_basis,
        article.lang,
        article.accessed,
        article.licence,
        known,
    )


def write_rejects(rejected: Iterable[Rejected], path: Path) -> File:
    """A CSV of what was refused: where, why, and the text as found."""
    out = io.StringIO()
    records = csv.writer(out, lineterminator="\n")
    records.writerow(("where", "reason", "text"))
    records.writerows((r.where, r.reason, r.text) for r in rejected)
    data = out.getvalue().encode("utf-8", "replace")
    place.write(path, data)
    return File(len(data), hashlib.sha256(data).hexdigest())
