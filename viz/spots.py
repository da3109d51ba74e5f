"""Where each thing stands when everything is drawn at once: on the map, or around what it belongs to.

A city lies where it is, a country on its main land. Who and what belongs to a country stands around
that point in a spiral, the latest nearest; what belongs to none stands in rows below the map.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim
from graph.questions import coverage
from graph.when import END_OF_TIME, START_OF_TIME
from viz import look, worldmap
from viz.shelf import Shelf

# Which relations say where a thing belongs, the plainest first; read from the thing to its place.
BELONGS: Final = (
    "tookPlaceIn", "locatedIn", "capitalOf", "headquarteredIn", "headOfStateOf", "headOfGovernmentOf", "officeOf",
    "organOf", "citizenOf", "leads", "holdsOffice", "affiliatedWith", "ownedBy", "actor", "signatory", "participant",
    "target", "about", "partOf", "relativeOf",
)  # fmt: skip
# Kinds that may stand around what has no place on the map itself: who leads a bloc stands by it.
_MOVED: Final = frozenset({"Person", "Office"})
_ROUNDS: Final = 4
_APART: Final = 1.15
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_ROW_OF: Final = 64
_ROW_HIGH: Final = 11.0
_BELOW: Final = 40.0
Point = tuple[float, float]
Belonging = defaultdict[str, defaultdict[str, list[Claim]]]
"""By thing, and by relation in the order of `BELONGS`, the claims of where it belongs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the rows below the map, and where."""

    text: str
    x: float
    y: float


def spots(names: Iterable[str], shelf: Shelf) -> tuple[dict[str, Point], tuple[Heading, ...]]:
    """The place of each thing in units of the map, x to the right and y down, and the headings of the rows below it.

    The same graph gives the same places; time and memory grow with the number of claims.
    """
    wanted = sorted(names)
    belonging: Belonging = defaultdict(lambda: defaultdict(list))
    for predicate in BELONGS:
        for claim in filter(coverage.stands, shelf.claims(predicate=predicate)):
            belonging[claim.subject][predicate].append(claim)
    fixed = _on_the_map(wanted, shelf)
    anchors = _anchors(wanted, belonging, fixed)
    left = [n for n in wanted if n not in fixed and n not in anchors]
    rows, headings = _below([n for n in left if shelf.things[n].kind not in _MOVED], shelf)
    fixed |= rows
    anchors |= _anchors([n for n in left if n not in fixed], belonging, fixed)
    rest, more = _below([n for n in left if n not in fixed and n not in anchors], shelf, after=rows.values())
    fixed |= rest
    around: dict[str, list[str]] = defaultdict(list)
    for name, anchor in anchors.items():
        around[anchor].append(name)
    for anchor, some in around.items():
        fixed |= _spiral(fixed[anchor], sorted(some, key=lambda n: (-_latest(n, belonging), n)))
    return fixed, (*headings, *more)


def _anchors(names: Iterable[str], belonging: Belonging, fixed: Mapping[str, Point]) -> dict[str, str]:
    """What each thing stands around, as far as it belongs to something that has a place."""
    found: dict[str, str] = {}
    left = [n for n in names if n not in fixed]
    for _ in range(_ROUNDS):
        for name in left:
            anchor = _belongs(name, belonging, fixed, found)
            if anchor:
                found[name] = anchor
        left = [n for n in left if n not in found]
    return found


def _on_the_map(names: Iterable[str], shelf: Shelf) -> dict[str, Point]:
    """Things with coordinates, countries and territories on their main lands, regions among their countries."""
    found: dict[str, Point] = {}
    wanted = set(names)
    for claim in reversed(shelf.claims(predicate="coordinates")):  # of several the first in time stays
        point = worldmap.point(claim.value) if claim.subject in wanted else None
        if point:
            found[claim.subject] = point
    lands = [n for n in names if shelf.things[n].kind in ("Country", "Territory")]
    for name in lands:
        centre = worldmap.centre(c.value for c in shelf.claims(subject=name, predicate="isoCode"))
        if centre or (centre := _middle(name, shelf, found)):
            found[name] = centre
    for name in (n for n in names if shelf.things[n].kind == "Region"):
        centre = _middle(name, shelf, {n: found[n] for n in lands if n in found})
        if centre:
            found[name] = centre
    return found


def _middle(name: str, shelf: Shelf, found: Mapping[str, Point]) -> Point | None:
    inside = sorted({c.subject for c in shelf.claims(object=name, predicate="locatedIn")} & found.keys())
    inside += sorted({c.subject for c in shelf.claims(object=name, predicate="capitalOf")} & found.keys())
    if not inside:
        return None
    return sum(found[n][0] for n in inside) / len(inside), sum(found[n][1] for n in inside) / len(inside)


def _belongs(name: str, belonging: Belonging, fixed: Mapping[str, Point], anchors: Mapping[str, str]) -> str:
    """What a thing stands around: something on the map that it belongs to, itself or by way of another."""
    for claims in belonging[name].values():
        for claim in claims:
            if claim.value in fixed:
                return claim.value
            if claim.value in anchors:
                return anchors[claim.value]
    return ""


def _latest(name: str, belonging: Belonging) -> int:
    """The last day on which a thing is said to have begun to belong somewhere."""
    days = (c.time.begin_latest for claims in belonging[name].values() for c in claims if c.time)
    return max((d for d in days if START_OF_TIME < d < END_OF_TIME), default=START_OF_TIME)


def _spiral(centre: Point, names: Iterable[str]) -> Iterator[tuple[str, Point]]:
    """Things around a point, evenly, each a little farther out than the one before."""
    for number, name in enumerate(names, 2):
        out, turn = _APART * math.sqrt(number), number * _GOLDEN
        yield name, (centre[0] + out * math.cos(turn), centre[1] + out * math.sin(turn))


def _below(
    names: Iterable[str], shelf: Shelf, *, after: Iterable[Point] = ()
) -> tuple[dict[str, Point], tuple[Heading, ...]]:
    """Rows below the map by group of looks, in order of name, each group under its heading."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[look.load().group(shelf.things[name].kind, shelf.model).name].append(name)
    step = worldmap.WIDTH / _ROW_OF
    y = max((y for _, y in after), default=worldmap.HEIGHT) + _BELOW
    found: dict[str, Point] = {}
    headings = []
    for group, rule in look.load().groups.items():
        some = sorted(groups.get(group, ()), key=lambda n: (shelf.things[n].name, n))
        if some:
            headings.append(Heading(f"{rule.plural} with no place on the map", step / 2, y))
            for at, name in enumerate(some):
                found[name] = step * (at % _ROW_OF + 0.5), y + _ROW_HIGH * (1.3 + at // _ROW_OF)
            y += _ROW_HIGH * (3.2 + (len(some) - 1) // _ROW_OF)
    return found, tuple(headings)
