"""Every question there is, and asking one by name: the same for Python, the command line and HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph import when as when_
from graph.errors import InputError, UnknownName
from graph.questions import between, course, lacking, membership, said, standing
from graph.questions.question import Opened, Parameter, Question, question
from graph.questions.reading.answer import in_words
from graph.questions.rows import Named, Rows
from graph.when import Day

QUESTIONS: Final[Mapping[str, Question]] = {
    (q := question(ask)).name: q
    for ask in (
        between.relations,
        standing.state,
        standing.changes,
        said.revisions,
        standing.gaps,
        standing.overlaps,
        said.contested,
        said.corroboration,
        said.freshness,
        between.route,
        between.who_else,
        course.trajectory,
        course.turns,
        course.extremes,
        course.partners,
        course.friends,
        course.rivals,
        course.meanwhile,
        standing.states,
        standing.missing_leaders,
        lacking.missing,
        membership.members,
    )
}


MOST: Final = 1000
"""No question takes a number larger than this."""


def named(name: str) -> Question:
    """The question of this name; UnknownName when there is none."""
    if name not in QUESTIONS:
        raise UnknownName(name, suggestions=tuple(QUESTIONS), where="questions")
    return QUESTIONS[name]


def ask(kg: Opened, name: str, things: Sequence[str], options: Mapping[str, Any]) -> Rows:
    """The answer to a question; `options` by their Python names, each a value or its text.

    A name of several words is a question in English: see `graph.questions.reading`.
    A name is resolved on the day the question is about, the later one of a window.
    Raises UnknownName or AmbiguousName for a name, DateError for a day, InputError for what the
    question does not take, and what the question itself raises.
    """
    if " " in name.strip():
        if things or options:
            raise InputError("a question in words takes nothing else", where=name)
        return in_words(kg, name)
    found = named(name)
    if len(things) > len(found.things):
        raise InputError(f"{len(things)} things", where=name, expected=f"at most {len(found.things)}")
    unknown = sorted(set(options) - {p.name for p in found.options})
    if unknown:
        raise InputError(
            f"takes no {', '.join(unknown)}", where=name, expected=", ".join(p.name for p in found.options)
        )
    given = {p.name: read(p, options[p.name]) for p in found.options if options.get(p.name) is not None}
    missing = [p.public for p in found.parameters if p.required and p not in found.things and p.name not in given]
    missing += [p.public for p in found.things[len(things) :] if p.required]
    if missing:
        raise InputError(f"{missing[0]} is missing", where=name, expected=", ".join(missing))
    if (low := given.get("first")) is not None and (high := given.get("last")) is not None and low > high:
        raise InputError("the window ends before it begins", where=name, expected="from before to")
    day = next((given[n] for n in ("as_of", "last", "first") if n in given), None)
    meant = [_meant(kg, thing, day) for thing in things]
    asked: dict[str, Any] = {p.name: m for p, m in zip(found.things, meant, strict=False)}
    asked |= {
        p.name: when_.iso(given[p.name]) if p.type in ("day", "from", "to") else given[p.name]
        for p in found.options
        if p.name in given
    }
    rows = tuple(found.ask(kg, *(m.id for m in meant), **given))
    return Rows(name, asked, found.row, rows)


def _meant(kg: Opened, text: str, day: Day | None) -> Named:
    """The thing a name means; an id means itself."""
    if kg.store.has(text):
        return Named(text, kg.store.entity(text).name)
    match = kg.names.resolve(text, day)
    return Named(match.id, match.name)


def read(parameter: Parameter, value: Any) -> Any:
    """An argument from its text; DateError or InputError when it is none of its type."""
    if not isinstance(value, str) or parameter.type == "word":
        return value
    if parameter.type == "day":
        return when_.day(value)
    if parameter.type in ("from", "to"):
        time = when_.parse(value)
        return time.begin_earliest if parameter.type == "from" else time.end_latest
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST):
        raise InputError(f"{parameter.public} is not a number from 1 to {MOST}")
    return int(value)
