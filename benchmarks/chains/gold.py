"""The development gold: a coded story among distractors, asked article by article.

Run: python -m benchmarks.chains.gold [--story NAME] [--distractors none|news|all]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.chains import annotate, corpus, measure, methods
from benchmarks.chains.corpus import Case, Coded, Maker
from benchmarks.chains.measure import Ranked
from graph import model as model_
from graph import when as when_
from graph.chains import search, weights
from graph.chains.weights import Weights
from graph.index import compiled
from graph.index.columns import Columns, join
from graph.index.gather import bounds, from_store
from graph.index.index import Index
from graph.store import Store

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("BACKSTORY_SHARED", ROOT.parent / "shared"))
STORY: Final = "azerbaijan-russia"
YEARS: Final = range(2014, 2027)


@dataclass(frozen=True)
class Setting:
    """A coded story with everything mixed in, except the voices of the story itself."""

    told: tuple[Coded, ...]
    cases: tuple[Case, ...]
    maker: Maker
    extra: tuple[Columns, ...]
    countries: dict[str, str]

    def index(self, without: str) -> Index:
        """The index with the story's coverage as it is without one article.

        Of what only this article says its news keeps its words, for they are the question; every
        other event keeps them only where nobody else tells of it.
        """
        maker = Maker(self.maker.model)
        maker.entities, maker.ids = dict(self.maker.entities), list(self.maker.ids)
        maker.kinds, maker.voices = dict(self.maker.kinds), dict(self.maker.voices)
        maker.columns = {k: list(v) for k, v in self.maker.columns.items()}
        asked = {case.focus for case in self.cases if case.article == without}
        for coded in self.told:
            voices = [(who, day) for who, article, day in coded.said if article != without]
            texts = [t for article, t in coded.texts if article != without or coded.key in asked]
            texts = texts or [t for _, t in coded.texts]
            maker.add(coded.key, coded.date, coded.kind, coded.entities, voices, coded.deaths, texts=texts)
        corpus.close_named(maker, self.countries)
        return Index.of(join((maker.made(self.countries.values()), *self.extra)), compiled=True)


def setting(shared: Path, name: str, distractors: str) -> Setting:
    """The setting of a story: `none`, `news` (Current Events) or `all` (ICEWS as well)."""
    store = Store.open(ROOT / "data" / "triples")
    known = from_store(store)
    told, cases = corpus.story(shared / "stories", name, corpus.names_of(store))
    maker = Maker(model_.load())
    corpus.close_from(maker, known)
    extra: tuple[Columns, ...] = ()
    if distractors != "none":
        items, home = annotate.read(shared, YEARS if distractors == "news" else range(1900, 2100))
        same = corpus.distractors(maker, items, home, told)
        print(f"{len(items)} news items as distractors, {same} left out because they tell of a coded event")
    if distractors == "all":
        extra = (corpus.icews(shared, corpus.goldstein(shared)),)
    return Setting(told, cases, maker, extra, annotate.countries(shared))


def answers(found: Setting, using: Weights, names: Sequence[str]) -> dict[str, list[Ranked]]:
    """The answer of each method to each case."""
    compiled.compile_all(search.KERNELS)
    model = model_.load()
    story = frozenset(c.key for c in found.told)
    results: dict[str, list[Ranked]] = {name: [] for name in names}
    shown: dict[str, Index] = {}
    for case in found.cases:
        if case.article not in shown:
            shown = {case.article: found.index(case.article)}
        bench = methods.Bench(shown[case.article], model, using)
        for name in names:
            ranked = methods.METHODS[name](bench, case.focus, None)
            keys = tuple(bench.index.event_id(i) for i in ranked)
            results[name].append(Ranked(keys, tuple(int(bench.index.arrays.day[i]) for i in ranked), story))
    return results


def report(cases: Sequence[Case], days: Mapping[str, int], results: dict[str, list[Ranked]]) -> str:
    """The table of measures, and the backbone's lead over each baseline; `days` of the gold by key."""
    rows = []
    for name, ranked in results.items():
        pairs = list(zip(ranked, cases, strict=True))
        rows.append(
            [
                name,
                _mean([measure.weighted_recall(r, c.gold, 5) for r, c in pairs]),
                _mean([measure.recall(r, c.gold, 5) for r, c in pairs]),
                _mean([measure.recall(r, c.gold, 8) for r, c in pairs]),
                _mean([measure.precision_mean(r, c.gold) for r, c in pairs]),
                _mean([measure.off_story(r, 5) for r, _ in pairs]),
                _mean([measure.adjacent_days(r, 5) for r, _ in pairs]),
                _mean([measure.date_alignment(r, [days[g] for g in c.gold], 5) for r, c in pairs]),
            ]
        )
    head = ("method", "recall@5 by outlets", "recall@5", "recall@8", "MAP", "off-story@5", "adjacent days@5", "date@5")
    return f"{measure.table(rows, head)}\n\n{leads(cases, results)}"


def leads(cases: Sequence[Case], results: dict[str, list[Ranked]]) -> str:
    """The backbone's recall@5 minus each baseline's, with 95 % paired intervals over articles."""
    groups = [c.article for c in cases]
    rows = []
    for judge in (measure.weighted_recall, measure.recall):
        scores = {
            name: [judge(r, c.gold, 5) for r, c in zip(ranked, cases, strict=True)] for name, ranked in results.items()
        }
        for name in (n for n in results if n != "backbone"):
            by = "by outlets" if judge is measure.weighted_recall else "each alike"
            rows.append([f"{name}, {by}", *measure.paired_interval(scores["backbone"], scores[name], groups)])
    return measure.table(rows, ("backbone minus", "mean", "low", "high"))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--story", default=STORY)
    parser.add_argument("--distractors", choices=("none", "news", "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="Print what the backbone missed.")
    options = parser.parse_args()
    found = setting(SHARED, options.story, options.distractors)
    print(f"{len(found.told)} coded events, {len(found.cases)} cases")
    results = answers(found, weights.load(), tuple(methods.METHODS))
    days = {c.key: bounds(when_.parse(c.date))[1] for c in found.told}
    print(report(found.cases, days, results))
    if options.misses:
        for case, ranked in zip(found.cases, results["backbone"], strict=True):
            missed = [g for g in case.gold if g not in ranked.keys[:5]]
            print(case.focus, "missed", missed, "found", ranked.keys[:5])


if __name__ == "__main__":
    main()
