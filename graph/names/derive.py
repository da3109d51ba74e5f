"""The table of names, derived from the claims of a store and written as one SQLite file."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph import when as when_
from graph import whole
from graph.claim import Entity
from graph.errors import DiskError
from graph.names import gazetteer, keys
from graph.sources import cldr
from graph.store import Store

if TYPE_CHECKING:
    import sqlite3

_TABLES: Final = """
CREATE TABLE entity(id TEXT PRIMARY KEY, kind TEXT, name TEXT, weight REAL, country TEXT, begin INT, last INT)
  WITHOUT ROWID;
CREATE TABLE name(key TEXT, entity TEXT, form TEXT, text TEXT, PRIMARY KEY(key, entity, form)) WITHOUT ROWID;
CREATE TABLE sound(key TEXT, entity TEXT, text TEXT, PRIMARY KEY(key, entity, text)) WITHOUT ROWID;
CREATE TABLE word(word TEXT, entity TEXT, PRIMARY KEY(word, entity)) WITHOUT ROWID;
CREATE TABLE holder(country TEXT, title TEXT, person TEXT, time TEXT, confirmed TEXT, claim TEXT,
  PRIMARY KEY(country, title, person, time, claim)) WITHOUT ROWID;
CREATE INDEX holds ON holder(person);
CREATE TABLE organ(country TEXT, entity TEXT, PRIMARY KEY(country, entity)) WITHOUT ROWID;
CREATE INDEX names ON name(entity);
CREATE TABLE region(key TEXT, code TEXT, country TEXT, PRIMARY KEY(key, code)) WITHOUT ROWID;
CREATE TABLE namesake(key TEXT, entity TEXT, country TEXT, region TEXT, people INT);
CREATE INDEX namesakes ON namesake(key);
"""
_FAMILY_FIRST: Final = frozenset(
    {"china", "hong-kong", "macau", "taiwan", "north-korea", "south-korea", "vietnam", "cambodia", "singapore"}
)
_PARTICLES: Final = frozenset(
    {"al", "el", "bin", "bint", "ibn", "ben", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos"}
    | {"du", "la", "le", "ter", "van", "von", "zu", "ould", "st", "san"}
)
_SPOKEN_CODES: Final = frozenset({"US", "USA", "UK", "UAE", "DRC", "CAR", "PRC", "ROC", "ROK", "PNG"})
_HEADS: Final = {
    "headOfStateOf": "head of state",
    "headOfGovernmentOf": "head of government",
    "leads": "leader",
}

# English news names the states of three federations as often as great cities, other regions as rarely as towns.
_GREAT_REGIONS: Final = ("US", "CA", "AU")
REGION_PEOPLE: Final = (1_000_000, 30_000)

Row = tuple[str, str, str]


def write(store: Store, path: Path) -> None:
    """Derive the table from the claims and move it into place whole."""
    import sqlite3

    try:
        with whole.replaced(path, lasting=False) as out, contextlib.closing(sqlite3.connect(out.name)) as table:
            table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
            _fill(table, store)
            table.commit()
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error


def extend(path: Path, target: Path, entities: Iterable[Entity]) -> None:
    """A copy of a table with the names of further entities, moved into place whole."""
    import sqlite3

    try:
        with whole.replaced(target, lasting=False) as out:
            shutil.copyfile(path, out.name)
            with contextlib.closing(sqlite3.connect(out.name)) as table:
                table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
                for entity in entities:
                    texts = [text for text, _ in (*entity.names, *entity.aliases)]
                    row = (entity.id, entity.kind, entity.name, 0.0, "", None, None)
                    table.execute("INSERT OR IGNORE INTO entity VALUES(?,?,?,?,?,?,?)", row)
                    named = [(keys.key(t), entity.id, "alias" if i else "name", t) for i, t in enumerate(texts)]
                    table.executemany("INSERT OR IGNORE INTO name VALUES(?,?,?,?)", (n for n in named if n[0]))
                    words = {(word, entity.id) for text in texts for word in keys.stems(text)}
                    table.executemany("INSERT OR IGNORE INTO word VALUES(?,?)", sorted(words))
                table.commit()
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(target)) from error


def _fill(table: sqlite3.Connection, store: Store) -> None:
    kinds, labels, aliases, exonyms = _labels(store)
    relations = _relations(store)
    country = _countries(kinds, relations)
    weight = _weights(store, kinds, relations)
    spans = {s: when_.parse(w) for s, _, w in relations["happened"] if w}
    rows = [
        (i, k, labels[i], weight[i], country.get(i, ""), *((d.begin_earliest, d.end_latest) if d else (None, None)))
        for i, k in kinds.items()
        for d in (spans.get(i),)
    ]
    table.executemany("INSERT INTO entity VALUES(?,?,?,?,?,?,?)", rows)
    names = {
        (keys.key(text), entity, form): text
        for entity, form, text in _names(store, kinds, labels, aliases, relations, country)
    }
    names |= {(keys.key(typed), entity, "exonym"): text for entity, text, typed in _exonyms(exonyms)}
    filled = ((k, e, f, t) for (k, e, f), t in sorted(names.items()) if k)
    table.executemany("INSERT OR IGNORE INTO name VALUES(?,?,?,?)", filled)
    table.executemany("INSERT OR IGNORE INTO sound VALUES(?,?,?)", _sounds(names))
    words = {
        (w, e)
        for e, k in kinds.items()
        for text in (labels[e], *aliases.get(e, ()))
        if not _is_code(text)
        for w in keys.stems(text)
    }
    words |= {(w, article) for article, title in _articles(store) for w in keys.stems(title)}
    table.executemany("INSERT INTO word VALUES(?,?)", sorted(words))
    table.executemany("INSERT OR IGNORE INTO holder VALUES(?,?,?,?,?,?)", _holders(store, labels, aliases, relations))
    organs = {(whole, part) for part, whole, _ in relations["organOf"] if kinds.get(whole) in ("Country", "Territory")}
    table.executemany("INSERT INTO organ VALUES(?,?)", sorted(organs))
    _fill_places(table, store)


def _fill_places(table: sqlite3.Connection, store: Store) -> None:
    """Regions, and every place of a name that more than one place has."""
    coded = "SELECT text, entity FROM name NATURAL JOIN (SELECT id AS entity, kind FROM entity) WHERE form='code'"
    countries: dict[str, str] = dict(table.execute(f"{coded} AND kind IN ('Country','Territory')"))
    regions = sorted({(k, code, countries[code[:2]]) for k, code in gazetteer.regions() if k and code[:2] in countries})
    table.executemany("INSERT INTO region VALUES(?,?,?)", regions)
    ours = {row["i"]: row["e"] for row in store.select("SELECT ?e ?i WHERE { ?e schema:sameAs ?i }")}
    named = "SELECT key, entity FROM name WHERE form IN ('name','alias')"
    held: dict[str, set[str]] = defaultdict(set)
    for key, entity in table.execute(named):
        held[key].add(entity)
    placed: dict[str, set[tuple[str, str, str, int]]] = defaultdict(set)
    for town in gazetteer.towns():
        entity = ours.get(f"https://sws.geonames.org/{town.number}/", "")
        for key in {town.key} | ({k for k in held if entity in held[k]} if entity and town.key not in held else set()):
            if key in held and town.country in countries:
                placed[key].add((entity, countries[town.country], town.region, town.people))
    for key, code, country in regions:
        # ISO 3166-2 lists some territories as regions too, and some countries have a region of their own name.
        itself = {country, countries.get(code[3:], "")} & held.get(key, set())
        if key in held and not itself:
            placed[key].add(("", country, code, REGION_PEOPLE[code[:2] not in _GREAT_REGIONS]))
    homes = {(key, country) for key, places in placed.items() for entity, country, _, _ in places if entity}
    rows = [
        (key, *place)
        for key, places in sorted(placed.items())
        if any(not place[0] for place in places) or len(places) > 1 or any(place[2] for place in places)
        for place in sorted(places)
        if place[0] or place[3] not in REGION_PEOPLE or (key, place[1]) not in homes  # a city gives its region its name
    ]
    table.executemany("INSERT INTO namesake VALUES(?,?,?,?,?)", rows)


_NEEDED: Final = (
    *("headOfStateOf", "headOfGovernmentOf", "leads", "holdsOffice", "officeOf", "citizenOf", "organOf", "locatedIn"),
    *("affiliatedWith", "capitalOf", "demonym", "isoCode", "officialName", "population", "happened", "tookPlaceIn"),
)


def _labels(store: Store) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]], dict[str, set[str]]]:
    """Kind, preferred English name and other names of every entity but articles.

    Those of cities in other languages are apart, last: who asks for one of them finds the city, but in
    English text "Roma" and "Genf" are not looked for.
    """
    rows = store.select("SELECT ?e ?k WHERE { ?e a ?k . FILTER(STRSTARTS(STR(?e), STR(e:))) }")
    found = {row["e"]: row["k"] for row in rows if row["k"] in store.model.kinds}
    kinds = {e: found[e] for e in sorted(found) if found[e] != "Article"}
    labels: dict[str, str] = {}
    aliases: dict[str, set[str]] = defaultdict(set)
    exonyms: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?e ?p ?n (LANG(?n) AS ?l) WHERE { VALUES ?p { skos:prefLabel skos:altLabel } ?e ?p ?n } ORDER BY ?n"
    for row in store.select(query):
        entity, text = row["e"], row["n"]
        preferred = row["p"].endswith("prefLabel")
        if preferred and (row.get("l") in ("en", "") or entity not in labels):
            if entity in labels:
                aliases[entity].add(labels[entity])
            labels[entity] = text
        elif kinds.get(entity) == "City" and row.get("l", "") not in ("en", ""):
            exonyms[entity].add(text)
        else:
            aliases[entity].add(text)
    return {e: k for e, k in kinds.items() if e in labels}, labels, aliases, exonyms


def _relations(store: Store) -> dict[str, list[Row]]:
    """Subject, object and time (of events only) of the standing claims of each predicate, accepted ones first."""
    gone = {row["c"] for row in store.select("SELECT ?c WHERE { ?c prov:invalidatedAtTime ?gone }")}
    contested = {row["c"] for row in store.select("SELECT ?c WHERE { ?c w:status w:contested }")}
    found: dict[str, list[Row]] = {}
    for predicate in _NEEDED:
        timed = "; w:when ?w" if predicate == "happened" else ""
        rows = store.select(
            f"SELECT ?c ?s ?o ?w WHERE {{ ?c rdf:predicate w:{predicate} ; rdf:subject ?s ; rdf:object ?o {timed} }}"
        )
        kept = {(r["c"] in contested, r["s"], r.get("w", ""), r["o"]) for r in rows if r["c"] not in gone}
        found[predicate] = [(subject, thing, time) for _, subject, time, thing in sorted(kept)]
    return found


def _articles(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.select("SELECT ?a ?n WHERE { ?a a w:Article ; skos:prefLabel ?n }"):
        yield row["a"], row["n"]


def _countries(kinds: dict[str, str], relations: dict[str, list[Row]]) -> dict[str, str]:
    """The country an entity belongs with, by the nearest relation that gives one."""
    offices = {office: whole for office, whole, _ in relations["officeOf"]}
    found: dict[str, str] = {}
    for predicate in (
        "headOfStateOf",
        "headOfGovernmentOf",
        "leads",
        "holdsOffice",
        "officeOf",
        "citizenOf",
        "organOf",
    ):
        for subject, thing, _ in relations[predicate]:
            found.setdefault(subject, offices.get(thing, thing))
    for predicate in ("locatedIn", "affiliatedWith", "tookPlaceIn"):
        for subject, thing, _ in relations[predicate]:
            place = thing if kinds.get(thing) == "Country" else found.get(thing)
            if place and kinds.get(place) == "Country":
                found.setdefault(subject, place)
    return found


def _weights(store: Store, kinds: dict[str, str], relations: dict[str, list[Row]]) -> Counter[str]:
    """How much is known of each: its claims, one more for 100,000 inhabitants, 40 for a capital."""
    weight: Counter[str] = Counter()
    for side in ("subject", "object"):
        query = f"SELECT ?e (COUNT(?c) AS ?n) WHERE {{ ?c rdf:{side} ?e . FILTER(isIRI(?e)) }} GROUP BY ?e"
        weight.update({row["e"]: int(row["n"]) for row in store.select(query)})
    for subject, people, _ in relations["population"]:
        if kinds.get(subject) == "City":
            weight[subject] += int(float(people)) // 100_000
    weight.update(dict.fromkeys({s for s, _, _ in relations["capitalOf"]}, 40))
    return weight


def _names(
    store: Store,
    kinds: dict[str, str],
    labels: dict[str, str],
    aliases: dict[str, set[str]],
    relations: dict[str, list[Row]],
    country: dict[str, str],
) -> Iterator[tuple[str, str, str]]:
    """Entity, form and text of every name there is."""
    for entity, kind in kinds.items():
        yield entity, "name", labels[entity]
        others = sorted(aliases.get(entity, ()))
        if kind in ("Country", "Territory"):
            # A code is matched in capitals only: "can" and "and" are words. Those people say stay names.
            others = [text for text in others if not _is_code(text) or text in _SPOKEN_CODES]
        if kind == "Person":
            # A surname listed as an alias would mean one bearer of it on every day: the day decides instead.
            others = [text for text in others if text not in set(surnames(labels[entity], country.get(entity, "")))]
        yield from ((entity, "alias", text) for text in others)
        for text in (labels[entity], *others):
            romanised = keys.roman(text)
            if not text.isascii() and romanised and not keys.is_abjad(text):
                yield entity, "romanised", romanised
            if kind == "Person":
                yield from ((entity, "surname", part) for part in surnames(text, country.get(entity, "")))
            elif store.model.is_a(kind, "Organization") and keys.initials(text):
                yield entity, "initials", keys.initials(text)
    for entity, kind in kinds.items():
        if kind in ("Country", "Territory"):
            yield from ((entity, "code", text) for text in sorted(aliases.get(entity, ())) if _is_code(text))
    for predicate, form in (("demonym", "demonym"), ("officialName", "official")):
        yield from ((s, form, text) for s, text, _ in relations[predicate] if s in kinds)
    yield from ((s, form, text) for s, form, text in _translations(relations["isoCode"]) if s in kinds)


def _exonyms(exonyms: dict[str, set[str]]) -> Iterator[Row]:
    """Entity and name in another language, as it is and in Latin letters."""
    for entity, texts in exonyms.items():
        for text in sorted(texts):
            yield entity, text, text
            if not text.isascii() and not keys.is_abjad(text):
                yield entity, text, keys.roman(text)


def _is_code(text: str) -> bool:
    return len(text) in (2, 3) and text.isascii() and text.isupper()


def surnames(text: str, country: str) -> Iterator[str]:
    """What of a person's name may stand for the person alone.

    >>> list(surnames("Ursula von der Leyen", ""))
    ['von der Leyen', 'Leyen']
    >>> list(surnames("Xi Jinping", "china"))
    ['Jinping', 'Xi']
    """
    words = text.replace(",", " ").split()
    while len(words) > 2 and words[-1].rstrip(".").upper() in ("JR", "SR", "II", "III", "IV"):
        words.pop()
    if len(words) < 2 or words[-2].lower() == "of":
        return  # a realm, as in "Guillaume of Luxembourg", is nobody's surname
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    if start < len(words) - 1:
        yield " ".join(words[start:])
    yield words[-1]
    if country in _FAMILY_FIRST:
        yield words[0]


def _translations(codes: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """ISO codes, the names of ISO 3166, and what the Unicode CLDR calls a country in other languages."""
    import pycountry

    for subject, code, _ in codes:
        yield subject, "code", code
        names = sorted({text for text, _ in cldr.countries(code)})
        yield from ((subject, "translation", text) for text in names)
        found = pycountry.countries.get(alpha_3=code)
        if found is None:
            continue
        yield subject, "code", found.alpha_2
        english = {getattr(found, a, "") for a in ("name", "common_name", "official_name")} - {""}
        yield from ((subject, "official", text) for text in sorted(english))


def _sounds(names: dict[tuple[str, str, str], str]) -> list[Row]:
    """Consonant keys of names and surnames, at least three sounds long."""
    found = set()
    for (_, entity, form), text in names.items():
        if form in ("name", "alias", "surname"):
            sound = keys.sound(text)
            if len(sound) >= (2 if form == "surname" else 3):
                found.add((f"-{sound}" if form == "surname" else sound, entity, text))
    return sorted(found)


def _holders(
    store: Store, labels: dict[str, str], aliases: dict[str, set[str]], relations: dict[str, list[Row]]
) -> list[tuple[str, str, str, str, str, str]]:
    """Who held which title of which country when, with the claim that says so."""
    offices = {office: whole for office, whole, _ in relations["officeOf"]}
    found = []
    for row in store.select(
        "SELECT ?c ?p ?s ?o ?w ?seen ?gone WHERE {"
        " VALUES ?p { w:headOfStateOf w:headOfGovernmentOf w:leads w:holdsOffice }"
        " ?c rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ."
        " OPTIONAL { ?c w:when ?w } OPTIONAL { ?c w:lastConfirmed ?seen }"
        " OPTIONAL { ?c prov:invalidatedAtTime ?gone } }"
    ):
        if "gone" in row:
            continue
        person, thing, rest = row["s"], row["o"], (row.get("w", ""), row.get("seen", ""), row["c"])
        if row["p"] in _HEADS:
            found.append((thing, _HEADS[row["p"]], person, *rest))
        elif thing in offices:
            whole = offices[thing]
            spoken = {keys.key(text) for text in (labels.get(thing, ""), *aliases.get(thing, ()))}
            called = {keys.key(text) for text in (labels.get(whole, ""), *aliases.get(whole, ()))}
            found += [(whole, title, person, *rest) for title in _titles(spoken, called)]
    return sorted(set(found))


def _titles(spoken: set[str], called: set[str]) -> set[str]:
    """The title without its country: "president of russia" gives "president"."""
    found = set()
    for text in spoken:
        short = next((text.removesuffix(f" of {c}") for c in called if text.endswith(f" of {c}")), text)
        found.add(short.removesuffix(" of"))
    return found - {""}
