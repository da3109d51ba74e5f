"""Dates as newsrooms write them."""

from __future__ import annotations

import pytest

from graph.tell.dates import later, number, phrase
from graph.when import day, parse

CASES = [
    ("2025-06-27", "2025-07-02", "ap", "on Friday", "a weekday within six days"),
    ("2025-06-27", "2025-07-14", "ap", "on June 27", "no year within the year"),
    ("2024-12-25", "2025-07-14", "ap", "on Dec. 25, 2024", "the year of another year"),
    ("2024-12-25", "2025-07-14", "plain", "on 25 December 2024", "plain style"),
    ("2025-06-27", "2025-06-20", "ap", "on June 27", "a later day is no weekday"),
    ("2024-12", "2025-07-14", "ap", "in December 2024", "a month stays a month"),
    ("2025-02", "2025-07-14", "ap", "in February", "a month of this year"),
    ("1995", "2025-07-14", "ap", "in 1995", "a year stays a year"),
    ("/2025-06-30", "2025-07-14", "ap", "by June 30", "known to have come by then"),
    ("2001/2011", "2025-07-14", "ap", "between 2001 and 2011", "an interval of years"),
    ("2024-08-18/2024-08-19", "2025-07-14", "ap", "on Aug. 18-19, 2024", "two days of a visit"),
    ("2025-06-27/2025-07-01", "2025-07-14", "ap", "between June 27 and July 1", "across a month"),
    ("2003-10-31/..", "2025-07-14", "ap", "since Oct. 31, 2003", "still going on"),
    ("2025-05-07~", "2025-07-14", "ap", "in about May", "an approximate day is told as its month"),
    ("-0044-03-15", "2025-07-14", "ap", "on March 15, 45 BCE", "there is no year 0"),
    ("0000", "2025-07-14", "ap", "in 1 BCE", "the year before the first"),
    ("201X", "2025-07-14", "ap", "between 2010 and 2019", "a decade"),
]


@pytest.mark.parametrize(("text", "today", "style", "says", "why"), CASES)
def test_phrases(text: str, today: str, style: str, says: str, why: str) -> None:
    assert phrase(parse(text), day(today), style) == says, why


def test_small_numbers_and_gaps() -> None:
    assert [number(n) for n in (0, 1, 9, 10, 1340)] == ["no", "one", "nine", "10", "1,340"]
    assert [later(n) for n in (0, 1, 2, 13, 14, 15, 56, 63)] == [
        "the same day",
        "a day later",
        "two days later",
        "thirteen days later",
        "two weeks later",
        "",
        "eight weeks later",
        "",
    ]
