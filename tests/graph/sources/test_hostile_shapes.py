"""Rows 1 to 13, 17, 18 and 21 to 23 of the threat model: files whose shape is the attack.

Each goes through the real command: exit code, one line that says what and where, nothing written,
nobody called.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import model, rdf
from graph.errors import GraphError
from graph.sources.rdf_files.importer import read
from graph.sources.rdf_files.parse import SYNTAXES
from tests.graph.sources.hostile import SAID, alone, contents, new_folder, run, trap

XMLNS = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
LOL = '<!ENTITY l1 "lolololololo">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(2, 10))


def xml(doctype: str, body: str) -> str:
    return f"<!DOCTYPE r [{doctype}]><rdf:RDF {XMLNS}>{body}</rdf:RDF>"


def described(text: str) -> str:
    return f'<rdf:Description rdf:about="http://e/s"><e:p>{text}</e:p></rdf:Description>'


# Name in the threat model, file name, content (TRAP is a port that nobody may call), exit code, what is said.
ROWS: tuple[tuple[str, str, str, int, str], ...] = (
    ("1 lol-xml", "a.rdf", xml(LOL, described("&l9;")), 3, "entity expansion refused"),
    ("2 lol-declared", "a.rdf", xml(LOL, described("x")), 3, "entity expansion refused"),
    ("5 xxe-file", "a.rdf", xml('<!ENTITY x SYSTEM "file:///etc/passwd">', described("&x;")), 3, "refused"),
    ("5 xxe-http", "a.rdf", xml('<!ENTITY x SYSTEM "TRAP">', described("&x;")), 3, "refused"),
    ("5 xxe-param", "a.rdf", xml('<!ENTITY % p SYSTEM "TRAP"> %p;', described("x")), 3, "refused"),
    ("5 xxe-dtd", "a.rdf", f'<!DOCTYPE r SYSTEM "TRAP"><rdf:RDF {XMLNS}/>', 3, "document type from elsewhere"),
    ("6 xml-deep", "a.rdf", f"<rdf:RDF {XMLNS}>" + "<e:a><e:b>" * 10_000, 5, "nesting > 256"),
    ("8 json-deep", "a.jsonld", '{"http://e/p":' * 20_000 + "1" + "}" * 20_000, 5, "nesting > 256"),
    ("8 json-deep list", "a.jsonld", '{"@list":[' * 20_000, 5, "nesting > 256"),
    ("8 json-deep graph", "a.jsonld", '{"@graph":[' * 20_000, 5, "nesting > 256"),
    ("9 ctx-http", "a.jsonld", '{"@context": "TRAP", "@id": "http://e/s"}', 3, "put the content of the context"),
    ("9 ctx-file", "a.jsonld", '{"@context": ["file:///etc/passwd"]}', 3, "from elsewhere: file:///etc/passwd"),
    ("9 ctx-import", "a.jsonld", '{"@context": {"@import": "TRAP"}}', 3, "context from elsewhere: http://127.0.0.1"),
    ("12 truncated in a string", "a.ttl", '<http://e/s> <http://e/p>\n  "abc', 3, "a.ttl:2: a string is never closed"),
    ("12 truncated without a dot", "a.ttl", '<http://e/s> <http://e/p> "abc"', 3, "a.ttl:1"),
    ("12 truncated in the middle", "a.ttl", '<http://e/s> <http://e/p> "a" ;\n\n  <http://e/q> ', 3, "a.ttl:3"),
    ("12 truncated trig", "a.trig", "<http://e/g> { <http://e/s> <http://e/p> 1 .\n", 3, "a.trig:"),
    ("12 truncated xml", "a.rdf", f"<rdf:RDF {XMLNS}>\n<e:a>", 3, "a.rdf:2: not XML"),
    ("12 truncated json", "a.jsonld", '{"@id":\n', 3, "a.jsonld:2: not JSON"),
    ("17 bad-iri space", "a.ttl", "<http://e/a b> a <http://e/c> .", 3, "a.ttl:1"),
    ("17 bad-iri bracket", "a.ttl", "<http://e/a>b> a <http://e/c> .", 3, "a.ttl:1"),
    ("17 bad-iri newline", "a.ttl", "<http://e/a\nb> a <http://e/c> .", 3, "a.ttl:1"),
    ("17 bad-iri percent", "a.nt", "<http://e/%zz> <http://e/p> <http://e/c> .", 3, "a.nt:1"),
    ("17 bad-iri host", "a.ttl", "<http://[::1> a <http://e/c> .", 3, "a.ttl:1"),
    ("17 bad-iri empty", "a.ttl", "<> a <http://e/c> .", 3, "--base IRI"),
    ("17 bad-iri relative", "a.ttl", "<s> a <http://e/c> .", 3, "--base IRI"),
    ("17 bad-iri relative xml", "a.rdf", f'<rdf:RDF {XMLNS}><e:C rdf:about="s"/></rdf:RDF>', 3, "IRI"),
    ("17 bad-iri relative json", "a.jsonld", '{"@id": "s", "http://e/p": 1}', 3, "--base IRI"),
    ("18 iri-inject json", "a.jsonld", json.dumps({"@id": "http://e/x> <p> <evil> .\n<y"}), 3, "not an IRI"),
)


@pytest.mark.parametrize(("name", "text", "code", "says"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_refused_whole(tmp_path: Path, name: str, text: str, code: int, says: str) -> None:
    folder = new_folder(tmp_path)
    before = contents(folder)
    with trap() as port:
        (tmp_path / name).write_text(text.replace("TRAP", port.url))
        done = run("import", tmp_path / name, "--into", folder, *SAID)
        assert not port.hit
    assert done.code == code, done.said
    assert says in done.said
    assert done.said.count("\n") == 1, "one line, no traceback"
    assert contents(folder) == before
    assert done.seconds < 2


@pytest.mark.parametrize("row", [0, 1], ids=["1 lol-xml", "2 lol-declared"])
def test_1_and_2_in_little_memory(tmp_path: Path, row: int) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(ROWS[row][2])
    done = alone("import", path, "--into", new_folder(tmp_path), *SAID)
    assert done.code == 3
    assert done.mib < 100
    assert done.seconds < 1


def test_3_quad_xml(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.rdf", new_folder(tmp_path)
    path.write_text(xml(f'<!ENTITY x "{"x" * 50_000}">', "".join(described("&x;") for _ in range(20_000))))
    before = contents(folder)
    done = alone("import", path, "--into", folder, *SAID)
    assert done.code == 5, done.said
    assert contents(folder) == before
    assert done.mib < 300


def test_4_owl_entities(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.owl", new_folder(tmp_path)
    spaces = "".join(f'<!ENTITY e{n} "http://e{n}/">' for n in range(4)) + '<!ENTITY s "https://schema.org/">'
    path.write_text(
        f'<!DOCTYPE rdf:RDF [{spaces}]><rdf:RDF {XMLNS} xmlns:s="&s;"><s:City rdf:about="&e1;x">'
        "<s:name>X</s:name></s:City></rdf:RDF>"
    )
    done = run("import", path, "--into", folder, *SAID)
    assert done.code == 0, done.said
    assert rdf.read(folder / "a.ttl").entities[0].same_as == ("http://e1/x",)


@pytest.mark.parametrize("ending", [".nt", ".ttl", ".trig"])
def test_7_tt_deep(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text("<http://e/s> <http://e/p> " + "<<( " * 18_100)
    done = alone("import", path, "--into", new_folder(tmp_path), *SAID)
    assert done.code == 5, done.said
    assert "nesting > 256" in done.said


@pytest.mark.parametrize(("quote", "code"), [('"', 5), ("'''", 5)])
def test_10_big_literal_and_11_unterminated(tmp_path: Path, quote: str, code: int) -> None:
    folder = new_folder(tmp_path)
    for name, end in (("closed", f"{quote} .\n"), ("open", "")):
        path = tmp_path / f"{name}.ttl"
        with path.open("w") as file:
            file.write(f"# a comment\n<http://e/s> <http://e/p> {quote}")
            for _ in range(80):  # over the limit of a whole file too
                file.write("a" * (1 << 20))
            file.write(end)
        done = alone("import", path, "--into", folder, *SAID)
        assert done.code == code, done.said
        assert "literal > 1 MiB at line 2" in done.said
        assert done.mib < 400
        assert done.seconds < 10


def test_11_unterminated_by_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text('<http://e/s> <http://e/p> "a" .\n<http://e/s> <http://e/p> "abc\n')
    done = run("import", path, "--into", new_folder(tmp_path), *SAID)
    assert (done.code, "a.nt:2: a string is never closed" in done.said) == (3, True)


def test_13_late_error(tmp_path: Path) -> None:
    folder, path = new_folder(tmp_path), tmp_path / "a.nt"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/City>"
    name = "<http://www.w3.org/2000/01/rdf-schema#label>"
    good = [f"<http://e/{n}> {kind} ." if n == 0 else f'<http://e/0> {name} "City {n}" .' for n in range(50_000)]
    path.write_text("\n".join([*good, "<http://e/bad bad> ."]))
    before = contents(folder)
    done = run("import", path, "--into", folder, *SAID)
    assert done.code == 3
    assert "a.nt:50001" in done.said
    assert contents(folder) == before
    going = run("import", path, "--into", folder, "--keep-going", *SAID)
    assert going.code == 1
    assert "a.nt:50001" in (folder / "a.rejects.csv").read_text()
    assert len(rdf.read(folder / "a.ttl").entities[0].aliases) == 49_998


BLANK = '_:a a <http://schema.org/City> ; <http://schema.org/name> "{}" .'


def test_21_bnode_reimport(tmp_path: Path) -> None:
    folder, path = new_folder(tmp_path), tmp_path / "a.ttl"
    path.write_text(BLANK.format("Baku"))
    assert run("import", path, "--into", folder, *SAID).code == 0
    once = contents(folder)
    again = run("import", path, "--into", folder, *SAID)
    assert "0 entities, 0 articles, 0 claims new or amended" in again.said
    assert contents(folder) == once


def test_22_bnode_clash(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    for name in ("Baku", "Lima"):
        (tmp_path / f"{name}.ttl").write_text(BLANK.format(name))
        assert run("import", tmp_path / f"{name}.ttl", "--into", folder, *SAID).code == 0
    ids = {e.id for name in ("baku", "lima") for e in rdf.read(folder / f"{name}.ttl").entities}
    assert len(ids) == 2


def test_23_clique_bnodes(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text("".join(f"_:a{n} <http://e/knows> _:a{m} .\n" for n in range(9) for m in range(9) if n != m))
    done = run("import", path, "--into", new_folder(tmp_path), *SAID)
    assert done.code == 0
    assert "not mapped: http://e/knows, 72 times" in done.said
    assert done.seconds < 1


SEEDS = {
    "turtle": b'@prefix e: <http://e/> . e:a e:p "x"@en, [ e:q ( 1 2 ) ] .',
    "trig": b'<http://e/g> { <http://e/a> <http://e/p> "x" . }',
    "ntriples": b'<http://e/a> <http://e/p> "x\\u0041"@en .\n_:b <http://e/p> _:c .',
    "nquads": b'<http://e/a> <http://e/p> "x"^^<http://e/t> <http://e/g> .',
    "jsonld": b'{"@context": {"p": "http://e/p"}, "@id": "http://e/a", "p": [{"@value": "x"}, 1]}',
    "rdfxml": xml('<!ENTITY e "x">', '<e:A rdf:about="http://e/a" e:p="&e;"/>').encode(),
}
EDITS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 8), st.binary(max_size=6)), max_size=6)


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
@settings(max_examples=60, deadline=None)
@given(edits=EDITS)
def test_whatever_the_bytes_it_is_read_or_refused(
    syntax: str, edits: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = SEEDS[syntax]
    for at, cut, new in edits:
        text = text[:at] + new + text[at + cut :]
    path = tmp_path_factory.mktemp("fuzz") / f"a{SYNTAXES[syntax][1][0]}"
    path.write_bytes(text)
    with contextlib.suppress(GraphError):
        read(path, syntax, model.load())
