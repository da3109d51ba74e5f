"""Dates as English writes them, found in a text: `8 May 2013`, `May 8th, 2013`, `08.05.2013`, `in 2013`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.errors import DateError
from graph.reading.readings import MONTHS

_NAMES: Final = tuple(m.lower() for m in MONTHS)
_MONTH: Final = rf"(?P<month>{'|'.join((*_NAMES, *(m[:3] for m in _NAMES), 'sept'))})\.?"
_YEAR: Final = r"(?:(?:in |of )?(?:the )?(?:year )?(?:of )?)?(?P<year>(?:1[5-9]|20)\d\d)"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
# Longest first: what begins alike is tried with a day before without.
_FORMS: Final = tuple(
    re.compile(rf"\b{form}\b", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<day>\d\d?)",
        r"(?P<day>\d\d?)[./](?P<number>0?[1-9]|1[0-2])[./](?P<year>\d{4})",
        rf"{_DAY}(?: day)?(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} (?:the )?{_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"(?P<year>(?:1[5-9]|20)\d\d),? {_MONTH}",
        r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>0[1-9]|1[0-2])",
        r"(?P<number>0[1-9]|1[0-2])[/.](?P<year>(?:1[5-9]|20)\d\d)",
        r"(?:the )?(?:year )?(?:of )?(?P<year>(?:1[5-9]|20)\d\d)",
    )
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text, `text[start:end]`, as EDTF."""

    start: int
    end: int
    edtf: str


def find(text: str) -> Dated | None:
    """The first date in a text in its longest reading; None when there is none that exists.

    >>> [find(t).edtf for t in ("on 8 May 2013", "in Sep 23, 2013", "27.07.2015", "March, the year of 2006", "in 2008")]
    ['2013-05-08', '2013-09-23', '2015-07-27', '2006-03', '2008']
    """
    for form in _FORMS:
        for found in form.finditer(text):
            try:
                return Dated(found.start(), found.end(), when_.parse(_edtf(found)).text)
            except DateError:
                continue
    return None


def _edtf(found: re.Match[str]) -> str:
    parts = found.groupdict()
    named = (parts.get("month") or "").lower()[:3]
    month = (
        int(parts["number"])
        if parts.get("number")
        else next((n for n, m in enumerate(_NAMES, 1) if named and m.startswith(named)), 0)
    )
    day = parts.get("day")
    return parts["year"] + (f"-{month:02d}" if month else "") + (f"-{int(day):02d}" if day else "")
