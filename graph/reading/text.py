"""Sentences of a draft, each with the line and column where it begins.

Markdown is read for its words only: marks, link targets, code and comments are left out, and the
place of every letter that is kept is remembered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.reading import lists

_END: Final = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<space>\s+)(?=[\"'“‘«(\[]*[^\W_a-zà-ÿ])")
_MARKUP: Final = re.compile(
    r"<!--.*?-->|</?[A-Za-z][^<>]*>|!\[[^\]]*\]\([^()\s]*\)|\[\^[^\]\s]+\]|(?<=\])\([^()\s]*\)|`+"
    r"|(?<![A-Za-z0-9])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![A-Za-z0-9])|[\[\]](?![^\[\]]{0,40}\d+\s*$)",
    re.DOTALL,
)
_FENCE: Final = re.compile(r"^(?:```|~~~)")
_PREFIX: Final = re.compile(r"^[ \t]{0,12}(?:(?P<heading>#{1,6})[ \t]+|(?:[-*+•]|\d{1,3}[.)])[ \t]+|(?:>[ \t]?)+)?")
_NOTE: Final = re.compile(r"^[ \t]*\[\^[^\]\s]+\]:")
_RULE: Final = re.compile(r"^[ \t]*(?:[-=*_•][ \t]*)+$")
_ENDED: Final = re.compile(r"[.!?…:;,—–-][\"'”’»)\]]*\s*$")
_FOLLOWING: Final = re.compile(r"[\"'“‘«(\[]*([^\W\d_]+)?")
HEADING_WORDS: Final = 16
LONGEST: Final = 1_500
"""Characters of a sentence; what is longer is none and is cut, because reading one takes the square of its length."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft.

    `line` and `column` count from 1 and are where it begins in the file; `heading` marks headlines
    and titles, which leave out articles and speak in the present tense; `paragraph` counts passages.
    """

    text: str
    line: int
    column: int
    heading: bool = False
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph or heading as running text; `places` is the offset in the draft of each character."""

    text: str
    places: tuple[int, ...]
    heading: bool


def sentences(draft: str) -> tuple[Sentence, ...]:
    """The sentences and headings of a draft, plain or Markdown, in order."""
    lines = [0, *(m.end() for m in re.finditer("\n", draft))]
    found: list[Sentence] = []
    for number, passage in enumerate(_passages(draft)):
        for first, last in split(passage.text):
            at = passage.places[first]
            line = bisect_right(lines, at) - 1
            text = passage.text[first:last]
            found.append(Sentence(text, line + 1, at - lines[line] + 1, passage.heading, number))
    return tuple(found)


def split(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences of running text; abbreviations and initials end none."""
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, match):
            continue
        yield from _trimmed(text, start, match.end("close"))
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    while last - first > LONGEST:
        blank = text.rfind(" ", first + 1, first + LONGEST)
        cut = blank if blank > 0 else first + LONGEST
        yield first, cut
        first = cut + (cut == blank)
    if any(c.isalnum() for c in text[first:last]):
        yield first, last


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop found only ends an abbreviation or an initial."""
    if match["mark"] != "." or match["close"]:
        return False
    before = text[max(0, match.start() - 24) : match.start()]
    word = re.split(r"[\s(\[\"“‘—]", before)[-1].lower()
    following = _FOLLOWING.match(text, match.end())
    opener = bool(following and (following[1] or "").lower() in lists.words("openers"))
    if word in lists.words("either"):
        return not opener
    if len(word) == 1 and word.isalpha() and word != "i" and before[-1].isupper():
        return not (opener and len(following[1]) > 1) if following and following[1] else True
    return word in lists.words("short") or bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", word) and not opener)


def _passages(draft: str) -> Iterator[_Passage]:
    block: list[tuple[int, str]] = []
    for start, line, breaks in _lines(draft):
        if breaks and block:
            yield from _blocks(block)
            block = []
        if line.strip():
            block.append((start, line))
    if block:
        yield from _blocks(block)


def _lines(draft: str) -> Iterator[tuple[int, str, bool]]:
    """Each line outside front matter, code and notes, with its offset and whether a passage ends before it."""
    at, fenced, matter = 0, False, draft.startswith("---\n")
    for number, line in enumerate(draft.splitlines(keepends=True)):
        start, at = at, at + len(line)
        if matter and number:
            matter = line.strip() not in ("---", "...")
            continue
        if _FENCE.match(line):
            fenced = not fenced
            yield start, "", True
        elif fenced or matter or _NOTE.match(line) or _RULE.match(line) or not line.strip():
            yield start, "", True
        else:
            prefix = _PREFIX.match(line)
            yield start, line, bool(prefix and prefix.end() and prefix[0].strip())


def _blocks(block: list[tuple[int, str]]) -> Iterator[_Passage]:
    """The passages of a block of lines: headings apart, wrapped lines joined."""
    longest = max(len(line.strip()) for _, line in block)
    kept: list[tuple[int, str]] = []
    for at, (start, line) in enumerate(block):
        prefix = _PREFIX.match(line)
        marked = bool(prefix and prefix["heading"])
        if marked or _titled(block, at, longest):
            if kept:
                yield _passage(kept, heading=False)
            yield _passage([(start, line)], heading=True)
            kept = []
        else:
            kept.append((start, line))
    if kept:
        alone = len(kept) == 1 and not _ENDED.search(kept[0][1]) and len(kept[0][1].split()) <= HEADING_WORDS
        yield _passage(kept, heading=alone)


def _titled(block: list[tuple[int, str]], at: int, longest: int) -> bool:
    """Whether a line is a title without a mark: short, not ended, and the next begins anew."""
    line = block[at][1].strip()
    if _ENDED.search(line) or len(line.split()) > HEADING_WORDS or at == len(block) - 1:
        return bool(line.endswith("?") and len(line) < 0.5 * longest and len(line.split()) <= HEADING_WORDS)
    following = block[at + 1][1].lstrip()
    return len(line) < 0.6 * longest and following[:1].isupper()


def _passage(lines: list[tuple[int, str]], *, heading: bool) -> _Passage:
    text: list[str] = []
    places: list[int] = []
    for start, line in lines:
        prefix = _PREFIX.match(line)
        skip = prefix.end() if prefix else 0
        body = line.rstrip("\n\r")
        gone = {i for m in _MARKUP.finditer(body) for i in range(*m.span())}
        if text:
            text.append(" ")
            places.append(start)
        for offset in range(skip, len(body)):
            if offset not in gone:
                text.append(body[offset])
                places.append(start + offset)
    return _Passage("".join(text), tuple(places), heading)
