"""A layer, or what it says of some actors and days, as Turtle or N-Quads: streamed, in the order of import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from graph import rdf, turtle
from graph.bulk.layer import Layer
from graph.claim import Claim
from graph.model import Model
from graph.when import Day

if TYPE_CHECKING:
    import polars as pl

_BATCH: Final = 4_096
FORMATS: Final = ("turtle", "nquads")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are meant: those in which any of `things` takes part, with a day from `first` to `last`.

    Empty, or None, leaves a side open; a record without a day is meant only when no day is asked for.
    """

    things: tuple[str, ...] = ()
    first: Day | None = None
    last: Day | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything is meant."""
        return not self.things and self.first is None and self.last is None


def selected(layer: Layer, chosen: Selection) -> pl.DataFrame:
    """The records that stand or stood and are meant, the last edition of each, in the order of import."""
    import polars as pl

    found = layer.records.filter((pl.col("rows") > 0) & (pl.col("kind") != ""))
    if chosen.first is not None:
        found = found.filter(pl.col("day") >= chosen.first)
    if chosen.last is not None:
        found = found.filter(pl.col("day") <= chosen.last)
    if chosen.things:
        scan = pl.scan_parquet(layer.paths("claims"))
        test = pl.col("object").is_in(list(chosen.things)) & (pl.col("type") == "")
        found = found.join(scan.filter(test).select("subject").unique().collect(), on="subject", how="semi")
    return found.unique("record", keep="last", maintain_order=True)


def size(layer: Layer, chosen: Selection) -> int:
    """How many claims about events are meant."""
    return int(selected(layer, chosen)["rows"].sum())


def write(
    layer: Layer,
    chosen: Selection,
    model: Model,
    out: IO[bytes],
    form: str = "turtle",
    but: Callable[[str], bool] = lambda _: False,
) -> int:
    """Write the records meant and all they rest on; returns the number of claims.

    Things that `but` says yes to are named and not declared.

    Claims of a record that several editions tell of come last, once, with all that was said of them.
    """
    put = _turtle if form == "turtle" else _nquads
    if form == "turtle":
        out.write(turtle.prologue().encode())
    found = _Written(layer, model, but)
    for claims in _batches(layer, chosen):
        put(out, found.blocks(claims), layer)
    for things in _groups(sorted(layer.entities) if chosen.is_open else found.waiting()):
        put(out, found.declared(things), layer)
    for things in _groups(sorted(layer.articles_of(found.articles))):
        put(out, found.sources(things), layer)
    return found.claims


class _Written:
    """What was written so far: how many claims, and which things and articles they named."""

    def __init__(self, layer: Layer, model: Model, but: Callable[[str], bool]) -> None:
        self.layer, self.model, self.but = layer, model, but
        self.claims = 0
        self.articles: set[str] = set()
        self._named: set[str] = set()
        self._done: set[str] = set()

    def blocks(self, claims: list[Claim]) -> Iterator[str]:
        """Claims with the events and citations they need."""
        self.claims += len(claims)
        events = dict.fromkeys(c.subject for c in claims)
        yield from (turtle.entity_block(self.layer.entity(e), self.model) for e in events if self._is_event(e))
        cited = {c.id: c for claim in claims for c in claim.citations}
        self.articles.update(c.article for c in cited.values())
        self._named.update(c.speaker for c in cited.values() if c.speaker)
        self._named.update(c.object for c in claims if isinstance(c.object, str))
        yield from map(turtle.citation_block, cited.values())
        yield from (turtle.claim_block(c, self.model) for c in claims)

    def _is_event(self, thing: str) -> bool:
        return thing not in self.layer.entities and self.layer.is_event(thing)

    def waiting(self) -> list[str]:
        """The layer's own things that were named, and those that claims about these name in turn."""
        seen: set[str] = set()
        while todo := (self._named & self.layer.entities.keys()) - seen:
            seen |= todo
            self._named.update(c.object for t in todo for c in self.layer.about(t) if isinstance(c.object, str))
        return sorted(seen)

    def declared(self, things: list[str]) -> Iterator[str]:
        """Things of the layer's own with what is said about them."""
        yield from (turtle.entity_block(self.layer.entities[t], self.model) for t in things if not self.but(t))
        yield from self.blocks([c for t in things for c in self.layer.about(t)])

    def sources(self, articles: list[str]) -> Iterator[str]:
        """Articles; their publishers are things of the layer's own."""
        found = [self.layer.article(a) for a in articles]
        for publisher in sorted({a.publisher for a in found} & self.layer.entities.keys() - self._done):
            self._done.add(publisher)
            yield turtle.entity_block(self.layer.entities[publisher], self.model)
        yield from map(turtle.article_block, found)


def _batches(layer: Layer, chosen: Selection) -> Iterator[list[Claim]]:
    """The claims meant, some thousand at a time."""
    import polars as pl

    wanted = selected(layer, chosen)
    told = layer.records.filter(pl.col("rows") > 0)
    twice = told.filter(pl.col("subject").is_duplicated() & (pl.col("kind") != ""))["subject"].unique()
    once = wanted.filter(~pl.col("subject").is_in(twice.implode()))
    for path in layer.paths("claims"):
        for rows in (
            pl.read_parquet(path).join(once, on="subject", how="semi", maintain_order="left").iter_slices(_BATCH)
        ):
            yield list(layer.claims(rows.iter_rows()))
    for things in _groups(wanted.filter(pl.col("subject").is_in(twice.implode()))["subject"].to_list()):
        yield [c for t in things for c in layer.about(t)]


def _groups(things: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(things), _BATCH):
        yield things[first : first + _BATCH]


def _turtle(out: IO[bytes], blocks: Iterable[str], _layer: Layer) -> None:
    out.write("".join(f"\n{block}" for block in blocks).encode())


def _nquads(out: IO[bytes], blocks: Iterable[str], layer: Layer) -> None:
    import pyoxigraph

    name = f"<{rdf.BASE}file/{layer.name}>"
    text = turtle.prologue() + "".join(blocks)
    found = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE)
    out.write("".join(f"{t.subject} {t.predicate} {t.object} {name} .\n" for t in found).encode())
