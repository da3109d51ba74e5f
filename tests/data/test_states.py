"""Which states there were on a day: independence as the World Factbook dates it, and states that are no more."""

from __future__ import annotations

import pytest

from graph.knowledge import KnowledgeGraph

DAYS = [
    ("2025-01-01", "kosovo tuvalu south-sudan germany russia", "soviet-union west-germany zaire", ""),
    ("2011-07-08", "sudan serbia", "south-sudan serbia-and-montenegro", ""),
    ("1991-09-10", "lithuania soviet-union yugoslavia croatia georgia", "kazakhstan russia slovakia", "azerbaijan"),
    ("1980-01-01", "zaire east-germany west-germany north-yemen south-yemen", "germany dr-congo yemen ukraine", ""),
    ("1970-01-01", "north-vietnam south-vietnam mauritius nauru", "vietnam angola bangladesh", ""),
    ("1963-01-01", "tanganyika algeria rwanda syria", "tanzania kenya united-arab-republic", ""),
    ("1950-01-01", "india israel indonesia liberia ethiopia", "bangladesh ghana sudan", "estonia laos"),
    ("1940-01-01", "germany thailand argentina", "west-germany israel india", "france"),
]


@pytest.mark.parametrize(("on", "there", "not_there", "perhaps"), DAYS, ids=[d[0] for d in DAYS])
def test_states_on_a_day(kg: KnowledgeGraph, on: str, there: str, not_there: str, perhaps: str) -> None:
    held = {row.state.id: row.held.value for row in kg.ask("states", as_of=on)}
    assert {state: held.get(state, "no") for state in there.split()} == dict.fromkeys(there.split(), "certain")
    assert not set(not_there.split()) & set(held)
    assert {state: held.get(state, "no") for state in perhaps.split()} == dict.fromkeys(perhaps.split(), "possible")


def test_193_members_of_the_united_nations_and_three_others(kg: KnowledgeGraph) -> None:
    rows = list(kg.ask("states", as_of="2025-01-01"))
    assert len(rows) == 196
    assert {row.held.value for row in rows} == {"certain"}
    undated = {row.state.id for row in rows if not row.since}
    assert undated == {"austria", "china", "ethiopia", "france", "hungary", "iran", "japan", "poland", "taiwan",
                       "turkey", "united-kingdom"}  # fmt: skip
    assert all(row.claims and row.sources for row in rows)


def test_a_date_of_independence_has_the_words_that_give_it(kg: KnowledgeGraph) -> None:
    claims = kg.store.claims(subject="azerbaijan", predicate="independence")
    quotes = {c.value: s.quote for c in claims for s in c.citations}
    assert quotes == {
        "1991-08-30": "30 August 1991 (declared from the Soviet Union)",
        "1991-10-18": "18 October 1991 (adopted by the Supreme Council of Azerbaijan)",
    }
    assert kg.store.claims(subject="gibraltar", predicate="independence") == ()
