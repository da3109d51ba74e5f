"""Numbers in running text: figures and words, exact, bounded or vague, and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL: Final = {word: at for at, word in enumerate(_UNITS)} | {w: 10 * at for at, w in enumerate(_TENS, 2)}
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_VAGUE: Final = {
    "dozens": (24, 99), "scores": (40, 200), "hundreds": (200, 999), "thousands": (2000, 99999),
    "tens of thousands": (20000, 99999), "hundreds of thousands": (200000, 999999), "millions": (2 * 10**6, 10**9),
    "several": (3, 9), "a few": (2, 6), "a handful of": (2, 7), "a number of": (2, 50), "a couple of": (2, 3),
    "many": (3, 10**9), "some": (1, 10**9),
}  # fmt: skip
_MORE: Final = ("more than", "over", "above", "upwards of", "in excess of")
_LEAST: Final = ("at least", "no fewer than", "no less than", "a minimum of")
_LESS: Final = ("fewer than", "less than", "under", "below", "nearly", "almost", "up to", "as many as", "at most")
_ABOUT: Final = ("about", "around", "roughly", "some", "approximately", "close to", "an estimated")
_WORD: Final = "|".join(sorted([*SMALL, "hundred", "thousand", "million", "billion", "dozen"], key=len, reverse=True))
_NUMBER: Final = (
    rf"(?P<figure>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?(?:[\s-](?P<scale>million|billion|trillion|thousand|dozen))?"
    rf"|(?P<words>(?:an?\s+(?=hundred|thousand|million|billion|dozen))?(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*)"
    rf"|(?P<vague>{'|'.join(sorted(_VAGUE, key=len, reverse=True))})"
    r"|(?P<both>both)|(?P<none>no(?=\s+[a-z]+(?:s|people)\b)|nobody|no one|none)"
    r"|(?P<all>all)(?=\s+(?:the\s+)?(?:passengers|people|those|aboard))"
)
_HEDGE: Final = "|".join(re.escape(h) for h in (*_MORE, *_LEAST, *_LESS, *_ABOUT))
_PATTERN: Final = re.compile(
    rf"(?<![\w$€£.,-])(?:(?P<hedge>{_HEDGE})\s+)?(?:{_NUMBER})(?![\w%]|\s?(?:percent|per\s+cent)|(?:,\d{{3}})|\.\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: between `low` and `high`, equal when it is exact; `vague` for "dozens".

    `counted` are the words after it, lower case, in which what it counts is looked for.
    """

    start: int
    end: int
    text: str
    low: int
    high: int
    vague: bool = False
    counted: str = ""

    @property
    def exact(self) -> bool:
        """Whether it names one value."""
        return self.low == self.high and not self.vague


def small(word: str) -> int:
    """The value of `3`, `three`, `a` or `twenty-one`; 0 when it is none."""
    text = word.lower().strip()
    if text.isdigit():
        return int(text)
    if text in ("a", "an"):
        return 1
    return sum(SMALL.get(w, 0) for w in re.split(r"[\s-]+", text))


def value(words: str) -> int:
    """The value of a number in words: `two hundred and forty-six`, `three dozen`.

    >>> value("two hundred and forty-six"), value("three dozen"), value("a thousand")
    (246, 36, 1000)
    """
    total, part = 0, 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in SMALL:
            part += SMALL[word]
        elif word in ("a", "an"):
            part = 1
        elif word in ("hundred", "dozen"):
            part = max(1, part) * _SCALES[word]
        elif word in _SCALES:
            total, part = total + max(1, part) * _SCALES[word], 0
    return total + part


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a sentence in order, percentages, money and parts of names left out."""
    return tuple(n for n in (_number(m, text) for m in _PATTERN.finditer(text)) if n is not None)


def _number(match: re.Match[str], text: str) -> Number | None:
    if (match["fraction"] and not match["scale"]) or (match["words"] or "").lower() in _SCALES:
        return None
    low, high, vague = _range(match)
    hedge = (match["hedge"] or "").lower()
    if hedge in _MORE:
        low, high, vague = high + 1, 10**12, True
    elif hedge in _LEAST:
        high, vague = 10**12, True
    elif hedge in _LESS:
        low, vague = (0 if hedge not in ("nearly", "almost") else int(low * 0.8)), True
    elif hedge in _ABOUT and low == high:
        low, high, vague = int(low * 0.8), int(high * 1.25) + 1, True
    counted = " ".join(re.findall(r"[a-z'’-]+", text[match.end() : match.end() + 60].lower())[:7])
    return Number(match.start(), match.end(), match[0], low, high, vague, counted)


def _range(match: re.Match[str]) -> tuple[int, int, bool]:
    if match["figure"]:
        plain = float(match["figure"].replace(",", "") + (match["fraction"] or ""))
        exact = round(plain * _SCALES.get((match["scale"] or "").lower(), 1))
        return exact, exact, False
    if match["words"]:
        found = value(match["words"])
        return found, found, False
    if match["vague"]:
        return *_VAGUE[match["vague"].lower()], True
    if match["both"]:
        return 2, 2, False
    return (0, 0, False) if match["none"] else (-1, -1, False)
