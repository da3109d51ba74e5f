"""ICEWS as released: a header, then one event a record with sectors, countries, story, place and point."""

from __future__ import annotations

from collections.abc import Iterator

from graph import when as when_
from graph.errors import RejectedInput
from graph.sources import geo, tabular
from graph.sources.cameo import codes
from graph.sources.cast import Meant, spelled
from graph.sources.icews.actors import actor, nation
from graph.sources.icews.day import stories
from graph.sources.reading import Reading
from graph.sources.said import Line, Said, Stated
from graph.sources.source import Record
from graph.when import Day


def records(reading: Reading) -> Iterator[Stated]:
    """One event a record; the event id is unique only together with the date."""
    yield reading.source.entity
    yield from tabular.records(reading, lambda _, record, line: iter((_event(record, reading, line),)))


def _event(record: Record, reading: Reading, line: int) -> Said:
    cast, model = reading.cast, reading.model
    date = _date(record.need("event_date"))
    day, told = when_.day(date), stories(reading.source, date)
    cast.waiting.append(told)
    code = _code(record)
    kind = codes.kind_of(code.code, model)
    head, tail = spelled(record.need("source_name")), spelled(record.need("target_name"))
    source = actor(head, cast, day, told.id, spelled(record.take("source_country")))
    target = actor(tail, cast, day, told.id, spelled(record.take("target_country")))
    number = record.need("event_id")
    if not number.isdigit():
        raise RejectedInput(f"not an event id: {number!r}")
    event = f"icews-{number}-{date.replace('-', '')}"
    first, second = codes.roles(code.code, kind, source.kind, target.kind, model)
    claims: list[Line] = [
        (event, "happened", date, "date", date),
        (event, first, source.id, "", ""),
        (event, second, target.id, "", ""),
        (event, "cameoCode", code.code, "code", ""),
        *_where(record, event, reading, day, told.id),
    ]
    locator = f"event {number} of {date}, story {record.take('story_id')}, sentence {record.take('sentence_number')}"
    name = f"{head} → {tail}: {code.name}"
    speaker = _publisher(record, reading, day)
    return Said(event, event, kind, name, tuple(claims), told.id, locator, speaker, line=line)


def _date(text: str) -> str:
    """The day, with or without a time of day after it."""
    date = text.partition(" ")[0].partition("T")[0]
    when_.day(date)
    return date


def _code(record: Record) -> codes.Code:
    """The CAMEO code; a spreadsheet may have taken its leading zero, the text then gives it back."""
    digits, text = record.need("cameo_code"), record.take("event_text")
    if digits in codes.codes():
        return codes.by_code(digits)
    told = codes.by_name(text) if text else codes.by_code(digits)
    if told.code.lstrip("0") != digits:
        raise RejectedInput(f"CAMEO code {digits!r} is not {text!r}")
    return told


def _where(record: Record, event: str, reading: Reading, day: Day, article: str) -> Iterator[Line]:
    """Where it happened: the city with the point when one is told, else the country alone, whose middle is no place."""
    cast, city, country = reading.cast, spelled(record.take("city")), spelled(record.take("country"))
    home = nation(country, cast) if country else None
    latitude, longitude = record.take("latitude"), record.take("longitude")
    point = geo.point(latitude, longitude) if latitude or longitude else ""
    if city:
        yield (event, "tookPlaceIn", _city(city, country, home, reading, day, article).id, "", "")
        if point:
            yield (event, "coordinates", point, "point", "")
    elif home is not None:
        yield (event, "tookPlaceIn", home.id, "", "")


def _city(city: str, country: str, home: Meant | None, reading: Reading, day: Day, article: str) -> Meant:
    """The graph's city of this name in the country, else a place of the layer's own."""
    cast, text = reading.cast, f"{city}, {country}" if country else city
    if text in cast.held:
        return cast.held[text]
    sure = cast.ask(city, "City", home.id, day) if home else None
    if sure is not None:
        return cast.hold(text, sure)
    made = cast.own(text, "Place", name=city)
    if home is not None:
        cast.say(made.id, ((made.id, "locatedIn", home.id, "", ""),), article, text)
    return cast.hold(text, made)


def _publisher(record: Record, reading: Reading, day: Day) -> str:
    """Whose story was coded, as the one quoted as saying it."""
    cast, text = reading.cast, spelled(record.take("publisher"))
    if not text:
        return ""
    held = f"publisher {text}"
    if held not in cast.held:
        sure = cast.ask(text, "Source", "", day)
        cast.hold(held, sure or cast.own(text, "Source", key=held))
    return cast.held[held].id
