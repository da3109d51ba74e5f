"""What to say within so many words: messages chosen by value, put in order, said, and fitted to the length."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from graph import when as when_
from graph.chains.chain import Chain
from graph.errors import Insufficient
from graph.store import Store
from graph.tell import basis, citing, render
from graph.tell.best import best_articles
from graph.tell.messages import FEWEST_EVENTS, Choice, choices
from graph.tell.naming import Names
from graph.tell.order import in_order
from graph.tell.paragraph import Paragraph, Sentence, Source
from graph.tell.realise import sentence
from graph.tell.telling import UNDATED, Message, Seen, Telling
from graph.tell.weave import woven
from graph.when import Clocks, Day

TOLERANCE: Final = 0.08
FEWEST_SENTENCES: Final = 2
WORDS_AN_EVENT: Final = 17
_PASSES: Final = 8
_ROUNDS: Final = 3
_TRIES: Final = 10
_WORTH_A_CHANGE: Final = 0.04
_BETTERINGS: Final = 2
_SWAPS: Final = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the writer asks for: words, audience (lay, informed, expert), date style (ap, plain).

    With `at_most` a text shorter than the words asked for will do.
    """

    words: int = 150
    audience: str = "informed"
    style: str = "ap"
    at_most: bool = False


@dataclass(slots=True)
class Begun:
    """A text up to somewhere: the state it leaves, its last sentence (none, or for how many messages), what followed.

    Attempts at a text differ by a message or two, so they begin alike: what they share is said once.
    """

    telling: Telling
    said: tuple[Sentence, ...] = ()
    used: int = 0
    woven: bool = False
    further: dict[tuple[Message, Message | None], Begun] = field(default_factory=dict)

    def after(self, message: Message, following: Message | None) -> Begun:
        """The text with one message more, or two in one sentence where they go together and none before it was."""
        if (message, following) not in self.further:
            telling = self.telling.copy()
            pair = woven(message, following, telling) if following and not self.woven else None
            made = pair or sentence(message, telling)
            joined = bool(made.also) if made else self.woven
            self.further[message, following] = Begun(telling, (made,) if made else (), 2 if pair else 1, joined)
        return self.further[message, following]


@dataclass(frozen=True)
class Task:
    """A chain to tell and for whom."""

    chain: Chain
    store: Store
    clocks: Clocks
    today: Day
    wishes: Wishes
    seen: Seen

    @cached_property
    def begun(self) -> Begun:
        """The text before its first sentence."""
        return Begun(self.telling())

    def telling(self) -> Telling:
        """A blank text."""
        names = Names(self.store, audience=self.wishes.audience, clocks=self.clocks)
        parties = self.chain.focus.entities[:2] if len(self.chain.focus.entities) >= 2 else ()
        return Telling(self.store, self.clocks, self.today, self.wishes.style, names, parties, seen=self.seen)


def events_for(words: int) -> int:
    """How many events a chain should have to fill so many words."""
    return max(3, min(12, round(words / WORDS_AN_EVENT) + 2))


def tell(chain: Chain, store: Store, wishes: Wishes = Wishes()) -> Paragraph:
    """The paragraph of a chain, its length within 8 % of the words asked for.

    Raises Insufficient when fewer than two sentences can be said, or when the claims do not carry so
    many words; with `wishes.at_most` a shorter text will do.
    """
    clocks = Clocks(chain.as_of, chain.known_at)
    today = chain.as_of or _unnamed_day(chain)
    task = Task(chain, store, clocks, today, wishes, Seen({}, {}))
    offered = choices(chain, task.telling())
    best = _enriched(_fitted(_searched(offered, task), offered, task), offered, task)
    if len(best.said) < FEWEST_SENTENCES:
        raise Insufficient("fewer than two sentences can be said", expected="another focus, or more words")
    over = best.count - wishes.words
    if over > TOLERANCE * wishes.words or (-over > TOLERANCE * wishes.words and not wishes.at_most):
        raise Insufficient(
            f"{wishes.words} words cannot be filled: {best.count} can be said",
            expected=f"{best.count} words, another focus, or --at-most",
        )
    return _paragraph(best.said, task, offered)


def _unnamed_day(chain: Chain) -> Day:
    """The day a text for no day in particular is read on: long after its last event, or after now if hardly any is."""
    last = max((step.day for step in chain.steps), default=0)
    if len(chain.steps) < FEWEST_EVENTS:
        last = max(last, when_.day(datetime.date.today().isoformat()))
    return last + UNDATED


@dataclass(frozen=True)
class Attempt:
    """Messages picked and the sentences they make."""

    picked: tuple[Choice, ...]
    said: tuple[Sentence, ...]

    @cached_property
    def count(self) -> int:
        """How many words it has."""
        return sum(s.words for s in self.said)

    @cached_property
    def worth(self) -> float:
        """What its messages are worth together."""
        return sum(c.worth for c in self.picked)

    def miss(self, words: int) -> float:
        """How far it is from the length asked for; too long is three times as bad as too short."""
        over = self.count - words
        return 3.0 * over if over > TOLERANCE * words else abs(over)


def _attempt(picked: Iterable[Choice], task: Task) -> Attempt:
    kept = tuple(sorted(picked, key=lambda c: c.order))
    return Attempt(kept, tuple(say([c.message for c in kept], task)))


def _searched(offered: Sequence[Choice], task: Task) -> Attempt:
    """The choice of most value whose text, as said together, comes near the length."""
    words, best = task.wishes.words, Attempt((), ())
    groups = grouped(offered)
    aim, seen = float(words), set()
    for _ in range(_PASSES):
        picked = tuple(pick(groups, aim))
        if picked in seen:
            break
        seen.add(picked)
        tried = _attempt(picked, task)
        if tried.miss(words) < best.miss(words):
            best = tried
        if abs(best.count - words) <= TOLERANCE * words / 2:
            break
        aim += (words - tried.count) * 0.7
    return best


def say(messages: Sequence[Message], task: Task) -> list[Sentence]:
    """The messages in order as sentences, two in one where they go together."""
    here = task.begun
    ordered = in_order(messages, task.chain, here.telling)
    said: list[Sentence] = []
    at = 0
    while at < len(ordered):
        here = here.after(ordered[at], ordered[at + 1] if at + 1 < len(ordered) else None)
        said += here.said
        at += here.used
    return said


_Option = tuple[int, float, tuple[Choice, ...]]


def grouped(offered: Sequence[Choice]) -> list[list[_Option]]:
    """What may be taken of each group: its words, its worth, its messages."""
    groups: dict[str, list[Choice]] = {}
    for choice in offered:
        groups.setdefault(choice.group, []).append(choice)
    return [_options(group) for group in groups.values()]


def pick(groups: Sequence[Sequence[_Option]], aim: float) -> list[Choice]:
    """The most valuable choice of messages whose words come closest under `aim` (a small knapsack).

    At most one detail of an event; what is said about an event only with it.
    """
    table: dict[int, tuple[float, tuple[Choice, ...]]] = {0: (0.0, ())}
    most = int(aim * (1 + TOLERANCE))
    for options in groups:
        grown = dict(table)
        for words, (worth, picked) in table.items():
            for extra, gain, more in options:
                total = words + extra
                if total <= most and (total not in grown or grown[total][0] < worth + gain):
                    grown[total] = (worth + gain, (*picked, *more))
        table = grown
    enough = [w for w in table if w >= aim * (1 - TOLERANCE)] or [max(table)]
    best = max(enough, key=lambda w: (table[w][0], -abs(w - aim)))
    return sorted(table[best][1], key=lambda c: c.order)


def _options(group: Sequence[Choice]) -> list[_Option]:
    mains = [c for c in group if c.message.kind == "event"]
    more = [c for c in group if c.message.kind != "event"]
    if not mains:
        return [(c.words, c.worth, (c,)) for c in more]
    found = []
    for main in mains:
        for many in range(min(2, len(more)) + 1):
            picked = (main, *more[:many])
            found.append((sum(c.words for c in picked), sum(c.worth for c in picked), picked))
    return found


def _fitted(best: Attempt, offered: Sequence[Choice], task: Task) -> Attempt:
    """The text brought within the tolerance by one message more or less, or another detail, a few times."""
    words = task.wishes.words
    for _ in range(_ROUNDS):
        if abs(best.count - words) <= TOLERANCE * words:
            break
        near = sorted(_neighbours(best, offered), key=lambda n: (abs(n[0] - words) > TOLERANCE * words, -n[1]))
        better = best
        for _, _, picked in near[:_TRIES]:
            tried = _attempt(picked, task)
            if tried.miss(words) < better.miss(words):
                better = tried
            if abs(better.count - words) <= TOLERANCE * words:
                break
        if better is best:
            break
        best = better
    return best


def _enriched(best: Attempt, offered: Sequence[Choice], task: Task) -> Attempt:
    """The text with messages of more worth in place of others, as long as it keeps the length."""
    words = task.wishes.words
    for _ in range(_BETTERINGS):
        near = [n for n in _neighbours(best, offered) if n[1] > best.worth + _WORTH_A_CHANGE and
                abs(n[0] - words) <= 1.5 * TOLERANCE * words]  # fmt: skip
        tried = (_attempt(picked, task) for _, _, picked in sorted(near, key=lambda n: -n[1])[:_SWAPS])
        better = next((a for a in tried if abs(a.count - words) <= TOLERANCE * words), None)
        if better is None or len(better.said) < FEWEST_SENTENCES:
            break
        best = better
    return best


def _neighbours(best: Attempt, offered: Sequence[Choice]) -> Iterator[tuple[int, float, tuple[Choice, ...]]]:
    """Choices that differ by a message or two: how many words they should make, their worth, the messages."""
    for picked in _changed(best.picked, offered):
        change = sum(c.words for c in picked) - sum(c.words for c in best.picked)
        yield best.count + change, sum(c.worth for c in picked), picked


def _changed(kept: tuple[Choice, ...], offered: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    """One message less, one more or told otherwise, or one event in place of another."""
    fewer = [tuple(c for c in kept if c.group != group) for group in dict.fromkeys(c.group for c in kept)]
    yield from fewer
    yield from (tuple(c for c in kept if c is not one) for one in kept if one.message.kind != "event")
    for start in (kept, *fewer):
        told = {c.message.event for c in start if c.message.kind == "event"}
        held = {id(c) for c in start}  # they are of those offered: comparing them in full takes longer than the rest
        for choice in offered:
            if id(choice) in held:
                continue
            if choice.message.kind == "event":
                rest = (c for c in start if not (c.message.kind == "event" and c.group == choice.group))
                yield (*rest, choice)
            elif start is kept and (choice.message.kind == "state" or choice.message.event in told):
                yield (*start, choice)


# -- the paragraph as a value ----------------------------------------------------------------------


def _paragraph(said: Sequence[Sentence], task: Task, offered: Sequence[Choice]) -> Paragraph:
    chain, store = task.chain, task.store
    said = [dataclasses.replace(s, best=best_articles(s, store, task.clocks)) for s in said]
    shown = dict.fromkeys(a for s in said for a in s.best)
    numbers = {a: n for n, a in enumerate(dict.fromkeys((*shown, *(a for s in said for a in s.sources))), 1)}
    told = {e for s in said for e in s.events}
    able = {c.message.event for c in offered}
    left = [
        (step.event, "no room" if step.event in able else "no frame can be filled")
        for step in chain.steps
        if step.event not in told
    ]
    left += [(miss.event, f"not chosen: {miss.lost_by}") for miss in chain.near_misses if miss.event not in told]
    rests_on = (basis.known(c, store, task.clocks) for c in dict.fromkeys(c for s in said for c in s.claims))
    made = Paragraph(
        tuple(said),
        tuple(_source(a, n, store) for a, n in numbers.items()),
        tuple(left),
        chain.as_of,
        chain.known_at,
        chain.fingerprint,
        chain.config,
        _title(chain, store),
        tuple(basis.basis(claim, store, task.clocks) for claim in rests_on if claim is not None),
    )
    return dataclasses.replace(made, html=render.html(made))


def _title(chain: Chain, store: Store) -> str:
    named = chain.focus.event or chain.focus.story
    ids = [named] if named else list(chain.focus.entities[:2])
    return " and ".join(store.entity(i).name for i in ids)


def _source(article: str, number: int, store: Store) -> Source:
    found = store.article(article)
    return citing.source(found, store.entity(found.publisher).name, number)
