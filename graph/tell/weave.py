"""Two messages in one sentence, where the second carries the first on: the same actor, day, or thing related to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

from graph.entity import Event
from graph.tell import facts
from graph.tell.finishing import clean, finish, flags, lowered
from graph.tell.paragraph import Sentence, Span, Support
from graph.tell.realise import Wording, move_on, other_dates, wordings_of
from graph.tell.telling import Message, Telling

MOST_WORDS: Final = 30
NEAR_DAYS: Final = 3
DID_SO: Final = " did so"
_PLAIN: Final = (Support.CONFIRMED, Support.OFFICIAL)


def woven(first: Message, second: Message, telling: Telling) -> Sentence | None:
    """One sentence for two neighbouring messages, or None when they do not go together; the context moves on."""
    if first.kind == second.kind == "state":
        return facts.states(first, second, telling)
    if first.kind != "event" or second.kind != "event" or second.back:
        return None
    one, other = (telling.event(m.event) for m in (first, second))
    if not _near(one, other):
        return None
    held = [telling.standing(e) for e in (one, other)]
    if any(h.support not in _PLAIN for h in held) or other_dates(other, telling):
        return None
    best: tuple[float, Wording, Wording, tuple[Span, ...]] | None = None
    for begun in wordings_of(one, dataclasses.replace(first, detail=min(first.detail, 1)), telling):
        if begun.linked and begun.opening != "response":
            continue
        after = telling.copy()
        move_on(after, begun, one)
        for tail, carried in _tails(other, second, begun, after):
            spans = clean((*begun.spans, *tail))
            words = len("".join(s.text for s in spans).split())
            if words <= MOST_WORDS and (best is None or _merit(begun, telling, words) > best[0]):
                best = (_merit(begun, telling, words), begun, carried, spans)
    if best is None:
        return None
    _, begun, carried, spans = best
    move_on(telling, begun, one)
    move_on(telling, carried, other)
    telling.subject = begun.subject if carried.subject == begun.subject else ()  # "they" would be either
    telling.rhythm = (*telling.rhythm[:-2], carried.opening, begun.opening)  # how the sentence opened stands last
    marks = tuple(dict.fromkeys(f for e, h in zip((one, other), held, strict=True) for f in flags(e, h, telling)))
    return finish(spans, "event", one.id, held[0].support, telling, marks, (other.id,))


def _near(one: Event, other: Event) -> bool:
    if one.when is None or other.when is None or not (one.when.is_day and other.when.is_day):
        return False
    return 0 <= other.when.begin_earliest - one.when.begin_earliest <= NEAR_DAYS


def _merit(begun: Wording, telling: Telling, words: int) -> float:
    varied = -0.8 if begun.opening == telling.opening else 0.0
    return varied + {"gap": 0.5, "response": 0.8, "pronoun": 0.3}.get(begun.opening, 0.2) - 0.02 * words


def _tails(
    other: Event, message: Message, begun: Wording, after: Telling
) -> Iterator[tuple[tuple[Span, ...], Wording]]:
    """How the second event can follow: "and did …" by the same actor, or ", and … the same day"."""
    quiet = dataclasses.replace(message, detail=min(message.detail, 1))
    content = bool(other.model.kind(other.kind).frame.get("content"))
    for wording in wordings_of(other, quiet, after):
        if wording.linked or wording.form is None or wording.opening != "gap":
            continue
        gap, body = wording.spans[0], wording.spans[1:]
        days = Span(gap.text.removesuffix(", ").lower(), gap.claims, "gap")
        before, behind = (
            dataclasses.replace(days, text=f" {days.text}"),
            dataclasses.replace(days, text=f" {days.text}"),
        )
        same = begun.subject and wording.subject == begun.subject and wording.form.voice == "active"
        if same and body[0].rule in ("name", "pronoun"):
            yield (Span(" and"), *((before, *body[1:]) if content else (*body[1:], behind))), wording
        elif body[0].rule != "pronoun" and "," not in "".join(s.text for s in begun.spans[1:]):
            if _acts(begun) == "".join(s.text for s in body[1:]):
                claims = tuple(c for s in body[1:] for c in s.claims)
                yield (Span(", and "), body[0], Span(DID_SO, claims), behind), wording
            else:
                yield (Span(", and"), before, Span(" "), *lowered(body)), wording


def _acts(begun: Wording) -> str:
    """What the first event's subject did, without its date."""
    clause = [s for s in begun.spans if s.rule not in ("date", "gap")]
    return "".join(s.text for s in clause[1:])
