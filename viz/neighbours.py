"""A thing among its neighbours: whom it is joined to, by which relation, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.claim import Claim
from graph.when import END_OF_TIME, START_OF_TIME, Day
from viz import cast, dates, dossier, look, words
from viz.dossier import Dossier
from viz.shelf import Shelf
from viz.view import ALWAYS, Bounds, Relation, Source, Thing, View

DRAWN_FIRST: Final = 60
DRAWN_MOST: Final = 150
LEAST: Final = 4
EARLIEST: Final = when_.day_of(1800)
"""No slider begins before it: what little is dated earlier would squeeze the rest."""
_EACH_FIRST: Final = 34
_EVENTS_FIRST: Final = 10
_EVENTS: Final = "Latest events"
_LEFT_OUT: Final = frozenset({"listedMemberOf", "inStory", "publishedBy"})


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A view with its headings: each relation's title and its things, in the first tier and in all."""

    view: View
    first: tuple[tuple[str, tuple[str, ...]], ...]
    every: tuple[tuple[str, tuple[str, ...]], ...]
    sources: dict[str, Source]


def neighbourhood(found: Dossier, shelf: Shelf, day: Day) -> Neighbourhood | None:
    """The neighbours of a thing; None when they are too few for a picture.

    The first tier holds what holds on the day; the second adds what is over, up to 150 things in all.
    """
    chosen = list(_chosen(found, shelf, day))
    claims = [c for _, rows in chosen for _, same in rows for c in same]
    if len({name for _, rows in chosen for name, _ in rows}) < LEAST:
        return None
    numbered = words.sources(claims, shelf)
    first: list[tuple[str, tuple[str, ...]]] = []
    every: list[tuple[str, tuple[str, ...]]] = []
    placed: set[str] = set()
    relations: list[Relation] = []
    for title, rows in chosen:
        mine: list[str] = []
        for name, same in rows:
            if name not in placed and len(placed) < DRAWN_MOST:
                placed.add(name)
                mine.append(name)
            if name in placed:
                relations += [_relation(c, shelf, numbered, day) for c in same[:1]]
        now = _first_tier(title, mine, rows, shelf, day, DRAWN_FIRST - sum(len(names) for _, names in first))
        first += [(title, tuple(now))] if now else []
        every += [(title, tuple(mine))] if mine else []
    drawn = {n for _, names in first for n in names}
    things = [_thing(found.id, 0, 1, shelf)]
    for _, names in every:
        things += [_thing(n, len(things), 1 if n in drawn else 2, shelf) for n in names]
    begins = [r.time[0] for r in relations if r.time[0] > START_OF_TIME]
    total = len({c.id for c in (*found.own, *found.towards) if dossier.other_end(c, found.id)}) + found.happened
    view = View(
        tuple(things),
        tuple(sorted(relations, key=lambda r: (r.time[0], r.subject, r.predicate, r.object, r.id))),
        max(min(begins, default=day), EARLIEST),
        day,
        max(0, total - len(relations)),
    )
    return Neighbourhood(view, tuple(first), tuple(every), numbered)


Rows = list[tuple[str, list[Claim]]]


def _chosen(found: Dossier, shelf: Shelf, day: Day) -> Iterator[tuple[str, Rows]]:
    """Each relation's title with the things at its other end, what holds first; events last."""
    groups: dict[tuple[str, bool], list[Claim]] = {}
    for claim in (*found.own, *found.towards):
        if dossier.other_end(claim, found.id) not in ("", found.id) and claim.predicate not in _LEFT_OUT:
            symmetric = shelf.model.predicate(claim.predicate).symmetric
            groups.setdefault((claim.predicate, symmetric or claim.subject == found.id), []).append(claim)
    order = sorted(groups, key=lambda k: (k[0] == "locatedIn" and not k[1], dossier.rank(k[0]), k[0], not k[1]))
    for key in order:
        rows = [(dossier.other_end(g[0], found.id), g) for g in dossier.merged(groups[key], found.id, shelf, day)]
        yield dossier.heading_of(*key, shelf), rows
    events = [h.event for h in found.happenings]
    roles = {e: [c for c in shelf.claims(object=found.id) if c.subject == e] for e in events}
    yield _EVENTS, [(e, roles[e]) for e in events]


def _first_tier(title: str, names: Iterable[str], rows: Rows, shelf: Shelf, day: Day, room: int) -> list[str]:
    holding = {n for n, same in rows if title == _EVENTS or dossier.standing(same[0], shelf, day) in ("", "perhaps")}
    most = min(room, _EVENTS_FIRST if title == _EVENTS else _EACH_FIRST)
    return [n for n in names if n in holding][: max(0, most)]


def _relation(claim: Claim, shelf: Shelf, numbered: dict[str, Source], day: Day) -> Relation:
    rule = shelf.model.predicate(claim.predicate)
    said = words.said(claim, shelf, numbered, day=day)
    held = bounds(claim, shelf)
    if _is_part(claim, shelf):
        happened = dossier.when_of(claim.subject, shelf)
        began, ended = happened[1] if happened else "", ""
    elif t := shelf.time(claim):
        began, ended = dates.began(t), "not known" if t.is_day else dates.ended(t)
    else:
        began, ended = "", ""
    return Relation(
        claim.id, claim.subject, claim.predicate, rule.label, claim.value, held, said, began, ended,
        _iso(held[0]), _iso(held[3]),
    )  # fmt: skip


def bounds(claim: Claim, shelf: Shelf) -> Bounds:
    """When a relation holds: what joins a thing to an event from the event on, all else as it is said."""
    if _is_part(claim, shelf):
        happened = dossier.when_of(claim.subject, shelf)
        first = happened[0] if happened else START_OF_TIME
        return first, first, END_OF_TIME, END_OF_TIME
    t = shelf.time(claim)
    if t is None:
        return ALWAYS
    # Seen on one day only: nobody says that it ended after it.
    return t.begin_earliest, t.begin_latest, t.end_earliest, END_OF_TIME if t.is_day else t.end_latest


def _is_part(claim: Claim, shelf: Shelf) -> bool:
    """Whether a claim joins a thing to an event."""
    rule = shelf.model.predicate(claim.predicate)
    return rule.form == "role" or shelf.model.is_event(shelf.entity(claim.subject).kind)


def _iso(day: Day) -> str:
    return when_.iso(day) if START_OF_TIME < day < END_OF_TIME else ""


def _thing(name: str, rank: int, tier: int, shelf: Shelf) -> Thing:
    entity = shelf.entity(name)
    happened = dossier.when_of(name, shelf) if shelf.model.is_event(entity.kind) else None
    return Thing(
        name, cast.capital(entity.name), shelf.model.kind(entity.kind).label,
        look.load().group(entity.kind, shelf.model).name, rank, 3 if rank == 0 else 1,
        date=happened[1] if happened else "", party=rank == 0, aliases=tuple(t for t, _ in entity.aliases[:4]),
        type=cast.schema_type(entity.kind, shelf), tier=tier,
    )  # fmt: skip


def holding(view: View, day: Day) -> View:
    """The view with only what holds on a day, as a picture without script shows it."""
    relations = tuple(r for r in view.relations if r.time[0] <= day <= r.time[3])
    ends = {view.things[0].id, *(x for r in relations for x in (r.subject, r.object))}
    return View(tuple(t for t in view.things if t.id in ends), relations, view.first, view.last, view.left_out)
