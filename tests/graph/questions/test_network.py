"""The network of who had to do with whom."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.index.columns import Columns
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.questions import network, relationship
from graph.when import day
from tests.graph.index_cases import SPAN_DAYS, START, columns


def test_ties_of_a_window(kg: KnowledgeGraph) -> None:
    ties = network.ties(kg.index, as_of=day("2025-07-31"), window_days=61)
    assert {ties[0].one, ties[0].other} == {"azerbaijan", "russia"}
    assert ties[0].mean < 0
    net = network.to_networkx(kg.index, as_of=day("2025-07-31"), window_days=61)
    assert net["russia"]["azerbaijan"]["weight"] == ties[0].events


def test_centrality_and_communities_repeat(kg: KnowledgeGraph) -> None:
    years = (2022, 2024, 2025)
    assert network.centrality(kg.index, years=years)[2025][0][0] in ("azerbaijan", "russia")
    first, second = (network.communities(kg.index, years=years) for _ in range(2))
    assert first == second
    assert network.centrality(kg.index, years=(1900,)) == {1900: ()}


def test_columns_of_participations(kg: KnowledgeGraph) -> None:
    found = network.event_columns(kg.index, first=day("2025-06-27"), last=day("2025-06-27"))
    assert len({len(values) for values in found.values()}) == 1
    assert "yekaterinburg-raids-2025" in found["event"]
    assert not any(str(entity).startswith("~") for entity in found["entity"])


@given(columns(), st.integers(0, SPAN_DAYS), st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_ties_count_what_pairs_hold(made: Columns, first: int, width: int) -> None:
    index = Index.of(made, compiled=False)
    last = START + first + width
    for tie in network.ties(index, as_of=last, window_days=width, countries_only=False):
        shared = relationship.events_of(tie.one, tie.other, index, first=last - width, last=last)
        assert tie.events == len(shared)
