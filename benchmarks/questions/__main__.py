"""Answer typed questions in English over ICEWS facts and print how many are right, by type.

It is the code of `backstory ask "…"`, with names compared to the labels of the source.

Run: python -m benchmarks.questions [--questions FILE] [--shared FOLDER] [--wrong N]
A question is a JSON line with question, answers, answer_type, qtype (as in MultiTQ).
"First right" counts a question whose first answer is among the gold ones, "all right" one whose answers
are the gold ones and no others. A refusal counts as wrong. The questions and facts are never committed.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.questions import icews
from graph.errors import GraphError
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.names import Match
from graph.names.labels import Labels, country_keys
from graph.questions.reading import answer
from graph.questions.reading.read import Reading, read

ROOT: Final = Path(__file__).resolve().parents[2]
QUESTIONS: Final = Path("data/multitq/questions.dev.jsonl")
_LIKELY: Final = 0.45
_NEAR: Final = 0.75


def as_meant_here(reading: Reading, question: str) -> Reading:
    """The reading with this collection's own usage.

    Its questions say "wish to visit" of a visit made and "seek diplomatic cooperation" of an intent;
    asked for whom somebody acted on, "after 2008" counts from its first day.
    """
    if reading.code == "036" and "wish to visit" in question:
        reading = replace(reading, code="042")
    if reading.code == "022":
        reading = replace(reading, code="032")
    if reading.asked == "target" and reading.relation == "after" and reading.window:
        reading = replace(reading, window=f"{reading.window}-01-01"[:10])
    return reading


class Answerer:
    """Answers questions over an index of labels."""

    def __init__(self, index: Index, labels: Labels) -> None:
        self.index, self.labels = index, labels
        self._near: dict[str, Sequence[Match]] = {}

    def near(self, text: str) -> Sequence[Match]:
        """The labels a name may mean; UnknownName when none is likely."""
        if text not in self._near:
            self._near[text] = self.labels.near(text, _LIKELY, _NEAR)
        return self._near[text]

    def answers(self, question: str) -> list[str]:
        """The answers to a question, those of the sort asked for first."""
        reading = as_meant_here(read(question), question)
        found = answer.find(reading, self.index, self.near, {reading.code}).acts
        if reading.asked == "time":
            return list(answer.times(reading, found))
        side = found.actor if reading.asked == "actor" else found.target
        names = dict.fromkeys(self.index.entity_id(int(e)) for e in side)
        if reading.order:
            # Of several on the first or last day the collection names one, by its file's order.
            return sorted(names, key=lambda n: n.replace(" ", "_"), reverse=reading.order == "last")[:1]
        if not reading.sort:
            return list(names)
        return sorted(names, key=lambda n: self.labels.is_country(n) != (reading.sort == "country"))


def labels(index: Index) -> Labels:
    """The labels of an index, with the countries of our own graph."""
    table = KnowledgeGraph.open(ROOT / "data" / "triples").names.table
    count = len(index.arrays.y_off) - 1
    return Labels((index.entity_id(e) for e in range(count)), country_keys(table))


def measure(answerer: Answerer, questions: Sequence[dict[str, Any]], wrong: int) -> dict[str, list[int]]:
    """By type: questions, those refused, those with the first answer right, those with all right."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for q in questions:
        count = counts[f"{q['qtype']} ({q['answer_type']})"]
        count[0] += 1
        gold, why = set(q["answers"]), ""
        try:
            found = answerer.answers(q["question"])
        except GraphError as error:
            found, why = [], str(error)
            count[1] += 1
        count[2] += bool(found) and found[0] in gold
        count[3] += set(found) == gold
        if set(found) != gold and wrong > 0:
            wrong -= 1
            print(f"{q['question']}\n    {why or found[:5]}\n    gold: {q['answers'][:5]}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("BACKSTORY_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="Show so many questions answered wrongly.")
    given = parser.parse_args()
    file = given.questions or given.shared / QUESTIONS
    questions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    index = icews.index(given.shared)
    answerer = Answerer(index, labels(index))
    begin = time.perf_counter()
    counts = measure(answerer, questions, given.wrong)
    took = time.perf_counter() - begin
    print(f"{'type':26} {'questions':>9} {'refused':>8} {'first right':>12} {'all right':>10}")
    total = [sum(c[at] for c in counts.values()) for at in range(4)]
    for name, (number, refused, first, every) in [*sorted(counts.items()), ("all", total)]:
        print(f"{name:26} {number:9} {refused:8} {first / number:12.1%} {every / number:10.1%}")
    print(f"{1e3 * took / max(1, len(questions)):.1f} ms a question")


if __name__ == "__main__":
    main()
