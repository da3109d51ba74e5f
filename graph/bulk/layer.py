"""A bulk layer, open for reading: its things, articles and claims one at a time, as they stand."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph import when as when_
from graph.bulk import manifest, place, tables
from graph.bulk.known import Ints, number
from graph.bulk.manifest import Manifest
from graph.claim import Article, Citation, Claim, Entity, Literal, merge
from graph.errors import UnknownName
from graph.sources import registry
from graph.sources.cast import Meant
from graph.sources.countries import by_name
from graph.sources.source import Source

if TYPE_CHECKING:
    import polars as pl

Row = tuple[Any, ...]
Named = dict[str, Any]


class Layer:
    """One layer; what is read of it is kept, so a second question is cheap."""

    def __init__(self, found: Manifest) -> None:
        self.name, self.manifest = found.name, found
        self.folder = place.folder(found.name)
        self._entity = functools.lru_cache(maxsize=65536)(self._read_entity)
        self._article = functools.lru_cache(maxsize=65536)(self._read_article)
        self._about = functools.lru_cache(maxsize=16384)(self._read_about)

    @classmethod
    def open(cls, name: str) -> Layer:
        """The layer of this name; UnknownName when there is none, StoreError when a file of it is missing or cut."""
        found = manifest.read(name)
        manifest.check(found)
        return cls(found)

    @property
    def fingerprint(self) -> str:
        """What the layer consists of, in one text: equal text, equal content."""
        return " ".join((self.name, *(e.id for e in self.manifest.editions)))

    @property
    def source(self) -> Source:
        """What is imported into it."""
        return registry.source(self.manifest.source)

    def paths(self, table: str) -> list[Path]:
        """The files of a table, in the order of import."""
        return [self.folder / name for name, _ in self.manifest.files(table)]

    # -- things ---------------------------------------------------------------------------------

    def has(self, thing: str) -> bool:
        """Whether an event, entity or article of this id is declared here."""
        try:
            self.entity(thing)
        except UnknownName:
            return thing in self._articles
        return True

    def is_event(self, thing: str) -> bool:
        """Whether an event of this id is declared here."""
        return any(row["subject"] == thing and row["kind"] for row in self._editions(thing))

    def entity(self, thing: str) -> Entity:
        """The event or entity of this id; UnknownName when there is none here."""
        return self._entity(thing)

    def article(self, article: str) -> Article:
        """The article of this id; UnknownName when there is none here."""
        return self._article(article)

    @functools.cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Everything the source names that is no event, by id."""
        rows = tables.read(self.paths("entities"), "entities").iter_rows()
        return {key: Entity(key, kind, ((name, lang),)) for key, kind, name, lang in rows}

    def things(self, kinds: Collection[str]) -> Iterator[str]:
        """The ids of events and entities of some kinds."""
        import polars as pl

        yield from (e.id for e in self.entities.values() if e.kind in kinds)
        told = self.records.filter(pl.col("kind") != "").unique("subject", keep="last")
        yield from told.filter(pl.col("kind").cast(pl.String).is_in(list(kinds)))["subject"]

    @functools.cached_property
    def _articles(self) -> Mapping[str, Row]:
        return {row[0]: row for row in tables.read(self.paths("articles"), "articles").iter_rows()}

    def articles(self) -> Iterator[Article]:
        """Every article, by id."""
        return (self.article(key) for key in sorted(self._articles))

    def articles_of(self, wanted: Iterable[str]) -> set[str]:
        """Those of some articles that are declared here."""
        return set(wanted) & self._articles.keys()

    def _read_entity(self, thing: str) -> Entity:
        if thing in self.entities:
            return self.entities[thing]
        told = [row for row in self._editions(thing) if row["subject"] == thing and row["kind"]]
        if told:
            return Entity(thing, told[-1]["kind"], ((told[-1]["name"], "en"),))
        raise UnknownName(thing, where=f"layer {self.name}")

    def _read_article(self, article: str) -> Article:
        row = self._articles.get(article)
        if row is None:
            raise UnknownName(article, where=f"layer {self.name}")
        key, url, title, publisher, published, basis, lang, accessed, licence, _ = row
        return Article(key, url, title, publisher, published, basis, lang, accessed=accessed, licence=licence)

    # -- names ----------------------------------------------------------------------------------

    @functools.cached_property
    def names(self) -> Mapping[str, Meant]:
        """Each name of the source with whom it was taken for."""
        return {row[0]: Meant(*row[1:]) for row in tables.read(self.paths("names"), "names").iter_rows()}

    def meant(self, name: str) -> str:
        """The id of what a name of the source, or an id, stands for; UnknownName with suggestions."""
        import difflib

        if name in self.names:
            return self.names[name].id
        known = by_name().get(name)
        if known is not None:
            return known.id
        if name in self.entities or any(meant.id == name for meant in self.names.values()):
            return name
        near = difflib.get_close_matches(name, self.names, n=3)
        raise UnknownName(name, suggestions=tuple(near), where=f"layer {self.name}")

    # -- records --------------------------------------------------------------------------------

    @functools.cached_property
    def records(self) -> pl.DataFrame:
        """Every record of every edition, in the order of import; `part` counts the files of records."""
        import polars as pl

        parts = [tables.read([p], "records") for p in self.paths("records")]
        parts = parts or [tables.frame("records", {})]
        return pl.concat(table.with_columns(part=pl.lit(i, pl.Int32)) for i, table in enumerate(parts))

    @functools.cached_property
    def _by_record(self) -> tuple[Ints, Ints]:
        """Record numbers in order, and the row of each; of one record the oldest first."""
        numbers = self.records["record"].to_numpy()
        order = np.argsort(numbers, kind="stable")
        return numbers[order], order

    @property
    def days(self) -> tuple[int | None, int | None]:
        """The first and last day of an event, None when there is none."""
        days = [tables.read([p], "records", ("day",))["day"] for p in self.paths("records")]
        known = [d for d in days if d.count()]
        return min((int(d.min()) for d in known), default=None), max((int(d.max()) for d in known), default=None)  # type: ignore[arg-type]

    def _editions(self, key: str) -> list[Named]:
        """The rows of a record's editions, oldest first; its last one tells whether it stands."""
        held, order = self._by_record
        wanted = np.uint64(number(key))
        first, last = np.searchsorted(held, wanted), np.searchsorted(held, wanted, side="right")
        return [self.records.row(int(order[i]), named=True) for i in range(first, last)]

    # -- claims ---------------------------------------------------------------------------------

    def about(self, subject: str) -> tuple[Claim, ...]:
        """Every claim about a thing, withdrawn ones with their day."""
        return self._about(subject)

    def found(
        self, *, subject: str | None = None, predicate: str | None = None, object: str | None = None
    ) -> tuple[Claim, ...]:
        """Claims with this subject, predicate and object thing; without a subject the whole layer is read."""
        import polars as pl

        if subject is not None:
            told = self.about(subject)
            kept = (c for c in told if predicate is None or c.predicate == predicate)
            return tuple(c for c in kept if object is None or c.object == object)
        if predicate is not None and predicate not in self.predicates:
            return ()
        tests = [pl.lit(value=True)]
        tests += [pl.col("predicate") == predicate] if predicate is not None else []
        tests += [pl.col("object") == object, pl.col("type") == ""] if object is not None else []
        return tuple(self.claims(self._rows(pl.all_horizontal(tests))))

    def claim(self, claim: str) -> Claim:
        """The claim of this id; UnknownName when there is none here; reads the whole layer."""
        import polars as pl

        try:
            wanted = int(claim, 16) if len(claim) == 16 else None
        except ValueError:
            wanted = None
        if wanted is not None:
            for found in self.claims(self._rows(pl.col("claim") == pl.lit(wanted, pl.UInt64))):
                return found
        raise UnknownName(claim, where=f"layer {self.name}")

    def claims_about(self, entity: str, *, outward: bool, other: str = "") -> Iterator[tuple[str, str]]:
        """Id and predicate of each claim that is not about an event, about an entity or towards it."""
        if outward:
            rows = self._relations.get(entity, ())
            yield from ((f"{r[0]:016x}", r[2]) for r in rows if not r[4] and (not other or r[3] == other))
        else:
            told = (r for rows in self._relations.values() for r in rows if r[3] == entity and not r[4])
            yield from ((f"{r[0]:016x}", r[2]) for r in told if not other or r[1] == other)

    def events_with(self, entity: str) -> Iterator[tuple[str, str]]:
        """Each event that names an entity, as it stands, with each date it is given (EDTF)."""
        import polars as pl

        gone = [claim for claim, (day, _) in self.corrections.items() if day is not None]
        for path in self.paths("claims"):
            claims = pl.scan_parquet(path).filter(~pl.col("claim").is_in(gone)) if gone else pl.scan_parquet(path)
            named = claims.filter((pl.col("object") == entity) & (pl.col("type") == "")).select("subject").unique()
            dates = claims.filter(pl.col("predicate") == "happened").select("subject", pl.col("when").cast(pl.String))
            yield from dates.join(named, on="subject", how="semi").collect().iter_rows()

    @functools.cached_property
    def predicates(self) -> frozenset[str]:
        """The predicates that claims of this layer use."""
        found: set[str] = set()
        for table in ("claims", "relations"):
            for path in self.paths(table):
                found.update(tables.read([path], table, ("predicate",))["predicate"].unique().to_list())
        return frozenset(found)

    def _read_about(self, subject: str) -> tuple[Claim, ...]:
        rows = [*self._relations.get(subject, ()), *self._of_event(subject)]
        return tuple(self.claims(rows))

    def _of_event(self, event: str) -> Iterator[Row]:
        """The rows of claims about an event, from every edition that told of it."""
        import polars as pl

        files = self.paths("records")
        for record in self._editions(event):
            if record["rows"] and record["subject"] == event:
                claims = files[record["part"]].with_name(files[record["part"]].name.replace("records", "claims", 1))
                yield from pl.scan_parquet(claims).slice(record["row"], record["rows"]).collect().iter_rows()

    @functools.cached_property
    def _relations(self) -> Mapping[str, list[Row]]:
        """The rows of claims about things that are no events, by subject."""
        found: dict[str, list[Row]] = {}
        for row in tables.read(self.paths("relations"), "relations").iter_rows():
            found.setdefault(row[1], []).append(row)
        return found

    def _rows(self, test: pl.Expr) -> Iterator[Row]:
        """The rows of all claims that pass a test."""
        import polars as pl

        for table in ("claims", "relations"):
            for path in self.paths(table):
                yield from pl.scan_parquet(path).filter(test).collect().iter_rows()

    @functools.cached_property
    def corrections(self) -> Mapping[int, tuple[int | None, int | None]]:
        """The last word on each corrected claim: the day it was withdrawn (None: it stands) and what superseded it."""
        rows = tables.read(self.paths("corrections"), "corrections").iter_rows()
        return {claim: (withdrawn, instead) for claim, withdrawn, instead in rows}

    def claims(self, rows: Iterable[Row]) -> Iterator[Claim]:
        """Claims from rows of a claims table; rows of one claim become one claim with all its citations."""
        found: dict[int, Claim] = {}
        for row in rows:
            made = self._claim(row)
            found[row[0]] = merge(found[row[0]], made) if row[0] in found else made
        yield from found.values()

    def _claim(self, row: Row) -> Claim:
        key, subject, predicate, thing, kind, when, _, _, _, _, article, locator, speaker, note, recorded = row
        day, instead = self.corrections.get(key, (None, None))
        return Claim(
            subject,
            predicate,
            Literal(thing, kind) if kind else thing,
            (Citation(article, locator, speaker=speaker, note=note),),
            when,
            recorded=when_.iso(recorded),
            withdrawn="" if day is None else when_.iso(day),
            superseded_by="" if instead is None else f"{instead:016x}",
        )
