"""SPARQL 1.1 Protocol, query operation only: reading the request and choosing the result's form.

W3C SPARQL 1.1 Protocol, section 2.1; content negotiation as RFC 9110, section 12.5.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import InputError

SOLUTIONS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS: Final = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
_ALIASES: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
FORMATS: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
MOST_RANGES: Final = 64


class ProtocolError(InputError):
    """A request the protocol does not allow; `status` is the HTTP status to answer with."""

    def __init__(self, status: int, what: str, *, expected: str = "") -> None:
        self.status = status
        super().__init__(what, expected=expected)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the graphs it ranges over."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def question(
    method: str, content_type: str, url: Sequence[tuple[str, str]], body: Sequence[tuple[str, str]], text: str
) -> Question:
    """The query of a GET, a form POST or a direct POST; ProtocolError otherwise.

    `url` and `body` are decoded parameters in order, `text` the body when posted directly.
    """
    media = content_type.split(";")[0].strip().lower()
    names = {name for name, _ in (*url, *body)}
    if "update" in names or media == "application/sparql-update":
        raise ProtocolError(403 if method == "POST" else 400, "updates are refused", expected="queries only")
    if method in ("GET", "HEAD"):
        fields = list(url)
    elif media == "application/x-www-form-urlencoded":
        if any(name == "query" for name, _ in url):
            raise ProtocolError(400, "query in both address and form", expected="one of them")
        fields = list(body)
    elif media == "application/sparql-query":
        fields = [*url, ("query", text)]
    else:
        raise ProtocolError(415, f"content type {media[:80]!r}", expected="a form or application/sparql-query")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"{len(queries)} queries", expected="exactly one")
    default = tuple(v for n, v in fields if n == "default-graph-uri")
    named = tuple(v for n, v in fields if n == "named-graph-uri")
    for graph_name in (*default, *named):
        if not graph_name.startswith(("http://", "https://", "urn:")):
            raise ProtocolError(400, "a graph that is not in the store", expected="names of the store's graphs")
    return Question(queries[0], default, named)


def accepted(header: str, parameters: Mapping[str, str]) -> tuple[str, ...]:
    """Media types in the order the client prefers them; `format=` wins over the header.

    An empty or missing header accepts anything, results before graphs, JSON and Turtle first.
    """
    if parameters.get("format"):
        name = parameters["format"]
        if name not in FORMATS:
            raise ProtocolError(400, f"format {name[:40]!r}", expected=", ".join(FORMATS))
        return (FORMATS[name],)
    everything = (*SOLUTIONS, *GRAPHS)
    weights: dict[str, tuple[float, int]] = {}
    ranges = [r for r in header.split(",")[:MOST_RANGES] if r.strip()]
    for part in ranges:
        media, *options = [p.strip() for p in part.split(";")]
        media = _ALIASES.get(media.lower(), media.lower())
        weight = _weight(options)
        for known in everything:
            specific = (
                2 if known == media else 1 if media == f"{known.split('/')[0]}/*" else 0 if media == "*/*" else -1
            )
            if specific >= 0 and specific >= weights.get(known, (0.0, -1))[1]:
                weights[known] = (weight, specific)
    if not ranges:
        return everything
    found = [m for m in everything if weights.get(m, (0.0, 0))[0] > 0]
    return tuple(sorted(found, key=lambda m: -weights[m][0]))


def _weight(options: Sequence[str]) -> float:
    for option in options:
        name, _, value = option.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
