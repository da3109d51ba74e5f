"""Rows 14 to 16, 19, 20, 24 to 29 and 35 to 38 of the threat model: bytes, dates and names that are the attack."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

import pytest

from graph import rdf
from graph import when as when_
from graph.claim import Claim
from graph.names import keys
from graph.sources import dates
from graph.store import Store
from graph.tell import dates as told
from tests.graph.sources.hostile import SAID, Done, contents, new_folder, run

MAPPING = """
source: {publisher: Example, url: "https://example.org/a", published: 2024}
claims:
  - {subject: {column: name, kind: Place, new: true}, predicate: description, object: {column: text}}
"""
DATED = """
source: {publisher: Example, url: "https://example.org/a", published: 2024}
claims:
  - {subject: {column: name, kind: Place, new: true}, predicate: founded, object: {column: text}}
"""
TURTLE = '<http://e/s> a <https://schema.org/City> ; <https://schema.org/name> "Baku" .'
# The same thing in each syntax.
SYNTAXES = {
    "a.ttl": TURTLE,
    "a.trig": TURTLE,
    "a.nt": '<http://e/s> <http://www.w3.org/2000/01/rdf-schema#label> "Baku" .',
    "a.nq": '<http://e/s> <http://www.w3.org/2000/01/rdf-schema#label> "Baku" .',
    "a.jsonld": '{"@id": "http://e/s", "@type": "https://schema.org/City", "https://schema.org/name": "Baku"}',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="https://schema.org/">'
    '<s:City rdf:about="http://e/s"><s:name>Baku</s:name></s:City></rdf:RDF>',
    "a.csv": "name,text\nBaku,x\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path)


def load(folder: Path, name: str, data: bytes, mapping: str = MAPPING, *options: str) -> Done:
    """Import bytes as a file of a name."""
    path, yaml = folder.parent / name, folder.parent / "m.yaml"
    path.write_bytes(data)
    yaml.write_text(mapping)
    also = ("--mapping", yaml) if name.endswith(".csv") else ()
    return run("import", path, "--into", folder, *SAID, *also, *options)


def cells(folder: Path, *records: tuple[str, str], mapping: str = MAPPING, options: tuple[str, ...] = ()) -> Done:
    """Import records of a name and a text as CSV."""
    path = folder.parent / "cells"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("name", "text"), *records])
    return load(folder, "t.csv", path.read_bytes(), mapping, *options)


def made(folder: Path, predicate: str) -> list[Claim]:
    return [c for c in rdf.read(folder / "t.ttl").claims if c.predicate == predicate]


@pytest.mark.parametrize("name", sorted(SYNTAXES))
def test_14_bom(folder: Path, name: str) -> None:
    done = load(folder, name, b"\xef\xbb\xbf" + SYNTAXES[name].encode())
    assert done.code == 0, done.said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param("é".encode("utf-16"), "not UTF-8 at byte 0", id="utf16"),
        pytest.param(b'<http://e/s> <http://e/p> "caf\xe9" .', "not UTF-8 at byte 30", id="latin-1"),
        pytest.param(b'"\xc0\xaf"', "not UTF-8 at byte 1", id="overlong"),
        pytest.param(b'"\xed\xa0\x80"', "not UTF-8 at byte 1", id="lone-surrogate"),
        pytest.param(rb'<http://e/s> <http://e/p> "\uD800" .', "a.ttl:1", id="surrogate-escape"),
        pytest.param(b'<http://e/s> <http://e/p> "a\0b" .', "NUL at byte 28", id="16 nul"),
        pytest.param(TURTLE.replace("Baku", r"a\u0000").encode(), "NUL", id="16 nul-escape"),
    ],
)
def test_15_encodings_and_16_nul(folder: Path, data: bytes, says: str) -> None:
    before = contents(folder)
    done = load(folder, "a.ttl", data)
    assert (done.code, says in done.said) == (3, True), done.said
    assert contents(folder) == before


def test_15_surrogate_in_json(folder: Path) -> None:
    done = load(folder, "a.jsonld", rb'{"@id": "http://e/s", "http://e/p": "\ud800"}')
    assert (done.code, "half a character" in done.said) == (3, True)


def test_16_controls_are_kept_and_shown_as_marks(folder: Path) -> None:
    name = "Ba\x1b[2Jku\x01\x85."
    assert load(folder, "a.ttl", TURTLE.replace("Baku", name).encode()).code == 0
    (city,) = rdf.read(folder / "a.ttl").entities[:1]
    assert city.name == name
    shown = run("show", city.id, "--data", folder, "--format", "table").said
    assert "\x1b" not in shown
    assert "Ba␛[2Jku␁⟨U+0085⟩." in shown


def test_18_iri_inject_and_20_js_uri_in_a_cell(folder: Path) -> None:
    mapping = MAPPING + "url: {column: link}\n"
    bad = ("https://e.org/x> <p> <evil> .\n<y", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x")
    lines = [f'Baku,x,"{link}"' for link in (*bad, "java\tscript:alert(1)", "vbscript:x")]
    done = load(folder, "t.csv", "\n".join(["name,text,link", *lines]).encode(), mapping)
    assert done.code == 3
    assert "6 records rejected" in done.said
    assert (folder / "t.rejects.csv").read_text().count("no web address") == 6


def test_20_js_uri_is_no_link_of_a_thing(folder: Path) -> None:
    text = TURTLE.replace(" .", " ; <https://schema.org/sameAs> <javascript:alert(1)>, <data:text/html,x> .")
    assert load(folder, "a.ttl", text.encode()).code == 0
    assert rdf.read(folder / "a.ttl").entities[0].same_as == ("http://e/s",)
    assert b"javascript:" not in contents(folder)["a.ttl"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:\talert(1)", "vbscript:x"])
def test_20_js_uri_is_no_source(folder: Path, url: str) -> None:
    said = ("--publisher", "X", "--url", url, "--published", "2024")
    (folder.parent / "a.ttl").write_text(TURTLE)
    done = run("import", folder.parent / "a.ttl", "--into", folder, *said)
    assert (done.code, "not a web address" in done.said) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        '" .\n<http://evil> <http://p> "x',
        "\\",
        '\\"',
        "'''",
        '"""',
        "a\nb",
        "=cmd|' /C calc'!A0",
        "<script>",
        "{{7*7}}",
        "{% include 'x' %}",
    ],
)
def test_19_literal_inject_and_38_article_html(folder: Path, text: str) -> None:
    assert cells(folder, ("Baku", text)).code == 0
    assert [c.value for c in made(folder, "description")] == [text]
    store = Store.open(folder)
    assert not list(store.select("SELECT ?p { <http://evil> ?p ?o }"))
    shown = run("show", "baku", "--data", folder, "--format", "json").said
    assert "49" not in shown


def test_38_fifty_megabytes_in_a_cell(folder: Path) -> None:
    done = load(folder, "t.csv", b"name,text\nBaku," + b"x" * (17 << 20))
    assert (done.code, "t.csv:2: line of over" in done.said) == (5, True)
    assert done.seconds < 3


@pytest.mark.parametrize(
    "text", ["x", "Russia", "Russia attacks Ukraine ", "A.", "<script>{{7*7}}{% include 'x' %} in Kyiv, "]
)
def test_38_a_text_without_end_takes_linear_time(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no spaces or no full stop: a quarter of a megabyte, which took hours when a sentence had no limit."""
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "bulk"))
    item = {"date": "2022-03-01", "topics": [], "text": text * (250_000 // len(text)), "sources": ["Reuters"]}
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(item), encoding="utf-8")
    done = run("import", "current-events", path, "--data", tmp_path)
    assert done.code == 0, done.said
    assert done.seconds < 10
    assert not [p for p in tmp_path.rglob("*.parquet") if b"7*7" in p.read_bytes()]


BAD_DATES = (
    ("24 date-feb30", "2023-02-30"),
    ("24 2023-02-29", "2023-02-29"),
    ("24 month-13", "2023-13"),
    ("24 no zeros", "2024-1-1"),
    ("26 iso week", "2024-W05-1"),
    ("26 compact", "20240101"),
    ("27 zone", "2024-01-01T00:00:00+15:00"),
    ("28 leap second", "2016-12-31T23:59:60Z"),
    ("28 hour 25", "2016-12-31T25:00:00Z"),
)


@pytest.mark.parametrize("text", [t for _, t in BAD_DATES], ids=[n for n, _ in BAD_DATES])
def test_bad_dates_are_rejected_with_their_text(folder: Path, text: str) -> None:
    before = contents(folder)
    done = cells(folder, ("Baku", text), mapping=DATED)
    assert done.code == 3
    assert contents(folder) == before
    (rejected,) = csv.DictReader((folder / "t.rejects.csv").read_text().splitlines())
    assert rejected["where"] == "t.csv:2"
    assert text in rejected["text"]
    assert rejected["reason"].startswith(("not a", "no such"))


@pytest.mark.parametrize("text", [t for _, t in BAD_DATES if "W" not in t and "2024-1-1" not in t])
def test_bad_dates_in_rdf(folder: Path, text: str) -> None:
    typed = f'<https://schema.org/foundingDate> "{text}"^^<http://www.w3.org/2001/XMLSchema#date> .'
    done = load(folder, "a.ttl", TURTLE.replace(" .", f" ; {typed}").encode())
    assert done.code == 3, done.said
    assert text in (folder / "a.rejects.csv").read_text()


def test_26_a_named_form_is_read(folder: Path) -> None:
    for form, text, wanted in (("YYYY-Www-E", "2024-W05-1", "2024-01-29"), ("YYYYMMDD", "20240101", "2024-01-01")):
        mapping = DATED.replace("{column: text}", f"{{column: text, form: {form}}}")
        assert cells(folder, ("Baku", text), mapping=mapping).code == 0
        assert wanted in {c.value for c in made(folder, "founded")}


def test_25_years_before_christ_and_of_five_digits(folder: Path) -> None:
    texts = ("12345-01-01", "2024-01-01", "0000-01-01", "-0044-03-15")
    done = cells(folder, *((f"Place {n}", text) for n, text in enumerate(texts)), mapping=DATED)
    assert done.code == 0, done.said
    found = {c.subject: c.time for c in made(folder, "founded")}
    days = [time.begin_earliest for _, time in sorted(found.items()) if time]
    assert days == sorted(days, reverse=True)
    assert told.exact(when_.day("-0044-03-15"), days[1], "plain") == "15 March 45 BCE"
    assert told.coarse(when_.day("0000-01-01"), days[1], "0000") == "1 BCE"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01T00:00:00Z", "2024-03-01"),
        ("2024-03-01T23:00:00+14:00", "2024-03-01"),
        ("2024-03-01T10:00:00", "2024-03-01"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01Z", "2024-03-01"),
        ("2024-03-01-05:00", "2024-03-01"),
        ("2024-02-29T24:00:00", "2024-03-01"),  # 28: the next day
    ],
)
def test_27_zones_keep_their_day(text: str, day: str) -> None:
    assert dates.xsd(text) == day


def test_29_partial_dates_are_all_found_by_their_year(folder: Path) -> None:
    texts = ("2024", "2024-03", "c. 2024", "2024-06-01", "2023", "2022-12-31")
    assert cells(folder, *((f"Place {n}", text) for n, text in enumerate(texts)), mapping=DATED).code == 0
    rows = Store.open(folder).select("""
        SELECT ?o { ?c rdf:predicate w:founded ; rdf:object ?o ;
            sem:hasEarliestBeginTimeStamp ?first ; sem:hasLatestEndTimeStamp ?last .
            FILTER (?last >= "2024-01-01"^^xsd:date && ?first <= "2024-12-31"^^xsd:date) }""")
    assert {row["o"] for row in rows} == {"2024", "2024-03", "2024~", "2024-06-01"}


def test_35_bidi_label_is_stored_and_flagged(folder: Path) -> None:
    done = cells(folder, ("Ba\u202eku \u2066x", "x"))
    assert done.code == 0
    assert "invisible characters" in done.said
    (city,) = (e for e in rdf.read(folder / "t.ttl").entities if e.kind == "Place")
    assert city.name == "Ba\u202eku \u2066x"
    shown = run("show", city.id, "--data", folder, "--format", "table").said
    assert "\u202e" not in shown
    assert "Ba⟨U+202E⟩ku" in shown


# One word as seven strings: composed, decomposed, plain, with a mark of its own, small, and with Cyrillic letters.
FORMS = ("C\u00f4te", "Co\u0302te", "Cote", "C\u043ete", "\u0421\u00f4te", "c\u00f4te", "C\u00f4t\u0435")


def test_36_homoglyph_is_said_and_never_merged(folder: Path) -> None:
    done = load(folder, "a.ttl", TURTLE.replace("Baku", "Finl\u0430nd").replace("City", "Country").encode())
    assert done.code == 0
    assert "mixes CYRILLIC and LATIN" in done.said
    assert "possible duplicate of finland (Finland), not merged" in done.said
    assert len(rdf.read(folder / "a.ttl").entities) == 1


@pytest.mark.parametrize("name", FORMS)
def test_36_names_are_in_one_normal_form(folder: Path, name: str) -> None:
    assert cells(folder, (name, name)).code == 0
    names = {text for e in rdf.read(folder / "t.ttl").entities for text, _ in e.names}
    assert unicodedata.normalize("NFC", name) in names
    assert {c.value for c in made(folder, "description")} == {unicodedata.normalize("NFC", name)}


@pytest.mark.parametrize("name", ["Fin\u200bland", "Finland\u00a0", "\ufeffFinland", "Finl\u00adand"])
def test_37_zero_width_is_flagged_and_left_out_of_the_key(folder: Path, name: str) -> None:
    text = TURTLE.replace("Baku", name).replace("City", "Country")
    done = load(folder, "a.ttl", text.encode())
    assert done.code == 0, done.said
    assert keys.key(name) == "finland"
    assert "possible duplicate of finland" in done.said
    assert ("invisible" in done.said) == (name.strip() != "Finland")
