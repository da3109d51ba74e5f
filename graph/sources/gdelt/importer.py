"""GDELT: each row of an event export one event between up to two coded actors, at a place, from one report."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from graph import when as when_
from graph.claim import Article, article_id
from graph.errors import GraphError, InputError, RejectedInput
from graph.sources import geo
from graph.sources.cameo import codes
from graph.sources.cast import Meant, spelled
from graph.sources.countries import by_code, countries
from graph.sources.gdelt.actors import Coded, actor, called
from graph.sources.reading import Reading, read_folder
from graph.sources.said import Line, Said, Stated
from graph.sources.source import Item, Rejected, Source, audit
from graph.when import Day

TAKEN: Final = (
    *("GLOBALEVENTID", "SQLDATE", "EventCode", "DATEADDED", "SOURCEURL", "ActionGeo_Type", "ActionGeo_FullName"),
    *("ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID"),
    *(
        f"Actor{n}{part}"
        for n in (1, 2)
        for part in ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    ),
    *(f"Actor{n}Type{m}Code" for n in (1, 2) for m in (1, 2, 3)),
)
NOTE: Final = "as GDELT's program coded it"
_CITY: Final = ("3", "4")
_STATE: Final = ("2", "5")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields taken stand in a row; `url` is -1 where rows have no address."""

    columns: int
    action: int
    state: int
    point: int
    added: int
    url: int


def layouts(source: Source) -> dict[int, Layout]:
    """The layouts by their number of columns: that of 2.0, that of 1.0, and 1.0 before it had addresses."""
    found = {}
    for names in source.columns.values():
        audit(names, TAKEN, source, where=source.name)
        at = names.index
        layout = Layout(
            len(names),
            at("ActionGeo_Type"),
            at("ActionGeo_ADM1Code"),
            at("ActionGeo_Lat"),
            at("DATEADDED"),
            at("SOURCEURL"),
        )
        found[len(names)] = layout
    short = found[58]
    found[57] = Layout(57, short.action, short.state, short.point, short.added, -1)
    return found


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is one of GDELT: so many columns, a number first."""
    cells = first.split("\t")
    return len(cells) in (57, 58, 61) and cells[0].isdigit() and not cells[26].isalpha()


def records(reading: Reading) -> Iterator[Stated]:
    """The events of one file, whatever its name; rows of 61, 58 and 57 columns may be mixed."""
    yield reading.source.entity
    known, desk = layouts(reading.source), _Desk(reading)
    for number, text in reading.lines():
        if number <= reading.after:
            continue
        cells = text.split("\t")
        layout = known.get(len(cells))
        if layout is None:
            if text.strip():
                yield Rejected(reading.where(number), f"{len(cells)} columns, not 61, 58 or 57", text)
            continue
        try:
            said = desk.event(cells, layout, number)
        except GraphError as error:
            yield Rejected(reading.where(number), error.what, text)
            continue
        if desk.cast.waiting:
            yield from desk.cast.take()
        yield said


class _Desk:
    """What one reading keeps at hand: days, codes, actors, places and articles met before."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.cast, self.source = reading, reading.cast, reading.source
        self.kind = functools.cache(self._kind)
        self.roles = functools.cache(self._roles)
        self.day = functools.cache(_day)
        self.actors: dict[tuple[str, ...], tuple[Meant | None, str]] = {}
        self.articles: dict[str, str] = {}
        self.places: dict[tuple[str, ...], str] = {}
        self.publishers: dict[str, str] = {}

    def event(self, cells: list[str], layout: Layout, line: int) -> Said:
        """One row as what it says."""
        number = cells[0].strip()
        if not (number.isascii() and number.isdigit()):
            raise RejectedInput(f"not an event id: {number!r}")
        event = f"gdelt-{number}"
        when, day = self.day(cells[1].strip())
        added, _ = self.day(cells[layout.added].strip()[:8])
        code, kind, label = self.kind(cells[26].strip())
        article, note = self.article(cells[layout.url].strip() if layout.url >= 0 else "", added)
        first, one = self.actor(cells[5:15], day, article)
        second, other = self.actor(cells[15:25], day, article)
        claims: list[Line] = [(event, "happened", when, "date", when), (event, "cameoCode", code, "code", "")]
        role, role_of_other = self.roles(code, kind, first.kind if first else "", second.kind if second else "")
        if first:
            claims.append((event, role, first.id, "", ""))
        if second:
            claims.append((event, role_of_other, second.id, "", ""))
        spot = tuple(cells[layout.action : layout.added])
        place = self.places.get(spot)
        if place is None:
            place = self.places[spot] = self.place(cells, layout, article)
        if place:
            claims.append((event, "tookPlaceIn", place, "", ""))
        name = f"{one} → {other}: {label}" if one and other else f"{one or other}: {label}" if one or other else label
        return Said(event, event, kind, name, tuple(claims), article, f"GDELT event {number}", note=note, line=line)

    def _kind(self, text: str) -> tuple[str, str, str]:
        code = codes.by_code(text)
        return code.code, codes.kind_of(code.code, self.reading.model), code.name

    def _roles(self, code: str, kind: str, source: str, target: str) -> tuple[str, str]:
        return codes.roles(code, kind, source, target, self.reading.model)

    def actor(self, cells: list[str], day: Day, article: str) -> tuple[Meant | None, str]:
        """Whom ten cells mean, and what the row calls them."""
        key = tuple(cells)
        if key not in self.actors:
            coded = Coded(*(cell.strip() for cell in cells))
            meant = actor(coded, self.cast, day, article)
            self.actors[key] = meant, _name(meant, coded)
        return self.actors[key]

    def article(self, url: str, added: str) -> tuple[str, str]:
        """The report that the event was first seen in, and what else is to be said; without an address, GDELT's own."""
        held = self.articles.get(url) if url else None
        if held is not None:
            return held, NOTE
        if url.startswith(("http://", "https://")):
            host = url.split("/", 3)[2]
            publisher = self.publishers.get(host)
            if publisher is None:
                publisher = self.publishers[host] = self._publisher(url)
            made = Article(article_id(url), url, "", publisher, added, "seen by GDELT", "")
            self.articles[url] = made.id
            self.cast.waiting.append(made)
            return made.id, NOTE
        made = Article(
            article_id(f"{self.source.url} {added}"),
            self.source.url,
            f"{self.source.title}, events added on {added}",
            self.source.publisher,
            added,
            "release",
            licence=self.source.licence,
        )
        self.cast.waiting.append(made)
        return made.id, f"{NOTE}; source: {url}" if url else NOTE

    def _publisher(self, url: str) -> str:
        """The site of an address, as a publisher of the layer's own."""
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            host = ""
        if not host or not host.isascii():
            raise RejectedInput(f"no web address: {url!r}")
        text = f"site {host}"
        if text not in self.cast.held:
            self.cast.hold(text, self.cast.own(text, "Source", name=host, key=host))
        return self.cast.held[text].id

    def place(self, cells: list[str], layout: Layout, article: str) -> str:
        """The country, state or town where it happened; empty when none is told."""
        sort, full, country = (c.strip() for c in cells[layout.action : layout.action + 3])
        latitude, longitude, feature = (c.strip() for c in cells[layout.point : layout.point + 3])
        point = geo.point(latitude, longitude) if latitude or longitude else ""
        nation = by_code("gec").get(country.lower())
        home = self.cast.nation(nation, "a country by its code").id if nation else ""
        if sort in _CITY:
            return self._own("Place", feature or full, full, home, point, article)
        if sort in _STATE:
            return self._own("Region", cells[layout.state].strip() or full, full, home, "", article)
        return home

    def _own(self, kind: str, key: str, full: str, home: str, point: str, article: str) -> str:
        """A town with its point, or a state, whose middle is no place, as an entity of the layer's own."""
        if not key or not full:
            return home
        text = f"{kind.lower()} {key}"
        if text not in self.cast.held:
            meant = self.cast.own(text, kind, name=spelled(full), key=text)
            said: list[Line] = [(meant.id, "locatedIn", home, "", "")] if home else []
            said += [(meant.id, "coordinates", point, "point", "")] if point else []
            if said:
                self.cast.say(meant.id, tuple(said), article, spelled(full))
            self.cast.hold(text, meant)
        return self.cast.held[text].id


def _day(text: str) -> tuple[str, Day]:
    """A day written YYYYMMDD, as EDTF and as a number."""
    if len(text) != 8 or not text.isdigit():
        raise InputError(f"not a date: {text!r}", expected="YYYYMMDD")
    when = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return when, when_.day(when)


def _name(meant: Meant | None, coded: Coded) -> str:
    if meant is None:
        return ""
    if meant.kind == "Country":
        return countries()[meant.id].name if meant.id in countries() else meant.id
    return spelled(coded.name).title() if meant.kind == "Person" else called(coded)
