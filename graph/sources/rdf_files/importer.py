"""Any RDF file → claims: our own vocabulary as it is, others through the ontology's mappings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph import rdf
from graph.claim import Article, Claim, Entity
from graph.model import Model
from graph.sources.found import Found, Left, found
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.rdf_files import mapped, own
from graph.sources.rdf_files.mapped import Known
from graph.sources.rdf_files.parse import Parsed, parse
from graph.sources.source import Item


def nobody(_iri: str) -> Entity | None:
    """Knows no entity: for a file that stands alone."""
    return None


def read(
    path: Path,
    syntax: str,
    model: Model,
    *,
    article: Article | None = None,
    known: Known = nobody,
    recorded: str = "",
    base: str = "",
    limits: Limits = LIMITS,
    keep_going: bool = False,
) -> Found:
    """What a file of one syntax states.

    `article` is who says what is not in our own vocabulary; without it such relations are rejected.
    `known` gives the entity that an IRI already stands for.
    With `keep_going`, wrong lines of N-Triples and N-Quads are among the rejected.
    """
    parsed = parse(path, syntax, base=base, limits=limits, keep_going=keep_going)
    return found(_items(parsed, model, article, known, recorded))


def _items(parsed: Parsed, model: Model, article: Article | None, known: Known, recorded: str) -> Iterator[Item | Left]:
    yield from parsed.rejected
    declared: dict[str, Entity] = {}
    covered = set[tuple[str, str, str]]()
    for item in own.read(parsed, model):
        if isinstance(item, Entity):
            declared[f"{rdf.PREFIXES['e']}{item.id}"] = item
        elif isinstance(item, Claim):
            covered |= _direct(item)
        yield item

    words = mapped.Vocabulary.of(model)
    reading = mapped.Reading(parsed, model, words, article, recorded, lambda iri: declared.get(iri) or known(iri))
    foreign = list(mapped.read(reading, own.statements(parsed), frozenset(covered)))
    if article is not None and any(isinstance(item, Claim) for item in foreign):
        yield article
    yield from foreign


def _direct(claim: Claim) -> set[tuple[str, str, str]]:
    """The plain triple of a claim, as the parser shows it."""
    import pyoxigraph

    subject, predicate = f"{rdf.PREFIXES['e']}{claim.subject}", rdf.full(f"w:{claim.predicate}")
    if isinstance(claim.object, str):
        return {(subject, predicate, f"<{rdf.PREFIXES['e']}{claim.object}>")}
    thing = claim.object
    if thing.type == "text":
        literal = pyoxigraph.Literal(thing.value, language=thing.lang or None)
    else:
        literal = pyoxigraph.Literal(thing.value, datatype=pyoxigraph.NamedNode(rdf.full(rdf.DATATYPES[thing.type])))
    return {(subject, predicate, str(literal))}
