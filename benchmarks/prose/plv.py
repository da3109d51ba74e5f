"""How well acts in news sentences are read: PLOVER class, actor and target against marked sentences.

Run: python -m benchmarks.prose.plv FILE [--errors], a tab-separated file with the columns sentence,
marked_sentence and gold_root, which is not part of the project.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from graph.reading.clauses import Act, acts, code, main_act
from graph.reading.dates import dates

# The sentences use the older name for these codes.
OLDER = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
TODAY = 738000
STOP = frozenset(["the", "a", "an", "of", "in", "to", "s", "u", "and", "for", "on", "by"])


def read(text: str) -> tuple[str, Act | None]:
    """The class of a sentence and its main act."""
    dated = [(p.start, p.end) for p in dates(text, TODAY)]
    act = main_act(acts(text, dated))
    if act is None:
        return "", None
    found = code(act)
    return OLDER.get(found, found), act


def same(one: str, other: str) -> bool:
    """Whether two phrases name the same thing: half of the shorter one's words are shared."""
    first, second = ({w for w in re.findall(r"\w+", t.lower()) if w not in STOP} for t in (one, other))
    return bool(first and second) and len(first & second) * 2 >= min(len(first), len(second))


def main() -> None:
    """Print accuracy of the class, by class, and how often actor and target are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", default="", help="list wrong sentences of this class (or ALL)")
    given = parser.parse_args()
    with given.file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    actors, targets, both = 0, 0, 0
    for row in rows:
        gold, text = row["gold_root"], row["sentence"]
        found, act = read(text)
        total[gold] += 1
        said[found] += 1
        right[gold] += found == gold
        actor = bool(act and act.actor and same(text[slice(*act.actor)], row["source"]))
        target = bool(act and act.target and same(text[slice(*act.target)], row["target"]))
        actors, targets, both = actors + actor, targets + target, both + (actor and target and found == gold)
        if found != gold:
            confused[gold, found or "-"] += 1
        if given.errors in (gold, "ALL") and found != gold:
            print(f"{gold:10} {found or '-':10} {act.verb if act else '-':12} {row['marked_sentence'][:230]}")
        if given.errors == "SPANS" and not (actor and target):
            shown = [text[slice(*p)] if p else None for p in (act.actor, act.target)] if act else []
            print(
                f"{'' if actor else 'A'}{'' if target else 'T'} {act.verb if act else '-'} {shown}"
                f" {row['marked_sentence'][:200]}"
            )
    print(f"{'class':12}{'gold':>6}{'said':>6}{'right':>6}{'precision':>11}{'recall':>8}")
    scores = []
    for name in sorted(total):
        precision, recall = right[name] / max(1, said[name]), right[name] / total[name]
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
        print(f"{name:12}{total[name]:6}{said[name]:6}{right[name]:6}{precision:11.3f}{recall:8.3f}")
    count = len(rows)
    print(f"class right {sum(right.values()) / count:.3f} (macro F1 {sum(scores) / len(scores):.3f}) of {count}")
    print(
        f"actor found {actors / count:.3f}, target found {targets / count:.3f}, class, actor and target"
        f" right {both / count:.3f}"
    )
    print("most confused:", ", ".join(f"{g} as {f} {n}" for (g, f), n in confused.most_common(12)))


if __name__ == "__main__":
    main()
