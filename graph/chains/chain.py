"""What a chain is, as values: focus, steps, links, near misses.

These hold ids, days, numbers and short explanations, never entities or claims; whoever tells or
draws a chain looks those up in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Final, Literal

from graph.errors import InputError
from graph.when import Day, iso

FocusKind = Literal["event", "entity", "pair", "story"]
STATED_LABELS: Final = ("caused by", "in response to", "part of", "follow-up", "after")
LIKELY: Final = "likely response (not stated)"
SAME_ACTORS: Final = "same actors"
NO_LINK: Final = "no stated link"
LABELS: Final = (*STATED_LABELS, LIKELY, SAME_ACTORS, NO_LINK)
SILENCE_DAYS: Final = 90


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Focus:
    """What a chain is about.

    `entities` are the actors the question is between, best first; `event` the event to explain,
    empty unless kind is "event"; `seeds` further events that must be explained (a story's);
    `words` narrow a story to events whose names or summaries hold them; `story` is the id of a
    recorded story, if it is one; `day` the ISO date of a question about one day.
    """

    kind: FocusKind
    entities: tuple[str, ...]
    event: str = ""
    seeds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    story: str = ""
    day: str = ""

    def __post_init__(self) -> None:
        if self.kind == "event" and not self.event:
            raise InputError("a focus on an event without the event")
        if self.kind == "pair" and len(self.entities) != 2:
            raise InputError(f"a pair of {len(self.entities)}", expected="two entities")


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a chain.

    `day` is the day used for order, `when` the date as the sources give it; `score` in [0, 1] and
    the `terms` it is made of; `root` is true where the chain's account begins; `numbers` count
    `voices` (independent outlets), `echoes` (those of them that first tell of it more than three weeks
    later), `followed_by` (events sources trace back to it), `days_before` the day asked about and
    `deaths`, when anybody counts them.
    """

    event: str
    day: Day
    when: str
    score: float
    terms: Mapping[str, float] = field(default_factory=_nothing, hash=False)
    explanation: str = ""
    pinned: bool = False
    root: bool = False
    numbers: Mapping[str, int] = field(default_factory=_nothing, hash=False)


@dataclass(frozen=True, slots=True)
class Link:
    """Why a later event stands after an earlier one.

    `label` is one of `LABELS`; only those in `STATED_LABELS` rest on claims, named in `stated`,
    and license a causal word. `days` lie between the two; `strength` in [0, 1] is made of `terms`.
    """

    earlier: str
    later: str
    label: str
    strength: float
    stated: tuple[str, ...] = ()
    days: int = 0
    explanation: str = ""
    terms: Mapping[str, float] = field(default_factory=_nothing, hash=False)

    @property
    def is_stated(self) -> bool:
        """True when a source states the link."""
        return bool(self.stated)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An event that was nearly chosen, and the term that lost it its place."""

    event: str
    score: float
    lost_by: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The events that explain a focus, in time order, each attached to an earlier one or to none.

    `links` hold at most one link a step (its attachment), `side` further links worth showing;
    `gaps` are silences of more than `SILENCE_DAYS` days between neighbouring steps, as day pairs.
    `fingerprint` names the store's content, `config` the weights, so equal inputs are recognised.
    """

    focus: Focus
    as_of: Day | None
    known_at: Day | None
    steps: tuple[Step, ...]
    links: tuple[Link, ...] = ()
    side: tuple[Link, ...] = ()
    gaps: tuple[tuple[Day, Day], ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    fingerprint: str = ""
    config: str = ""

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the events, in time order."""
        return tuple(step.event for step in self.steps)

    def step(self, event: str) -> Step:
        """The step of an event of this chain."""
        return next(step for step in self.steps if step.event == event)

    def link_to(self, event: str) -> Link | None:
        """The link that attaches an event to an earlier one, or None for a root."""
        return next((link for link in self.links if link.later == event), None)


def as_value(chain: Chain) -> dict[str, Any]:
    """The chain as plain JSON values; days are ISO dates, None where there is no cut."""
    value: dict[str, Any] = {
        "focus": asdict(chain.focus),
        "as_of": chain.as_of and iso(chain.as_of),
        "known_at": chain.known_at and iso(chain.known_at),
        "steps": [{**_value(s), "day": iso(s.day)} for s in chain.steps],
        "links": [_value(link) for link in chain.links],
        "side": [_value(link) for link in chain.side],
        "gaps": [[iso(first), iso(last)] for first, last in chain.gaps],
        "near_misses": [asdict(miss) for miss in chain.near_misses],
        "fingerprint": chain.fingerprint,
        "config": chain.config,
    }
    return value


def _value(part: Step | Link) -> dict[str, Any]:
    found = {f.name: getattr(part, f.name) for f in fields(part)}
    found |= {"terms": {name: round(float(term), 4) for name, term in part.terms.items()}}
    return found | ({"numbers": dict(part.numbers)} if isinstance(part, Step) else {})
