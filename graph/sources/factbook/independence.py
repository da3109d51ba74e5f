"""Since when the Factbook calls a state independent: a date each for a declaration, its recognition, a union.

The field lists dates with a note each: "30 August 1991 (declared from the Soviet Union); 18 October 1991
(adopted …); notable earlier dates: …". Dates of a republic, a constitution or a legend are left out,
because the state was there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.sources.factbook import text as text_

_DATED: Final = re.compile(
    r"(?P<about>ca\. )?(?:(?P<day>\d{1,2})(?:-(?P<until>\d{1,2}))? )?"
    r"(?:(?P<month>[A-Z][a-z]+) )?(?P<year>\d{3,4})(?![\d,])\s*(?P<note>\(.*)?"
)
# An entry begins here even when the bracket before it was never closed.
_ENTRY: Final = re.compile(r"; (?=\d{1,2} [A-Z][a-z]+ \d{4} \()")
# What follows is about former states of the same land, or says that no date counts.
_EARLIER: Final = re.compile(r";? *notable earlier dates?:.*$|^no official date of independence:.*$")
_SAYS_SO: Final = re.compile(
    r"^\((?:from|following) |independen|\bdeclared\b|recogni[sz]|sovereign|\bsplit\b|\bmerge|\bunite[sd]\b|\bunif"
    r"|\bunion\b|\bformed\b|\bfounding\b|traditional|expulsion|establishment of|adopted by"
    r"|abolishment|beginning of|repeal"
)
_REGIME_ONLY: Final = re.compile(
    r"republic (?:declared|proclaimed)|Act\)|Act enabled|Treaty of Friendship|self-governing|as an autonomous"
    r"|constitutional monarchy"
)


@dataclass(frozen=True, slots=True)
class Independence:
    """A date of independence as EDTF, and the entry that gives it, in the Factbook's words."""

    when: str
    words: str


def independence(text: str) -> Iterator[Independence]:
    """The dates on which a field says that a state became one of its own, as the field orders them.

    >>> [d.when for d in independence("4 July 1776 (declared independence from Great Britain); 3 September 1783 (…)")]
    ['1776-07-04']
    """
    body = _EARLIER.sub("", text_.plain(text))
    for part in (part for entry in _ENTRY.split(body) for part in text_.split(entry, ";")):
        found = _DATED.match(part)
        if found and _counts(found["note"] or ""):
            yield Independence(_edtf(found), part)


def _counts(note: str) -> bool:
    return not note or (_SAYS_SO.search(note) is not None and not _REGIME_ONLY.search(note))


def _edtf(found: re.Match[str]) -> str:
    year = found["year"].zfill(4)
    about = "~" if found["about"] or "traditional" in (found["note"] or "") else ""
    if not found["month"]:
        return year + about
    month = text_.MONTHS[found["month"]]
    first, last = found["day"], found["until"]
    day = f"{year}-{month:02d}" + (f"-{int(first):02d}" if first else "")
    return f"{day}/{year}-{month:02d}-{int(last):02d}" if last else day + about
