"""Noun phrases around a verb: its subject, its object, its agent, found by the order of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.reading import lists
from graph.reading.tokens import Token

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: token positions, and what the auxiliaries say."""

    first: int
    verb: int
    passive: bool
    negated: bool
    future: bool
    infinitive: bool
    gerund: bool


WALLS: Final = frozenset([";", ":", "“", "”", '"', "-", "—", "–", "("])
_OPENERS: Final = frozenset(["PREP", "SUB", "DATE", "ADV"])
_FAR: Final = 30
# Prepositions that may also open a clause with a verb of its own.
_EITHER: Final = frozenset(["as", "since", "after", "before", "until", "while"])


def subject(found: Sequence[Token], groups: Sequence[Group], at: int) -> Place | None:
    """The words before a verb that name its subject; a joined verb takes that of the verb before it."""
    group = groups[at]
    if group.infinitive and at:
        return subject(found, groups, at - 1)
    chunks = _chunks(found, group.first)
    chosen = _named(found, chunks)
    if chosen is None:
        return subject(found, groups, at - 1) if at else None
    first, last = chosen
    if last - first == 1 and found[first].tag == "PRON" and at:
        return subject(found, groups, at - 1) or place(found, first, last)
    return place(found, first, last)


def _chunks(found: Sequence[Token], end: int) -> list[Place]:
    """The stretches between commas before a verb, back to the verb before it; relative clauses are left out."""
    chunks: list[Place] = []
    at = last = end
    while at:
        token = found[at - 1]
        if token.low == ")":
            opened = next((i for i in range(at - 1, -1, -1) if found[i].low == "("), None)
            if opened is None:
                break
            chunks.append((at, last))
            at = last = opened
            continue
        if token.tag in ("V", "AUX"):
            opened = relative(found, at - 1)
            if opened is None:
                break
            chunks.append((at, last))
            at = last = opened
            continue
        if token.low in WALLS or (token.tag == "SUB" and token.low not in _EITHER):
            break
        if token.low in _EITHER and at - 1 and last - at > 1 and _is_verbal(found, 0, at - 1):
            break
        if token.low == ",":
            chunks.append((at, last))
            last = at - 1
        at -= 1
    chunks.append((at, last))
    return [c for c in reversed(chunks) if c[0] < c[1]]


def _is_verbal(found: Sequence[Token], first: int, last: int) -> bool:
    return any(t.tag in ("V", "AUX") for t in found[first:last])


def relative(found: Sequence[Token], at: int) -> int | None:
    """Where the relative clause that holds a verb begins; None when it is in none, or it is the main verb's."""
    while at and found[at - 1].tag in ("AUX", "ADV", "NEG", "V"):
        at -= 1
    if at and found[at - 1].tag == "REL":
        return at - 2 if at > 1 and found[at - 2].low == "," else at - 1
    return None


def _named(found: Sequence[Token], chunks: Sequence[Place]) -> Place | None:
    """The chunk that names the subject: the first that opens like a name; a list of names is one."""
    kept = []
    for first, last in chunks:
        while first < last and (found[first].tag in ("JOIN", "P", "REL", "DATE") or found[first].tag == "ADV"):
            first += 1
        while last > first and found[last - 1].tag in ("ADV", "DATE", "P", "JOIN", "REL", "NEG"):
            last -= 1
            if last > first and found[last - 1].low in ("on", "in", "since", "by") and found[last].tag == "DATE":
                last -= 1
        if first < last and found[first].tag in _OPENERS:
            dates = [i for i in range(first, last) if found[i].tag == "DATE"]
            first = dates[-1] + 1 if dates else last
            while first < last and found[first].tag in ("REL", "JOIN", "P"):
                first += 1
        if first < last:
            kept.append((first, last))
    if not kept:
        return None
    listed = len(kept) > 1 and any(t.tag == "JOIN" for t in found[kept[-1][0] : kept[-1][1]])
    if listed and all(found[f].tag in ("NAME", "W") and found[f].tag != "DET" for f, _ in kept):
        return kept[0][0], kept[-1][1]
    return kept[0]


def place(found: Sequence[Token], first: int, last: int) -> Place:
    """The offsets of the words from one position to before another."""
    return found[first].start, found[last - 1].end


def object_(found: Sequence[Token], last: int) -> Place | None:
    """The words after a verb phrase that name its target: the first phrase with a name, else the first one."""
    phrases = list(_phrases(found, last + 1))
    for first, end in phrases:
        if any(is_somebody(t) for t in found[first:end]):
            where = (
                found[first - 1].low in ("in", "at", "near") and phrases[0][0] == last + 1 and first != phrases[0][0]
            )
            return place(found, *(phrases[0] if where else (first, end)))
    return place(found, *phrases[0]) if phrases else None


def _phrases(found: Sequence[Token], first: int) -> Iterator[Place]:
    """The noun phrases of the rest of a clause, at prepositions and commas, through infinitives."""
    at = start = first
    while at < min(len(found), first + _FAR):
        token = found[at]
        wall = token.low in WALLS or token.low == "." or token.tag == "SUB"
        said = token.tag == "AUX" or (
            token.tag == "V" and token.is_form("third", "past") and not token.is_form("participle")
        )
        if (wall or said) and at > first:
            break
        if token.tag in ("PREP", "ADV", "DATE", "V", "REL", "AUX", "PRON") or token.low in (",", ")") or wall:
            onward = found[at + 1].low if at + 1 < len(found) else ""
            if (
                token.low == "of"
                and onward not in ("a", "an")
                and not onward.endswith("ing")
                and at > start
                and any(is_somebody(t) for t in found[start:at])
            ):
                at += 1
                continue
            if at > start:
                yield start, at
            start = at + 1
        at += 1
    if at > start and start < len(found):
        yield start, at


_PEOPLE: Final = lists.words("people")


def is_somebody(token: Token) -> bool:
    """Whether a word may name somebody."""
    return token.tag == "NAME" or token.low in _PEOPLE


def agent(found: Sequence[Token], last: int) -> Place | None:
    """The words after `by` of a passive."""
    for at in range(last + 1, min(len(found), last + 16)):
        if found[at].low == "by":
            return next((place(found, *p) for p in _phrases(found, at + 1)), None)
        if found[at].tag in ("V", "AUX"):
            return None
    return None


def pair(found: Sequence[Token], both: Place | None) -> tuple[Place | None, Place | None]:
    """The two sides of "X and Y"."""
    inside = [i for i, t in enumerate(found) if both and both[0] <= t.start and t.end <= both[1]]
    joins = [i for i in inside if found[i].tag == "JOIN"]
    if not joins or joins[-1] in (inside[0], inside[-1]):
        return both, None
    return place(found, inside[0], joins[-1]), place(found, joins[-1] + 1, inside[-1] + 1)


def reduced(found: Sequence[Token], group: Group) -> bool:
    """Whether a participle without auxiliary is passive: "men killed in", "held by"."""
    token = found[group.verb]
    if not token.is_form("participle") or group.first != group.verb:
        return False
    after = found[group.verb + 1] if group.verb + 1 < len(found) else None
    return after is not None and after.low == "by"
