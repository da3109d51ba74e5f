"""Sentences that tell no event: accounts that differ, outcomes, relations that hold, counts, what else, silences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from graph import when as when_
from graph.claim import Claim, Stance, Status
from graph.entity import Event
from graph.questions.coverage import stands
from graph.questions.spans import begun
from graph.store import Store
from graph.tell import dates, status
from graph.tell.bindings import value
from graph.tell.finishing import finish
from graph.tell.frames import Unbound, fill
from graph.tell.naming import joined, passing, running
from graph.tell.paragraph import Sentence, Span, Support
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import Message, Telling, is_count
from graph.when import END_OF_TIME, START_OF_TIME, Day, When

MOST_NAMED: Final = 3
FEWEST_ANSWERS: Final = 3
ANSWERS: Final = ("causedBy", "inResponseTo")
# The end of a frame from the preposition of its last thing on: "of {object} since {date}".
_LAST: Final = re.compile(r"\b(?:of|in|by|to|with|on) \{object\}.*")
Teller = Callable[[Message, Event, Telling], "Sentence | None"]


def conflict(message: Message, event: Event, telling: Telling) -> Sentence | None:
    """Two accounts of one value, each in the mouth of whoever gives it, as given by the day of writing."""
    found = accounts(event, message.predicate, telling.store, telling.today)
    if len(found) < 2:
        return None
    named = (
        short_reference(event)
        if telling.last is event or (telling.last and telling.last.id == event.id)
        else long_reference(event, telling.store)
    )
    if is_count(found[0][0]):
        verbs = (f" put the number of {counted(message.predicate)} at ", " put it at ")
    else:
        verbs = (f" attributed {named} to ", f" attributed {'them' if is_plural(named) else 'it'} to ")
    said: list[Span] = []
    for (claim, speaker), verb, join in zip(found[:2], verbs, ("", ", while "), strict=True):
        said += [Span(join), telling.names.of(speaker, telling.today), Span(verb), value(claim)]
    return _moved(telling, finish(said, "conflict", event.id, Support.DISPUTED, telling, ("conflict",)))


def is_plural(reference: str) -> bool:
    """Whether an event is spoken of in the plural: "the deaths"."""
    head = reference.partition(" of ")[0]
    return head.endswith("s") and not head.endswith("ss")


def accounts(event: Event, predicate: str, store: Store, today: Day) -> list[tuple[Claim, str]]:
    """Contested values with a named speaker of each side, the best supported first."""
    found: list[tuple[Claim, str]] = []
    sides: set[str] = set()
    for claim in event.of(predicate):
        if claim.status is not Status.CONTESTED or store.known(claim) > today:
            continue
        speakers = sorted({c.speaker for c in claim.citations if c.speaker and c.stance is Stance.STATES})
        for speaker in speakers:
            side = status.country_of(speaker, store) or speaker
            if side not in sides:
                sides.add(side)
                found.append((claim, speaker))
                break
    return found


def counted(predicate: str) -> str:
    """What a count counts, after `the number of`."""
    return {"deaths": "dead", "detained": "people detained", "injured": "injured"}.get(predicate, predicate)


def outcome(_message: Message, event: Event, telling: Telling) -> Sentence | None:
    """What came of an event, in the mouth of whoever says so."""
    found = told_outcome(event)
    if found is None:
        return None
    claim, speaker = found
    name = telling.names.of(speaker, telling.today)
    spans = [name, Span(" said that "), Span(claim.value, (claim.id,), "value")]
    return _moved(telling, finish(spans, "outcome", event.id, Support.CLAIMED, telling))


def told_outcome(event: Event) -> tuple[Claim, str] | None:
    """The accepted outcome of an event with its only speaker; None when there is none, or an article tells it."""
    for claim in event.of("outcome"):
        speakers = {c.speaker for c in claim.citations}
        if claim.status is Status.ACCEPTED and len(speakers) == 1 and "" not in speakers:
            return claim, next(iter(speakers))
    return None


def state(message: Message, telling: Telling) -> Sentence | None:
    """A relation that holds on the day, or held: "Turkey has been a member of NATO since 1952."."""
    claim = telling.store.claim(message.claim)
    spans = state_spans(claim, telling)
    if spans is None:
        return None
    return _moved(telling, finish(spans, "state", claim.subject, Support.CONFIRMED, telling))


def states(first: Message, second: Message, telling: Telling) -> Sentence | None:
    """Two relations that go together in a sentence: to one thing, the second with "its"; of one thing; of one post."""
    one, other = (telling.store.claim(m.claim) for m in (first, second))
    blank = telling.copy()
    spans = state_spans(one, blank)
    more = state_spans(other, blank, after=one)
    if spans is None or more is None:
        return None
    telling.names = blank.names
    both = (*spans, Span(", and "), *more)
    return _moved(telling, finish(both, "state", one.subject, Support.CONFIRMED, telling, also=(other.subject,)))


def state_frame(claim: Claim, store: Store, today: Day, *, after: Claim | None = None) -> str:
    """The frame of a state: with its begin where that is known, with its end once it is over, plain without either.

    With `after` the one that follows "and" after that relation: of who held the same before, to the same thing
    ("its"), or of the same thing. Empty when there is none.
    """
    frame, over = store.model.predicate(claim.predicate).frame, is_over(claim, today)
    if begin_of(claim) is None:
        return str(frame.get("present", "")) if after is None and claim.time is None else ""
    plain = str(frame.get("past" if over else "since", ""))
    whole = f"{plain} from {{date}} to {{end}}" if over and plain else plain
    if after is None:
        return whole
    if begin_of(after) is None or is_over(after, today) != over or passing(claim) != passing(after):
        return ""
    if (claim.predicate, claim.subject) == (after.predicate, after.subject):
        last = _LAST.search(whole)
        return last[0] if last else ""
    if over:
        same = (claim.predicate, claim.value) == (after.predicate, after.value)
        return "{subject} from {date} to {end}" if same else ""
    return str(frame.get("also", "")) if claim.value == after.value else ""


def state_spans(claim: Claim, telling: Telling, *, after: Claim | None = None) -> tuple[Span, ...] | None:
    """The pieces of a state; None when it has no frame or a part of it is missing."""
    text, begin, end = state_frame(claim, telling.store, telling.today, after=after), begin_of(claim), end_of(claim)
    if not text or not isinstance(claim.object, str):
        return None
    bindings = {"object": _object(claim, telling)}
    if "{subject}" in text:
        bindings["subject"] = _holder(claim, telling)
    for name, time in (("date", begin), ("end", end)):
        if time is not None:
            bindings[name] = Span(dates.bare(time, telling.today, telling.style), (claim.id,), "date")
    try:
        return tuple(fill(text, bindings))
    except Unbound:
        return None


def _holder(claim: Claim, telling: Telling) -> Span:
    """Who stands in a relation; somebody who leads is named without the office the sentence gives them."""
    if telling.store.entity(claim.subject).kind != "Person" or claim.subject in telling.names.used:
        return telling.names.of(claim.subject, telling.today, (claim.id,))
    telling.names.used[claim.subject] = None
    return Span(telling.store.entity(claim.subject).name, (claim.id,), "name")


def _object(claim: Claim, telling: Telling) -> Span:
    if telling.store.entity(claim.value).kind == "Office":
        return Span(office_of(claim, telling.store), (claim.id,), "name")
    return Span(running(claim.value, telling.store), (claim.id,), "name")


def office_of(claim: Claim, store: Store) -> str:
    """The office of a claim inside a sentence, with how it is held for a while: `acting president of Armenia`."""
    name = store.entity(claim.value).name
    plain = name if name[:2].isupper() else name[:1].lower() + name[1:]
    return f"{passing(claim)} {plain}".strip()


def begin_of(claim: Claim) -> When | None:
    """When a relation began, as sharp as it is known; None when that is open."""
    left = claim.when.partition("/")[0] if "/" in claim.when else ""
    return when_.parse(left) if left not in ("", "..") else None


def end_of(claim: Claim) -> When | None:
    """When a relation ended, as sharp as it is known; None when it did not, or nobody says when."""
    right = claim.when.partition("/")[2]
    return when_.parse(right) if right not in ("", "..") else None


def is_over(claim: Claim, day: Day) -> bool:
    """Whether a relation of which both ends are told was over by a day."""
    end = end_of(claim)
    return end is not None and begin_of(claim) is not None and end.end_latest <= day and stands(claim)


def holds(claim: Claim, day: Day, time: When | None = None) -> bool:
    """Whether a relation certainly holds on a day, as far as anybody has confirmed it.

    `time` is the claim's time where other claims narrow it: see `spans.terms`.
    """
    time = time or (begun(claim, claim.time) if claim.time else None)
    if claim.status is not Status.ACCEPTED or claim.withdrawn:
        return False
    if time is None:
        return True
    lasts = time.end_latest >= END_OF_TIME or day <= time.end_earliest
    return time.begin_latest <= day and lasts and time.begin_earliest > START_OF_TIME


def answers(event: str, telling_store: Store, clocks: when_.Clocks) -> tuple[Event, ...]:
    """The events that sources call answers to, or effects of, an event, as known on the day, in order of time."""
    found = []
    for claim in telling_store.claims(object=event, clocks=clocks):
        if claim.predicate in ANSWERS and claim.status is Status.ACCEPTED:
            other = telling_store.event(claim.subject, clocks=clocks)
            if other.when is not None and (clocks.as_of is None or other.when.begin_earliest <= clocks.as_of):
                found.append(other)
    unique = {e.id: e for e in found}
    return tuple(sorted(unique.values(), key=lambda e: (e.when.begin_earliest if e.when else 0, e.id)))


def link_claims(event: str, answer: Event) -> tuple[str, ...]:
    """The claims that say an event answers another one."""
    return tuple(
        c.id for c in answer.links if c.value == event and c.predicate in ANSWERS and c.status is Status.ACCEPTED
    )


def count(_message: Message, event: Event, telling: Telling) -> Sentence | None:
    """How many acts sources link to an event: a computed count."""
    found = answers(event.id, telling.store, telling.clocks)
    if len(found) < FEWEST_ANSWERS:
        return None
    claims = tuple(c for e in found for c in link_claims(event.id, e))
    spans = [Span("In all, sources link "), Span(dates.number(len(found)), claims, "count"),
             Span(f" later acts to {long_reference(event, telling.store)}", claims, "link")]  # fmt: skip
    return _moved(telling, finish(spans, "count", event.id, Support.CONFIRMED, telling))


def others(message: Message, event: Event, telling: Telling) -> Sentence | None:
    """Further answers to an event, only named."""
    found = [telling.event(e) for e in message.named]
    if len(found) < 2:
        return None
    refs = joined([long_reference(e, telling.store) for e in found])
    claims = tuple(c for e in found for c in (*link_claims(event.id, e), *(d.id for d in e.of("happened")[:1])))
    ref = (
        short_reference(event) if telling.last and telling.last.id == event.id else long_reference(event, telling.store)
    )
    spans = [Span(f"Other responses to {ref} included ", claims, "link"), Span(refs, claims, "reference")]
    return _moved(telling, finish(spans, "count", event.id, Support.CONFIRMED, telling))


def gap(_message: Message, event: Event, telling: Telling) -> Sentence | None:
    """A silence between two parties before an event: nothing that both took part in is recorded."""
    last = telling.last
    if last is None or last.when is None or event.when is None or len(telling.parties) != 2:
        return None
    claims = tuple(d.id for e in (last, event) for d in e.of("happened")[:1])
    first, second = (running(p, telling.store) for p in telling.parties)
    begin = dates.exact(last.when.end_latest, telling.today, telling.style)
    end = dates.exact(event.when.begin_earliest, telling.today, telling.style)
    text = f"Nothing is recorded between {first} and {second} from {begin} to {end}"
    return _moved(telling, finish([Span(text, claims, "gap")], "gap", event.id, Support.CONFIRMED, telling))


def _moved(telling: Telling, said: Sentence) -> Sentence:
    telling.subject = ()
    telling.opened(said.kind, said.text)
    return said


TELLERS: Final[Mapping[str, Teller]] = MappingProxyType(
    {"conflict": conflict, "outcome": outcome, "count": count, "others": others, "gap": gap}
)
