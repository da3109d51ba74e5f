"""Dates that a source knows to a day, a week, a month or a year, as EDTF that says no more than it knows."""

from __future__ import annotations

import re
from typing import Final

from graph import when as when_
from graph.errors import DateError
from graph.sources import dates

_MONTHS: Final = {
    name: at
    for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905 (a list reads worse)
}
_WORDED: Final = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})[ -](?P<year>\d{4})")


def day(text: str) -> str:
    """A day as YYYY-MM-DD, whether so written, with a time after it, or as `1 January 2024`.

    >>> day("01 January 2024"), day("2024-01-01 00:00:00.000")
    ('2024-01-01', '2024-01-01')
    """
    plain = text.strip()
    worded = _WORDED.fullmatch(plain)
    if worded:
        month = _MONTHS.get(worded["month"][:3].lower())
        if month is None:
            raise DateError(f"no such month: {plain!r}")
        plain = f"{worded['year']}-{month:02d}-{int(worded['day']):02d}"
    plain = plain.partition(" ")[0].partition("T")[0]
    when_.day(plain)
    return plain


def around(first: str, last: str) -> str:
    """The least EDTF unit that holds both days: the day, their month, their year, else from one to the other.

    >>> around("2023-04-04", "2023-04-07"), around("2023-04-30", "2023-05-02")
    ('2023-04', '2023')
    """
    if when_.day(first) > when_.day(last):
        raise DateError(f"ends before it begins: {first} to {last}")
    if first == last:
        return first
    for size in (7, 4):
        if first[:size] == last[:size]:
            return first[:size]
    return dates.span(first, last)


def on_day_since_1970(seconds: str) -> tuple[int, str]:
    """A number of seconds since 1970 (UTC) and its day; DateError for what is no such number."""
    if not (seconds.isascii() and seconds.isdigit() and int(seconds)):
        raise DateError(f"not a time in seconds since 1970: {seconds!r}")
    return int(seconds), when_.iso(when_.day_of(1970, 1, 1) + int(seconds) // 86_400)
