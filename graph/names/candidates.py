"""What a text could mean: finders, each a function from a question to matches with score and reason.

Extend by adding a function to `FINDERS`; what is asked only when these are unsure is in `searchers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.names import keys, titles
from graph.names.match import Match
from graph.names.table import Named, Table, Term
from graph.when import Day, Held

_FORMS: Final = {
    "name": (1.0, "its name"),
    "alias": (0.97, "also called so"),
    "official": (0.97, "its official name"),
    "translation": (0.95, "its name in another language"),
    "exonym": (0.94, "its name in another language"),
    "code": (0.93, "its ISO 3166 code"),
    "romanised": (0.92, "its name in Latin letters"),
    "demonym": (0.9, "the word for its people"),
    "initials": (0.85, "its initials"),
}
SURNAME: Final = {Held.CERTAIN: 0.88, Held.POSSIBLE: 0.82, Held.NO: 0.78}
_PAREN: Final = re.compile(r"(.+?)\s*\(([^()]+)\)")
# Names that stand for a government without being the name of its capital.
_METONYMS: Final = {
    "kremlin": "russia",
    "white house": "united-states",
    "pentagon": "united-states",
    "capitol hill": "united-states",
    "downing street": "united-kingdom",
    "10 downing street": "united-kingdom",
    "whitehall": "united-kingdom",
    "elysee": "france",
    "elysee palace": "france",
    "quai d orsay": "france",
    "blue house": "south-korea",
    "zhongnanhai": "china",
    "sublime porte": "turkey",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A text to be resolved: as written, its key, the day, and the ids of what it is about."""

    text: str
    key: str
    day: Day | None = None
    context: frozenset[str] = frozenset()


Finder = Callable[[Question, Table], Iterator[Match]]


def match(found: Named, score: float, reason: str, part: str = "") -> Match:
    """A match with an entity."""
    return Match(found.id, found.name, found.kind, score, reason, part)


def by_id(question: Question, table: Table) -> Iterator[Match]:
    """The entity whose id the text is."""
    found = table.entity(question.text)
    if found:
        yield match(found, 1.0, "its id")


def by_name(question: Question, table: Table) -> Iterator[Match]:
    """Entities with this name, alias, code, demonym; surnames are judged by the day."""
    for entity, form, _ in table.keyed(question.key) or table.keyed(_uninverted(question.text)):
        found = table.entity(entity)
        if found is None or (form == "code" and not question.text.isupper()):
            continue
        if form == "surname":
            held = standing(found.id, question.day, table)
            yield match(found, SURNAME[held], _surname_reason(held, question.day))
        else:
            score, reason = _FORMS[form]
            # "the prime minister of Armenia" means the person; the office itself comes second.
            yield match(found, score * (0.85 if found.kind == "Office" else 1.0), reason)


def _uninverted(text: str) -> str:
    """The key of "Iran, Islamic Republic of" the right way round."""
    first, comma, last = text.partition(",")
    return keys.key(f"{last} {first}") if comma else ""


def _surname_reason(held: Held, day: Day | None) -> str:
    on = f"on {when_.iso(day)}" if day is not None else "now"
    told = {
        Held.CERTAIN: f"surname; in office {on}",
        Held.POSSIBLE: f"surname; perhaps in office {on}",
        Held.NO: "surname",
    }
    return told[held]


def standing(person: str, day: Day | None, table: Table) -> Held:
    """Whether a person held any recorded office on the day."""
    held = {term.held(day) for term in table.terms_of(person)}
    return next((h for h in (Held.CERTAIN, Held.POSSIBLE) if h in held), Held.NO)


def by_metonym(question: Question, table: Table) -> Iterator[Match]:
    """The country whose government is meant by "the Kremlin" or by its capital's name."""
    country = table.entity(_METONYMS.get(question.key, ""))
    if country:
        yield match(country, 0.86, "stands for its government")
    for entity, form, _ in table.keyed(question.key):
        city = table.entity(entity)
        if form in ("name", "alias") and city and city.kind == "City" and city.weight >= 40:
            whole = table.entity(city.country)
            if whole and whole.name != city.name:
                yield match(whole, 0.75, f"{city.name}, its capital, may stand for its government")


def by_phrase(question: Question, table: Table) -> Iterator[Match]:
    """Who or what "the French prime minister", "President Aliyev", "Police (Russia)" mean."""
    for called, whole in _phrases(question, table):
        title = titles.title(called)
        if title:
            yield from holders(title, whole, question.day, table)
        part = titles.part(called)
        if part or _PAREN.fullmatch(question.text):
            yield from _parts(part or called, whole, table)
    yield from _titled(question, table)


def _phrases(question: Question, table: Table) -> Iterator[tuple[str, Named]]:
    """Every way to read the text as a title or part and the country or other actor it belongs to."""
    paren = _PAREN.fullmatch(question.text)
    if paren:
        yield from ((keys.key(paren[1]), whole) for whole in _actors(paren[2], table))
        return
    words = question.key.split()
    for cut in range(1, min(len(words), 7)):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield from ((right, country) for country in countries(left, table))
        if words[cut] == "of" and cut + 1 < len(words):
            whole = right.removeprefix("of ")
            yield from ((left, country) for country in countries(whole, table))


def _actors(text: str, table: Table) -> tuple[Named, ...]:
    """The countries a text names, else the other actors of exactly this name."""
    key = keys.key(text)
    held = {e for e, form, _ in table.keyed(key) if form in ("name", "alias", "official")}
    return countries(key, table, text) or tuple(f for f in table.named(held) if table.model.is_a(f.kind, "Actor"))


def countries(key: str, table: Table, text: str = "") -> tuple[Named, ...]:
    """Countries and territories a key names: by name, alias or demonym."""
    held = table.keyed(key) or table.keyed(_uninverted(text))
    found = table.named({e for e, form, _ in held if form not in ("surname", "code", "initials")})
    return tuple(f for f in found if f.kind in ("Country", "Territory"))


def holders(title: str, country: Named, day: Day | None, table: Table) -> Iterator[Match]:
    """Who held a title of a country on the day; without a day, who holds it now."""
    best: dict[str, Match] = {}
    for term, sure in _terms(title, country, day, table):
        held = term.held(day)
        person = table.entity(term.person)
        if held is Held.NO or person is None:
            continue
        score = sure * _held_score(term, held, day) - (0.05 if day is None else 0)
        since = f" ({term.time})" if term.time else ", term undated"
        on = f"on {when_.iso(day)}" if day is not None else "now"
        word = "" if held is Held.CERTAIN else "possibly "
        if person.id not in best or best[person.id].score < score:
            best[person.id] = match(person, score, f"{word}{term.title} of {country.name} {on}{since}")
    yield from best.values()


def _held_score(term: Term, held: Held, day: Day | None) -> float:
    """A certain term counts most; an undated one little, unless a source shows it near that day."""
    if held is Held.CERTAIN:
        return 0.95
    if term.time:
        return 0.8
    return 0.85 if term.attested(day) else 0.65


def _terms(title: str, country: Named, day: Day | None, table: Table) -> Iterator[tuple[Term, float]]:
    """The terms a title means in a country, and how sure that reading is."""
    if title in ("leader", "ruler"):
        led = table.terms(country=country.id, title="leader")
        yield from ((term, 1.0) for term in led)
        # Who leads in fact is said for part of the time only; otherwise the two heads are asked.
        for head in () if any(term.held(day) is not Held.NO for term in led) else (titles.STATE, titles.GOVERNMENT):
            yield from ((term, 0.9) for term in table.terms(country=country.id, title=head))
        return
    yield from ((term, 1.0) for term in table.terms(country=country.id, title=title))
    head = titles.headship(title)
    if not head:
        return
    known = {term.title for term in table.terms(country=country.id)}
    crowned = any(titles.is_monarch(other) for other in known)
    if head == titles.STATE and crowned and not titles.is_monarch(title):
        return
    yield from ((term, 0.9) for term in table.terms(country=country.id, title=head))


def _parts(part: str, country: Named, table: Table) -> Iterator[Match]:
    """The organ of a country that a word names, or else the country with the part said."""
    wanted = set(part.split())
    own = {*keys.key(country.name).split(), *(w for e, f, t in table.keyed(keys.key(country.name)) for w in t.split())}
    for organ in table.organs(country.id):
        words = [w for w in keys.key(organ.name).split() if w not in own]
        said = titles.part(" ".join(w for w in words if w != "of")) or " ".join(words)
        if said == part:
            yield match(organ, 0.93, f"{part} of {country.name}")
        elif wanted <= set(words):
            yield match(organ, 0.68, f"an organ of {country.name} with {part} in its name")
    sure = 0.76 if titles.part(part) else 0.72 if titles.likely_part(part) else 0.62
    yield match(country, sure, f"{part} of {country.name}, which is no entity of its own here", part)


def _titled(question: Question, table: Table) -> Iterator[Match]:
    """The person in "President Aliyev", "French President Emmanuel Macron", "Mr Putin"."""
    words = question.key.split()
    start, country, title = 0, None, ""
    for cut in (1, 2, 3):
        found = countries(" ".join(words[:cut]), table) if len(words) > cut + 1 else ()
        if found:
            start, country = cut, found[0]
    for cut in (3, 2, 1):
        said = titles.title(" ".join(words[start : start + cut]))
        if said and len(words) > start + cut:
            title, start = said, start + cut
            break
    while start < len(words) - 1 and words[start] in titles.HONORIFICS:
        title, start = title or "honorific", start + 1
    if not title or start >= len(words):
        return
    for entity, form, _ in table.keyed(" ".join(words[start:])):
        person = table.entity(entity)
        if person is None or person.kind != "Person":
            continue
        yield _titled_match(person, form, title, country, question.day, table)


def _titled_match(person: Named, form: str, title: str, country: Named | None, day: Day | None, table: Table) -> Match:
    heads = {title, titles.headship(title)} - {""}
    terms = [t for t in table.terms_of(person.id) if country is None or t.country == country.id]
    held = {t.held(day) for t in terms if t.title in heads or title == "honorific"}
    score = 0.94 if form in ("name", "alias") else 0.9 if Held.CERTAIN in held else 0.84 if held - {Held.NO} else 0.76
    told = f"{title} then" if held - {Held.NO} and title != "honorific" else "the name after the title"
    return match(person, score, told)


FINDERS: Final[tuple[Finder, ...]] = (by_id, by_name, by_metonym, by_phrase)
