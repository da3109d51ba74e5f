"""Questions a reader asks next, answered from the graph; what cannot be answered says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.chains.chain import Chain
from graph.claim import Claim
from graph.when import Day
from viz import dates, words
from viz.material import Material
from viz.sections import Asked

_EARLIER_MOST = 8
_MOST = 6


def asked(
    chain: Chain, pair: Sequence[tuple[str, Day]], claims: Sequence[Claim], material: Material
) -> tuple[Asked, ...]:
    """The questions of a story page with their answers."""
    return (
        _before(chain, pair, material),
        _spoke(claims, material),
        _single(claims, material),
        _silence(chain, material),
    )


def earlier(chain: Chain, pair: Sequence[tuple[str, Day]]) -> tuple[str, ...]:
    """The pair's last events before the chain begins."""
    first = chain.steps[0].day
    return tuple(e for e, day in pair if day < first)[-_EARLIER_MOST:]


def _before(chain: Chain, pair: Sequence[tuple[str, Day]], material: Material) -> Asked:
    rows = []
    for name in earlier(chain, pair):
        event = material.store.event(name, clocks=material.clocks)
        date = dates.when(event.when.text) if event.when else ""
        rows.append((date, event.name, material.numbers(event.of("happened")[:1])))
    began = dates.day(chain.steps[0].day)
    return Asked(f"What happened between them before {began}?", tuple(rows), "" if rows else "Nothing is recorded.")


def _spoke(claims: Sequence[Claim], material: Material) -> Asked:
    count: Counter[str] = Counter()
    numbers: dict[str, set[int]] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.speaker:
                count[citation.speaker] += 1
                numbers.setdefault(citation.speaker, set()).add(material.sources[citation.article].number)
    rows = tuple(
        (words.name(who, material.store), f"{n} claim{'s' if n > 1 else ''}", tuple(sorted(numbers[who])[:6]))
        for who, n in sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))[:_MOST]
    )
    return Asked("Whose word is it?", rows, "" if rows else "No source quotes anybody.")


def _single(claims: Sequence[Claim], material: Material) -> Asked:
    alone = {
        c.id: c
        for c in claims
        if material.said[c.id].voices == 1
        and c.predicate not in ("summary", "inStory")
        and c.id not in {o for other in claims for o in other.contradicts}
        and material.store.model.predicate(c.predicate).form != "relation"
    }
    rows = tuple(
        ("", material.said[c.id].text, material.numbers([c]))
        for c in sorted(alone.values(), key=lambda c: (c.subject, c.predicate, c.id))[:_MOST]
    )
    more = len(alone) - len(rows)
    note = f"{more} more rest on one voice; the table marks each." if more > 0 else ""
    return Asked("What rests on a single voice?", rows, note if rows else "Nothing does.")


def _silence(chain: Chain, material: Material) -> Asked:
    rows: list[tuple[str, str, tuple[int, ...]]] = [
        (dates.apart(last - first), f"Nothing is recorded between {dates.day(first)} and {dates.day(last)}.", ())
        for first, last in chain.gaps
    ]
    denied = [s for s in material.said.values() if any(c.denies for c in s.cited)]
    rows += [("denied", s.text, tuple(sorted({c.source.number for c in s.cited}))) for s in denied]
    return Asked("What is missing or denied?", tuple(rows), "" if rows else "No gap longer than 90 days, no denial.")
