"""What a Factbook profile says of a place: names, capital, region, borders, who administers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.claim import QUOTE_WORDS, Article, Claim, Entity, Literal, slug
from graph.sources.countries import Country, by_name
from graph.sources.factbook import text as text_
from graph.sources.factbook.independence import independence
from graph.sources.source import Item, Record, cite

NAME: Final = "Government: Country name: "
CAPITAL: Final = "Government: Capital: "
REGIONS: Final = frozenset(
    (
        "Africa", "Antarctic Region", "Arctic Region", "Asia", "Caribbean", "Central Africa",
        "Central America", "Central America and the Caribbean", "Central Asia", "Central Europe",
        "Eastern Africa", "Eastern Asia", "Eastern Europe", "Europe", "Middle East", "North America",
        "North Asia", "Northern Africa", "Northern Europe", "Oceania", "South America", "Southeast Asia",
        "Southeastern Asia", "Southeastern Europe", "Southern Africa", "Southern Asia", "Southern Europe",
        "Southwestern Asia", "Southwestern Europe", "Western Africa", "Western Europe",
    )
)  # fmt: skip
# Where the Factbook's name of a capital is not the one cities go by here.
CITIES: Final = {
    "Agana": "Hagåtña", "Hagatna": "Hagåtña", "Lome": "Lomé", "Noumea": "Nouméa", "Rangoon": "Yangon",
    "Reykjavik": "Reykjavík", "Sao Tome": "São Tomé", "Torshavn": "Tórshavn", "Yaounde": "Yaoundé",
    "Nay Pyi Taw is the administrative capital": "Naypyidaw",
}  # fmt: skip
_NONE: Final = ("", "none", "NA")
_KM: Final = re.compile(r"(?P<name>[A-Z].*?) (?P<km>\d[\d,]*(?:\.\d+)?) ?km\b")
_COORDINATES: Final = re.compile(r"(\d{1,2}) ?(\d{1,2}) ?([NS]), ?(\d{1,3}) ?(\d{1,2}) ?([EW])")
_ADMINISTERS: Final = (
    (re.compile(r"\bof the UK\b|British crown dependency", re.I), "united-kingdom"),
    (re.compile(r"\b(?:of|possession of) France\b"), "france"),
    (re.compile(r"\bof the US\b"), "united-states"),
    (re.compile(r"\bof Norway\b"), "norway"),
    (re.compile(r"\bof Australia\b|Australia"), "australia"),
    (re.compile(r"\bterritory of New Zealand\b"), "new-zealand"),
    (re.compile(r"Kingdom of Denmark"), "denmark"),
    (re.compile(r"Kingdom of the Netherlands"), "netherlands"),
    (re.compile(r"People's Republic of China|administrative region of China"), "china"),
)
_FREE: Final = re.compile(r"in free association")


@dataclass(frozen=True, slots=True)
class Profile:
    """One country's file: the country, its record, its article, and when both were noted down."""

    country: Country
    record: Record
    article: Article
    confirmed: str
    recorded: str

    def says(self, subject: str, predicate: str, thing: str | Literal, where: str, **more: str) -> Claim:
        """A claim that the profile makes in one of its fields, true at the snapshot."""
        extra = tuple((key, Literal(value, "number" if key == "lengthKm" else "text")) for key, value in more.items())
        return Claim(
            subject,
            predicate,
            thing,
            cite(self.article, where),
            qualifiers=extra,
            confirmed=self.confirmed,
            recorded=self.recorded,
        )


def read(profile: Profile) -> Iterator[Item]:
    """Everything about the place itself, borders apart."""
    yield from _names(profile)
    yield from _regions(profile)
    yield from _capital(profile)
    yield from _administration(profile)
    yield from _independence(profile)


def _names(profile: Profile) -> Iterator[Item]:
    country, record = profile.country, profile.record
    short = [text_.plain(record.take(f"{NAME}{part} short form")) for part in ("conventional", "local")]
    short = [re.sub(r" \(.*", "", name) for name in short]
    aliases = {(name, "en" if i == 0 else "") for i, name in enumerate(short) if name not in (*_NONE, country.name)}
    known = {name for name, _ in country.entity.aliases}
    aliases = {(name, lang) for name, lang in aliases if name not in known and len(name) < 60}
    entity = country.entity
    yield Entity(entity.id, entity.kind, entity.names, tuple(sorted({*entity.aliases, *aliases})))
    official = text_.plain(record.take(f"{NAME}conventional long form")).split("; note")[0].split(" (prior to")[0]
    if official not in _NONE:
        yield profile.says(country.id, "officialName", Literal(official, "text", "en"), "Country name")
    for word in _demonyms(record):
        yield profile.says(country.id, "demonym", Literal(word, "text", "en"), "Nationality")


def _demonyms(record: Record) -> Iterator[str]:
    """The adjective and the noun for its people, each once."""
    noun = text_.plain(record.take("People and Society: Nationality: noun"))
    adjective = text_.plain(record.take("People and Society: Nationality: adjective"))
    words = []
    for text in (adjective, noun):
        for part in re.split(r",|;|/| or ", text.split("; note")[0]):
            word = re.sub(r"\(.*?\)|\(.*$", "", part).strip(" )")
            if word and word not in ("none", "NA") and word[0].isupper() and word not in words:
                words.append(word)
    yield from words


def _regions(profile: Profile) -> Iterator[Item]:
    """The regions the Factbook names: of its reference map, and at the head of the location.

    Where several parts are told apart, the first is the mother country; of several maps those count
    that the location names too.
    """
    maps, place = (
        re.sub(r"^.*?: ", "", text_.plain(profile.record.take(f"Geography: {field}").split("<br>")[0])).strip()
        for field in ("Map references", "Location")
    )
    head = re.split(r"[,;(]| bordering| between", place)[0].strip()
    heads = re.sub(r"^interior ", "", head).split(" and ")
    sheets = re.split(r"(?<=[a-z])(?=[A-Z])", maps)
    sheets = [m for m in sheets if len(sheets) == 1 or any(h.endswith(m) for h in heads)]
    for name in dict.fromkeys((*sheets, *heads)):
        if name in REGIONS:
            yield Entity(slug(name), "Region", ((name, "en"),))
            yield profile.says(profile.country.id, "locatedIn", slug(name), "Geography: Location, Map references")


def _capital(profile: Profile) -> Iterator[Item]:
    """Each capital as a city, the first with coordinates, further ones with the capacity they serve in."""
    record, country = profile.record, profile.country
    text = text_.plain(record.take(f"{CAPITAL}name")).split("; note")[0]
    where = _COORDINATES.search(text_.plain(record.take(f"{CAPITAL}geographic coordinates")))
    if not text or text.startswith(("no official", "administered from")) or not country.iso:
        return
    for index, part in enumerate(re.split(r"; |, (?=[A-Z][^,]*\()", text)):
        name = re.sub(r"^the |, D\.C\.$| in Romanian$", "", re.sub(r" ?[(;].*$", "", part).strip())
        name = CITIES.get(name, name)
        city = f"{slug(name)}-{country.iso2}"
        capacity = re.search(r"\(([^()]*(?:capital|seat of government)[^()]*)\)", part)
        yield Entity(city, "City", ((name, "en"),))
        more = {"capacity": capacity[1]} if capacity else {}
        yield profile.says(city, "capitalOf", country.id, "Capital", **more)
        yield profile.says(city, "locatedIn", country.id, "Capital")
        point = _point(where) if where and index == 0 else None
        if point:
            yield profile.says(city, "coordinates", Literal(point, "point"), "Capital: geographic coordinates")


def _point(found: re.Match[str]) -> str | None:
    """WKT of degrees and minutes, longitude first; None when the minutes are mistyped."""
    south, west = found[3] == "S", found[6] == "W"
    minutes = int(found[2]), int(found[5])
    if max(minutes) > 59:
        return None
    latitude, longitude = (int(d) + m / 60 for d, m in zip((found[1], found[4]), minutes, strict=True))
    return f"POINT({-longitude if west else longitude:.2f} {-latitude if south else latitude:.2f})"


def _administration(profile: Profile) -> Iterator[Item]:
    status = text_.plain(profile.record.take("Government: Dependency status"))
    if profile.country.kind != "Territory" or _FREE.search(status):
        return
    holder = next((country for pattern, country in _ADMINISTERS if pattern.search(status)), None)
    if holder:
        yield profile.says(holder, "administers", profile.country.id, "Dependency status")


def _independence(profile: Profile) -> Iterator[Item]:
    """Since when a state is independent; a territory's field says that it is not."""
    text = profile.record.take("Government: Independence")
    if profile.country.kind != "Country":
        return
    for date in independence(text):
        quote = date.words if len(date.words.split()) <= QUOTE_WORDS else ""
        yield Claim(
            profile.country.id,
            "independence",
            Literal(date.when, "date"),
            cite(profile.article, "Independence", quote=quote),
            date.when,
            recorded=profile.recorded,
        )


@dataclass(frozen=True, slots=True, order=True)
class Border:
    """One side's word on a border: both countries in order of id, and the length in km."""

    first: str
    second: str
    length_km: str


def borders(profile: Profile) -> Iterator[Border | str]:
    """The land borders a profile lists; a text names a neighbour that is no country or territory."""
    text = text_.plain(profile.record.take("Geography: Land boundaries: border countries"))
    for part in re.split(r";|, (?=[A-Z])|(?<=km) and ", re.sub(r"\((?:of|incl|20).*?\)", "", text)):
        found = _KM.search(part.strip())
        if not found:
            continue
        other = _neighbour(found["name"])
        if other is None:
            yield part.strip()
        else:
            first, second = sorted((profile.country.id, other))
            yield Border(first, second, found["km"].replace(",", ""))


def _neighbour(name: str) -> str | None:
    inside = re.search(r"\((.*)\)", name)
    bare = re.sub(r" ?\(.*", "", name).strip()
    for known in filter(None, (name, inside and inside[1], bare)):
        if known in by_name():
            return by_name()[known].id
    return None
