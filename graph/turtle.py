"""Claims as Turtle: one sorted block an entity, article, citation and claim, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph import whole
from graph.claim import Article, Citation, Claim, Entity, Literal, Stance, Status
from graph.model import Model
from graph.rdf import DATATYPES, PREFIXES, Bundle, english_first
from graph.when import END_OF_TIME, START_OF_TIME, End, When

_BOUNDS: Final = (
    ("sem:hasEarliestBeginTimeStamp", "begin_earliest"),
    ("sem:hasLatestBeginTimeStamp", "begin_latest"),
    ("sem:hasEarliestEndTimeStamp", "end_earliest"),
    ("sem:hasLatestEndTimeStamp", "end_latest"),
)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE: Final = re.compile(r'[\\"\n\r\t\x00-\x1f\x7f-\x9f]')


def write(bundle: Bundle, path: Path, model: Model) -> None:
    """Write a file atomically; the same bundle always gives the same bytes."""
    data = text_of(bundle, model).encode()
    with whole.replaced(path, mode=0o644) as out:
        out.write(data)


def text_of(bundle: Bundle, model: Model) -> str:
    """A whole file as Turtle: entities, articles, citations, then claims, each group sorted."""
    cited = {c.id: c for claim in bundle.claims for c in claim.citations}
    parts = [prologue()]
    parts += [entity_block(e, model) for e in sorted(bundle.entities, key=lambda e: e.id)]
    parts += [article_block(a) for a in sorted(bundle.articles, key=lambda a: a.id)]
    parts += [citation_block(cited[key]) for key in sorted(cited)]
    order = sorted(bundle.claims, key=lambda c: (c.subject, c.predicate, c.when, c.value, c.id))
    parts += [claim_block(claim, model) for claim in order]
    return "\n".join(parts)


def prologue(
    prefixes: Iterable[str] = ("w", "e", "c", "s", "dct", "edtf", "geo", "prov", "rdf", "schema", "sem", "skos", "xsd"),
) -> str:
    """The @prefix lines of a file, in the order given."""
    return "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in prefixes)


def block(subject: str, properties: Iterable[tuple[str, str]]) -> str:
    """One Turtle block: subject, then one predicate and object a line."""
    lines = [f"{predicate} {thing}" for predicate, thing in properties]
    return f"{subject} " + " ;\n  ".join(lines) + " .\n"


def entity_block(entity: Entity, model: Model) -> str:
    """An entity: its kind (ours and schema.org's), names, and identifiers elsewhere."""
    schema = next((model.kind(k).schema for k in model.line(entity.kind) if model.kind(k).schema), "")
    kinds = ", ".join(filter(None, (f"w:{entity.kind}", schema)))
    lines = [("a", kinds)]
    lines += [("skos:prefLabel", quoted(text, lang)) for text, lang in sorted(entity.names, key=english_first)]
    lines += [("skos:altLabel", quoted(text, lang)) for text, lang in sorted(set(entity.aliases))]
    lines += [("schema:sameAs", f"<{iri(url)}>") for url in sorted(entity.same_as)]
    return block(f"e:{entity.id}", lines)


def article_block(article: Article) -> str:
    """An article: where it is, who published it, when, and what it repeats."""
    lines = [
        ("a", "w:Article, schema:Article"),
        ("skos:prefLabel", quoted(article.title, article.lang)) if article.title else _language(article.lang),
        ("schema:url", f"<{iri(article.url)}>"),
        ("schema:publisher", f"e:{article.publisher}"),
        ("dct:issued", typed(article.published, "edtf:EDTF")),
        ("w:known", typed(when_.iso(article.known), "xsd:date")),
    ]
    optional = (
        ("w:publishedBasis", article.published_basis and quoted(article.published_basis)),
        ("w:origin", article.origin and f"e:{article.origin}"),
        ("w:copyOf", article.copy_of and f"e:{article.copy_of}"),
        ("w:accessed", article.accessed and typed(article.accessed, "xsd:date")),
        ("schema:archivedAt", article.archived and f"<{iri(article.archived)}>"),
        ("dct:license", article.licence and quoted(article.licence)),
    )
    return block(f"e:{article.id}", [(name, text) for name, text in (*lines, *optional) if text])


def citation_block(citation: Citation) -> str:
    """A citation: the article, the place in it, who speaks there, and the quote."""
    optional = (
        ("w:locator", citation.locator and quoted(citation.locator)),
        ("sem:accordingTo", citation.speaker and f"e:{citation.speaker}"),
        ("w:quote", citation.quote and quoted(citation.quote)),
        ("w:note", citation.note and quoted(citation.note)),
    )
    lines = [("a", "w:Citation"), ("dct:isPartOf", f"e:{citation.article}")]
    return block(f"s:{citation.id}", [*lines, *((name, text) for name, text in optional if text)])


def claim_block(claim: Claim, model: Model) -> str:
    """A claim with its bounds, citations and clock, then its direct triple if it may have one."""
    thing = _object(claim)
    lines = [("a", "w:Claim"), ("rdf:subject", f"e:{claim.subject}"), ("rdf:predicate", f"w:{claim.predicate}")]
    lines.append(("rdf:object", thing))
    time = claim.time
    if time:
        lines += [("w:when", typed(claim.when, "edtf:EDTF")), *bounds(time), ("w:end", f"w:{time.end.value}")]
    lines += [(f"w:{name}", literal(value)) for name, value in claim.qualifiers]
    lines.append(("w:status", f"w:{claim.status.value}"))
    lines += [("w:contradicts", f"c:{other}") for other in claim.contradicts]
    for citation in claim.citations:
        lines.append(("prov:wasDerivedFrom" if citation.stance is Stance.STATES else "w:deniedIn", f"s:{citation.id}"))
    if claim.confirmed:
        lines.append(("w:lastConfirmed", typed(claim.confirmed, "xsd:date")))
    if claim.recorded:
        lines.append(("prov:generatedAtTime", typed(f"{claim.recorded}T00:00:00Z", "xsd:dateTime")))
    if claim.withdrawn:
        lines.append(("prov:invalidatedAtTime", typed(f"{claim.withdrawn}T00:00:00Z", "xsd:dateTime")))
    if claim.superseded_by:
        lines.append(("w:supersededBy", f"c:{claim.superseded_by}"))
    text = block(f"c:{claim.id}", lines)
    return text + (f"e:{claim.subject} w:{claim.predicate} {thing} .\n" if is_direct(claim, model) else "")


def is_direct(claim: Claim, model: Model) -> bool:
    """Whether a claim also stands as a plain triple: accepted, not withdrawn, not known to be over."""
    if claim.status is not Status.ACCEPTED or claim.withdrawn:
        return False
    over = claim.time is not None and claim.time.end is End.ENDED
    return not over or any(model.is_event(d) for d in model.predicate(claim.predicate).domain)


def _language(lang: str) -> tuple[str, str]:
    """The language of an article whose title, which would carry it, is not known."""
    return "schema:inLanguage", lang and quoted(lang)


def _object(claim: Claim) -> str:
    return literal(claim.object) if isinstance(claim.object, Literal) else f"e:{claim.object}"


def bounds(time: When) -> Iterator[tuple[str, str]]:
    """The finite day bounds of a time as property lines."""
    for name, attribute in _BOUNDS:
        day = getattr(time, attribute)
        if START_OF_TIME < day < END_OF_TIME:
            yield name, typed(when_.iso(day), "xsd:date")


def quoted(text: str, lang: str = "") -> str:
    """A Turtle string, escaped, with its language tag if any."""
    body = _UNSAFE.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", text)
    return f'"{body}"' + (f"@{lang}" if lang else "")


def typed(text: str, datatype: str) -> str:
    """A Turtle literal with a datatype given as prefixed name."""
    return f"{quoted(text)}^^{datatype}"


def literal(value: Literal) -> str:
    """A claim's literal as Turtle."""
    if value.type == "text":
        return quoted(value.value, value.lang)
    return typed(value.value, DATATYPES[value.type])


def iri(url: str) -> str:
    """An address with every character that may not stand in an IRI percent-encoded."""
    return re.sub(r"[\x00-\x20<>\"{}|^`\\]", lambda m: f"%{ord(m[0]):02X}", url)
