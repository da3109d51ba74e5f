"""What is missing: the same of each thing and of all at once, and never what sources merely say differently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from graph import when as when_
from graph.claim import Claim, Status
from graph.knowledge import KnowledgeGraph
from graph.model import load
from graph.questions import lacking
from graph.questions.lacking import Lack, lacks
from tests.world import DERRY, said
from viz import dossier
from viz.shelf import Shelf

DAY = when_.day("2026-11-30")
MODEL = load()
PLACE = Claim("crash", "tookPlaceIn", "baku", said(DERRY))


def what(kind: str, *own: Claim, standing: frozenset[str] = frozenset()) -> list[str]:
    return [lack.what for lack in lacks(kind, own, standing, MODEL)]


def test_what_the_kind_expects_is_missing_until_somebody_says_it() -> None:
    assert what("Crash") == ["place", "cause", "date", "operator"]
    assert what("Crash", PLACE) == ["cause", "date", "operator"]


def test_what_sources_say_differently_is_not_missing() -> None:
    assert "place" not in what("Crash", replace(PLACE, status=Status.CONTESTED))


def test_what_was_withdrawn_is_missing() -> None:
    assert "place" in what("Crash", replace(PLACE, withdrawn="2026-01-01"))


def test_what_others_are_to_it_counts_while_it_holds() -> None:
    assert "capital" in what("Country")
    assert "capital" not in what("Country", standing=frozenset({"capitalOf"}))


def test_of_what_is_no_more_nothing_is_missing() -> None:
    assert what("Country", Claim("ussr", "dissolved", "x", said(DERRY))) == []


@pytest.mark.parametrize(("when", "missing"), [("2020-01-01/..", False), ("", True), ("2020-01-01", True)])
def test_the_beginning_of_an_office_is_missing_unless_told(when: str, missing: bool) -> None:
    held = Claim("orpo", "headOfGovernmentOf", "finland", said(DERRY), when=when)
    undated = [lack for lack in lacks("Person", [held], (), MODEL) if lack.undated]
    assert undated == ([Lack("since when a relation holds", held)] if missing else [])


def test_a_relation_that_was_taken_back_needs_no_beginning() -> None:
    held = Claim("orpo", "headOfGovernmentOf", "finland", said(DERRY), withdrawn="2026-01-01")
    assert [lack for lack in lacks("Person", [held], (), MODEL) if lack.undated] == []


def test_the_tallies_of_all_things_are_what_is_missing_of_each(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg.store)
    alone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in shelf.entities():
        own = shelf.claims(subject=entity.id)
        standing = {c.predicate for c in shelf.claims(object=entity.id) if dossier.holds(c, shelf, DAY)}
        for lack in lacks(entity.kind, own, standing, MODEL):
            alone[MODEL.kind(entity.kind).plural, lack.what].add(entity.id)
    together = {(t.kind, t.what): set(t.things) for t in lacking.tallies(shelf, DAY)}
    assert together == alone
    assert together["alliances", "date of its founding"]


def test_the_question_names_the_relation_without_a_beginning(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg.store)
    [tally] = [t for t in lacking.tallies(shelf, DAY) if (t.kind, t.what) == ("people", "since when a relation holds")]
    person = tally.things[0]
    rows = [row for row in kg.ask("missing", person) if row.relation]
    assert rows
    assert all(kg.store.claim(claim).subject == person for row in rows for claim in row.claims)
