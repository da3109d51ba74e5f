"""The Factbook's history and GeoNames: listings with their last day, cities with ids of their own."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.sources import registry
from graph.sources.countries import by_code
from graph.sources.factbook.incumbents import ROLES
from graph.sources.geonames.importer import _aliases, _ids
from graph.sources.source import gather

RAW = Path(__file__).parent / "raw"
GEONAMES = registry.source("geonames")
_CITY = {"geonameid": 498817, "name": "Saint Petersburg", "timezone": "Europe/Moscow"}


def test_listed_until_the_list_before_the_change() -> None:
    found = gather(registry.importer("factbook_history")(RAW / "factbook_history", registry.source("factbook_history")))
    listed = {c.when: c for c in found.claims if c.object == "armenia" and c.predicate == "headOfGovernmentOf"}
    assert listed["2016-09-13/"].subject == "karen-karapetyan"
    assert listed["2016-09-13/"].confirmed < listed["2018-05-08/"].confirmed
    assert {c.subject for when, c in listed.items() if when > "2018"} == {"nikol-pashinyan"}


def test_agrees_with_the_mined_incumbencies(shared: Path) -> None:
    """Another reading of the same history found 1,430 incumbencies: nearly all are among ours."""
    raw = shared / "data" / "factbook-history"
    found = gather(registry.importer("factbook_history")(raw, registry.source("factbook_history")))
    ours = {(c.value, c.predicate, c.when.partition("/")[0]) for c in found.claims}
    theirs = []
    with (raw / "incumbent_tenures.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            country = by_code("gec").get(row["fips"])
            if country is not None and country.kind == "Country":
                theirs.append((country.id, ROLES[row["role"]], row["since"]))
    assert len(theirs) > 1200
    assert sum(t in ours for t in theirs) / len(theirs) > 0.98


def test_the_largest_city_of_a_name_has_the_plain_id() -> None:
    small = {"name": "Springfield", "countrycode": "US", "population": 100_100, "geonameid": 1}
    large = {"name": "Springfield", "countrycode": "US", "population": 170_000, "geonameid": 2}
    assert _ids([small, large]) == {"springfield-us": large, "springfield-us-1": small}


def test_names_in_other_languages_say_which_or_in_which_script() -> None:
    cities = {e.id: set(e.aliases) for e in gather(registry.importer("geonames")(RAW / "geonames", GEONAMES)).entities}
    assert {("Erivan", "tr"), ("Երևան", "hy"), ("Ереван", "ru"), ("يريفان", "ar")} <= cities["yerevan-am"]
    assert cities["gyumri-am"] == set(), "neither the city of a time zone nor a capital nor great"
    great = {**_CITY, "alternatenames": ["Piter", "Санкт-Петербург", "圣彼得堡", "синт (x)"]}
    assert list(_aliases(great, frozenset({"Cyrl"}))) == [
        ("St Petersburg", "en"), ("St. Petersburg", "en"), ("Leningrad", "en"), ("Санкт-Петербург", "und-cyrl"),
    ]  # fmt: skip


def test_counts_of_a_complete_import(shared: Path) -> None:
    expected = {"reign": (shared / "data" / "reign", 2514)}
    for name, (raw, claims) in expected.items():
        found = gather(registry.importer(name)(raw, registry.source(name)))
        assert len(found.claims) == claims
