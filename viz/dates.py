"""Dates as a newsroom writes them: `June 27, 2025`, `Dec. 25, 2024`, `February 2025`, `1990s`."""

from __future__ import annotations

import functools
from typing import Final

from graph import when as when_
from graph.when import END_OF_TIME, START_OF_TIME, Day, End, When

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT: Final = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def day(number: Day) -> str:
    """One day: `Dec. 25, 2024`; before the year 1, `March 15, 45 BCE`."""
    year, month, date = when_.civil(number)
    return f"{_SHORT[month - 1]} {date}, {_year(year)}"


def short(number: Day) -> str:
    """One day without its year: `Dec. 25`."""
    _, month, date = when_.civil(number)
    return f"{_SHORT[month - 1]} {date}"


@functools.lru_cache(maxsize=65536)
def when(text: str) -> str:
    """An EDTF text in words: a day, a month, a year, or `from … to …`; empty for empty."""
    if not text:
        return ""
    time = when_.parse(text)
    if not time.is_interval:
        plain = when_.parse(text.rstrip("?~%"))
        return _approximate(text) + span(plain.begin_earliest, plain.begin_latest)
    if time.end is End.ENDED and time.begin_earliest == time.begin_latest and time.end_earliest == time.end_latest:
        return span(time.begin_earliest, time.end_latest)
    left, _, right = text.partition("/")
    begin = when(left) if left not in ("", "..") else ""
    end = when(right) if right not in ("", "..") else ""
    if begin and end:
        return f"{begin} to {end}"
    if begin:
        return f"since {begin}" if time.end is End.ONGOING else f"from {begin}, end unknown"
    return f"by {end}"


def held(text: str) -> str:
    """When a relation held, in words: of one seen on a single day only, `as of Jan. 22, 2026`."""
    return f"as of {when(text)}" if text and when_.parse(text).is_day else when(text)


def began(time: When | None) -> str:
    """When it began, in words; empty when nobody says."""
    if time is None or time.begin_earliest == START_OF_TIME:
        return ""
    left = time.text.partition("/")[0]
    return when(left)


def ended(time: When | None) -> str:
    """When it ended, in words: `ongoing`, a date, `not known`; empty for what has no time."""
    if time is None:
        return ""
    if time.end is End.ONGOING:
        return "ongoing"
    if time.end_latest == END_OF_TIME:
        return "not known"
    return when(time.text.partition("/")[2]) if time.is_interval else ""


def span(first: Day, last: Day) -> str:
    """Two days in the coarsest words that say exactly them: a day, a month, a year, or a range."""
    if first == last:
        return day(first)
    (y1, m1, d1), (y2, m2, d2) = when_.civil(first), when_.civil(last)
    begins_month, ends_month = d1 == 1, when_.civil(last + 1)[2] == 1
    if begins_month and ends_month:
        if (y1, m1) == (y2, m2):
            return f"{MONTHS[m1 - 1]} {_year(y1)}"
        if m1 == 1 and m2 == 12:
            return _year(y1) if y1 == y2 else _years(y1, y2)
        return f"{MONTHS[m1 - 1]} {_year(y1)} to {MONTHS[m2 - 1]} {_year(y2)}"
    if (y1, m1) == (y2, m2):
        return f"{_SHORT[m1 - 1]} {d1}–{d2}, {_year(y1)}"
    return f"{short(first)} to {day(last)}" if y1 == y2 else f"{day(first)} to {day(last)}"


def label(text: str) -> str:
    """An EDTF text in at most a dozen letters, for a label: a day, or the month or years it lies in.

    Coarser than `when`, never sharper: `about May 7, 2025` is `May 2025`, `/2025-06-30` `by June 2025`.
    """
    time = when_.parse(text)
    if time.is_day:
        return day(time.begin_earliest)
    if time.begin_earliest == START_OF_TIME:
        return f"by {_month(time.end_latest)}"
    plain = when_.parse(text.rstrip("?~%"))
    first, last = plain.begin_earliest, plain.end_latest if plain.end is End.ENDED else plain.begin_latest
    (y1, m1, _), (y2, m2, _) = when_.civil(first), when_.civil(last)
    if y1 != y2:
        return f"{_year(y1)}–{_year(y2)}"
    return _month(first) if m1 == m2 else _year(y1)


def _month(number: Day) -> str:
    year, month, _ = when_.civil(number)
    return f"{_SHORT[month - 1]} {_year(year)}"


def months(first: Day, last: Day) -> str:
    """A stretch of time in a few words: `December 2024 to July 2025`, `June 27 to July 2, 2025`, `2001 to 2025`."""
    (y1, m1, _), (y2, m2, _) = when_.civil(first), when_.civil(last)
    if y2 - y1 > 2:
        return f"{_year(y1)} to {_year(y2)}"
    if last - first <= 45:
        return day(last) if first == last else f"{short(first)} to {day(last)}"
    return f"{MONTHS[m1 - 1]} {_year(y1)} to {MONTHS[m2 - 1]} {_year(y2)}"


def apart(days: int) -> str:
    """A number of days in words: `the same day`, `2 days`, `5 weeks`, `7 months`, `3 years`."""
    if days == 0:
        return "the same day"
    for unit, length, least in (("year", 365.25, 730), ("month", 30.44, 60), ("week", 7, 21)):
        if days >= least:
            return f"{round(days / length)} {unit}s"
    return "1 day" if days == 1 else f"{days} days"


def _approximate(text: str) -> str:
    return "about " if text[-1:] in "~%" else "perhaps " if text[-1:] == "?" else ""


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BCE"


def _years(first: int, last: int) -> str:
    if first % 10 == 0 and last == first + 9:
        return f"{first}s"
    return f"{_year(first)} to {_year(last)}"
