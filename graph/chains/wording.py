"""Small pieces of the sentences that explain a chain: counts, spans of days, lists of names, kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NUMBERS: Final = (
    "no",
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
)
_DAYS: Final = 60
_MONTHS: Final = 24


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun: up to twelve in words.

    >>> counted(1, "outlet"), counted(11, "outlet"), counted(13, "outlet")
    ('one outlet', 'eleven outlets', '13 outlets')
    """
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{number} {noun if count == 1 else plural or f'{noun}s'}"


def span(days: int) -> str:
    """A span as a reader says it: days, from two months on months, from two years on years.

    >>> [span(d) for d in (1, 40, 184, 900)]
    ['one day', '40 days', 'six months', 'two years']
    """
    if days <= _DAYS:
        return counted(days, "day")
    months = round(days / 30.44)
    return counted(months, "month") if months < _MONTHS else counted(round(days / 365.25), "year")


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence, those beyond `most` counted.

    >>> listed(["AP", "Trend"]), listed(["AP", "Trend", "TASS", "Meduza"])
    ('AP and Trend', 'AP, Trend and two more')
    """
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {counted(len(names) - most + 1, 'more', 'more')}"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def with_article(noun: str) -> str:
    """A noun with its indefinite article.

    >>> with_article("raid"), with_article("arrest")
    ('a raid', 'an arrest')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def dated(when: str) -> str:
    """An EDTF date as a list shows it: an open begin or end in a word, the rest as it is.

    >>> [dated(d) for d in ("2025-06-27", "/2025-06-28", "2025-06-28/", "2023/2024")]
    ['2025-06-27', 'by 2025-06-28', 'from 2025-06-28', '2023/2024']
    """
    begin, joined, end = when.partition("/")
    if joined and begin in ("", "..") and end:
        return f"by {end}"
    return f"from {begin}" if joined and end in ("", "..") and begin else when
