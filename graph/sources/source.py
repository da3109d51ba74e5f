"""What an importer is given and what it yields: a source's own description, a record, a refusal.

An importer is a plain function `read(raw, source)` in `graph/sources/<name>/importer.py`.
It is given the folder of raw files and the `Source` read from the `source.yaml` beside it, and
yields entities, articles, claims, and a `Rejected` for each record it cannot read.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from graph import when as when_
from graph import yaml_file
from graph.claim import Article, Citation, Claim, Entity, article_id, merge
from graph.errors import InputError, RejectedInput

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a `source.yaml`: who publishes the material, under which terms, what is in it.

    `publisher` is the id of an entity of kind Source and `publisher_name` its name.
    `published` is the EDTF date of the release and `retrieved` the day it was fetched: claims are
    recorded with that day, so an import needs no clock.
    `inputs` are the files it reads, as patterns below the raw folder.
    `expected` is how many of what a complete import holds.
    `columns` are the columns of each layout that its files come in, by the layout's name.
    `ignored` names each field that is left out, as a pattern, with the reason.
    """

    name: str
    title: str
    publisher: str
    publisher_name: str
    url: str
    licence: str
    coverage: str
    published: str
    retrieved: str
    inputs: tuple[str, ...]
    attribution: str = ""
    caution: str = ""
    expected: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        when_.day(self.retrieved)
        when_.parse(self.published)

    @property
    def entity(self) -> Entity:
        """The publisher as an entity, which every import declares."""
        return Entity(self.publisher, "Source", ((self.publisher_name, "en"),))

    def article(self, url: str = "", title: str = "", *, published: str = "") -> Article:
        """A document of this source: the release itself, or the one at `url`."""
        address = url or self.url
        return Article(
            article_id(address),
            address,
            title or self.title,
            self.publisher,
            published or self.published,
            "release" if not published else "snapshot",
            accessed=self.retrieved,
            licence=self.licence,
        )


@dataclass(frozen=True, slots=True, order=True)
class Rejected:
    """A record that was not taken: where it is, why, and its text as found."""

    where: str
    reason: str
    text: str


Item: TypeAlias = Entity | Article | Claim | Rejected
Importer: TypeAlias = Callable[[Path, Source], Iterator[Item]]


class Record:
    """The fields of one record, which remember what was taken, so that nothing is lost unseen."""

    __slots__ = ("_fields", "_taken", "where")

    def __init__(self, where: str, fields: Mapping[str, str]) -> None:
        self.where, self._fields, self._taken = where, fields, set[str]()

    def take(self, name: str) -> str:
        """The text of a field without outer blanks, empty when there is none."""
        self._taken.add(name)
        return (self._fields.get(name) or "").strip()

    def need(self, name: str) -> str:
        """The text of a field that must be there; RejectedInput when it is empty."""
        text = self.take(name)
        if not text:
            raise RejectedInput(f"no {name}", where=self.where)
        return text

    @property
    def text(self) -> str:
        """The record as text, for a refusal."""
        return "; ".join(f"{name}: {text}" for name, text in self._fields.items() if text)

    def audit(self, source: Source) -> None:
        """InputError when a filled field was neither taken nor listed as ignored."""
        audit((n for n, text in self._fields.items() if text), self._taken, source, where=self.where)


def audit(names: Iterable[str], taken: Iterable[str], source: Source, *, where: str) -> None:
    """Check field names against what is taken and what `source.yaml` lists as ignored.

    Raises InputError naming each field that is neither, which stops the import: the format has
    changed, and somebody must decide what the new field means.
    """
    left = sorted(set(names) - set(taken))
    unknown = [n for n in left if not any(fnmatch.fnmatchcase(n, pattern) for pattern in source.ignored)]
    if unknown:
        raise InputError(
            f"fields nobody reads: {', '.join(unknown)}",
            where=where,
            expected=f"take them, or list them under `ignored` in {source.name}/source.yaml",
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything an import yielded, each thing once."""

    entities: tuple[Entity, ...]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]


def gather(items: Iterable[Item]) -> Gathered:
    """Collect what an importer yields: equal claims join their citations, equal entities their aliases.

    Raises InputError when one id stands for two kinds or two names.
    """
    entities: dict[str, Entity] = {}
    articles: dict[str, Article] = {}
    claims: dict[str, Claim] = {}
    rejected = []
    for item in items:
        if isinstance(item, Claim):
            key = item.id
            claims[key] = merge(claims[key], item) if key in claims else item
        elif isinstance(item, Entity):
            entities[item.id] = same_thing(entities[item.id], item) if item.id in entities else item
        elif isinstance(item, Article):
            articles.setdefault(item.id, item)
        else:
            rejected.append(item)
    return Gathered(
        tuple(entities[key] for key in sorted(entities)),
        tuple(articles[key] for key in sorted(articles)),
        tuple(claims[key] for key in sorted(claims)),
        tuple(sorted(rejected)),
    )


def same_thing(first: Entity, second: Entity) -> Entity:
    """One entity with the aliases and identifiers of both; InputError when kind or name differ."""
    if (first.kind, first.names) != (second.kind, second.names):
        raise InputError(f"{first.kind} {first.name!r} and {second.kind} {second.name!r} have one id", where=first.id)
    aliases = tuple(sorted({*first.aliases, *second.aliases}))
    return replace(first, aliases=aliases, same_as=tuple(sorted({*first.same_as, *second.same_as})))


def cite(article: Article, locator: str = "", *, quote: str = "", note: str = "") -> tuple[Citation, ...]:
    """One citation of a place in an article, as the tuple a claim wants."""
    return (Citation(article.id, locator, quote, note=note),)


def source_from(folder: Path) -> Source:
    """The `Source` of an importer's folder; InputError names what is wrong in its `source.yaml`."""
    path = folder / "source.yaml"
    raw: dict[str, Any] = yaml_file.read(path)
    where = f"{folder.name}/{path.name}"
    unknown = sorted(set(raw) - set(Source.__dataclass_fields__))
    if unknown:
        raise InputError(f"unknown keys {unknown}", where=where, expected=f"{sorted(Source.__dataclass_fields__)}")
    plain: dict[str, Any] = {k: v if isinstance(v, (dict, list)) else " ".join(str(v).split()) for k, v in raw.items()}
    plain["inputs"] = tuple(raw.get("inputs", ()))
    plain["columns"] = {layout: tuple(str(names).split()) for layout, names in raw.get("columns", {}).items()}
    try:
        return Source(name=folder.name, **plain)
    except TypeError as error:
        raise InputError(str(error), where=where) from error
