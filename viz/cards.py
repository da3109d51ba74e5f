"""The picture that goes with a shared link: what is on it, in words, and how it is laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.when import Day
from viz import card_drawing, card_type, look, strip
from viz.card_drawing import WIDTH, Sheet

MARGIN: Final = 70
BRAND: Final = "Backstory"
MOTTO: Final = "How we got here"
_TITLE_SIZES: Final = (96, 84, 74, 64, 56, 48, 42)
_LINE: Final = 1.1
_TITLE_TOP: Final = 186
_FOOT: Final = 566
_STEP_WIDE: Final = 500
_LABEL_WIDE: Final = 300


@dataclass(frozen=True, slots=True)
class Point:
    """A step of a chain on a card: its date in words, its name, its day."""

    date: str
    name: str
    day: Day


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says.

    `group` is the group of looks whose sign stands by the kicker; `span` when it was; `steps` the
    chain of which the first and the last are named; `facts` rows of label, value and since when;
    `foot` what it rests on.
    """

    kicker: str
    group: str
    title: str
    span: str = ""
    steps: tuple[Point, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    foot: str = ""

    @property
    def alt(self) -> str:
        """The card in words, for whoever cannot see it."""
        ends = (self.steps[0], self.steps[-1]) if len(self.steps) > 1 else ()
        told = [f"{which}: {p.name}, {p.date}" for which, p in zip(("First", "Last"), ends, strict=False)]
        told += [f"{label}: {value}" + (f", {since}" if since else "") for label, value, since in self.facts]
        kicker = self.kicker if self.kicker != self.title else ""
        parts = [f"{kicker}: {self.title}" if kicker else self.title, self.span, *told, self.foot]
        return " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts if p)


def key(card: Card) -> str:
    """A short hash of a card's words and of how cards look: equal key, equal picture."""
    return hashlib.sha256(f"{_design()}\x1f{card!r}".encode()).hexdigest()[:16]


def _design() -> str:
    return card_drawing.design((__file__, card_drawing.__file__, card_type.__file__, strip.__file__))


def png(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    return drawn(card).png()


def drawn(card: Card) -> Sheet:
    """The card laid out: head, title, then its steps or its facts, and what it rests on."""
    sheet = Sheet()
    _head(card, sheet)
    least = 3 if card.steps else len(card.facts)
    bottom = _FOOT - 40 - (170 if card.steps else 52 * least + 14 * bool(least))
    y = _title(card, sheet, bottom)
    if len(card.steps) > 1:
        _steps(card.steps, sheet)
    else:
        _facts(card.facts, sheet, max(y + 64, _FOOT - 36 - 52 * (len(card.facts) - 1)))
    sheet.box(MARGIN, _FOOT, WIDTH - MARGIN, _FOOT + 1, "rule")
    if card.foot:
        _one_line(card.foot, sheet, MARGIN, _FOOT + 38, 24, "soft", WIDTH - 2 * MARGIN)
    return sheet


def _head(card: Card, sheet: Sheet) -> None:
    wide = sheet.text((MARGIN, 76), BRAND, "headline", 44, "ink")
    sheet.text((MARGIN + wide + 18, 76), MOTTO, "plain", 24, "soft")
    sheet.box(MARGIN, 98, WIDTH - MARGIN, 101, "ink")
    group = look.load().groups[card.group]
    sheet.shape((MARGIN + 12, 145), 12, group.shape, group.colour)
    _one_line(card.kicker, sheet, MARGIN + 36, 154, 26, group.colour, WIDTH - 2 * MARGIN - 36, style="bold")


def _title(card: Card, sheet: Sheet, bottom: float) -> float:
    """The title as large as it fits above `bottom`, and when it was; the baseline of the last line."""
    high = bottom - _TITLE_TOP - (44 if card.span else 0)
    text = card_type.readable(card.title)
    size, lines = card_type.fitted(text, "headline", sizes=_TITLE_SIZES, most=WIDTH - 2 * MARGIN, high=high)
    y = _TITLE_TOP - size * 0.2
    for row in lines:
        y += size * _LINE
        sheet.text((MARGIN, y), row, "headline", size, "ink")
    if card.span:
        y += 54
        _one_line(card.span, sheet, MARGIN, y, 28, "soft", WIDTH - 2 * MARGIN)
    return y


def _steps(steps: Sequence[Point], sheet: Sheet) -> None:
    """All steps as numbered signs on a line, the first and the last with date and name."""
    y, radius = _FOOT - 168, 17
    room = WIDTH - 2 * MARGIN - 2 * radius
    xs = [MARGIN + radius + room * x for x in strip.shares([p.day for p in steps])]
    sheet.box(xs[0], y - 2, xs[-1], y + 2, "chain")
    for number, x in enumerate(xs, 1):
        sheet.shape((x, y), radius, "diamond", "chain", number=str(number))
    for point, end in ((steps[0], False), (steps[-1], True)):
        x = WIDTH - MARGIN if end else MARGIN
        sheet.text((x, y + 54), point.date, "bold", 24, "chain", end=end)
        name = card_type.readable(point.name)
        size, lines = card_type.fitted(name, "plain", sizes=(28, 25), most=_STEP_WIDE, high=72)
        for row, line in enumerate(lines):
            sheet.text((x, y + 92 + row * size * 1.2), line, "plain", size, "ink", end=end)


def _facts(facts: Sequence[tuple[str, str, str]], sheet: Sheet, y: float) -> None:
    left, room = MARGIN + _LABEL_WIDE, WIDTH - 2 * MARGIN - _LABEL_WIDE
    for label, value, when in facts:
        _one_line(label, sheet, MARGIN, y, 24, "soft", _LABEL_WIDE - 20)
        apart = 14 + card_type.width(when, "plain", 24) if when else 0
        wide = _one_line(value, sheet, left, y, 29, "ink", room - apart)
        if when:
            sheet.text((left + wide + 14, y), when, "plain", 24, "soft")
        y += 52


def _one_line(
    text: str,
    sheet: Sheet,
    x: float,
    y: float,
    size: int,
    colour: str,
    most: float,
    *,
    style: card_type.Style = "plain",
) -> float:
    """A text in one line, as large as `size` and smaller where it must be, cut when it is longer still; its width."""
    sizes = (size, round(size * 0.88), round(size * 0.76))
    found, lines = card_type.fitted(card_type.readable(text), style, sizes=sizes, most=most, high=1.2 * size)
    return sheet.text((x, y), lines[0], style, found, colour)
