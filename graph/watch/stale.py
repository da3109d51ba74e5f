"""The stale-text alarm: which sentences of a saved paragraph rest on claims that have changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph import when as when_
from graph.claim import Citation, Claim, Stance
from graph.errors import UnknownName
from graph.questions import asof, overview
from graph.questions.behind import behind
from graph.questions.rows import Row, Rows
from graph.store import Store
from graph.tell.basis import basis, known
from graph.tell.status import standing
from graph.watch.saved import Saved, SavedSentence
from graph.when import Clocks, Day, Held

_AS_FAR_AS_KNOWN = ("locatedIn",)


@dataclass(frozen=True, slots=True)
class Stale(Row):
    """A sentence that no longer stands as it was: its number from 1, its words, the change, the claim, how it is now.

    `change` is removed (in no file any more), withdrawn, superseded, no longer known (nobody had said it
    by the day asked about), contested anew, source gone, does not hold, not certain to hold, or other support.
    """

    sentence: int
    text: str
    change: str
    what: str
    now: str


def stale(saved: Saved, store: Store, *, as_of: Day | None = None, known_at: Day | None = None) -> Rows:
    """What changed under each sentence of a saved paragraph, in the order of its sentences; empty when nothing did.

    `as_of` is the day it is to be printed for (default: the day it was made for); `known_at` cuts what had
    been published by then (default: everything in the graph).
    A further source for the same claim is no change, unless it changes how well the event is supported.
    """
    was = Clocks(saved.as_of, saved.known_at)
    now = Clocks(saved.as_of if as_of is None else as_of, known_at)
    found = tuple(
        replace(row, sentence=number, text=sentence.text)
        for number, sentence in enumerate(saved.sentences, 1)
        for row in _changes(sentence, saved, store, was, now)
    )
    asked = {"title": saved.title, "as_of": now.as_of and when_.iso(now.as_of)}
    return Rows("stale", asked | {"known_at": known_at and when_.iso(known_at)}, Stale, found)


def _changes(sentence: SavedSentence, saved: Saved, store: Store, was: Clocks, now: Clocks) -> Iterator[Stale]:
    for name in sentence.claims:
        yield from _of_claim(name, saved, store, now)
    left = {c.article for name in sentence.claims if (claim := known(name, store, now)) for c in claim.citations}
    standing_claims = all(known(name, store, now) for name in sentence.claims)
    for article in sentence.articles if standing_claims else ():
        brought = store.has(article)
        if article not in left and (not brought or now.knows(store.article(article).known)):
            what = store.entity(article).name if brought else article
            yield Stale(0, "", "source gone", what, "states none of its claims any more")
    if sentence.kind == "state":
        yield from _of_state(sentence, store, was, now)
    if sentence.kind == "event" and not sentence.also and standing_claims:
        support = standing(store.event(sentence.about, clocks=now), store, now).support.value
        if support != sentence.support:
            what = store.entity(sentence.about).name
            yield Stale(0, "", "other support", what, f"{support}, was {sentence.support}")


def _of_claim(name: str, saved: Saved, store: Store, now: Clocks) -> Iterator[Stale]:
    """How one claim stands now, where that is not as it stood."""
    try:
        claim = store.claim(name)
    except UnknownName:
        yield Stale(0, "", "removed", f"claim {name}", "is in no file", claims=(name,))
        return
    what, cited = overview.sentence(claim, store), behind((claim,), store)
    held = store.known_claim(claim, now)
    if held is None:
        if claim.withdrawn and (now.known_at is None or when_.day(claim.withdrawn) <= now.known_at):
            after = known(claim.superseded_by, store, now) if claim.superseded_by else None
            told = overview.sentence(after, store) if after else f"since {claim.withdrawn}"
            yield Stale(0, "", "superseded" if after else "withdrawn", what, told, **behind((after or claim,), store))
        else:
            yield Stale(0, "", "no longer known", what, "nobody had said it by that day", **cited)
        return
    stood = saved.basis[name]
    stands = basis(held, store, now)
    if stands.hash == stood.hash:
        return
    for against in sorted(set(stands.against) - set(stood.against)):
        yield _contested(held, what, against, store, now)


def _contested(claim: Claim, what: str, against: str, store: Store, now: Clocks) -> Stale:
    """A claim with what has come to stand against it: another claim, or an article that denies it."""
    if store.has(against):
        denials = [c for c in claim.citations if c.article == against and c.stance is Stance.DENIES]
        return Stale(0, "", "contested anew", what, f"denied by {_by(denials, store)}", **behind((claim,), store))
    other = known(against, store, now)
    assert other is not None  # `against` holds only what is known
    stating = [c for c in other.citations if c.stance is Stance.STATES]
    words = overview.sentence(other, store)
    told = f"{words}{f' ({other.when})' if other.when else ''}, says {_by(stating, store)}"
    return Stale(0, "", "contested anew", what, told, **behind((claim, other), store))


def _by(citations: list[Citation], store: Store) -> str:
    return ", ".join(dict.fromkeys(s.publisher for s in overview.sources(citations, store)))


def _of_state(sentence: SavedSentence, store: Store, was: Clocks, now: Clocks) -> Iterator[Stale]:
    """A relation that held for certain on the day of the paragraph, and on the day asked about does not."""
    if was.as_of == now.as_of:
        return
    for name in sentence.claims:
        claim = known(name, store, now)
        if claim is None or store.model.predicate(claim.predicate).form != "relation":
            continue
        before, after = (_held(claim, store, clocks) for clocks in (was, now))
        if before is Held.CERTAIN and after is not Held.CERTAIN:
            change = "does not hold" if after is Held.NO else "not certain to hold"
            day = f"on {when_.iso(now.as_of)}" if now.as_of is not None else "now"
            yield Stale(0, "", change, overview.sentence(claim, store), day, **behind((claim,), store))


def _held(claim: Claim, store: Store, clocks: Clocks) -> Held:
    standings = asof.state(claim.subject, store, clocks, without=_AS_FAR_AS_KNOWN)
    return next((s.held for s in standings if s.claim.id == claim.id), Held.NO)
