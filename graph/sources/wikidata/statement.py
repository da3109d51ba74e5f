"""One statement of Wikidata, whichever way it came, and what it says as claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from graph.claim import Article, Citation, Claim, Entity, Literal, article_id, slug
from graph.errors import GraphError, InputError
from graph.model import Model, Predicate
from graph.sources import dates
from graph.sources.found import Left
from graph.sources.source import Item, Rejected, Source
from graph.sources.text import is_web_address
from graph.sources.wikidata import values

ITEM: Final = "http://www.wikidata.org/entity/"
PAGE: Final = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True, slots=True)
class Reference:
    """A web address that an editor named for a statement, with the days given for it (EDTF, or empty)."""

    url: str
    published: str = ""
    retrieved: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What Wikidata says of an item: property, value as found with its type, days, references.

    `begin`, `end` and `at` are EDTF or empty; `ongoing` when the end is said not to exist.
    """

    item: str
    property: str
    value: Any
    form: str
    id: str = ""
    begin: str = ""
    end: str = ""
    at: str = ""
    ongoing: bool = False
    references: tuple[Reference, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Reading:
    """One file being read: the ontology, the source, the entity of each item."""

    model: Model
    source: Source
    entity: Callable[[str], Entity | None]
    pages: dict[str, Article] = field(default_factory=dict)

    def rule(self, name: str) -> Predicate | None:
        """The predicate that a property maps to, or None."""
        return next((p for p in self.model.predicates.values() if p.wikidata == name), None)


def claims(statement: Statement, reading: Reading) -> Iterator[Item | Left]:
    """The claim of a statement with the articles it cites, or why there is none."""
    rule, entity = reading.rule(statement.property), reading.entity(statement.item)
    if rule is None:
        yield Left(statement.property)
        return
    if entity is None:
        yield Left(f"{statement.property} of an item without a known kind")
        return
    try:
        yield from _said(statement, rule, entity, reading)
    except GraphError as error:
        yield Rejected(statement.where, f"{statement.item} {statement.property}: {error}", str(statement.value))
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{statement.item} {statement.property}: not a {statement.form}: {error}"
        yield Rejected(statement.where, reason, str(statement.value))


def _said(statement: Statement, rule: Predicate, entity: Entity, reading: Reading) -> Iterator[Item | Left]:
    subject, thing = entity, None
    if rule.is_literal:
        value: str | Literal = values.literal(statement.value, statement.form, rule.range[0], rule.name)
        if not reading.model.allows(rule.name, subject.kind, None):
            raise InputError(f"no {subject.kind} has a {rule.name}")
    else:
        thing = reading.entity(values.item_id(statement.value))
        if thing is None:
            yield Left(f"{statement.property} to an item without a known kind")
            return
        if not reading.model.allows(rule.name, subject.kind, thing.kind):
            if not reading.model.allows(rule.name, thing.kind, subject.kind):
                raise InputError(f"no {subject.kind} {rule.name} a {thing.kind}")
            subject, thing = thing, subject
        value = thing.id
    articles, citations = _cited(statement, entity, reading)
    yield from articles
    when = _when(statement, rule, value)
    open_end = bool(statement.begin) and not statement.end
    day = reading.source.retrieved
    yield Claim(subject.id, rule.name, value, citations, when, confirmed=day if open_end else "", recorded=day)


def _when(statement: Statement, rule: Predicate, value: str | Literal) -> str:
    if isinstance(value, Literal) and value.type == "date":
        return value.value
    if rule.form == "role":  # the event has the date
        return ""
    return dates.span(statement.begin, statement.end, ongoing=statement.ongoing) or statement.at


def _cited(
    statement: Statement, entity: Entity, reading: Reading
) -> tuple[list[Entity | Article], tuple[Citation, ...]]:
    """The articles behind a statement: those an editor named, else the item's own page."""
    note = f"named as reference by Wikidata, {statement.id or statement.item}"
    found: list[Entity | Article] = []
    citations = []
    for reference in statement.references:
        if is_web_address(reference.url):
            publisher, article = _named(reference, reading)
            found += [publisher, article]
            citations.append(Citation(article.id, note=note))
    if not citations:
        page = reading.pages.get(statement.item) or page_of(statement.item, entity.name, "", reading.source)
        found += [reading.source.entity, page]
        citations.append(Citation(page.id, statement.id))
    return found, tuple(citations)


def _named(reference: Reference, reading: Reading) -> tuple[Entity, Article]:
    """The article at a reference's address and its publisher, known only by the host's name."""
    host = (urlsplit(reference.url).hostname or "").removeprefix("www.")
    publisher = Entity(slug(host), "Source", ((host, "en"),))
    published = reference.published or reference.retrieved or reading.source.retrieved
    basis = "given by Wikidata" if reference.published else "seen by then"
    article = Article(
        article_id(reference.url),
        reference.url,
        reference.title,
        publisher.id,
        published,
        basis,
        accessed=reference.retrieved if len(reference.retrieved) == len("2024-01-01") else "",
    )
    return publisher, article


def page_of(item: str, name: str, modified: str, source: Source) -> Article:
    """The page of an item, as it stood on the day of its last change."""
    day = modified or source.retrieved
    return source.article(f"{PAGE}{item}", f"{name} ({item})", published=day)
