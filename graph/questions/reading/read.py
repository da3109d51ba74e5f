"""A question in English → who did what to whom, when, in which order: the parts, with names still as written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from graph.errors import Insufficient
from graph.questions.reading import dates, phrases, words
from graph.questions.reading.phrases import Lexicon, lexicon
from graph.questions.reading.words import any_of

_SOMEBODY: Final = f"(?:{any_of(words.SOMEBODY)})"
_TO: Final = f"(?:(?:{any_of(words.FRONTED)}) )"
_ASKING: Final = "who|whom|whose|which|what|when"
_POLITE: Final = re.compile(
    r"^(?:(?:can|could|would) you (?:please )?(?:tell|give) me |(?:please )?tell me |please |do you know )+", re.I
)
_TIME_ASKED: Final = re.compile(
    r"^(?:when(?: exactly)?|(?:in|on|at|during)? ?(?:the )?(?:which|what|exact|specific|precise)?"
    r"(?: exact| specific| precise)? ?(?P<unit>day|date|time|month|year)(?: of the year)?)"
    r"(?: (?:in|on|at|during) which| when| that| was it(?: that| when)?)*\b",
    re.I,
)
_SAME: Final = re.compile(
    r"\b(?:in|on|at|during|within)?\s*(?:the|that)?\s*same (?P<unit>day|date|month|year)\b"
    r"(?: (?:as|of|with|like|by|in which|when|that))?",
    re.I,
)
_RELATIVE: Final = re.compile(
    r"\b(?:(?P<before>before|prior to|earlier than|preceding)|(?:after|following|since|later than))\b\s*", re.I
)
# Where the question proper begins after what was put before it.
_BEGINS: Final = re.compile(rf",\s+(?={_TO}?(?:{_ASKING})\b)|,\s+(?=\w+ (?:was|is|were|did|had|has)\b)", re.I)
_BEGINS_BARE: Final = re.compile(rf"\s(?={_TO}?(?:who|whom|which|what)\b)", re.I)
# What may stand before something put in between: "Who, after …, visited", "with which country before … did".
_INTERRUPTED: Final = re.compile(
    rf"^{_TO}?(?:who|whom|(?:which|what)(?: {_SOMEBODY})?)"
    rf"(?:\s+(?:was|is|were)\s+(?:the\s+)?(?:first|last)(?:\s+{_SOMEBODY})?)?,?$",
    re.I,
)
_ORDERS: Final = tuple(
    (
        order,
        re.compile(
            rf"\b(?:(?:for|at|was|is) )?(?:the )?(?:very )?(?:{named}) time(?: (?:that|when))?\b"
            rf"|\b(?:{alone}|{named})\b",
            re.I,
        ),
    )
    for order, named, alone in (
        ("last", "last|latest|most recent", "lastly|most recently|finally"),
        ("first", "first|earliest", "firstly|initially"),
    )
)
_WHO: Final = re.compile(
    rf"\b(?:who|whom|(?:which|what)(?: (?:other|specific))? {_SOMEBODY}|which|what)\b(?: else)?"
    rf"(?: of (?:the )?{_SOMEBODY})?",
    re.I,
)
_COPULA: Final = re.compile(
    rf"^(?:was|is|were|are|has been|had been)\s+(?:the |a |an )?(?:{_SOMEBODY}\s*)?"
    rf"(?:(?:to|that|who|whom|{_TO}?(?:which|whom))\s+)?",
    re.I,
)
_PREPOSED: Final = re.compile(rf"(?:^|(?<=\s))({any_of(words.FRONTED)})$", re.I)
_BEFORE_DATE: Final = re.compile(r"\b(?:in|on|during|at|of|within|throughout|by)\s*(?:the\s*)?$", re.I)
_EDGE: Final = " ,.;:?!"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks: `asked` is actor, target or time; `actor` and `target` are names as written.

    `code` is that of the act in the lexicon, `unit` the precision of a time asked for or of "the same
    month as"; `order` is first or last; `window` is an EDTF date in which, `before` or `after` which;
    `anchor` names whose own such act is the mark that `relation` (before, after, same) refers to;
    `sort` is country or person when one is asked for.
    """

    code: str
    asked: str
    actor: str = ""
    target: str = ""
    unit: str = "day"
    order: str = ""
    window: str = ""
    relation: str = ""
    anchor: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class _Rest:
    """A reading on its way, and what of the text is not read yet."""

    reading: Reading
    text: str


def read(question: str, known: Lexicon | None = None) -> Reading:
    """The reading of a question; Insufficient names the part that is not understood.

    >>> found = read("Before Xi Jinping, who was the last to visit China in May 2013?")
    >>> found.code, found.asked, found.target, found.order, found.relation, found.anchor
    ('042', 'actor', 'China', 'last', 'before', 'Xi Jinping')
    """
    text = " ".join(question.replace("’", "'").replace("`", "'").split()).strip(" ?.!")
    rest = _Rest(Reading("", "actor"), text.replace("o-operat", "ooperat"))
    for step in (_time_asked, _same, _relative, _window, _ordered):
        rest = step(rest)
    return _clause(rest, known or lexicon())


def _time_asked(rest: _Rest) -> _Rest:
    """Whether a time is asked for, and how precisely."""
    polite = _POLITE.match(rest.text)
    text = rest.text[polite.end() :] if polite else rest.text
    found = _TIME_ASKED.match(text)
    if not found or re.match(r" ?(?:of )?\d{4}", text[found.end() :]):
        return _Rest(rest.reading, text)
    unit = (found["unit"] or "day").lower()
    unit = "day" if unit in ("date", "time") else unit
    return _Rest(replace(rest.reading, asked="time", unit=unit), text[found.end() :].strip())


def _same(rest: _Rest) -> _Rest:
    """The unit of time shared with somebody: in the same month as …."""
    found = _SAME.search(rest.text)
    if not found:
        return rest
    unit = found["unit"].lower().replace("date", "day")
    before, after = rest.text[: found.start()], rest.text[found.end() :].strip()
    anchor, text = (after, before) if before.strip(_EDGE) else _split(after)
    if not _name(anchor):
        raise Insufficient(f"the same {unit} as whom is not said", where=rest.text, expected=f"the same {unit} as …")
    return _Rest(replace(rest.reading, unit=unit, relation="same", anchor=_name(anchor)), text)


def _split(text: str) -> tuple[str, str]:
    """What stands before the question proper, and the question."""
    begin = _BEGINS.search(text) or _BEGINS_BARE.search(text)
    return (text[: begin.start()], text[begin.end() :]) if begin else (text, "")


def _relative(rest: _Rest) -> _Rest:
    """Whether it is before or after a day, or somebody's own act."""
    found = None if rest.reading.relation else _RELATIVE.search(rest.text)
    if not found:
        return rest
    relation = "before" if found["before"] else "after"
    before, after = rest.text[: found.start()], rest.text[found.end() :]
    mark, text = (after, before) if before.strip(_EDGE) else _split(after)
    if before.strip(_EDGE) and _INTERRUPTED.match(before.strip()):
        ends = re.search(r",\s+" if before.rstrip().endswith(",") else r",?\s(?=did\b)", after)
        if ends:
            mark, text = after[: ends.start()], f"{before.strip(_EDGE)} {after[ends.end() :]}"
    dated = dates.find(mark)
    if dated:
        return _Rest(replace(rest.reading, relation=relation, window=dated.edtf), text)
    return _Rest(replace(rest.reading, relation=relation, anchor=_name(mark)), text)


def _window(rest: _Rest) -> _Rest:
    """A date in which."""
    dated = None if rest.reading.window else dates.find(rest.text)
    if not dated:
        return rest
    head = _BEFORE_DATE.sub("", rest.text[: dated.start])
    text = f"{head.rstrip(' ,')} {rest.text[dated.end :].lstrip(' ,')}".strip()
    return _Rest(replace(rest.reading, window=dated.edtf), text)


def _ordered(rest: _Rest) -> _Rest:
    """Whether the first or the last is asked for."""
    for order, pattern in _ORDERS:
        for found in pattern.finditer(rest.text):
            if found[0][:1].isupper() and found.start() > 0:
                continue  # part of a name
            text = f"{rest.text[: found.start()].rstrip(' ,')} {rest.text[found.end() :].lstrip(' ,')}"
            return _Rest(replace(rest.reading, order=order), text.strip())
    return rest


def _clause(rest: _Rest, known: Lexicon) -> Reading:
    """The act and its parties, from what is left: "who praised China", "which country did China praise"."""
    text, reading, fronted = rest.text.strip(_EDGE), rest.reading, ""
    if reading.asked != "time":
        asked = _WHO.search(text)
        if not asked:
            raise Insufficient("not a question of who or when", where=text, expected="who, whom, which or when")
        lead = _PREPOSED.search(text[: asked.start()].rstrip())
        fronted = lead[1].lower() if lead else ""
        outside = text[: lead.start() if lead else asked.start()].strip(_EDGE)
        reading, text = replace(reading, sort=_sort(asked[0])), f"{text[asked.end() :].strip()} {outside}".strip(_EDGE)
        text = text if fronted == "by" or _passive(text, known) else _COPULA.sub("", text)
    said = phrases.find(text, known)
    if said is None:
        raise Insufficient(
            "no act is understood", where=text, expected="a verb such as visit, accuse, sign an agreement"
        )
    return _parties(replace(reading, code=said.code), text, said, fronted)


def _sort(asked: str) -> str:
    """What sort of thing an asking word asks for: "which country" a country, "who" somebody else."""
    if re.search("countr|nation|state", asked, re.I):
        return "country"
    return "person" if re.match("who|which (?:person|leader|politician|one)", asked, re.I) else ""


def _passive(text: str, known: Lexicon) -> bool:
    """Whether the copula belongs to a passive: "was praised by", "is Iraq threatened by"."""
    said = phrases.find(text, known)
    if said is None or not said.participle:
        return False
    return "by" in text[said.end :].split()[:2] or not text[: said.start].split()[1:]


def _parties(reading: Reading, text: str, said: phrases.Said, fronted: str) -> Reading:
    """Who stands on which side of the act, and which side is asked for."""
    left, right = text[: said.start].split(), text[said.end :].split()
    by = next((i for i, w in enumerate(right) if w.lower() == "by"), -1)
    subject, agent = _subject(left), _name(" ".join(right[by + 1 :])) if by >= 0 else ""
    helped = any(w.lower() in words.BEING for w in left)
    if said.participle and helped and (by >= 0 or fronted == "by" or not right):
        if reading.asked == "time":
            return replace(reading, actor=agent, target=subject)
        if fronted == "by" or (by >= 0 and not agent):
            return replace(reading, asked="actor", target=subject)
        return replace(reading, asked="target", actor=agent or subject)
    if reading.asked == "time" and not subject and agent:
        return replace(reading, actor=agent, target=_name(" ".join(right[:by])))
    other = _name(" ".join(right)) or _name(said.inside)
    actor, target = (other, subject) if said.suffers else (subject, other)
    if reading.asked == "time":
        return replace(reading, actor=actor, target=target)
    if said.suffers:
        return (
            replace(reading, asked="target", actor=actor) if actor else replace(reading, asked="actor", target=target)
        )
    return replace(reading, asked="target", actor=actor) if actor else replace(reading, asked="actor", target=target)


def _subject(given: list[str]) -> str:
    """The name before the verb, without helping verbs; what stands before "did" only says of what sort it is."""
    low = [w.lower() for w in given]
    if "did" in low:
        given = given[len(low) - low[::-1].index("did") :]
    while given and given[0].lower() in words.HELPING:
        given = given[1:]
    while given and given[-1].lower() in words.HELPING:
        given = given[:-1]
    return _name(" ".join(given))


def _name(text: str) -> str:
    """A name without what clings to it: prepositions, "did", punctuation."""
    kept = text.strip(_EDGE).split()
    while kept and kept[0].lower() in words.PREPOSITIONS:
        kept = kept[1:]
    while kept and kept[-1].lower().strip(_EDGE) in words.TRAILING:
        kept = kept[:-1]
    return " ".join(kept).strip(_EDGE)
