"""From claims to the words that fill a frame: names for roles, words for counts, the place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.store import Store
from graph.tell import dates, status
from graph.tell.forms import Form
from graph.tell.frames import placeholders
from graph.tell.naming import joined, running, shortened
from graph.tell.paragraph import Span
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import Telling, accepted
from graph.when import Day


def bind(event: Event, form: Form, detail: int, telling: Telling) -> dict[str, Span]:
    """What fills the placeholders of a form: accepted claims only, and no place that was just said."""
    day = event.when.begin_latest if event.when else telling.today
    found: dict[str, Span] = {}
    for wanted in dict.fromkeys(placeholders(form.text)):
        name, _, shape = wanted.partition(".")
        if name in ("place", "when", "self") or name in found:
            continue
        claims = accepted(event, name)
        if not claims:
            continue
        if telling.store.model.predicate(name).form != "role":
            said = value(claims[0])
            short = shortened(said.text, telling.told.values(), telling.store, telling.names.used)
            found[name] = dataclasses.replace(said, text=short)
        elif name == "about" and event.of("signatory"):
            found[name] = _paper(claims, event, day, telling)
        elif shape == "office":
            found[wanted] = _office(claims, day, telling)
            found[name] = found[wanted]
        else:
            found[name] = _names(claims, day, telling)
    if form.own:
        found["self"] = Span(form.own, tuple(c.id for c in event.of("happened")[:1]), "name")
    place = (
        _place(event, telling, [s.text for s in found.values()], near="near {place}" in form.text)
        if detail >= 1
        else None
    )
    if place is not None:
        found["place"] = place
    return found


def value(claim: Claim) -> Span:
    """A count in words or figures, or a text as it stands."""
    thing = claim.object
    assert isinstance(thing, Literal)
    if thing.type == "integer":
        return Span(dates.number(int(thing.value)), (claim.id,), "count", plural=thing.value != "1")
    return Span(thing.value, (claim.id,), "value")


def _names(claims: Sequence[Claim], day: Day, telling: Telling) -> Span:
    ids = sharpest([c.value for c in claims], telling.store)
    kept = tuple(c.id for c in claims if c.value in ids)
    if all(telling.store.model.is_event(telling.store.entity(i).kind) for i in ids):
        return Span(joined([reference(i, telling) for i in ids]), kept, "reference", plural=len(ids) > 1)
    return telling.names.list(ids, day, kept)


def _paper(claims: Sequence[Claim], event: Event, day: Day, telling: Telling) -> Span:
    """What was signed; a name that lists its parties again loses them: "a trilateral memorandum"."""
    made = _names(claims, day, telling)
    short = without_parties(made.text, [telling.store.entity(s).name for s in event.who("signatory")])
    return Span(short, made.claims, "name", plural=made.plural)


def without_parties(paper: str, parties: Sequence[str]) -> str:
    """The name of an agreement without the parties in it, when they sign it in the same sentence.

    >>> without_parties("the trilateral memorandum of Turkey, Finland and Sweden", ["Finland", "Turkey", "Sweden"])
    'a trilateral memorandum'
    """
    head, of, tail = paper.partition(" of ")
    named = [n.strip() for n in tail.replace(" and ", ", ").split(", ")]
    if not of or len(parties) < 2 or set(named) - set(parties):
        return paper
    plain = head.removeprefix("the ")
    return plain if plain.endswith("s") else f"{'an' if plain[0].lower() in 'aeiou' else 'a'} {plain}"


def _office(claims: Sequence[Claim], day: Day, telling: Telling) -> Span:
    ids = sharpest([c.value for c in claims], telling.store)
    kept = tuple(c.id for c in claims if c.value in ids)
    if not any(telling.store.entity(i).kind == "Source" for i in ids):
        return telling.names.list(ids, day, kept)
    telling.names.used.update(dict.fromkeys(ids))
    return Span(joined([office_of(i, telling.store) for i in ids]), kept, "name", plural=len(ids) > 1)


def office_of(entity: str, store: Store) -> str:
    """What police search and authorities close of an outlet: its office; anything else by its name."""
    name = running(entity, store)
    return f"the office of {name}" if store.entity(entity).kind == "Source" else name


def sharpest(ids: Iterable[str], store: Store) -> tuple[str, ...]:
    """Without those for whom another one in the list acts: a minister stands for the state."""
    listed = tuple(dict.fromkeys(ids))
    wholes = {w for i in listed for w in _wholes(i, store)}
    return tuple(i for i in listed if i not in wholes) or listed


def _wholes(entity: str, store: Store) -> set[str]:
    above = {status.country_of(entity, store)} | {c.value for c in store.claims(subject=entity, predicate="organOf")}
    return {w for w in above if w and w != entity}


def _place(event: Event, telling: Telling, said: Sequence[str], *, near: bool) -> Span | None:
    found = place_of(event, telling.store)
    if found is None or found.value in telling.places:
        return None
    name = running(found.value, telling.store)
    if any(name in text for text in said):
        return None
    telling.places = telling.places | {found.value}
    country = _country(found.value, telling, said) if near or telling.store.entity(found.value).kind == "City" else None
    if country is None:
        return Span(name, (found.id,), "at" if is_building(found.value, telling.store) else "place")
    return Span(f"{name}, {telling.store.entity(country.value).name},", (found.id, country.id), "place")


def is_building(place: str, store: Store) -> bool:
    """Whether one is at a place and not in it: the White House."""
    return store.entity(place).kind == "Place" and running(place, store).startswith("the ")


def place_of(event: Event, store: Store) -> Claim | None:
    """The claim to where it took place, the narrowest place before the one that holds it."""
    claims = [c for c in event.of("tookPlaceIn") if c.status is Status.ACCEPTED]
    cities = [c for c in claims if store.entity(c.value).kind in ("City", "Place")]
    return (cities or claims)[0] if claims else None


def _country(place: str, telling: Telling, said: Sequence[str]) -> Claim | None:
    """The country that holds a city, when neither the sentence nor the text so far tells it."""
    store = telling.store
    claims = store.claims(subject=place, predicate="locatedIn", clocks=telling.clocks)
    held = [c for c in claims if store.entity(c.value).kind == "Country"]
    if not held or store.claims(subject=place, predicate="capitalOf"):
        return None
    country = store.entity(held[0].value)
    named = any(country.name in text for text in said) or held[0].value in telling.names.used
    return None if named else held[0]


def reference(event: str, telling: Telling) -> str:
    """How to refer to an event: shortly when it was just told, else by its name."""
    found = telling.event(event)
    recent = telling.last is not None and telling.last.id == event
    return short_reference(found) if recent else long_reference(found, telling.store)
