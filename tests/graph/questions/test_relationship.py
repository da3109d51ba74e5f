"""Questions about a relationship over time, on the real story and on random worlds against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Insufficient
from graph.index.columns import Columns
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.questions import relationship
from graph.questions.meanwhile import meanwhile
from graph.when import day
from tests.graph.index_cases import SPAN_DAYS, START, columns


def test_the_tone_between_the_two_falls_in_june_2025(kg: KnowledgeGraph) -> None:
    course = relationship.trajectory("russia", "azerbaijan", kg.index)
    months = {m.month: m for m in course.months}
    assert months["2022-02"].mean > 0 > months["2025-06"].mean
    assert [m.month for m in course.months] == sorted(months)
    assert all(m.worst <= m.mean <= m.best for m in course.months)
    assert all(0 < t.clearness <= 1 for t in course.turns)


def test_extremes_of_a_pair(kg: KnowledgeGraph) -> None:
    found = relationship.extremes("russia", "azerbaijan", kg.index, first=day("2022-01-01"), last=day("2025-07-14"))
    assert found.first == "allied-declaration-2022"
    tone = {e: kg.model.kind(kg.store.event(e).kind).intensity for e in (found.most_friendly, found.most_hostile)}
    assert tone[found.most_hostile] < 0 < tone[found.most_friendly]
    with pytest.raises(Insufficient):
        relationship.extremes("russia", "nobody", kg.index)


def test_known_at_hides_events_of_a_pair(kg: KnowledgeGraph) -> None:
    early = relationship.events_of("russia", "azerbaijan", kg.index, known_at=day("2024-12-31"))
    late = relationship.events_of("russia", "azerbaijan", kg.index)
    assert set(early) < set(late)


def test_rivals_and_meanwhile(kg: KnowledgeGraph) -> None:
    first, last = day("2025-06-01"), day("2025-07-31")
    _, rivals = relationship.allies_and_rivals("azerbaijan", kg.index, first=first, last=last)
    assert "russia" in {p.entity for p in rivals}
    assert all(p.mean < 0 and p.events >= relationship.LEAST_EVENTS for p in rivals)
    for found in meanwhile(kg.index, apart_from=("russia",), first=first, last=last):
        assert "russia" not in {p.entity for p in kg.store.event(found.event).participants}
    everything = meanwhile(kg.index, first=first, last=last, most=5)
    assert [e.gravity for e in everything] == sorted((e.gravity for e in everything), reverse=True)


@given(columns(), st.integers(0, SPAN_DAYS), st.integers(0, 400), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_partners_and_reach_are_what_brute_force_finds(made: Columns, first: int, width: int, hops: int) -> None:
    index = Index.of(made, compiled=False)
    a, low, high = index.arrays, START + first, START + first + width
    inside = [
        (int(a.day[e]), {index.entity_id(int(x)) for x in a.p_entity[a.p_off[e] : a.p_off[e + 1]]})
        for e in range(len(index))
        if low <= a.day[e] <= high
    ]
    arrival = {"entity-0": min((d for d, who in inside if "entity-0" in who), default=10**9)}
    for _ in range(hops):
        step = dict(arrival)
        for when, who in inside:
            if any(arrival.get(x, 10**9) <= when for x in who):
                step.update({x: min(step.get(x, 10**9), when) for x in who})
        arrival = step
    wanted = {(e, d) for e, d in arrival.items() if d < 10**9 and e != "entity-0"}
    assert {(e, d) for e, d, _ in relationship.reached("entity-0", index, first=low, last=high, hops=hops)} == wanted
    counts = {p.entity: p.events for p in relationship.partners("entity-0", index, first=low, last=high)}
    for entity, count in counts.items():
        assert count == len(relationship.events_of("entity-0", entity, index, first=low, last=high))
