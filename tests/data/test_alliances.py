"""Alliances: who was a member when, from cited pages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.claim import Status
from graph.knowledge import KnowledgeGraph
from graph.questions.membership import Member, members
from graph.questions.question import OnDay, Thing
from graph.when import day

KNOWN = list(csv.DictReader((Path(__file__).parent / "memberships.csv").read_text(encoding="utf-8").splitlines()))
BLOCS = (
    *("nato", "csto", "cis", "eaeu", "eu", "ots", "sco", "brics", "gcc", "arab-league", "oic", "african-union"),
    *("ecowas", "aes", "sadc", "eac", "asean", "quad", "aukus", "five-eyes", "anzus", "guam", "mercosur", "oas"),
    *("commonwealth-of-nations", "un-security-council", "g7", "g20", "opec", "osce", "council-of-europe"),
)


def on(kg: KnowledgeGraph, bloc: str, text: str) -> dict[str, Member]:
    """The members of a bloc on a day, by id."""
    return {row.member.id: row for row in members(kg, Thing(bloc), as_of=OnDay(day(text)))}


SHORT = {
    "NATO": 32, "CSTO": 6, "CIS": 9, "EAEU": 5, "EU": 27, "OTS": 5, "SCO": 9, "BRICS": 10, "GCC": 6, "Arab League": 22,
    "OIC": 57, "AU": 55, "ECOWAS": 15, "AES": 3, "SADC": 16, "EAC": 8, "ASEAN": 10, "Quad": 4, "AUKUS": 3,
    "Five Eyes": 5, "ANZUS": 3, "GUAM": 4, "Mercosur": 5, "OAS": 34, "Commonwealth": 56, "UN Security Council": 5,
    "G7": 7, "G20": 21, "OPEC": 12, "OSCE": 57, "Council of Europe": 46,
}  # fmt: skip


@pytest.mark.parametrize("name", SHORT)
def test_every_bloc_is_found_by_its_usual_name(name: str, kg: KnowledgeGraph) -> None:
    found = kg.ask("members", name, as_of="2024-06-01")
    assert len(found.rows) == SHORT[name]


@pytest.mark.parametrize("known", KNOWN, ids=[f"{k['bloc']}-{k['day']}" for k in KNOWN])
def test_who_was_a_member_on_a_day(known: dict[str, str], kg: KnowledgeGraph) -> None:
    """A count, and some who must and must not be among them, as public lists of members have it."""
    found = set(on(kg, known["bloc"], known["day"]))
    assert set(known["in"].split()) <= found
    assert not set(known["out"].split()) & found
    assert len(found) == int(known["count"]), sorted(found)


@pytest.mark.parametrize("bloc", BLOCS)
def test_every_bloc_is_founded_and_has_dated_members(bloc: str, kg: KnowledgeGraph) -> None:
    assert kg.store.claims(subject=bloc, predicate="founded"), "no founding"
    told = [c for c in kg.store.claims(object=bloc, predicate="memberOf") if c.time is not None]
    assert len(told) >= 3
    assert {k["bloc"] for k in KNOWN} >= {bloc}


SUSPENDED = [
    ("african-union", "gabon", "2024-01-01", "suspended"),
    ("african-union", "gabon", "2025-06-01", ""),
    ("african-union", "burkina-faso", "2022-06-01", "suspended"),
    ("african-union", "guinea-bissau", "2026-01-01", "perhaps suspended"),
    ("arab-league", "syria", "2015-01-01", "suspended"),
    ("arab-league", "syria", "2023-05-08", ""),
    ("oic", "syria", "2020-01-01", "suspended"),
    ("mercosur", "venezuela", "2020-01-01", "suspended"),
    ("mercosur", "paraguay", "2013-01-01", "suspended"),
    ("oas", "cuba", "1980-01-01", "suspended"),
    ("oas", "honduras", "2010-01-01", "suspended"),
    ("commonwealth-of-nations", "gabon", "2024-01-01", "suspended"),
    ("ecowas", "mali", "2021-05-29", ""),
    ("ecowas", "niger", "2024-01-01", "perhaps suspended"),
]


@pytest.mark.parametrize(
    ("bloc", "member", "text", "standing"), SUSPENDED, ids=[f"{s[0]}-{s[1]}-{s[2]}" for s in SUSPENDED]
)
def test_a_suspended_member_is_still_one(bloc: str, member: str, text: str, standing: str, kg: KnowledgeGraph) -> None:
    assert on(kg, bloc, text)[member].standing == standing


def test_a_membership_two_sources_date_differently_counts_once(kg: KnowledgeGraph) -> None:
    rows = [r for r in members(kg, Thing("nato"), as_of=OnDay(day("1990-01-01"))) if r.member.id == "germany"]
    assert len(rows) == 1
    assert kg.store.claim(rows[0].claims[0]).contradicts


def test_sources_that_differ_stand_side_by_side(kg: KnowledgeGraph) -> None:
    claims = kg.store.claims(subject="new-zealand", predicate="suspendedFrom", object="anzus")
    assert len(claims) >= 2
    assert all(c.status is Status.CONTESTED and c.contradicts for c in claims)


def test_every_membership_is_cited(kg: KnowledgeGraph) -> None:
    for claim in kg.store.claims(predicate="memberOf"):
        for citation in claim.citations:
            assert kg.store.article(citation.article).url.startswith("http")
