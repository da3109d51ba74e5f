"""How good paragraphs are, by what can be counted: over all stories at 60, 150 and 240 words.

Cited: share of sentences with claims and sources. Facts: claims per 100 words. Owners: independent voices
behind the paragraph. Parties: share of sentences that only parties say. Answered: share of the focus
event's participants, places and stated links of which another sentence tells something. Grade: Flesch-Kincaid.
Words: share of long words used more than twice (names aside). Openings: share of neighbours that open alike.

Run: python -m benchmarks.prose.quality
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean

from benchmarks.prose.mutants import LENGTHS, focuses
from graph import voices
from graph.claim import Stance
from graph.errors import Insufficient
from graph.knowledge import KnowledgeGraph
from graph.tell.paragraph import Paragraph
from graph.tell.plan import events_for

LATER = 30
"""Days after its event on which a paragraph is asked for."""
_LONG = 6
_OFTEN = 2


def measures(paragraph: Paragraph, focus: str, kg: KnowledgeGraph) -> dict[str, float]:
    """The measures of one paragraph by name; shares are between 0 and 1."""
    said, words = paragraph.sentences, max(1, paragraph.words)
    citations = [c for i in paragraph.claims for c in kg.store.claim(i).citations if c.article in paragraph.numbers]
    return {
        "cited": mean(bool(s.claims and s.best) for s in said),
        "facts": 100 * len(paragraph.claims) / words,
        "owners": len(voices.voices(citations, kg.store, Stance.STATES)),
        "parties": mean("parties only" in s.flags for s in said),
        "answered": answered(paragraph, focus, kg),
        "grade": grade([s.text for s in said]),
        "words": repeated(paragraph),
        "openings": mean([a.text.split()[:2] == b.text.split()[:2] for a, b in itertools.pairwise(said)] or [0]),
    }


def answered(paragraph: Paragraph, focus: str, kg: KnowledgeGraph) -> float:
    """The share of what an event involves (who, where, what it answers) of which another sentence tells something."""
    event = kg.store.event(focus)
    asked = {p.entity for p in event.participants} | {c.value for c in (*event.of("tookPlaceIn"), *event.links)}
    told = {e for s in paragraph.sentences if focus not in s.events for e in s.events}
    for sentence in paragraph.sentences:
        for claim in (kg.store.claim(i) for i in sentence.claims):
            if claim.subject != focus:
                told |= {claim.subject, claim.value}
    return len(asked & told) / len(asked) if asked else 1.0


def grade(sentences: list[str]) -> float:
    """The school grade of a text. Source: Kincaid et al. 1975, Derivation of New Readability Formulas."""
    words = re.findall(r"[A-Za-z']+", " ".join(sentences))
    beats = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w.lower())))) for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * beats / len(words) - 15.59


def repeated(paragraph: Paragraph) -> float:
    """The share of long small-letter words that stand more than twice."""
    count = Counter(w for w in re.findall(r"\b[a-z]+\b", paragraph.text) if len(w) >= _LONG)
    return sum(n > _OFTEN for n in count.values()) / max(1, len(count))


def paragraphs(kg: KnowledgeGraph, story: str, words: int) -> Iterator[tuple[Paragraph, str]]:
    """A paragraph for each event of a story that the claims can fill, with the event."""
    for names in focuses(kg, story):
        if len(names) > 1 or not kg.store.model.is_event(kg.store.entity(names[0]).kind):
            continue
        when = kg.store.event(names[0]).when
        day = when.begin_latest + LATER if when else None
        try:
            yield kg.tell(kg.chain(*names, as_of=day, events=events_for(words)), words=words, at_most=True), names[0]
        except Insufficient:
            continue


def main() -> None:
    """Print the mean of each measure by story and length."""
    kg = KnowledgeGraph.open("data/triples")
    names = ("cited", "facts", "owners", "parties", "answered", "grade", "words", "openings")
    print(f"{'story':28}{'words':>6}{'texts':>7}" + "".join(f"{n:>10}" for n in names))
    for story, words in itertools.product([s.id for s in kg.store.entities("Story")], LENGTHS):
        found = [measures(p, focus, kg) for p, focus in paragraphs(kg, story, words)]
        if found:
            means = "".join(f"{mean(m[n] for m in found):10.2f}" for n in names)
            print(f"{story:28}{words:6}{len(found):7}{means}", flush=True)


if __name__ == "__main__":
    main()
