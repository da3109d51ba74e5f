"""Timelines and trajectories as small SVGs drawn on the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup

from graph import when as when_
from graph.when import Day
from viz import dates, dossier, letters
from viz.templating import environment
from viz.trajectory import Bar, Trajectory

WIDTH: Final = 680
NARROW: Final = 358
BARS_WIDTH: Final = 860
_MIDDLE: Final = 82
_HEAD: Final = 18
_REACH: Final = 58
_TURN_ROW: Final = 20
_TURN_ROOM: Final = 110.0


def ticks(days: Sequence[Day], first: Day, last: Day) -> Markup:
    """Marks where the steps fall along the slider; decoration, so hidden from assistive technology."""
    span = max(1, last - first)
    marks = "".join(f'<path d="M{1000 * (d - first) / span:.1f} 0V10"/>' for d in days)
    return Markup(  # noqa: S704 (numbers only)
        f'<svg class="ticks" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{marks}</svg>'
    )


def twice(draw: Callable[[int], Markup], wide: int = WIDTH) -> Markup:
    """A figure drawn for wide screens and again for narrow ones, so that its letters keep their size."""
    parts = ((draw(wide), "wide"), (draw(NARROW), "tall"))
    return Markup("").join(Markup('<div class="only-{}">{}</div>').format(form, svg) for svg, form in parts)


def chart(found: Trajectory) -> Markup:
    """A pair's course as bars, cooperation up and conflict down, with its turning points, at two widths."""
    return twice(lambda width: _chart(found, width))


def _chart(found: Trajectory, width: int) -> Markup:
    most = max(max(b.warm, -b.cool) for b in found.bars) or 1.0
    step = width / len(found.bars)
    bars = []
    for at, bar in enumerate(found.bars):
        warm, cool = (round(_REACH * abs(v) / most, 1) for v in (bar.warm, bar.cool))
        bars.append((round(at * step + 1, 1), round(max(1.5, step - 2), 1), warm, cool, _told(bar, found.months)))
    turns = [
        (x, dates.day(turn.day), "end" if left else "start", -6 if left else 6, _HEAD + row * _TURN_ROW)
        for turn, (x, left, row) in zip(found.turns, _turned(found, step, width), strict=True)
    ]
    template = environment().get_template("trajectory.svg")
    return Markup(  # noqa: S704 (rendered with autoescape on)
        template.render(
            width=width, height=2 * _MIDDLE + 30, middle=_MIDDLE, bars=bars, turns=turns,
            years=_years(found, step, width),
            described=describe(found),
        )
    )  # fmt: skip


def _turned(found: Trajectory, step: float, width: int) -> list[tuple[float, bool, int]]:
    """Where each turn stands, whether its date goes to the left of its line, and in which row.

    A date never lies across another turn's line: where all go left the earlier ones stand lower.
    """
    first = found.bars[0].year * 12 + found.bars[0].month
    months = (year * 12 + number for year, number, _ in (when_.civil(t.day) for t in found.turns))
    at = [round((month - first + 0.5) / found.months * step, 1) for month in months]
    left = [x > width / 2 or (at[-1] > width / 2 and at[-1] - x < _TURN_ROOM < x) for x in at]
    rows = list(range(len(at)))
    return list(zip(at, left, rows[::-1] if all(left) else rows, strict=True))


def _years(found: Trajectory, step: float, width: int) -> list[tuple[float, int]]:
    """Where years begin on the axis, as many as have room."""
    first = found.bars[0].year * 12 + found.bars[0].month - 1
    last = found.bars[-1].year * 12 + found.bars[-1].month - 1 + found.months
    years = [y for y in range(found.bars[0].year, last // 12 + 1) if first <= y * 12 < last]
    every = next(n for n in (1, 2, 5, 10, 20, 50) if len(years) / n <= width / 70)
    return [(round((y * 12 - first) / found.months * step, 1), y) for y in years if y % every == 0]


def _told(bar: Bar, months: int) -> str:
    since = f"{dates.MONTHS[bar.month - 1]} {bar.year}" if months < 12 else str(bar.year)
    count = f"{bar.events} event{'' if bar.events == 1 else 's'}"
    return f"{since}: {count}" if months in (1, 12) else f"From {since}: {count}"


def describe(found: Trajectory) -> str:
    """The chart in words: each stretch with events."""
    told = (f"{_told(b, found.months)}, balance {b.warm + b.cool:+.0f}" for b in found.bars if b.events)
    return "; ".join(told)


def bars(found: Sequence[dossier.Bar], as_of: Day, to: Callable[[str], str]) -> Markup:
    """Memberships as bars from left to right, certain dark and possible pale, the earliest first, at two widths.

    Each bar says when and leads to the page that `to` names.
    """
    return twice(lambda width: _bars(found, as_of, to, width), BARS_WIDTH)


def _bars(found: Sequence[dossier.Bar], as_of: Day, to: Callable[[str], str], width: int) -> Markup:
    kept = found[:60]
    first = min(max(b.time[0], when_.day_of(1900)) for b in kept)
    span = max(1, as_of - first)
    left, right = 150.0 if width > NARROW else 118.0, width - 8.0

    def x(day: Day) -> float:
        return round(left + (right - left) * (min(max(day, first), as_of) - first) / span, 1)

    rows = []
    for at, bar in enumerate(kept):
        end = as_of if bar.open else bar.time[3]
        sure = as_of if bar.open else max(bar.time[1], bar.time[2])
        name = letters.lines(bar.name, size=12, most=left - 10, rows=1)[0]
        told = (to(bar.id), ", ".join(filter(None, (bar.name, bar.when))))
        rows.append((at * 18 + 4, name, x(bar.time[0]), x(bar.time[1]), x(sure), x(end), *told))
    every = 10 if span < 40 * 366 else 20
    years = [y for y in range(1900, 2101, every) if first <= when_.day_of(y) <= as_of]
    marks = [(x(when_.day_of(y)), y) for y in years]
    template = environment().get_template("bars.svg")
    return Markup(  # noqa: S704 (rendered with autoescape on)
        template.render(width=width, height=len(kept) * 18 + 24, rows=rows, marks=marks, left=left)
    )
