"""Wikipedia's Current events: each item one event of its day with whom the graph knows in it; the text is not kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph.claim import Article, article_id
from graph.errors import DateError, InputError, RejectedInput
from graph.reading import clauses
from graph.reading.clauses import Act
from graph.reading.text import LONGEST
from graph.sources.cast import spelled
from graph.sources.countries import countries
from graph.sources.guard import json as guard
from graph.sources.reading import Mentioned, Reading, read_folder
from graph.sources.said import Left, Line, Said, Stated
from graph.sources.source import Item, Rejected, Source, audit
from graph.when import Day

_OUTLETS: Final = re.compile(r"(?:\s*\([^()]{2,80}\))+\s*$")
_FIRST: Final = re.compile(r".+?[.!?](?=\s+[A-Z]|$)", re.DOTALL)
_LEAD: Final = re.compile(r"(?:(?:the|a|an)\s+)?", re.IGNORECASE)
_IN: Final = re.compile(
    r"(?<!\bwar )(?<!\bconflict )(?<!\bcrisis )(?<!\bforces )(?<!\btroops )(?<!\bviolence )(?<!\belection )"
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside)\s+(?:the\s+)?(?:(?:city|town|capital)\s+(?:of\s+)?)?"
    r"(?:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3},\s*)*$"
)
_BEFORE: Final = 200
"""Characters before a name in which words that make it the place may stand."""
_LATER: Final = re.compile(r"^,\s*(?:[A-Z][\w'’ -]{2,40},\s*)?$")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PLAIN: Final = frozenset(
    {"Visit", "Meeting", "Summit", "Signing", "Ceasefire", "Negotiation", "Resignation", "Apology", "Expulsion"}
    | {"Sanction", "Arrest", "Airstrike", "Accusation", "Threat", "Protest", "Release", "Closure", "Withdrawal", "Aid"}
    | {"Demand", "Deployment", "Cancellation", "Suspension", "Call"}
)
"""Kinds taken from a verb that plainly tells of an act of somebody whom the graph knows; all else is an Incident."""
_OF_TWO: Final = frozenset({"Meeting", "Summit", "Signing", "Negotiation", "Call", "Ceasefire"})
"""Kinds that take two: "receives a delivery" is no meeting."""


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is an item."""
    return first.startswith("{") and all(f'"{name}"' in first for name in ("date", "text", "sources"))


def records(reading: Reading) -> Iterator[Stated]:
    """The items of one file of JSON lines; those in which the graph knows nobody are left out."""
    yield reading.source.entity
    for number, text in reading.lines():
        if number <= reading.after or not text.strip():
            continue
        try:
            found = _item(text, reading, number)
        except (DateError, RejectedInput) as error:
            yield Rejected(reading.where(number), error.what, text[:200])
            continue
        yield from reading.cast.take()
        yield found


def _item(text: str, reading: Reading, line: int) -> Said | Left:
    raw = _fields(text, reading)
    date, told = raw["date"], spelled(raw["text"])
    day = when_.day(date)
    plain = _OUTLETS.sub("", told)
    named = list(reading.mentions(plain, day))
    for country in (countries()[m.id] for m in named if m.id in countries()):
        reading.cast.nation(country, "mentioned")
    if not named:
        return Left("nobody whom the graph knows", line)
    event = f"wce-{date.replace('-', '')}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    act = _act(plain)
    roles = dict(_roles(plain, named, act, reading))
    sides = {role for role in roles.values() if role in ("actor", "target")}
    plainly = act is not None and "actor" in sides and (act.kind not in _OF_TWO or len(sides) == 2)
    kind = act.kind if act is not None and plainly else "Incident"
    claims: list[Line] = [(event, "happened", date, "date", date)]
    for who, role in roles.items():
        thing = next(m for m in named if m.id == who)
        claims.append((event, _allowed(role, kind, thing, reading), who, "", ""))
    page = _page(date, reading.source)
    reading.cast.waiting.append(page)
    outlets = [spelled(str(outlet)) for outlet in raw["sources"] if spelled(str(outlet))]
    speaker = _outlet(outlets[0], reading, day) if len(outlets) == 1 else ""
    note = f"outlets: {'; '.join(outlets)}" if len(outlets) > 1 else ""
    called = ", ".join(dict.fromkeys(plain[m.start : m.end] for m in named[:4]))
    name = f"{reading.model.kind(kind).label.capitalize()}: {called}" if kind != "Incident" else f"News of {called}"
    return Said(event, event, kind, name, tuple(claims), page.id, "", speaker, note, line=line)


def _fields(text: str, reading: Reading) -> dict[str, Any]:
    """The fields of an item, of the types they must have."""
    try:
        raw = guard.value(text.encode(), reading.path, reading.limits)
    except InputError as error:
        raise RejectedInput(error.what) from error
    if not isinstance(raw, dict):
        raise RejectedInput("not an object")
    audit(raw, reading.source.columns["items"], reading.source, where=reading.path.name)
    for name, kind in (("date", str), ("text", str), ("sources", list)):
        if not isinstance(raw.get(name), kind):
            raise RejectedInput(f"no {name}")
    return raw


def _act(text: str) -> Act | None:
    """What the first sentence plainly tells as done by one and to another; None when that is not plain."""
    first = _FIRST.match(text)
    found = clauses.acts((first[0] if first else text)[:LONGEST])
    act = clauses.main_act(found)
    if act is None or act is not found[0] or act.kind not in PLAIN or len(act.kinds) > 1:
        return None
    doubtful = act.negated or act.intent or act.saying or act.nested or act.passive or act.noun
    return None if doubtful or act.actor is None else act


def _roles(text: str, named: list[Mentioned], act: Act | None, reading: Reading) -> Iterator[tuple[str, str]]:
    """Each thing once with its role: who is one side of the act, where "in" leads to, and what it is about."""
    seen: dict[str, str] = {}
    last_place = -1
    for one in named:
        role = "about"
        if reading.model.is_a(one.kind, "Location") and (
            _IN.search(text, max(0, one.start - _BEFORE), one.start)
            or (last_place >= 0 and _LATER.match(text[last_place : one.start]))
        ):
            role, last_place = "tookPlaceIn", one.end
        elif act is not None and one.own and _is_head(text, one, act.actor):
            role = "actor"
        elif act is not None and one.own and _is_head(text, one, act.target):
            role = "target"
        if seen.get(one.id, "about") == "about":
            seen[one.id] = role
    yield from seen.items()


def _is_head(text: str, one: Mentioned, place: tuple[int, int] | None) -> bool:
    """Whether a side of an act is this thing itself and nothing of it ("Iran", not "Iran's army")."""
    if place is None or not (place[0] <= one.start and one.end <= place[1]):
        return False
    lead = _LEAD.match(text, place[0])
    return (lead.end() if lead else place[0]) == one.start and text[one.end : place[1]].strip() == ""


def _allowed(role: str, kind: str, thing: Mentioned, reading: Reading) -> str:
    """The role, or the one that the ontology allows: equal sides are participants, who is visited the host."""
    if role in ("tookPlaceIn", "about"):
        return role
    required = [r.predicate for r in reading.model.roles(kind).values() if r.required]
    if "participant" in required or "signatory" in required:
        role = next(r for r in required if r in ("participant", "signatory"))
    elif role == "target" and role not in required:
        role = next((r for r in required if r not in ("actor", "about")), role)
    return role if reading.model.allows(role, kind, thing.kind) else "about"


def _page(date: str, source: Source) -> Article:
    """The portal's page of a day."""
    year, month, day = (int(part) for part in date.split("-"))
    url = f"{source.url}/{year}_{_MONTHS[month - 1]}_{day}"
    title = f"{source.title}, {day} {_MONTHS[month - 1]} {year}"
    return Article(article_id(url), url, title, source.publisher, date, "the day of the page", licence=source.licence)


def _outlet(text: str, reading: Reading, day: Day) -> str:
    """The outlet that an item names, as the one quoted as saying it."""
    cast, held = reading.cast, f"outlet {text}"
    if held not in cast.held:
        cast.hold(held, cast.ask(text, "Source", "", day) or cast.own(text, "Source", key=held))
    return cast.held[held].id
