"""The terms a chain is scored by: small functions on numbers, each in [0, 1].

Their docstrings are shown to readers.
They run interpreted on a small index and compiled on a large one, so they use plain arithmetic.
"""

from __future__ import annotations

import math
from typing import Final

WORLD_EVENTS: Final = 10_000
SEVERITY_SCALE: Final = 12.0
USUAL_VOICES: Final = 3
ECHO_DAYS: Final = 21
VOICES_SCALE: Final = math.log(9.0)
TURN_BEFORE_DAYS: Final = 60
TURN_AFTER_DAYS: Final = 45
TURN_LEAST_EVENTS: Final = 3
SPREAD_DAYS: Final = 365
NOVELTY_DAYS: Final = 3 * 365
NOVELTY: Final = 0.3
ACTED_UPON_ACTS: Final = 1.3


def rarity(events: int, total: int) -> float:
    """How much it tells that two events share an actor or a word: little for one that is everywhere.

    A small graph is taken for a sample of a world with `WORLD_EVENTS` events.
    """
    return math.log(1.0 + max(total, WORLD_EVENTS) / max(events, 1))


def severity(intensity: float, deaths: int) -> float:
    """How grave the event was: what kind of act it is, and how many people died."""
    return min(1.0, (abs(intensity) + 2.0 * math.log10(1.0 + max(deaths, 0))) / SEVERITY_SCALE)


def recency(days: int, half_life: float) -> float:
    """How much of the event is still present: a statement fades in weeks, a treaty in years."""
    return math.exp(-max(days, 0) / half_life)


def freshness(days: int, scale: float) -> float:
    """How present an event of any kind still is: it fades ever more slowly, to half after three times `scale`."""
    return 1.0 / math.sqrt(1.0 + max(days, 0) / scale)


def coverage(voices: float) -> float:
    """How many more independent outlets report it than the usual three; copies of one agency's story count once.

    Outlets that still come to it more than three weeks later count extra: what is told again and again is what
    later events are traced back to.
    """
    return min(1.0, math.log(max(voices, USUAL_VOICES) / USUAL_VOICES) / VOICES_SCALE)


def followed(events: int) -> float:
    """How much came of it: how many later events sources trace back to it."""
    return min(1.0, math.log(1.0 + events) / VOICES_SCALE)


def turn(before: float, after: float, spread: float) -> float:
    """Whether relations were better or worse after it than before, compared with their usual swings."""
    return min(1.0, abs(after - before) / (2.0 * spread)) if spread > 0 else 0.0


def share(common: float, together: float, answered: bool) -> float:
    """How far the same actors took part in both, more when the one acted upon then acts."""
    if together <= 0:
        return 0.0
    return min(1.0, common / together * (ACTED_UPON_ACTS if answered else 1.0))


def fading(days: int, half_life: float) -> float:
    """How likely an answer still is after so many days."""
    return math.exp(-max(days, 0) / half_life)


def unstated(shared: float, response: float, faded: float) -> float:
    """How strongly two events seem linked when no source says so."""
    return shared * (0.35 + 0.65 * response) * (0.3 + 0.7 * faded)


def joined(stated: float, weak: float) -> float:
    """The strength of a link: what sources state, and what actors, kinds and days suggest."""
    return 1.0 - (1.0 - stated) * (1.0 - 0.9 * weak)
