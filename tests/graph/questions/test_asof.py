"""The state of a thing on a day: certain, possible, not known; and both clocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph import when as when_
from graph.claim import Claim, Literal, Status
from graph.errors import UnknownName
from graph.questions import asof, spans
from graph.questions.overview import overview
from graph.rdf import Bundle
from graph.store import Store
from graph.when import Clocks, Held
from tests.conftest import store_of
from tests.world import ARTICLES, CITYNEWS, DERRY, ENTITIES, said

STATES: tuple[tuple[str, str, list[tuple[str, str, Held]], str], ...] = (
    ("finland", "2011-06-01", [], "before any term"),
    ("finland", "2012-06-01", [("headOfStateOf", "sauli-niinisto", Held.POSSIBLE)], "a begin known to the year"),
    ("finland", "2020-01-01", [("headOfStateOf", "sauli-niinisto", Held.CERTAIN)], "in the middle of a term"),
    (
        "finland",
        "2024-03-01",
        [
            ("headOfStateOf", "alexander-stubb", Held.CERTAIN),
            ("headOfStateOf", "sauli-niinisto", Held.CERTAIN),
            ("memberOf", "nato", Held.CERTAIN),
        ],
        "the day both claims name",
    ),
    ("finland", "2023-04-03", [("headOfStateOf", "sauli-niinisto", Held.CERTAIN)], "the day before joining"),
    (
        "finland",
        "2023-04-04",
        [("headOfStateOf", "sauli-niinisto", Held.CERTAIN), ("memberOf", "nato", Held.CERTAIN)],
        "the day of joining",
    ),
    ("crimea", "2000-01-01", [("administers", "ukraine", Held.CERTAIN)], "one claim"),
    (
        "crimea",
        "2020-01-01",
        [("administers", "russia", Held.CERTAIN), ("administers", "ukraine", Held.CERTAIN)],
        "two accounts, both standing",
    ),
)


@pytest.mark.parametrize(("entity", "day", "wanted", "why"), STATES, ids=[f"{e} {d}: {w}" for e, d, _, w in STATES])
def test_state(world: Store, entity: str, day: str, wanted: list[tuple[str, str, Held]], why: str) -> None:
    found = asof.state(entity, world, Clocks(when_.day(day)))
    assert sorted((s.claim.predicate, s.other, s.held) for s in found) == sorted(wanted, key=lambda w: w[:2]), why


def test_now_means_not_known_to_be_over(world: Store) -> None:
    assert [s.other for s in asof.state("finland", world)] == ["alexander-stubb", "nato"]


def test_known_at_hides_what_nobody_had_said(world: Store) -> None:
    day = when_.day("2024-03-10")
    told = asof.state("finland", world, Clocks(day, when_.day("2024-02-01")))
    assert [s.other for s in told] == ["nato"]


def test_an_ongoing_relation_is_only_possible_after_it_was_last_confirmed(tmp_path: Path) -> None:
    claim = Claim("finland", "memberOf", "nato", said(CITYNEWS), "2023-04-04/..", confirmed="2024-03-01")
    store = store_of(Bundle(ENTITIES, ARTICLES, (claim,)), tmp_path, tmp_path / "cache")
    before, after = (asof.state("finland", store, Clocks(when_.day(d)))[0] for d in ("2024-03-01", "2024-03-02"))
    assert (before.held, before.why) == (Held.CERTAIN, "")
    assert (after.held, after.why) == (Held.POSSIBLE, "last confirmed 2024-03-01")


TERMS: tuple[tuple[str, tuple[tuple[str, str, str], ...], list[str], str], ...] = (
    ("2015-01-01", (("sauli-niinisto", "2012-03-01/", ""), ("alexander-stubb", "2014-01-01/..", "")),
     ["alexander-stubb"], "an end nobody gives lies at the latest where the next one begins"),
    ("2014-01-20", (("sauli-niinisto", "2012/2014-01", ""), ("alexander-stubb", "2014-01-10/..", "")),
     ["alexander-stubb"], "an end known to the month as well"),
    ("2013-01-01", (("sauli-niinisto", "2012/", ""), ("alexander-stubb", "2012-06-01/", "co-")),
     ["alexander-stubb", "sauli-niinisto"], "who shares it follows nobody"),
    ("2015-01-01", (("sauli-niinisto", "", ""), ("alexander-stubb", "2014-01-01/..", "")), ["alexander-stubb"],
     "who is known from another day only makes way"),
    ("2025-01-01", (("sauli-niinisto", "2023-12-01/", "acting"), ("alexander-stubb", "2019-06-01/..", "")),
     ["alexander-stubb"], "who stood in ends at the latest when the holder was listed again"),
    ("2024-02-01", (("sauli-niinisto", "2023-12-01/", "acting"), ("alexander-stubb", "2019-06-01/..", "")),
     ["alexander-stubb", "sauli-niinisto"], "and not before that"),
    ("2023-12-02", (("sauli-niinisto", "2023-12-01/", ""), ("alexander-stubb", "2023-12-01/..", "")),
     ["alexander-stubb"], "of two who began on one day, the one still listed held it"),
    ("2025-01-01", (("sauli-niinisto", "2000-07-17/2024~", ""), ("alexander-stubb", "2024~/..", "")),
     ["alexander-stubb"], "who was listed had begun by then"),
    ("2020-01-01", (("sauli-niinisto", "2012/", "co-"), ("alexander-stubb", "2003/..", "co-"),
     ("ursula-von-der-leyen", "2017/..", "co-")), ["alexander-stubb", "ursula-von-der-leyen"],
     "what two hold together is held by two"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "terms", "wanted", "why"), TERMS, ids=[t[3] for t in TERMS])
def test_one_follows_another(
    day: str, terms: tuple[tuple[str, str, str], ...], wanted: list[str], why: str, tmp_path: Path
) -> None:
    claims = tuple(
        Claim(
            person,
            "headOfStateOf",
            "finland",
            said(CITYNEWS),
            when,
            qualifiers=(("capacity", Literal(capacity)),) if capacity else (),
            confirmed="2024-03-01" if not when or when.endswith("..") else "",
        )
        for person, when, capacity in terms
    )
    store = store_of(Bundle(ENTITIES, ARTICLES, claims), tmp_path, tmp_path / "cache")
    found = asof.state("finland", store, Clocks(when_.day(day)))
    assert sorted(s.other for s in found) == wanted, why


def test_the_best_telling_of_one_relation_is_kept() -> None:
    dated = Claim("finland", "memberOf", "nato", said(CITYNEWS, DERRY), "2023-04-04/..")
    other = Claim(
        "finland", "memberOf", "nato", said(CITYNEWS), "2023-04-05/..", Status.CONTESTED, contradicts=(dated.id,)
    )
    dated = replace(dated, contradicts=(other.id,))
    acting = Claim(
        "sauli-niinisto", "leads", "finland", said(CITYNEWS), "2012", qualifiers=(("capacity", Literal("acting")),)
    )
    bare = Claim("sauli-niinisto", "leads", "finland", said(CITYNEWS, DERRY), "2012")
    assert spans.best_told((other, dated, bare, acting)) == [dated, acting]


def test_what_a_dissolved_state_belonged_to_ends_with_it(tmp_path: Path) -> None:
    gone = Claim("crimea", "dissolved", Literal("2014-03-18", "date"), said(CITYNEWS), "2014-03-18")
    member = Claim("crimea", "memberOf", "united-nations", said(CITYNEWS), "1995/")
    store = store_of(Bundle(ENTITIES, ARTICLES, (gone, member)), tmp_path, tmp_path / "cache")
    at = {d: [s.other for s in asof.state("crimea", store, Clocks(when_.day(d)))] for d in ("2014-03-18", "2014-03-19")}
    assert at == {"2014-03-18": ["united-nations"], "2014-03-19": []}


def test_two_accounts_of_one_relation_are_one_line(tmp_path: Path) -> None:
    first = Claim("finland", "memberOf", "nato", said(CITYNEWS), "2023-04-04/..", Status.CONTESTED)
    other = Claim("finland", "memberOf", "nato", said(DERRY, CITYNEWS), "2023-04-05/..", Status.CONTESTED)
    first, other = replace(first, contradicts=(other.id,)), replace(other, contradicts=(first.id,))
    store = store_of(Bundle(ENTITIES, ARTICLES, (first, other)), tmp_path, tmp_path / "cache")
    lines = [line for line in overview("finland", store, Clocks(when_.day("2024-01-01"))).lines if line.thing == "nato"]
    assert [(line.when, line.note) for line in lines if line.group == "memberOf"] == [
        ("2023-04-05/..", "but: since 2023-04-04 (CityNews Toronto); contested")
    ]


def test_events_are_latest_first_and_cut_by_both_clocks(world: Store) -> None:
    assert [e.id for e in asof.events("nato", world)] == ["finland-joins-nato-2023"]
    assert asof.events("nato", world, Clocks(when_.day("2023-04-03"))) == ()
    assert asof.events("nato", world, Clocks(None, when_.day("2023-04-03"))) == ()
    assert asof.events("nato", world, limit=1)


def test_contested(world: Store) -> None:
    assert {c.subject for c in asof.contested("crimea", world)} == {"russia", "ukraine"}


def test_an_unknown_thing_is_refused(world: Store) -> None:
    with pytest.raises(UnknownName):
        asof.state("atlantis", world)


def test_overview_of_an_entity_cites_every_line(world: Store) -> None:
    found = overview("finland", world, Clocks(when_.day("2023-05-01")))
    assert (found.name, found.kind) == ("Finland", "Country")
    for line in found.lines:
        assert line.sources, line
        assert all(s.url.startswith("http") for s in line.sources)


def test_overview_says_when_nobody_is_known_to_have_headed_the_state(world: Store) -> None:
    (line,) = overview("finland", world, Clocks(when_.day("2011-06-01"))).lines
    assert (line.label, line.what, line.held) == ("head of state", "not known on 2011-06-01", "unknown")
    assert line.note == "after: Sauli Niinistö (2012/2024-03-01)"


def test_overview_of_an_event_a_claim_and_an_article(world: Store) -> None:
    event = overview("crimea-referendum-2014", world)
    assert [(line.group, line.what) for line in event.lines if line.group == "when"] == [
        ("when", "2014-03-16"),
        ("when", "2014-03-15"),
    ]
    assert any(line.label == "came before" for line in event.lines)
    claim = overview(event.lines[0].claim, world)
    assert claim.kind == "Claim"
    assert any(line.group == "contradicts" for line in claim.lines)
    article = overview(CITYNEWS.id, world)
    assert {line.what for line in article.lines if line.group == "says"} == {
        "Alexander Stubb – head of state of – Finland",
        "Sauli Niinistö – head of state of – Finland",
    }
