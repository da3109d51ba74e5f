"""Events and their participants: read-only views over claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graph.claim import Claim, Entity, Status
from graph.model import Model
from graph.when import When


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity in a role of an event, with the claims that say so."""

    entity: str
    role: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened, as the claims given say: change the claims and it changes.

    Claims come sorted best first: accepted before contested, then more citations, then id.
    """

    entity: Entity
    claims: tuple[Claim, ...]
    model: Model

    @property
    def id(self) -> str:
        """The entity id."""
        return self.entity.id

    @property
    def kind(self) -> str:
        """The name of the event kind."""
        return self.entity.kind

    @property
    def name(self) -> str:
        """The English name."""
        return self.entity.name

    @cached_property
    def when(self) -> When | None:
        """The best supported date; None when no claim dates the event."""
        dated = self.of("happened")
        return dated[0].time if dated else None

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        """Everyone with a role, by role and entity."""
        held: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            if self.model.predicate(claim.predicate).form == "role" and isinstance(claim.object, str):
                held.setdefault((claim.predicate, claim.object), []).append(claim)
        return tuple(Participant(who, role, tuple(said)) for (role, who), said in sorted(held.items()))

    def of(self, predicate: str) -> tuple[Claim, ...]:
        """The claims with a predicate, best first."""
        return tuple(c for c in self.claims if c.predicate == predicate)

    def value(self, predicate: str) -> str:
        """The best supported value of a predicate as text, or empty."""
        found = self.of(predicate)
        return found[0].value if found else ""

    def who(self, role: str) -> tuple[str, ...]:
        """The entities in a role, best supported first."""
        return tuple(c.value for c in self.of(role))

    @cached_property
    def links(self) -> tuple[Claim, ...]:
        """Stated links from this event to earlier ones or to the event it is part of."""
        return tuple(c for c in self.claims if self.model.predicate(c.predicate).form == "link")


def event(entity: Entity, claims: Iterable[Claim], model: Model) -> Event:
    """The view of an event over the claims about it, sorted best first."""
    return Event(entity, tuple(sorted(claims, key=best_first)), model)


def best_first(claim: Claim) -> tuple[bool, int, str]:
    """A sort key: accepted before contested, more citations before fewer, then id."""
    return claim.status is not Status.ACCEPTED, -len(claim.citations), claim.id
