"""Exports: one module a format, each with a function `write(source, file)`; the list names them.

An export gets an `Extract` (the claims asked for, with the things and articles they name) and an
open binary file. `FORMATS` maps a format's name to its module, file ending and media type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Final

from graph.errors import UnknownName
from graph.exports.extract import Extract


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: its name, module, file ending, media type, and what it cannot carry."""

    name: str
    module: str
    ending: str
    media_type: str
    loses: str = ""


FORMATS: Final = {
    f.name: f
    for f in (
        Format("turtle", "rdf_text", ".ttl", "text/turtle"),
        Format("ntriples", "rdf_text", ".nt", "application/n-triples", "file names"),
        Format("nquads", "rdf_text", ".nq", "application/n-quads"),
        Format("trig", "rdf_text", ".trig", "application/trig"),
        Format("jsonld", "rdf_text", ".jsonld", "application/ld+json"),
        Format("rdfxml", "rdf_text", ".rdf", "application/rdf+xml", "file names, or control characters"),
        Format("rdf12", "rdf12", ".ttl", "text/turtle"),
        Format("nanopub", "nanopub", ".trig", "application/trig", "quotes, locators and names of things"),
        Format("graphml", "networks", ".graphml", "application/graphml+xml", "quotes and locators"),
        Format("gexf", "networks", ".gexf", "application/gexf+xml", "quotes and locators"),
        Format("cytoscape", "networks", ".cyjs", "application/json", "quotes and locators"),
        Format("csv", "tables", ".csv", "text/csv"),
        Format("csvw", "tables", ".json", "application/csvm+json", "the values: it describes the CSV"),
        Format("spreadsheet", "tables", ".csv", "text/csv", "a leading sign of a formula is quoted"),
        Format("parquet", "tables", ".parquet", "application/vnd.apache.parquet"),
        Format(
            "ftm",
            "followthemoney",
            ".ftm.json",
            "application/json+ftm",
            "agreements, stories, values, quotes and doubts about dates",
        ),
        Format(
            "quickstatements",
            "quickstatements",
            ".tsv",
            "text/tab-separated-values",
            "things without a Wikidata id, and what is contested",
        ),
        Format("timelinejs", "calendars", ".json", "application/json", "relations"),
        Format("ical", "calendars", ".ics", "text/calendar", "relations"),
    )
}
Writer = Callable[[Extract, IO[bytes]], None]


def writer(name: str) -> Writer:
    """The function that writes a format; UnknownName when there is no such format."""
    if name not in FORMATS:
        raise UnknownName(name, suggestions=tuple(FORMATS), where="export format")
    module = import_module(f"graph.exports.{FORMATS[name].module}")
    found: Writer = getattr(module, f"write_{name}")
    return found
