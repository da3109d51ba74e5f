"""The names of an entry as entities: known ones, parts of known ones, and new ones when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from graph import when as when_
from graph.add.entry import Entry
from graph.claim import Article, Citation, Claim, Entity, article_id, slug
from graph.errors import GraphError, InputError, UnknownName
from graph.names import Match, Names, keys
from graph.rdf import Bundle
from graph.store import Store
from graph.when import Day

PLAIN: Final = 0.9
_NEW: Final = re.compile(r"(?P<name>.+?)\s*\[(?P<kind>\w+)\]")
_DATED: Final = re.compile(r"/(20\d\d|19\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=\D)")


@dataclass
class Draft:
    """What entries come to, piece by piece: the only thing here that changes."""

    store: Store
    names: Names
    recorded: str
    entities: dict[str, Entity] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def bundle(self) -> Bundle:
        """Everything new or amended."""
        return Bundle(tuple(self.entities.values()), tuple(self.articles.values()), tuple(self.claims.values()))

    def kind(self, entity: str) -> str:
        """The kind of a known or new entity."""
        return self.entities[entity].kind if entity in self.entities else self.store.entity(entity).kind

    def name(self, entity: str) -> str:
        """The name of a known or new entity."""
        return self.entities[entity].name if entity in self.entities else self.store.entity(entity).name

    def note(self, text: str) -> None:
        """Say something once."""
        if text not in self.notes:
            self.notes.append(text)


def thing(text: str, draft: Draft, *, day: Day | None, kinds: Iterable[str], where: str, cite: Citation | None) -> str:
    """The id a name means; a new entity for "Name [Kind]" and for parts of a country. Empty after a problem."""
    asked = _NEW.fullmatch(text)
    name = asked["name"] if asked else text
    for entity in draft.entities.values():
        if keys.key(name) in {keys.key(t) for t, _ in (*entity.names, *entity.aliases)}:
            return entity.id
    if asked:
        return _known(name, asked["kind"], day, draft) or _declare(name, asked["kind"], draft)
    try:
        match = draft.names.resolve(name, day, kinds)
    except UnknownName as error:
        hint = "" if error.suggestions else f"; for a new one write {name} [Kind]"
        draft.problems.append(f"{where}: {error}{hint}" if where else f"{error}{hint}")
        return ""
    if match.part:
        return _part(match, draft, cite)
    if match.score < PLAIN:
        others = f"; else {', '.join(a.name for a in match.alternatives[:3])}" if match.alternatives else ""
        draft.note(f"taking {name!r} as {match.name} ({match.id}): {match.reason}, score {match.score:.2f}{others}")
    return match.id


def _known(name: str, kind: str, day: Day | None, draft: Draft) -> str:
    """The known entity of exactly this name and kind; empty when there is none, saying what is near."""
    try:
        match = draft.names.resolve(name, day, (draft.store.model.kind(kind).name,))
    except UnknownName as error:
        if error.suggestions:
            draft.note(f"{name!r} taken as new; did you mean {', '.join(error.suggestions)}?")
        return ""
    if match.score >= PLAIN and not match.part:
        return match.id
    draft.note(f"{name!r} taken as new; did you mean {match.name}?")
    return ""


def _declare(name: str, kind: str, draft: Draft) -> str:
    draft.store.model.kind(kind)
    suspicious = keys.suspicion(name)
    if suspicious:
        raise InputError(f"cannot take the name {name!r}: {suspicious}")
    entity = Entity(free_id(slug(name), draft), kind, ((keys.visible(name), "en"),))
    draft.entities[entity.id] = entity
    draft.note(f"new: {entity.name} ({entity.id}), {draft.store.model.kind(kind).label}")
    return entity.id


def _part(match: Match, draft: Draft, cite: Citation | None) -> str:
    """A part of a country ("Azerbaijan's police") as an organization of its own, an organ of the country."""
    name = f"{match.name}'{'' if match.name.endswith('s') else 's'} {match.part}"
    entity = Entity(slug(f"{match.id}-{match.part}"), "Organization", ((name, "en"),))
    if entity.id not in draft.entities and not draft.store.has(entity.id):
        draft.entities[entity.id] = entity
        if cite:
            organ = Claim(entity.id, "organOf", match.id, (cite,), recorded=draft.recorded)
            draft.claims[organ.id] = organ
        draft.note(f"new: {name} ({entity.id}), an organ of {match.name}")
    return entity.id


def free_id(wanted: str, draft: Draft) -> str:
    """The id, or the next free one with a number."""
    taken, number = wanted, 1
    while draft.store.has(taken) or taken in draft.entities:
        number += 1
        taken = f"{wanted[:96]}-{number}"
    return taken


def article(entry: Entry, draft: Draft) -> Article | None:
    """The article of an entry: the known one at its address, or a new one. None after a problem."""
    key = article_id(entry.url)
    if draft.store.has(key):
        return draft.store.article(key)
    if key in draft.articles:
        return draft.articles[key]
    publisher = _publisher(entry, draft)
    if not publisher:
        return None
    published, basis = _published(entry)
    if basis.startswith("assumed"):
        draft.note(f"published {published} ({basis}); published=YYYY-MM-DD says it better")
    title = entry.one("title")
    lang = entry.one("lang") or "en"
    found = Article(key, entry.url, title, publisher, published, basis, lang, accessed=draft.recorded)
    draft.articles[key] = found
    draft.note(f"new article: {title or entry.url} ({draft.name(publisher)}, {published})")
    return found


def _publisher(entry: Entry, draft: Draft) -> str:
    host = (urlsplit(entry.url).hostname or "").removeprefix("www.")
    if not entry.publisher:
        known = _by_host(host, draft)
        if known:
            return known
        place = f"{entry.where}: " if entry.where else ""
        draft.problems.append(f"{place}who publishes {host}? Write the publisher in brackets after the address")
        return ""
    try:
        match = draft.names.resolve(entry.publisher, None, ("Source",))
    except UnknownName:
        match = None
    if match is not None and match.score >= PLAIN:
        return match.id
    key = slug(entry.publisher)
    if draft.store.has(key) and draft.kind(key) != "Source":
        key = slug(f"{entry.publisher} news")
    if key not in draft.entities and not draft.store.has(key):
        draft.entities[key] = Entity(key, "Source", ((keys.visible(entry.publisher), "en"),))
        near = f"; did you mean {match.name}?" if match is not None else ""
        draft.note(f"new publisher: {entry.publisher} ({key}){near}")
    return key


def _by_host(host: str, draft: Draft) -> str:
    """The publisher of the known articles at a host, when they have one publisher."""
    rows = draft.store.select("SELECT ?u ?p WHERE { ?a schema:url ?u ; schema:publisher ?p }")
    found = {r["p"] for r in rows if (urlsplit(r["u"]).hostname or "").removeprefix("www.") == host}
    return found.pop() if len(found) == 1 else ""


def _published(entry: Entry) -> tuple[str, str]:
    """When an article was published and how that is known."""
    if entry.one("published"):
        when_.parse(entry.one("published"))
        return entry.one("published"), "given"
    dated = _DATED.search(entry.url + "/")
    if dated:
        try:
            return when_.parse("-".join(dated.groups())).text, "in its address"
        except GraphError:
            pass
    year, month, _ = when_.civil(when_.parse(entry.date).begin_earliest)
    return f"{year:04d}-{month:02d}?", "assumed from the date of what it tells"
