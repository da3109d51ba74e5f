"""The benchmark of pages compares like with like, and the heaviest pages keep to their weights."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.pages import budgets, graphs
from benchmarks.pages.browser import counted
from graph.knowledge import KnowledgeGraph
from tests.viz import few
from tests.viz.chromium import CHROMIUM
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


@pytest.fixture(scope="module")
def heaviest(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The heaviest page of each kind that has a picture, by path."""
    return few.write(Shelf(kg.store), tmp_path_factory.mktemp("heaviest"), budgets.PAGES.values())


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
@pytest.mark.parametrize("kind", budgets.PAGES)
def test_a_first_visit_weighs_its_budget_at_most_with_its_picture_drawn(heaviest: dict[str, Path], kind: str) -> None:
    path = heaviest[budgets.PAGES[kind]]
    with counted() as here:
        here.page.goto(path.as_uri())
        here.page.evaluate("backstory.ready()")
        assert any("/vis-" in address for address in here.asked), "the drawing library is not counted"
        assert sum("/archivo" in address or "/newsreader" in address for address in here.asked) >= 3
        assert budgets.weight(here) <= budgets.FIRST_KB
    assert budgets.kb(path.as_uri()) <= budgets.NEXT_KB
