"""Nanopublications: one claim a nanopublication, as head, assertion, provenance and publication info.

Structure: Nanopublication Guidelines (https://nanopub.net/guidelines/working_draft/). Unsigned.
"""

from __future__ import annotations

from typing import IO

from graph import rdf
from graph.claim import Claim, Literal, Stance
from graph.exports.extract import Extract


def write_nanopub(extract: Extract, file: IO[bytes]) -> None:
    """TriG: four named graphs a claim, sorted by claim id."""
    head = rdf.prologue() + "@prefix np: <http://www.nanopub.org/nschema#> .\n"
    file.write("\n".join([head, *(_one(claim, extract) for claim in extract.claims)]).encode())


def _one(claim: Claim, extract: Extract) -> str:
    base = f"{rdf.BASE}np/{claim.id}"
    thing = rdf.literal(claim.object) if isinstance(claim.object, Literal) else f"e:{claim.object}"
    parts = {name: f"<{base}#{name}>" for name in ("Head", "assertion", "provenance", "pubinfo")}
    cited = [f"<{extract.article[c.article].url}>" for c in claim.citations if c.stance is Stance.STATES]
    speakers = sorted({c.speaker for c in claim.citations if c.speaker})
    told = "".join(f"  {parts['assertion']} sem:accordingTo e:{s} .\n" for s in speakers)
    when = f"  c:{claim.id} w:when {rdf.typed(claim.when, 'edtf:EDTF')} .\n" if claim.when else ""
    return (
        f"{parts['Head']} {{\n  <{base}> a np:Nanopublication ;\n    np:hasAssertion {parts['assertion']} ;\n"
        f"    np:hasProvenance {parts['provenance']} ;\n    np:hasPublicationInfo {parts['pubinfo']} .\n}}\n"
        f"{parts['assertion']} {{\n  e:{claim.subject} w:{claim.predicate} {thing} .\n{when}}}\n"
        f"{parts['provenance']} {{\n  {parts['assertion']} prov:wasDerivedFrom {', '.join(cited)} .\n{told}}}\n"
        f"{parts['pubinfo']} {{\n  <{base}> prov:generatedAtTime "
        f"{rdf.typed((claim.recorded or '0001-01-01') + 'T00:00:00Z', 'xsd:dateTime')} ;\n"
        f"    dct:identifier {rdf.quoted(claim.id)} .\n}}\n"
    )
