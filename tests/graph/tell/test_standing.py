"""Things of which hardly an event is known are told by how they stand and stood, every sentence from the claims."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from graph import turtle
from graph.chains.chain import Chain, Focus
from graph.claim import Claim
from graph.errors import Insufficient
from graph.knowledge import KnowledgeGraph
from graph.model import load
from graph.store import Store
from graph.tell.naming import Names, forms
from graph.tell.plan import Wishes, tell
from graph.tell.verify import verify
from graph.when import Clocks, day, iso
from tests.world import DERRY, WORLD, said

FOCI = [
    *("germany", "france", "japan", "china", "haiti", "serbia", "andorra", "kosovo", "taiwan", "syria", "armenia"),
    *("emmanuel-macron", "angela-merkel", "olaf-scholz", "francois-hollande", "joe-biden", "brazil", "south-africa"),
    *("india", "egypt", "european-union", "mexico", "canada", "australia", "nigeria", "ethiopia", "iran", "israel"),
]
DAYS = ["2026-11-30", "2023-05-05", "2010-01-01", "1985-06-01"]


def told(kg: KnowledgeGraph, focus: str, as_of: str, words: int = 120) -> str:
    return kg.context(focus, as_of=as_of, words=words, at_most=True).text


@pytest.mark.parametrize("as_of", DAYS)
def test_every_sentence_follows_from_the_claims(as_of: str, kg: KnowledgeGraph) -> None:
    today, said = day(as_of), 0
    for focus in FOCI:
        try:
            paragraph = kg.context(focus, as_of=as_of, words=120, at_most=True)
        except Insufficient:
            continue
        said += 1
        assert all(sentence.claims and sentence.sources for sentence in paragraph.sentences)
        verdicts = verify(paragraph.text, kg.store, kg.names, Clocks(today), today)
        assert [v for v in verdicts if not v.accepted] == [], focus
    assert said >= 12


@pytest.mark.parametrize(
    ("focus", "as_of", "says"),
    [
        ("germany", "2010-01-01", "Angela Merkel has been chancellor of Germany since Nov. 22, 2005."),
        ("germany", "2023-05-05", "Angela Merkel was chancellor of Germany from Nov. 22, 2005, to Dec. 8, 2021."),
        ("germany", "2026-11-30", "Friedrich Merz has been chancellor of Germany since May 6, 2025."),
        ("france", "2026-11-30", "Sébastien Lecornu has been the head of government of France since Sept. 10, 2025."),
        ("haiti", "2026-11-30", "Joseph was interim president of Haiti from July 7, 2021, to July 20, 2021."),
        (
            "claude-joseph",
            "2026-11-30",
            "Claude Joseph was acting prime minister of Haiti from April 14, 2021, to July",
        ),
        ("armenia", "2022-03-01", "Alen Simonyan has been acting president of Armenia since Feb. 1."),
        ("emmanuel-macron", "2026-11-30", "Francois Hollande was president of France from May 15, 2012, to May 2017."),
        ("angela-merkel", "2026-11-30", "and Olaf Scholz from Dec. 8, 2021, to about May 2025."),
    ],
)
def test_who_led_is_told_as_of_the_day(focus: str, as_of: str, says: str, kg: KnowledgeGraph) -> None:
    assert says in told(kg, focus, as_of)


def test_who_has_not_been_confirmed_for_years_is_not_said_to_lead(kg: KnowledgeGraph) -> None:
    assert "Henry has been" not in told(kg, "haiti", "2026-11-30", 300)


def test_what_was_seen_once_is_not_told_of_other_times(kg: KnowledgeGraph) -> None:
    assert "Berlin is the capital of Germany." in told(kg, "germany", "2026-11-30", 300)
    assert "Berlin" not in told(kg, "germany", "1985-06-01", 300)


def test_a_thing_with_a_chain_is_told_by_its_chain(kg: KnowledgeGraph) -> None:
    chain = kg.chain("Finland", as_of="2024-03-08", events=9)
    assert kg.context("Finland", as_of="2024-03-08", events=9).text == kg.tell(chain, words=150).text


def test_the_one_event_known_is_told_after_how_the_thing_stands(kg: KnowledgeGraph) -> None:
    text = told(kg, "armenia", "2026-11-30")
    assert text.index("Nikol Pashinyan has been prime minister of Armenia") < text.index("a summit at the White House")


def test_without_a_chain_the_error_names_the_other_way(kg: KnowledgeGraph) -> None:
    with pytest.raises(Insufficient, match="`context` tells how a state"):
        kg.chain("germany", as_of="2026-11-30")


@pytest.mark.parametrize(
    ("person", "on", "says"),
    [
        ("alen-simonyan", "2022-03-01", "acting Armenian President Alen Simonyan"),
        ("claude-joseph", "2021-05-01", "acting Haitian Prime Minister Claude Joseph"),
        ("armen-sarkissian", "2020-01-01", "Armenian President Armen Sarkissian"),
    ],
)
def test_who_only_fills_an_office_has_no_bare_title(person: str, on: str, says: str, kg: KnowledgeGraph) -> None:
    assert Names(kg.store, clocks=Clocks(day(on))).of(person, day(on)).text == says
    assert [f for f in forms(person, day(on), kg.store) if "President" in f or "Minister" in f] == [says]


@pytest.mark.parametrize(("days", "told_"), [(-30, True), (30, False)])
def test_without_a_day_what_ends_soon_is_not_told_as_over(days: int, told_: bool, tmp_path: Path) -> None:
    """Such a text is read a year on, so that every date tells its year; nothing may be over before it is."""
    ends = iso(day(datetime.date.today().isoformat()) + days)
    led = Claim("sauli-niinisto", "leads", "finland", said(DERRY), when=f"2012-03-01/{ends}")
    turtle.write(replace(WORLD, claims=(led, *WORLD.claims)), tmp_path / "world.ttl", load())
    store = Store.open(tmp_path, cache=tmp_path / "cache")
    paragraph = tell(Chain(Focus("entity", ("finland",)), None, None, ()), store, Wishes(at_most=True))
    assert (led.id in paragraph.claims) is told_


def test_what_is_no_single_thing_stays_insufficient(kg: KnowledgeGraph) -> None:
    with pytest.raises(Insufficient):
        kg.context("germany", "japan", as_of="2026-11-30")
    with pytest.raises(Insufficient, match="fewer than two"):
        kg.context("paris-fr", as_of="2026-11-30")
