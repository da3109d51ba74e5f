"""What follows from the ontology: closed Python terms, the Turtle ontology, SHACL shapes, documentation."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from graph import rdf, turtle
from graph.model import Kind, Model, Predicate

_NOTE = "Derived from graph/ontology by `backstory build`; edit the YAML, not this file."


def terms(model: Model) -> str:
    """The source of graph/terms.py: every kind and predicate name as closed types."""
    events = [k.name for k in model.kinds.values() if model.is_event(k.name)]
    parts = [f'"""The closed names of the ontology. {_NOTE}"""', "", "from typing import Final, Literal", ""]
    parts += _names("Kind", model.kinds)
    parts += _names("EventKind", events)
    parts += _names("Predicate", model.predicates)
    for form in ("relation", "role", "link", "value", "qualifier"):
        parts += _names(form.capitalize(), [p.name for p in model.of_form(form)], closed=False)
    return "\n".join(parts)


def _names(title: str, names: Iterable[str], *, closed: bool = True) -> list[str]:
    constant = "".join(f"_{c}" if c.isupper() else c for c in title).lstrip("_").upper() + "S"
    quoted = [f'    "{n}",' for n in sorted(names)]
    lines = [f"{constant}: Final[tuple[str, ...]] = (", *quoted, ")"]
    return [*lines, *([f"{title}Name = Literal[", *quoted, "]"] if closed else []), ""]


def ontology(model: Model) -> str:
    """The ontology as Turtle: an RDFS class a kind, a property a predicate, with mappings."""
    head = turtle.prologue(("w", "prov", "rdf", "rdfs", "schema", "skos", "xsd", "edtf", "geo"))
    parts = [head, f"# {_NOTE}\n", _core()]
    parts += [_class(kind, model) for kind in sorted(model.kinds.values(), key=lambda k: k.name)]
    parts += [_property(p) for p in sorted(model.predicates.values(), key=lambda p: p.name)]
    return "\n".join(parts)


def _core() -> str:
    claim = turtle.block("w:Claim", [("rdfs:subClassOf", "rdf:Statement, prov:Entity"), ("rdfs:label", '"Claim"@en')])
    citation = turtle.block("w:Citation", [("rdfs:subClassOf", "prov:Entity"), ("rdfs:label", '"Citation"@en')])
    return f"{claim}\n{citation}"


def _class(kind: Kind, model: Model) -> str:
    lines = [("a", "rdfs:Class"), ("rdfs:label", turtle.quoted(kind.label, "en"))]
    lines.append(("rdfs:comment", turtle.quoted(kind.definition, "en")))
    lines += [("rdfs:subClassOf", f"w:{p}") for p in kind.parents]
    lines += [("skos:closeMatch", kind.schema)] if kind.schema else []
    lines += [("skos:closeMatch", f"<http://www.wikidata.org/entity/{kind.wikidata}>")] if kind.wikidata else []
    for role in model.roles(kind.name).values():
        fillers = ", ".join(f"w:{k}" for k in role.kinds)
        lines.append(("w:roleRule", f"[ w:role w:{role.predicate} ; w:filler {fillers} ]"))
    lines += [("w:intensity", turtle.typed(f"{kind.intensity:g}", "xsd:decimal"))] if kind.intensity else []
    lines += [("w:plover", turtle.quoted(code)) for code in kind.plover]
    lines += [("w:cameo", turtle.quoted(code)) for code in kind.cameo]
    return turtle.block(f"w:{kind.name}", lines)


def _property(predicate: Predicate) -> str:
    lines = [("a", "rdf:Property"), ("rdfs:label", turtle.quoted(predicate.label, "en"))]
    lines.append(("rdfs:comment", turtle.quoted(predicate.definition, "en")))
    lines += [("w:subjectKind", f"w:{d}") for d in predicate.domain]
    if predicate.is_literal:
        lines.append(("rdfs:range", rdf.DATATYPES[predicate.range[0]]))
    else:
        lines += [("w:objectKind", f"w:{r}") for r in predicate.range]
    lines.append(("w:form", turtle.quoted(predicate.form)))
    lines += [("w:functional", turtle.quoted(predicate.functional))] if predicate.functional else []
    lines += [("w:symmetric", "true")] if predicate.symmetric else []
    lines += [("w:inverseLabel", turtle.quoted(predicate.inverse, "en"))] if predicate.inverse else []
    lines += [("skos:closeMatch", predicate.schema)] if predicate.schema else []
    if predicate.wikidata:
        lines.append(("skos:closeMatch", f"<http://www.wikidata.org/prop/direct/{predicate.wikidata}>"))
    return turtle.block(f"w:{predicate.name}", lines)


def shapes(model: Model) -> str:
    """SHACL shapes: one for claims, one for citations, one for each predicate's direct triples."""
    head = turtle.prologue(("w", "dct", "edtf", "geo", "prov", "rdf", "rdfs", "sh", "xsd"))
    parts = [head, f"# {_NOTE}\n", _claim_shape(model)]
    parts += [_predicate_shape(p, model) for p in sorted(model.predicates.values(), key=lambda p: p.name)]
    return "\n".join(p for p in parts if p)


def _claim_shape(model: Model) -> str:
    names = " ".join(f"w:{p}" for p in sorted(model.predicates))
    exactly_one = "sh:minCount 1 ; sh:maxCount 1"
    properties = [
        f"[ sh:path rdf:subject ; {exactly_one} ; sh:nodeKind sh:IRI ]",
        f"[ sh:path rdf:predicate ; {exactly_one} ; sh:in ( {names} ) ]",
        f"[ sh:path rdf:object ; {exactly_one} ]",
        f"[ sh:path w:status ; {exactly_one} ; sh:in ( w:accepted w:contested ) ]",
        "[ sh:path w:when ; sh:maxCount 1 ; sh:datatype edtf:EDTF ]",
        "[ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class w:Citation ]",
        "[ sh:path w:contradicts ; sh:class w:Claim ]",
    ]
    claim = turtle.block("w:ClaimShape", [("a", "sh:NodeShape"), ("sh:targetClass", "w:Claim"), *_each(properties)])
    one_article = "[ sh:path dct:isPartOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:class w:Article ]"
    citation = [("a", "sh:NodeShape"), ("sh:targetClass", "w:Citation"), ("sh:property", one_article)]
    return f"{claim}\n{turtle.block('w:CitationShape', citation)}"


def _each(properties: Iterable[str]) -> list[tuple[str, str]]:
    return [("sh:property", p) for p in properties]


def _predicate_shape(predicate: Predicate, model: Model) -> str:
    if predicate.form == "qualifier":
        return ""
    kinds = sorted({k for d in predicate.domain for k in model.kinds if model.is_a(k, d)})
    lines = [("a", "sh:NodeShape"), ("sh:targetSubjectsOf", f"w:{predicate.name}"), ("sh:or", _either(kinds))]
    if predicate.is_literal:
        datatype = "" if predicate.range[0] == "text" else f" ; sh:datatype {rdf.DATATYPES[predicate.range[0]]}"
        lines.append(("sh:property", f"[ sh:path w:{predicate.name} ; sh:nodeKind sh:Literal{datatype} ]"))
    else:
        objects = sorted({k for r in predicate.range for k in model.kinds if model.is_a(k, r)})
        lines.append(("sh:property", f"[ sh:path w:{predicate.name} ; sh:or {_either(objects)} ]"))
    return turtle.block(f"w:{predicate.name}Shape", lines)


def _either(kinds: Iterable[str]) -> str:
    return f"( {' '.join(f'[ sh:class w:{k} ]' for k in kinds)} )"


def documentation(model: Model) -> str:
    """docs/model.md: every kind and predicate with its definition, roles and caution."""
    kinds = sorted(model.kinds.values(), key=lambda k: k.name)
    things = [k for k in kinds if not model.is_event(k.name)]
    events = [k for k in kinds if model.is_event(k.name)]
    parts = ["# The model", "", f"<!-- {_NOTE} -->", "", _counts(model), "", "## Things", ""]
    parts += [line for kind in things for line in _kind_entry(kind, model)]
    parts += ["## Events", ""]
    parts += [line for kind in events for line in _kind_entry(kind, model)]
    for form, title in (
        ("relation", "Relations"),
        ("role", "Roles"),
        ("link", "Stated links between events"),
        ("value", "Values"),
        ("qualifier", "Qualifiers of a claim"),
    ):
        parts += [f"## {title}", "", "| predicate | from | to | meaning |", "|---|---|---|---|"]
        parts += [_predicate_row(p) for p in sorted(model.of_form(form), key=lambda p: p.name)]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _counts(model: Model) -> str:
    events = sum(model.is_event(k) for k in model.kinds)
    return f"{len(model.kinds) - events} kinds of thing, {events} kinds of event, {len(model.predicates)} predicates."


def _kind_entry(kind: Kind, model: Model) -> list[str]:
    lines = [f"### {kind.label} (`{kind.name}`)", "", *wrap(kind.definition, 120)]
    if kind.caution:
        lines += ["", f"*Often got wrong:* {kind.caution}"]
    facts = [f"under {', '.join(kind.parents)}"] if kind.parents else []
    facts += [f"missed when not said: {', '.join(kind.expects.values())}"] if kind.expects else []
    if model.is_event(kind.name):
        facts += [f"intensity {kind.intensity:g}", f"half-life {kind.half_life_days:g} days"]
        facts += [f"PLOVER {', '.join(kind.plover)}"] if kind.plover else []
        facts += [f"CAMEO {', '.join(kind.cameo)}"] if kind.cameo else []
        roles = [f"{r.predicate}{' (required)' if r.required else ''}" for r in kind.roles.values()]
        facts += [f"roles: {', '.join(roles)}"] if roles else []
        facts += [f"values: {', '.join(kind.values)}"] if kind.values else []
    return [*lines, "", "; ".join(facts), ""] if facts else [*lines, ""]


def _predicate_row(predicate: Predicate) -> str:
    notes = [predicate.definition]
    notes += ["Symmetric."] if predicate.symmetric else []
    notes += [f"Only one at a time per {predicate.functional}."] if predicate.functional else []
    notes += [f"Inverse: {predicate.inverse}."] if predicate.inverse else []
    text = " ".join(notes).replace("|", "\\|")
    return f"| `{predicate.name}` | {', '.join(predicate.domain)} | {', '.join(predicate.range)} | {text} |"
