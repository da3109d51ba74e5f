"""The entities a running text names: one pass over its words, longest names first.

Measured in bytes a second it must keep up with reading news by the million items, so most words
cost one look into a dictionary of first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from graph import when as when_
from graph.errors import AmbiguousName
from graph.names import candidates, keys, titles
from graph.names.around import Around, Place, Regions, place, state
from graph.names.match import Match, Mention
from graph.names.resolve import ENOUGH, choose
from graph.names.table import Named, Table
from graph.when import Day, Held

_WORD: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_BREAK: Final = re.compile(r"[;:!?()\"“”]|,\s|\n\s*\n|\w\w\.\s")
_FORMS: Final = {"name": 1.0, "alias": 0.97, "official": 0.97, "translation": 0.95, "demonym": 0.9}
_LONGEST: Final = 10
_PIECE: Final = 400_000
# The weight of a capital or of a city of four million: known well enough to be named inside longer names.
_GREAT: Final = 40
Words = list[tuple[str, int, int]]
_ORDINARY: Final = titles.words("ordinary")
_BLOCKED: Final = titles.words("blocked")
_PLACED: Final = ("City", "Country", "Territory")
_AFTER_CITY: Final = frozenset({"times", "post", "herald", "tribune", "hilton", "fc", "open", "marathon"})
# A place's name before one of these, and any name after a direction, is part of another name.
_AFTER_PLACE: Final = frozenset(
    {"county", "township", "parish", "borough", "road", "street", "avenue", "drive", "lane", "boulevard", "river"}
    | {"creek", "school", "elementary", "high", "college", "university", "hospital"}
)
_DIRECTIONS: Final = frozenset({"new", "northeast", "northwest", "southeast", "southwest"})


@dataclass(slots=True)
class Passage:
    """A stretch of a text being read: its words, the day, who was named before, and where it is about."""

    text: str
    words: Words
    day: Day | None
    named: set[str]
    around: Around | None = None

    def joined(self, at: int) -> bool:
        """Whether only one character lies between a word and the one before it."""
        return at > 0 and self.words[at][1] - self.words[at - 1][2] == 1

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital."""
        return self.text[self.words[at][1]].isupper()


class Finder:
    """Every name of a table in memory, ready to be looked for in texts."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._names: dict[str, list[tuple[str, float, str]]] = {}
        self._surnames: dict[str, list[str]] = {}
        self._longest: dict[str, int] = {}
        self._chosen: dict[str, Match | None] = {}
        self._held: dict[tuple[str, str, Day | None], Match | None] = {}
        for key, entity, form, text in table.everything():
            self._add(key, entity, form, text)
        self._places = self._namesakes()
        self._regions = Regions(table.regions(), self._names)
        for key in _BLOCKED:
            if key not in self._names:
                self._names[key] = []
                self._reach(key)

    def _add(self, key: str, entity: str, form: str, text: str) -> None:
        words = key.count(" ") + 1
        if form == "surname":
            self._surnames.setdefault(key, []).append(entity)
            self._reach(key)
        elif form in _FORMS and words <= _LONGEST and not (words == 1 and key in _ORDINARY):
            found = self._table.entity(entity)
            if found is None or found.kind == "Office" or (self._table.model.is_event(found.kind) and words < 3):
                return
            self._names.setdefault(key, []).append((entity, _FORMS[form], text))
            self._reach(key)

    def _reach(self, key: str) -> None:
        first = key.partition(" ")[0]
        self._longest[first] = max(self._longest.get(first, 0), key.count(" ") + 1)

    def _namesakes(self) -> dict[str, list[Place]]:
        """Of every name of several places: where they are, those that are no entities here included."""
        found: dict[str, list[Place]] = {}
        for key, entity, country, region, people in self._table.namesakes():
            city = self._table.entity(entity) if entity else None
            capital = city is not None and city.weight >= _GREAT
            found.setdefault(key, []).append(place(entity, country, region, people, capital=capital))
        for key, places in found.items():
            named = self._table.named({entity for entity, _, _ in self._names.get(key, ())})
            places += [state(one.id) for one in named if one.kind in ("Country", "Territory")]
        return found

    def mentions(self, text: str, day: Day | None = None) -> Iterator[Mention]:
        """The mentions of a text in order, none overlapping; unsure ones are left out."""
        named: set[str] = set()
        for first, last in _pieces(text):
            words, starts = self._words(text, first, last)
            passage, free = Passage(text, words, day, named), 0
            for at in starts:
                if at < free:
                    continue
                mention, used = self._at(passage, at)
                free = at + used if used else free
                if mention is not None:
                    named.add(mention.id)
                    yield mention

    def _words(self, text: str, first: int, last: int) -> tuple[Words, list[int]]:
        """The words of a piece with their places, and which of them may begin a name."""
        longest = self._longest
        words: Words = []
        starts: list[int] = []
        for found in _WORD.finditer(text, first, last):
            word = found[0]
            key = word.lower() if word.isascii() and word.isalnum() else keys.key(word)
            if key in longest and (word[0].isupper() or not word[0].islower()):
                starts.append(len(words))
            words.append((key, found.start(), found.end()))
        return words, starts

    def _at(self, passage: Passage, at: int) -> tuple[Mention | None, int]:
        """The mention that begins at a word, and how many words it takes (0: none)."""
        words, text = passage.words, passage.text
        for size in range(min(self._longest[words[at][0]], len(words) - at), 0, -1):
            key = words[at][0] if size == 1 else " ".join([w[0] for w in words[at : at + size]])
            known, family = key in self._names, key in self._surnames
            if not known and not family:
                continue
            start, end = words[at][1], words[at + size - 1][2]
            if size > 1 and _BREAK.search(text, start, end - 1):
                continue
            end = _without_possessive(text, start, end)
            match = self._match(key, text[start:end]) if known else None
            if len(self._places.get(key, ())) > 1 and (match is None or match.kind in _PLACED):
                match = self._there(key, match, passage, at + size, end)
                if match is None and not family:
                    return None, size
            if match is not None:
                return self._placed(Mention(start, end, match), passage, at, size)
            if known and not self._names[key]:
                return None, size
            match = self._surname(key, passage, at, size) if family else None
            if match is not None:
                return Mention(start, end, match), size
        return None, 0

    def _there(self, key: str, match: Match | None, passage: Passage, after: int, end: int) -> Match | None:
        """Which of the places of a name is meant; None when it is one that is no entity here."""
        if passage.around is None:
            passage.around = self._read_around(passage)
        following = self._following(passage, after, end) | self._before(passage, after - key.count(" ") - 1)
        meant = passage.around.best(self._places[key], following)
        if not meant.entity or (match is not None and meant.entity == match.id):
            return match if meant.entity else None
        found = self._table.entity(meant.entity)
        return candidates.match(found, 0.88, "of the places of this name the one the rest fits") if found else None

    def _before(self, passage: Passage, at: int) -> frozenset[str]:
        """The states that have a town of the name right before: "Atlanta, Georgia"."""
        between = passage.text[passage.words[at - 1][2] : passage.words[at][1]] if at else ""
        places = self._places.get(passage.words[at - 1][0], ()) if between == ", " else ()
        return frozenset(p.region for p in places if p.region)

    def _following(self, passage: Passage, after: int, end: int) -> frozenset[str]:
        """The country or state named right after a place: "Baku, Azerbaijan", "Dublin, Ohio"."""
        words, text = passage.words, passage.text
        states = self._regions.after(text, words, after, end)
        if after < len(words) and text[end : words[after][1]] in (", ", " ("):
            longest = min(self._longest.get(words[after][0], 0), len(words) - after)
            said = (" ".join(w[0] for w in words[after : after + size]) for size in range(longest, 0, -1))
            match = next((m for key in said if key in self._names and (m := self._match(key, text[end:]))), None)
            if match is not None and match.kind in ("Country", "Territory"):
                return states | {match.id}
        return states

    def _read_around(self, passage: Passage) -> Around:
        """The countries and regions of the places a passage names that only one place is called."""
        around, seen = Around(), set()
        for key, code, country in self._regions.named(passage.text, passage.words):
            if key not in seen:
                seen.add(key)
                around.add((place("", country, code, 1),))
        for at, (key, _, _) in enumerate(passage.words):
            if key in seen or key not in self._names or not passage.capital(at):
                continue
            seen.add(key)
            places = self._places.get(key)
            match = self._match(key, key) if places is None else None
            found = self._table.entity(match.id) if match is not None and match.kind in _PLACED else None
            if places is not None:
                around.add(places)
            elif found is not None:
                around.add((place(found.id, found.country if found.kind == "City" else found.id, "", 1),))
        return around

    def _match(self, key: str, spelled: str) -> Match | None:
        if key not in self._chosen:
            self._chosen[key] = self._best(key)
        match = self._chosen[key]
        if match is not None and len(spelled) <= 5 and not spelled.isupper() and key.isascii():
            texts = [text for entity, _, text in self._names[key] if entity == match.id]
            if all(t.replace(".", "").isupper() for t in texts):
                return None
        return match

    def _best(self, key: str) -> Match | None:
        found: dict[str, Match] = {}
        for entity, score, text in self._names[key]:
            named = self._table.entity(entity)
            if named and (entity not in found or found[entity].score < score):
                found[entity] = candidates.match(named, score, f"called {text}")
        if not found:
            return None
        try:
            return choose(key, sorted(found.values(), key=lambda m: (-m.score, m.id)), self._table)
        except AmbiguousName:
            return None

    def _placed(self, mention: Mention, passage: Passage, at: int, size: int) -> tuple[Mention | None, int]:
        """The mention in its surroundings: a title after a country makes it the holder."""
        match, after = mention.match, at + size
        if match.kind not in _PLACED:
            return mention, size
        words = passage.words
        follows = after < len(words) and words[after][1] - mention.end == 1 and passage.capital(after)
        if follows and words[after][0] in _AFTER_PLACE:
            return None, size
        if match.kind == "City":
            return (mention if self._is_place(mention, passage, at, after) else None), size
        if at and words[at - 1][0] in _DIRECTIONS and passage.capital(at - 1):
            return None, size
        return self._office(mention, passage, at, after) or (mention, size)

    def _is_place(self, mention: Mention, passage: Passage, at: int, after: int) -> bool:
        """Whether a city's name stands alone, and is not part of a person's or a newspaper's name."""
        words = passage.words
        follows = after < len(words) and words[after][1] - mention.end == 1
        if follows and words[after][0] in _AFTER_CITY:
            return False
        city = self._table.entity(mention.id)
        if follows and passage.capital(after) and city is not None and city.weight < _GREAT:
            return False
        return not passage.joined(at) or not passage.capital(at - 1) or self._opens(passage, at - 1)

    def _office(self, mention: Mention, passage: Passage, at: int, after: int) -> tuple[Mention, int] | None:
        """The holder in "Armenia's prime minister"; None when no title follows or a name comes after it."""
        words = passage.words
        for size in (3, 2, 1):
            said = words[after : after + size]
            title = titles.title(" ".join(w[0] for w in said)) if len(said) == size else ""
            if not title or _BREAK.search(passage.text, mention.end, said[-1][2] - 1):
                continue
            following = after + size
            if following < len(words) and passage.joined(following) and passage.capital(following):
                return None
            match = self._holder(title, mention.id, passage.day)
            if match is not None:
                return Mention(mention.start, said[-1][2], match), following - at
        return None

    def _holder(self, title: str, country: str, day: Day | None) -> Match | None:
        asked = (title, country, day)
        if asked not in self._held:
            whole = self._table.entity(country)
            found = sorted(candidates.holders(title, whole, day, self._table), key=lambda m: -m.score) if whole else []
            found = [m for m in found if m.score >= ENOUGH]
            alone = len(found) == 1 or (len(found) > 1 and found[0].score - found[1].score > 0.05)
            self._held[asked] = found[0] if found and alone else None
        return self._held[asked]

    def _surname(self, key: str, passage: Passage, at: int, size: int) -> Match | None:
        """The person a surname alone means: named before in full, or in office that day."""
        people, words, day = self._surnames[key], passage.words, passage.day
        titled = False
        if passage.joined(at) and passage.capital(at - 1):
            before = words[at - 1][0]
            titled = before in titles.HONORIFICS or bool(titles.title(before))
            if not titled and before != "minister" and not self._opens(passage, at - 1):
                return None
        after = at + size
        if after < len(words) and passage.joined(after) and passage.capital(after):
            return None
        known = sorted({p for p in people if p in passage.named})
        if len(known) == 1:
            return self._person(known[0], 0.9, "named before")
        if day is None and not titled:
            return None
        for held, score in ((Held.CERTAIN, 0.86), (Held.POSSIBLE, 0.76)):
            there = sorted({p for p in people if candidates.standing(p, day, self._table) is held})
            if there:
                on = f" on {when_.iso(day)}" if day is not None else ""
                return self._person(there[0], score, f"surname; in office{on}") if len(there) == 1 else None
        return self._person(people[0], 0.74, "surname after a title") if titled and len(set(people)) == 1 else None

    def _opens(self, passage: Passage, at: int) -> bool:
        """Whether a word opens a sentence, so that its capital says nothing."""
        start = passage.words[at][1]
        return start == 0 or passage.text[max(0, start - 2) : start].strip() in (".", "!", "?", "")

    def _person(self, entity: str, score: float, reason: str) -> Match | None:
        found: Named | None = self._table.entity(entity)
        return replace(candidates.match(found, score, reason)) if found else None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most a few hundred thousand characters, cut at a line's end where there is one."""
    first = 0
    while len(text) - first > _PIECE:
        cut = text.find("\n", first + _PIECE // 2, first + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", first + _PIECE // 2, first + _PIECE)
        last = cut + 1 if cut >= 0 else first + _PIECE
        yield first, last
        first = last
    yield first, len(text)


def _without_possessive(text: str, start: int, end: int) -> int:
    return end - 2 if end - start > 2 and text[end - 2] in "'’" and text[end - 1] in "sS" else end
