"""The Factbook's importer: titles and names, dates, borders, listings."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import RejectedInput
from graph.sources import registry
from graph.sources.countries import by_code, countries
from graph.sources.factbook import text
from graph.sources.factbook.importer import organizations
from graph.sources.factbook.incumbents import Incumbent, incumbents
from graph.sources.factbook.independence import independence
from graph.sources.source import Gathered, gather

RAW = Path(__file__).parent / "raw"

FIELDS = [
    (
        "Prime Minister Nikol PASHINYAN (since 10 September 2021)",
        Incumbent("Prime Minister", "Nikol Pashinyan", "2021-09-10"),
    ),
    ("President Denis SASSOU-Nguesso (since 1997)", Incumbent("President", "Denis Sassou-Nguesso", "1997")),
    (
        "King WACHIRALONGKON; also spelled Vajiralongkorn (since 1 December 2016)",
        Incumbent("King", "Wachiralongkon", ""),
    ),
    (
        "Taoiseach (Prime Minister) Michael MARTIN (since 23 January 2025)",
        Incumbent("Taoiseach", "Michael Martin", "2025-01-23"),
    ),
    (
        "Prime Minister Anutin Charnvirakul (since 5 Sep 2025)",
        Incumbent("Prime Minister", "Anutin Charnvirakul", "2025-09-05"),
    ),
    (
        "Interim President Gen. Horta Nta Na MAN (since 27 November 2025)",
        Incumbent("Interim President", "Horta Nta Na Man", "2025-11-27", "interim"),
    ),
    ("Queen of Australia ELIZABETH II (since 6 February 1952)", Incumbent("Queen of", "Elizabeth II", "1952-02-06")),
    ("S&eacute;bastien LECORNU (since 10 September 2025)", Incumbent("", "Sébastien Lecornu", "2025-09-10")),
]


@pytest.mark.parametrize(("field", "expected"), FIELDS, ids=[f[0][:30] for f in FIELDS])
def test_first_incumbent(field: str, expected: Incumbent) -> None:
    found = next(iter(incumbents(field)))
    if expected.since:
        assert found == expected
    else:
        assert (found.title, found.name) == (expected.title, expected.name)


@pytest.mark.parametrize(
    "field", ["", "none", "President (vacant)", "President-elect Masoud PEZESHKIAN (since 5 July 2024)"]
)
def test_nobody(field: str) -> None:
    assert list(incumbents(field)) == []


@pytest.mark.parametrize(
    "field",
    [
        "Vice President Constantino CHIWENGA (since 11 September 2023)",
        "Taoiseach (Prime Minister) Simon HARRIS resigned on 18 December 2024",
        "Acting Presidents Doris BURES (SPOe), Karlheinz KOPF (OeVP), Norbert HOFER (FPOe) (since 8 July 2016)",
    ],
)
def test_refused(field: str) -> None:
    with pytest.raises(RejectedInput):
        list(incumbents(field))


def test_shared_offices() -> None:
    captains = "Captains Regent Matteo ROSSI and Lorenzo BUGLI (for the period 1 October 2025 - 31 March 2026)"
    assert [(p.name, p.since, p.capacity) for p in incumbents(f"co-chiefs of state {captains}")] == [
        ("Matteo Rossi", "2025-10-01", "co-"),
        ("Lorenzo Bugli", "2025-10-01", "co-"),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nikol PASHINYAN", "Nikol Pashinyan"),
        ("Marcelo REBELO DE SOUSA", "Marcelo Rebelo de Sousa"),
        ("Alexander VAN DER BELLEN", "Alexander Van der Bellen"),
        ("CHARLES III", "Charles III"),
        ("XI Jinping", "Xi Jinping"),
    ],
)
def test_named(written: str, expected: str) -> None:
    assert text.named(written) == expected


@pytest.fixture(scope="module")
def found() -> Gathered:
    return gather(registry.importer("factbook")(RAW / "factbook", registry.source("factbook")))


def test_both_sides_of_a_border_are_one_claim(found: Gathered) -> None:
    (border,) = [
        c for c in found.claims if c.predicate == "borders" and (c.subject, c.object) == ("armenia", "azerbaijan")
    ]
    assert dict(border.qualifiers)["lengthKm"].value == "996"
    assert len(border.citations) == 2


def test_a_listing_is_a_sighting(found: Gathered) -> None:
    listed = [c for c in found.claims if c.predicate == "listedMemberOf" and c.subject == "armenia"]
    assert {c.when for c in listed} == {"2026-01-22"}
    assert {"csto", "cis", "eaeu"} <= {c.value for c in listed}


def test_capital(found: Gathered) -> None:
    said = {(c.predicate, c.value) for c in found.claims if c.subject == "baku-az"}
    assert said == {("capitalOf", "azerbaijan"), ("locatedIn", "azerbaijan"), ("coordinates", "POINT(49.87 40.38)")}


def test_administered_territories(found: Gathered) -> None:
    administers = {(c.subject, c.value) for c in found.claims if c.predicate == "administers"}
    assert administers == {("norway", "bouvet-island"), ("australia", "norfolk-island")}


def test_codes_are_iso_codes() -> None:
    import pycountry

    known = {c.alpha_3 for c in pycountry.countries}
    ours = {c.iso for c in countries().values()} - {""}
    assert ours - known == {"XKX"}
    assert known <= ours


def test_gec_is_not_iso() -> None:
    assert by_code("gec")["gm"].id == "germany"
    assert by_code("gec")["aj"].iso == "AZE"


def test_organizations_have_one_home() -> None:
    found = {e.id: e for e in organizations().values() if e is not None}
    assert found["nato"].kind == "Alliance"
    assert organizations()["UPU"] is None


INDEPENDENCE = [
    ("5 July 1962 (from France)", ["1962-07-05"], "the plain case"),
    ("none (territory of the US)", [], "a territory has none"),
    ("24 September 1973 (declared); 10 September 1974 (from Portugal)", ["1973-09-24", "1974-09-10"], "two dates"),
    ("1 October 1949 (People's Republic of China established); notable earlier dates: 221 B.C.", [], "a regime"),
    ("22 May 1990 (Republic of Yemen established with the merger of two)", ["1990-05-22"], "a merger counts"),
    ("9 May 1877 (independence proclaimed from X; 13 July 1878 (independence recognized by the Treaty); "
     "26 March 1881 (kingdom proclaimed)", ["1877-05-09", "1878-07-13"], "a bracket left open"),
    ("ca. 965 (unified and Christianized)", ["0965~"], "about a year"),
    ("14-15 May 1811 (from Spain)", ["1811-05-14/1811-05-15"], "two days"),
    ("3 September 301 (traditional founding date)", ["0301-09-03~"], "by tradition"),
    ("no official date of independence: 486 (Frankish tribes unified)", [], "the source says there is none"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "dates", "why"), INDEPENDENCE, ids=[i[2] for i in INDEPENDENCE])
def test_independence(field: str, dates: list[str], why: str) -> None:
    assert [date.when for date in independence(field)] == dates, why
