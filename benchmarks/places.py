"""How well places named in running text are found: spans and coordinates against annotated local news.

Run: python -m benchmarks.places ../shared/data/places/lgl.dev.xml [data/triples]

A mention of a city counts as right when its annotated place lies within 161 km (100 miles), the usual
measure of geoparsing; a country when the annotation is that country.  Recall is over annotated places
that the graph has at all (a city within 161 km of the same name, or the country).
"""

from __future__ import annotations

import math
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.names import Names, keys
from graph.store import Store
from graph.when import day

NEAR_KM: Final = 161.0
_EARTH_KM: Final = 6371.0


@dataclass(frozen=True)
class Place:
    """An annotated place: its span, how it is written and where it is."""

    start: int
    end: int
    phrase: str
    point: tuple[float, float] | None
    country: str
    code: str


def main() -> None:
    """Print what was found, what was right and the commonest mistakes."""
    store = Store.open(Path(sys.argv[2] if len(sys.argv) > 2 else "data/triples"))
    names, points = Names.open(store), _points(store)
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for text, on, places in articles(Path(sys.argv[1])):
        gold = {place.start: place for place in places}
        found = {m.start: m for m in names.mentions(text, on) if m.match.kind in ("City", "Country", "Territory")}
        for start, mention in found.items():
            place = gold.get(start)
            counts["found"] += 1
            if place is None:
                counts["not annotated"] += 1
                wrong[f"{text[mention.start : mention.end]}: no place"] += 1
            elif _right(mention.id, mention.match.kind, mention.match.name, place, points):
                counts["right"] += 1
            else:
                counts["elsewhere"] += 1
                wrong[f"{place.phrase}: {mention.id}, not {place.country}"] += 1
        for place in places:
            if _known(place, names, points):
                counts["known"] += 1
                counts["known and right"] += place.start in found and _right(
                    found[place.start].id, found[place.start].match.kind, found[place.start].match.name, place, points
                )
    for name, count in counts.items():
        print(f"{name:20} {count:6}")
    print(f"precision {counts['right'] / counts['found']:.3f}")
    print(f"precision of those annotated {counts['right'] / (counts['right'] + counts['elsewhere']):.3f}")
    print(f"recall of known places {counts['known and right'] / counts['known']:.3f}")
    for name, count in wrong.most_common(25):
        print(f"  {count:4} {name}")


def articles(path: Path) -> Iterator[tuple[str, int | None, list[Place]]]:
    """Text, day and places of each article of a file in the LGL format."""
    whole = path.read_text(encoding="utf-8")
    end = "</articles>" * (whole.count("<articles>") - whole.count("</articles>"))  # a part of a corpus may lack it
    for article in ET.fromstring(whole + end).iter("article"):
        text, time = article.findtext("text") or "", article.findtext("dltime") or ""
        yield text, day(time[:10]) if time else None, [_place(t) for t in article.iter("toponym")]


def _place(toponym: ET.Element) -> Place:
    lat, lon = toponym.findtext(".//lat"), toponym.findtext(".//lon")
    point = (float(lat), float(lon)) if lat and lon else None
    country = toponym.findtext(".//country") or ""
    start, end = (int(toponym.findtext(name) or 0) for name in ("start", "end"))
    return Place(start, end, toponym.findtext("phrase") or "", point, country, toponym.findtext(".//fcode") or "")


def _points(store: Store) -> dict[str, tuple[float, float]]:
    rows = store.select("SELECT ?e ?v WHERE { ?c rdf:subject ?e ; rdf:predicate w:coordinates ; rdf:object ?v }")
    found = {}
    for row in rows:
        lon, lat = row["v"].removeprefix("POINT(").removesuffix(")").split()
        found[row["e"]] = (float(lat), float(lon))
    return found


def _right(entity: str, kind: str, name: str, place: Place, points: dict[str, tuple[float, float]]) -> bool:
    if kind != "City":
        return keys.key(name) == keys.key(place.country) and not place.code.startswith("PPL")
    there = points.get(entity)
    return there is not None and place.point is not None and km(there, place.point) <= NEAR_KM


def _known(place: Place, names: Names, points: dict[str, tuple[float, float]]) -> bool:
    for entity, form, _ in names.table.keyed(keys.key(place.phrase)):
        found = names.table.entity(entity)
        placed = form != "surname" and found is not None and found.kind in ("City", "Country", "Territory")
        if placed and found and _right(entity, found.kind, found.name, place, points):
            return True
    return False


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) in degrees, by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


if __name__ == "__main__":
    main()
