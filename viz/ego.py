"""A thing among its neighbours as a drawing: it stands in the middle, relations fan out under their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from viz import letters
from viz.layout import CLEAR, LABEL, LEADING, RADIUS, Drawing, Note, Place, Side
from viz.view import Relation, Thing, View

WIDE: Final = 840.0
TALL: Final = 358.0
TALL_MOST: Final = 26
_AIR: Final = 7.0
_HEADING: Final = 30.0
_EDGE: Final = 10.0
_REACH: Final = 176.0
_BEND: Final = 40.0
_ARM: Final = 128.0
_OUTER: Final = 268.0
_INNER: Final = 70.0
Groups = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A heading, or a thing with its label in lines: what a column is made of."""

    heading: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()

    @property
    def high(self) -> float:
        """Its height in pixels."""
        return _HEADING if self.heading else LEADING * len(self.lines) + _AIR


def wide(view: View, groups: Groups) -> Drawing:
    """The first thing of a view in the middle, its relations in a column on either side, `WIDE` wide."""
    room = WIDE / 2 - _REACH - RADIUS[1] - CLEAR - 8
    left, right = _halves(_cells(view, groups, room))
    height = max(_high(left), _high(right), 120.0) + 2 * _EDGE
    places = {view.things[0].id: _centre(view.things[0], WIDE / 2, height / 2, 150)}
    notes: list[Note] = []
    for cells, side in ((left, "left"), (right, "right")):
        for y, cell in _set(cells, height):
            bend = abs(y - height / 2) / (height / 2)
            _put(cell, WIDE / 2, _REACH - _BEND * bend * bend, y, "left" if side == "left" else "right", places, notes)
    return Drawing(WIDE, round(height), places, _bows(view.relations, places), tuple(notes))


def more(view: View, groups: Groups) -> Drawing:
    """Up to 150 things in two columns on either side; lines to the outer ones go behind the inner labels."""
    left, right = _halves(_cells(view, groups, _ARM))
    columns = [*_halves(left)[::-1], *_halves(right)]
    height = max(*(_high(c) for c in columns), 120.0) + 2 * _EDGE
    places = {view.things[0].id: _centre(view.things[0], WIDE / 2, height / 2, 110)}
    notes: list[Note] = []
    sides: tuple[tuple[float, Side], ...] = ((_OUTER, "left"), (_INNER, "left"), (_INNER, "right"), (_OUTER, "right"))
    for cells, (reach, side) in zip(columns, sides, strict=True):
        for y, cell in _set(cells, height):
            _put(cell, WIDE / 2, reach, y, side, places, notes)
    return Drawing(WIDE, round(height), places, _bows(view.relations, places), tuple(notes))


def tall(view: View, groups: Groups) -> Drawing:
    """The thing at the left, its first neighbours in one column at the right, `TALL` wide, for narrow screens."""
    cells = _cells(view, _trimmed(groups), TALL - 166 - RADIUS[1] - CLEAR - 6)
    height = max(_high(cells), 120.0) + 2 * _EDGE
    places = {view.things[0].id: _centre(view.things[0], 50, height / 2, 96)}
    notes: list[Note] = []
    for y, cell in _set(cells, height):
        bend = abs(y - height / 2) / (height / 2)
        _put(cell, 0, 166 - 30 * bend * bend, y, "right", places, notes)
    return Drawing(TALL, round(height), places, _bows(view.relations, places), tuple(notes))


def _centre(thing: Thing, x: float, y: float, most: float) -> Place:
    label = letters.lines(thing.name, size=LABEL, most=most, rows=5)
    return Place(thing.id, round(x), round(y), RADIUS[3], "below", label, strong=True)


def _put(
    cell: Cell, middle: float, reach: float, y: float, side: Side, places: dict[str, Place], notes: list[Note]
) -> None:
    """A cell at its height, so far to the left or right of the middle."""
    sign = -1 if side == "left" else 1
    x = middle + sign * reach
    if cell.heading:
        away = sign * (RADIUS[1] + CLEAR)
        notes.append(Note(round(x + away), round(y + 4), cell.heading, "end" if side == "left" else "start"))
    else:
        places[cell.name] = Place(cell.name, round(x), round(y), RADIUS[1], side, cell.lines)


def _cells(view: View, groups: Groups, room: float) -> list[Cell]:
    names = {t.id: t.name for t in view.things}
    found: list[Cell] = []
    for title, members in groups:
        found.append(Cell(heading=title))
        found += [Cell(name=n, lines=letters.lines(names[n], size=LABEL, most=room, rows=2)) for n in members]
    return found


def _high(cells: Sequence[Cell]) -> float:
    return sum(c.high for c in cells)


def _set(cells: Sequence[Cell], height: float) -> list[tuple[float, Cell]]:
    """Each cell with its middle, the column centred; a heading stands nearer to what it heads."""
    found = []
    top = (height - _high(cells)) / 2
    for cell in cells:
        found.append((top + (cell.high - 11 if cell.heading else cell.high / 2), cell))
        top += cell.high
    return found


def _halves(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Cells cut in two of about equal height; a heading is never left without what it heads."""
    if not cells:
        return [], []
    half = _high(cells) / 2
    cuts = [at for at in range(1, len(cells)) if not cells[at - 1].heading]
    whole = [at for at in cuts if cells[at].heading and abs(_high(cells[:at]) - half) < half * 0.3]
    cut = min(whole or cuts, key=lambda at: abs(_high(cells[:at]) - half), default=len(cells))
    second = list(cells[cut:])
    if second and not second[0].heading:
        second.insert(0, next(c for c in reversed(cells[:cut]) if c.heading))
    return list(cells[:cut]), second


def _trimmed(groups: Groups) -> list[tuple[str, Sequence[str]]]:
    """The first names of every group, so that a narrow screen shows some of each."""
    most = max(2, TALL_MOST // max(1, len(groups)))
    kept = [(title, list(names[:most])) for title, names in groups]
    spare = TALL_MOST - sum(len(names) for _, names in kept)
    for (_, names), (_, every) in zip(kept, groups, strict=True):
        taken = every[len(names) : len(names) + max(0, spare)]
        names.extend(taken)
        spare -= len(taken)
    return [(title, names) for title, names in kept]


def _bows(relations: Sequence[Relation], places: Mapping[str, Place]) -> dict[str, float]:
    """Straight lines; a second and third relation between the same two bow, so that each can be seen."""
    seen: dict[frozenset[str], int] = {}
    bows = {}
    for relation in relations:
        if relation.subject in places and relation.object in places:
            pair = frozenset((relation.subject, relation.object))
            nth = seen[pair] = seen.get(pair, -1) + 1
            bows[relation.id] = (0.0, 0.12, -0.12, 0.22, -0.22)[min(nth, 4)]
    return bows
