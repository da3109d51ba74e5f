"""Dates in running text, in every form a newsroom uses, as stretches of days.

"Last Friday" counts from the day of the draft, "two days later" from the date told before;
a date without a year is read as the likeliest one, other readings are kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from graph.reading import readings
from graph.reading.numbers import SMALL
from graph.reading.readings import DatePhrase, Known
from graph.reading.spans import Span
from graph.when import Day

_MONTH: Final = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WHOLE_MONTH: Final = re.sub(r"\\\.\?", r"\\.", _MONTH)
_WEEKDAY: Final = (
    r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
)  # fmt: skip
_DATE: Final = r"(?P<date>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_TO: Final = r"(?:\s?[-–—/]\s?(?P<date2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)?"
_YEAR: Final = r"(?P<year>1[0-9]\d\d|20\d\d|21\d\d)"
_TIME: Final = r"(?:\s+(?:morning|afternoon|evening|night|noon|midday))?"
_PART: Final = (
    r"(?:(?P<part>early|mid|middle|late|beginning|start|outset|end|close)(?:\s+(?:in|of|on)\s+|[\s-]+)(?:the\s+)?)"
)
_UNIT: Final = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)"
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(SMALL, key=len, reverse=True))}|an?|couple of|few|several)"
_ABOUT: Final = (
    r"(?P<about>(?:about|around|roughly|some|nearly|almost|over|more than|less than|at least|just|only)\s+)?"
)
_RELATIONS: Final = {
    "since": "since", "from": "since", "until": "until", "till": "until", "through": "until", "by": "by",
    "before": "before", "after": "after", "following": "after",
}  # fmt: skip
_Reader = Callable[[re.Match[str], Known], "DatePhrase | None"]


def dates(text: str, today: Day, last: Span | None = None) -> tuple[DatePhrase, ...]:
    """The dates of a sentence in order, none overlapping; ranges are one phrase."""
    known = Known(today, last)
    found: list[DatePhrase] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(text):
            phrase = reader(match, replace(known, ahead=looks_ahead(text, match.start())))
            if phrase is not None:
                found.append(replace(phrase, relation=_relation(text, phrase)))
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[DatePhrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
        elif phrase.end > kept[-1].end and phrase.start == kept[-1].start:
            kept[-1] = phrase
    return tuple(_joined(kept, text))


_AHEAD: Final = re.compile(
    r"\b(?:will|shall|won't|would (?:be|go|take|leave|meet|hold)|is due|are due|plan(?:s|ned|ning)? (?:to|a"
    r"|for)|schedul\w+"
    r"|set (?:to|for)|expect\w*|going to|to be held|upcoming|until|as soon as|as early as|between now and"
    r"|deadline|postponed"
    r"|next (?:week|month|year)|is to|are to)\b",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(r"[,;:]|''|[\"“”]|\b(?:said|says|told|announced|reported|added|warned|predicted|were|was)\b")


def looks_ahead(text: str, at: int) -> bool:
    """Whether the clause before a place speaks of what is to come: a bare weekday there is the next one."""
    told = list(_TOLD.finditer(text, 0, at))
    return bool(_AHEAD.search(text, told[-1].end() if told else 0, at))


def _relation(text: str, phrase: DatePhrase) -> str:
    """How an event stands to the date, from the word before it."""
    if phrase.relation != "on":
        return phrase.relation
    before = re.search(r"([A-Za-z]+)(?:\s+(?:at|the|about|around|early|late|mid|least))*\s*$", text[: phrase.start])
    word = before[1].lower() if before else ""
    if re.search(r"\b(?:prior to|ahead of)\s*(?:the\s+)?$", text[: phrase.start], re.I):
        return "before"
    return _RELATIONS.get(word, "on")


def _joined(found: Sequence[DatePhrase], text: str) -> Iterator[DatePhrase]:
    """Two dates with `to`, `and` after `between`, or a dash between them are one stretch."""
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        between = text[one.end : other.start].strip().lower() if other else "?"
        before = text[: one.start].rstrip().lower()
        ranged = (before.endswith("from") and between in ("to", "until", "through", "till")) or (
            before.endswith("between") and between == "and"
        )
        if other and one.spans and other.spans and (ranged or between in ("-", "–", "—", "through")):
            first, last = one.spans[0][0], other.spans[0][1]
            if first <= last:
                yield replace(
                    one, end=other.end, text=text[one.start : other.end], spans=((first, last),), relation="on"
                )
                at += 2
                continue
        yield one
        at += 1


def _pattern(text: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{text})(?!\w)", flags)


_ANY_CASE: Final = re.IGNORECASE
_CASED: Final = 0
_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_pattern(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"), readings.read_iso),
    (_pattern(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4}|\d\d)"), readings.read_numeric),
    (_pattern(rf"(?i:the\s+week\s+(?:of|beginning|starting)\s+){_MONTH}\s+{_DATE}(?:,?\s+{_YEAR})?", _CASED),
     readings.read_week_of),
    (_pattern(rf"(?:{_WEEKDAY}{_TIME},?\s+)?(?:(?P<lead>[Ll]ast|[Nn]ext"
    rf"|[Tt]his)\s+)?{_MONTH}\s+{_DATE}{_TO}(?!\d|:\d)(?:,?\s+{_YEAR}|\s+(?P<near>this|last|next)\s+year)?",
     _CASED), readings.read_full_date),
    (_pattern(rf"(?:{_WEEKDAY}{_TIME},?\s+)?(?:the\s+)?{_DATE}{_TO}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}"
    rf"|\s+(?P<near>this|last|next)\s+year)?", _CASED), readings.read_full_date),
    (_pattern(rf"(?:the\s+)?{_PART}{_WHOLE_MONTH}(?:(?:,|\s+of)?\s+{_YEAR}|\s+(?P<near>this|last"
    rf"|next)\s+year)?"), readings.read_month),
    (_pattern(rf"(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his)\s+)?{_WHOLE_MONTH}(?:(?:,|\s+of)?\s+{_YEAR}"
    rf"|\s+(?P<near>this|last|next)\s+year)?(?!\s+\d{{1,2}}\b)", _CASED), readings.read_month),
    (_pattern(rf"(?:the\s+)?{_PART}(?:the\s+)?(?:year\s+)?{_YEAR}"), readings.read_year),
    (_pattern(rf"(?:(?:the\s+)?year\s+)?(?P<part>\Z.)?{_YEAR}", _CASED), readings.read_bare_year),
    (re.compile(r"(?<=post-)(?P<part>\Z.)?" + _YEAR), readings.read_year),
    (_pattern(rf"(?:the\s+)?{_PART}?(?:the\s+)?(?P<decade>1[89]\d0|20\d0|(?<=['’])[3-9]0)[’']?s"),
     readings.read_decade),
    (_pattern(r"(?:the\s+)?(?P<n>1\d|2[01])(?:th|st)[\s-]century"), readings.read_century),
    (_pattern(rf"(?:(?P<lead>(?:late|early)\s+(?=[MTWFS])|[Ll]ast(?:\s+week)?|[Nn]ext|[Tt]his(?:\s+(?:past"
    rf"|coming))?|[Cc]oming)\s+)?{_WEEKDAY}(?:\s+(?:last|next)\s+week)?{_TIME}", _CASED), readings.read_weekday),
    (_pattern(r"the\s+day\s+before\s+yesterday|(?:yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening"
    r"|night))?|today|tonight|overnight|last\s+night|this\s+(?:morning|afternoon|evening)"), readings.read_near),
    (_pattern(rf"(?:(?P<when>earlier|later)\s+|(?:the\s+)?{_PART})?(?P<lead>this|last|next|(?<=the\s)past"
    rf"|(?<=this\s)past|past|coming|current)\s+(?P<unit>week|weekend|month|quarter|year|decade|century"
    rf"|spring|summer|autumn|fall|winter)"), readings.read_this_unit),
    (_pattern(r"(?:the\s+)?(?P<season>spring|summer|autumn|winter)(?:(?:\s+of)?\s+(?P<year>1[0-9]\d\d"
    r"|20\d\d))"), readings.read_season),
    (_pattern(r"(?<=in\s)the\s+(?P<season>spring|summer|autumn|fall|winter)(?P<year>\Z.)?"), readings.read_season),
    (_pattern(rf"{_ABOUT}(?:(?:an?|the)\s+)?{_COUNT}\s+{_UNIT}s?\s+(?P<word>ago|back|earlier|later"
    rf"|afterwards?|before|from now)(?!\s+(?:the|a|an|his|her|its|their)\b)"),
     readings.read_ago),
    (_pattern(rf"{_ABOUT}(?:(?:an?|the)\s+)?{_COUNT}\s+{_UNIT}s?\s+(?P<word>after|before"
    rf"|following)(?=\s+(?:the|a|an|his|her|its|their|[A-Z]))"), readings.read_beside),
    (_pattern(r"(?:(?P<when>later|earlier|late)\s+)?(?:on\s+)?(?:the|that)\s+(?P<lead>following|next"
    r"|previous|preceding|same)\s+(?P<unit>day|week|month|year|morning|afternoon|evening|night)"), readings.read_same),
    (_pattern(r"(?:(?P<when>later|earlier|late)\s+)?(?P<lead>that)\s+(?P<unit>day|week|month|year|morning"
    r"|afternoon|evening|night)"), readings.read_same),
    (_pattern(r"(?:the|a|one)\s+day\s+(?P<way>before|after)"), readings.read_around),
    (_pattern(r"(?:over|during|at|on)\s+the\s+weekend|the\s+weekend"), readings.read_weekend),
    (_pattern(r"(?<=on\s)the\s+(?P<date>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?!\s+(?:of|[A-Z]|anniversary"
    r"|century|time|member))", _CASED), readings.read_ordinal),
    (_pattern(r"(?P<name>New\s+Year['’]s\s+(?:Day|Eve)|Christmas(?:\s+(?:Day|Eve))?|Thanksgiving(?:\s+Day)?"
    r"|Easter(?:\s+Sunday)?|Good\s+Friday)(?:,?\s+(?P<year>1[0-9]\d\d|20\d\d))?"), readings.read_holiday),
)  # fmt: skip
