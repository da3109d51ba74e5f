"""An act of a sentence beside the event it is taken for: date, counts, place, sides, polarity, content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from graph.claim import Claim, Literal, Status
from graph.draft import versions
from graph.draft.match import agrees, contested_dates, distance, stands_for
from graph.draft.outcome import Finding, Outcome
from graph.draft.profile import Profiles
from graph.draft.read import Named
from graph.draft.versions import Pairing, disputed
from graph.questions.overview import name
from graph.reading.numbers import Number
from graph.reading.readings import DatePhrase

NEAR_DAYS: Final = 31
# What is counted, by the words beside a number.
_COUNTED: Final = (
    ("aboard", re.compile(r"\b(?:aboard|on board|on the (?:plane|flight|jet)|passengers and crew|passengers)\b")),
    ("survivors", re.compile(r"\b(?:surviv\w+)\b")),
    ("injured", re.compile(r"\b(?:injur\w+|wound\w+|hurt|hospitali[sz]ed)\b")),
    ("detained", re.compile(r"\b(?:detain\w*|arrest\w*|held|in custody|taken away|rounded up)\b")),
    (
        "deaths",
        re.compile(r"\b(?:kill\w*|die[sd]?|dead|deaths?|lives|fatalit\w+|murdered|perished|claimed|bodies|victims)\b"),
    ),
)
_SYMMETRIC: Final = ("Meeting", "Call", "Negotiation", "Signing", "Ceasefire", "Exercise")
_GENERIC: Final = frozenset(["Country", "Region"])


def compare(pairing: Pairing) -> tuple[Finding, ...]:
    """What the graph says to each part of an act, the event itself first."""
    found = [f for rule in RULES for f in rule(pairing)]
    return (_event(pairing, found), *found)


def _event(p: Pairing, found: Sequence[Finding]) -> Finding:
    """The act itself: supported when the event is sure, or near and nothing speaks against it."""
    event = p.matched.profile.event
    claims = tuple(c.id for c in (*event.of("happened")[:1], *event.of("summary")[:1]))
    why = f"the graph has: {event.name}" + (f" ({event.when.text})" if event.when else "")
    other = any(f.rule == "date" and f.outcome is Outcome.NO_EVIDENCE for f in found)
    outcome = Outcome.NO_EVIDENCE if other else Outcome.SUPPORTED if p.matched.kind >= 0.7 else Outcome.PARTIAL
    return Finding(p.matched.act.place, outcome, "event", why, claims, event.id)


# -- dates ---------------------------------------------------------------------------------


def _dates(p: Pairing) -> Iterator[Finding]:
    event = p.matched.profile.event
    if event.when is None:
        return
    claims = tuple(c.id for c in event.of("happened"))
    for phrase in p.dates:
        if not phrase.spans or phrase.relation == "until":
            continue
        place = (phrase.start, phrase.end)
        if agrees(phrase, event.when):
            sharper = (
                phrase.unit == "day" and not event.when.is_day and event.when.end_latest - event.when.begin_earliest > 3
            )
            why = f"the graph knows only {event.when.text}" if sharper else f"dated {event.when.text}"
            yield Finding(place, Outcome.PARTIAL if sharper else Outcome.SUPPORTED, "date", why, claims, event.id)
        elif any(agrees(phrase, other) for other in contested_dates(p.matched)):
            why = f"sources differ on the day: {event.when.text} is better supported"
            yield Finding(place, Outcome.CONFLICT, "date", why, claims, event.id)
        elif _settled(p, phrase):
            yield Finding(place, Outcome.CONFLICT, "date", f"the graph dates it {event.when.text}", claims, event.id)
        else:
            why = f"the nearest event recorded, {event.name}, is dated {event.when.text}"
            yield Finding(place, Outcome.NO_EVIDENCE, "date", why, claims, event.id)


def _settled(p: Pairing, phrase: DatePhrase) -> bool:
    """Whether another date means another day for this event, not another event."""
    matched, model = p.matched, p.profiles.store.model
    if not matched.sure:
        return False
    assert matched.profile.when is not None
    kind = model.kind(matched.profile.event.kind)
    far = distance(phrase, matched.profile.when)
    specific = [s for s in matched.specific if not _often(s, p.profiles)]
    if kind.once and (specific or matched.words >= 0.75 or matched.whole):
        return True
    if far <= NEAR_DAYS:
        return matched.named >= 0.65 and (matched.words >= 0.5 or bool(specific))
    return matched.words >= 0.85 and (bool(specific) or matched.kind >= 0.95)


def _often(entity: str, profiles: Profiles) -> bool:
    """Whether an entity takes part in so much that naming it does not tell which event is meant."""
    return profiles.weight(entity) < 0.3


# -- counts ----------------------------------------------------------------------------------


def _counts(p: Pairing) -> Iterator[Finding]:
    event = p.matched.profile.event
    for number in p.read.numbers:
        predicate = counted(number, p.read.text)
        if not predicate or not _own(number, p):
            continue
        claims = event.of(predicate) or _heads(p, predicate)
        if claims:
            yield _count(number, claims, p, predicate)


def counted(number: Number, text: str) -> str:
    """Which count a number gives, from the words around it; empty when none."""
    clause = re.split(r"[,;.]| while | and \d", text[number.end : number.end + 70].lower())[0]
    before = re.split(r"[,;.]| and ", text[max(0, number.start - 40) : number.start].lower())[-1]
    beside = before.split()[-2:]
    if re.search(r"\b(?:of|out of) (?:the )?$", before) and _COUNTED[0][1].search(clause):
        return "aboard"
    for predicate, pattern in _COUNTED[1:]:
        if any(pattern.fullmatch(word) for word in beside):
            return predicate
    part = re.match(r"\s*(?:of|out of)\b", clause)
    for words in (before, "") if part else (clause, before):
        nearest = [(m.start(), p) for p, pattern in _COUNTED if (m := pattern.search(words))]
        if nearest:
            return min(nearest)[1] if words is clause else max(nearest)[1]
    return ""


def _own(number: Number, p: Pairing) -> bool:
    """Whether a number stands nearer to this act than to another one of the sentence."""
    at = p.matched.act.place
    gap = max(0, number.start - at[1], at[0] - number.end)
    others = [max(0, number.start - a.place[1], a.place[0] - number.end) for a in p.read.acts if a.place != at]
    return gap <= min(others, default=gap) or len(p.read.acts) < 3


def _heads(p: Pairing, predicate: str) -> tuple[Claim, ...]:
    """The victims of a death, when their number is all that is recorded."""
    event = p.matched.profile.event
    people = [c for c in event.of("victim") if p.profiles.store.entity(c.value).kind == "Person"]
    return tuple(people) if predicate == "deaths" and event.kind == "Death" else ()


def _count(number: Number, claims: Sequence[Claim], p: Pairing, predicate: str) -> Finding:
    place, event = (number.start, number.end), p.matched.profile.event.id
    if not isinstance(claims[0].object, Literal):
        right = number.low <= len(claims) <= number.high
        outcome = Outcome.SUPPORTED if right else Outcome.CONFLICT
        return Finding(place, outcome, "count", f"{len(claims)} are named", tuple(c.id for c in claims), event)
    accepted = [c for c in claims if c.status is Status.ACCEPTED]
    ids = tuple(c.id for c in claims)
    holds = [
        c for c in claims if number.low <= int(c.value) <= number.high or (number.low == -1 and predicate == "aboard")
    ]
    if number.low == -1:  # "all of them"
        aboard = [c for c in p.matched.profile.event.of("aboard") if c.status is Status.ACCEPTED]
        holds = [c for c in claims if aboard and c.value == aboard[0].value]
    if accepted:
        if accepted[0] in holds:
            return Finding(place, Outcome.SUPPORTED, "count", f"{predicate}: {accepted[0].value}", ids, event)
        why = f"{predicate}: the graph has {accepted[0].value}"
        return Finding(place, Outcome.CONFLICT, "count", why, ids, event)
    if not holds:
        given = ", ".join(sorted({c.value for c in claims}, key=int))
        return Finding(place, Outcome.CONFLICT, "count", f"{predicate}: sources give {given}", ids, event)
    return disputed(place, "count", holds, claims, p)


# -- place, sides, polarity ---------------------------------------------------------------------

_WHERE: Final = re.compile(r"\b(?:in|at|near|outside|around|inside)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$", re.IGNORECASE)


def _places(p: Pairing) -> Iterator[Finding]:
    profile, store = p.matched.profile, p.profiles.store
    claims = profile.event.of("tookPlaceIn")
    if not claims:
        return
    ids = tuple(c.id for c in claims)
    for one in p.read.named:
        if one.kind not in ("City", "Country", "Place", "Region", "Territory") or one.implied or not _within(one, p):
            continue
        if (
            one.id in profile.direct
            or one.id in profile.places
            or any(one.id in p.profiles.around(c.value) for c in claims)
        ):
            if one.id in profile.places:
                yield Finding(
                    (one.start, one.end),
                    Outcome.SUPPORTED,
                    "place",
                    f"in {name(claims[0].value, store)}",
                    ids,
                    profile.event.id,
                )
            continue
        inside = profile.places & p.profiles.around(one.id)
        same_level = any(store.entity(c.value).kind == one.kind for c in claims)
        if not _same_event(p) or (inside and not same_level):
            continue
        why = f"the graph places it in {name(claims[0].value, store)}"
        yield Finding((one.start, one.end), Outcome.CONFLICT, "place", why, ids, profile.event.id)


def _same_event(p: Pairing) -> bool:
    """Whether the event is surely the one recorded, wherever the sentence places it."""
    when = p.matched.profile.when
    dated = [d for d in p.dates if d.spans and when is not None]
    if not p.matched.sure or any(not agrees(d, when) for d in dated if when is not None):
        return False
    once = p.profiles.store.model.kind(p.matched.profile.event.kind).once
    return bool(dated) or once or p.matched.words >= 0.85


def _within(one: Named, p: Pairing) -> bool:
    """Whether a place is said to be where this act happened: after "in", "at" or "near", beside the act."""
    text, act = p.read.text, p.matched.act
    if not _WHERE.search(text[: one.start]) or re.match(r"['’]s\b", text[one.end :]):
        return False
    between = text[act.place[1] : one.start] if one.start >= act.place[1] else text[one.end : act.place[0]]
    if any(
        a.place != act.place and (act.place[1] <= a.place[0] < one.start or one.end <= a.place[0] < act.place[0])
        for a in p.read.acts
    ):
        return False
    return len(between) < 70 and not re.search(r"[;:]|\b(?:who|which|when|while|as)\b", between)


def _sides(p: Pairing) -> Iterator[Finding]:
    """Who did it to whom: the wrong way round, or somebody who had no part in it."""
    event, act, model = p.matched.profile.event, p.matched.act, p.profiles.store.model
    if act.noun or any(model.is_a(event.kind, k) for k in _SYMMETRIC) or p.matched.kind < 0.8:
        return
    doers = [c.value for c in (*event.of("actor"), *event.of("signatory"), *event.of("operator"))]
    sufferers = [c.value for c in (*event.of("target"), *event.of("victim"))]
    subject, object_ = p.read.inside(act.actor), p.read.inside(act.target)
    ids = tuple(c.id for c in (*event.of("actor"), *event.of("target")))
    if not doers or not subject:
        return
    place = (subject[0].start, subject[0].end)
    right = any(stands_for(s, doers, p.profiles) for s in subject)
    turned = any(stands_for(s, sufferers, p.profiles) for s in subject) and any(
        stands_for(o, doers, p.profiles) for o in object_
    )
    who = ", ".join(name(d, p.profiles.store) for d in doers)
    strangers = [s for s in subject if s.kind == "Country" and not s.implied and not stands_for(s, doers, p.profiles)]
    if right and strangers and p.matched.score >= 0.5 and model.kind(event.kind).once and len(subject) > 1:
        why = f"the graph names {who}"
        yield Finding((strangers[0].start, strangers[0].end), Outcome.CONFLICT, "actor", why, ids, event.id)
    elif right:
        yield Finding(place, Outcome.SUPPORTED, "actor", f"by {who}", ids, event.id)
    elif (turned or _same_side(p, subject, object_, sufferers)) and p.matched.score >= 0.5:
        yield Finding(place, Outcome.CONFLICT, "actor", f"the other way round: it was {who}", ids, event.id)
    elif _alone(p, subject):
        yield Finding(place, Outcome.CONFLICT, "actor", f"the graph has this done by {who}", ids, event.id)


def _same_side(p: Pairing, subject: Sequence[Named], object_: Sequence[Named], sufferers: Sequence[str]) -> bool:
    """Whether the doer named is of the side that suffered, and the sufferer is named rightly."""
    if not p.matched.sure or not any(o.id in sufferers for o in object_):
        return False
    return all(any(stands_for(s, [x], p.profiles) for x in sufferers) for s in subject)


def _alone(p: Pairing, subject: Sequence[Named]) -> bool:
    """Whether the event can only be this one, so that another doer is wrong."""
    kind = p.profiles.store.model.kind(p.matched.profile.event.kind)
    targets = [s for s in p.matched.specific if s not in {n.id for n in subject} and not _often(s, p.profiles)]
    strangers = all(
        not (n.id in p.matched.profile.direct or _country(n, p.profiles) in p.matched.profile.sides) for n in subject
    )
    exact = any(
        d.unit == "day" and d.spans and p.matched.profile.when and agrees(d, p.matched.profile.when) for d in p.dates
    )
    only = kind.once and bool(targets)
    return (only or exact) and strangers and p.matched.words >= 0.6 and not any(n.implied for n in subject)


def _country(one: Named, profiles: Profiles) -> str:
    return one.id if one.kind == "Country" else profiles.country(one.id)


def _polarity(p: Pairing) -> Iterator[Finding]:
    act, event = p.matched.act, p.matched.profile.event
    if not act.negated or act.noun or act.intent in ("refusal", "aim", "demand", "doubt") or event.when is None:
        return
    model = p.profiles.store.model
    if any(model.is_a(event.kind, k) for k in ("Denial", "Cancellation")) or act.code == "REJECT":
        return
    begun = event.when.begin_latest <= p.as_of
    if begun and p.matched.sure and p.matched.kind >= 0.8 and not p.read.quoted(act.place):
        ids = tuple(c.id for c in event.of("happened"))
        yield Finding(
            act.place,
            Outcome.CONFLICT,
            "negation",
            f"the graph has that it happened ({event.when.text})",
            ids,
            event.id,
        )


Rule = Callable[[Pairing], Iterator[Finding]]
RULES: Final[tuple[Rule, ...]] = (
    _dates,
    _counts,
    _places,
    _sides,
    _polarity,
    versions.causes,
    versions.contents,
    versions.outcomes,
    versions.abouts,
)
