"""REIGN: the effective leaders of 200 states, one record a term, as `leads` claims."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import when as when_
from graph.claim import Claim, Entity, slug
from graph.errors import DateError, RejectedInput
from graph.sources.countries import by_code
from graph.sources.source import Item, Record, Rejected, Source, audit, cite
from graph.when import Day

TAKEN: Final = ("stateabb", "leadid", "leader", "sdate", "smonth", "syear", "emonth", "eyear", "birthyear")
# States that one code stands for, each until the day on which the next one took its place.
STATES: Final = {
    "CZE": (("czechoslovakia", "1992-12-31"),),
    "DRV": (("north-vietnam", "1976-07-01"), ("vietnam", "")),
    "GDR": (("east-germany", "1990-10-02"),),
    "GFR": (("west-germany", "1990-09-30"), ("germany", "")),
    "GMY": (("west-germany", "1990-09-30"), ("germany", "")),
    "RUS": (("soviet-union", "1991-08-20"), ("russia", "")),  # Yeltsin led Russia, not the Union
    "RVN": (("south-vietnam", "1975-04-30"),),
    "YAR": (("north-yemen", "1990-05-21"),),
    "YPR": (("south-yemen", "1990-05-21"),),
    "YUG": (("yugoslavia", "2003-02-03"), ("serbia-and-montenegro", "2006-06-03"), ("serbia", "")),
}
# The last day that the release covers: an open term was still running then.
COVERED_UNTIL: Final = "2021-02-28"
_SEVERAL: Final = re.compile(r"&| and |Junta|Council|Government")
_MARKS: Final = re.compile(r"\s*\(.*")  # (acting), (f), (2nd time), often cut short
_SURNAME_FIRST: Final = re.compile(r"(?P<last>[^,]+), *(?P<first>[^,]+)")


def read(raw: Path, source: Source) -> Iterator[Item]:
    """One person and one or two `leads` claims a record; the files are read in order of name."""
    release = source.article()
    yield source.entity
    yield release
    for path in sorted(p for pattern in source.inputs for p in raw.glob(pattern)):
        # One note holds a stray byte of another encoding; notes are ignored.
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
            records = csv.DictReader(lines)
            audit(records.fieldnames or (), TAKEN, source, where=path.name)
            for fields in records:
                record = Record(f"{path.name}:{fields['stateabb']}:{fields['leadid']}", fields)
                try:
                    yield from _term(record, source)
                except (DateError, RejectedInput) as error:
                    yield Rejected(record.where, str(error), record.text)


def _term(record: Record, source: Source) -> Iterator[Item]:
    state, leader = record.need("stateabb"), record.need("leader")
    start, until = _start(record), _until(record)
    person = _person(leader, state, record.take("birthyear"))
    locator = record.need("leadid")
    yield person
    citation = cite(source.article(), f"leadid {locator}")
    for country, first, last in _cut(state, start, until):
        ongoing = "" if last else COVERED_UNTIL
        yield Claim(
            person.id, "leads", country, citation, f"{first}/{last}", confirmed=ongoing, recorded=source.retrieved
        )


def _start(record: Record) -> str:
    text = f"{record.need('syear')}-{int(record.need('smonth')):02d}-{int(record.need('sdate')):02d}"
    when_.day(text)
    return text


def _until(record: Record) -> str:
    """The month of the end, the year when only that is given, or empty while in office."""
    year, month = record.take("eyear"), record.take("emonth")
    if not year:
        return ""
    return f"{year}-{int(month):02d}" if month else year


def _person(leader: str, state: str, born: str) -> Entity:
    """The leader as a person of their own: the same name, state and year of birth is the same person."""
    if _SEVERAL.search(leader):
        raise RejectedInput(f"not one person: {leader!r}", where=state)
    plain = " ".join(_MARKS.sub("", leader).split())
    turned = _SURNAME_FIRST.fullmatch(plain)
    name = f"{turned['first']} {turned['last']}" if turned else plain
    year = f"-{born}" if born.isdigit() else ""
    return Entity(f"reign-{state.lower()}-{slug(name)}{year}", "Person", ((name, "en"),))


def _cut(state: str, start: str, until: str) -> Iterator[tuple[str, str, str]]:
    """The term in each state that the code stood for: country, first and last date."""
    if state not in STATES:
        if state not in by_code("cow"):
            raise RejectedInput(f"no country has the code {state!r}", where="stateabb")
        yield by_code("cow")[state].id, start, until
        return
    first = start
    for country, last in STATES[state]:
        ends = when_.day(last) if last else None
        if ends is not None and when_.day(first) > ends:
            continue
        if ends is None or (until and _last_day(until) <= ends):
            yield country, first, until
            return
        if _same_month(until, last):
            yield country, first, until
            return
        yield country, first, last
        first = when_.iso(ends + 1)


def _last_day(text: str) -> Day:
    return when_.parse(text).end_latest


def _same_month(until: str, last: str) -> bool:
    return bool(until) and last.startswith(until)
