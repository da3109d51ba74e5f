"""Nanopublications: one claim a nanopublication, as head, assertion, provenance and publication info.

Structure: Nanopublication Guidelines (https://nanopub.net/guidelines/working_draft/). Unsigned.
"""

from __future__ import annotations

from typing import IO

from graph import rdf, turtle
from graph.claim import Claim, Literal, Stance
from graph.exports.extract import Extract


def write_nanopub(extract: Extract, file: IO[bytes]) -> None:
    """TriG: four named graphs a claim, sorted by claim id."""
    head = turtle.prologue() + "@prefix np: <http://www.nanopub.org/nschema#> .\n"
    file.write("\n".join([head, *(_one(claim, extract) for claim in extract.claims)]).encode())


def _one(claim: Claim, extract: Extract) -> str:
    base = f"{rdf.BASE}np/{claim.id}"
    names = ("Head", "assertion", "provenance", "pubinfo")
    head, assertion, provenance, pubinfo = (f"<{base}#{name}>" for name in names)
    recorded, withdrawn = (_moment(day) for day in (claim.recorded, claim.withdrawn))
    graphs = {
        head: (
            f"<{base}>",
            [
                ("a", "np:Nanopublication"),
                ("np:hasAssertion", assertion),
                ("np:hasProvenance", provenance),
                ("np:hasPublicationInfo", pubinfo),
            ],
        ),
        assertion: (f"c:{claim.id}", _said(claim)),
        provenance: (assertion, _provenance(claim, extract)),
        pubinfo: (
            f"<{base}>",
            [
                ("dct:identifier", turtle.quoted(claim.id)),
                *([("prov:generatedAtTime", recorded)] if recorded else []),
                *([("prov:invalidatedAtTime", withdrawn)] if withdrawn else []),
            ],
        ),
    }
    direct = f"e:{claim.subject} w:{claim.predicate} {_object(claim)} .\n"
    texts = {graph: turtle.block(subject, lines) for graph, (subject, lines) in graphs.items()}
    return "".join(f"{g} {{\n{text}{direct if g == assertion else ''}}}\n" for g, text in texts.items())


def _moment(day: str) -> str:
    return turtle.typed(f"{day}T00:00:00Z", "xsd:dateTime") if day else ""


def _object(claim: Claim) -> str:
    return turtle.literal(claim.object) if isinstance(claim.object, Literal) else f"e:{claim.object}"


def _said(claim: Claim) -> list[tuple[str, str]]:
    """The claim itself, so that its time and qualifiers belong to it and not to its subject."""
    lines = [("a", "w:Claim"), ("rdf:subject", f"e:{claim.subject}"), ("rdf:predicate", f"w:{claim.predicate}")]
    lines.append(("rdf:object", _object(claim)))
    if claim.when:
        lines.append(("w:when", turtle.typed(claim.when, "edtf:EDTF")))
    return lines + [(f"w:{name}", turtle.literal(value)) for name, value in claim.qualifiers]


def _provenance(claim: Claim, extract: Extract) -> list[tuple[str, str]]:
    """Which articles state it, which deny it, who is quoted as saying it, and whether it is contested."""
    lines = {
        ("prov:wasDerivedFrom" if c.stance is Stance.STATES else "w:deniedIn", f"<{extract.article[c.article].url}>")
        for c in claim.citations
    }
    lines |= {("sem:accordingTo", f"e:{c.speaker}") for c in claim.citations if c.speaker and c.stance is Stance.STATES}
    found = [*sorted(lines), ("w:status", f"w:{claim.status.value}")]
    return found + [("w:contradicts", f"c:{other}") for other in claim.contradicts]
