"""The benchmark of pages compares like with like."""

from __future__ import annotations

import json
import re

from benchmarks.pages import graphs
from graph.knowledge import KnowledgeGraph
from viz.shelf import Shelf


def test_both_pages_hold_the_same_things_and_lines(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg.store)
    found = graphs.graph(shelf, 60)
    assert len(found.things) == 60
    joined = {end for claim in found.claims for end in (claim.subject, claim.value)}
    assert joined == set(found.things), "a thing without a line would not be drawn by ours"
    ours = re.search(r'id="stage-data">(.*?)</script>', graphs.ours(found, shelf), re.DOTALL)
    assert ours
    data = json.loads(ours[1])
    stock = graphs.stock(found, shelf)
    nodes, edges = (
        json.loads(re.search(rf"{name} = new vis.DataSet\((\[.*?\])\);", stock, re.DOTALL)[1])  # type: ignore[index]
        for name in ("nodes", "edges")
    )
    assert {n["id"] for n in nodes} == {n["id"] for n in data["nodes"]} == set(found.things)
    lines = {(c.subject, c.value) for c in found.claims}
    assert {(e["from"], e["to"]) for e in edges} == {(e["from"], e["to"]) for e in data["edges"]} == lines
