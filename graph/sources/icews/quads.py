"""ICEWS as quads: head, relation, tail and day, separated by tabs, in the names that the release uses."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator

from graph import when as when_
from graph.errors import DateError, GraphError, RejectedInput
from graph.sources.cameo import codes
from graph.sources.cast import spelled
from graph.sources.icews.actors import actor
from graph.sources.icews.day import stories
from graph.sources.reading import Reading
from graph.sources.said import Said, Stated
from graph.sources.source import Rejected
from graph.when import Day

Lines = Iterator[tuple[int, str]]


def is_one(first: str) -> bool:
    """Whether a line is a quad: four cells, the last of them a day."""
    cells = first.split("\t")
    return len(cells) == 4 and cells[1:2] != [""] and _is_day(cells[3].strip())


def records(reading: Reading, lines: Lines) -> Iterator[Stated]:
    """One event a line; a quad has no id of its own, so what it says is its id."""
    yield reading.source.entity
    header, cast, last = "\t".join(reading.source.columns["quads"]), reading.cast, reading.after
    who = functools.cache(spelled)
    what = functools.cache(functools.partial(_what, reading))
    roles = functools.cache(functools.partial(_roles, reading))
    told_on = functools.cache(functools.partial(_told_on, reading))
    for number, text in lines:
        if number <= last:
            continue
        try:
            head, relation, tail, date = _cells(text)
            (day, article), (code, kind, label), head, tail = (
                told_on(date.strip()),
                what(relation),
                who(head),
                who(tail),
            )
            source, target = (actor(name, cast, day, article) for name in (head, tail))
        except GraphError as error:
            if text.strip() and text != header:
                yield Rejected(reading.where(number), error.what, text)
            continue
        if cast.waiting:
            yield from cast.take()
        when = date.strip()
        first, second = roles(code, kind, source.kind, target.kind)
        quad = f"{head} | {label} | {tail} | {when}"
        event = f"icews-{hashlib.sha256(quad.encode()).hexdigest()[:16]}"
        claims = (
            (event, "happened", when, "date", when),
            (event, first, source.id, "", ""),
            (event, second, target.id, "", ""),
            (event, "cameoCode", code, "code", ""),
        )
        yield Said(event, event, kind, f"{head} → {tail}: {label}", claims, article, quad, line=number)


def _cells(text: str) -> list[str]:
    cells = text.split("\t")
    if len(cells) != 4:
        raise RejectedInput(f"{len(cells)} columns, not 4")
    if not (cells[0].strip() and cells[2].strip()):
        raise RejectedInput("no head or no tail")
    return cells


def _what(reading: Reading, relation: str) -> tuple[str, str, str]:
    """The CAMEO code, the event kind and the name of a relation."""
    code = codes.by_name(relation)
    return code.code, codes.kind_of(code.code, reading.model), code.name


def _told_on(reading: Reading, date: str) -> tuple[Day, str]:
    """A day, and the stories of that day as an article."""
    day = _day(date)
    told = stories(reading.source, date)
    reading.cast.waiting.append(told)
    return day, told.id


def _day(text: str) -> Day:
    return when_.day(text.strip())


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except DateError:
        return False
    return True


def _roles(reading: Reading, code: str, kind: str, source: str, target: str) -> tuple[str, str]:
    return codes.roles(code, kind, source, target, reading.model)
