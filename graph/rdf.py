"""Claims in RDF: the names and datatypes they have there, and how they are read from Turtle.

Reading goes through pyoxigraph's parser (0.3 s where rdflib takes 4 s on 39,000 triples);
`turtle` writes; `to_rdflib` is the door for rdflib users.
"""

from __future__ import annotations

import functools
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.claim import Article, Citation, Claim, Entity, Literal, Stance, Status
from graph.errors import InputError

if TYPE_CHECKING:
    import rdflib

BASE: Final = "https://backstory.example/"
PREFIXES: Final[Mapping[str, str]] = {
    "w": f"{BASE}ns#",
    "e": f"{BASE}e/",
    "c": f"{BASE}c/",
    "s": f"{BASE}s/",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DATATYPES: Final[Mapping[str, str]] = {
    "text": "xsd:string",
    "integer": "xsd:integer",
    "number": "xsd:decimal",
    "date": "edtf:EDTF",
    "url": "xsd:anyURI",
    "point": "geo:wktLiteral",
    "code": "xsd:token",
}
_BLOCK: Final = re.compile(r"([ces]):\S+ a (\S+)")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file holds: entities, articles and claims."""

    entities: tuple[Entity, ...] = ()
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()


def full(name: str) -> str:
    """The IRI of a prefixed name: `w:memberOf` gives the namespace's IRI of it."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def local(iri: str) -> str:
    """The last part of one of our IRIs: the entity id, claim id or term name."""
    return iri.rpartition("#" if "#" in iri else "/")[2]


def read(path: Path) -> Bundle:
    """The entities, articles and claims of one Turtle file; InputError names file and line."""
    properties = parse(path)
    return from_properties(properties, str(path.name))


def counts(path: Path) -> dict[str, int]:
    """How many entities, articles, citations and claims a file declares, counted in its text."""
    found = dict.fromkeys(("articles", "citations", "claims", "entities"), 0)
    kinds = {"c": "claims", "s": "citations", "e": "entities"}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            match = _BLOCK.match(line)
            if match:
                article = match[2].startswith("w:Article")
                found["articles" if article else kinds[match[1]]] += 1
    return found


Properties = dict[str, dict[str, list[Any]]]


def parse(path: Path) -> Properties:
    """Subject IRI → predicate IRI → object terms of a Turtle file, in file order."""
    import pyoxigraph

    found: Properties = defaultdict(lambda: defaultdict(list))
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            found[triple.subject.value][triple.predicate.value].append(triple.object)
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", where=f"{path.name}:{error.lineno}") from error
    return found


def from_properties(found: Properties, where: str) -> Bundle:
    """Objects from grouped triples: whatever is typed as entity, article, citation or claim."""
    claim_type, citation_type, article_type = full("w:Claim"), full("w:Citation"), full("w:Article")
    by_type: dict[str, list[str]] = defaultdict(list)
    for subject, properties in found.items():
        types = {t.value for t in properties.get(full("rdf:type"), ())}
        for kind in (claim_type, citation_type, article_type):
            if kind in types:
                by_type[kind].append(subject)
                break
        else:
            if subject.startswith(PREFIXES["e"]) and types:
                by_type["entity"].append(subject)
    citations = {s: found[s] for s in by_type[citation_type]}

    @functools.cache
    def cited(iri: str, stance: Stance) -> Citation:
        return citation_from(citations[iri], stance)

    return Bundle(
        tuple(entity_from(s, found[s]) for s in by_type["entity"]),
        tuple(article_from(s, found[s]) for s in by_type[article_type]),
        tuple(claim_from(s, found[s], cited, where) for s in by_type[claim_type]),
    )


def entity_from(subject: str, found: Mapping[str, list[Any]]) -> Entity:
    """An entity from its triples."""
    kind = next(local(t.value) for t in found[full("rdf:type")] if t.value.startswith(PREFIXES["w"]))
    names = sorted(((t.value, t.language or "") for t in found.get(full("skos:prefLabel"), ())), key=english_first)
    aliases = sorted((t.value, t.language or "") for t in found.get(full("skos:altLabel"), ()))
    same = sorted(t.value for t in found.get(full("schema:sameAs"), ()))
    return Entity(local(subject), kind, tuple(names), tuple(aliases), tuple(same))


def article_from(subject: str, found: Mapping[str, list[Any]]) -> Article:
    """An article from its triples."""
    title = next(iter(found.get(full("skos:prefLabel"), ())), None)
    return Article(
        local(subject),
        _one(found, "schema:url"),
        title.value if title else "",
        local(_one(found, "schema:publisher")),
        _one(found, "dct:issued"),
        _one(found, "w:publishedBasis"),
        (title.language or "") if title else _one(found, "schema:inLanguage"),
        local(_one(found, "w:origin")),
        local(_one(found, "w:copyOf")),
        _one(found, "w:accessed"),
        _one(found, "schema:archivedAt"),
        _one(found, "dct:license"),
    )


def claim_from(
    subject: str, found: Mapping[str, list[Any]], cited: Callable[[str, Stance], Citation], where: str = ""
) -> Claim:
    """A claim from its triples; `cited` gives the citation of an IRI, as stating or denying it."""
    try:
        citations = [cited(t.value, Stance.STATES) for t in found.get(full("prov:wasDerivedFrom"), ())]
        citations += [cited(t.value, Stance.DENIES) for t in found.get(full("w:deniedIn"), ())]
    except KeyError as error:
        raise InputError(f"claim {local(subject)} cites nothing that is declared: {error}", where=where) from error
    qualifiers = [
        (local(predicate), _literal(terms[0]))
        for predicate, terms in found.items()
        if predicate.startswith(PREFIXES["w"]) and local(predicate) not in _CLAIM_TERMS
    ]
    thing = found[full("rdf:object")][0]
    return Claim(
        sys.intern(local(_one(found, "rdf:subject"))),
        sys.intern(local(_one(found, "rdf:predicate"))),
        sys.intern(local(thing.value)) if _is_iri(thing) else _literal(thing),
        tuple(citations),
        _one(found, "w:when"),
        Status(local(_one(found, "w:status")) or "accepted"),
        tuple(sorted(qualifiers)),
        tuple(sorted(local(t.value) for t in found.get(full("w:contradicts"), ()))),
        _one(found, "w:lastConfirmed"),
        _one(found, "prov:generatedAtTime")[:10],
        _one(found, "prov:invalidatedAtTime")[:10],
        local(_one(found, "w:supersededBy")),
    )


_CLAIM_TERMS: Final = frozenset(
    {"when", "end", "status", "contradicts", "deniedIn", "lastConfirmed", "supersededBy", "deniedBy"}
)
_TYPE_OF: Final = {full(name): key for key, name in DATATYPES.items()}


def citation_from(found: Mapping[str, list[Any]], stance: Stance) -> Citation:
    """A citation from its triples, as stating or denying what cites it."""
    return Citation(
        local(_one(found, "dct:isPartOf")),
        _one(found, "w:locator"),
        _one(found, "w:quote"),
        local(_one(found, "sem:accordingTo")),
        stance,
        _one(found, "w:note"),
    )


def _literal(term: Any) -> Literal:
    return Literal(term.value, _TYPE_OF.get(term.datatype.value, "text"), term.language or "")


def _is_iri(term: Any) -> bool:
    return not hasattr(term, "datatype")


def _one(found: Mapping[str, list[Any]], name: str) -> str:
    terms = found.get(full(name))
    return sys.intern(terms[0].value) if terms else ""  # days, articles and the like come again and again


def english_first(name: tuple[str, str]) -> tuple[bool, str, str]:
    """The order of a thing's names: English ones first, then by language."""
    return name[1] != "en", name[1], name[0]


def to_rdflib(paths: Iterable[Path]) -> rdflib.Graph:
    """An in-memory rdflib graph of Turtle files, parsed by the fast parser of oxrdflib."""
    import rdflib

    triples = rdflib.Graph()
    for path in paths:
        triples.parse(path, format="ox-turtle")
    for prefix, iri in PREFIXES.items():
        triples.bind(prefix, iri, replace=True)
    return triples
