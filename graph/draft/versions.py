"""What sources differ about: causes, contents, outcomes; whose version a sentence gives, and whether it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Status
from graph.draft.match import Matched
from graph.draft.outcome import Finding, Outcome
from graph.draft.profile import Profiles, stems
from graph.draft.read import Read
from graph.questions.overview import name
from graph.reading.readings import DatePhrase
from graph.when import Day


@dataclass(frozen=True, slots=True)
class Pairing:
    """A matched act with the dates that go with it, in its sentence."""

    matched: Matched
    dates: tuple[DatePhrase, ...]
    read: Read
    profiles: Profiles
    as_of: Day


def disputed(place: tuple[int, int], rule: str, holds: Sequence[Claim], claims: Sequence[Claim], p: Pairing) -> Finding:
    """A value that sources dispute: fine in the mouth of somebody who gives it, else to be attributed."""
    ids, event = tuple(c.id for c in claims), p.matched.profile.event.id
    store = p.profiles.store
    speakers = [c.speaker or store.article(c.article).publisher for claim in holds for c in claim.citations]
    sides = {p.profiles.country(s) or s for s in speakers} | set(speakers)
    if p.read.speakers and any(s in sides or p.profiles.country(s) in sides for s in p.read.speakers):
        return Finding(place, Outcome.SUPPORTED, rule, f"{name(p.read.speakers[0], store)} gives this", ids, event)
    who = name(speakers[0], store)
    why = f"sources disagree ({_versions(claims)}); this is {who}'s version"
    return Finding(place, Outcome.CONFLICT, rule, why, ids, event, f"according to {who}")


def _versions(claims: Iterable[Claim]) -> str:
    return "; ".join(dict.fromkeys(c.value for c in claims))


# -- what is said of causes and contents --------------------------------------------------------

_CAUSE: Final = re.compile(
    r"\b(?:died (?:of|from)|caused by|because of|due to|killed by|death[s]? (?:from|by)|attributed to|brought down by|"
    r"shot down by|result of|succumbed to|beaten to death|tortured to death|downed by|hit by)\b\s*(?P<what>[^,;.]*)",
    re.IGNORECASE,
)
_THAT: Final = re.compile(r"\b(?:that|of|to|for)\b\s*(?P<what>.+)$", re.IGNORECASE | re.DOTALL)


def causes(p: Pairing) -> Iterator[Finding]:
    """A cause of deaths or a crash: whose version it is, and whether the sentence says so."""
    event = p.matched.profile.event
    claims = event.of("cause")
    match = _CAUSE.search(p.read.text)
    if not claims or match is None or event.kind not in ("Death", "Crash"):
        return
    said = stems(match[0])
    ranked = sorted(claims, key=lambda c: -len(said & stems(c.value)) / max(1, len(stems(c.value))))
    best = [c for c in ranked if said & stems(c.value)][:1]
    if not best:
        if all(c.status is Status.CONTESTED for c in claims):
            outcome = Outcome.NO_EVIDENCE if p.read.speakers else Outcome.CONFLICT
            why = f"sources disagree about the cause ({_versions(claims)}); say whose account this is"
            yield Finding(match.span(), outcome, "cause", why, tuple(c.id for c in claims), event.id)
        return
    if best[0].status is Status.ACCEPTED and not best[0].contradicts:
        yield Finding(match.span(), Outcome.SUPPORTED, "cause", f"cause: {best[0].value}", (best[0].id,), event.id)
    else:
        yield disputed(match.span(), "cause", best, claims, p)


def contents(p: Pairing) -> Iterator[Finding]:
    """What somebody said, threatened, demanded: near the words recorded, or at least not invented."""
    event, act = p.matched.profile.event, p.matched.act
    claims = [c for c in event.of("content") if c.status is Status.ACCEPTED]
    if not claims or act.noun or not p.profiles.store.model.is_a(event.kind, "Statement"):
        return
    match = _THAT.search(p.read.text, act.place[1])
    said = stems(match["what"]) if match else frozenset()
    if match is None or len(said) < 2:
        return
    recorded = stems(" ".join([c.value for c in claims] + [c.value for c in event.of("summary")]))
    near = len(said & recorded) / len(said)
    ids, place = tuple(c.id for c in claims), (match.start("what"), match.end("what"))
    if near >= 0.6:
        yield Finding(place, Outcome.SUPPORTED, "content", f"recorded: {claims[0].value}", ids, event.id)
    else:
        yield Finding(place, Outcome.NO_EVIDENCE, "content", f"what is recorded: {claims[0].value}", ids, event.id)


def outcomes(p: Pairing) -> Iterator[Finding]:
    """What came of it, where sources differ about that."""
    claims = p.matched.profile.event.of("outcome")
    contested = [c for c in claims if c.status is Status.CONTESTED]
    said = stems(p.read.text)
    near = [(len(said & stems(c.value)) / max(1, len(stems(c.value))), c) for c in claims]
    share, best = max(near, key=lambda n: n[0], default=(0.0, None))
    if best is not None and share >= 0.6 and contested:
        start, end = p.matched.act.place
        if best.status is Status.CONTESTED:
            yield disputed((start, end), "outcome", [best], claims, p)
        else:
            yield Finding((start, end), Outcome.SUPPORTED, "outcome", best.value, (best.id,), p.matched.event)


def abouts(p: Pairing) -> Iterator[Finding]:
    """A thing an event is said to be about, when only some sources say so."""
    for claim in p.matched.profile.event.of("about"):
        if claim.status is not Status.CONTESTED:
            continue
        for place in _spelled(claim.value, p):
            others = [c for c in p.matched.profile.event.of("about") if c.id in claim.contradicts]
            told = ", ".join(name(c.value, p.profiles.store) for c in others)
            why = f"better supported: {told}" if told else "sources differ about this"
            ids = (claim.id, *(c.id for c in others))
            yield Finding(place, Outcome.CONFLICT, "about", why, ids, p.matched.event)


def _spelled(thing: str, p: Pairing) -> Iterator[tuple[int, int]]:
    """Where a sentence names a thing, by any of its names."""
    entity = p.profiles.store.entity(thing)
    for text, _ in (*entity.names, *entity.aliases):
        at = p.read.text.find(text)
        if at >= 0:
            yield at, at + len(text)
            return
