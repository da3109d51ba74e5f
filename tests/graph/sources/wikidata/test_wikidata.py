"""Wikidata's JSON: dates with precision and calendar, references, ranks, and lines that are no items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph import model
from graph.claim import Claim, Entity
from graph.errors import DateError, GraphError, InputError
from graph.sources import registry
from graph.sources.found import Found
from graph.sources.wikidata import values
from graph.sources.wikidata.importer import Known, read_file

MODEL = model.load()
RAW = Path(__file__).parent.parent / "raw" / "wikidata"
GREGORIAN, JULIAN = (f"http://www.wikidata.org/entity/{q}" for q in ("Q1985727", "Q1985786"))


def nobody(iri: str) -> Entity | None:
    return None


def read(path: Path, known: Known = nobody) -> Found:
    return read_file(path, registry.source("wikidata"), MODEL, known=known, recorded="2026-11-24")


def claim(found: Found, subject: str, predicate: str) -> Claim:
    (only,) = (c for c in found.claims if (c.subject, c.predicate) == (subject, predicate))
    return only


@pytest.mark.parametrize(
    ("time", "precision", "calendar", "edtf"),
    [
        ("+2023-04-04T00:00:00Z", 11, GREGORIAN, "2023-04-04"),
        ("+2023-04-00T00:00:00Z", 10, GREGORIAN, "2023-04"),
        ("+2023-00-00T00:00:00Z", 9, GREGORIAN, "2023"),
        ("+2020-00-00T00:00:00Z", 8, GREGORIAN, "202X"),
        ("-0044-03-15T00:00:00Z", 11, JULIAN, "-0043-03-13"),
        ("-0044-00-00T00:00:00Z", 9, JULIAN, "-0043"),
        ("-0001-00-00T00:00:00Z", 9, GREGORIAN, "0000"),
        ("+1918-01-31T00:00:00Z", 11, JULIAN, "1918-02-13"),
        ("+1582-10-05T00:00:00Z", 11, JULIAN, "1582-10-15"),
        ("+12345-00-00T00:00:00Z", 9, GREGORIAN, "Y12345"),
    ],
)
def test_times(time: str, precision: int, calendar: str, edtf: str) -> None:
    assert values.time({"time": time, "precision": precision, "calendarmodel": calendar}) == edtf


@pytest.mark.parametrize(
    ("time", "precision", "says"),
    [
        ("+1900-00-00T00:00:00Z", 7, "too coarse"),
        ("+2023-02-30T00:00:00Z", 11, "no such day"),
        ("2023-02-03", 11, "not a time"),
    ],
)
def test_times_that_are_none(time: str, precision: int, says: str) -> None:
    with pytest.raises(DateError, match=says):
        values.time({"time": time, "precision": precision})


@pytest.mark.parametrize(
    ("value", "form", "kind", "predicate", "says"),
    [
        ({"amount": "+5", "unit": "http://www.wikidata.org/entity/Q1"}, "quantity", "integer", "population", "in Q1"),
        ({"latitude": 1, "longitude": 2, "globe": "http://e/Q405"}, "globecoordinate", "point", "", "not on Earth"),
        ({"latitude": 91, "longitude": 2}, "globecoordinate", "point", "", "latitude 91"),
        ("x", "string", "date", "founded", "a string is no date"),
    ],
)  # fmt: skip
def test_values_that_do_not_fit(value: Any, form: str, kind: str, predicate: str, says: str) -> None:
    with pytest.raises(GraphError, match=says):
        values.literal(value, form, kind, predicate)


def test_amounts_in_the_unit_of_the_predicate() -> None:
    value = {"amount": "+338145.5", "unit": "http://www.wikidata.org/entity/Q712226"}
    assert values.literal(value, "quantity", "number", "areaKm2").value == "338145.5"


def test_a_reference_is_the_citation_and_the_item_page_stands_in_for_none() -> None:
    found = read(RAW / "dump.json")
    articles = {a.id: a for a in found.articles}
    member = claim(found, "finland", "memberOf")
    cited = articles[member.citations[0].article]
    assert cited.url.startswith("https://www.thenationalnews.com/")
    assert (cited.published, cited.publisher) == ("2023-04-04", "thenationalnews-com")
    assert "named as reference by Wikidata" in member.citations[0].note
    assert (member.when, member.confirmed) == ("2023-04-04/", "2026-11-24")
    page = articles[claim(found, "finland", "founded").citations[0].article]
    assert (page.url, page.published, page.licence) == ("https://www.wikidata.org/wiki/Q33", "2024-03-02", "CC0-1.0")


def test_countries_by_their_code_others_by_their_class() -> None:
    found = read(RAW / "dump.json")
    assert {e.id: e.kind for e in found.entities if e.kind != "Source"} == {
        "finland": "Country",
        "helsinki-q1757": "City",
        "nato-q7184": "Organization",
    }
    nato = next(e for e in found.entities if e.id == "nato-q7184")
    assert nato.names == (("NATO", "en"), ("OTAN", "fr"))
    assert nato.same_as == ("http://www.wikidata.org/entity/Q7184",)


def test_a_known_item_keeps_its_id() -> None:
    nato = Entity("nato", "Alliance", (("NATO", "en"),))
    found = read(RAW / "dump.json", lambda iri: nato if iri.endswith("/Q7184") else None)
    assert claim(found, "finland", "memberOf").object == "nato"
    assert "nato" not in {e.id for e in found.entities}


def test_what_does_not_map_is_counted() -> None:
    assert dict(read(RAW / "dump.json").left) == {
        "P31": 3,
        "P463 to an item without a known kind": 1,
        "P610": 1,
    }


def item(**claims: Any) -> dict[str, Any]:
    """An item as dumps write it, with one statement a property."""
    statements = {
        name: [{"rank": "normal", **raw, "mainsnak": {"snaktype": "value", **raw.get("mainsnak", {})}}]
        for name, raw in claims.items()
    }
    return {"type": "item", "id": "Q1", "labels": {"en": {"language": "en", "value": "X"}}, "claims": statements}


def snak(form: str, value: Any) -> dict[str, Any]:
    return {"datavalue": {"type": form, "value": value}}


def link(key: str) -> dict[str, Any]:
    return snak("wikibase-entityid", {"id": key})


def dump(folder: Path, *lines: Any) -> Found:
    path = folder / "dump.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines))
    return read(path)


FEBRUARY_30 = snak("time", {"time": "+2023-02-30T00:00:00Z", "precision": 11})
COUNTRY = {"mainsnak": link("Q6256")}


def test_ranks_and_missing_values_are_counted(tmp_path: Path) -> None:
    day = snak("time", {"time": "+1917-12-06T00:00:00Z", "precision": 11})
    found = dump(
        tmp_path,
        item(P31=COUNTRY, P571={"mainsnak": day, "rank": "deprecated"}, P576={"mainsnak": {"snaktype": "somevalue"}}),
    )
    assert found.claims == ()
    assert dict(found.left) == {"P31": 1, "deprecated statements": 1, "statements without a value": 1}


def test_no_end_is_still_going_on_and_an_unknown_one_is_not(tmp_path: Path) -> None:
    begin = {"P580": [{"snaktype": "value", **snak("time", {"time": "+2004-00-00T00:00:00Z", "precision": 9})}]}
    other = item(P31=COUNTRY) | {"id": "Q2"}
    for end, wanted in (
        ({"P582": [{"snaktype": "novalue"}]}, "2004/.."),
        ({"P582": [{"snaktype": "somevalue"}]}, "2004/"),
    ):
        found = dump(tmp_path, item(P31=COUNTRY, P530={"mainsnak": link("Q2"), "qualifiers": begin | end}), other)
        assert [c.when for c in found.claims] == [wanted]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "Q2", ', "not JSON"),
        ('["Q2"]', "not an entity"),
        ('{"id": "Q2", "claims": {"P31": [3]}}', "not an item as dumps write it"),
        ('{"id": "Q2", "claims": {"P31": 3}}', "not an item as dumps write it"),
        (json.dumps(item(P31=COUNTRY, P571={"mainsnak": FEBRUARY_30})), "no such day"),
        (json.dumps(item(P31=COUNTRY, P530={"mainsnak": link("nonsense")})), "not an item"),
        (json.dumps(item(P31=COUNTRY, P1082={"mainsnak": snak("quantity", {})})), "not a quantity"),
    ],
)  # fmt: skip
def test_a_bad_line_is_rejected_where_it_is(tmp_path: Path, line: str, says: str) -> None:
    found = dump(tmp_path, "[", line + ",", "]")
    assert says in found.rejected[0].reason
    assert found.rejected[0].where == "dump.jsonl:2"


def test_a_field_that_nobody_reads_stops(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fields nobody reads: colour"):
        dump(tmp_path, item(P31=COUNTRY) | {"colour": "green"})


def test_two_items_with_one_code(tmp_path: Path) -> None:
    code = {"mainsnak": snak("string", "FIN")}
    found = dump(tmp_path, item(P298=code), item(P298=code) | {"id": "Q2"})
    assert "Q2 and Q1 have the same code" in found.rejected[0].reason


def solution(folder: Path, **terms: Any) -> Found:
    path = folder / "r.json"
    wd = "http://www.wikidata.org/entity/"
    fixed = {"item": f"{wd}Q33", "itemLabel": "Finland", "itemKind": f"{wd}Q6256"}
    bound = {k: {"type": "uri", "value": v} if isinstance(v, str) else v for k, v in (fixed | terms).items()}
    path.write_text(json.dumps({"head": {"vars": list(bound)}, "results": {"bindings": [bound]}}))
    return read(path)


PROP = "http://www.wikidata.org/prop/direct/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("prop", "value", "wanted"),
    [
        ("P571", {"datatype": f"{XSD}dateTime", "value": "1917-12-06T00:00:00Z"}, "1917-12-06"),
        ("P571", {"datatype": f"{XSD}dateTime", "value": "1917-01-01T00:00:00Z"}, "1917"),
        ("P1082", {"datatype": f"{XSD}decimal", "value": "5536146"}, "5536146"),
        ("P1549", {"xml:lang": "en", "value": "Finn"}, "Finn"),
        ("P298", {"value": "FIN"}, "FIN"),
    ],
)
def test_results(tmp_path: Path, prop: str, value: dict[str, str], wanted: str) -> None:
    (only,) = solution(tmp_path, property=PROP + prop, value=value).claims
    assert only.value == wanted


def test_results_with_days_and_reference(tmp_path: Path) -> None:
    nato = {"value": "http://www.wikidata.org/entity/Q7184", "type": "uri"}
    named = {"valueLabel": "NATO", "valueKind": "http://www.wikidata.org/entity/Q43229"}
    days = {"start": {"value": "2023-04-04T00:00:00Z"}, "reference": "https://example.org/a"}
    found = solution(tmp_path, property=PROP + "P463", value=nato, **named, **days)
    (only,) = found.claims
    assert (only.when, found.articles[0].url) == ("2023-04-04/", "https://example.org/a")


def test_results_of_other_shapes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="variables nobody reads: colour"):
        solution(tmp_path, colour="x")
    (tmp_path / "x.json").write_text('{"head": {}}')
    with pytest.raises(InputError, match="not a SPARQL JSON result"):
        read(tmp_path / "x.json")
    assert "no property" in solution(tmp_path, value="x").rejected[0].reason
    assert "not of Wikidata" in solution(tmp_path, value="x", property="http://e/p").rejected[0].reason
