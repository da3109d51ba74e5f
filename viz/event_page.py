"""The page of an event: when, where and who; what each source says; what came before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph import when as when_
from graph.claim import Claim, Literal
from graph.entity import Event
from graph.questions import confirmed
from graph.tell.status import standing_of
from graph.when import END_OF_TIME, Clocks, Day
from viz import dates, dossier, lacking, material, previews, schema, words
from viz.material import Material
from viz.setting import Setting, common
from viz.shelf import Shelf
from viz.templating import environment
from viz.view import Said

_APART: Final = frozenset({"summary", "coordinates", "inStory", "happened"})
NEAR_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Role:
    """Everybody in one role: what it is called, and each one's id, name and source numbers."""

    label: str
    who: tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """An event joined to this one: how, its id, name and date, source numbers, its day for order."""

    label: str
    event: str
    name: str
    date: str
    numbers: tuple[int, ...]
    day: Day


def html(name: str, setting: Setting) -> str:
    """The page of an event."""
    shelf, day = setting.shelf, setting.as_of
    event = shelf.event(name, clocks=Clocks())
    later = [c for c in shelf.claims(object=name) if shelf.model.predicate(c.predicate).form == "link"]
    found = material.gather(shelf, [*event.claims, *later], Clocks(), day)
    summary = event.of("summary")
    happened = event.of("happened")
    path = setting.to(name)
    facts = [_short(s, event.name) for s in _facts(event, found)]
    address = setting.base + path.removesuffix("index.html")
    described = found.said[summary[0].id].text if summary else f"{event.name}, {_date(event)}."
    roles = _roles(event, found)
    linked_to = _by_label(
        [
            *(_linked(c, c.value, found) for c in _telling(event.links, "object")),
            *(_after(c, found) for c in _telling(later, "subject")),
        ]
    )
    return environment().get_template("event.html").render(
        event=event,
        kind=shelf.model.kind(event.kind).label,
        date=_date(event),
        iso=happened[0].value if happened and when_.parse(happened[0].value).is_day else "",
        summary=(found.said[summary[0].id].text, found.numbers(summary[:1])) if summary else None,
        support=standing_of(event.id, shelf, Clocks()).support.value,
        roles=roles,
        dates=[_dated(found.said[c.id], event.name) for c in happened],
        differing=_questions([s for s in facts if s.contested]),
        facts=[s for s in facts if not s.contested],
        linked_to=linked_to,
        room=_has_room(len(happened) + len(facts), roles, linked_to),
        near=_near(name, setting),
        stories=[(setting.to(c.value), words.name(c.value, shelf)) for c in event.of("inStory")],
        how=setting.how(name),
        claims=len(event.claims),
        confirmed=dates.when(confirmed.last(event.claims, shelf)),
        lacking=lacking.lacking(name, event.claims, later, shelf, day),
        sources=sorted(found.sources.values(), key=lambda s: s.number),
        described=described,
        linked={"@context": "https://schema.org/", **_schema(event, shelf, address)},
        **common(setting, path, extra=("copy.js",), preview=previews.of_thing(name, setting)),
    )  # fmt: skip


def _has_room(told: int, roles: Sequence[Role], linked_to: Sequence[tuple[str, Sequence[Linked]]]) -> bool:
    """Whether the wide column, in which a statement takes two lines, ends above the narrow one of names."""
    return 2 * told <= sum(len(r.who) for r in roles) + sum(len(rows) for _, rows in linked_to)


def _date(event: Event) -> str:
    return dates.when(event.when.text) if event.when else "no date is recorded"


def _roles(event: Event, found: Material) -> list[Role]:
    store = found.store
    roles = []
    for role in dict.fromkeys(p.role for p in event.participants):
        who = tuple(
            (p.entity, words.name(p.entity, store), found.numbers(p.claims))
            for p in event.participants
            if p.role == role
        )
        label = store.model.predicate(role).label
        roles.append(Role(label[:1].upper() + label[1:], who))
    places = event.of("tookPlaceIn")
    if places:
        roles.append(Role("Place", tuple((c.value, words.name(c.value, store), found.numbers([c])) for c in places)))
    return roles


def _facts(event: Event, found: Material) -> list[Said]:
    return [found.said[c.id] for c in event.claims if isinstance(c.object, Literal) and c.predicate not in _APART]


def _short(said: Said, name: str) -> Said:
    """A statement on its event's own page: without the event's name before it."""
    text = said.text.removeprefix(f"{name}: ").removeprefix(f"{name[:1].upper()}{name[1:]}: ")
    return replace(said, text=text[:1].upper() + text[1:])


def _dated(said: Said, name: str) -> Said:
    return replace(short := _short(said, name), text=f"Date: {short.text}")


def _telling(links: Iterable[Claim], end: str) -> list[Claim]:
    """The links that say why first, then those to other events that say only that one came after the other."""
    why: list[Claim] = []
    then: list[Claim] = []
    for link in links:
        (then if link.predicate == "after" else why).append(link)
    joined = {getattr(c, end) for c in why}
    return why + [c for c in then if getattr(c, end) not in joined]


def _questions(differing: Sequence[Said]) -> list[list[Said]]:
    """What sources answer differently, question by question: each version of it, the one most often said first."""
    by: dict[str, list[Said]] = {}
    for said in differing:
        by.setdefault(said.predicate, []).append(said)
    return [sorted(versions, key=lambda s: (-len(s.cited), s.id)) for versions in by.values()]


def _by_label(links: Iterable[Linked]) -> list[tuple[str, list[Linked]]]:
    """Linked events under what joins them to this one, told once; within it in order of time."""
    by: dict[str, list[Linked]] = {}
    for link in links:
        by.setdefault(link.label, []).append(link)
    return [(label, sorted(rows, key=lambda r: (r.day, r.event))) for label, rows in by.items()]


def _linked(claim: Claim, other: str, found: Material) -> Linked:
    label = found.store.model.predicate(claim.predicate).label
    event = found.store.event(other, clocks=Clocks())
    day = event.when.begin_latest if event.when else END_OF_TIME
    return Linked(label[:1].upper() + label[1:], other, event.name, _date(event), found.numbers([claim]), day)


def _after(claim: Claim, found: Material) -> Linked:
    """A later event that a source joins to this one, named from this one's side."""
    made = _linked(claim, claim.subject, found)
    inverse = found.store.model.predicate(claim.predicate).inverse or f"{made.label.lower()} (of)"
    return replace(made, label=inverse[:1].upper() + inverse[1:])


def _near(name: str, setting: Setting) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """The events of the same story just before and just after: path, name, date.

    One of which only the month is known stands after those of its days: it may have come after them, and
    what follows from an event would else stand before it.
    """
    shelf = setting.shelf
    stories = [c.value for c in shelf.claims(subject=name, predicate="inStory")]
    members = {c.subject for s in stories for c in shelf.claims(object=s, predicate="inStory")}
    dated: list[tuple[Day, str, str]] = []
    for member in members:
        found = dossier.held_on(member, shelf)
        if found:
            dated.append((found.begin_latest, member, dates.when(found.text)))
    dated.sort()
    at = next((i for i, (_, member, _) in enumerate(dated) if member == name), -1)
    if at < 0:
        return [], []
    rows = [(setting.to(m), shelf.entity(m).name, date) for _, m, date in dated]
    return rows[max(0, at - NEAR_MOST) : at], rows[at + 1 : at + 1 + NEAR_MOST]


def _schema(event: Event, shelf: Shelf, address: str) -> dict[str, object]:
    found = schema.thing(event.id, shelf, address=address)
    found["@type"] = "Event"
    places: Sequence[str] = event.who("tookPlaceIn")
    if places:
        found["location"] = {"@type": "Place", "name": words.name(places[0], shelf)}
    actors: Iterable[str] = dict.fromkeys(p.entity for p in event.participants)
    found["about"] = [{"@id": f"e:{a}", "name": words.name(a, shelf)} for a in actors]
    return found
