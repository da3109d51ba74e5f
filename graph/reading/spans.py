"""Stretches of days counted from a day: weeks, months, seasons, years, weekdays, holidays."""

from __future__ import annotations

from typing import Final

from graph.when import Day, civil, day_of, iso

Span = tuple[Day, Day]
UNITS: Final = ("day", "weekend", "week", "month", "quarter", "season", "year", "decade", "century")
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON_CODES: Final = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def weekday(day: Day) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day - 1) % 7


def month(year: int, number: int) -> Span:
    """The days of a month; a number outside 1..12 is carried into another year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    following = day_of(year + 1) if number == 12 else day_of(year, number + 1)
    return day_of(year, number), following - 1


def season(year: int, first_month: int) -> Span:
    """Three months from the first; winter runs into the next year."""
    return month(year, first_month)[0], month(year, first_month + 2)[1]


def unit(day: Day, name: str, offset: int = 0) -> Span:
    """The week, month, year … that holds a day, or the one so many before (negative) or after it."""
    year, number, _ = civil(day)
    if name == "day":
        return day + offset, day + offset
    if name in ("week", "weekend"):
        monday = day - weekday(day) + 7 * offset
        return (monday + 5, monday + 6) if name == "weekend" else (monday, monday + 6)
    if name == "month":
        return month(year, number + offset)
    if name == "quarter":
        first = 3 * ((number - 1) // 3 + offset) + 1
        return month(year, first)[0], month(year, first + 2)[1]
    length = {"year": 1, "decade": 10, "century": 100}[name]
    first_year = (year + offset) if length == 1 else (year // length + offset) * length
    return day_of(first_year), day_of(first_year + length) - 1


def shifted(day: Day, name: str, count: int) -> Span:
    """The day so many days, weeks, months, years away, as a stretch as wide as the counting is rough."""
    if name == "day":
        return day + count, day + count
    if name in ("week", "weekend"):
        return day + 7 * count, day + 7 * count
    if name == "month":
        year, number, date = civil(day)
        first, last = month(year, number + count)
        exact = min(first + date - 1, last)
        return exact, exact
    years = count * {"quarter": 0, "year": 1, "decade": 10, "century": 100}[name]
    year, number, date = civil(day)
    first, last = month(year + years, number)
    exact = min(first + date - 1, last)
    return exact, exact


def part(span: Span, which: str) -> Span:
    """The early, middle or late third of a stretch."""
    first, last = span
    third = max(1, (last - first + 1) // 3)
    if which == "early":
        return first, first + third - 1
    if which == "late":
        return last - third + 1, last
    return first + third, last - third


def easter(year: int) -> Day:
    """Easter Sunday, western (J. Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    number, day = divmod(h + rest - 7 * m + 114, 31)
    return day_of(year, number, day + 1)


def holiday(name: str, year: int) -> Day:
    """The day of a holiday that newsrooms use as a date, in a year."""
    fixed = {
        "new year's day": (1, 1),
        "new year's eve": (12, 31),
        "christmas eve": (12, 24),
        "valentine's day": (2, 14),
    }
    if name.startswith("christmas") and name != "christmas eve":
        return day_of(year, 12, 25)
    if name.startswith("thanksgiving"):
        first = day_of(year, 11, 1)
        return first + (3 - weekday(first)) % 7 + 21
    if name.startswith(("easter", "good friday")):
        return easter(year) - (2 if name.startswith("good") else 0)
    number, date = fixed[name]
    return day_of(year, number, date)


def value(span: Span, name: str) -> str:
    """A stretch as TIMEX3 writes it: `1999-03-12`, `1999-W10`, `1999-03`, `1999-SU`, `1999`, `199`."""
    year, number, _ = civil(span[0])
    if name in ("week", "weekend"):
        return _week(span[0]) + ("-WE" if name == "weekend" else "")
    if name == "month":
        return f"{year:04d}-{number:02d}"
    if name == "quarter":
        return f"{year:04d}-Q{(number - 1) // 3 + 1}"
    if name == "season":
        return f"{year:04d}-{_SEASON_CODES.get(number, 'WI')}"
    if name == "year":
        return f"{year:04d}"
    if name == "decade":
        return f"{year // 10:03d}X"
    if name == "century":
        return f"{year // 100:02d}XX"
    return iso(span[0])


def _week(day: Day) -> str:
    """The ISO 8601 week that holds a day."""
    thursday = day - weekday(day) + 3
    year = civil(thursday)[0]
    return f"{year:04d}-W{(thursday - day_of(year)) // 7 + 1:02d}"
