"""The Factbook's way of writing: markup, dates, lists, capitalized surnames."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

_TAG: Final = re.compile(r"<[^>]*>")
_DATE: Final = re.compile(r"(?:(?P<day>\d{1,2}) +)?(?:(?P<month>[A-Z][a-z]{2,8})\.? +)?(?P<year>(?:19|20)\d\d)")
_MONTH_NAMES: Final = (
    ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
    ("July", "Jul"), ("August", "Aug"), ("September", "Sep", "Sept"), ("October", "Oct"), ("November", "Nov"),
    ("December", "Dec"),
)  # fmt: skip
MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
# Parts of a surname that are small unless the name begins with them.
_SMALL: Final = frozenset(
    ["al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "el", "la", "van", "von", "y"]
)
_CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]{2,}")


def plain(text: str) -> str:
    """The text without markup, entities and doubled blanks."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).replace("\u200b", "").split())


def date(text: str) -> str:
    """The first date in a text as EDTF to the precision given, empty when there is none.

    >>> date("since 8 May 2018"), date("since April 2018"), date("since 1997")
    ('2018-05-08', '2018-04', '1997')
    """
    found = _DATE.search(re.sub(r"(?<=[a-z])(?=\d)", " ", text))
    if not found:
        return ""
    month = MONTHS.get(found["month"] or "")
    if month is None:
        return found["year"]
    return f"{found['year']}-{month:02d}" + (f"-{int(found['day']):02d}" if found["day"] else "")


def split(text: str, marks: str = ",;") -> Iterator[str]:
    """The parts of a list, cut at `marks` outside brackets, without empty ones."""
    depth, part = 0, ""
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character in marks and depth <= 0:
            yield from filter(None, (part.strip(),))
            part, depth = "", 0
        else:
            part += character
    yield from filter(None, (part.strip(),))


def named(text: str) -> str:
    """A name with its surname in ordinary letters.

    >>> named("Nikol PASHINYAN"), named("Marcelo REBELO DE SOUSA"), named("Abdel Fattah EL-SISI")
    ('Nikol Pashinyan', 'Marcelo Rebelo de Sousa', 'Abdel Fattah el-Sisi')
    """
    words = text.split()
    lowered = [_lower(word, first=not _is_capital(words, i - 1), leading=i == 0) for i, word in enumerate(words)]
    return " ".join(lowered)


def _is_capital(words: list[str], index: int) -> bool:
    return index >= 0 and _CAPITALS.search(words[index]) is not None


def _lower(word: str, *, first: bool, leading: bool) -> str:
    ordinal = not leading and re.fullmatch(r"[IVX]+,?", word)
    if not _CAPITALS.search(word) or ordinal or re.fullmatch(r"(?:[A-Z]\.)+,?", word):
        return word
    if word.lower() in _SMALL:
        return word.capitalize() if first else word.lower()
    parts = re.split(r"([-'’])", word)
    return "".join(_part(part, i) for i, part in enumerate(parts))


def _part(part: str, index: int) -> str:
    if index == 0 and part.lower() in ("al", "el", "an", "as", "ad"):
        return part.lower()
    if part.startswith(("Mc", "Mac")) and not part.isupper():
        return part[: 2 + part.startswith("Mac")] + part[2 + part.startswith("Mac") :].capitalize()
    return part.capitalize() if _CAPITALS.search(part) else part
