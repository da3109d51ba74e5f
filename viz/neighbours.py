"""A thing among its neighbours: whom it is joined to, by which relation, and how many more there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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

Rows = list[tuple[str, list[Claim]]]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A view with its headings: each relation's title and its things, in the first tier and in all."""

    view: View
    first: tuple[tuple[str, tuple[str, ...]], ...]
    every: tuple[tuple[str, tuple[str, ...]], ...]
    sources: dict[str, Source]


def around(name: str, shelf: Shelf, *, day: Day) -> tuple[Dossier, Neighbourhood | None]:
    """A thing's dossier and its neighbours, None when they are too few for a picture.

    A page shows both and numbers its sources once: a number means the same article everywhere on it.
    """
    found = dossier.dossier(name, shelf, day=day)
    chosen = list(_chosen(found, shelf, day))
    if len({other for _, rows in chosen for other, _ in rows}) < LEAST:
        return found, None
    drawn = [same[0] for _, _, rows in _placed(chosen) for _, same in rows]
    whole = dossier.dossier(name, shelf, day=day, also=drawn)
    return whole, _neighbourhood(whole, chosen, words.sources(drawn, shelf).keys(), shelf, day)


def _placed(chosen: Sequence[tuple[str, Rows]]) -> Iterator[tuple[str, list[str], Rows]]:
    """Each relation's title, the things it brings into the picture, and its rows there, until the picture is full."""
    placed: set[str] = set()
    for title, rows in chosen:
        mine: list[str] = []
        for name, _ in rows:
            if name not in placed and len(placed) < DRAWN_MOST:
                placed.add(name)
                mine.append(name)
        yield title, mine, [(name, same) for name, same in rows if name in placed]


def _neighbourhood(
    found: Dossier, chosen: Sequence[tuple[str, Rows]], cited: Collection[str], shelf: Shelf, day: Day
) -> Neighbourhood:
    """The first tier holds what holds on the day; the second adds what is over, up to 150 things in all."""
    first: list[tuple[str, tuple[str, ...]]] = []
    every: list[tuple[str, tuple[str, ...]]] = []
    relations: list[Relation] = []
    for title, mine, rows in _placed(chosen):
        relations += [_relation(same[0], shelf, found.sources, day) for _, same in rows]
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
    sources = {article: source for article, source in found.sources.items() if article in cited}
    return Neighbourhood(view, tuple(first), tuple(every), sources)


def _chosen(found: Dossier, shelf: Shelf, day: Day) -> Iterator[tuple[str, Rows]]:
    """Each relation's title with the things at its other end, what holds first; events last.

    The dozens of bodies that list a country are left to its table; of a body whose members are known by such
    lists alone they are the members.
    """
    groups: dict[tuple[str, bool], list[Claim]] = {}
    left_out = set(_LEFT_OUT)
    if not any(c.predicate == "memberOf" for c in found.towards):
        left_out.discard("listedMemberOf")
    for claim in (*found.own, *found.towards):
        listing = claim.predicate == "listedMemberOf" and claim.subject == found.id
        if dossier.other_end(claim, found.id) not in ("", found.id) and claim.predicate not in left_out and not listing:
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
    others = (shelf.claim(i) for i in claim.contradicts)
    against = tuple((o.id, words.words(o, shelf, day=day)) for o in others if dossier.begun(o, day))
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
        _iso(held[0]), _iso(held[3]), inverse=rule.inverse, against=against,
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
        date=happened[1] if happened else "", party=rank == 0, aliases=entity.also[:4],
        type=cast.schema_type(entity.kind, shelf), tier=tier,
    )  # fmt: skip


def holding(view: View, day: Day) -> View:
    """The view with only what holds on a day, as a picture without script shows it."""
    relations = tuple(r for r in view.relations if r.time[0] <= day <= r.time[3])
    ends = {view.things[0].id, *(x for r in relations for x in (r.subject, r.object))}
    return View(tuple(t for t in view.things if t.id in ends), relations, view.first, view.last, view.left_out)
