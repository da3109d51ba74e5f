"""Dates: what each EDTF form says, three-valued answers, and the laws of order."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import when as when_
from graph.errors import DateError
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, End, Held, When, civil, day, day_of, iso, parse

CASES = [
    ("2025-06-27", "2025-06-27", "2025-06-27", "2025-06-27", "2025-06-27", End.ENDED, "one day"),
    ("2024-12", "2024-12-01", "2024-12-31", "2024-12-01", "2024-12-31", End.ENDED, "some time in a month"),
    ("2024-02", "2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29", End.ENDED, "a leap month"),
    ("1995", "1995-01-01", "1995-12-31", "1995-01-01", "1995-12-31", End.ENDED, "a year is never 1 January"),
    ("201X", "2010-01-01", "2019-12-31", "2010-01-01", "2019-12-31", End.ENDED, "a decade"),
    ("2004-XX", "2004-01-01", "2004-12-31", "2004-01-01", "2004-12-31", End.ENDED, "month unspecified"),
    ("2001-21", "2001-03-01", "2001-05-31", "2001-03-01", "2001-05-31", End.ENDED, "spring"),
    ("2001-24", "2001-12-01", "2002-02-28", "2001-12-01", "2002-02-28", End.ENDED, "winter runs into the next year"),
    ("2004~", "2003-01-01", "2005-12-31", "2003-01-01", "2005-12-31", End.ENDED, "about a year: one unit each way"),
    ("2025-01?", "2024-12-01", "2025-02-28", "2024-12-01", "2025-02-28", End.ENDED, "a doubtful month"),
    ("2014-02-20/2014-03-18", "2014-02-20", "2014-02-20", "2014-03-18", "2014-03-18", End.ENDED, "from a day to a day"),
    ("1995/1998-06", "1995-01-01", "1995-12-31", "1998-06-01", "1998-06-30", End.ENDED, "coarse begin, coarse end"),
    ("0000-01-01", "0000-01-01", "0000-01-01", "0000-01-01", "0000-01-01", End.ENDED, "1 BCE"),
    ("-0044-03-15", "-0044-03-15", "-0044-03-15", "-0044-03-15", "-0044-03-15", End.ENDED, "45 BCE"),
    ("Y12345", "12345-01-01", "12345-12-31", "12345-01-01", "12345-12-31", End.ENDED, "a five-digit year"),
    ("2025-06-27T24:00:00", "2025-06-28", "2025-06-28", "2025-06-28", "2025-06-28", End.ENDED, "24:00 is tomorrow"),
    ("2025-06-27T10:00:00+14:00", "2025-06-27", "2025-06-27", "2025-06-27", "2025-06-27", End.ENDED, "a zone"),
]


@pytest.mark.parametrize(("text", "first", "second", "third", "fourth", "end", "why"), CASES)
def test_bounds(text: str, first: str, second: str, third: str, fourth: str, end: End, why: str) -> None:
    when = parse(text)
    found = (when.begin_earliest, when.begin_latest, when.end_earliest, when.end_latest)
    assert tuple(map(iso, found)) == (first, second, third, fourth), why
    assert when.end is end


def test_ongoing_and_unknown_ends_differ() -> None:
    ongoing, unknown = parse("1990/.."), parse("1990/")
    assert (ongoing.end, ongoing.end_earliest) == (End.ONGOING, END_OF_TIME)
    assert (unknown.end, iso(unknown.end_earliest)) == (End.UNKNOWN, "1990-01-01")
    someday = day("2010-05-05")
    assert ongoing.holds(someday) is Held.CERTAIN
    assert unknown.holds(someday) is Held.POSSIBLE


def test_unknown_begin() -> None:
    assert parse("/1990").begin_earliest == START_OF_TIME
    assert parse("../1990").begin_latest == START_OF_TIME


BAD = [
    "",
    "2014-13",
    "2025-02-30",
    "2023-02-29",
    "2024-1-1",
    "20240101",
    "2024-W05-1",
    "yesterday",
    "2025-06-27/2025-06-26",
    "/",
    "../..",
    "1/2/3",
    "2025-06-27T25:00:00",
    "2024-06-30T23:59:60Z",
    "2025-06-27T10:00:00+15:00",
    "-0000",
    "2024-XX-05",
    "20XX-05",
]


@pytest.mark.parametrize("text", BAD)
def test_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"\(.+\)") as caught:
        parse(text)
    assert repr(text) in str(caught.value)


HOLDS = [
    ("2023-04-04/..", "2023-04-03", Held.NO),
    ("2023-04-04/..", "2023-04-04", Held.CERTAIN),
    ("1995/1998-06", "1995-05-05", Held.POSSIBLE),
    ("1995/1998-06", "1996-01-01", Held.CERTAIN),
    ("1995/1998-06", "1998-06-15", Held.POSSIBLE),
    ("1995/1998-06", "1998-07-01", Held.NO),
    ("1995", "1995-01-01", Held.POSSIBLE),
    ("/1990", "1989-12-31", Held.POSSIBLE),
]


@pytest.mark.parametrize(("text", "on", "answer"), HOLDS)
def test_holds(text: str, on: str, answer: Held) -> None:
    assert parse(text).holds(day(on)) is answer


def test_clocks() -> None:
    cut = Clocks(known_at=day("2025-06-29"))
    assert cut.knows(day("2025-06-29"))
    assert not cut.knows(day("2025-06-30"))
    assert not cut.knows(day("2025-06-01"), withdrawn=day("2025-06-29"))
    assert cut.knows(day("2025-06-01"), withdrawn=day("2025-06-30"))
    assert not Clocks().knows(day("2025-06-01"), withdrawn=day("2025-06-29"))


days = st.integers(min_value=-1_000_000, max_value=3_652_059)


@given(days)
def test_civil_is_the_inverse_of_day_of(number: int) -> None:
    assert day_of(*civil(number)) == number


@given(st.dates())
def test_days_agree_with_datetime(date: datetime.date) -> None:
    assert day_of(date.year, date.month, date.day) == date.toordinal()
    assert iso(date.toordinal()) == date.isoformat()


@st.composite
def times(draw: st.DrawFn) -> When:
    begin = draw(st.integers(min_value=700_000, max_value=740_000))
    length = draw(st.integers(min_value=0, max_value=4_000))
    cut = draw(st.sampled_from([4, 7, 10]))
    end = draw(st.sampled_from([iso(begin + length)[:cut], "..", ""]))
    text = f"{iso(begin)[:cut]}/{end}"
    return parse(text if end in ("..", "") or end >= iso(begin)[:cut] else iso(begin)[:cut])


@given(times())
def test_bounds_are_ordered(when: When) -> None:
    assert when.begin_earliest <= when.begin_latest
    assert when.end_earliest <= when.end_latest
    assert when.begin_earliest <= when.end_latest


@given(times(), times())
def test_before_is_never_certain_both_ways(one: When, two: When) -> None:
    assert not (one.before(two) is Held.CERTAIN and two.before(one) is Held.CERTAIN)
    if one.before(two) is Held.CERTAIN:
        assert one.overlaps(two) is Held.NO
    assert one.overlaps(two) is two.overlaps(one)


@given(times(), st.integers(min_value=699_000, max_value=745_000))
def test_a_certain_day_lies_within_every_window_around_it(when: When, on: int) -> None:
    held = when.holds(on)
    if held is Held.CERTAIN:
        assert when.within(on, on) is Held.CERTAIN
    if held is Held.NO:
        assert when.within(on, on) is Held.NO


@given(times(), times())
def test_gap_turns_round(one: When, two: When) -> None:
    least, most = one.gap_days(two)
    assert least <= most
    assert two.gap_days(one) == (-most, -least)


# The `edtf` package pads open ends and approximations by its own rules and reads more forms than
# level 1; where both read plain dates, months, years and closed intervals they must agree.
@given(
    st.sampled_from([4, 7, 10]),
    st.dates(min_value=datetime.date(1000, 1, 1)),
    st.dates(min_value=datetime.date(1000, 1, 1)),
)
def test_plain_forms_agree_with_the_edtf_package(cut: int, one: datetime.date, two: datetime.date) -> None:
    import edtf

    first, last = sorted((one.isoformat()[:cut], two.isoformat()[:cut]))
    for text in (first, f"{first}/{last}"):
        oracle, ours = edtf.parse_edtf(text), parse(text)
        low, high = oracle.lower_strict(), oracle.upper_strict()
        assert iso(ours.begin_earliest) == f"{low.tm_year:04d}-{low.tm_mon:02d}-{low.tm_mday:02d}"
        assert iso(ours.end_latest) == f"{high.tm_year:04d}-{high.tm_mon:02d}-{high.tm_mday:02d}"


def test_a_coarse_date_is_not_a_day() -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        when_.day("2025-06")
