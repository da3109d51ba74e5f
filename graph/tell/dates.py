"""Dates as newsrooms write them, never sharper than the claim (AP style, or plain: day month year)."""

from __future__ import annotations

import calendar
from typing import Final

from graph import when as when_
from graph.when import END_OF_TIME, START_OF_TIME, Day, When

MONTHS: Final = ("", "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# A sentence does not begin with a figure.
_SPELLED: Final = {10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen"}
WEEK_DAYS: Final = 6
SHORT_DAYS: Final = 5
MOST_WEEKS: Final = 8


def phrase(time: When, today: Day, style: str = "ap", *, weekday: bool = True) -> str:
    """The date with its preposition: `on Friday`, `on June 27`, `in December 2024`, `by June 30`.

    `today` is the day the text is written for: within six days before it a weekday is enough, and
    in its year the year is left out.
    """
    if time.begin_earliest <= START_OF_TIME:
        return f"by {exact(time.end_latest, today, style)}"
    if time.is_day:
        return f"on {exact(time.begin_earliest, today, style, weekday=weekday)}"
    first, last = when_.civil(time.begin_earliest), when_.civil(min(time.end_latest, END_OF_TIME - 1))
    if time.is_interval or time.end_latest >= END_OF_TIME:
        return _span(time, today, style)
    if any(mark in time.text for mark in "?~%"):
        return f"in about {coarse(_middle(time), today, time.text)}"
    if first[0] != last[0]:
        return f"between {_era(first[0])} and {_era(last[0])}"
    return f"in {coarse(time.begin_earliest, today, time.text)}"


def exact(day: Day, today: Day, style: str = "ap", *, weekday: bool = False) -> str:
    """One day: a weekday within six days before `today`, no year within its year."""
    year, month, number = when_.civil(day)
    if weekday and 0 <= today - day <= WEEK_DAYS:
        return calendar.day_name[(day - 1) % 7]
    same = year == when_.civil(today)[0]
    if style == "plain":
        return f"{number} {calendar.month_name[month]}" + ("" if same else f" {_era(year)}")
    return f"{MONTHS[month]} {number}" + ("" if same else f", {_era(year)}")


def coarse(day: Day, today: Day, text: str) -> str:
    """A month or a year, as sharp as the EDTF text."""
    year, month, _ = when_.civil(day)
    if text.lstrip("-").count("-") == 0:
        return _era(year)
    return calendar.month_name[month] + ("" if year == when_.civil(today)[0] else f" {_era(year)}")


def _era(year: int) -> str:
    """The year as people count it: there is no year 0, so 0 is 1 BCE."""
    return str(year) if year > 0 else f"{1 - year} BCE"


def _middle(time: When) -> Day:
    return (time.begin_earliest + time.end_latest) // 2


def _span(time: When, today: Day, style: str) -> str:
    left, _, right = time.text.partition("/")
    begin = bare(when_.parse(left), today, style)
    if right in ("", ".."):
        return f"since {begin}"
    first, last = when_.parse(left), when_.parse(right)
    together = when_.civil(first.begin_earliest)[:2] == when_.civil(last.end_latest)[:2]
    if first.is_day and last.is_day and together and last.end_latest - first.begin_earliest < SHORT_DAYS:
        number_ = str(when_.civil(last.end_latest)[2])
        day = str(when_.civil(first.begin_earliest)[2])
        return "on " + exact(first.begin_earliest, today, style).replace(day, f"{day}-{number_}", 1)
    return f"between {begin} and {bare(last, today, style)}"


def bare(time: When, today: Day, style: str = "ap") -> str:
    """A day, month or year without its preposition, as it stands after "since": `May 6`, `about May 2025`."""
    if time.is_day:
        return exact(time.begin_earliest, today, style)
    if any(mark in time.text for mark in "?~%"):
        return f"about {coarse(_middle(time), today, time.text)}"
    return coarse(time.begin_earliest, today, time.text)


def later(days: int) -> str:
    """How long after, for the start of a sentence: `the same day`, `two days later`, or empty when far."""
    if days == 0:
        return "the same day"
    if days == 1:
        return "a day later"
    if days <= 13:
        return f"{_SPELLED.get(days) or number(days)} days later"
    return f"{number(days // 7)} weeks later" if days % 7 == 0 and days <= MOST_WEEKS * 7 else ""


def number(value: int) -> str:
    """One to nine in words, larger numbers in figures with thousands separated."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"
