"""Dates as files write them → EDTF: XML Schema types, named forms, and "c. 2024".

Nothing is guessed: `20240101` and `2024-W05-1` are dates only when the mapping names their form.
"""

from __future__ import annotations

import re
from typing import Final

from graph import when as when_
from graph.errors import DateError

_ZONE: Final = re.compile(r"(?P<date>.+?)(?:Z|[+-](?P<h>\d\d):(?P<m>\d\d))")
_LONG_YEAR: Final = re.compile(r"-?\d{5,7}(?:-\d\d){0,2}")
_ABOUT: Final = re.compile(r"(?:c\.|ca\.|circa)\s*(?P<date>-?\d{4}(?:-\d\d(?:-\d\d)?)?)")
_PARTS: Final = {
    "YYYY": r"(?P<y>\d{4})",
    "MM": r"(?P<m>\d\d)",
    "M": r"(?P<m>\d\d?)",
    "DD": r"(?P<d>\d\d)",
    "D": r"(?P<d>\d\d?)",
    "Www": r"W(?P<w>\d\d)",
    "E": r"(?P<e>[1-7])",
}
_TOKEN: Final = re.compile("YYYY|Www|MM|DD|M|D|E")


def edtf(text: str, form: str = "") -> str:
    """The EDTF of a date in a file; `form` names another way of writing it.

    Without a form it must be EDTF, a year of five digits or more, or "c. 2024". A form is made of
    YYYY, MM or M, DD or D, and for ISO weeks `YYYY-Www-E`: `DD.MM.YYYY`, `YYYYMMDD`.
    Raises DateError.

    >>> edtf("c. 2024"), edtf("01.02.2024", "DD.MM.YYYY"), edtf("2024-W05-1", "YYYY-Www-E")
    ('2024~', '2024-02-01', '2024-01-29')
    """
    plain = text.strip()
    if form:
        return _formed(plain, form)
    about = _ABOUT.fullmatch(plain)
    found = f"{about['date']}~" if about else _long(plain)
    when_.parse(found)
    return found


def xsd(text: str) -> str:
    """The EDTF of an xsd:date, dateTime, gYear or gYearMonth: the day, month or year in its own zone.

    Raises DateError for a day that does not exist and a zone beyond 14 hours.
    """
    plain = text.strip()
    zoned = _ZONE.fullmatch(plain) if "T" not in plain else None
    if zoned:
        if zoned["h"] and int(zoned["h"]) * 60 + int(zoned["m"]) > 14 * 60:
            raise DateError(f"no such time zone: {plain!r}", expected="-14:00 to +14:00")
        plain = zoned["date"]
    plain = re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", plain)
    found = when_.parse(_long(plain))
    return when_.iso(found.begin_earliest) if "T" in plain else _long(plain)


def span(begin: str, end: str, *, ongoing: bool = False) -> str:
    """The EDTF of a relation's time: an empty end is unknown, or still going on."""
    if not begin and not end:
        return ""
    text = f"{begin}/{end or ('..' if ongoing else '')}"
    when_.parse(text)
    return text


def _long(text: str) -> str:
    """A year of more than four digits as EDTF writes it: `Y12345`."""
    if not _LONG_YEAR.fullmatch(text) or (len(text.lstrip("-").partition("-")[0]) < 5):
        return text
    return f"Y{text}"


def _formed(text: str, form: str) -> str:
    pattern, at = "", 0
    for token in _TOKEN.finditer(form):
        pattern += re.escape(form[at : token.start()]) + _PARTS[token[0]]
        at = token.end()
    found = re.fullmatch(pattern + re.escape(form[at:]), text)
    if not found:
        raise DateError(f"not a date: {text!r}", expected=f"the form {form}")
    parts = {name: int(value) for name, value in found.groupdict().items()}
    year = parts["y"]
    if "w" in parts:
        return _week(text, year, parts["w"], parts.get("e", 1))
    edtf_text = "-".join([f"{year:04d}", *(f"{parts[p]:02d}" for p in ("m", "d") if p in parts)])
    when_.parse(edtf_text)
    return edtf_text


def _week(text: str, year: int, week: int, weekday: int) -> str:
    """The day of an ISO 8601 week: the first week is the one with 4 January in it."""
    fourth = when_.day_of(year, 1, 4)
    monday = fourth - (fourth - 1) % 7  # day 1 of our count is a Monday
    found = monday + 7 * (week - 1) + weekday - 1
    following = when_.day_of(year + 1, 1, 4)
    if week < 1 or found >= following - (following - 1) % 7:
        raise DateError(f"no such week: {text!r}")
    return when_.iso(found)
