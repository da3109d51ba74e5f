"""What no claim can support: forecasts, motives and judgements that the writer makes in their own voice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.draft.outcome import Finding, Outcome
from graph.draft.read import Read
from graph.reading import lists

_KINDS: Final = (
    ("forecast", "a forecast; say whose it is"),
    ("motive", "a motive or meaning that no source is quoted for; say whose reading it is"),
    ("superlative", "a superlative that nothing recorded counts; give its source"),
    ("judgement", "a judgement in your own voice; say whose it is"),
)


def opinions(read: Read) -> Iterator[Finding]:
    """The forecasts, motives, superlatives and judgements of a sentence that is in nobody's mouth.

    In quotation marks, or after "X said", they are somebody's claim and are no finding.
    """
    if read.speakers or read.told:
        return
    taken: list[tuple[int, int]] = []
    for rule, why in _KINDS:
        for match in lists.pattern(rule).finditer(read.text):
            place = match.span()
            if read.quoted(place) or any(s < place[1] and place[0] < e for s, e in taken):
                continue
            taken.append(place)
            yield Finding(place, Outcome.OPINION, rule, why)
