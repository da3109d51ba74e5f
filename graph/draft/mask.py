"""A sentence with its names as marks, so that one pattern finds "Finland joined NATO" whoever joins what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.draft.read import Named, Read
from graph.errors import AmbiguousName, UnknownName
from graph.names import Names
from graph.reading.readings import DatePhrase
from graph.store import Store
from graph.when import Day

_LETTERS: Final = (
    ("Country", "C"), ("Territory", "C"), ("Person", "P"), ("Alliance", "A"), ("Organization", "A"),
    ("City", "T"), ("Region", "R"),
)  # fmt: skip
COUNTRY: Final = r"‹C\d+›"
PERSON: Final = r"‹P\d+›"
BODY: Final = r"‹A\d+›"
CITY: Final = r"‹T\d+›"
COUNTRIES: Final = rf"(?:the )?{COUNTRY}(?:(?:,? and|,| or) (?:the )?{COUNTRY})*"


@dataclass(frozen=True, slots=True)
class Masked:
    """The text with marks like ‹C0› in place of names, what each mark stands for, and where text was."""

    text: str
    things: tuple[Named, ...]
    places: tuple[int, ...]

    def thing(self, mark: str) -> Named:
        """What a mark stands for."""
        return self.things[int(re.sub(r"\D", "", mark))]

    def things_in(self, marks: str) -> tuple[Named, ...]:
        """What the marks in a stretch stand for, in order."""
        return tuple(self.things[int(n)] for n in re.findall(r"‹\w(\d+)›", marks or ""))

    def place(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """Where a match stands in the unmasked sentence."""
        first, last = match.span(group)
        return self.places[first], self.places[last - 1] + 1 if last > first else self.places[first]


def mask(read: Read, store: Store, names: Names, day: Day) -> Masked:
    """The sentence with marks for countries (C), people (P), bodies (A), cities (T) and regions (R)."""
    text, things = read.text, list(_apart(read, store, names, day))
    out: list[str] = []
    places: list[int] = []
    at = 0
    for number, one in enumerate(things):
        out.append(text[at : one.start])
        places.extend(range(at, one.start))
        letter = next((short for kind, short in _LETTERS if store.model.is_a(one.kind, kind)), "X")
        mark = f"‹{letter}{number}›"
        out.append(mark)
        places.extend([one.start] * (len(mark) - 1) + [one.end - 1])
        at = one.end
    out.append(text[at:])
    places.extend(range(at, len(text)))
    places.append(len(text))
    return Masked("".join(out), tuple(things), tuple(places))


def _apart(read: Read, store: Store, names: Names, day: Day) -> Iterator[Named]:
    """The names without pronouns; "the British prime minister" gives its country only, the office stays text."""
    last = 0
    for one in read.named:
        if one.implied or one.start < last:
            continue
        if one.titled:
            country = _country(read.text[one.start : one.end], names, day)
            if country is None:
                continue
            words, found = country
            one = Named(one.start, one.start + len(words), found, store.entity(found).kind)
        last = one.end
        yield one


def _country(said: str, names: Names, day: Day) -> tuple[str, str] | None:
    words = said.split()
    for size in range(len(words) - 1, 0, -1):
        text = " ".join(words[:size]).removesuffix("'s").removesuffix("’s")
        try:
            found = names.resolve(text, day, kinds=("Country", "Territory"))
        except (UnknownName, AmbiguousName):
            continue
        if found.score >= 0.85 and not found.part:
            return text, found.id
    return None


def nearest_dates(read: Read, place: tuple[int, int], *, all_if_none: bool = True) -> tuple[DatePhrase, ...]:
    """The date phrases that go with a stretch: those behind it before the next clause, else before it, else all."""
    text = read.text
    behind = [
        p
        for p in read.dates
        if p.start >= place[1]
        and p.spans
        and not re.search(r"[;:]|, (?:and|but|while|which|who)\b", text[place[1] : p.start])
    ]
    if behind:
        return (behind[0],)
    before = [
        p
        for p in read.dates
        if p.end <= place[0] and p.spans and not re.search(r"[;:]|, (?:and|but|while) ", text[p.end : place[0]])
    ]
    if before:
        return (before[-1],)
    inside = [p for p in read.dates if p.spans and place[0] <= p.start < place[1]]
    return tuple(inside or ([p for p in read.dates if p.spans] if all_if_none else []))


def spans_of(phrases: Sequence[DatePhrase]) -> tuple[tuple[Day, Day], ...]:
    """Every stretch of days some phrases may mean."""
    return tuple(s for p in phrases for s in p.spans)
