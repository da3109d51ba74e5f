"""Which office a leader held: from the title a source gives, or from the constitution of the time."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph import yaml_file
from graph.claim import Entity
from graph.sources.countries import countries
from graph.sources.leaders.term import Term

OFFICES: Final = Path(__file__).parent / "offices.yaml"
ROLES: Final = {
    "state": ("headOfStateOf",),
    "government": ("headOfGovernmentOf",),
    "both": ("headOfStateOf", "headOfGovernmentOf"),
    "leads": ("leads",),
}
# Titles, as a pattern, and the office they are; the first that fits is taken.
_TITLES: Final = (
    (r"^(?:executive |interim |acting |transition(?:al)? )?president(?: of the (?:republic|swiss confederation))?$",
     "President"),
    (r"^(?:interim |acting |caretaker |transition(?:al)? )?prime minister$", "Prime Minister"),
    (r"taoiseach|^president of the government(?: of spain)?$|^crown prince and prime minister$", "Prime Minister"),
    (r"^prime minister and|^cnsp prime minister$|^gnu interim prime minister$", "Prime Minister"),
    (r"^(?:king|queen)(?: sultan)?$", "Monarch"),
    (r"^king and prime minister$", "Monarch"),
    (r"^(?:acting )?premier$", "Premier"),
    (r"^chancellor$", "Chancellor"),
    (r"^emperor$", "Emperor"),
    (r"^amir$", "Emir"),
    (r"^sultan(?: and prime minister)?$", "Sultan"),
    (r"^grand duke$", "Grand Duke"),
    (r"^prince$", "Prince"),
    (r"^pope$", "Pope"),
    (r"^supreme leader$", "Supreme Leader"),
)  # fmt: skip
# Countries whose name takes an article: President of the United States.
_ARTICLE: Final = re.compile(
    r"^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Marshall|Solomon|Central African|"
    r"Dominican R|Democratic R|Republic of|Czech R)"
)


def office(term: Term, country: str) -> Entity | None:
    """The office that a title names, like the president of Armenia; None when it is none of the usual ones."""
    title = term.title.strip().lower()
    name = next((name for pattern, name in _TITLES if re.search(pattern, title)), None)
    if name is None:
        return None
    place = countries()[country].name
    if name == "Premier" and country not in ("china", "taiwan"):
        name = "Prime Minister"
    full = f"{name.lower()} of {'the ' if _ARTICLE.match(place) else ''}{place}"
    return Entity(f"{name.lower().replace(' ', '-')}-of-{country}", "Office", ((full, "en"),))


def roles(term: Term) -> tuple[str, ...]:
    """The predicates for a leader whom a list gives without an office: see offices.yaml."""
    code = term.person.split("-")[1].upper()
    rules = _table().get(code, {"": "leads"})
    names = {str(key): value for key, value in rules.items()}
    if term.name in names:
        return ROLES[names[term.name]]
    dated = sorted((key, value) for key, value in names.items() if key[:4].isdigit())
    found = names.get("", "leads")
    for day, value in dated:
        if when_.day(day) <= term.begin:
            found = value
    return ROLES[found]


@functools.cache
def _table() -> Mapping[str, Mapping[Any, str]]:
    found: Mapping[str, Mapping[Any, str]] = yaml_file.read(OFFICES)
    return found
