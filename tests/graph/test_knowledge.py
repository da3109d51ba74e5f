"""The facade: each method answers, by name, on the real data."""

from __future__ import annotations

from graph.knowledge import KnowledgeGraph


def test_a_timeline_holds_more_than_a_chain_in_order(kg: KnowledgeGraph) -> None:
    line = kg.timeline("Azerbaijan", "Russia", as_of="2025-07-14", events=20)
    assert len(line.steps) == 20
    assert [s.day for s in line.steps] == sorted(s.day for s in line.steps)
    assert {"azal-crash-2024", "yekaterinburg-raids-2025"} <= set(line.events)


def test_a_route_between_two_named_events(kg: KnowledgeGraph) -> None:
    events = kg.route("niger-coup-2023", "sahel-states-leave-ecowas-2025").events
    assert events[0] == "niger-coup-2023"
    assert events[-1] == "sahel-states-leave-ecowas-2025"
    assert "sahel-states-announce-exit-2024" in events


def test_a_relationship_cools(kg: KnowledgeGraph) -> None:
    course = kg.relationship("Azerbaijan", "Russia", last="2025-07-14")
    assert course.turns
    assert min(turn.after - turn.before for turn in course.turns) < 0


def test_the_network_of_a_year(kg: KnowledgeGraph) -> None:
    net = kg.to_networkx(as_of="2025-07-14", window_days=365)
    assert net["azerbaijan"]["russia"]["weight"] > 20
    assert net["azerbaijan"]["russia"]["tone"] < 0
