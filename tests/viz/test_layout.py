"""Positions: nothing overlaps, order is kept, the same input gives the same places."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from viz import chain_layout, story_page
from viz import story as story_
from viz.layout import Drawing, Path, bow_of, spread
from viz.story import Story


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(5, 90)), min_size=1, max_size=30))
def test_spread_keeps_order_and_room(rows: list[tuple[float, float]]) -> None:
    rows.sort()
    wanted, widths = [r[0] for r in rows], [r[1] for r in rows]
    found = spread(wanted, widths, low=0, high=840)
    assert found == sorted(found)
    squeeze = min(1.0, 840 / sum(widths))
    for (a, b), (wa, wb) in zip(itertools.pairwise(found), itertools.pairwise(widths), strict=True):
        assert b - a >= (wa + wb) / 2 * squeeze - 1e-6
    assert found[0] - widths[0] / 2 * squeeze >= -1e-6
    assert found[-1] + widths[-1] / 2 * squeeze <= 840 + 1e-6


def test_spread_leaves_well_enough_alone() -> None:
    assert spread([100, 200, 300], [50, 50, 50], low=0, high=840) == [100, 200, 300]


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_no_label_meets_another_or_a_shape(story: Story, form: str) -> None:
    drawing = story_page.drawings(story)[form]
    shown = [p for p in drawing.places.values() if p.shown]
    met = [
        (a.id, b.id)
        for a, b in itertools.combinations(shown, 2)
        if a.label.meets(b.label) or a.label.meets(b.mark) or a.mark.meets(b.label)
    ]
    assert met == []
    assert [p.id for p in shown if not _inside(drawing, p.id)] == []


def _inside(drawing: Drawing, name: str) -> bool:
    box = drawing.places[name].label
    return box.x0 >= -1 and box.y0 >= -1 and box.x1 <= drawing.width + 1 and box.y1 <= drawing.height + 1


def test_time_runs_left_to_right_and_top_to_bottom(story: Story) -> None:
    drawn = story_page.drawings(story)
    order = [s.event for s in story.steps]
    assert order == sorted(order, key=lambda e: drawn["wide"].places[e].x)
    assert order == sorted(order, key=lambda e: drawn["tall"].places[e].y)


def test_same_places_twice(story: Story) -> None:
    assert chain_layout.tall(story.view) == chain_layout.tall(story.view)
    assert story_page.drawings(story) == story_page.drawings(story)


def test_parties_stand_on_their_sides(story: Story) -> None:
    places = story_page.drawings(story)["wide"].places
    axis = places[story.steps[0].event].y
    sides = {t.id: t.side for t in story.view.things if t.party}
    assert sides == {"azerbaijan": 1, "russia": 2}
    assert places["azerbaijan"].y < axis < places["russia"].y


def test_a_bow_of_nothing_is_straight() -> None:
    assert Path((0, 0), (100, 0), 0).at(0.5) == (50, 0)
    assert Path((0, 0), (100, 0), 0.3).at(0.5)[1] != 0


@pytest.fixture(scope="module")
def alone(kg: KnowledgeGraph) -> Story:
    """A chain of one country, whose whole cast stands on one side."""
    return story_.of(kg, kg.chain("Azerbaijan", as_of="2026-11-01"), today=when_.day("2026-11-01"))


def test_a_cast_on_one_side_keeps_apart_and_its_arcs_stay_inside(alone: Story) -> None:
    drawing = story_page.drawings(alone)["wide"]
    boxes = [(p.id, box) for p in drawing.places.values() for box in (p.label, p.mark)]
    assert [(a, b) for (a, one), (b, other) in itertools.combinations(boxes, 2) if a != b and one.meets(other)] == []
    assert all(_inside(drawing, name) for name in drawing.places)
    drawn = [r for r in alone.view.relations if r.id in drawing.bows]
    highest = {r.id: min(drawing.path(r.id, r.subject, r.object).at(n / 20)[1] for n in range(21)) for r in drawn}
    assert [name for name, y in highest.items() if y < 0] == []


def test_on_narrow_screens_arcs_pass_between_axis_and_labels(story: Story, alone: Story) -> None:
    for told in (story, alone):
        drawing = story_page.drawings(told)["tall"]
        steps = [drawing.places[s.event] for s in told.steps]
        for relation in (r for r in told.view.relations if drawing.bows.get(r.id) and r.chain):
            path = drawing.path(relation.id, relation.subject, relation.object)
            reached = min(path.at(n / 20)[0] for n in range(21))
            assert reached > max(p.label.x1 for p in steps)


@pytest.mark.parametrize("reach", [10.0, 25.0, 60.0])
def test_a_bow_reaches_as_far_as_asked(reach: float) -> None:
    assert abs(Path((0, 0), (400, 0), bow_of(reach, 400)).at(0.5)[1]) == pytest.approx(reach, abs=0.5)
