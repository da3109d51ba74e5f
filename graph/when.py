"""When something held: EDTF text ⇄ four day bounds, three-valued answers, and the two clocks.

Days are integers: day 1 is 0001-01-01 of the proleptic Gregorian calendar, year 0000 is 1 BCE
(ISO 8601-1:2019), so dates before Christ sort rightly and no `datetime` is on the path.
EDTF is the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1
(https://www.loc.gov/standards/datetime/).
"""

from __future__ import annotations

import calendar
import enum
import functools
import re
from dataclasses import dataclass
from typing import Final

from graph.errors import DateError

Day = int
START_OF_TIME: Final[Day] = -(2**31) + 1
END_OF_TIME: Final[Day] = 2**31 - 1

_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUALIFIER_UNITS: Final = {"": 0, "?": 1, "~": 1, "%": 2}
_DATE: Final = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,7})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<q>[?~%]?)"
)
_TIME: Final = re.compile(
    r"(?P<date>-?\d{4}-\d\d-\d\d)T(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)(?P<zone>Z|[+-]\d\d(?::\d\d)?)?"
)
_EXPECTED: Final = "use YYYY, YYYY-MM, YYYY-MM-DD, or from/to with '..' for still going on"


class Held(enum.Enum):
    """Whether something held on a day: the three possible answers."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NO = "no"


class End(enum.Enum):
    """What is known about an end: it came, it has not come, or nobody says."""

    ENDED = "ended"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """An EDTF text with its four closed day bounds; compare bounds, never text.

    `begin_earliest <= begin_latest` and `end_earliest <= end_latest`; an open bound is
    `START_OF_TIME` or `END_OF_TIME`.
    A plain date such as `1995` says: at some time in 1995, we do not know when or for how long.
    """

    text: str
    begin_earliest: Day
    begin_latest: Day
    end_earliest: Day
    end_latest: Day
    end: End

    @property
    def is_day(self) -> bool:
        """True when the date is one exact day."""
        return self.begin_earliest == self.end_latest

    @property
    def is_interval(self) -> bool:
        """True when the text names a begin and an end."""
        return "/" in self.text

    def holds(self, day: Day) -> Held:
        """Whether this held on `day`: certain, possible or no."""
        if not self.begin_earliest <= day <= self.end_latest:
            return Held.NO
        if self.begin_latest <= day <= self.end_earliest:
            return Held.CERTAIN
        return Held.POSSIBLE

    def within(self, first: Day, last: Day) -> Held:
        """Whether any of this fell in the closed window `first..last`."""
        if self.begin_earliest > last or self.end_latest < first:
            return Held.NO
        begins_inside = first <= self.begin_earliest and self.begin_latest <= last
        ends_inside = first <= self.end_earliest and self.end_latest <= last
        spans = self.begin_latest <= last and self.end_earliest >= first
        return Held.CERTAIN if begins_inside or ends_inside or spans else Held.POSSIBLE

    def before(self, other: When) -> Held:
        """Whether this ended before `other` began."""
        if self.end_latest < other.begin_earliest:
            return Held.CERTAIN
        return Held.POSSIBLE if self.end_earliest < other.begin_latest else Held.NO

    def overlaps(self, other: When) -> Held:
        """Whether this and `other` shared at least one day."""
        if self.end_latest < other.begin_earliest or other.end_latest < self.begin_earliest:
            return Held.NO
        if self.begin_latest <= other.end_earliest and other.begin_latest <= self.end_earliest:
            return Held.CERTAIN
        return Held.POSSIBLE

    def gap_days(self, later: When) -> tuple[int, int]:
        """Least and most days from the begin of this to the begin of `later` (negative: before)."""
        return later.begin_earliest - self.begin_latest, later.begin_latest - self.begin_earliest


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks of a question: what was true (`as_of`) and what had been said (`known_at`).

    Each is a day, closed; None means no cut.
    """

    as_of: Day | None = None
    known_at: Day | None = None

    def knows(self, published: Day, withdrawn: Day | None = None) -> bool:
        """Whether something said on `published` (withdrawn on `withdrawn`) stood at `known_at`."""
        if self.known_at is None:
            return withdrawn is None
        return published <= self.known_at and (withdrawn is None or withdrawn > self.known_at)


def day_of(year: int, month: int = 1, day: int = 1) -> Day:
    """The day number of a proleptic Gregorian date; year 0 is 1 BCE.

    Source: E. M. Reingold and N. Dershowitz, Calendrical Calculations, 4th ed., formula 2.17.
    """
    before = year - 1
    leap = 0 if month <= 2 else (-1 if calendar.isleap(year) else -2)
    return 365 * before + before // 4 - before // 100 + before // 400 + (367 * month - 362) // 12 + leap + day


def civil(day: Day) -> tuple[int, int, int]:
    """Year, month and day of a day number: the inverse of `day_of`.

    Source of the month: Reingold and Dershowitz, formula 2.23.
    """
    year = (400 * (day - 1)) // 146097 + 1
    while day_of(year + 1) <= day:
        year += 1
    while day_of(year) > day:
        year -= 1
    march = day_of(year, 3)
    longer = 0 if day < march else (1 if calendar.isleap(year) else 2)
    month = (12 * (day - day_of(year) + longer) + 373) // 367
    return year, month, day - day_of(year, month) + 1


@functools.lru_cache(maxsize=65536)
def iso(day: Day) -> str:
    """The day as an xsd:date without zone: `2025-06-27`, `-0044-03-15`."""
    year, month, number = civil(day)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{number:02d}"


def day(text: str) -> Day:
    """The day number of one exact EDTF day; DateError for anything coarser."""
    when = parse(text)
    if not when.is_day:
        raise DateError(f"not a single day: {text!r}", expected="use YYYY-MM-DD")
    return when.begin_earliest


def as_day(given: Day | str | None) -> Day | None:
    """A day given as number, as `YYYY-MM-DD`, or not at all."""
    return day(given) if isinstance(given, str) else given


@functools.lru_cache(maxsize=65536)
def parse(text: str) -> When:
    """Read EDTF level 0 or 1; DateError names the text and what was expected.

    `..` is ongoing (or open), an empty side is unknown; `~` and `?` widen by one unit of the
    written precision, `%` by two.
    """
    if "/" not in text:
        first, last = _span(text)
        return When(text, first, last, first, last, End.ENDED)
    left, _, right = text.partition("/")
    if "/" in right or (left in ("", "..") and right in ("", "..")):
        raise DateError(f"not an interval: {text!r}", expected=_EXPECTED)
    begin = _span(left) if left not in ("", "..") else None
    end = _span(right) if right not in ("", "..") else None
    if begin and end and begin[0] > end[1]:
        raise DateError(f"ends before it begins: {text!r}", expected=_EXPECTED)
    return _interval(text, left, right, begin, end)


def _interval(text: str, left: str, right: str, begin: tuple[Day, Day] | None, end: tuple[Day, Day] | None) -> When:
    if begin is None:
        assert end is not None
        latest = end[1] if left == "" else START_OF_TIME
        return When(text, START_OF_TIME, latest, end[0], end[1], End.ENDED)
    if end is None:
        ongoing = right == ".."
        earliest = END_OF_TIME if ongoing else begin[0]
        return When(text, *begin, earliest, END_OF_TIME, End.ONGOING if ongoing else End.UNKNOWN)
    return When(text, begin[0], min(begin[1], end[1]), max(begin[0], end[0]), end[1], End.ENDED)


def _span(text: str) -> tuple[Day, Day]:
    """First and last day of one EDTF date."""
    timed = _TIME.fullmatch(text)
    if timed:
        return _timed(text, timed)
    match = _DATE.fullmatch(text)
    if not match:
        raise DateError(f"not a date: {text!r}", expected=_EXPECTED)
    pad = _QUALIFIER_UNITS[match["q"]]
    years = _years(text, match["year"])
    month, number = match["month"], match["day"]
    if month is None:
        return day_of(years[0] - pad), day_of(years[1] + 1 + pad) - 1
    if month == "XX":
        if number not in (None, "XX"):
            raise DateError(f"a day needs its month: {text!r}", expected=_EXPECTED)
        return day_of(years[0]), day_of(years[1] + 1) - 1
    if years[0] != years[1]:
        raise DateError(f"a month needs its year: {text!r}", expected=_EXPECTED)
    return _months(text, years[0], int(month), number, pad)


def _months(text: str, year: int, month: int, number: str | None, pad: int) -> tuple[Day, Day]:
    if month in _SEASONS and number is None:
        first, last = _SEASONS[month]
        return _month_start(year, first - pad), _month_start(year, last + 1 + pad) - 1
    if not 1 <= month <= 12:
        raise DateError(f"no such month: {text!r}", expected=_EXPECTED)
    if number is None or number == "XX":
        return _month_start(year, month - pad), _month_start(year, month + 1 + pad) - 1
    if not 1 <= int(number) <= _month_start(year, month + 1) - day_of(year, month):
        raise DateError(f"no such day: {text!r}", expected=_EXPECTED)
    exact = day_of(year, month, int(number))
    return exact - pad, exact + pad


def _month_start(year: int, month: int) -> Day:
    """First day of a month that may lie outside 1..12, carried into the next or last year."""
    return day_of(year + (month - 1) // 12, (month - 1) % 12 + 1)


def _years(text: str, year: str) -> tuple[int, int]:
    if year.startswith("-000") and year.strip("-0X") == "":
        raise DateError(f"no such year: {text!r}", expected="1 BCE is 0000")
    if "X" in year:
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return min(low, high), max(low, high)
    number = int(year.removeprefix("Y"))
    return number, number


def _timed(text: str, match: re.Match[str]) -> tuple[Day, Day]:
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"])
    next_day = (hour, minute, second) == (24, 0, 0)
    if not next_day and (hour > 23 or minute > 59 or second > 59):
        raise DateError(f"no such time: {text!r}", expected="00:00:00 to 23:59:59, or 24:00:00")
    zone = match["zone"] or "Z"
    if zone != "Z":
        hours, _, minutes = zone[1:].partition(":")
        if int(hours) * 60 + int(minutes or 0) > 14 * 60 or int(minutes or 0) > 59:
            raise DateError(f"no such time zone: {text!r}", expected="-14:00 to +14:00")
    first, last = _span(match["date"])
    return first + next_day, last + next_day
