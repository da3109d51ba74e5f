"""Other people's RDF → claims, through the mappings to schema.org and Wikidata that the ontology declares.

A relation that the other vocabulary states the other way round (Wikidata's head of state goes from the
country to the person) is turned when only that way fits the kinds. What has no mapping is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph import rdf
from graph.claim import Article, Citation, Claim, Entity, Literal, content_id, slug
from graph.errors import InputError
from graph.model import Model, Predicate
from graph.sources.dates import xsd
from graph.sources.found import Left
from graph.sources.rdf_files.parse import SKOLEM, Parsed
from graph.sources.source import Item, Rejected, cite
from graph.sources.text import clean, is_web_address

_TYPES: Final = (rdf.full("rdf:type"), "http://www.wikidata.org/prop/direct/P31")
_NAMES: Final = (rdf.full("skos:prefLabel"), rdf.full("rdfs:label"), "https://schema.org/name")
_ALIASES: Final = (rdf.full("skos:altLabel"), "https://schema.org/alternateName")
_SAME: Final = (
    "https://schema.org/sameAs",
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://www.w3.org/2004/02/skos/core#exactMatch",
)
_TAKEN: Final = frozenset((*_TYPES, *_NAMES, *_ALIASES, *_SAME))
Known = Callable[[str], Entity | None]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What each foreign IRI is called here."""

    kinds: Mapping[str, str]
    predicates: Mapping[str, str]

    @classmethod
    def of(cls, model: Model) -> Vocabulary:
        """The mappings that an ontology declares; a schema.org class stands for the kind of the same name."""
        kinds = {rdf.full(f"w:{k}"): k for k in model.kinds}
        kinds |= {f"https://schema.org/{k.name}": k.name for k in model.kinds.values() if k.schema[7:] == k.name}
        kinds |= {f"http://www.wikidata.org/entity/{k.wikidata}": k.name for k in model.kinds.values() if k.wikidata}
        rules = model.predicates.values()
        predicates = {rdf.full(f"w:{p.name}"): p.name for p in rules}
        predicates |= {rdf.full(p.schema): p.name for p in rules if p.schema}
        predicates |= {f"http://www.wikidata.org/prop/direct/{p.wikidata}": p.name for p in rules if p.wikidata}
        return cls(kinds, predicates)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file being mapped: its properties, the words of both sides, who says it, what is known."""

    parsed: Parsed
    model: Model
    words: Vocabulary
    article: Article | None
    recorded: str
    known: Known


def read(reading: Reading, skip: frozenset[str], covered: frozenset[tuple[str, str, str]]) -> Iterator[Item | Left]:
    """An entity for each subject whose kind and name are known, a claim for each relation that maps.

    `skip` are subjects that are read elsewhere, `covered` the relations that claims already state.
    """
    properties = {s: _https(found) for s, found in reading.parsed.properties.items() if s not in skip}
    things = dict(_things(properties, reading))
    for subject, found in properties.items():
        entity = things.get(subject)
        if entity is not None and not reading.known(subject):
            yield entity
        for predicate, terms in found.items():
            if predicate in _TAKEN:
                if not reading.known(subject):
                    yield from _untyped(predicate, terms, reading)
                continue
            for term in terms:
                if (subject, predicate, str(term)) not in covered:
                    yield from _claim(subject, predicate, term, things, reading)
    yield from (Left("quoted triples") for _ in range(reading.parsed.nested))


def _https(found: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The same properties with both spellings of schema.org made one."""
    merged: dict[str, list[Any]] = {}
    for predicate, terms in found.items():
        merged.setdefault(_word(predicate), []).extend(terms)
    return merged


def _word(iri: str) -> str:
    return iri.replace("http://schema.org/", "https://schema.org/", 1)


def _untyped(predicate: str, terms: list[Any], reading: Reading) -> Iterator[Left]:
    if predicate in _TYPES:
        for term in terms:
            if _word(term.value) not in reading.words.kinds:
                yield Left(f"kind {term.value}")


def _things(properties: Mapping[str, dict[str, list[Any]]], reading: Reading) -> Iterator[tuple[str, Entity]]:
    """Each IRI that stands for an entity: one that is known already, or one described here."""
    named = dict.fromkeys(properties)
    for found in properties.values():
        for terms in found.values():
            named |= dict.fromkeys(t.value for t in terms if not hasattr(t, "datatype"))
    for iri in named:
        entity = reading.known(iri) or _described(iri, properties.get(iri, {}), reading)
        if entity is not None:
            yield iri, entity


def _described(iri: str, found: Mapping[str, list[Any]], reading: Reading) -> Entity | None:
    model = reading.model
    kinds = {reading.words.kinds.get(_word(t.value), "") for name in _TYPES for t in found.get(name, ())} - {""}
    kinds = {k for k in kinds if not any(k != other and model.is_a(other, k) for other in kinds)}
    names = _texts(found, _NAMES)
    if len(kinds) != 1 or not names or iri.startswith(rdf.PREFIXES["e"]):
        return None
    preferred = {lang: text for text, lang in reversed(names)}
    aliases = {*names, *_texts(found, _ALIASES)} - {(text, lang) for lang, text in preferred.items()}
    same = {t.value for name in _SAME for t in found.get(name, ()) if is_web_address(t.value)}
    same |= {iri} if is_web_address(iri) and not iri.startswith(SKOLEM) else set()
    ordered = tuple(sorted(((text, lang) for lang, text in preferred.items()), key=lambda n: (n[1] != "en", n[1])))
    key = f"{slug(ordered[0][0])[:80].strip('-')}-{content_id(iri)[:8]}"
    return Entity(key, kinds.pop(), ordered, tuple(sorted(aliases)), tuple(sorted(same)))


def _texts(found: Mapping[str, list[Any]], names: tuple[str, ...]) -> list[tuple[str, str]]:
    terms = [t for name in names for t in found.get(name, ()) if hasattr(t, "datatype")]
    return [(text, t.language or "") for t in terms if (text := clean(t.value))]


def _claim(
    subject: str, predicate: str, term: Any, things: Mapping[str, Entity], reading: Reading
) -> Iterator[Item | Left]:
    name = reading.words.predicates.get(predicate)
    if name is None:
        yield Left(predicate)
        return
    if subject not in things:
        yield Left(f"{predicate} of a thing without a known kind and name")
        return
    rule, entity = reading.model.predicate(name), things[subject]
    try:
        if rule.is_literal:
            yield _valued(entity, rule, term, _cited(subject, reading), reading)
        elif hasattr(term, "datatype") or term.value not in things:
            yield Left(f"{predicate} to a thing without a known kind and name")
        else:
            yield _relation(entity, rule, things[term.value], _cited(subject, reading), reading)
    except InputError as error:
        yield Rejected(reading.parsed.where(subject), f"{predicate}: {error}", f"{subject} {predicate} {term}")


def _relation(subject: Entity, rule: Predicate, thing: Entity, by: tuple[Citation, ...], reading: Reading) -> Claim:
    allows = reading.model.allows
    if not allows(rule.name, subject.kind, thing.kind):
        if not allows(rule.name, thing.kind, subject.kind):
            raise InputError(f"no {subject.kind} {rule.name} a {thing.kind}")
        subject, thing = thing, subject
    return Claim(subject.id, rule.name, thing.id, by, recorded=reading.recorded)


def _valued(subject: Entity, rule: Predicate, term: Any, by: tuple[Citation, ...], reading: Reading) -> Claim:
    if not reading.model.allows(rule.name, subject.kind, None):
        raise InputError(f"no {subject.kind} has a {rule.name}")
    value = value_of(term, rule.range[0])
    when = value.value if value.type == "date" else ""
    return Claim(subject.id, rule.name, value, by, when, recorded=reading.recorded)


def _cited(subject: str, reading: Reading) -> tuple[Citation, ...]:
    if reading.article is None:
        raise InputError("nobody says it", expected="say who: --publisher NAME --url https://… --published DATE")
    return cite(reading.article, reading.parsed.where(subject) if subject.startswith(SKOLEM) else subject)


def value_of(term: Any, kind: str) -> Literal:
    """A term as a value of one type; InputError when it cannot be one."""
    if kind == "url":
        return Literal(term.value, "url" if is_web_address(term.value) else "text")
    if not hasattr(term, "datatype"):
        raise InputError(f"an IRI, not a value: {term.value}")
    if kind == "date":
        return Literal(xsd(term.value), "date")
    if kind == "text":
        return Literal(clean(term.value), "text", term.language or "")
    return Literal(term.value.strip(), kind)
