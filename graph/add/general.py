"""Files of general formats, each read by its own importer: one line a format."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import rdf
from graph.add.things import PLAIN
from graph.claim import Article, Entity, slug
from graph.errors import InputError, UnknownName
from graph.model import Model
from graph.names import Names
from graph.sources import registry
from graph.sources.countries import countries
from graph.sources.found import Found
from graph.sources.guard import opening
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.rdf_files import importer as rdf_files
from graph.sources.rdf_files import parse
from graph.sources.source import gather
from graph.sources.table import importer as tables
from graph.sources.table import mapping
from graph.sources.wikidata import importer as wikidata
from graph.store import Store


@dataclass(frozen=True)
class Request:
    """A file to import: its format, who says what it does not cite, and the folder it goes to.

    `on` is the day of the import, YYYY-MM-DD; `publisher` and `article` say who states what a file
    that does not use our vocabulary states; `mapping` is the YAML that a table needs.
    """

    path: Path
    form: str
    folder: Path
    model: Model
    on: str
    publisher: Entity | None = None
    article: Article | None = None
    mapping: Path | None = None
    base: str = ""
    keep_going: bool = False
    limits: Limits = LIMITS

    @functools.cached_property
    def store(self) -> Store | None:
        """The store of the folder, opened when first asked for; None for a folder without Turtle."""
        return Store.open(self.folder) if any(self.folder.glob("*.ttl")) else None

    @functools.cached_property
    def _same(self) -> dict[str, str]:
        rows = self.store.select("SELECT ?e ?i WHERE { ?e schema:sameAs ?i }") if self.store else ()
        return {row["i"]: row["e"] for row in rows}

    def known(self, iri: str) -> Entity | None:
        """The entity of the folder that an IRI stands for, ours or one that it is the same as."""
        if self.store is None:
            return None
        own = rdf.local(iri) if iri.startswith(rdf.PREFIXES["e"]) else self._same.get(iri, "")
        return self.store.entity(own) if own and self.store.has(own) else None

    @functools.cached_property
    def _names(self) -> Names | None:
        return Names.open(self.store) if self.store else None

    def resolve(self, text: str, kind: str, when: str) -> str:
        """The id of the folder's entity that a name surely means at a time; UnknownName otherwise."""
        if self.store is not None and slug(text) == text and self.store.has(text):
            return text
        if self._names is None:
            raise UnknownName(text, where="an empty folder")
        match = self._names.resolve(text, tables.day_of(when), (kind,) if kind else ())
        if match.score < PLAIN or match.part:
            raise UnknownName(text, suggestions=(match.id, *(a.id for a in match.alternatives[:2])))
        return match.id


def _rdf(syntax: str, request: Request) -> Found:
    found = rdf_files.read(
        request.path,
        syntax,
        request.model,
        article=request.article,
        known=request.known,
        recorded=request.on,
        base=request.base,
        limits=request.limits,
        keep_going=request.keep_going,
    )
    named = (request.publisher,) if request.publisher and request.article in found.articles else ()
    return found if not named else _with(found, named)


def _with(found: Found, entities: tuple[Entity, ...]) -> Found:
    return Found((*found.entities, *entities), found.articles, found.claims, found.rejected, found.left)


def _table(request: Request) -> Found:
    if request.mapping is None:
        raise InputError("nothing says what its columns mean", where=request.path.name, expected="--mapping FILE.yaml")
    table = mapping.load(request.mapping, request.model)
    return tables.read(
        request.path, table, request.model, resolve=request.resolve, recorded=request.on, limits=request.limits
    )


def _wikidata(request: Request) -> Found:
    source = registry.source("wikidata")
    return wikidata.read_file(
        request.path, source, request.model, known=request.known, recorded=request.on, limits=request.limits
    )


def _folder(name: str, request: Request) -> Found:
    """What the files of a folder state, as the world layer is made of them; InputError when none is a known one."""
    source, raw = registry.source(name), request.path
    if not any(path.is_file() for pattern in source.inputs for path in raw.glob(pattern)):
        raise InputError("holds no file of the source", where=str(raw), expected=f"a folder with {source.inputs[0]}")
    found = gather(registry.importer(name)(raw, source))
    declared = {e.id for e in found.entities}
    named = {thing for c in found.claims for thing in (c.subject, c.object) if isinstance(thing, str)}
    states = (c.entity for key, c in countries().items() if key in named - declared)
    return Found((*found.entities, *states), found.articles, found.claims, found.rejected)


FOLDERS: Final = ("factbook", "factbook-history", "geonames", "reign")
"""Sources that are a folder of files of fixed names."""
READERS: Final[dict[str, Callable[[Request], Found]]] = {
    **{name: functools.partial(_rdf, name) for name in parse.SYNTAXES},
    "csv": _table,
    "wikidata": _wikidata,
    **{name: functools.partial(_folder, name.replace("-", "_")) for name in FOLDERS},
}
_ENDINGS: Final = {".csv": "csv", ".tsv": "csv", ".json": "wikidata", ".jsonl": "wikidata", ".ndjson": "wikidata"}


def form_of(path: Path) -> str:
    """The format that a file's ending names; InputError when it names none."""
    return _ENDINGS.get(opening.kind_of(path)) or parse.syntax_of(path)


def read(request: Request) -> Found:
    """What a file states; InputError or LimitExceeded when it cannot be read."""
    return READERS[request.form](request)
