"""Response priors estimated from stated links: how likely an event of one kind is answered by one of another.

Run: python -m benchmarks.chains.priors
Of the events of an earlier kind, the share that sources say was answered by one of the later kind,
drawn towards the prior set by hand as if that had been seen in `HAND_WEIGHT` events. Prints YAML
for `responses` in graph/chains/weights.yaml.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from benchmarks.chains.gold import ROOT
from graph.chains import weights
from graph.index.columns import LINKS
from graph.index.index import Index
from graph.store import Store

HAND_WEIGHT: Final = 8
LEAST_LINKS: Final = 2


def estimate(index: Index, store: Store) -> dict[tuple[str, str], float]:
    """The priors of every pair of kinds that links state, or that were set by hand."""
    a, using = index.arrays, weights.load()
    by_hand = using.matrix(index.kinds, store.model)
    events = Counter(index.kinds[k] for k in a.kind)
    answers = {LINKS.index(name) for name in ("causedBy", "inResponseTo", "follows")}
    rows = range(len(a.l_later))
    seen = Counter(
        (index.kinds[a.kind[a.l_earlier[r]]], index.kinds[a.kind[a.l_later[r]]]) for r in rows if a.l_kind[r] in answers
    )
    found = {}
    for i, earlier in enumerate(index.kinds):
        for j, later in enumerate(index.kinds):
            hand, count = float(by_hand[i, j]), seen[earlier, later]
            if count >= LEAST_LINKS or (earlier, later) in using.responses:
                share = (hand * HAND_WEIGHT + count) / (HAND_WEIGHT + max(events[earlier], count))
                # Links are stated for few of the pairs that readers would see, so silence is no evidence.
                found[earlier, later] = round(max(hand, share) if count else hand, 2)
    return found


def main() -> None:
    store = Store.open(ROOT / "data" / "triples")
    found = estimate(Index.open(store), store)
    before = weights.load().responses
    print("responses:")
    for kind in sorted({earlier for earlier, _ in found}):
        row = ", ".join(f"{later}: {p}" for (earlier, later), p in sorted(found.items()) if earlier == kind)
        print(f"  {kind}: {{{row}}}")
    changed = {pair: (before.get(pair), p) for pair, p in found.items() if before.get(pair) != p}
    print(f"# {len(changed)} of {len(found)} differ from the file")


if __name__ == "__main__":
    main()
