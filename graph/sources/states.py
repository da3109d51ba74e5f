"""Countries as conflict data write them: "DR Congo (Zaire)", "Government of Yemen (North Yemen)"."""

from __future__ import annotations

import re
from typing import Final

from graph.claim import Entity
from graph.sources.cast import Cast, Meant
from graph.sources.countries import by_name

_FORMER: Final = re.compile(r"(?P<name>.+?)\s*\((?P<former>[^()]+)\)")
_OTHERS: Final = {
    "Bosnia-Herzegovina": "Bosnia and Herzegovina",
    "DR Congo": "Democratic Republic of the Congo",
    "Kingdom of eSwatini": "Eswatini",
    "United States of America": "United States",
    "Republic of Ireland": "Ireland",
    "eSwatini": "Eswatini",
}
# What went by a country's name, in data of this kind, until and with the year of another state's end.
_BEFORE: Final = {
    "russia": ("soviet-union", "Soviet Union", 1923, 1991),
    "serbia": ("yugoslavia", "Yugoslavia", 1919, 2002),
    "yemen": ("north-yemen", "North Yemen", 1919, 1989),
    "vietnam": ("north-vietnam", "North Vietnam", 1954, 1975),
}
# States that are no more, by their own names.
_GONE: Final = {
    "Czechoslovakia": "czechoslovakia",
    "German Democratic Republic": "east-germany",
    "German Federal Republic": "west-germany",
    "Republic of Vietnam": "south-vietnam",
    "South Vietnam": "south-vietnam",
    "South Yemen": "south-yemen",
    "Yemen Arab Republic": "north-yemen",
    "Yemen People's Republic": "south-yemen",
    "Yugoslavia": "yugoslavia",
}


def state(text: str, cast: Cast, year: int = 9999) -> Meant | None:
    """The state of a name in a year, a former name in brackets left out; None for none that we have.

    >>> cast = Cast("x")
    >>> state("Russia (Soviet Union)", cast, 1979).id, state("Russia (Soviet Union)", cast, 2008).id
    ('soviet-union', 'russia')
    """
    if text in _GONE:
        return _former(_GONE[text], text, cast)
    for name in (text, _OTHERS.get(text, "")):
        if name in by_name():
            key, former, first, last = _BEFORE.get(by_name()[name].id, ("", "", 0, 0))
            return _former(key, former, cast) if first <= year <= last else cast.country(name)
    bracketed = _FORMER.fullmatch(text)
    return state(bracketed["name"], cast, year) if bracketed else None


def _former(key: str, name: str, cast: Cast) -> Meant:
    cast.waiting.append(Entity(key, "Country", ((name, "en"),)))
    return Meant(key, "Country", "a former state by its name")
