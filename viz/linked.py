"""The relations of a page as JSON-LD and CSV: the same lines as its picture and its table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from graph.rdf import PREFIXES
from viz.view import Relation, Source, View

COLUMNS: Final = (
    "id", "subject", "subject_name", "relation", "object", "object_name", "from", "to", "status", "basis", "sources",
)  # fmt: skip
_RUNS: Final = frozenset("=+-@\t\r")
_CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    **{p: PREFIXES[p] for p in ("w", "e", "c")},
    "relation": {"@id": f"{PREFIXES['rdf']}predicate", "@type": "@vocab"},
    "subject": {"@id": f"{PREFIXES['rdf']}subject", "@type": "@id"},
    "object": {"@id": f"{PREFIXES['rdf']}object", "@type": "@id"},
    "status": "w:status",
    "basis": "w:basis",
    "citation": {"@type": "@id"},
}


def json_ld(
    view: View, sources: Iterable[Source], *, title: str, as_of: str, about: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A JSON-LD document: the page, its sources as articles, its things, its relations as claims.

    Articles come first, so that they compress well after the page's list of the same sources.
    """
    page = {"@type": "WebPage", "name": title, "about": dict(about) if about else title, "dateModified": as_of}
    things = [{"@id": f"e:{t.id}", "@type": t.type or "Thing", "name": t.name} for t in view.things]
    articles = [
        {"@id": f"#source-{s.number}", "@type": "Article", "identifier": s.article, "headline": s.title, "url": s.url,
         "publisher": {"@type": "Organization", "name": s.publisher}, "inLanguage": s.lang}
        for s in sources
    ]  # fmt: skip
    return {"@context": _CONTEXT, "@graph": [page, *articles, *things, *(_entry(r) for r in view.relations)]}


def _entry(relation: Relation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": f"c:{relation.id}",
        "@type": "Claim",
        "identifier": relation.id,
        "subject": f"e:{relation.subject}",
        "relation": relation.predicate,
        "object": f"e:{relation.object}",
        "status": "contested" if relation.said.contested else "accepted",
        "basis": "stated" if relation.stated else "computed",
        "citation": [f"#source-{n}" for n in dict.fromkeys(c.source.number for c in relation.said.cited)],
    }
    if relation.iso_from:
        found["startDate"] = relation.iso_from
    if relation.iso_to:
        found["endDate"] = relation.iso_to
    return found


def table(view: View) -> str:
    """The relations as CSV (RFC 4180), safe to open in a spreadsheet."""
    names = {t.id: t.name for t in view.things}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for relation in view.relations:
        entry = _entry(relation)
        cells = (
            entry["identifier"], relation.subject, names[relation.subject], relation.predicate, relation.object,
            names[relation.object], relation.iso_from, relation.iso_to, entry["status"], entry["basis"],
            " ".join(dict.fromkeys(c.source.url for c in relation.said.cited)),
        )  # fmt: skip
        writer.writerow([guarded(c) for c in cells])
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it when a spreadsheet would run it as a formula."""
    risky = cell[:1] in _RUNS and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return f"'{cell}" if risky else cell
