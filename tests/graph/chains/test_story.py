"""Chains on the real story: what the first reader must find, and what must not be known yet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from graph.chains import focus as focus_
from graph.chains import route as route_
from graph.chains import timeline as timeline_
from graph.chains.chain import LABELS, NO_LINK, Chain, Focus
from graph.chains.search import best
from graph.errors import Insufficient, UnknownName
from graph.knowledge import KnowledgeGraph
from graph.when import day

RAIDS = "yekaterinburg-raids-2025"
CRASH = "azal-crash-2024"
CLOSURES = ("russian-house-closure-2025", "sputnik-closure-2025")
DEATHS = "safarov-deaths-2025"
CANCELLATIONS = ("cultural-cancellation-2025", "overchuk-cancellation-2025", "parliament-cancellation-2025")
SEARCH = "sputnik-search-2025"


def asked(kg: KnowledgeGraph, as_of: str, known_at: str | None = None, events: int = 7) -> Chain:
    """The chain of the raids."""
    focus = focus_.of([RAIDS], kg.index, kg.store)
    known = day(known_at) if known_at else None
    return best(focus, kg.index, kg.store, as_of=day(as_of), known_at=known, events=events)


@pytest.mark.parametrize("events", [7, 8, 10, 12])
def test_the_chain_of_the_raids_holds_the_story_in_order(kg: KnowledgeGraph, events: int) -> None:
    chain = asked(kg, "2025-07-14", events=events)
    places = [
        min(chain.events.index(e) for e in stage if e in chain.events)
        for stage in ((CRASH,), CLOSURES, (RAIDS,), (DEATHS,), CANCELLATIONS, (SEARCH,))
    ]
    assert places == sorted(places)
    assert len(chain.steps) == events
    assert [s.day for s in chain.steps] == sorted(s.day for s in chain.steps)


def test_every_step_is_cited_scored_and_explained(kg: KnowledgeGraph) -> None:
    chain = asked(kg, "2025-07-14")
    for step in chain.steps:
        assert kg.store.event(step.event).of("happened")[0].citations, step.event
        assert 0.0 <= step.score <= 1.0
        assert all(0.0 <= value <= 1.0 for value in step.terms.values())
        assert step.explanation.endswith(".")
    for link in (*chain.links, *chain.side):
        assert link.label in LABELS
        assert link.is_stated == bool(link.stated)
        for claim in link.stated:
            assert kg.store.claim(claim).object == link.earlier
        assert link.explanation.endswith(".")
    assert chain.near_misses
    assert chain.gaps, "the months between the crash and the closures, or the parade and the raids"


def test_what_outlets_still_tell_of_weeks_later_is_said(kg: KnowledgeGraph) -> None:
    crash = asked(kg, "2025-07-14").step(CRASH)
    assert 1 < crash.numbers["echoes"] < crash.numbers["voices"]
    assert "of them weeks later" in crash.explanation
    then = asked(kg, "2025-01-10", "2025-01-10").step(CRASH)
    assert then.numbers["echoes"] == 0, "nothing of three weeks later was published by then"
    assert "weeks later" not in then.explanation


def test_asked_before_2025_it_knows_nothing_of_2025(kg: KnowledgeGraph) -> None:
    chain = asked(kg, "2024-12-31")
    assert CRASH in chain.events
    assert all(step.day <= day("2024-12-31") for step in chain.steps)
    assert all(kg.store.event(e).entity.name for e in chain.events)


def test_known_at_hides_what_was_published_later(kg: KnowledgeGraph) -> None:
    limit = day("2025-06-29")
    chain = asked(kg, "2025-07-14", "2025-06-29", events=10)
    assert chain.steps
    for event in chain.events:
        assert min(kg.store.known(c) for c in kg.store.event(event).of("happened")) <= limit
    for link in (*chain.links, *chain.side):
        assert all(kg.store.known(kg.store.claim(c)) <= limit for c in link.stated)


def test_two_runs_and_two_openings_agree(kg: KnowledgeGraph, root: Path) -> None:
    again = KnowledgeGraph.open(root / "data" / "triples")
    assert asked(kg, "2025-07-14") == asked(again, "2025-07-14")


def test_focus_by_what_the_ids_are(kg: KnowledgeGraph) -> None:
    made = {
        ids: focus_.of(ids, kg.index, kg.store).kind
        for ids in ((RAIDS,), ("russia",), ("russia", "azerbaijan"), ("azerbaijan-russia-2025",), (RAIDS, CRASH))
    }
    assert list(made.values()) == ["event", "entity", "pair", "story", "story"]
    story = focus_.of(["azerbaijan-russia-2025"], kg.index, kg.store)
    assert {"russia", "azerbaijan"} <= set(story.entities)
    assert RAIDS in best(story, kg.index, kg.store, as_of=day("2025-07-14"), events=10).events
    with pytest.raises(UnknownName):
        focus_.of(["nothing-of-this-name"], kg.index, kg.store)


def test_the_route_from_the_crash_to_the_search(kg: KnowledgeGraph) -> None:
    chain = route_.route(CRASH, SEARCH, kg.index, kg.store)
    assert (chain.events[0], chain.events[-1]) == (CRASH, SEARCH)
    assert [(k.earlier, k.later) for k in chain.links] == list(pairwise(chain.events))
    assert all(link.label != NO_LINK for link in chain.links)
    assert chain.events == route_.route(SEARCH, CRASH, kg.index, kg.store).events
    with pytest.raises(Insufficient):
        route_.route(CRASH, SEARCH, kg.index, kg.store, as_of=day("2025-01-31"))


def test_a_timeline_is_longer_and_without_links(kg: KnowledgeGraph) -> None:
    pair = Focus("pair", ("azerbaijan", "russia"))
    chain = timeline_.timeline(pair, kg.index, kg.store, as_of=day("2025-07-14"), events=25)
    assert len(chain.steps) == 25
    assert not chain.links
    assert {CRASH, RAIDS, SEARCH} <= set(chain.events)
