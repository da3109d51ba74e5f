"""In which order messages are told: in the order of time, or the newest event first and then how it came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph.chains.chain import Chain
from graph.entity import Event
from graph.tell.telling import Message, Telling
from graph.when import START_OF_TIME

NEWS_DAYS: Final = 45
_RANK: Final = {"event": 0, "conflict": 1, "outcome": 2, "others": 3, "count": 4, "state": 5}


def in_order(messages: Sequence[Message], chain: Chain, telling: Telling) -> list[Message]:
    """The messages as they are told; those about an event follow it, states stand first or last."""
    days = {m.event: _day(telling.event(m.event)) for m in messages if m.kind != "state"}
    states = [m for m in messages if m.kind == "state"]
    turn = {e: at for at, e in enumerate(_by_time(days, telling))}
    rest = sorted((m for m in messages if m.kind != "state"), key=lambda m: (turn[m.event], _place(m)))
    told = [m.event for m in rest if m.kind == "event"]
    focus = chain.focus.event
    news = focus in told and chain.as_of is not None and chain.as_of - days[focus][1] <= NEWS_DAYS and told[0] != focus
    if not news:
        return [*[s for s in states if _opens(s)], *rest, *[s for s in states if not _opens(s)]]
    lead = [
        m
        for m in rest
        if m.event == focus
        or (m.kind != "gap" and days[m.event][1] == days[focus][1] and _linked(telling.event(m.event), focus))
    ]
    lead.sort(key=lambda m: (m.event != focus, turn[m.event], _place(m)))
    background = set(chain.events[: chain.events.index(focus)])
    before = [m for m in rest if m not in lead and m.event in background]
    after = [m for m in rest if m not in lead and m.event not in background]
    if before and before[0].kind == "event":
        before[0] = replace(before[0], back=True)
    before = [m for m in before if m.kind != "gap" or m is not before[0]]
    return [*lead, *before, *after, *states]


def _by_time(days: Mapping[str, tuple[int, int]], telling: Telling) -> list[str]:
    """Events in order of time; one that a source links to an earlier one never stands before it."""
    waiting = sorted(days, key=lambda e: (days[e], e))
    told: list[str] = []
    while waiting:
        for event in waiting:
            causes = {c.value for c in telling.event(event).links if c.predicate != "partOf"}
            if not causes & set(waiting) - {event}:
                break
        else:
            event = waiting[0]
        # An event waits for its cause only as long as their dates leave it open which came first.
        first = waiting[0]
        told.append(event if days[event][0] <= days[first][1] or event == first else first)
        waiting.remove(told[-1])
    return told


def _place(message: Message) -> int:
    return -1 if message.kind == "gap" else _RANK[message.kind]


def _opens(state: Message) -> bool:
    return state.detail == 0


def _linked(event: Event, focus: str) -> bool:
    return event.id == focus or any(c.value == focus for c in event.links)


def _day(event: Event) -> tuple[int, int]:
    """The day an event is told at: an open begin is told when it was known to have come."""
    when = event.when
    if when is None:
        return (0, 0)
    begin = when.begin_earliest if when.begin_earliest > START_OF_TIME else when.end_latest
    return (begin, when.end_latest)
