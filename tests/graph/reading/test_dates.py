"""Dates as newsrooms write them, read back against the day of the draft."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading.dates import dates
from graph.when import day, iso

TODAY = day("2025-07-14")  # a Monday
CASES = [
    ("on Friday", "2025-07-11", "2025-07-11", "the last one"),
    ("last Friday", "2025-07-11", "2025-07-11", "said on a Monday"),
    ("next Tuesday", "2025-07-15", "2025-07-15", "to come"),
    ("he will travel there on Thursday", "2025-07-17", "2025-07-17", "the clause looks ahead"),
    (
        "The minister said Thursday that talks will go on",
        "2025-07-10",
        "2025-07-10",
        "what he said looks ahead, not when",
    ),
    ("yesterday", "2025-07-13", "2025-07-13", ""),
    ("June 27", "2025-06-27", "2025-06-27", "this year"),
    ("27 June 2025", "2025-06-27", "2025-06-27", "day first"),
    ("Dec. 25", "2024-12-25", "2024-12-25", "the last one, not the next"),
    ("in February", "2025-02-01", "2025-02-28", ""),
    ("in October last year", "2024-10-01", "2024-10-31", ""),
    ("in late June", "2025-06-21", "2025-06-30", ""),
    ("earlier this month", "2025-07-01", "2025-07-14", ""),
    ("last week", "2025-07-07", "2025-07-13", ""),
    ("last month", "2025-06-01", "2025-06-30", ""),
    ("a year ago", "2024-01-01", "2024-12-31", "as coarse as it is said"),
    ("two days ago", "2025-07-12", "2025-07-12", ""),
    ("over the weekend", "2025-07-12", "2025-07-13", ""),
    ("between 2001 and 2011", "2001-01-01", "2011-12-31", ""),
    ("from June 27 to July 1", "2025-06-27", "2025-07-01", ""),
    ("June 27-29, 2025", "2025-06-27", "2025-06-29", ""),
    ("in the early 1990s", "1990-01-01", "1993-05-01", "a third of it"),
    ("Christmas Day 2024", "2024-12-25", "2024-12-25", ""),
    ("in the summer of 2024", "2024-06-01", "2024-08-31", ""),
    ("two days later", "2025-06-29", "2025-06-29", "from the date told before"),
    ("the following day", "2025-06-28", "2025-06-28", "from the date told before"),
    ("later that month", "2025-06-27", "2025-06-30", "from the date told before"),
    ("on the 29th", "2025-06-29", "2025-06-29", "in the month told before"),
]


@pytest.mark.parametrize(("text", "first", "last", "why"), CASES)
def test_resolved(text: str, first: str, last: str, why: str) -> None:
    before = (day("2025-06-27"), day("2025-06-27"))
    (found,) = dates(text, TODAY, before)
    assert (iso(found.spans[0][0]), iso(found.spans[0][1])) == (first, last), why


NO_DATE = [
    "He may go.",
    "They march on.",
    "a 2,014-page report",
    "Flight 8243 crashed",
    "Jan Kavan spoke",
    "2014 people came",
]


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    assert dates(text, TODAY) == ()


def test_relations() -> None:
    text = "Since July 2025, by June 30, before 2020, after March 3"
    assert [p.relation for p in dates(text, TODAY)] == ["since", "by", "before", "after"]


def test_without_a_date_before_it_is_open() -> None:
    (found,) = dates("two days later", TODAY)
    assert found.spans == ()
    assert found.offset == (2, "day")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = dates(text, TODAY)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(first <= last for p in found for first, last in p.spans)


def test_annotated_news(shared: Path) -> None:
    """The floor under what `python -m benchmarks.prose.timex` prints."""
    from benchmarks.prose.timex import agrees, found, read

    gold = right = 0
    for path in sorted((shared / "data" / "timex" / "AQUAINT").glob("*.tml"))[:30]:
        today, text, wanted, _ = read(path)
        read_ = list(found(text, today))
        gold += len(wanted)
        right += sum(any(p.start < w.end and w.start < p.end and agrees(p, w.value) for p in read_) for w in wanted)
    assert right / gold > 0.8
