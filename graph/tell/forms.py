"""The forms of a kind's frame: named, active, passive, and the same told as earlier than what was told before."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Status
from graph.entity import Event
from graph.reading.forms import irregular
from graph.tell.paragraph import Support
from graph.tell.status import Standing

MOST_SUMMARY: Final = 30
_MID_DATE: Final = "[ {when}]"


@dataclass(frozen=True, slots=True)
class Form:
    """A frame to fill: its text, its voice, whether it tells of an earlier past ("had …"), what {self} stands for."""

    text: str
    voice: str
    perfect: bool = False
    own: str = ""

    @property
    def dated(self) -> bool:
        """Whether the frame has a place of its own for the date."""
        return "{when}" in self.text


def forms(event: Event, *, perfect: bool = False) -> tuple[Form, ...]:
    """The forms of an event's kind, the best first; empty when the kind has none of that tense."""
    return tuple(_made(event, perfect))


def told_by_summary(event: Event) -> bool:
    """Whether events of this kind are told in the words of their summary."""
    return bool(event.model.kind(event.kind).frame.get("summary"))


def summary_of(event: Event, held: Standing) -> Claim | None:
    """The summary that may stand for an event in a text; None where it would say more than is supported.

    What parties dispute, plan or only claim is told by frames, which know who says it.
    """
    found = [c for c in event.of("summary") if c.status is Status.ACCEPTED]
    plain = held.support in (Support.CONFIRMED, Support.OFFICIAL, Support.REPORTED)
    contested = any(c.status is Status.CONTESTED for c in event.claims if c.predicate != "happened")
    if not found or not plain or (contested and not told_by_summary(event)):
        return None
    return found[0] if len(found[0].value.split()) <= MOST_SUMMARY else None


def _made(event: Event, perfect: bool) -> Iterator[Form]:
    frame = event.model.kind(event.kind).frame
    past = str(frame.get("past", ""))
    for pattern, text in (frame.get("named") or {}).items():
        match = re.search(pattern, event.name)
        if match:
            told = past_perfect(str(text), past) if perfect else str(text)
            if told:
                yield Form(told, "named", perfect, event.name[: match.end()])
    for voice in ("active", "passive"):
        if frame.get(voice):
            text = str(frame[voice])
            told = past_perfect(text, past) if perfect else text
            if told:
                yield Form(told, voice, perfect)


@functools.cache
def past_perfect(frame: str, past: str) -> str:
    """The frame with "had" before its verb; empty when the verb cannot be found in it.

    >>> past_perfect("{actor} raided {target}[ {when}]", "raided")
    '{actor} had raided {target}[ {when}]'
    >>> past_perfect("{target} {target.was} raided", "raided")
    '{target} had been raided'
    """
    if ".was}" in frame:
        return re.sub(r"\{\w+\.was\}", "had been", frame).replace(_MID_DATE, _MID_DATE, 1)
    verb = past.split()[0] if past else ""
    if not re.search(rf"\b{verb}\b", frame):
        verb = next(iter(re.findall(r"\} (\w+ed)\b", frame)), "")
    if not verb or not re.search(rf"\b{verb}\b", frame):
        return ""
    moved = re.sub(rf"^(\{{\w+\}})\[ \{{when\}}\] {verb}\b", rf"\1 {verb}", frame)
    return re.sub(rf"\b{verb}\b", f"had {_participle(verb)}", moved, count=1)


@functools.cache
def _participle(past: str) -> str:
    return next((participle for was, participle in irregular().values() if was == past), past)
