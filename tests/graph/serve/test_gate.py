"""The gate: federation, updates and bombs are refused; what only looks like them passes."""

from __future__ import annotations

import pytest

from graph.errors import GraphError, InputError, LimitExceeded
from graph.serve.gate import check

REFUSED: list[tuple[str, str, type[GraphError], str]] = [
    ("plain", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", InputError, "SERVICE"),
    ("silent", "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }", InputError, "SERVICE"),
    ("lower case", "select * { service <http://x/> { ?s ?p ?o } }", InputError, "SERVICE"),
    ("glued", "SELECT * {SERVICE<http://x/>{?s ?p ?o}}", InputError, "SERVICE"),
    ("in EXISTS", "ASK { ?s ?p ?o FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }", InputError, "SERVICE"),
    ("after a comment", "SELECT * { # note\nSERVICE <http://x/> {} }", InputError, "SERVICE"),
    ("escaped", "SELECT * { \\u0053ERVICE <http://x/> {} }", InputError, "SERVICE"),
    ("escaped quote opens nothing", 'SELECT * { ?s ?p "a\\"b" . SERVICE <http://x/> {} }', InputError, "SERVICE"),
    ("load", "LOAD <http://x/>", InputError, "LOAD"),
    ("insert", "INSERT DATA { <a:a> <a:b> 1 }", InputError, "INSERT"),
    ("delete", "DELETE WHERE { ?s ?p ?o }", InputError, "DELETE"),
    ("drop", "drop all", InputError, "DROP"),
    ("brace bomb", "ASK " + "{" * 2200 + "}" * 2200, LimitExceeded, "nesting"),
    ("paren bomb", "SELECT * { FILTER(" + "(" * 500 + "1" + ")" * 500 + ") }", LimitExceeded, "nesting"),
    ("bang bomb", "ASK { FILTER(" + "!" * 3000 + "true) }", LimitExceeded, "signs"),
    ("unions", "ASK { {} " + "UNION {} " * 200 + "}", LimitExceeded, "UNION"),
    ("optionals", "ASK { " + "OPTIONAL { ?s ?p ?o } " * 65 + "}", LimitExceeded, "OPTIONAL"),
    ("plan bomb", "ASK { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(160)) + " }", LimitExceeded, "patterns"),
    ("long", "ASK { } #" + "x" * 17_000, LimitExceeded, "bytes"),
    ("not a character", "ASK { ?s ?p '\\uD800' }", InputError, "character"),
]


@pytest.mark.parametrize(("what", "query", "error", "says"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(what: str, query: str, error: type[GraphError], says: str) -> None:
    with pytest.raises(error, match=says):
        check(query)


PASSED = [
    'SELECT * { ?s ?p "SERVICE <http://x/>" }',
    "SELECT * { ?s ?p '''it's a SERVICE''' }",
    "SELECT ?service { ?service <http://x/SERVICE> ?o }",
    "SELECT * { ?s ex:SERVICE ?o ; w:service ?p } # SERVICE",
    "SELECT ($insert AS ?delete) { }",
    "SELECT * { VALUES ?x { 1.5 2.5 3.5 } ?s ?p ?x }",
    "ASK { ?s ?p ?o FILTER(!true) }",
]


@pytest.mark.parametrize("query", PASSED)
def test_passed(query: str) -> None:
    check(query)


def test_the_w3c_queries_pass_unless_federated(shared) -> None:  # type: ignore[no-untyped-def]
    wrong = []
    for path in sorted((shared / "data" / "w3c-rdf-tests").rglob("*.rq")):
        if "-bad-" in path.name:
            continue  # refused by the parser in any case
        text = path.read_text(encoding="utf-8")
        try:
            check(text)
        except GraphError as error:
            if "SERVICE" not in text.upper():
                wrong.append(f"{path.name}: {error}")
    assert not wrong
