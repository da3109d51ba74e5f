"""Our own claim vocabulary, as any of our exports writes it: entities, articles and claims, without loss."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from graph import rdf
from graph.claim import Article, Citation, Claim, Entity, Stance
from graph.errors import InputError
from graph.model import Model
from graph.sources.rdf_files.parse import Parsed
from graph.sources.source import Item, Rejected

_TYPE: Final = rdf.full("rdf:type")
STATEMENTS: Final = tuple(rdf.full(name) for name in ("w:Claim", "w:Citation", "w:Article"))
# What each must say exactly once, and what else it may say only once.
_ONE: Final = {
    "w:Claim": ("rdf:subject", "rdf:predicate", "rdf:object"),
    "w:Citation": ("dct:isPartOf",),
    "w:Article": ("schema:url", "schema:publisher", "dct:issued"),
}
_AT_MOST: Final = {
    "w:Claim": ("w:when", "w:status", "w:lastConfirmed", "prov:generatedAtTime", "prov:invalidatedAtTime"),
    "w:Citation": ("w:locator", "w:quote", "w:note", "sem:accordingTo"),
    "w:Article": ("skos:prefLabel", "schema:inLanguage", "w:origin", "w:copyOf", "w:accessed", "dct:license"),
}
_TEXTS: Final = ("skos:prefLabel", "skos:altLabel", "w:when", "w:locator", "w:quote", "w:note")
T = TypeVar("T", Article, Claim, Entity)


def is_ours(parsed: Parsed) -> bool:
    """Whether a file states anything in our vocabulary."""
    return any(_class(found) or _is_entity(s, found) for s, found in parsed.properties.items())


def statements(parsed: Parsed) -> frozenset[str]:
    """The subjects that are claims, citations or articles."""
    return frozenset(s for s, found in parsed.properties.items() if _class(found))


def read(parsed: Parsed, model: Model) -> Iterator[Item]:
    """Every entity, article and claim that a file states, or the reason why not."""
    claims: dict[str, Claim] = {}
    for subject, found in parsed.properties.items():
        match _class(found):
            case "w:Claim":
                claim = _made(subject, parsed, "w:Claim", functools.partial(_claim, subject, parsed, model))
                if isinstance(claim, Claim):
                    claims[rdf.local(subject)] = claim
                else:
                    yield claim
            case "w:Article":
                yield _made(subject, parsed, "w:Article", functools.partial(rdf.article_from, subject, found))
            case "":
                if _is_entity(subject, found):
                    yield _made(subject, parsed, "", functools.partial(_entity, subject, found, model))
    yield from _with_ids(claims)


def _with_ids(claims: Mapping[str, Claim]) -> Iterator[Claim]:
    """Claims that name each other by the ids that their content gives, whatever the file called them."""
    ids = {name: claim.id for name, claim in claims.items()}
    for claim in claims.values():
        others = tuple(sorted(ids.get(name, name) for name in claim.contradicts))
        after = ids.get(claim.superseded_by, claim.superseded_by)
        same = others == claim.contradicts and after == claim.superseded_by
        yield claim if same else replace(claim, contradicts=others, superseded_by=after)


def _made(subject: str, parsed: Parsed, kind: str, make: Callable[[], T]) -> T | Rejected:
    found = parsed.properties[subject]
    try:
        _check(found, kind)
        return make()
    except InputError as error:
        return Rejected(parsed.where(subject), f"{rdf.local(subject)}: {error}", text_of(found))
    except ValueError as error:  # a status or stance of another name
        return Rejected(parsed.where(subject), f"{rdf.local(subject)}: {error}", text_of(found))


def _check(found: Mapping[str, list[Any]], kind: str) -> None:
    """InputError when something that must be said once is not, or a text is no text."""
    for name in _ONE.get(kind, ()):
        if len(found.get(rdf.full(name), ())) != 1:
            raise InputError(f"{len(found.get(rdf.full(name), ()))} times {name}", expected="exactly one")
    for name in _AT_MOST.get(kind, ()):
        if len(found.get(rdf.full(name), ())) > 1:
            raise InputError(f"{len(found[rdf.full(name)])} times {name}", expected="one at most")
    for name in _TEXTS:
        for term in found.get(rdf.full(name), ()):
            if not hasattr(term, "datatype"):
                raise InputError(f"{name} is not a text: {term.value}")
            if "\0" in term.value:
                raise InputError(f"NUL in {name}")


def _entity(subject: str, found: Mapping[str, list[Any]], model: Model) -> Entity:
    kinds = [rdf.local(t.value) for t in found[_TYPE] if t.value.startswith(rdf.PREFIXES["w"])]
    if len(kinds) != 1 or kinds[0] not in model.kinds:
        raise InputError(f"kinds {kinds}", expected="exactly one kind of the ontology")
    entity = rdf.entity_from(subject, found)
    for url in entity.same_as:
        if not url.startswith(("http://", "https://")):
            raise InputError(f"not a web address: {url!r}", expected="http:// or https://")
    return entity


def _claim(subject: str, parsed: Parsed, model: Model) -> Claim:
    def cited(iri: str, stance: Stance) -> Citation:
        found = parsed.properties.get(iri, {})
        if _class(found) != "w:Citation":
            raise InputError(f"cites {rdf.local(iri)}, which is no citation here")
        _check(found, "w:Citation")
        return rdf.citation_from(found, stance)

    claim = rdf.claim_from(subject, parsed.properties[subject], cited, parsed.name)
    model.predicate(claim.predicate)
    for name, _ in claim.qualifiers:
        if model.predicate(name).form != "qualifier":
            raise InputError(f"{name} is no qualifier")
    return claim


def _class(found: Mapping[str, list[Any]]) -> str:
    types = {t.value for t in found.get(_TYPE, ())}
    return next((name for name in _ONE if rdf.full(name) in types), "")


def _is_entity(subject: str, found: Mapping[str, list[Any]]) -> bool:
    ours = rdf.PREFIXES["w"]
    return subject.startswith(rdf.PREFIXES["e"]) and any(t.value.startswith(ours) for t in found.get(_TYPE, ()))


def text_of(found: Mapping[str, list[Any]]) -> str:
    """The properties of a refused record on one line."""
    return " ; ".join(f"{rdf.local(p)} {term}" for p, terms in found.items() for term in terms)
