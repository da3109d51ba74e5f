"""The course of a relationship on a terminal: a bar for each month, quarter or year."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import click

from graph import when as when_
from graph.chains import wording
from graph.cli import visible
from graph.questions.relationship import Month, Trajectory, Turn
from graph.store import Store

_SCALE: Final = 10.0
_BAR: Final = 10
_MOST_LINES: Final = 40
_BLOCKS: Final = " ▏▎▍▌▋▊▉█"
_LENGTHS: Final = (("month", 7), ("year", 4), ("decade", 3))


def show(course: Trajectory, store: Store) -> None:
    """Print the chart and the turns of a relationship."""
    for line in laid_out(course, store, max(60, min(100, shutil.get_terminal_size((80, 24)).columns))):
        click.echo(line)


def laid_out(course: Trajectory, store: Store, width: int) -> Iterator[str]:
    """The lines of a chart: hostile to the left, friendly to the right, and the events around which the tone turned."""
    names = wording.listed([store.entity(e).name for e in course.entities])
    total = wording.counted(sum(m.events for m in course.months), "event")
    yield click.style(visible(f"{names}, {course.months[0].month} to {course.months[-1].month}: {total}"), bold=True)
    yield ""
    unit, rows = _grouped(course.months)
    yield click.style(f"{unit:<9}{'hostile':>{_BAR}} {'friendly':<{_BAR}}  events", dim=True)
    turns = {_key(when_.iso(t.day)[:7], unit): t for t in sorted(course.turns, key=lambda t: t.clearness)}
    for label, months in rows:
        events = sum(m.events for m in months)
        mean = sum(m.mean * m.events for m in months) / events
        turn = turns.get(_key(months[0].month, unit))
        line = f"{label:<9}{_bar(mean)} {events:>7}"
        yield line + (_turned(turn, store, width - len(line) - 2) if turn else "")


def _turned(turn: Turn, store: Store, room: int) -> str:
    """The event around which the tone turned, with an arrow for the way it went."""
    arrow = "↑" if turn.after > turn.before else "↓"
    text = visible(f"{arrow} {store.entity(turn.event).name}" if store.has(turn.event) else f"{arrow} {turn.event}")
    return f"  {text if len(text) <= room else text[: room - 1] + '…'}"


def _key(month: str, unit: str) -> str:
    return month[: dict(_LENGTHS)[unit]]


def _grouped(months: Sequence[Month]) -> tuple[str, list[tuple[str, list[Month]]]]:
    """The months by the shortest span that gives few enough lines."""
    fitting = [u for u, length in _LENGTHS if len({m.month[:length] for m in months}) <= _MOST_LINES]
    unit = (*fitting, _LENGTHS[-1][0])[0]
    rows = [(key, list(inside)) for key, inside in groupby(months, lambda m: _key(m.month, unit))]
    return unit, [(f"{key}0s" if unit == "decade" else key, inside) for key, inside in rows]


def _bar(mean: float) -> str:
    """A bar of `_BAR` columns to either side of an axis, filled in eighths of a column."""
    eighths = round(abs(mean) / _SCALE * _BAR * 8)
    full, part = divmod(min(eighths, _BAR * 8), 8)
    if mean < 0:
        return click.style(("█" * full).rjust(_BAR), fg="red") + "│" + " " * _BAR
    return " " * _BAR + "│" + click.style(("█" * full + _BLOCKS[part].strip()).ljust(_BAR), fg="blue")
