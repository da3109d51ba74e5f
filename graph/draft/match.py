"""Which recorded event an act of a sentence is: by kind, by who and where, by the words around it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Status
from graph.draft.profile import Profile, Profiles, stems
from graph.draft.read import Named, Read
from graph.entity import Event
from graph.model import Model
from graph.reading.clauses import Act
from graph.reading.readings import DatePhrase
from graph.when import Day, When

LEAST: Final = 0.42
SURE: Final = 0.6
_SAME_CODE: Final = 0.45
_LOOSE_DAYS: Final = {
    "day": 0,
    "weekend": 1,
    "week": 1,
    "month": 0,
    "quarter": 10,
    "season": 20,
    "year": 0,
    "decade": 0,
    "century": 0,
}
_ROUGH_DAYS: Final = {
    "day": 1,
    "weekend": 2,
    "week": 6,
    "month": 6,
    "quarter": 30,
    "season": 31,
    "year": 62,
    "decade": 730,
    "century": 3650,
}


@dataclass(frozen=True, slots=True)
class Matched:
    """An act and the event it is taken for.

    `score` is 0..1; `kind` how well the kinds agree, `named` how much of the names, `words` of the
    words; `specific` are the telling things both name; `sure` whether the event is beyond doubt;
    `whole` whether everybody who did and suffered it is named, or the state they act for.
    """

    act: Act
    profile: Profile
    score: float
    kind: float
    named: float
    words: float
    specific: tuple[str, ...]
    sure: bool = False
    whole: bool = False

    @property
    def event(self) -> str:
        """The event's id."""
        return self.profile.event.id


def match(
    act: Act, read: Read, profiles: Profiles, recent: Sequence[str], dated: Sequence[DatePhrase], day: Day
) -> Matched | None:
    """The event an act is about, or None when none is near enough.

    `recent` are events the draft told before, the latest last; `dated` the dates that go with the act.
    """
    named = _near(act, read)
    ids = [n.id for n in named]
    ids += [country for i in ids if (country := profiles.capital_of(i))] if any(n.kind == "City" for n in named) else []
    events = [*profiles.candidates(ids, day), *(e for e in reversed(recent))]
    said = stems(read.text)
    found = []
    for event in dict.fromkeys(events):
        profile = profiles.of(event)
        if profile.when is None or profile.when.begin_earliest > day:
            continue
        scored = _score(act, named, said, profile, profiles, recent, dated)
        if (
            scored is not None
            and scored.score >= LEAST
            and (scored.kind >= 0.7 or (scored.score >= SURE and scored.words >= 0.4))
        ):
            found.append(scored)
    if not found:
        return None
    found.sort(key=lambda m: (-round(m.score, 6), m.event))
    return _sure(found, profiles.store.model)


def _near(act: Act, read: Read) -> tuple[Named, ...]:
    """The names that go with an act: those of its actor and target, else all of the sentence."""
    if not act.noun:
        own = (*read.inside(act.actor), *read.inside(act.target))
        others = [
            n for a in read.acts if a is not act and not a.noun for n in (*read.inside(a.actor), *read.inside(a.target))
        ]
        kept = tuple(n for n in read.named if n in own or n not in others)
        return kept if own else read.named
    low, high = act.place
    for place in (act.actor, act.target):
        if place is not None:
            low, high = min(low, place[0]), max(high, place[1])
    around = tuple(n for n in read.named if low - 2 <= n.start and n.end <= high + 40)
    return around or read.named


def kinship(act: Act, kind: str, model: Model) -> float:
    """How well an act's words fit an event kind: 1 the same, less for a kindred one, 0 for none."""
    if kind in act.kinds:
        return 0.7 if kind == "Statement" and act.code else 1.0 if kind == act.kind else 0.95
    if kind == "Statement" and any(model.is_a(k, kind) for k in act.kinds):
        return 0.6  # a statement is less than an admission, a threat, an apology
    if any(model.is_a(kind, k) or model.is_a(k, kind) for k in act.kinds if k != "Event"):
        return 0.6 if "Statement" in act.kinds else 0.85
    codes = set(model.kind(kind).plover)
    return _SAME_CODE if any(codes & set(model.kind(k).plover) for k in act.kinds) else 0.0


def _score(
    act: Act, named: Sequence[Named], said: frozenset[str], profile: Profile, profiles: Profiles,
    recent: Sequence[str], dated: Sequence[DatePhrase],
) -> Matched | None:  # fmt: skip
    event = profile.event
    kind = kinship(act, event.kind, profiles.store.model)
    if any(n.id == event.id for n in named):
        if act.saying:
            return None
        return Matched(act, profile, 0.9 + 0.1 * kind, max(kind, 0.7), 1.0, 1.0, (event.id,), sure=True)
    if not kind:
        kind = 0.8 if _told_outcome(said, event) else 0.0
    if not kind:
        return None
    share, specific = _shared(named, profile, profiles)
    words = _overlap(said, profile, _nouns(event.kind, profiles.store.model) if kind >= 0.85 else frozenset())
    if words < 0.3 and profiles.store.model.is_a(event.kind, "Statement"):
        return None  # what was said is in the words, not in who and when
    told = 0.12 if event.id in recent[-3:] and (act.noun or share > 0.5 or not named) else 0.0
    agreed = 0.1 * agreement(dated, event.when)
    score = 0.3 * kind + 0.35 * share + 0.35 * words + told + agreed
    if not named and not told:
        score -= 0.15
    return Matched(act, profile, min(1.0, score), kind, share, words, specific, whole=_whole(named, profile, profiles))


def _whole(named: Sequence[Named], profile: Profile, profiles: Profiles) -> bool:
    parts = [*profile.event.who("actor"), *profile.event.who("target")]
    return len(parts) > 1 and all(any(stands_for(n, [part], profiles) for n in named) for part in parts)


def stands_for(one: Named, held: Sequence[str], profiles: Profiles) -> bool:
    """Whether a name means one of these, or the state that one of them acts for."""
    if one.id in held:
        return True
    mine = profiles.capital_of(one.id) if one.kind == "City" else ""
    mine = mine or (one.id if one.kind == "Country" else profiles.country(one.id))
    return bool(mine) and any(mine == (profiles.country(h) or h) for h in held)


def _told_outcome(said: frozenset[str], event: Event) -> bool:
    """Whether a sentence says what came of an event, in the words recorded."""
    outcomes = [stems(c.value) for c in event.of("outcome")]
    return any(len(o & said) >= max(4, 0.7 * len(o)) for o in outcomes)


def _shared(named: Iterable[Named], profile: Profile, profiles: Profiles) -> tuple[float, tuple[str, ...]]:
    """The share of what a sentence names that takes part in the event, weighted by how telling it is."""
    total = shared = 0.0
    specific = []
    for one in {n.id: n for n in named}.values():
        weight = profiles.weight(one.id) + 0.05
        if one.implied:
            weight *= 0.5
        if one.where and one.id not in profile.places and one.id not in profile.direct:
            continue  # another place is for the comparison to say
        total += weight
        country = profiles.capital_of(one.id) if one.kind == "City" else one.id
        if one.id in profile.direct:
            shared += weight
            if one.kind not in ("Country", "Region"):
                specific.append(one.id)
        elif one.id in profile.places or country in profile.direct or country in profile.sides:
            shared += 0.8 * weight
        elif one.kind in ("Organization", "Person") and profiles.country(one.id) in profile.sides:
            shared += 0.3 * weight
    return (shared / total if total else 0.0), tuple(sorted(specific))


@functools.cache
def _said_by(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for text in words for w in stems(text))


def _nouns(kind: str, model: Model) -> frozenset[str]:
    """The nouns an event kind is named with: an act of that kind has said them."""
    return _said_by(tuple(w for k in model.line(kind) for w in model.kind(k).words.get("nouns", ())))


def _overlap(said: frozenset[str], profile: Profile, known: frozenset[str]) -> float:
    """How much of the event's name, or of the sentence, is in the other's words; `known` is said by the act."""
    names = [short for n in profile.names if len(short := n - known) > 1]
    by_name = max((len(n & said) / len(n) for n in names), default=0.0)
    by_words = len(said & profile.words) / max(4, min(len(said), 9))
    return min(1.0, max(0.9 * by_name * by_name, by_words))


def agreement(dated: Iterable[DatePhrase], when: When | None) -> float:
    """1 when a date said agrees with an event's, −1 when none does, 0 when there is nothing to compare."""
    phrases = [p for p in dated if p.spans]
    if not phrases or when is None:
        return 0.0
    return 1.0 if any(agrees(p, when) for p in phrases) else -1.0


def agrees(phrase: DatePhrase, when: When) -> bool:
    """Whether some reading of a date phrase can be the time of an event."""
    return any(_fits(phrase, first, last, when) for first, last in phrase.spans)


def _fits(phrase: DatePhrase, first: Day, last: Day, when: When) -> bool:
    loose = (_ROUGH_DAYS if phrase.rough else _LOOSE_DAYS)[phrase.unit]
    if phrase.relation == "since":
        return when.end_latest >= first - loose
    if phrase.relation in ("until", "by"):
        return when.begin_earliest <= last + loose
    if phrase.relation == "before":
        return when.begin_earliest <= first + loose
    if phrase.relation == "after":
        return when.end_latest >= last - loose
    return when.begin_earliest <= last + loose and when.end_latest >= first - loose


def distance(phrase: DatePhrase, when: When) -> int:
    """The least days between a date said and an event's date; 0 when they can agree."""
    gaps = [max(0, when.begin_earliest - last, first - when.end_latest) for first, last in phrase.spans]
    return min(gaps, default=0)


def _sure(found: Sequence[Matched], model: Model) -> Matched:
    """The best match, sure when no rival is near and it shares kind and something telling."""
    best = found[0]
    if best.sure:
        return best
    rivals = [
        m
        for m in found[1:]
        if m.kind >= 0.7 and m.score > best.score - 0.09 and _same_parts(m, best) and _as_good(m, best)
    ]
    once = model.kind(best.profile.event.kind).once
    telling = bool(best.specific) or best.words >= 0.75 or (best.whole and once)
    said = model.is_a(best.profile.event.kind, "Statement")
    sure = (
        best.kind >= 0.7
        and telling
        and (not said or best.words >= 0.5)
        and best.named >= 0.6
        and best.score >= SURE
        and (not rivals or once)
    )
    return dataclasses.replace(best, sure=sure)


def _as_good(one: Matched, other: Matched) -> bool:
    return one.named >= other.named - 0.05 and one.words >= other.words - 0.1


def _same_parts(one: Matched, other: Matched) -> bool:
    return bool(set(one.specific) & set(other.specific)) or not other.specific


def contested_dates(matched: Matched) -> tuple[When, ...]:
    """The dates some sources give instead."""
    dated = matched.profile.event.of("happened")
    return tuple(c.time for c in dated if c.status is Status.CONTESTED and c.time)
