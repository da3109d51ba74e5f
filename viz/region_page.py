"""What the page of a region has of its own: its part of the map, its states today, what happened there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from graph.questions import coverage
from viz import dates, dossier, tables, worldmap
from viz.dossier import Dossier, Happening
from viz.setting import Setting
from viz.shelf import Shelf
from viz.tables import Cell, Table

EVENTS_MOST: Final = 12
SHARED_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Shared:
    """An alliance or bloc to which several of a region's countries belong: id, name, how many of them."""

    id: str
    name: str
    members: int


def parts(found: Dossier, setting: Setting) -> dict[str, Any]:
    """What the template of a region needs beside a thing's dossier."""
    shelf = setting.shelf
    inside = _members(found.id, setting)
    countries = [m for m in inside if shelf.entity(m).kind == "Country"]
    return {
        "map": _map(found, inside, setting),
        "off_map": [shelf.entity(m).name for m in inside if not worldmap.drawn(_codes(m, shelf))],
        "states": _states(countries, setting) if countries else None,
        "countries": len(countries),
        "territories": [m for m in inside if m not in countries],
        "happened": _happened(inside, setting),
        "moved": [(setting.pair(*p), [shelf.entity(e).name for e in p], n) for p, n in pairs(found.id, setting)],
        "shared": _shared(countries, setting),
    }


def pairs(region: str, setting: Setting) -> list[tuple[tuple[str, str], int]]:
    """The pairs of a region's countries that have a page, with how many events, most first."""
    inside = set(_members(region, setting))
    return sorted(((p, n) for p, n in setting.pairs.items() if inside >= {*p}), key=lambda r: (-r[1], r[0]))


def _members(region: str, setting: Setting) -> list[str]:
    """The countries and territories of a region, by name."""
    held = (c.subject for c in dossier.areas(region, setting.shelf, setting.as_of))
    return sorted(held, key=lambda m: (setting.shelf.entity(m).name, m))


def _codes(country: str, shelf: Shelf) -> list[str]:
    return [c.value for c in shelf.claims(subject=country, predicate="isoCode")]


def _map(found: Dossier, inside: Sequence[str], setting: Setting) -> Markup | str:
    """The region's part of the map, its countries and territories marked; nothing where none is drawn."""
    shelf = setting.shelf
    root = "../" * setting.to(found.id).count("/")
    links = {code: (root + setting.to(m), shelf.entity(m).name) for m in inside for code in _codes(m, shelf)}
    frame = worldmap.frame(links)
    return worldmap.svg(links, label=f"Map: {found.title}", frame=frame) if frame else ""


def _states(countries: Iterable[str], setting: Setting) -> Table:
    """The capital and the heads of each country on the day."""
    shelf, rows = setting.shelf, []
    for country in countries:
        capitals = [
            c for c in shelf.claims(object=country, predicate="capitalOf") if dossier.holds(c, shelf, setting.as_of)
        ]
        cells = [Cell(shelf.entity(country).name, setting.to(country)), tables.subjects(capitals, setting)]
        for role in coverage.ROLES:
            cells += tables.held(country, role, setting)
        rows.append(cells)
    columns = ("Country", "Capital", "Head of state", "Since", "Head of government", "Since")
    return Table(f"Its countries on {dates.day(setting.as_of)}", columns, rows)


def _happened(inside: Iterable[str], setting: Setting) -> list[Happening]:
    """The newest events in which its countries and territories took part themselves."""
    shelf, found = setting.shelf, {}
    for member in inside:
        claims = shelf.claims(object=member)
        roles = [c for c in claims if c.predicate != "inStory" and shelf.model.is_event(shelf.entity(c.subject).kind)]
        found.update({h.event: h for h in dossier.happenings(roles, shelf, setting.as_of)})
    return sorted(found.values(), key=lambda h: (-h.day, h.event))[:EVENTS_MOST]


def _shared(countries: Sequence[str], setting: Setting) -> list[Shared]:
    """The alliances and blocs that at least two of its countries belong to, those with most of them first."""
    shelf = setting.shelf
    count = Counter(
        alliance
        for country in countries
        for alliance in {
            c.value
            for c in shelf.claims(subject=country, predicate="memberOf")
            if dossier.holds(c, shelf, setting.as_of)
        }
    )
    found = [Shared(a, shelf.entity(a).name, n) for a, n in count.items() if n > 1]
    return sorted(found, key=lambda s: (-s.members, s.name))[:SHARED_MOST]
