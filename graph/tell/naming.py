"""What to call things: in full with the office held that day at first, short afterwards."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterable, Sequence
from typing import Final

from graph.claim import Claim
from graph.entity import Event
from graph.errors import UnknownName
from graph.store import Store
from graph.tell.paragraph import Span
from graph.when import Clocks, Day, Held

_BEFORE_NAME: Final = re.compile(
    r"(?i)^(?:(?:acting|interim|first|deputy|vice|foreign|prime|defense|interior|culture|state|supreme) )*"
    r"(?:president|minister|king|queen|emperor|emir|sultan|pope|chancellor|secretary|speaker|spokesman|spokeswoman)$"
)
LONG_OWNER_WORDS: Final = 4
# Capacities of those who fill a place for a while, as adjectives.
_PASSING: Final = {
    "acting": "acting", "interim": "interim", "caretaker": "caretaker",
    "transitional": "transitional", "transition": "transitional",
}  # fmt: skip
# Countries whose people newsrooms name by another word before a title.
_ADJECTIVES: Final = {"united-states": "U.S.", "united-kingdom": "British"}


class Names:
    """The names used so far in one text; asking for a name again gives its short form."""

    def __init__(self, store: Store, *, audience: str = "informed", clocks: Clocks | None = None) -> None:
        self.store, self.audience, self.clocks = store, audience, clocks
        self.used: dict[str, None] = {}

    def copy(self) -> Names:
        """The same names used, to try a sentence without saying it."""
        other = Names(self.store, audience=self.audience, clocks=self.clocks)
        other.used = dict(self.used)
        return other

    def of(self, entity: str, day: Day, claims: Iterable[str] = ()) -> Span:
        """The name of a thing for its next mention, with the claims behind name, office and role."""
        again = entity in self.used
        self.used[entity] = None
        kind = kind_of(entity, self.store)
        if kind == "Person":
            text, held = (surname(self._name(entity)), ()) if again else self._person(entity, day)
            return Span(text, (*claims, *held), "name")
        text = running(entity, self.store)
        held = ()
        if not again and self.audience == "lay" and kind not in ("Country", "City"):
            text, held = self._introduced(entity, text)
        return Span(text, (*claims, *held), "name", plural=_plural(text))

    def list(self, entities: Iterable[str], day: Day, claims: Iterable[str] = ()) -> Span:
        """Several names joined with commas and `and`; people of one family share their surname."""
        known = list(self.used)
        ids = sorted(entities, key=lambda e: known.index(e) if e in self.used else len(known))
        family = _family([self._name(e) for e in ids if kind_of(e, self.store) == "Person"])
        if family and len(ids) > 1 and not any(e in self.used or self.office(e, day) for e in ids):
            self.used.update(dict.fromkeys(ids))
            return Span(family, tuple(claims), "name", plural=True)
        spans = [self.of(e, day) for e in ids]
        cited = tuple(dict.fromkeys((*claims, *(c for s in spans for c in s.claims))))
        return Span(joined([s.text for s in spans]), cited, "name", plural=len(spans) > 1 or spans[0].plural)

    def _name(self, entity: str) -> str:
        return self.store.entity(entity).name if self.store.has(entity) else entity

    def _person(self, entity: str, day: Day) -> tuple[str, tuple[str, ...]]:
        name = self._name(entity)
        if self.audience == "expert":
            return name, ()
        office = self.office(entity, day)
        if office is None:
            return self._introduced(entity, name)
        text, claims = titled(name, office, self.store, self.clocks)
        return text, (office.id, *claims)

    def office(self, person: str, day: Day) -> Claim | None:
        """The claim to the office a person certainly or possibly held that day, the latest one begun."""
        held = self.store.claims(subject=person, predicate="holdsOffice", clocks=self.clocks)
        fitting = [c for c in held if c.status.value == "accepted" and _holds(c, day)]
        if not fitting:
            return None
        return min(fitting, key=lambda c: (-(c.time.begin_earliest if c.time else 0), c.id))

    def _introduced(self, entity: str, text: str) -> tuple[str, tuple[str, ...]]:
        found = self.store.claims(subject=entity, predicate="description", clocks=self.clocks)
        if not found:
            return text, ()
        return f"{text}, {found[0].value},", (found[0].id,)


def kind_of(entity: str, store: Store) -> str:
    """The kind of a thing, or empty when it is not declared."""
    try:
        return store.entity(entity).kind
    except UnknownName:
        return ""


def forms(entity: str, day: Day, store: Store, clocks: Clocks | None = None) -> tuple[str, ...]:
    """Everything the entity may be called on a day: name, surname, name with an office held then, who they are."""
    found = store.entity(entity)
    said = [found.name, running(entity, store)]
    if found.kind == "Person":
        said.append(surname(found.name))
        offices = store.claims(subject=entity, predicate="holdsOffice", clocks=clocks)
        held = [c for c in offices if c.status.value == "accepted" and _holds(c, day)]
        said += [titled(found.name, c, store, clocks)[0] for c in held]
    descriptions = store.claims(subject=entity, predicate="description", clocks=clocks)
    said += [f"{running(entity, store)}, {c.value}," for c in descriptions]
    return tuple(dict.fromkeys(said))


def shortened(text: str, events: Iterable[Event], store: Store, among: Container[str] | None = None) -> str:
    """A text in which people of some events (only those `among`) are named by surname, as they were named before."""
    for who in dict.fromkeys(p.entity for e in events for p in e.participants):
        if kind_of(who, store) == "Person" and (among is None or who in among):
            name = store.entity(who).name
            text = re.sub(rf"\b{re.escape(name)}\b", surname(name), text)
    return text


def together(entities: Sequence[str], store: Store) -> str:
    """People of one family under their surname, "Huseyn and Ziyaddin Safarov"; empty for any others."""
    if len(entities) < 2 or any(kind_of(e, store) != "Person" for e in entities):
        return ""
    return _family([store.entity(e).name for e in entities])


def _family(names: Sequence[str]) -> str:
    if len(names) < 2 or len({surname(n) for n in names}) != 1:
        return ""
    last = surname(names[0])
    return f"{joined([n.removesuffix(last).strip() for n in names])} {last}"


def _holds(claim: Claim, day: Day) -> bool:
    time = claim.time
    return time is None or time.holds(day) is not Held.NO


def with_title(name: str, office: str, people: str = "") -> str:
    """A person's name with an office: before the name for heads and ministers, else in apposition.

    >>> with_title("Ilham Aliyev", "President of Azerbaijan")
    'President Ilham Aliyev of Azerbaijan'
    >>> with_title("Ilham Aliyev", "President of Azerbaijan", "Azerbaijani")
    'Azerbaijani President Ilham Aliyev'
    >>> with_title("Adalat Hasanov", "Chief medical examiner of Azerbaijan")
    "Adalat Hasanov, Azerbaijan's chief medical examiner,"
    >>> with_title("Dmitry Peskov", "Kremlin spokesman")
    'Kremlin spokesman Dmitry Peskov'
    """
    head, of, whole = office.partition(" of ")
    words = head.split()
    if _BEFORE_NAME.match(head) or (not of and _BEFORE_NAME.match(words[-1])):
        title = " ".join(w[:1].upper() + w[1:] for w in words) if of else office
        return f"{people} {title} {name}" if people and of else f"{title} {name}" + (f" of {whole}" if of else "")
    if not of:
        return f"{name}, {_lower(office)},"
    if len(whole.split()) > LONG_OWNER_WORDS or whole.startswith("the "):
        return f"{name}, {_lower(head)} of {whole},"
    place, inner, rest = re.sub(r" (in|to|at) ", r" \1\0", whole).partition("\0")
    owner, _, prep = place.rpartition(" ") if inner else (place, "", "")
    tail = f" {prep} {rest}" if inner else ""
    return f"{name}, {possessive(owner)} {_lower(head)}{tail},"


def adjective(country: str, store: Store, clocks: Clocks | None = None) -> tuple[str, tuple[str, ...]]:
    """The adjective of a country, "Turkish", with its claim; "Turk", which only begins it, gives way to it."""
    if country in _ADJECTIVES:
        return _ADJECTIVES[country], ()
    claims = store.claims(subject=country, predicate="demonym", clocks=clocks)
    best = max(claims, key=lambda c: (c.value.endswith("sh"), len(c.value), c.value), default=None)
    return (best.value, (best.id,)) if best is not None else ("", ())


def titled(name: str, held: Claim, store: Store, clocks: Clocks | None = None) -> tuple[str, tuple[str, ...]]:
    """A person's name with an office held, its country as an adjective where one is known; its claims.

    Who only fills it for a while has the word for that before a title, and no title after the name.
    """
    owners = [c.value for c in store.claims(subject=held.value, predicate="officeOf", clocks=clocks)]
    country = owners[0] if len(owners) == 1 and store.entity(owners[0]).kind == "Country" else ""
    people, claims = adjective(country, store, clocks) if country else ("", ())
    text = with_title(name, store.entity(held.value).name, people)
    used = claims if people and text.startswith(people) else ()
    if passing(held):
        return (name, ()) if text.startswith(name) else (f"{passing(held)} {text}", used)
    return text, used


def passing(held: Claim) -> str:
    """The word for who only fills a place for a while; empty for everybody else."""
    capacity = next((value.value for name, value in held.qualifiers if name == "capacity"), "")
    return _PASSING.get(capacity, "")


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def surname(name: str) -> str:
    """The last word of a person's name, particles kept: `van der Bellen`."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return " ".join(words[at:]) if words else name


def possessive(name: str) -> str:
    """The name in the possessive, AP style: only an apostrophe after a plural-looking proper name's s."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def running(entity: str, store: Store) -> str:
    """The name inside a sentence: with its article when an alias shows that it takes one."""
    try:
        found = store.entity(entity)
    except UnknownName:
        return entity
    if found.kind == "Country":
        return f"the {found.name}" if found.name in ARTICLE else found.name
    if found.kind == "Alliance" and _BODY.search(found.name):
        return f"the {found.name}"
    return _with_article(found.name, frozenset(text for text, _ in found.aliases))


@functools.lru_cache(maxsize=4096)
def _with_article(name: str, aliases: frozenset[str]) -> str:
    lowered = f"the {name[:1].lower()}{name[1:]}"
    with_article = lowered if lowered in aliases else f"the {name}"
    if name.partition(" ")[0] in ("unnamed", "two", "three", "four", "five", "six", "seven", "eight", "nine"):
        return name
    common = name.split()[-1].islower() and "'s " not in name and " of " not in name
    takes = with_article in aliases or name in ARTICLE or (common and len(name.split()) > 1)
    return with_article if takes else name


# An alliance whose name says what sort of body it is takes the article: `the Council of Europe`.
_BODY: Final = re.compile(
    r"^(?:Organi[sz]ation|Council|Commonwealth|Alliance|Association|Community|Conference|League|Union) (?:of|for|on) "
    r"|(?:Organi[sz]ation|Council|Union|Community|League|Association|System|Alliance|Committee)$"
)
ARTICLE: Final = frozenset(
    {
        "United States", "United Kingdom", "United Nations", "European Union", "Netherlands", "Philippines", "Kremlin",
        "Soviet Union", "United Arab Emirates", "Maldives", "Bahamas", "Gambia", "African Union", "Arab League", "BBC",
        "Confederation of Sahel States", "Alliance of Sahel States", "White House", "OSCE", "CSTO", "CIS", "EAEU", "G7",
        "G20", "Quad", "Middle East", "Caribbean", "UN Security Council", "United Arab Republic",
    }
)  # fmt: skip


def _plural(text: str) -> bool:
    return text.endswith(" police") or text.split()[0] in ("homes", "two", "eight") or " residents" in text


def joined(parts: Sequence[str]) -> str:
    """Words joined with commas and a last `and`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
