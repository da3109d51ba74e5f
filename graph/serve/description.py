"""The SPARQL 1.1 Service Description of the endpoint (W3C Recommendation, 21 March 2013)."""

from __future__ import annotations

from graph import rdf, turtle
from graph.cache import turtle_files
from graph.knowledge import KnowledgeGraph

_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def description(kg: KnowledgeGraph, endpoint: str) -> str:
    """Turtle: the endpoint, its language, result formats and named graphs (one a file)."""
    files = () if kg.store.remote else turtle_files(kg.store.folder)
    named = " ,\n      ".join(f"[ a sd:NamedGraph ; sd:name <{rdf.BASE}file/{f.name}> ]" for f in files)
    graphs = f" ;\n    sd:namedGraph {named}" if files else ""
    formats = " , ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    return (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
        f"<{turtle.iri(endpoint)}> a sd:Service ;\n"
        f"  sd:endpoint <{turtle.iri(endpoint)}> ;\n"
        "  sd:supportedLanguage sd:SPARQL11Query ;\n"
        f"  sd:resultFormat {formats} ;\n"
        "  sd:feature sd:UnionDefaultGraph ;\n"
        "  sd:defaultDataset [ a sd:Dataset ;\n"
        f"    sd:defaultGraph [ a sd:Graph ]{graphs} ] .\n"
    )
