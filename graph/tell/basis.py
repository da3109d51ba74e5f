"""How a claim stood when a text was made from it: what a saved paragraph carries, so that a change shows later."""

from __future__ import annotations

from dataclasses import dataclass

from graph.claim import Claim, Stance, content_id
from graph.errors import UnknownName
from graph.store import Store
from graph.when import Clocks


@dataclass(frozen=True, slots=True)
class Basis:
    """A claim as it stood: a hash over its status and everybody who states or denies it, and what is against it.

    `against` holds the ids of claims that contradict it and of articles that deny it, as known then.
    """

    claim: str
    hash: str
    against: tuple[str, ...] = ()


def basis(claim: Claim, store: Store, clocks: Clocks) -> Basis:
    """How a claim stood at `known_at`; `claim` is as known then (see `Store.known_claim`)."""
    opposed = against(claim, store, clocks)
    said = content_id(claim.status.value, [c.id for c in claim.citations], opposed, claim.confirmed)
    return Basis(claim.id, said, opposed)


def against(claim: Claim, store: Store, clocks: Clocks) -> tuple[str, ...]:
    """The known claims that contradict a claim, and the articles that deny it, sorted."""
    denied = {c.article for c in claim.citations if c.stance is Stance.DENIES}
    return tuple(sorted({*(c for c in claim.contradicts if known(c, store, clocks)), *denied}))


def known(claim: str, store: Store, clocks: Clocks) -> Claim | None:
    """The claim of this id as known; None when it is in no file, or nobody had said it, or it was withdrawn."""

    def found() -> Claim | None:
        try:
            return store.known_claim(store.claim(claim), clocks)
        except UnknownName:
            return None

    return store.kept(("known", claim, clocks), found)
