"""Whom a CAMEO actor code means: a country, somebody whose name is known, or a group by its code."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph import yaml_file
from graph.sources.cast import Cast, Meant, spelled
from graph.sources.countries import Country, by_code, countries
from graph.when import Day

TABLE: Final = Path(__file__).parent / "actors.yaml"


class Coded(NamedTuple):
    """The ten fields of one actor, as they stand in a row."""

    code: str
    name: str
    country: str
    group: str
    ethnic: str
    faith: str
    second_faith: str
    type: str
    second_type: str
    third_type: str


@dataclass(frozen=True, slots=True)
class Codes:
    """What the parts of a code stand for."""

    state: frozenset[str]
    groups: Mapping[str, str]
    faiths: Mapping[str, str]
    regions: Mapping[str, str]
    countries: Mapping[str, str]


@functools.cache
def codes() -> Codes:
    """The table beside this file."""
    raw: dict[str, Any] = yaml_file.read(TABLE)
    return Codes(**(raw | {"state": frozenset(raw["state"])}))


def actor(coded: Coded, cast: Cast, day: Day, article: str) -> Meant | None:
    """Whom the fields of an actor mean; None when they are empty.

    Without a group in its code it is the country; a name is taken for an entity of the graph only when
    it is surely its own; anybody else is an entity of the layer's own, by the code.
    """
    if not coded.code and not coded.name:
        return None
    nation = _country(coded.country)
    home = cast.nation(nation, "a country by its code") if nation else None
    if coded.code == coded.country and home is not None and home.kind == "Country":
        return home
    sure = _sure(coded, cast, day, home)
    if sure is not None:
        return sure
    key = f"{coded.code} {coded.name if coded.group or not coded.code else ''}".strip()
    return cast.held.get(key) or cast.hold(key, _own(key, coded, home, cast, article))


def _sure(coded: Coded, cast: Cast, day: Day, home: Meant | None) -> Meant | None:
    """The person or body of the graph that the actor's name is, asked once a name and country."""
    text = f"{coded.name} ({coded.country})"
    if text in cast.held:
        found = cast.held[text]
    else:
        asked = cast.ask(spelled(coded.name), "Actor", home.id if home else "", day) if coded.name else None
        known = asked is not None and asked.kind not in ("Country", "Source")
        # Also that nobody is meant is decided once: asking costs more than reading the row.
        found = cast.hold(text, asked if asked is not None and known else Meant("", "", "nobody surely goes by it"))
    return found if found.id else None


@functools.cache
def _country(code: str) -> Country | None:
    """The country or territory of a CAMEO country code, which is ISO's but for a few."""
    return by_code("iso").get(code) or countries().get(codes().countries.get(code, ""))


def _own(key: str, coded: Coded, home: Meant | None, cast: Cast, article: str) -> Meant:
    """An entity by its code, an organ of its country or affiliated with it."""
    meant = cast.own(key, "Organization", name=called(coded))
    if home is not None:
        whole = home.kind == "Country"
        organ = {coded.type, coded.second_type, coded.third_type} & codes().state
        relation = ("organOf" if organ else "affiliatedWith") if whole else "headquarteredIn"
        cast.say(meant.id, ((meant.id, relation, home.id, "", ""),), article, coded.code)
    return meant


def called(coded: Coded) -> str:
    """A name made of what the code says: "Government, Military (Russia)"; the row's own name for a known group."""
    known = codes()
    types = [known.groups.get(t, t) for t in (coded.type, coded.second_type, coded.third_type) if t]
    faith = known.faiths.get(coded.second_faith or coded.faith, coded.second_faith or coded.faith)
    ethnic = f"ethnic group {coded.ethnic.upper()}" if coded.ethnic else ""
    parts = [*types, *filter(None, (faith, ethnic))]
    if coded.group or not coded.code:
        parts = [coded.name.title(), *parts]
    home = _country(coded.country)
    place = home.name if home else known.regions.get(coded.country, coded.country)
    if not parts:
        return place or coded.code
    text = f"{', '.join(parts)} ({place})" if place else ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}"
