"""Whom ICEWS names: countries, somebody of a sort in a country ("Police (Russia)"), and who has a name."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

from graph.sources.cast import Cast, Meant
from graph.when import Day

_BRACKETS: Final = re.compile(r"(?P<sort>.+?)\s*\((?P<whole>[^()]+)\)+")
# Names of ICEWS for countries that go by another one here.
_COUNTRIES: Final = {
    "Palestinian Territory, Occupied": "Palestine",
    "Occupied Palestinian Territory": "Palestine",
    "Vatican City State": "Holy See",
    "the former Yugoslav Republic of Macedonia": "North Macedonia",
    "Moldova, Republic of": "Moldova",
    "Virgin Islands, U.S.": "United States Virgin Islands",
    "Virgin Islands, British": "British Virgin Islands",
}


@functools.cache
def organs() -> frozenset[str]:
    """The sorts of actor that are organs of their state."""
    text = (Path(__file__).parent / "organs.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def actor(text: str, cast: Cast, day: Day, article: str, country: str = "") -> Meant:
    """Whom a name of ICEWS means; `country` is the English name of the actor's country where it is told.

    A name is taken for an entity of the graph only when it is surely its own; else it stands for an
    entity of the layer's own, tied to the country in its brackets.
    """
    return cast.held.get(text) or cast.hold(text, _decide(text, cast, day, article, country))


def nation(text: str, cast: Cast) -> Meant | None:
    """The country or territory of a name of ICEWS."""
    return cast.country(text) or cast.country(_COUNTRIES.get(text, ""))


def _decide(text: str, cast: Cast, day: Day, article: str, country: str) -> Meant:
    found = nation(text, cast)
    if found is not None and found.kind == "Country":
        return found
    home = nation(country, cast) if country else None
    sure = cast.ask(text, "Actor", home.id if home else "", day)
    if sure is not None:
        return sure
    if found is not None:
        return _territory(text, found, cast, article)
    brackets = _BRACKETS.fullmatch(text)
    if brackets is not None:
        whole = nation(brackets["whole"], cast) or cast.ask(brackets["whole"], "Actor", "", day)
        return _of_a_sort(text, brackets["sort"], whole, cast, article)
    meant = cast.own(text, "Actor")
    if home is not None and home.kind == "Country":
        cast.say(meant.id, ((meant.id, "affiliatedWith", home.id, "", ""),), article, text)
    return meant


def _of_a_sort(text: str, sort: str, whole: Meant | None, cast: Cast, article: str) -> Meant:
    """Anybody of a sort: an organ of its state, or affiliated with the country or body in brackets."""
    meant = cast.own(text, "Organization")
    if whole is not None and whole.kind not in ("Territory", "Person"):
        relation = "organOf" if sort in organs() and whole.kind == "Country" else "affiliatedWith"
        cast.say(meant.id, ((meant.id, relation, whole.id, "", ""),), article, text)
    return meant


def _territory(text: str, place: Meant, cast: Cast, article: str) -> Meant:
    """Who acts under a territory's name: a place cannot act, its authorities and people can."""
    meant = cast.own(text, "Organization")
    cast.say(meant.id, ((meant.id, "headquarteredIn", place.id, "", ""),), article, text)
    return meant
