"""Who did what to whom: the acts of a sentence with their actor and target, in the words of the ontology.

There is no grammar here, only the order of words: good enough to compare a sentence with what a graph
holds, measured in `benchmarks/prose/plv.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.reading import lexicon as lexicon_
from graph.reading import lists, phrases
from graph.reading.lexicon import PREPOSITIONS, Lexicon, Phrase
from graph.reading.phrases import Group, Place
from graph.reading.tokens import BE, FUTURE, NEGATIVES, Token, tokens

MOST_GAP: Final = 8
# Verbs that turn the act they govern into an intention, a refusal, a demand.
_PROMISES: Final = frozenset(
    [
        "agree",
        "offer",
        "promise",
        "pledge",
        "vow",
        "plan",
        "intend",
        "decide",
        "prepare",
        "willing",
        "ready",
        "prepared",
        "commit",
    ]
)
_REFUSES: Final = frozenset(["refuse", "decline", "reject", "fail"])
_THREATENS: Final = frozenset(["threaten", "warn"])
_FRIENDLY: Final = frozenset(["AID", "CONSULT", "COOPERATE", "SUPPORT", "RETREAT", "CONCEDE", "AGREE"])
_HOSTILE: Final = frozenset(["ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "THREATEN"])
_SAYING: Final = lists.words("saying")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a sentence.

    `kind` is an event kind, `code` a PLOVER code or ""; places are character offsets. `intent` is
    "" for what is told as done, else future, refusal, threat, demand, doubt or aim; `saying` marks verbs
    that only report what somebody says, `nested` what stands in a clause about one of the names.
    `kinds` are all the kinds the words may mean, the likeliest first; `noun` marks "the closure of".
    """

    kind: str
    code: str
    verb: str
    place: Place
    actor: Place | None = None
    target: Place | None = None
    passive: bool = False
    negated: bool = False
    intent: str = ""
    saying: bool = False
    nested: bool = False
    kinds: tuple[str, ...] = ()
    noun: bool = False


def acts(text: str, dated: Iterable[Place] = ()) -> tuple[Act, ...]:
    """The acts of a sentence that the ontology has words for, in order."""
    words = lexicon_.load()
    found = tokens(text, words, dated)
    groups = _groups(found)
    told = []
    for at, group in enumerate(groups):
        act = _act(found, groups, at, words)
        if act is not None:
            told.append(act)
        elif group.infinitive:
            continue
    return tuple(a for a in told if not any(b is not a and _holds(b.place, a.place) for b in told))


def _holds(outer: Place, inner: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner


def nominals(text: str, dated: Iterable[Place] = ()) -> tuple[Act, ...]:
    """The acts that a sentence names by nouns: "the closure of the Russian House", "police raids in Baku"."""
    words = lexicon_.load()
    found = tokens(text, words, dated)
    told = []
    at = 0
    while at < len(found):
        for size in (3, 2, 1):
            said = found[at : at + size]
            key = " ".join(t.low for t in said)
            if (
                len(said) == size
                and key in words.nouns
                and not _is_office(found, at)
                and all(t.tag in ("W", "PREP", "NAME") or size > 1 for t in said)
            ):
                told.append(_nominal(found, at, at + size, words.nouns[key]))
                at += size
                break
        else:
            at += 1
    return tuple(told)


def _is_office(found: Sequence[Token], at: int) -> bool:
    """Whether a noun is part of "charge d'affaires" or "secretary general", and no act."""
    return at + 1 < len(found) and found[at + 1].low.startswith("d'aff")


def _nominal(found: Sequence[Token], first: int, last: int, kinds: tuple[str, ...]) -> Act:
    """The act of a noun, with who stands before it and after `of`, `by`, `on`, `against`."""
    before = first
    while before and (
        found[before - 1].tag in ("NAME", "POSS", "NUM") or (found[before - 1].tag == "W" and first - before < 4)
    ):
        before -= 1
    owner = phrases.place(found, before, first) if before < first else None
    actor = target = None
    at = last
    while at < min(len(found), last + 14) and found[at].tag == "PREP":
        step = at + 1
        while (
            step < len(found)
            and found[step].tag in ("W", "NAME", "DET", "NUM", "POSS", "JOIN")
            and found[step].low not in phrases.WALLS
        ):
            step += 1
        if step > at + 1:
            part = phrases.place(found, at + 1, step)
            if found[at].low == "by":
                actor = part
            elif (
                found[at].low in ("of", "on", "against", "to", "for", "over", "with", "between", "into")
                and target is None
            ):
                target = part
        at = step
    place = (found[first].start, found[last - 1].end)
    return Act(kinds[0], "", found[first].low, place, actor or owner, target, kinds=kinds, noun=True)


# -- verb groups --------------------------------------------------------------------------------


def _groups(found: Sequence[Token]) -> list[Group]:
    groups: list[Group] = []
    for at, token in enumerate(found):
        if token.tag != "V":
            continue
        first, lows = at, []
        while first and (found[first - 1].tag in ("AUX", "NEG", "ADV") or found[first - 1].low in ("to",)):
            first -= 1
            lows.append(found[first].low)
        while first < at and found[first].tag == "ADV":
            first += 1
        passive = token.is_form("participle") and any(low in BE for low in lows) and not token.is_form("gerund")
        negated = any(low in NEGATIVES or low.endswith("n't") or low == "cannot" for low in lows)
        future = any(low in FUTURE or low in ("'ll",) for low in lows)
        infinitive = "to" in lows
        gerund = token.is_form("gerund") and not any(low in BE for low in lows)
        groups.append(Group(first, at, passive, negated, future, infinitive, gerund))
    return groups


def _act(found: Sequence[Token], groups: Sequence[Group], at: int, words: Lexicon) -> Act | None:
    group = groups[at]
    intent, governor = _intent(found, groups, at)
    matched = _match(found, group, words) or _bare(found, group, intent)
    if not matched:
        return None
    phrase, last = matched[0]
    actor = phrases.subject(found, groups, at if governor is None else governor)
    target = phrases.object_(found, last)
    passive = group.passive or phrases.reduced(found, group)
    if passive:
        actor, target = phrases.agent(found, last), actor or target
    elif actor is not None and (
        target is None or not any(phrases.is_somebody(t) for t in found if target[0] <= t.start < target[1])
    ):
        one, other = phrases.pair(found, actor)
        actor, target = one, other or target
    if phrase.inverse:
        actor, target = target, actor
    place = (found[group.verb].start, found[last].end)
    saying = phrase.verb in _SAYING and not phrase.rest and not phrase.code
    nested = (
        phrases.relative(found, group.verb) is not None
        or phrases.reduced(found, group)
        or (group.gerund and _modifies(found, group))
    )
    kinds = tuple(dict.fromkeys(p.kind for p, _ in matched))
    told = (passive, group.negated, intent, saying, nested, kinds)
    return Act(phrase.kind, phrase.code, phrase.verb, place, actor, target, *told)


def _bare(found: Sequence[Token], group: Group, intent: str) -> list[tuple[Phrase, int]]:
    """A verb without a kind of its own is a refusal when somebody will not do it, a promise when willing to."""
    if group.negated and intent == "future":
        return [(Phrase("Statement", "REJECT", found[group.verb].verbs[0][0], ()), group.verb)]
    if intent == "future" and group.infinitive:
        return [(Phrase("Statement", "AGREE", found[group.verb].verbs[0][0], ()), group.verb)]
    return []


def _modifies(found: Sequence[Token], group: Group) -> bool:
    """Whether a gerund follows the name it says something about: "rebels fighting in"."""
    return bool(group.first) and found[group.first - 1].tag in ("W", "NAME")


def _match(found: Sequence[Token], group: Group, words: Lexicon) -> list[tuple[Phrase, int]]:
    """The longest phrases that stand at a verb, each with its last word; several when kinds share a word."""
    best: list[tuple[Phrase, int]] = []
    longest = -1
    for base in dict.fromkeys(verb for verb, _ in found[group.verb].verbs):
        for phrase in words.phrases.get(base, ()):
            for rest in (phrase.rest, phrase.rest[:-1]) if phrase.governs and len(phrase.rest) > 1 else (phrase.rest,):
                last = _rest(found, group.verb, rest)
                if last is None or len(rest) < longest:
                    continue
                best = [(phrase, last)] if len(rest) > longest else [*best, (phrase, last)]
                longest = len(rest)
    return best


def _rest(found: Sequence[Token], verb: int, rest: Sequence[frozenset[str]]) -> int | None:
    """Where the words of a phrase end, or None when one is missing before the next verb or full stop."""
    at = verb
    for words in rest:
        near = words <= PREPOSITIONS and not (
            words & {"on", "against", "in", "of", "for", "to", "with", "from", "into"} and at > verb
        )
        most = 3 if near else MOST_GAP
        step = at + 1
        while step < len(found) and step - at <= most + 1:
            token = found[step]
            if token.low in words or _singular(token.low) in words or any(v in words for v, _ in token.verbs):
                break
            if token.low in (";", ":", '"', "“", "”") or (
                token.tag == "V" and token.low not in words and not token.is_form("gerund", "participle")
            ):
                return None
            step += 1
        else:
            return None
        if step >= len(found):
            return None
        at = step
    return at


def _singular(word: str) -> str:
    from graph.reading.forms import singular

    return singular(word)


# -- intent ------------------------------------------------------------------------------------


def _intent(found: Sequence[Token], groups: Sequence[Group], at: int) -> tuple[str, int | None]:
    """How an act is told when not as done, and the verb whose subject it shares."""
    group = groups[at]
    governor = at - 1 if at and group.infinitive else None
    if governor is not None:
        verb = {v for v, _ in found[groups[governor].verb].verbs}
        for words, intent in (
            (_REFUSES, "refusal"),
            (_THREATENS, "threat"),
            (_PROMISES, "future"),
            ({"demand", "urge"}, "demand"),
        ):
            if verb & words:
                return intent, governor
        return "aim", governor
    before = {t.low for t in found[max(0, group.first - 3) : group.verb]}
    if "must" in before or "should" in before:
        return "demand", None
    if before & {"may", "might", "could"}:
        return "doubt", None
    if group.infinitive and before & {"willing", "ready", "prepared", "plans", "set"}:
        return "future", None
    return ("future", None) if group.future else ("", None)


def code(act: Act) -> str:
    """The PLOVER code of an act as it is told: what is promised is AGREE, what is refused REJECT."""
    if act.intent == "refusal" or (act.negated and act.intent == "future"):
        return "REJECT"
    if act.intent == "threat":
        return "THREATEN"
    if act.intent == "demand":
        return "REQUEST"
    if act.intent == "future" and act.code in _FRIENDLY:
        return "AGREE"
    if act.intent == "future" and act.code in _HOSTILE:
        return "THREATEN"
    return act.code


def main_act(found: Sequence[Act]) -> Act | None:
    """The act a sentence is about: the first that is no mere report, else the first."""
    telling = [a for a in found if a.code]
    plain = [a for a in telling if a.intent != "aim" and not a.nested]
    return next(iter(plain or telling or found), None)


def spans(found: Iterable[Act]) -> Iterator[Place]:
    """The places of the verbs of some acts."""
    return (a.place for a in found)
