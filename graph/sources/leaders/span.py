"""The narrowest EDTF date that is sure to cover an end known only to lie between two days."""

from __future__ import annotations

from collections.abc import Iterator

from graph import when as when_
from graph.when import Day


def covering(first: Day, last: Day) -> str:
    """The narrowest single EDTF date (day, month, year, each also with ~) whose bounds hold first..last.

    Empty when nothing up to five years wide does.

    >>> covering(when_.day("2022-10-20"), when_.day("2022-10-25"))
    '2022-10'
    """
    candidates = [when_.parse(text) for day in (last, (first + last) // 2, first) for text in _around(day)]
    fitting = [w for w in candidates if w.begin_earliest <= first and last <= w.end_latest]
    return min(fitting, key=lambda w: w.end_latest - w.begin_earliest).text if fitting else ""


def _around(day: Day) -> Iterator[str]:
    text = when_.iso(day)
    for precise in (text, text[:7], text[:4]):
        yield precise
        yield f"{precise}~"
    yield f"{text[:4]}%"
