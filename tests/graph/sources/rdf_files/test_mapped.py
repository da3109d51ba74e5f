"""Other people's RDF through the ontology's mappings: what maps, what is turned, what is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import model
from graph.claim import Article, Entity, article_id
from graph.errors import InputError, LimitExceeded
from graph.sources.found import Found
from graph.sources.guard.limits import Limits
from graph.sources.rdf_files.importer import nobody, read
from graph.sources.rdf_files.mapped import Known

MODEL = model.load()
URL = "https://www.wikidata.org/wiki/Q33"
SAYS = Article(article_id(URL), URL, "Finland", "wikidata", "2024-03-02", "page", accessed="2026-11-23")
HEAD = """
@prefix schema: <http://schema.org/> . @prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
FINLAND = """
wd:Q33 wdt:P31 wd:Q6256 ; rdfs:label "Finland"@en, "Suomi"@fi ; schema:alternateName "Republic of Finland"@en .
"""


def mapped(
    folder: Path, text: str, *, article: Article | None = SAYS, known: Known = nobody, name: str = "x.ttl"
) -> Found:
    path = folder / name
    path.write_text(HEAD + text)
    return read(path, "turtle", MODEL, article=article, known=known, recorded="2026-11-23")


def test_kind_names_and_identity(tmp_path: Path) -> None:
    (finland,) = mapped(tmp_path, FINLAND).entities
    assert finland.kind == "Country"
    assert finland.names == (("Finland", "en"), ("Suomi", "fi"))
    assert finland.aliases == (("Republic of Finland", "en"),)
    assert finland.same_as == ("http://www.wikidata.org/entity/Q33",)
    assert finland.id.startswith("finland-")


def test_a_date_becomes_the_time_of_its_claim_too(tmp_path: Path) -> None:
    (claim,) = mapped(tmp_path, FINLAND + 'wd:Q33 schema:foundingDate "1917-12-06Z"^^xsd:date .').claims
    assert (claim.predicate, claim.value, claim.when) == ("founded", "1917-12-06", "1917-12-06")
    assert claim.citations[0].article == SAYS.id
    assert claim.citations[0].locator == "http://www.wikidata.org/entity/Q33"
    assert claim.recorded == "2026-11-23"


def test_a_relation_stated_the_other_way_round_is_turned(tmp_path: Path) -> None:
    text = FINLAND + 'wd:Q33 wdt:P35 <http://e/s> . <http://e/s> a schema:Person ; schema:name "Alexander Stubb" .'
    found = mapped(tmp_path, text)
    (claim,) = found.claims
    kinds = {e.id: e.kind for e in found.entities}
    assert (kinds[claim.subject], claim.predicate, kinds[str(claim.object)]) == ("Person", "headOfStateOf", "Country")


def test_what_is_known_keeps_its_id(tmp_path: Path) -> None:
    finland = Entity("finland", "Country", (("Finland", "en"),))
    found = mapped(
        tmp_path,
        FINLAND + 'wd:Q33 schema:foundingDate "1917"^^xsd:gYear .',
        known=lambda iri: finland if iri.endswith("/Q33") else None,
    )
    assert found.entities == ()
    assert found.claims[0].subject == "finland"


def test_what_has_no_mapping_is_counted(tmp_path: Path) -> None:
    text = FINLAND + 'wd:Q33 schema:telephone "1", "2" ; wdt:P35 wd:Q1 ; a schema:Volcano .'
    assert dict(mapped(tmp_path, text).left) == {
        "https://schema.org/telephone": 2,
        "http://www.wikidata.org/prop/direct/P35 to a thing without a known kind and name": 1,
        "kind http://schema.org/Volcano": 1,
    }


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('"2023-02-30"^^xsd:date', "no such day"),
        ('"2023-13"^^xsd:gYearMonth', "no such month"),
        ('"2024-01-01+15:00"^^xsd:date', "no such time zone"),
        ('"20240101"', "not a date"),
        ('"2024-W05-1"', "not a date"),
        ("wd:Q1", "an IRI, not a value"),
    ],
)
def test_a_bad_value_is_rejected_with_its_line(tmp_path: Path, value: str, says: str) -> None:
    (rejected,) = mapped(tmp_path, FINLAND + f"wd:Q33 schema:foundingDate {value} .").rejected
    assert says in rejected.reason
    assert rejected.where.startswith("x.ttl")
    assert "foundingDate" in rejected.text


def test_nobody_says_it(tmp_path: Path) -> None:
    found = mapped(tmp_path, FINLAND + 'wd:Q33 schema:foundingDate "1917"^^xsd:gYear .', article=None)
    assert found.claims == ()
    assert "nobody says it" in found.rejected[0].reason


BLANK = '_:a a schema:Country ; schema:name "Finland" . [] a schema:City ; schema:name "Helsinki" ; wdt:P1376 _:a .'


def test_blank_things_are_the_same_on_every_reading_and_differ_between_files(tmp_path: Path) -> None:
    first, again = mapped(tmp_path, BLANK), mapped(tmp_path, BLANK)
    other = mapped(tmp_path, BLANK + "\n", name="y.ttl")
    assert first == again
    assert len({e.id for e in (*first.entities, *other.entities)}) == 4


def test_names_are_normalised_to_nfc(tmp_path: Path) -> None:
    found = mapped(tmp_path, '<http://e/c> a schema:Country ; schema:name "Co\u0302te" .')
    assert found.entities[0].name == "C\u00f4te"


def test_a_relative_iri_needs_a_base(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text('<s> a <http://schema.org/City> ; <http://schema.org/name> "S" .')
    with pytest.raises(InputError, match=r"x\.ttl:1: .*--base IRI"):
        read(path, "turtle", MODEL)
    (city,) = read(path, "turtle", MODEL, base="http://e/").entities
    assert city.same_as == ("http://e/s",)


def test_wrong_lines_are_set_aside(tmp_path: Path) -> None:
    lines = [f'<http://e/{n}> <http://www.w3.org/2000/01/rdf-schema#label> "n{n}" .' for n in range(3000)]
    lines[1500] = "<http://e/bad bad> ."
    path = tmp_path / "x.nt"
    path.write_text("\n".join(lines))
    with pytest.raises(InputError, match=r"x\.nt:1501: not ntriples"):
        read(path, "ntriples", MODEL)
    (rejected,) = read(path, "ntriples", MODEL, keep_going=True).rejected
    assert (rejected.where, rejected.text) == ("x.nt:1501", lines[1500])


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("# one\n" * 100)
    with pytest.raises(LimitExceeded, match="larger than 100 bytes"):
        read(path, "turtle", MODEL, limits=Limits(file_bytes=100))


W = "@prefix w: <https://backstory.example/ns#> . @prefix e: <https://backstory.example/e/> .\n"
C = (
    W + "@prefix c: <https://backstory.example/c/> . @prefix s: <https://backstory.example/s/> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .\n"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('e:x a w:Country, w:City ; skos:prefLabel "X" .', "exactly one kind"),
        ('e:x a w:Dragon ; skos:prefLabel "X" .', "exactly one kind"),
        ("e:x a w:Country .", "without a name"),
        ("e:x a w:Country ; skos:prefLabel e:y .", "is not a text"),
        ('e:x a w:Country ; skos:prefLabel "X" ; schema:sameAs <javascript:alert(1)> .', "not a web address"),
        ("c:x a w:Claim ; rdf:subject e:x .", "times rdf:predicate"),
        ("c:x a w:Claim ; rdf:subject e:x ; rdf:predicate w:memberOf ; rdf:object e:y .", "without a citation"),
        (
            "c:x a w:Claim ; rdf:subject e:x ; rdf:predicate w:memberOf ; rdf:object e:y ; prov:wasDerivedFrom s:z .",
            "which is no citation",
        ),
        ("e:a a w:Article .", "0 times schema:url"),
    ],
)
def test_a_record_of_ours_that_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(C + text)
    rejected = read(path, "turtle", MODEL).rejected
    assert says in rejected[0].reason
    assert rejected[0].where == "x.ttl:3"
