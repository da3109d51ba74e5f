"""Whether a sentence that tells a relation, a count, further answers or a silence follows from the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from graph.claim import Claim
from graph.entity import Event
from graph.errors import AmbiguousName, UnknownName
from graph.index.index import Index
from graph.questions import relationship
from graph.reading.dates import dates as read_dates
from graph.tell import dates, facts, naming
from graph.tell.fillers import Context
from graph.tell.references import long_reference, short_reference

if TYPE_CHECKING:
    from graph.names import Names

_ALL: Final = re.compile(r"In all, sources link (?P<count>[\w,]+) later acts to (?P<ref>.+)\.")
_OTHERS: Final = re.compile(r"Other responses to (?P<ref>.+?) included (?P<named>.+)\.")
_NOTHING: Final = re.compile(r"Nothing is recorded between (?P<one>.+?) and (?P<other>.+?) from (?P<span>.+)\.")


def computed(text: str, context: Context, names: Names, entities: Iterable[str], near: Iterable[Event]) -> str:
    """The event or thing a computed sentence is about, when the graph gives the same; empty otherwise."""
    if match := _ALL.fullmatch(text):
        return _count(match, context, near)
    if match := _OTHERS.fullmatch(text):
        return _others(match, context, near)
    if match := _NOTHING.fullmatch(text):
        return _silence(match, context, names)
    return _state(text, context, entities)


def _referred(ref: str, context: Context, near: Iterable[Event]) -> Iterator[Event]:
    for event in (*reversed(context.told), *near):
        if ref in (long_reference(event, context.store), short_reference(event)):
            yield event


def _count(match: re.Match[str], context: Context, near: Iterable[Event]) -> str:
    for event in _referred(match["ref"], context, near):
        found = facts.answers(event.id, context.store, context.clocks)
        if dates.number(len(found)) == match["count"]:
            return event.id
    return ""


def _others(match: re.Match[str], context: Context, near: Iterable[Event]) -> str:
    """Each name must be an answer to the event that was not told before, and one answer must have been told."""
    for event in _referred(match["ref"], context, near):
        known = facts.answers(event.id, context.store, context.clocks)
        told = {e.id for e in context.told}
        refs = [long_reference(e, context.store) for e in known if e.id not in told]
        if _lists(match["named"], refs):
            return event.id
    return ""


def _lists(text: str, refs: Iterable[str]) -> bool:
    """Whether a text is a list of two or three of some references."""
    options = "|".join(re.escape(r) for r in sorted(refs, key=len, reverse=True))
    return bool(options and re.fullmatch(rf"(?:{options})(?:, (?:{options}))* and (?:{options})", text))


def _silence(match: re.Match[str], context: Context, names: Names) -> str:
    try:
        ends = [names.resolve(match[w].removeprefix("the "), context.clocks.as_of).id for w in ("one", "other")]
    except (UnknownName, AmbiguousName):
        return ""
    spans = [s for p in read_dates(f"from {match['span']}", context.today) for s in p.spans[:1]]
    if not spans or spans[0][0] >= spans[-1][1]:
        return ""
    index = Index.open(context.store)
    found = relationship.events_of(
        ends[0], ends[1], index, first=spans[0][0] + 1, last=spans[-1][1] - 1, known_at=context.clocks.known_at
    )
    return ends[0] if not found else ""


def _state(text: str, context: Context, entities: Iterable[str]) -> str:
    held = [c for e in dict.fromkeys(entities) for c in context.store.claims(subject=e, clocks=context.clocks)]
    told = [c for c in held if isinstance(c.object, str)]
    held = [c for c in told if facts.holds(c, context.today) or facts.is_over(c, context.today)]
    for claim in held:
        pattern = _state_pattern(claim, context)
        if not pattern:
            continue
        if re.fullmatch(rf"{pattern}\.", text):
            return claim.subject
        if first := re.match(rf"{pattern}, and ", text):
            also = (_state_pattern(other, context, after=claim) for other in held)
            if any(p and re.fullmatch(rf"{p}\.", text[first.end() :]) for p in also):
                return claim.subject
    return ""


def _state_pattern(claim: Claim, context: Context, *, after: Claim | None = None) -> str:
    store, today = context.store, context.today
    frame, thing = facts.state_frame(claim, store, today, after=after), claim.value
    if store.entity(thing).kind == "Office" and naming.passing(claim):
        things = {facts.office_of(claim, store)}
    else:
        things = {*naming.forms(thing, today, store, context.clocks)}
        things |= {facts.office_of(claim, store)} if store.entity(thing).kind == "Office" else set()
    made = re.escape(frame).replace(
        r"\{subject\}", _any(naming.forms(claim.subject, today, store, context.clocks), capital=True)
    )
    made = made.replace(r"\{object\}", _any(things))
    for name, time in (("date", facts.begin_of(claim)), ("end", facts.end_of(claim))):
        told = {dates.bare(time, today, style) for style in ("ap", "plain")} if time is not None else set()
        made = made.replace(rf"\{{{name}\}}", rf"{_any(told)},?")
    return made


def _any(texts: Iterable[str], *, capital: bool = False) -> str:
    kept = {t for t in texts if t} | ({t[0].upper() + t[1:] for t in texts if t} if capital else set())
    return "(?:" + "|".join(re.escape(t) for t in sorted(kept, key=lambda t: (-len(t), t))) + ")"
