"""Time lines drawn on the server: a thing's events as marks on an axis, terms of office as bands."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup

from graph import when as when_
from graph.when import Day
from viz import letters, timeline
from viz.dossier import Bar, Happening
from viz.setting import Setting
from viz.templating import environment

EVENTS_WIDTH: Final = 680
BANDS_WIDTH: Final = 860
_STEP: Final = 13.0
_BAND: Final = 26.0
_TITLE: Final = 20.0
_DISPUTED: Final = 60
"""So many days two terms may share though one followed the other: sources do not agree on the date."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)


def events(found: Sequence[Happening], setting: Setting, path: str) -> Markup:
    """Events as marks over an axis of time, stacked where they are close, friendly ones up; at two widths."""
    return timeline.twice(lambda width: _events(found, setting, path, width), EVENTS_WIDTH)


def _events(found: Sequence[Happening], setting: Setting, path: str, width: int) -> Markup:
    first, last = min(h.day for h in found), max(h.day for h in found)
    span = max(60, last - first)
    first, last = first - span // 30, last + span // 30
    root = "../" * path.count("/")
    stacks: dict[tuple[int, bool], int] = {}
    marks = []
    for happening in sorted(found, key=lambda h: (h.day, h.event)):
        x = width * (happening.day - first) / (last - first)
        slot, up = round(x / _STEP), happening.intensity >= 0
        level = stacks[slot, up] = stacks.get((slot, up), 0) + 1
        y = -level * _STEP if up else level * _STEP
        tone = "warm" if happening.intensity > 0 else "cool" if happening.intensity < 0 else "even"
        marks.append((slot * _STEP, y, tone, root + setting.to(happening.event), f"{happening.date}: {happening.name}"))
    above = max((-y for _, y, *_ in marks if y < 0), default=0) + 12
    below = max((y for _, y, *_ in marks if y > 0), default=0) + 12
    return _svg(
        "events.svg", width=width, marks=marks, above=above, height=above + below + 22,
        axis=_axis(first, last, width), foot=above + below,
    )  # fmt: skip


def bands(found: Sequence[tuple[str, Sequence[Bar]]], as_of: Day, to: Callable[[str], str]) -> Markup:
    """Terms of office as bands, a row an office, names where there is room, pale where not certain; at two widths.

    Who holds an office together with others stands in a row of their own. Each band says whose it is and
    when, and leads to the page that `to` names.
    """
    return timeline.twice(lambda width: _bands(found, as_of, to, width), BANDS_WIDTH)


def _bands(found: Sequence[tuple[str, Sequence[Bar]]], as_of: Day, to: Callable[[str], str], width: int) -> Markup:
    first = min(max(b.time[0], when_.day_of(1800)) for _, bars in found for b in bars)
    span = max(365, as_of - first)
    rows = []
    height = 0.0
    for title, bars in found:
        top = height + _TITLE
        segments = []
        lanes = _lanes(bars, as_of)
        for number, (bar, lane) in enumerate(zip(bars, lanes, strict=True)):
            end = as_of if bar.open else bar.time[3]
            sure = as_of if bar.open else max(bar.time[1], min(bar.time[2], end))
            xs = [round(width * (min(max(d, first), as_of) - first) / span, 1) for d in (bar.time[0], sure, end)]
            parts = (("name", xs[0], xs[1]), ("name faint", xs[1], xs[2]))
            fitting = ((look, start + 5, _fitting(bar.name, end - start - 10)) for look, start, end in parts)
            label = next((f for f in fitting if f[2]), None)
            told = (to(bar.id), ", ".join(filter(None, (bar.name, bar.when))))
            tint = "odd" if lanes[:number].count(lane) % 2 else "even"
            segments.append((top + lane * _BAND, *xs, tint, label, *told))
        rows.append((title, top, segments))
        height = top + _BAND * (max(lanes) + 1)
    axis = _axis(first, as_of, width)
    return _svg("bands.svg", width=width, rows=rows, band=_BAND, height=height + 22, foot=height + 2, axis=axis)


def _lanes(bars: Sequence[Bar], as_of: Day) -> list[int]:
    """The row of each bar among those of its office: the first in which nobody held it together with them."""
    sure = [(bar.time[1], as_of if bar.open else bar.time[2]) for bar in bars]
    found: list[int] = []
    for span in sure:
        beside = {lane for lane, other in zip(found, sure, strict=False) if _together(span, other)}
        found.append(next(lane for lane in itertools.count() if lane not in beside))
    return found


def _together(one: tuple[Day, Day], other: tuple[Day, Day]) -> bool:
    """Whether two certain spans share more days than dates in dispute explain, or one lies deep inside the other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    inside = any(
        outer[0] + _DISPUTED < inner[0] <= inner[1] < outer[1] - _DISPUTED
        for outer, inner in ((one, other), (other, one))
    )
    return shared > _DISPUTED or inside


def _fitting(name: str, room: float) -> str:
    """The name, or its last word, or nothing, as there is room."""
    for text in (name, name.split()[-1]):
        if letters.width(text, size=12) <= room:
            return text
    return ""


def _axis(first: Day, last: Day, width: int) -> list[tuple[float, str]]:
    """Where years, or months of a short time, begin on the axis, as many as have room."""
    most = width / 84
    year, end = when_.civil(first)[0], when_.civil(last)[0]
    if end - year > 2:
        every = next((n for n in _STEPS if (end - year) / n <= most), 200)
        days = [(when_.day_of(y), str(y)) for y in range(year, end + 1) if y % every == 0]
    else:
        months = list(itertools.product(range(year, end + 1), range(1, 13)))
        every = max(1, -(-sum(first <= when_.day_of(y, m) <= last for y, m in months) // int(most)))
        days = [(when_.day_of(y, m), f"{m}/{y}") for y, m in months if (m - 1) % every == 0]
    return [
        (round(width * (d - first) / (last - first), 1), text)
        for d, text in days
        if first <= d <= last - (last - first) * 30 // width
    ]


def _svg(template: str, **parts: object) -> Markup:
    text = environment().get_template(template).render(**parts)
    return Markup(text)  # noqa: S704 (rendered with autoescape on)
