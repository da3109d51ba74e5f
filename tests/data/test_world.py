"""The world layer: leaders on a day with their source, countries, cities, former states."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.claim import Status
from graph.knowledge import KnowledgeGraph
from graph.questions import asof
from graph.questions.coverage import holders, missing_leaders, states
from graph.when import Clocks, Held, day

STATE, GOVERNMENT = "headOfStateOf", "headOfGovernmentOf"
ELSE = ("locatedIn", "memberOf", "borders", "listedMemberOf", "officeOf")

LEADERS = [
    ("armenia", GOVERNMENT, "2018-05-09", "nikol-pashinyan", "2018-05-08"),
    ("armenia", GOVERNMENT, "2018-04-18", "serzh-sargsyan", "2018-04-17"),
    ("armenia", GOVERNMENT, "2018-04-12", "karen-karapetyan", "2018-04-09"),
    ("armenia", STATE, "2018-04-18", "armen-sarkissian", "2018-04-09"),
    ("united-kingdom", GOVERNMENT, "2022-10-01", "liz-truss", "2022-09-06"),
    ("united-kingdom", STATE, "2022-10-01", "charles-iii", "2022-09-08"),
    ("japan", GOVERNMENT, "2021-10-05", "fumio-kishida", "2021-10-04"),
    ("azerbaijan", STATE, "2025-06-27", "ilham-aliyev", "2003-10-31"),
    ("russia", STATE, "2025-06-27", "vladimir-putin", "2012-05-07"),
    ("russia", STATE, "2010-01-01", "dmitry-medvedev", "2008-05-07"),
    ("united-states", STATE, "1963-11-30", "lyndon-b-johnson", "1963-11-22"),
    ("west-germany", GOVERNMENT, "1970-01-01", "willy-brandt", "1969-10-22"),
    ("germany", GOVERNMENT, "2024-01-01", "olaf-scholz", "2021-12-08"),
    ("france", STATE, "1990-01-01", "francois-mitterrand", "1981-05-21"),
]


@pytest.mark.parametrize(("country", "role", "on", "person", "since"), LEADERS, ids=[f"{c[0]}-{c[2]}" for c in LEADERS])
def test_leaders(kg: KnowledgeGraph, country: str, role: str, on: str, person: str, since: str) -> None:
    found = holders(kg.store.claims(predicate=role, object=country), day(on))
    assert {c.subject for c in found} == {person}
    assert {c.when.partition("/")[0] for c in found} == {since}
    for claim in found:
        assert all(kg.store.article(c.article).url for c in claim.citations)


KNOWN = list(csv.DictReader((Path(__file__).parent / "leaders.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("known", KNOWN, ids=[f"{k['country']}-{k['role']}-{k['day']}" for k in KNOWN])
def test_who_headed_a_state_on_a_day(known: dict[str, str], kg: KnowledgeGraph) -> None:
    """Exactly one person, as common knowledge has it, and with a source."""
    standings = asof.state(known["country"], kg.store, Clocks(day(known["day"])), without=ELSE)
    found = [s for s in standings if s.claim.predicate == known["role"] and not s.outward]
    assert {s.other for s in found} == {known["person"]}
    assert all(s.claim.citations for s in found)


def test_people_have_their_whole_names(kg: KnowledgeGraph) -> None:
    """Only those are called by one name who have no other: kings, Sukarno, Suharto."""
    led = {c.subject for p in (STATE, GOVERNMENT, "leads") for c in kg.store.claims(predicate=p)}
    assert sorted(n for n in (kg.store.entity(i).name for i in led) if " " not in n) == [
        *("Akihito", "Birendra", "Gyanendra", "Mahendra", "Naruhito", "Philippe", "Quat", "Suharto", "Sukarno"),
        *("Tribhuvan", "Vajiralongkorn", "Willem-Alexander"),
    ]


def test_nobody_is_two_people(kg: KnowledgeGraph) -> None:
    for spellings in (("Raimundo Pereira", "Raimundo Perreira"), ("Choummaly Sayasone", "Choummali Saignason")):
        assert len({kg.find(name).id for name in spellings}) == 1, spellings


def test_nearly_every_state_has_its_heads(kg: KnowledgeGraph) -> None:
    on = day("2025-01-01")
    missing = missing_leaders(kg.store, on)
    known = set(states(kg.store, on)) - {m.country for m in missing}
    assert len(known) >= 195
    assert [(m.country, m.role) for m in missing] == [("haiti", STATE)]


def test_one_at_a_time_today(kg: KnowledgeGraph) -> None:
    """Nobody is told beside a later or a listed holder, except where two hold it together."""
    on = day("2026-11-01")
    for country in states(kg.store, on):
        found = asof.state(country, kg.store, Clocks(on), without=ELSE)
        for role in (STATE, GOVERNMENT):
            people = {s.other for s in found if s.claim.predicate == role and not s.outward}
            together = role == STATE and country in ("andorra", "san-marino")
            assert len(people) == (2 if together else 1), (country, role, people)


def test_no_end_is_inferred_where_no_list_was_seen(kg: KnowledgeGraph) -> None:
    claims = kg.store.claims(predicate=GOVERNMENT, object="armenia", subject="karen-karapetyan")
    (first,) = [c for c in claims if c.when.startswith("2016-09-13")]
    assert first.when == "2016-09-13/"
    assert first.confirmed == "2017-03-28"


def test_ongoing_holders_say_when_they_were_last_listed(kg: KnowledgeGraph) -> None:
    for claim in kg.store.claims(predicate=GOVERNMENT):
        if claim.when.endswith("/.."):
            assert claim.confirmed or claim.status is Status.CONTESTED, claim


def test_one_person_under_two_names(kg: KnowledgeGraph) -> None:
    person = kg.store.entity("alexander-lukashenko")
    assert {"Alyaksandr Lukashenka", "Aleksandr Lukashenko"} <= {name for name, _ in person.aliases}


def test_two_sources_on_one_start(kg: KnowledgeGraph) -> None:
    for claim in kg.store.claims(subject="nikol-pashinyan", predicate=GOVERNMENT):
        publishers = {kg.store.article(c.article).publisher for c in claim.citations}
        assert {"the-world-factbook", "one-earth-future"} <= publishers


def test_offices(kg: KnowledgeGraph) -> None:
    held = kg.store.claims(predicate="holdsOffice", object="prime-minister-of-united-kingdom")
    on = {c.subject for c in held if c.time and c.time.holds(day("2023-01-01")) is Held.CERTAIN}
    assert on == {"rishi-sunak"}
    (office,) = kg.store.claims(subject="prime-minister-of-united-kingdom", predicate="officeOf")
    assert office.object == "united-kingdom"


def test_former_states(kg: KnowledgeGraph) -> None:
    for country, successor in (
        ("soviet-union", "russia"),
        ("yugoslavia", "serbia-and-montenegro"),
        ("serbia-and-montenegro", "serbia"),
        ("czechoslovakia", "czechia"),
        ("east-germany", "germany"),
        ("west-germany", "germany"),
        ("zaire", "dr-congo"),
    ):
        assert kg.store.entity(country).kind == "Country"
        assert successor in {c.subject for c in kg.store.claims(predicate="successorOf", object=country)}


def test_countries_and_cities(kg: KnowledgeGraph) -> None:
    assert {a for a, _ in kg.store.entity("turkey").aliases} >= {"Türkiye", "TUR"}
    assert {a for a, _ in kg.store.entity("myanmar").aliases} >= {"Burma"}
    assert sum(1 for _ in kg.store.entities("City")) > 6000
    yekaterinburg = {c.predicate: c.value for c in kg.store.claims(subject="yekaterinburg-ru")}
    assert yekaterinburg["locatedIn"] == "russia"
    assert yekaterinburg["coordinates"].startswith("POINT(60.")
    (capital,) = kg.store.claims(predicate="capitalOf", object="azerbaijan")
    assert capital.subject == "baku-az"


def test_border_of_two_lengths_is_contested(kg: KnowledgeGraph) -> None:
    lengths = kg.store.claims(subject="mexico", predicate="borders", object="united-states")
    assert {dict(c.qualifiers)["lengthKm"].value for c in lengths} == {"3111", "3155"}
    assert all(c.status is Status.CONTESTED and c.contradicts for c in lengths)


@pytest.mark.parametrize(
    ("country", "regions"),
    [
        ("ukraine", {"europe", "eastern-europe"}),  # shown on the Factbook's maps of Asia and of Europe
        ("france", {"europe", "western-europe"}),  # the mother country, not Guiana or Réunion
        ("iceland", {"arctic-region", "northern-europe"}),
        ("azerbaijan", {"asia", "southwestern-asia"}),
    ],
)
def test_the_regions_of_a_country(country: str, regions: set[str], kg: KnowledgeGraph) -> None:
    assert {c.object for c in kg.store.claims(subject=country, predicate="locatedIn")} == regions
