"""What a sentence says of two events together: that one came of the other, or came after it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from graph.draft.match import Matched
from graph.draft.outcome import Finding, Outcome
from graph.draft.read import Read
from graph.store import Store
from graph.when import Held

_BECAUSE: Final = re.compile(
    r"\b(?:because of|due to|as a result of|in response to|in retaliation for|over|caused by|prompted by"
    r"|triggered by|sparked by|in protest (?:at|of|over))\b",
    re.I,
)
_LED: Final = re.compile(
    r"\b(?:led to|leading to|prompted|prompting|triggered|triggering|sparked|sparking|caused|causing"
    r"|resulted in|resulting in|provoked|drew)\b",
    re.I,
)
_AFTER: Final = re.compile(r"\b(?:after|following|in the wake of|followed)\b", re.I)
_BEFORE: Final = re.compile(r"\b(?:before|ahead of|prior to|preceded)\b", re.I)
MOST_STEPS: Final = 3


def links(read: Read, matched: Sequence[Matched], store: Store) -> Iterator[Finding]:
    """Causes that a source must have stated, and orders in time that the dates must allow."""
    ordered = sorted(matched, key=lambda m: m.act.place)
    for one, other in itertools.pairwise(ordered):
        if one.event == other.event:
            continue
        start, end = one.act.place[1], other.act.place[0]
        between = read.text[start:end]
        if len(between) > 110:
            continue
        for pattern, cause, effect in ((_BECAUSE, other, one), (_LED, one, other)):
            match = pattern.search(between)
            if match and one.score >= 0.55 and other.score >= 0.55:
                yield _cause((start + match.start(), start + match.end()), cause, effect, read, store)
        for pattern, earlier, later in ((_AFTER, other, one), (_BEFORE, one, other)):
            match = pattern.search(between)
            if match and "day" not in between[: match.start()].split()[-1:] and one.sure and other.sure:
                yield from _order((start + match.start(), start + match.end()), earlier, later)


def since(read: Read, matched: Sequence[Matched], store: Store) -> Iterator[Finding]:
    """“Since July, … following the deaths” is wrong when the deaths, and an answer to them, came before July."""
    for phrase in (p for p in read.dates if p.relation == "since" and p.spans):
        for one in matched:
            when = one.profile.when
            lead = read.text[max(0, one.act.place[0] - 40) : one.act.place[0]]
            if when is None or not one.sure or not _AFTER.search(lead) or when.end_latest >= phrase.spans[0][0]:
                continue
            answers = [
                store.event(c.subject)
                for c in store.claims(object=one.event)
                if store.model.predicate(c.predicate).form == "link"
            ]
            early = [e for e in answers if e.when and when.begin_earliest <= e.when.begin_earliest < phrase.spans[0][0]]
            if early:
                first = min(early, key=lambda e: e.when.begin_earliest if e.when else 0)
                told = f"{one.profile.event.name} is dated {when.text}, the first answer recorded"
                f" {first.when.text if first.when else ''}"
                ids = (*(c.id for c in one.profile.event.of("happened")[:1]), *(c.id for c in first.of("happened")[:1]))
                yield Finding(
                    (phrase.start - 6 if phrase.start >= 6 else 0, phrase.end),
                    Outcome.CONFLICT,
                    "date",
                    told,
                    ids,
                    one.event,
                )


def _cause(place: tuple[int, int], cause: Matched, effect: Matched, read: Read, store: Store) -> Finding:
    path = _stated(effect.event, cause.event, store)
    named = f"{effect.profile.event.name} – {cause.profile.event.name}"
    if path:
        return Finding(place, Outcome.SUPPORTED, "cause", f"a source states the link: {named}", path, effect.event)
    if read.speakers:
        return Finding(
            place, Outcome.NO_EVIDENCE, "cause", f"no source is quoted for this link: {named}", (), effect.event
        )
    return Finding(
        place, Outcome.NO_EVIDENCE, "cause", f"no source states that one came of the other: {named}", (), effect.event
    )


def _stated(effect: str, cause: str, store: Store) -> tuple[str, ...]:
    """The claims that lead from an event back to its cause, over a few stated links; empty when none do."""
    front: dict[str, tuple[str, ...]] = {effect: ()}
    seen = {effect}
    for _ in range(MOST_STEPS):
        further: dict[str, tuple[str, ...]] = {}
        for at, path in front.items():
            for claim in store.event(at).links:
                if claim.value == cause:
                    return (*path, claim.id)
                if claim.value not in seen:
                    seen.add(claim.value)
                    further[claim.value] = (*path, claim.id)
        front = further
    return ()


def _order(place: tuple[int, int], earlier: Matched, later: Matched) -> Iterator[Finding]:
    one, other = earlier.profile.when, later.profile.when
    if one is None or other is None:
        return
    ids = tuple(c.id for m in (earlier, later) for c in m.profile.event.of("happened")[:1])
    told = f"{earlier.profile.event.name} is dated {one.text}, {later.profile.event.name} {other.text}"
    if other.before(one) is Held.CERTAIN:
        yield Finding(place, Outcome.CONFLICT, "order", told, ids, later.event)
