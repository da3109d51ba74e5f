"""ACLED: each record one event; a newer timestamp supersedes what an older one said, a deletion withdraws it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph import yaml_file
from graph.claim import Article, Literal, article_id
from graph.errors import RejectedInput
from graph.sources import geo, tabular, whens
from graph.sources.cast import Cast, Meant, spelled
from graph.sources.reading import Reading, read_folder
from graph.sources.said import Gone, Line, Said, Stated
from graph.sources.source import Item, Record, Source
from graph.sources.states import state
from graph.when import Day

KINDS: Final = Path(__file__).parent / "kinds.yaml"
_FORCES: Final = re.compile(
    r"(?:Government|(?:Military|Police|Private Security) Forces|Coast Guard) of (?P<state>.+?) \(\d{4}-(?:\d{4})?\).*"
)
_BRACKETS: Final = re.compile(r".+ \((?P<state>[^()]+)\)")


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is a header of ACLED."""
    return tabular.is_one(first, "event_id_cnty", "timestamp") or tabular.is_one(
        first, "event_id_cnty", "deleted_timestamp"
    )


def records(reading: Reading) -> Iterator[Stated]:
    """The events of an export, or the ids of a list of deleted ones."""
    yield reading.source.entity
    yield from tabular.records(reading, functools.partial(_told, reading))


@functools.cache
def kinds() -> dict[str, tuple[str, str, str]]:
    """The event kind and the roles of both actors by sub-event type."""
    raw = yaml_file.read(KINDS)
    return {name: (kind, first, second) for name, (kind, first, second) in raw.items()}


def _told(reading: Reading, layout: str, record: Record, line: int) -> Iterator[Stated]:
    number = record.need("event_id_cnty")
    if not re.fullmatch(r"[A-Z]{2,4}\d+", number):
        raise RejectedInput(f"not an event id: {number!r}")
    event = f"acled-{number.lower()}"
    if layout == "deleted":
        yield Gone(event, whens.on_day_since_1970(record.need("deleted_timestamp"))[1], line)
    else:
        yield _event(event, record, reading, line)


def _event(event: str, record: Record, reading: Reading, line: int) -> Said:
    version, day_of_version = whens.on_day_since_1970(record.need("timestamp"))
    export = _export(reading.source, day_of_version)
    reading.cast.waiting.append(export)
    when = _when(record)
    day = when_.parse(when).begin_earliest
    sort = record.need("sub_event_type")
    if sort not in kinds():
        raise RejectedInput(f"no sub-event type: {sort!r}")
    kind, *roles = kinds()[sort]
    record.take("event_type")
    claims: list[Line] = [(event, "happened", when, "date", when)]
    claims += _actors(event, kind, roles, record, reading, day, export.id)
    killed = Literal(record.need("fatalities"), "integer").value
    if killed.startswith("-"):
        raise RejectedInput(f"not a count: {killed!r}")
    claims += [(event, "deaths", killed, "integer", "")] if killed != "0" else []
    claims += _where(event, record, reading.cast, export.id)
    place = spelled(record.take("location"))
    locator = f"event {event.removeprefix('acled-').upper()}"
    note = f"sources: {spelled(record.take('source'))}"
    name = f"{sort}, {place}" if place else sort
    return Said(event, event, kind, name, tuple(claims), export.id, locator, note=note, version=version, line=line)


def _export(source: Source, day: str) -> Article:
    """What ACLED held on the day on which it last touched a record."""
    made = article_id(f"{source.url} {day}")
    title = f"{source.title}, records last changed on {day}"
    return Article(made, source.url, title, source.publisher, day, "timestamp", licence=source.licence)


def _when(record: Record) -> str:
    """The day; the month when the source knows only the week or the month."""
    day, precision = whens.day(record.need("event_date")), record.need("time_precision")
    if precision not in ("1", "2", "3"):
        raise RejectedInput(f"no time precision: {precision!r}")
    return day if precision == "1" else day[:7]


def _actors(
    event: str, kind: str, roles: list[str], record: Record, reading: Reading, day: Day, export: str
) -> Iterator[Line]:
    """Both actors in their roles, and who is said to go with them as participants."""
    seen = set()
    for n, role in enumerate(roles, 1):
        for text in (spelled(record.take(f"actor{n}")), *record.take(f"assoc_actor_{n}").split(";")):
            who = _actor(spelled(text), reading.cast, day, export) if spelled(text) else None
            if who is None:
                role = "participant"
                continue
            allowed = role if reading.model.allows(role, kind, who.kind) else "participant"
            if (allowed, who.id) not in seen:
                seen.add((allowed, who.id))
                yield event, allowed, who.id, "", ""
            role = "participant"


def _actor(text: str, cast: Cast, day: Day, export: str) -> Meant:
    """The body that the graph surely knows by this name, else one of the layer's own, tied to its country."""
    if text in cast.held:
        return cast.held[text]
    sure = cast.ask(text, "Actor", "", day)
    if sure is not None and sure.kind != "Person":
        return cast.hold(text, sure)
    meant = cast.own(text, "Organization")
    forces, bracketed = _FORCES.fullmatch(text), _BRACKETS.fullmatch(text)
    said = forces or bracketed
    home = state(said["state"], cast) if said else None
    if home is not None and home.kind == "Country":
        relation = "organOf" if forces and not text.startswith("Private") else "affiliatedWith"
        cast.say(meant.id, ((meant.id, relation, home.id, "", ""),), export, text)
    return cast.hold(text, meant)


def _where(event: str, record: Record, cast: Cast, export: str) -> Iterator[Line]:
    """The town with its point, when it is known as exactly; the region, whose middle is no place, else."""
    precision = record.need("geo_precision")
    if precision not in ("1", "2", "3"):
        raise RejectedInput(f"no geo precision: {precision!r}")
    point = geo.point(record.need("latitude"), record.need("longitude"))
    home = state(spelled(record.need("country")), cast)
    region = spelled(record.take("admin1"))
    name = spelled(record.take("location")) if precision == "1" else region
    text = ", ".join(dict.fromkeys(filter(None, (name, region, spelled(record.take("country"))))))
    if not name:
        yield from ((event, "tookPlaceIn", place.id, "", "") for place in (home,) if place)
        return
    key = f"{'place' if precision == '1' else 'region'} {text}"
    if key not in cast.held:
        meant = cast.own(text, "Place" if precision == "1" else "Region", name=name, key=key)
        said: list[Line] = [(meant.id, "locatedIn", home.id, "", "")] if home else []
        said += [(meant.id, "coordinates", point, "point", "")] if precision == "1" else []
        if said:
            cast.say(meant.id, tuple(said), export, text)
        cast.hold(key, meant)
    yield event, "tookPlaceIn", cast.held[key].id, "", ""
