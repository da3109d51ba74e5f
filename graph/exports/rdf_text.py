"""RDF in every syntax: Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML, none losing a triple."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from graph import marks, rdf, turtle
from graph.exports.extract import Extract


def write_turtle(extract: Extract, file: IO[bytes]) -> None:
    """The same sorted blocks as the files under data/triples."""
    file.write(turtle.text_of(extract.bundle, extract.model).encode())


def write_ntriples(extract: Extract, file: IO[bytes]) -> None:
    """One sorted triple a line."""
    file.write(_lines(extract, "").encode())


def write_nquads(extract: Extract, file: IO[bytes]) -> None:
    """One sorted quad a line, all in the named graph `export`."""
    file.write(_lines(extract, f"<{rdf.BASE}file/export> ").encode())


def write_trig(extract: Extract, file: IO[bytes]) -> None:
    """Turtle inside one named graph."""
    text = turtle.text_of(extract.bundle, extract.model)
    head, _, body = text.partition("\n\n")
    file.write(f"{head}\n\n<{rdf.BASE}file/export> {{\n{body}}}\n".encode())


def write_jsonld(extract: Extract, file: IO[bytes]) -> None:
    """Flattened, expanded JSON-LD: no context to fetch."""
    file.write(_serialized(extract, "JSON_LD"))


def write_rdfxml(extract: Extract, file: IO[bytes]) -> None:
    """RDF/XML; control characters, which XML does not know, as marks."""
    file.write(marks.controls(_serialized(extract, "RDF_XML").decode()).encode())


def triples(extract: Extract) -> Iterator[Any]:
    """The triples of the extract's Turtle text, in its order."""
    import pyoxigraph

    text = turtle.text_of(extract.bundle, extract.model)
    yield from pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE)


def _lines(extract: Extract, name: str) -> str:
    return "".join(sorted({f"{t.subject} {t.predicate} {t.object} {name}.\n" for t in triples(extract)}))


def _serialized(extract: Extract, form: str) -> bytes:
    import pyoxigraph

    ordered = sorted({t.triple for t in triples(extract)}, key=str)
    prefixes = {p: iri for p, iri in rdf.PREFIXES.items() if form != "JSON_LD"}
    data = pyoxigraph.serialize(ordered, format=getattr(pyoxigraph.RdfFormat, form), prefixes=prefixes)
    assert data is not None
    return data
