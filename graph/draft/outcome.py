"""What a draft check says, as values: findings about parts of sentences, sentences, the report."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from graph.when import Day

Place = tuple[int, int]


class Outcome(enum.StrEnum):
    """What the graph says to a sentence or a part of one."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONFLICT = "conflict"
    NO_EVIDENCE = "no evidence"
    OPINION = "opinion or forecast"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a sentence says and what the graph says to it.

    `place` are offsets in the sentence, `rule` what was compared (date, count, place, office, …),
    `why` one sentence for the writer, `claims` the claims compared with, `event` the event meant.
    """

    place: Place
    outcome: Outcome
    rule: str
    why: str
    claims: tuple[str, ...] = ()
    event: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A claim near to what was written: its words, its sources as `publisher, date`, their addresses."""

    claim: str
    text: str
    sources: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with its findings; `suggestion` is how it could be said, with its source."""

    text: str
    line: int
    column: int
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    suggestion: str = ""
    heading: bool = False

    def part(self, finding: Finding) -> str:
        """The words a finding is about."""
        return self.text[slice(*finding.place)]


@dataclass(frozen=True)
class Report:
    """A whole draft, sentence by sentence, as checked for a day."""

    sentences: tuple[Checked, ...]
    as_of: Day
    known_at: Day | None
    fingerprint: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def conflicts(self) -> bool:
        """Whether any sentence conflicts with the graph."""
        return any(s.outcome is Outcome.CONFLICT for s in self.sentences)
