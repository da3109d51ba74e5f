"""What a text has said so far, and what it is to say: messages, and the state they are said in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.store import Store
from graph.tell.naming import Names
from graph.tell.status import Standing, standing_of
from graph.when import Clocks, Day

# What a stated link licenses, strongest wording first; a text takes them in turn.
LINK_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "causedBy": ("because of", "after"),
    "inResponseTo": ("in response to", "after"),
    "after": ("after",),
}
# Kinds of act that are done over something: a protest, a refusal, a reproach.
OVER: Final = ("Summons", "Cancellation", "Expulsion", "Sanction", "Suspension", "Protest")
IN_RESPONSE: Final = "In response"
# A text for no day in particular is read as if from a later year, so that every date tells its own.
UNDATED: Final = 366
# The detail at which an event is told in the words of its summary.
IN_FULL: Final = 4


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say.

    `kind` is event (with how much detail, 0 to 4), conflict (of a value), outcome, state (of a
    relation, `claim`), count (of answers to an event), others (answers only named, `named`) or gap
    (a silence up to an event). `back` marks an event told after later ones.
    """

    kind: str
    event: str
    detail: int = 2
    predicate: str = ""
    claim: str = ""
    named: tuple[str, ...] = ()
    back: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Events and how well each is supported, looked up once for all attempts at a text."""

    events: dict[str, Event]
    standings: dict[str, Standing]


@dataclass(slots=True)
class Telling:
    """What has been said so far: the names used, the events told, how the last sentence opened."""

    store: Store
    clocks: Clocks
    today: Day
    style: str
    names: Names
    parties: tuple[str, ...] = ()
    told: dict[str, Event] = field(default_factory=dict)
    last: Event | None = None
    rhythm: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    cause: str = ""
    worded: int = -1
    responses: int = 0
    places: frozenset[str] = frozenset()
    seen: Seen = field(default_factory=lambda: Seen({}, {}))

    @property
    def opening(self) -> str:
        """How the last sentence opened; empty at the start."""
        return self.rhythm[-1] if self.rhythm else ""

    def opened(self, how: str, text: str) -> None:
        """Remember how a sentence opened: with what kind of piece, with which words."""
        self.rhythm = (*self.rhythm[-2:], how)
        self.openings = (*self.openings[-3:], " ".join(text.split()[:2]))

    def event(self, event: str) -> Event:
        """The event of this id as known."""
        if event not in self.seen.events:
            self.seen.events[event] = self.store.event(event, clocks=self.clocks)
        return self.seen.events[event]

    def standing(self, event: Event) -> Standing:
        """How well an event is supported."""
        if event.id not in self.seen.standings:
            self.seen.standings[event.id] = standing_of(event.id, self.store, self.clocks)
        return self.seen.standings[event.id]

    def copy(self) -> Telling:
        """The same state, to try a sentence without saying it."""
        return replace(self, names=self.names.copy(), told=dict(self.told))


def accepted(event: Event, predicate: str) -> list[Claim]:
    """The claims with a predicate that nobody contests, best first."""
    return [c for c in event.of(predicate) if c.status is Status.ACCEPTED]


def is_count(claim: Claim) -> bool:
    """Whether a claim's value is a number of people or things."""
    return isinstance(claim.object, Literal) and claim.object.type == "integer"
