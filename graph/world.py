"""The world layer: countries, borders, cities, listed memberships and leaders, written as Turtle files.

The Turtle files are the truth; this makes them again from the raw material, byte for byte.

    python -m graph.world ../shared data/triples
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from graph import model, turtle
from graph.claim import Article, Claim, Entity
from graph.rdf import Bundle
from graph.sources import registry
from graph.sources.geonames.importer import package
from graph.sources.leaders.join import join
from graph.sources.leaders.term import Term, terms
from graph.sources.source import Gathered, Rejected, gather

CITIES: Final = {
    "AF": "cities-africa.ttl",
    "AN": "cities-oceania.ttl",
    "AS": "cities-asia.ttl",
    "EU": "cities-europe.ttl",
    "NA": "cities-north-america.ttl",
    "OC": "cities-oceania.ttl",
    "SA": "cities-south-america.ttl",
}
_MEMBERSHIPS: Final = ("listedMemberOf", "observerOf", "associateOf")


def write_world(shared: Path, out: Path) -> tuple[str, ...]:
    """Write every file of the layer into `out`; returns a line for each record refused or doubt left.

    `shared` is the folder with `data/factbook`, `data/factbook-history` and `data/reign`.
    """
    rules = model.load()
    read = {name: _read(name, raw) for name, raw in raw_folders(shared).items()}
    files, doubts = world(read)
    for name, bundle in files.items():
        turtle.write(bundle, out / name, rules)
    return (*(_line(r) for found in read.values() for r in found.rejected), *doubts)


def _line(rejected: Rejected) -> str:
    return f"{rejected.where}: {rejected.reason}: {rejected.text[:120]}"


def raw_folders(shared: Path) -> Mapping[str, Path]:
    """Where each importer of the layer finds its files."""
    data = shared / "data"
    return {
        "factbook": data / "factbook",
        "factbook_history": data / "factbook-history",
        "geonames": package(),
        "reign": data / "reign",
    }


def _read(name: str, raw: Path) -> Gathered:
    return gather(registry.importer(name)(raw, registry.source(name)))


def world(read: Mapping[str, Gathered]) -> tuple[Mapping[str, Bundle], tuple[str, ...]]:
    """The files of the layer by name, from what each importer found, and what was left in doubt."""
    book, atlas = read["factbook"], read["geonames"]
    things = {e.id: e for e in (*book.entities, *atlas.entities)}  # of a city in both, the atlas has the name
    articles = {a.id: a for a in (*book.articles, *atlas.articles)}
    pick = _Picker(things, articles)
    located = {c.subject for c in book.claims if c.predicate == "coordinates"}
    atlas_cities = {e.id for e in atlas.entities if e.kind == "City"}
    files = {
        "borders.ttl": pick.file(c for c in book.claims if c.predicate == "borders"),
        "countries.ttl": pick.file(_countries(book.claims, atlas, atlas_cities), but=atlas_cities, kinds=_PLACES),
        "listed-memberships.ttl": pick.file(
            (c for c in book.claims if c.predicate in _MEMBERSHIPS), kinds=("Organization",)
        ),
    }
    for name in sorted(set(CITIES.values())):
        kept = (c for c in _cities(atlas, name) if c.predicate != "coordinates" or c.subject not in located)
        files[name] = pick.file(kept, kinds=("City",))
    files["leaders.ttl"], doubts = leaders(read)
    return files, doubts


def leaders(read: Mapping[str, Gathered]) -> tuple[Bundle, tuple[str, ...]]:
    """Who held which office when, joined from the Factbook, its history and REIGN; and what is in doubt."""
    names = ("factbook", "factbook_history", "reign")
    articles = {a.id: a for name in names for a in read[name].articles}
    book = (*_terms(read["factbook"]), *_terms(read["factbook_history"]))
    ordered = sorted(book, key=lambda t: (t.country, t.role, t.first, t.begin, t.person))
    joined = join(ordered, _terms(read["reign"]), recorded=registry.source("reign").retrieved)
    cited = sorted({articles[s.article] for c in joined.claims for s in c.citations})
    publishers = {e.id: e for name in names for e in read[name].entities if e.kind == "Source"}
    return Bundle((*joined.entities, *publishers.values()), tuple(cited), joined.claims), joined.report


def _terms(found: Gathered) -> tuple[Term, ...]:
    return tuple(terms(found.claims, {e.id: e.name for e in found.entities}, {a.id: a for a in found.articles}))


_PLACES: Final = ("Country", "Territory", "Region", "City")


def _countries(claims: Iterable[Claim], atlas: Gathered, cities: set[str]) -> Iterator[Claim]:
    """What is said of countries and territories, and of their capitals; a city's country is in its own file."""
    kept = ("officialName", "demonym", "capitalOf", "coordinates", "administers", "independence")
    yield from (c for c in claims if c.predicate in kept)
    yield from (c for c in claims if c.predicate == "locatedIn" and c.subject not in cities)
    yield from (c for c in atlas.claims if c.predicate == "isoCode")


def _cities(atlas: Gathered, name: str) -> Iterator[Claim]:
    """The claims about cities whose country lies on the continent of a file."""
    country = {c.subject: c.value for c in atlas.claims if c.predicate == "locatedIn"}
    continents = _continents()
    for claim in atlas.claims:
        if claim.subject in country and CITIES[continents[country[claim.subject]]] == name:
            yield claim


def _continents() -> Mapping[str, str]:
    """The continent code of each country, as GeoNames cuts the world."""
    import json

    from graph.sources.countries import by_code

    raw = json.loads((package() / "countries.json").read_text(encoding="utf-8"))
    known = by_code("iso")
    return {known[c["iso3"]].id: c["continentcode"] for c in raw.values() if c["iso3"] in known}


class _Picker:
    """Cuts files out of everything known: claims, what they cite, and the things that belong with them."""

    def __init__(self, things: Mapping[str, Entity], articles: Mapping[str, Article]) -> None:
        self.things, self.articles, self.rules = things, articles, model.load()

    def file(self, claims: Iterable[Claim], *, kinds: tuple[str, ...] = (), but: Iterable[str] = ()) -> Bundle:
        """A file of these claims; of the things they name, those of `kinds` are declared in it, `but` some."""
        kept = tuple(claims)
        named = {c.subject for c in kept} | {c.object for c in kept if isinstance(c.object, str)}
        articles = {self.articles[s.article] for c in kept for s in c.citations}
        declared = {a.publisher for a in articles}
        declared |= {n for n in named - set(but) if n in self.things and self._is(self.things[n], kinds)}
        return Bundle(tuple(self.things[d] for d in sorted(declared)), tuple(sorted(articles)), kept)

    def _is(self, thing: Entity, kinds: tuple[str, ...]) -> bool:
        return any(self.rules.is_a(thing.kind, kind) for kind in kinds)


def main(arguments: list[str], say: Callable[[str], object] = print) -> int:
    """Write the layer: two arguments, the shared folder and the folder of Turtle files."""
    if len(arguments) != 2:
        say("usage: python -m graph.world SHARED_FOLDER data/triples")
        return 2
    shared, out = map(Path, arguments)
    for line in write_world(shared, out):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
