"""Terms of office as bands: one row for those who follow each other, another for who held it with them."""

from __future__ import annotations

import re

import pytest

from graph import when as when_
from viz import lifeline
from viz.dossier import Bar

DAY = when_.day("2026-11-29")


def bar(name: str, begun: str, ended: str = "", *, surely: str = "") -> Bar:
    """A term from a day to a day, or still held; with `surely` it is known to have lasted only until then."""
    first = when_.day(begun)
    last = when_.day(ended) if ended else when_.END_OF_TIME
    return Bar(name.lower(), name, (first, first, when_.day(surely) if surely else last, last), open=not ended)


@pytest.mark.parametrize(
    ("terms", "rows"),
    [
        ((bar("A", "2000-01-01", "2005-01-01"), bar("B", "2005-01-01")), 1),
        # sources differ by a month on when one followed the other
        ((bar("A", "2000-01-01", "2005-02-01"), bar("B", "2005-01-01")), 1),
        # nobody says when the first went, only that the other was there later
        ((bar("A", "2000-01-01", "2009-01-01", surely="2000-01-01"), bar("B", "2009-01-01")), 1),
        ((bar("A", "2000-01-01"), bar("B", "2010-01-01")), 2),
        # of the second only the first day is certain, and the first held it long before and after that
        (
            (bar("A", "2000-01-01"), bar("B", "2010-01-01", "2015-01-01", surely="2010-01-01"), bar("C", "2015-01-01")),
            2,
        ),
    ],
)
def test_who_held_an_office_together_stands_in_rows_of_their_own(terms: tuple[Bar, ...], rows: int) -> None:
    drawn = str(lifeline.bands([("Heads", terms)], DAY, lambda name: f"../{name}/"))
    for picture in re.findall(r"<svg.*?</svg>", drawn, re.S):
        tops = {(float(y), float(h)) for y, h in re.findall(r'<rect[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"', picture)}
        assert len(tops) == rows
        high = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', picture)[1])  # type: ignore[index]
        assert all(y + h < high for y, h in tops)
        assert picture.count("<a ") == len(terms)
