"""Dates, widths and frames in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import when as when_
from viz import dates, letters, words

DATES = [
    ("2025-06-27", "June 27, 2025"),
    ("2024-12-25", "Dec. 25, 2024"),
    ("2025-02", "February 2025"),
    ("1990", "1990"),
    ("199X", "1990s"),
    ("2025-02?", "perhaps February 2025"),
    ("2023-04-04/..", "since April 4, 2023"),
    ("1990/", "from 1990, end unknown"),
    ("/2025-06-30", "by June 30, 2025"),
    ("2024-08-18/2024-08-19", "Aug. 18–19, 2024"),
    ("-0044-03-15", "March 15, 45 BCE"),
    ("", ""),
]
LABELS = [
    ("2024-12-25", "Dec. 25, 2024"),
    ("2025-05-07~", "May 2025"),
    ("2024-08-18/2024-08-19", "Aug. 2024"),
    ("2001/2011", "2001–2011"),
    ("/2025-06-30", "by June 2025"),
    ("2025", "2025"),
    ("2025-06-27/2025-07-01", "2025"),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: str) -> None:
    assert dates.when(text) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels(text: str, expected: str) -> None:
    assert dates.label(text) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "the same day"), (1, "1 day"), (20, "20 days"), (46, "7 weeks"), (184, "6 months"), (1000, "3 years")],
)
def test_apart(days: int, expected: str) -> None:
    assert dates.apart(days) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-12-25", "2025-07-02", "December 2024 to July 2025"),
        ("2025-06-27", "2025-07-02", "June 27 to July 2, 2025"),
        ("2001-07-02", "2025-07-02", "2001 to 2025"),
    ],
)
def test_months(first: str, last: str, expected: str) -> None:
    assert dates.months(when_.day(first), when_.day(last)) == expected


@given(st.text(max_size=60), st.floats(40, 300))
def test_no_line_is_wider_than_asked(text: str, most: float) -> None:
    found = letters.lines(text, size=13, most=most)
    assert all(letters.width(line, size=13) <= most + 1e-6 for line in found)
    assert len(found) <= 4


@given(st.text(max_size=40))
def test_short_text_is_kept_whole(text: str) -> None:
    assert " ".join(letters.lines(text, size=13, most=10_000)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("frame", "parts", "expected"),
    [
        ("{subject} joined {object}", {"subject": "A", "object": "B"}, "A joined B"),
        ("{subject} {subject.was} in {object}", {"subject": "A", "object": "B"}, "A was in B"),
        ("{subject}[ since {date}]", {"subject": "A", "date": ""}, "A"),
        ("{subject}", {"subject": "{object}"}, "{object}"),
    ],
)
def test_fill(frame: str, parts: dict[str, str], expected: str) -> None:
    assert words.fill(frame, parts) == expected


def test_a_word_too_long_for_its_line_is_broken_with_a_hyphen() -> None:
    assert letters.lines("threat of countermeasures", size=13, most=86) == ("threat of", "countermea-", "sures")
