"""A value of Wikidata as one of ours: times with their precision and calendar, amounts with their unit.

The format is described in the Wikibase documentation, "JSON": years before Christ are counted without
a year 0 (-0044 is 44 BCE), and a day of the Julian calendar is written as that calendar has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from graph import when as when_
from graph.claim import Literal
from graph.errors import DateError, InputError
from graph.sources.text import clean, is_web_address

_TIME: Final = re.compile(r"([+-]\d{4,16})-(\d\d)-(\d\d)T00:00:00Z")
_JULIAN: Final = "Q1985786"
_DECADE, _YEAR, _MONTH, _DAY = 8, 9, 10, 11
_ID: Final = re.compile(r"[QP][1-9]\d*")
# The unit that an amount of ours is given in; every other amount is a plain count.
_UNITS: Final = {"areaKm2": "Q712226", "lengthKm": "Q828224"}


def time(value: Mapping[str, Any]) -> str:
    """The EDTF of a time value; DateError when it is coarser than a decade or no date."""
    match = _TIME.fullmatch(str(value.get("time", "")))
    if not match:
        raise DateError(f"not a time: {value.get('time')!r}", expected="+YYYY-MM-DDT00:00:00Z")
    year, month, day = (int(part) for part in match.groups())
    year += year < 0  # their year -1 is our year 0
    precision = value.get("precision")
    if precision == _DAY and str(value.get("calendarmodel", "")).endswith(_JULIAN):
        text = when_.iso(_julian_day(year, month, day))
    elif precision == _DAY:
        text = f"{_year(year)}-{month:02d}-{day:02d}"
    elif precision == _MONTH:
        text = f"{_year(year)}-{month:02d}"
    elif precision == _YEAR:
        text = _year(year)
    elif precision == _DECADE and year >= 0:
        text = f"{year:04d}"[:3] + "X"
    else:
        raise DateError(f"too coarse: {match[0]} with precision {precision}", expected="8 (decade) to 11 (day)")
    when_.parse(text)
    return text


def _year(year: int) -> str:
    sign = "-" if year < 0 else ""
    return f"{'Y' if abs(year) > 9999 else ''}{sign}{abs(year):04d}"


def _julian_day(year: int, month: int, day: int) -> int:
    """The day number of a day of the Julian calendar.

    Source: E. M. Reingold and N. Dershowitz, Calendrical Calculations, 4th ed., formula 3.3, with
    year 0 for 1 BCE.
    """
    lengths = (31, 28 + (year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= month <= 12 and 1 <= day <= lengths[month - 1]):
        raise DateError(f"no such day of the Julian calendar: {year}-{month:02d}-{day:02d}")
    before = year - 1
    leap = 0 if month <= 2 else (-1 if year % 4 == 0 else -2)
    return -2 + 365 * before + before // 4 + (367 * month - 362) // 12 + leap + day


def item_id(value: Any) -> str:
    """The id that an entity value names; InputError when it names none."""
    if isinstance(value, Mapping):
        found = value.get("id") or f"Q{value.get('numeric-id')}"
        if _ID.fullmatch(str(found)):
            return str(found)
    raise InputError(f"not an item: {value!r}")


def literal(value: Any, form: str, kind: str, predicate: str) -> Literal:
    """A value as a literal of one of our types; InputError when it cannot be one.

    `form` is Wikidata's type of the value, `kind` ours, `predicate` what it is a value of.
    """
    if kind == "date" and form == "date":
        return Literal(str(value), "date")
    if kind == "date" and form == "time":
        return Literal(time(value), "date")
    if kind in ("integer", "number") and form == "quantity":
        return Literal(_amount(value, predicate), kind)
    if kind == "point" and form == "globecoordinate":
        return _point(value)
    if form == "monolingualtext" and kind == "text":
        return Literal(clean(value["text"]), "text", str(value["language"]))
    if form == "string" and kind in ("text", "code", "url"):
        text = clean(str(value))
        return Literal(text, "text" if kind == "url" and not is_web_address(text) else kind)
    raise InputError(f"a {form} is no {kind}")


def _amount(value: Mapping[str, Any], predicate: str) -> str:
    unit = str(value.get("unit", "1")).rpartition("/")[2]
    wanted = _UNITS.get(predicate, "1")
    if unit != wanted:
        raise InputError(f"an amount in {unit}", expected=f"in {wanted}")
    return str(value["amount"]).removeprefix("+")


def _point(value: Mapping[str, Any]) -> Literal:
    if not str(value.get("globe", "Q2")).endswith("Q2"):
        raise InputError(f"not on Earth: {value.get('globe')}")
    latitude, longitude = float(value["latitude"]), float(value["longitude"])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise InputError(f"not on Earth: latitude {latitude}, longitude {longitude}")
    return Literal(f"POINT({longitude:.4f} {latitude:.4f})", "point")
