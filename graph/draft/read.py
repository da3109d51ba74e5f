"""One sentence as read: its names, dates, numbers, acts, quotes, and in whose mouth it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.errors import AmbiguousName, UnknownName
from graph.names import Names, keys
from graph.reading import clauses, dates, lists, numbers
from graph.reading.clauses import Act
from graph.reading.numbers import Number
from graph.reading.readings import DatePhrase
from graph.reading.spans import Span
from graph.reading.text import Sentence
from graph.store import Store
from graph.tell import naming
from graph.when import Day

Place = tuple[int, int]
_QUOTE: Final = re.compile(r"[“\"][^“”\"]{2,}[”\"]?")
_PART: Final = re.compile(
    r"(?:['’]s)?\s+((?:[a-zA-Z]+\s+){0,2}(?:[Mm]inistry|[Pp]arliament|[Pp]olice|[Gg]overnment|committee|office|court))\b"
)
_ACCORDING: Final = re.compile(r"\b(?:according to|in the words of|as reported by|citing|quoting)\s+", re.IGNORECASE)
_HE: Final = re.compile(r"\b(?:He|She|he|she|his|her|His|Her)\b")
_GROUPS: Final = (
    (re.compile(r"\b[Tt]he (?:alliance|bloc|grouping|organi[sz]ation|union)\b"), ("Alliance", "Organization")),
    (re.compile(r"\b[Tt]he (?:country|nation|state)\b"), ("Country",)),
    (re.compile(r"\b[Tt]he (?:city|capital|town)\b"), ("City",)),
    (re.compile(r"\b[Tt]he (?:airline|company|carrier|outlet|agency|ministry)\b"), ("Organization", "Source")),
)


_IN: Final = re.compile(r"\b(?:in|at|near|outside|around|inside)\s+(?:the\s+)?(?:[a-z]+\s+)?$", re.IGNORECASE)
_PLACES: Final = ("City", "Place", "Region", "Country", "Territory")
_TELLING: Final = lists.words("telling")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing a sentence names.

    `implied` marks pronouns and common nouns, `titled` people meant by an office, `where` places
    that stand after "in", "at", "near".
    """

    start: int
    end: int
    id: str
    kind: str
    implied: bool = False
    titled: bool = False
    where: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as read."""

    sentence: Sentence
    dates: tuple[DatePhrase, ...]
    numbers: tuple[Number, ...]
    acts: tuple[Act, ...]
    named: tuple[Named, ...]
    quotes: tuple[Place, ...] = ()
    speakers: tuple[str, ...] = ()
    told: Place | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.sentence.text

    def inside(self, place: Place | None) -> tuple[Named, ...]:
        """The things named in a stretch of the sentence."""
        if place is None:
            return ()
        return tuple(n for n in self.named if place[0] <= n.start and n.end <= place[1] + 2)

    def quoted(self, place: Place) -> bool:
        """Whether a stretch stands in quotation marks."""
        return any(first <= place[0] and place[1] <= last for first, last in self.quotes)


@dataclass(slots=True)
class Told:
    """What the draft has said so far: the date told last, people by surname, things by kind."""

    last: Span | None = None
    people: dict[str, str] = None  # type: ignore[assignment]
    latest: dict[str, str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.people, self.latest = {}, {}


def read(sentence: Sentence, told: Told, names: Names, store: Store, today: Day) -> Read:
    """A sentence read after the ones before it; `told` is brought up to date."""
    text = sentence.text
    found = dates.dates(text, today, told.last)
    dated = [(p.start, p.end) for p in found]
    counted = tuple(n for n in numbers.numbers(text) if not any(s < n.end and n.start < e for s, e in dated))
    verbs = clauses.acts(text, dated)
    nouns = clauses.nominals(text, dated)
    acts = (
        *verbs,
        *(n for n in nouns if not any(v.place[0] <= n.place[0] and n.place[1] <= v.place[1] for v in verbs)),
    )
    quotes = tuple(m.span() for m in _QUOTE.finditer(text))
    day = next((p.spans[0][1] for p in found if p.spans and p.unit in ("day", "month", "week")), today)
    found_names = sorted(_named(text, told, names, store, min(day, today)), key=lambda n: n.start)
    named = tuple(replace(n, where=bool(_IN.search(text[: n.start])) and n.kind in _PLACES) for n in found_names)
    acts = tuple(sorted(_real(acts, named), key=lambda a: a.place))
    speakers, place = _speakers(text, acts, named)
    _remember(found, named, told, store)
    return Read(sentence, found, counted, acts, named, quotes, speakers, place)


def _real(acts: Iterable[Act], named: Sequence[Named]) -> Iterator[Act]:
    """The acts that are no part of a name: not the `Protest` of a protest movement's name."""
    for act in acts:
        if not any(n.start <= act.place[0] and act.place[1] <= n.end and not n.implied for n in named):
            yield act


def _named(text: str, told: Told, names: Names, store: Store, day: Day) -> Iterator[Named]:
    taken: list[Named] = []
    for mention in names.mentions(text, day):
        said = text[mention.start : mention.end]
        kind = mention.match.kind
        if (kind == "Person" and said.isupper() and len(said) <= 4) or _is_inner(text, mention.start, mention.end):
            continue
        titled = kind == "Person" and keys.key(naming.surname(mention.match.name)) not in keys.key(said)
        one = Named(mention.start, mention.end, mention.id, kind, titled=titled and " " in said)
        if kind == "Country":
            one = _organ(text, one, names, day) or one
        taken.append(one)
    papers = list(_papers(text, taken, store))
    taken = [n for n in taken if not any(p.start <= n.start and n.end <= p.end for p in papers)] + papers
    taken += list(_events(text, taken, names))
    yield from taken
    yield from _surnames(text, taken, told)
    yield from _implied(text, taken, told, store)


def _is_inner(text: str, start: int, end: int) -> bool:
    """Whether a name stands inside a longer one that nobody declared: China in "South China Morning Post"."""
    before = re.search(r"(?<!^)(?<![.!?“\"] )\b([A-Z][a-z]+) $", text[:start])
    after = re.match(
        r" (?:[A-Z][a-z]+ )?(?:Post|Times|Herald|Sea|University|Journal|Star|Institute|Airlines|Bank|Street|Today)\b",
        text[end:],
    )
    return bool(before and before[1] in ("South", "North", "East", "West", "New", "Bank", "Radio") and after) or bool(
        after
        and not before
        and text[end:].startswith((" Post", " Times", " Herald", " Sea", " University", " Street", " Today"))
    )


def _organ(text: str, country: Named, names: Names, day: Day) -> Named | None:
    """The ministry, parliament or police that a country's name and a word after it mean, when it is declared."""
    match = _PART.match(text, country.end)
    if match is None:
        return None
    try:
        found = names.resolve(text[country.start : match.end(1)], day)
    except (UnknownName, AmbiguousName):
        return None
    if found.id == country.id or found.part or found.score < 0.85:
        return None
    return Named(country.start, match.end(1), found.id, found.kind)


def _papers(text: str, taken: Sequence[Named], store: Store) -> Iterator[Named]:
    """Treaties and projects, which running text writes with a small letter: "the treaty of …"."""
    low = text.lower()
    for kind in ("Agreement", "Project"):
        for entity in store.entities(kind):
            for name, _ in (*entity.names, *entity.aliases):
                plain = name.lower().removeprefix("the ")
                at = low.find(plain) if len(plain) > 8 else -1
                if at >= 0 and not any(n.start < at + len(plain) and at < n.end and n.kind == kind for n in taken):
                    yield Named(at, at + len(plain), entity.id, kind)
                    break


def _events(text: str, taken: Sequence[Named], names: Names) -> Iterator[Named]:
    """Events called by two words, one of them a name: "Safarov brothers", "AZAL crash"."""
    words = list(re.finditer(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text))
    for one, other in itertools.pairwise(words):
        said = text[one.start() : other.end()]
        if other.start() - one.end() != 1 or not (one[0][0].isupper() or other[0][0].isupper()):
            continue
        for entity, _, _ in names.table.keyed(keys.key(said)):
            found = names.table.entity(entity)
            free = not any(n.start < other.end() and one.start() < n.end for n in taken)
            if free and found is not None and names.table.model.is_event(found.kind):
                yield Named(one.start(), other.end(), entity, found.kind)
                break


def _surnames(text: str, taken: Sequence[Named], told: Told) -> Iterator[Named]:
    """People whom the draft named in full before."""
    for match in re.finditer(r"\b[A-ZÀ-Ý][\w’'-]+", text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        person = told.people.get(word)
        if person and not any(n.start < match.end() and match.start() < n.end for n in taken):
            yield Named(match.start(), match.start() + len(word), person, "Person")


def _implied(text: str, taken: Sequence[Named], told: Told, store: Store) -> Iterator[Named]:
    for pattern, kinds in ((_HE, ("Person",)), *_GROUPS):
        match = pattern.search(text)
        if match is None or any(n.start < match.end() and match.start() < n.end for n in taken):
            continue
        before = [
            n
            for n in taken
            if n.end <= match.start() and not n.titled and any(store.model.is_a(n.kind, k) for k in kinds)
        ]
        meant = before[-1].id if before else next((told.latest[k] for k in kinds if k in told.latest), "")
        if meant:
            yield Named(match.start(), match.end(), meant, store.entity(meant).kind, implied=True)


def _speakers(text: str, acts: Sequence[Act], named: Sequence[Named]) -> tuple[tuple[str, ...], Place | None]:
    """Who is said to say the sentence, and where the sentence says so."""
    match = _ACCORDING.search(text)
    if match:
        after = [n for n in named if match.end() <= n.start <= match.end() + 60]
        end = after[0].end if after else min(len(text), match.end() + 40)
        return tuple(n.id for n in after[:1]), (match.start(), end)
    for act in acts:
        tells = (act.saying and act.verb in _TELLING) or act.code in ("ACCUSE", "THREATEN", "REQUEST")
        if act.noun or act.nested or act.intent == "aim" or not tells:
            continue
        who = [n for n in named if act.actor and act.actor[0] <= n.start and n.end <= act.actor[1] + 2]
        if act.actor and (who or act.saying):
            return tuple(n.id for n in who[:2]), (min(act.actor[0], act.place[0]), max(act.actor[1], act.place[1]))
    return (), None


def _remember(found: Sequence[DatePhrase], named: Sequence[Named], told: Told, store: Store) -> None:
    for phrase in found:
        if phrase.spans and phrase.unit in ("day", "week", "month", "year", "weekend"):
            told.last = phrase.spans[0]
    for one in named:
        if one.kind == "Person" and not one.titled:
            told.people[naming.surname(store.entity(one.id).name)] = one.id
        told.latest[one.kind] = one.id


def with_dates(one: Read, found: tuple[DatePhrase, ...]) -> Read:
    """The sentence with other dates: when what they count from became known."""
    return replace(one, dates=found)
