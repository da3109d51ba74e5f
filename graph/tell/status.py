"""How well an event is supported: the lattice that decides between plain past and attribution.

confirmed ≥ 2 independent voices · official: the actor announced its own act · reported: one
independent voice · claimed: parties to the dispute only · accused: blame that nobody has proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph import voices
from graph.claim import Claim, Stance, Status
from graph.entity import Event
from graph.store import Store
from graph.tell.paragraph import Support
from graph.when import Clocks

_BELONGS: Final = (
    "organOf",
    "headOfStateOf",
    "headOfGovernmentOf",
    "holdsOffice",
    "officeOf",
    "affiliatedWith",
    "citizenOf",
    "ownedBy",
)
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """The support of an event with what it was judged by."""

    support: Support
    independent: tuple[str, ...]
    speakers: tuple[str, ...]
    only_parties: bool


def country_of(entity: str, store: Store) -> str:
    """The country an entity acts for, up a few steps of office, organ, owner or citizenship; or empty."""
    return store.kept(("country", entity), lambda: _country_of(entity, store))


def _country_of(entity: str, store: Store) -> str:
    seen, front = {entity}, [entity]
    for _ in range(_STEPS):
        for at in front:
            if store.has(at) and store.model.is_a(store.entity(at).kind, "Country"):
                return at
        found = {c.value for at in front for p in _BELONGS for c in store.claims(subject=at, predicate=p)}
        front = sorted(found - seen)
        seen |= found
    return ""


def standing_of(event: str, store: Store, clocks: Clocks) -> Standing:
    """How well the event of an id is supported, as known."""
    return store.kept(("standing", event, clocks), lambda: standing(store.event(event, clocks=clocks), store, clocks))


def standing(event: Event, store: Store, clocks: Clocks) -> Standing:
    """How well the event itself is supported, as known."""
    said = [c for c in _core(event) if c.status is Status.ACCEPTED]
    sides = {country_of(p.entity, store) or p.entity for p in event.participants}
    independent, speakers = _voices(said, sides, store)
    actors = {country_of(a, store) or a for a in (*event.who("actor"), *event.who("signatory"))}
    own_word = any((country_of(s, store) or s) in actors for s in speakers)
    planned = _planned(event, store, clocks)
    return Standing(_support(event, independent, speakers, own_word, planned), independent, speakers, not independent)


def _core(event: Event) -> Iterable[Claim]:
    """The claims that say the event happened and who did it."""
    main = {"actor", "signatory", "operator", "participant", "victim", "target"}
    return (c for c in event.claims if c.predicate == "happened" or c.predicate in main)


def _voices(claims: Iterable[Claim], sides: set[str], store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    independent: set[str] = set()
    speakers: set[str] = set()
    for claim in claims:
        for citation in claim.citations:
            if citation.stance is Stance.DENIES:
                continue
            voice = voices.voice(citation.article, store)
            side = country_of(voice, store) or voice
            if citation.speaker:
                speakers.add(citation.speaker)
            speaking = country_of(citation.speaker, store) or citation.speaker
            if side not in sides and (not citation.speaker or speaking not in sides):
                independent.add(voice)
    return tuple(sorted(independent)), tuple(sorted(speakers))


def _support(
    event: Event, independent: tuple[str, ...], speakers: tuple[str, ...], own: bool, planned: bool
) -> Support:
    if planned:
        return Support.PLANNED
    if event.model.is_a(event.kind, "Accusation"):
        return Support.ACCUSED
    if event.model.is_a(event.kind, "Statement") or own:
        return Support.OFFICIAL
    if len(independent) >= 2:
        return Support.CONFIRMED
    if independent:
        return Support.REPORTED
    return Support.CLAIMED if speakers else Support.REPORTED


def _planned(event: Event, store: Store, clocks: Clocks) -> bool:
    """Whether every source that dates the event was published before its day."""
    dated = event.of("happened")
    if not dated or event.when is None:
        return False
    known = [store.article(c.article).known for claim in dated for c in claim.citations]
    return max(known) < event.when.begin_earliest and (clocks.as_of is None or clocks.as_of < event.when.begin_earliest)
