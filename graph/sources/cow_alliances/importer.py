"""Correlates of War alliances: two states allied by a defense pact, or a state a party to an alliance, with days."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph.errors import RejectedInput
from graph.sources import dates, tabular
from graph.sources.cast import Cast, Meant, spelled
from graph.sources.reading import Reading, read_folder
from graph.sources.said import Left, Line, Said, Stated
from graph.sources.source import Item, Record, Source
from graph.sources.states import state

OBLIGATIONS: Final = {
    "defense": "defense pact",
    "neutrality": "neutrality pact",
    "nonaggression": "non-aggression pact",
    "entente": "entente",
}


def read(raw: Path, source: Source) -> Iterator[Item]:
    """Every file of a folder, with no graph to name anybody."""
    return read_folder(records, raw, source)


def is_one(first: str) -> bool:
    """Whether the first line of a file is a header of the data set."""
    return tabular.is_one(first, "version4id", "left_censor", "defense")


def records(reading: Reading) -> Iterator[Stated]:
    """The records of one file, of dyads or of members."""
    yield reading.source.entity
    yield reading.source.article()
    yield from tabular.records(reading, functools.partial(_told, reading))


def _told(reading: Reading, layout: str, record: Record, line: int) -> Iterator[Stated]:
    number = record.need("version4id")
    flags = {name: record.take(name) == "1" for name in OBLIGATIONS}
    cited = reading.source.article().id
    if layout == "members":
        yield _member(number, flags, record, reading.cast, cited, line)
    elif flags["defense"]:
        yield _dyad(number, record, reading.cast, cited, line)
    else:
        yield Left("not a defense pact", line)


def _dyad(number: str, record: Record, cast: Cast, cited: str, line: int) -> Said:
    when = _span(record, "dyad")
    one, other = (_state(record, n, when, cast) for n in ("1", "2"))
    claim: Line = (one.id, "alliedWith", other.id, "", when)
    key = f"cow-{number}-{record.take('ccode1')}-{record.take('ccode2')}-{when.partition('/')[0]}"
    return Said(key, one.id, "", "", (claim,), cited, f"alliance {number}", line=line)


def _member(number: str, flags: dict[str, bool], record: Record, cast: Cast, cited: str, line: int) -> Said:
    when = _span(record, "mem")
    who = _state(record, "", when, cast)
    called = f"Alliance of {record.need('all_st_year')} (Correlates of War {number})"
    key = f"alliance {number}"
    if key not in cast.held:
        cast.hold(key, cast.own(key, "Agreement", name=called, key=key))
    alliance = cast.held[key]
    pacts = ", ".join(OBLIGATIONS[name] for name, is_one_ in flags.items() if is_one_)
    claims: list[Line] = [(alliance.id, "party", who.id, "", when)]
    claims += [(alliance.id, "description", pacts, "text", "")] if pacts else []
    key = f"cow-{number}-{record.take('ccode')}-{when.partition('/')[0]}"
    return Said(
        key, alliance.id, "", "", tuple(claims), cited, f"alliance {number}, {record.take('state_name')}", line=line
    )


def _state(record: Record, n: str, when: str, cast: Cast) -> Meant:
    """The state of a name at the begin of a time; one that is in no list of ours is one of the layer's own."""
    text = spelled(record.need(f"state_name{n}"))
    record.need(f"ccode{n}")
    begin = when.strip("/")[:4]
    found = state(text, cast, int(begin) if begin.isdigit() else 9999)
    if found is not None and found.kind == "Country":
        return found
    return cast.held.get(text) or cast.hold(text, cast.own(text, "Country"))


def _span(record: Record, lead: str) -> str:
    """From the begin to the end; where the data begin with it the begin is not known, where none is told no end."""
    begin, end = _date(record, f"{lead}_st"), _date(record, f"{lead}_end")
    if not begin:
        raise RejectedInput("no begin")
    if record.take("left_censor") == "1":
        begin = ""
    found = dates.span(begin, end) or "/"
    time = when_.parse(found)
    if time.end_latest < time.begin_earliest:
        raise RejectedInput(f"ends before it begins: {found}")
    return found


def _date(record: Record, lead: str) -> str:
    """A date in three columns, to the day or as far as it is told; empty when there is none."""
    day, month, year = (record.take(f"{lead}_{part}") for part in ("day", "month", "year"))
    if not year:
        return ""
    parts = [year.zfill(4), *(part.zfill(2) for part in (month, day) if part)] if month else [year.zfill(4)]
    found = "-".join(parts)
    when_.parse(found)
    return found
