"""UCDP GED: each record one event between two sides, or of one side against civilians, with its deaths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph.claim import Article, Literal, article_id
from graph.errors import RejectedInput
from graph.sources import dates, geo, tabular, whens
from graph.sources.cast import Cast, Meant, spelled
from graph.sources.reading import Reading, read_folder
from graph.sources.said import Line, Said, Stated
from graph.sources.source import Item, Record, Source
from graph.sources.states import state
from graph.when import Day

KINDS: Final = {
    "1": ("Battle", "participant", "participant", "Battle of {0} and {1}"),
    "2": ("Battle", "participant", "participant", "Battle of {0} and {1}"),
    "3": ("Attack", "actor", "victim", "Attack of {0} on {1}"),
}
_EXACT: Final = ("1", "2")
_REGIONS: Final = ("3", "4", "5")
_VERSION: Final = re.compile(r"v?_?(?P<year>\d{2})[_.]?(?P<part>\d)(?:[_.]?(?P<month>\d{1,2}))?(?!\d)")
_GOVERNMENT: Final = re.compile(r"Government of (?P<state>.+)")


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is a header of the data set."""
    return tabular.is_one(first, "type_of_violence", "event_clarity", "best")


def records(reading: Reading) -> Iterator[Stated]:
    """The events of one release."""
    cited = release(reading)
    yield reading.source.entity
    yield cited
    yield from tabular.records(reading, lambda _, record, line: iter((_event(record, reading, cited.id, line),)))


def release(reading: Reading) -> Article:
    """The release that the file's name tells (`GEDEvent_v24_1.csv` is of 2024), else the file as seen on a day."""
    source, told = reading.source, _VERSION.search(reading.path.stem)
    if told:
        version = f"{told['year']}.{told['part']}" + (f".{told['month']}" if told["month"] else "")
        made = article_id(f"{source.url} {version}")
        title, published, basis = f"{source.title} {version}", f"20{told['year']}", "version"
    else:
        made = article_id(f"{source.url} {reading.on}")
        title, published, basis = f"{source.title}, as of {reading.on}", reading.on, "seen on"
    return Article(made, source.url, title, source.publisher, published, basis, licence=source.licence)


def _event(record: Record, reading: Reading, cited: str, line: int) -> Said:
    cast, number = reading.cast, record.need("id")
    if not number.isdigit():
        raise RejectedInput(f"not an event id: {number!r}")
    event = f"ucdp-{number}"
    sort = record.need("type_of_violence")
    if sort not in KINDS:
        raise RejectedInput(f"no type of violence: {sort!r}")
    kind, first, second, called = KINDS[sort]
    when = _when(record)
    day = when_.parse(when).begin_earliest
    sides = [spelled(record.need(name)) for name in ("side_a", "side_b")]
    one, other = (side(text, cast, day, cited) for text in sides)
    best, low, high = (Literal(record.need(name), "integer").value for name in ("best", "low", "high"))
    claims: list[Line] = [(event, "happened", when, "date", when), (event, first, one.id, "", "")]
    claims += [(event, second, other.id, "", "")] if (first, one.id) != (second, other.id) else []
    claims += [(event, "deaths", best, "integer", "")]
    claims += _where(event, record, cast, cited)
    read_, said_by = record.take("number_of_sources"), spelled(record.take("source_original"))
    note = f"low {low}, high {high}"
    note += f"; {read_} sources" if read_.isdigit() else ""
    note += f"; according to {said_by}" if said_by else ""
    name = called.format(*sides)
    return Said(event, event, kind, name, tuple(claims), cited, f"event {number}", note=note, line=line)


def _when(record: Record) -> str:
    """The day; for a sum over days from the first to the last; else the least unit that holds both."""
    first, last = (whens.day(record.need(name)) for name in ("date_start", "date_end"))
    exact, clarity = record.need("date_prec"), record.need("event_clarity")
    if exact == "1" and first == last:
        return first
    return dates.span(first, last) if clarity == "2" and first != last else whens.around(first, last)


def side(text: str, cast: Cast, day: Day, cited: str) -> Meant:
    """The body that the graph surely knows by this name, else one of the layer's own; a government is an organ."""
    government = _GOVERNMENT.fullmatch(text)
    home = state(government["state"], cast, when_.civil(day)[0]) if government else None
    key = f"{text}, {home.id}" if home else text
    if key in cast.held:
        return cast.held[key]
    sure = None if government else cast.ask(text, "Actor", "", day)
    if sure is not None and sure.kind not in ("Person", "Source"):
        return cast.hold(key, sure)
    meant = cast.own(text, "Organization", key=key)
    if home is not None and home.kind == "Country":
        cast.say(meant.id, ((meant.id, "organOf", home.id, "", ""),), cited, text)
    return cast.hold(key, meant)


def _where(event: str, record: Record, cast: Cast, cited: str) -> Iterator[Line]:
    """The place with its point, the region without one, the country, or nothing, as exactly as it is known."""
    precision, home = record.need("where_prec"), state(spelled(record.take("country")), cast)
    latitude, longitude = record.take("latitude"), record.take("longitude")
    point = geo.point(latitude, longitude) if latitude or longitude else ""
    name = spelled(record.take("where_coordinates"))
    region = spelled(record.take("adm_1"))
    if precision not in (*_EXACT, *_REGIONS, "6", "7"):
        raise RejectedInput(f"no precision of place: {precision!r}")
    kind = "Place" if precision in _EXACT else "Region"
    if precision in (*_EXACT, *_REGIONS) and name:
        key = f"{kind.lower()} {name}, {region}, {home.id if home else ''}"
        if key not in cast.held:
            meant = cast.own(key, kind, name=name, key=key)
            said: list[Line] = [(meant.id, "locatedIn", home.id, "", "")] if home else []
            said += [(meant.id, "coordinates", point, "point", "")] if kind == "Place" and point else []
            if said:
                cast.say(meant.id, tuple(said), cited, name)
            cast.hold(key, meant)
        yield event, "tookPlaceIn", cast.held[key].id, "", ""
    elif home is not None and precision != "7":
        yield event, "tookPlaceIn", home.id, "", ""
