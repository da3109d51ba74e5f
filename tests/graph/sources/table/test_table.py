"""A CSV and its mapping: what becomes a claim, what is rejected on its line, what stops everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import model
from graph.errors import InputError, UnknownName
from graph.sources.found import Found
from graph.sources.table import mapping
from graph.sources.table.importer import read

MODEL = model.load()
MAPPING = """
source: {publisher: Derry Journal, url: "https://www.derryjournal.com/nato", published: 2023-04-04}
claims:
  - subject: {column: country, kind: Country}
    predicate: memberOf
    object: {column: alliance, kind: Alliance, values: {N: nato}}
    begin: {column: since, form: DD.MM.YYYY}
    end: {column: until}
    ongoing: true
  - subject: {column: country, kind: Country}
    predicate: description
    object: {column: text, lang: en}
ignored: {note: ours}
"""
HEADER = "country,alliance,since,until,text,note\n"
KNOWN = {"Finland": "finland", "nato": "nato"}


def resolve(text: str, kind: str, when: str) -> str:
    if text not in KNOWN:
        raise UnknownName(text)
    return KNOWN[text]


def table(folder: Path, text: str, yaml: str = MAPPING) -> Found:
    (folder / "m.yaml").write_text(yaml)
    (folder / "t.csv").write_text(text, newline="")
    return read(folder / "t.csv", mapping.load(folder / "m.yaml", MODEL), MODEL, resolve=resolve, recorded="2026-11-23")


def test_a_record_becomes_its_claims(tmp_path: Path) -> None:
    found = table(tmp_path, HEADER + "Finland,N,04.04.2023,,In the north,x\n")
    claims = {c.predicate: c for c in found.claims}
    assert (claims["memberOf"].subject, claims["memberOf"].object, claims["memberOf"].when) == (
        "finland",
        "nato",
        "2023-04-04/..",
    )
    assert claims["description"].value == "In the north"
    (article,) = found.articles
    assert (article.publisher, article.published) == ("derry-journal", "2023-04-04")
    assert claims["memberOf"].citations[0].locator == "t.csv:2"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Atlantis,N,04.04.2023,,x,", "nothing is called 'Atlantis'"),
        ("Finland,N,2023-04-04,,x,", "not a date: '2023-04-04' (the form DD.MM.YYYY)"),
        ("Finland,N,30.02.2023,,x,", "no such day"),
        ("Finland,N,04.04.2023,2022,x,", "ends before it begins"),
        ("Finland,,04.04.2023,,x,", "no alliance"),
        ("Finland,N,04.04.2023,,,", "no description"),
        ("Finland,N,04.04.2023", "3 columns, not 6"),
        ("Finland,N,04.04.2023,,x,,,", "8 columns, not 6"),
    ],
)
def test_a_bad_record_is_rejected_on_its_line(tmp_path: Path, line: str, says: str) -> None:
    found = table(tmp_path, HEADER + "Finland,N,04.04.2023,,ok,\n" + line + "\n")
    (rejected,) = found.rejected
    assert rejected.where == "t.csv:3"
    assert says in rejected.reason
    assert len(found.claims) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("country,alliance,since,until,text,note,colour\n", "columns nobody reads: colour"),
        ("country,country\n", "columns twice: country"),
        ("country;alliance;since;until;text;note\n", "separated by ';'"),
        ("Finland,N\n", "no column alliance, country"),
        (HEADER + 'Finland,"N\n', "not CSV: unexpected end of data"),
        (HEADER + 'Finland,"N"x,04.04.2023,,x,\n', "t.csv:2: not CSV"),
        (HEADER + f"Finland,{'N' * 10_000_000},04.04.2023,,x,\n", "t.csv:2: not CSV: field larger"),
    ],
)
def test_a_broken_table_stops(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        table(tmp_path, text)
    assert says in str(refused.value)


def test_an_empty_table(tmp_path: Path) -> None:
    assert table(tmp_path, "").claims == ()


def test_each_record_may_name_its_own_article(tmp_path: Path) -> None:
    yaml = """
claims:
  - {subject: finland, predicate: {column: what, values: {joined: memberOf}}, object: {column: x}, at: {column: day}}
url: {column: link}
publisher: {column: outlet}
published: {column: day}
"""
    header = "what,x,day,link,outlet\n"
    good = "joined,nato,c. 2023,https://example.org/a,The Outlet\n"
    bad = "joined,nato,2023,javascript:alert(1),The Outlet\n"
    KNOWN["finland"] = "finland"
    found = table(tmp_path, header + good + bad, yaml)
    (claim,) = found.claims
    assert claim.when == "2023~"
    assert found.articles[0].published == "2023~"
    assert "no web address" in found.rejected[0].reason


def test_a_new_thing_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    yaml = """
source: {publisher: X, url: "https://example.org/", published: 2024}
claims:
  - {subject: {column: a, kind: Organization, new: true}, predicate: memberOf, object: {column: b, kind: Alliance}}
"""
    found = table(tmp_path, "a,b\nThe Club,nato\n", yaml)
    assert [e.name for e in found.entities if e.kind == "Organization"] == ["The Club"]


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("claims: []", "no claims"),
        ("claims: [x]", "not a claim"),
        ("a: [", "not YAML"),
        ("claims: [{subject: a, predicate: loves, object: b}]", "no predicate is called 'loves'"),
        ("claims: [{subject: {kind: Elf, column: a}, predicate: memberOf, object: b}]", "no kind is called 'Elf'"),
        ("claims: [{subject: {}, predicate: memberOf, object: b}]", "needs a column or a value"),
        ("claims: [{subject: a, predicate: memberOf, object: b, colour: c}]", "unknown keys"),
        ("colour: a\nclaims: [{subject: a, predicate: memberOf, object: b}]", "unknown keys"),
        ("claims: [{subject: [a], predicate: memberOf, object: b}]", "neither text nor a mapping"),
        ("source: [a]\nclaims: [{subject: a, predicate: memberOf, object: b}]", "not a mapping"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path: Path, yaml: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        table(tmp_path, HEADER, yaml)
    assert says in str(refused.value)


TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(TEXT.filter(lambda t: t.strip() and not t.startswith("\ufeff")))
def test_a_cell_stays_one_text_whatever_is_in_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    quoted = text.replace('"', '""')
    found = table(tmp_path_factory.mktemp("cell"), HEADER + f'Finland,N,04.04.2023,,"{quoted}",\n')
    import unicodedata

    values = [c.value for c in found.claims if c.predicate == "description"]
    assert values == [unicodedata.normalize("NFC", text).strip()]
