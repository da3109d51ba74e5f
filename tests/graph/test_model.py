"""The ontology is whole: every kind and predicate says what it is and joins, and what people get wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph import model

MODEL = model.load()
KINDS = sorted(MODEL.kinds)
EVENTS = [k for k in KINDS if MODEL.is_event(k) and not MODEL.kind(k).abstract]
PREDICATES = sorted(MODEL.predicates)
PLOVER = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)
# In the CAMEO manual (1.1b3), not in the table: declare a ceasefire, destroy property.
LISTED_ELSEWHERE = frozenset({"871", "1712"})
# What happens without one political actor doing it to another has no place in PLOVER or in CAMEO.
NO_PLOVER = frozenset(
    ["Appointment", "Ceremony", "Crash", "Death", "Disaster", "Election", "Incident", "Report", "Resignation", "Vote"]
)  # fmt: skip
NO_CAMEO = NO_PLOVER - {"Ceremony"} | frozenset(
    ["Accession", "Application", "Coup", "Cyberattack", "Dissolution", "EntryIntoForce", "Exit", "Founding", "Search"]
)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_what_it_is(name: str) -> None:
    kind = MODEL.kind(name)
    assert kind.label
    assert kind.plural
    assert kind.definition.endswith(".")
    assert kind.caution, "no comment on what people get wrong"
    assert any(MODEL.kind(k).schema for k in MODEL.line(name)), "no schema.org type, nor a parent with one"
    assert name == "Thing" or kind.parents


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_kind_says_who_takes_part_and_how_it_weighs(name: str) -> None:
    kind = MODEL.kind(name)
    assert MODEL.roles(name)
    assert kind.frame
    text = (model.ONTOLOGY / "kinds" / f"{name}.yaml").read_text(encoding="utf-8")
    assert "\nintensity:" in text, "the default is no statement"
    assert "\nhalf_life_days:" in text, "the default is no statement"
    assert -10 <= kind.intensity <= 10
    assert kind.half_life_days > 0
    assert set(kind.plover) <= PLOVER
    assert bool(kind.plover) is (name not in NO_PLOVER)
    assert bool(kind.cameo) is (name not in NO_CAMEO)


@pytest.mark.parametrize("name", PREDICATES)
def test_every_predicate_says_what_it_joins(name: str) -> None:
    rule = MODEL.predicate(name)
    assert rule.label
    assert rule.definition.endswith(".")
    assert rule.caution, "no comment on what people get wrong"
    assert rule.domain
    assert rule.range
    assert rule.functional in ("", "subject", "object")
    if rule.form in ("relation", "link"):
        assert rule.inverse or rule.symmetric, "no name for the other direction"
    if rule.form == "relation":
        assert rule.frame
    if rule.form == "link":
        assert rule.link > 0


def test_symmetric_predicates_join_like_with_like() -> None:
    for rule in MODEL.predicates.values():
        if rule.symmetric:
            assert set(rule.domain) == set(rule.range), rule.name


def test_no_word_means_two_things() -> None:
    labels = [k.label for k in MODEL.kinds.values()]
    assert len(labels) == len(set(labels))
    labels = [p.label for p in MODEL.predicates.values()]
    assert len(labels) == len(set(labels))


def test_every_cameo_code_exists(shared: Path) -> None:
    path = shared / "data" / "cameo" / "cameo-codes.csv"
    known = {row["eventtype_ID"] for row in csv.DictReader(path.read_text(encoding="latin-1").splitlines())}
    used = {code.lstrip("0") for kind in MODEL.kinds.values() for code in kind.cameo}
    assert used - known <= LISTED_ELSEWHERE


def test_what_a_kind_expects_can_be_said_of_it() -> None:
    for name in KINDS:
        for predicate in {p for several in MODEL.expects(name) for p in several} | MODEL.dated(name):
            rule = MODEL.predicate(predicate)
            ends = (*rule.domain, *(rule.range if not rule.is_literal else ()))
            assert any(MODEL.is_a(name, end) for end in ends), (name, predicate)
        assert all(MODEL.predicate(p).frame.get("begin") for p in MODEL.dated(name)), name


def test_a_required_role_is_expected() -> None:
    assert ("mediator",) not in MODEL.expects("Signing")
    assert MODEL.expects("Signing")["signatory",] == "signatory"
    assert MODEL.expects("TradeDeal")["tookPlaceIn", "host"] == "place", "as of any signing"
