"""What could be said about a chain: its events, accounts that differ, answers, outcomes, relations, silences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.chains.chain import Chain, Step
from graph.claim import Claim, Status
from graph.entity import Event
from graph.tell import facts
from graph.tell.realise import sentence
from graph.tell.standing import standing
from graph.tell.telling import IN_FULL, Message, Telling

DETAILS: Final = (0, 1, 3, IN_FULL)
# Values of which two accounts are worth a sentence of their own, with their worth.
CONFLICTS: Final = (("cause", 0.75), ("deaths", 0.45), ("detained", 0.3), ("injured", 0.25))
_MEMBERS: Final = ("memberOf",)
_HEADS: Final = ("leads", "headOfStateOf", "headOfGovernmentOf")
MOST_STATES: Final = 3
FEWEST_EVENTS: Final = 2
"""A thing of which fewer events are known is told by how it stands and stood."""
# What telling where an event took place is worth, and with it how it came about.
_PLACED: Final = 0.12


@dataclass(frozen=True, slots=True)
class Choice:
    """A message that may be said, its worth, how many words it took when said alone, its place, its group.

    Of a group one event message is taken, with what is said about it.
    """

    message: Message
    worth: float
    words: int
    order: tuple[int, int, str]
    group: str


def choices(chain: Chain, telling: Telling) -> list[Choice]:
    """Every message that can be said, with its worth."""
    found: list[Choice] = []
    for message, worth, order, group in _offers(chain, telling):
        words = _words(message, telling)
        if words is not None:
            found.append(Choice(message, worth, words, order, group))
    return found


def _words(message: Message, blank: Telling) -> int | None:
    """How many words a message takes alone; None when it cannot be said."""

    def count() -> int | None:
        said = sentence(message, _ready(message, blank))
        return None if said is None else said.words

    # The two parties of a text are named in gaps only, and no gap is offered.
    asked = (message, blank.clocks, blank.today, blank.style, blank.names.audience)
    return blank.store.kept(("alone", *asked), count)


def _ready(message: Message, telling: Telling) -> Telling:
    """A blank text, or one in which the event was just told when the message is about one."""
    blank = telling.copy()
    if message.kind not in ("event", "state"):
        blank.last = telling.event(message.event)
    return blank


_Offer = tuple[Message, float, tuple[int, int, str], str]


def _offers(chain: Chain, telling: Telling) -> Iterator[_Offer]:
    for at, step in enumerate(chain.steps):
        event = telling.event(step.event)
        worth = _worth(step, event, chain)
        for detail in DETAILS:
            more = (0.02 * detail if detail < IN_FULL else 0.01) + (_PLACED if detail else 0.0)
            yield Message("event", step.event, detail), worth + more, (at, 0, ""), step.event
        yield from _about(at, step, event, chain, telling)
    yield from _states(chain, telling)
    if len(chain.steps) < FEWEST_EVENTS and chain.focus.kind == "entity":
        for claim, worth, place in standing(chain.focus.entities[0], telling):
            yield Message("state", claim.subject, detail=0, claim=claim.id), worth, place, f"state {claim.id}"


def _worth(step: Step, event: Event, chain: Chain) -> float:
    wanted = step.event == chain.focus.event or len(chain.steps) < FEWEST_EVENTS
    worth = step.score + (2.0 if wanted else 0.3 if step.pinned or step.root else 0.0)
    return worth - (0.25 if event.when is not None and event.when.text.startswith("/") else 0.0)


def _about(at: int, step: Step, event: Event, chain: Chain, telling: Telling) -> Iterator[_Offer]:
    near = _near_focus(step.event, chain)
    for predicate, share in CONFLICTS:
        if any(c.status is Status.CONTESTED for c in event.of(predicate)):
            weight = (share + (0.6 if predicate == "cause" and near else 0.0)) * max(0.4, step.score)
            yield Message("conflict", step.event, predicate=predicate), weight, (at, 1, predicate), step.event
    if facts.told_outcome(event) is not None:
        yield Message("outcome", step.event), 0.4 * max(0.4, step.score), (at, 2, ""), step.event
    if near or step.event == chain.focus.event:
        rest = [e for e in facts.answers(step.event, telling.store, telling.clocks) if e.id not in chain.events]
        if len(rest) >= 2:
            named = tuple(e.id for e in rest[: facts.MOST_NAMED])
            yield Message("others", step.event, named=named), 0.35, (at, 3, ""), step.event
        yield Message("count", step.event), 0.2, (at, 4, ""), step.event


def _near_focus(event: str, chain: Chain) -> bool:
    """Whether the event is the focus, or is stated to come straight from it."""
    focus = chain.focus.event
    return event == focus or any(k.later == event and k.earlier == focus and k.is_stated for k in chain.links)


def _states(chain: Chain, telling: Telling) -> Iterator[_Offer]:
    """Relations of the parties that hold on the day and bear on the chain: memberships, who leads."""
    store, last = telling.store, len(chain.steps)
    parts = [p.entity for step in chain.steps for p in telling.event(step.event).participants]
    parties = [e for e in chain.focus.entities[:3] if store.entity(e).kind == "Country" and parts.count(e) > 1]
    coup = any(store.entity(step.event).kind == "Coup" for step in chain.steps)
    found: list[Claim] = []
    for party in parties:
        for claim in store.claims(subject=party, predicate="memberOf", clocks=telling.clocks):
            if claim.value in parts and facts.holds(claim, telling.today) and not _told(claim, chain, telling):
                found.append(claim)
        for predicate in _HEADS if coup else ():
            for claim in store.claims(object=party, predicate=predicate, clocks=telling.clocks):
                began = claim.time.begin_earliest if claim.time else 0
                if facts.holds(claim, telling.today) and began >= chain.steps[0].day:
                    found.append(claim)
    for claim in found[:MOST_STATES]:
        opens = claim.predicate in _MEMBERS
        message = Message("state", claim.subject, detail=0 if opens else 1, claim=claim.id)
        began = claim.time.begin_earliest if claim.time else 0
        yield message, 0.3, (-1 if opens else last, began, claim.id), f"state {claim.id}"


def _told(claim: Claim, chain: Chain, telling: Telling) -> bool:
    """Whether an event of the chain tells how a relation began."""
    for step in chain.steps:
        event = telling.event(step.event)
        if event.kind == "Accession" and claim.subject in event.who("actor") and claim.value in event.who("target"):
            return True
    return False
