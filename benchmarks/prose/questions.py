"""Random questions: a focus, a day, a length; every answer must be cited, in time and of the length, or refused.

Run: python -m benchmarks.prose.questions [--count 1000] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.errors import Insufficient, UnknownName
from graph.knowledge import KnowledgeGraph
from graph.tell.paragraph import Paragraph
from graph.tell.plan import TOLERANCE
from graph.when import Day, day, iso

FIRST, LAST = day("2022-03-01"), day("2026-03-31")


@dataclass
class Asked:
    """How many questions were told and refused, and every fault in words."""

    told: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def ask(kg: KnowledgeGraph, count: int, seed: int) -> Asked:
    """The outcome of so many random questions."""
    rng = random.Random(seed)
    events = [e.id for e in kg.store.entities("Event")]
    parties = sorted({p.entity for e in events for p in kg.store.event(e).participants})
    parties = [p for p in parties if kg.store.entity(p).kind in ("Country", "Person", "Alliance", "Organization")]
    stories = [s.id for s in kg.store.entities("Story")]
    found = Asked()
    for _ in range(count):
        kind = rng.random()
        names: tuple[str, ...]
        if kind < 0.5:
            names = (rng.choice(events),)
        elif kind < 0.65:
            names = (rng.choice(parties),)
        elif kind < 0.9:
            names = tuple(rng.sample(parties, 2))
        else:
            names = (rng.choice(stories),)
        when = kg.store.event(names[0]).when if kind < 0.5 else None
        first = when.begin_latest if when is not None and when.begin_latest < LAST else FIRST
        as_of, words = rng.randint(first, min(LAST, first + 500) if kind < 0.5 else LAST), rng.randint(40, 260)
        known_at = as_of - rng.choice((0, 0, 0, 3, 30))
        _one(kg, names, as_of, known_at, words, found)
    return found


def _one(kg: KnowledgeGraph, names: tuple[str, ...], as_of: Day, known_at: Day, words: int, found: Asked) -> None:
    question = f"{' and '.join(names)} as of {iso(as_of)}, known by {iso(known_at)}, {words} words"
    try:
        start = time.perf_counter()
        paragraph = kg.context(*names, as_of=as_of, known_at=known_at, words=words)
    except (Insufficient, UnknownName):
        found.refused += 1
        return
    found.seconds.append(time.perf_counter() - start)
    found.told += 1
    found.faults += [f"{question}: {fault}" for fault in faults(kg, paragraph, as_of, known_at, words)]


def faults(kg: KnowledgeGraph, paragraph: Paragraph, as_of: Day, known_at: Day, words: int) -> Iterator[str]:
    """What is wrong with a paragraph: uncited, later than its days, of another length."""
    for sentence in paragraph.sentences:
        if not (sentence.claims and sentence.sources and sentence.best):
            yield f"uncited: {sentence.text}"
        for claim in sentence.claims:
            if kg.store.known(kg.store.claim(claim)) > known_at:
                yield f"claim {claim} was published later: {sentence.text}"
        for article in sentence.sources:
            if kg.store.article(article).known > known_at:
                yield f"source {article} was published later: {sentence.text}"
        for event in sentence.events:
            if kg.store.model.is_event(kg.store.entity(event).kind):
                when = kg.store.event(event).when
                if when is not None and when.begin_earliest > as_of:
                    yield f"later than the day: {sentence.text}"
    if abs(paragraph.words - words) > TOLERANCE * words:
        yield f"{paragraph.words} words"


def main() -> None:
    """Print how many of the questions were told, refused, and at fault, and how long the told ones took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = ask(KnowledgeGraph.open("data/triples"), given.count, given.seed)
    times = sorted(found.seconds)
    print(
        f"{given.count} questions: {found.told} told, {found.refused} insufficient evidence, {len(found.faults)} faults"
    )
    if times:
        middle, high = times[len(times) // 2], times[int(0.95 * len(times))]
        print(f"a paragraph with its chain: median {1e3 * middle:.0f} ms, 95 of 100 under {1e3 * high:.0f} ms")
    print("\n".join(found.faults))


if __name__ == "__main__":
    main()
