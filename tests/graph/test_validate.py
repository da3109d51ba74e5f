"""Each integrity rule, broken on purpose once, and silent on the true world."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from graph import turtle
from graph.claim import Claim, Entity, Literal
from graph.rdf import Bundle
from graph.store import Store
from graph.validate import Finding, rules, validate
from graph.when import day
from tests.conftest import store_of
from tests.world import CFR, CLAIMS, DERRY, INQUIRE, WORLD, claim, entity, happened, said

TODAY = day("2026-11-23")
CITED = said(DERRY)


def breach(
    rule: str, tmp_path: Path, *claims: Claim, entities: tuple[Entity, ...] = (), tail: str = ""
) -> list[Finding]:
    """Findings of one rule over the world with more claims, entities or raw Turtle."""
    bundle = Bundle((*WORLD.entities, *entities), WORLD.articles, (*WORLD.claims, *claims))
    folder = tmp_path / "data"
    folder.mkdir()
    if tail:
        (folder / "raw.ttl").write_text(turtle.prologue() + tail, encoding="utf-8")
    return list(validate(store_of(bundle, folder, tmp_path), today=TODAY, only=rule))


UNCITED = """c:feed a w:Claim ; w:status w:accepted ;
  rdf:subject e:finland ; rdf:predicate w:memberOf ; rdf:object e:nato .
"""
BACKWARDS = """c:feed sem:hasEarliestBeginTimeStamp "2025-01-02"^^xsd:date ;
  sem:hasLatestEndTimeStamp "2025-01-01"^^xsd:date .
"""
OFFICE = entity("president-of-finland", "Office", "President of Finland")
BROKEN: list[tuple[str, tuple[Claim, ...], tuple[Entity, ...], str, str]] = [
    (
        "claim-without-citation",
        (),
        (),
        UNCITED,
        "cites no article",
    ),
    ("subject-of-wrong-kind", (claim("nato", "headOfStateOf", "finland", CITED),), (), "", "nato is a Alliance"),
    (
        "object-of-wrong-kind",
        (claim("finland", "memberOf", "alexander-stubb", CITED),),
        (),
        "",
        "alexander-stubb is a Person",
    ),
    ("undeclared-thing", (claim("finland", "memberOf", "atlantis", CITED),), (), "", "atlantis is not declared"),
    ("role-not-allowed", (claim("crimea-treaty-2014", "signatory", "crimea", CITED),), (), "", "no role signatory"),
    (
        "ends-before-it-begins",
        (),
        (),
        BACKWARDS,
        "before it begins",
    ),
    (
        "functional-overlap",
        (claim("vladimir-putin", "headOfStateOf", "finland", CITED, "2020-01-01/2020-12-31"),),
        (),
        "",
        "sauli-niinisto and vladimir-putin",
    ),
    ("direct-without-claim", (), (), "e:russia w:memberOf e:nato .\n", "russia memberOf nato"),
    (
        "cause-after-effect",
        (claim("crimea-treaty-2014", "causedBy", "un-vote-crimea-2014", CITED),),
        (),
        "",
        "crimea-treaty-2014 is said to come from un-vote-crimea-2014",
    ),
    (
        "participant-did-not-exist",
        (claim("nato", "founded", Literal("2024-01-01", "date"), CITED, "2024-01-01"),),
        (),
        "",
        "nato takes part on 2023-04-04 but was founded later",
    ),
    (
        "office-not-held",
        (
            claim("alexander-stubb", "holdsOffice", "president-of-finland", CITED, "2024-03-01/.."),
            claim("stubb-resigns", "actor", "alexander-stubb", CITED),
            claim("stubb-resigns", "about", "president-of-finland", CITED),
            happened("stubb-resigns", "2020-01-01", DERRY),
        ),
        (OFFICE, entity("stubb-resigns", "Resignation", "A resignation that never was")),
        "",
        "takes part as president-of-finland",
    ),
    (
        "possible-overlap",
        (claim("vladimir-putin", "headOfStateOf", "finland", CITED, "2012"),),
        (),
        "",
        "may both headOfStateOf finland",
    ),
    ("single-publisher", (happened("un-vote-crimea-2014", "2014-03-28", INQUIRE),), (), "", "Only inquire-live says"),
    (
        "parties-only",
        (claim("un-vote-crimea-2014", "content", Literal("the vote was fair"), said(CFR, speaker="united-nations")),),
        (),
        "",
        "takes part in it",
    ),
    (
        "long-unconfirmed",
        (
            dataclasses.replace(
                claim("ukraine", "memberOf", "united-nations", CITED, "1945/.."), confirmed="2023-01-01"
            ),
        ),
        (),
        "",
        "last confirmed on 2023-01-01",
    ),
    (
        "planned-without-outcome",
        (happened("crimea-summit-2024", "2024-06-01", DERRY),),
        (entity("crimea-summit-2024", "Summit", "A summit"),),
        "",
        "that day has passed",
    ),
    ("dead-end", (), (entity("atlantis", "Place", "Atlantis"),), "", "Nothing is said about atlantis"),
    ("two-preferred-names", (), (), 'e:finland skos:prefLabel "Suomi"@en .\n', "two preferred names"),
]


@pytest.mark.parametrize(("rule", "claims", "entities", "tail", "says"), BROKEN, ids=[b[0] for b in BROKEN])
def test_breaking_a_rule_is_found(
    rule: str, claims: tuple[Claim, ...], entities: tuple[Entity, ...], tail: str, says: str, tmp_path: Path
) -> None:
    found = breach(rule, tmp_path, *claims, entities=entities, tail=tail)
    assert any(says in f.message for f in found), [f.message for f in found]
    assert all(f.do for f in found)


def test_one_following_another_within_the_doubt_about_an_end_is_no_warning(tmp_path: Path) -> None:
    terms = (
        claim("vladimir-putin", "headOfStateOf", "russia", CITED, "1999-12-31/2008-05"),
        claim("sauli-niinisto", "headOfStateOf", "russia", CITED, "2008-05-07/2012-05"),
    )
    assert not breach("possible-overlap", tmp_path, *terms)


def test_what_one_list_confirmed_grows_stale_as_one_finding(tmp_path: Path) -> None:
    listed = tuple(
        dataclasses.replace(claim(state, "memberOf", "nato", CITED, "1949/.."), confirmed="2020-01-01")
        for state in ("ukraine", "russia")
    )
    (found,) = breach("long-unconfirmed", tmp_path, *listed)
    assert "2 times" in found.message


def test_a_finding_names_file_and_claim(tmp_path: Path) -> None:
    wrong = claim("finland", "memberOf", "atlantis", CITED)
    (found,) = breach("undeclared-thing", tmp_path, wrong)
    assert (found.file, found.claim, found.level) == ("world.ttl", wrong.id, "error")


def test_the_true_world_breaks_no_error(world: Store) -> None:
    assert [f for f in validate(world, today=TODAY) if f.level == "error"] == []


def test_every_rule_has_a_test() -> None:
    assert {r.name for r in rules()} == {b[0] for b in BROKEN}


def test_withdrawn_and_contested_claims_may_overlap(tmp_path: Path) -> None:
    withdrawn = dataclasses.replace(
        claim("vladimir-putin", "headOfStateOf", "finland", CITED, "2020"), withdrawn="2026-01-01"
    )
    assert breach("functional-overlap", tmp_path, withdrawn) == []
    assert CLAIMS[3].status.value == "contested"


def test_without_warnings_the_errors_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw.ttl").write_text(turtle.prologue() + UNCITED, encoding="utf-8")
    store = store_of(WORLD, tmp_path / "data", tmp_path)
    both = list(validate(store, today=TODAY))
    assert {f.level for f in both} == {"error", "warning"}
    assert list(validate(store, today=TODAY, warnings=False)) == [f for f in both if f.level == "error"]
