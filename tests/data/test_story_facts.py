"""Every fact and conflict gathered for the Azerbaijan–Russia story is in the graph, said by its article."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph import rdf
from graph import when as when_
from graph.claim import Claim, Status
from graph.when import Held

EVENTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "story_events.yaml").read_text(encoding="utf-8"))
# The eleven conflicts: event and field of the list, then what stands against each other in the graph.
CONFLICTS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("azal-crash", "deaths", (("azal-crash-2024", "deaths", "38"), ("azal-crash-2024", "deaths", "67"))),
    (
        "az-mfa-protest",
        "date",
        (
            ("volokovykh-summons-2025", "happened", "2025-06-28"),
            ("volokovykh-summons-2025", "happened", "2025-06-29"),
        ),
    ),
    (
        "cultural-cancel",
        "date",
        (
            ("cultural-cancellation-2025", "happened", "2025-06-29"),
            ("cultural-cancellation-2025", "happened", "2025-06-27"),
        ),
    ),
    (
        "az-mfa-protest",
        "person and role",
        (
            ("pyotr-volokovykh", "holdsOffice", "charge-d-affaires-of-russia-in-azerbaijan"),
            ("pyotr-volokovykh", "holdsOffice", "ambassador-of-russia-to-azerbaijan"),
        ),
    ),
    (
        "yekaterinburg-deaths",
        "cause of death",
        tuple(
            ("safarov-deaths-2025", "cause", cause)
            for cause in ("heart failure in one case", "traumatic shock from multiple injuries", "torture")
        ),
    ),
    ("yekaterinburg-deaths", "number of dead", tuple(("safarov-deaths-2025", "deaths", n) for n in ("2", "5"))),
    (
        "aliyev-court-plan",
        "precedent named",
        (("aliyev-court-plan-2025", "about", "mh17-2014"), ("aliyev-court-plan-2025", "about", "mh370-2014")),
    ),
    (
        "russia-summons-az-ambassador",
        "direction of action",
        (
            ("russia-summons-mustafayev-2025", "actor", "russia-foreign-ministry"),
            ("mustafayev-protest-2025", "actor", "rahman-mustafayev"),
        ),
    ),
    (
        "kartavykh-released",
        "status",
        tuple(
            ("kartavykh-release-2025", "outcome", f"Igor Kartavykh was {what}")
            for what in ("released from custody", "moved to house arrest")
        ),
    ),
    (
        "white-house-pact",
        "what was done",
        tuple(
            ("white-house-meeting-2025", "outcome", f"Armenia and Azerbaijan {what}")
            for what in (
                "initialed a joint declaration that is not binding",
                "signed a peace agreement that formally ended their conflict",
            )
        ),
    ),
    (
        "yekaterinburg-raids",
        "people detained",
        tuple(("yekaterinburg-raids-2025", "detained", n) for n in ("6", "9", "50", "60")),
    ),
)


# Dates of the list that are not the day of the event but another one that its article names.
OTHER_DAYS = {
    ("usaid-legal-basis-ends", "2024-06-01"): "the day spoken of; the minister spoke of it on January 16, 2025",
    ("aliyev-skips-parade", "2025-05-09"): "the day of the parade; the trip was called off two days before",
}


@pytest.fixture(scope="module")
def story(root: Path) -> rdf.Bundle:
    return rdf.read(root / "data" / "triples" / "azerbaijan-russia.ttl")


@pytest.fixture(scope="module")
def about(story: rdf.Bundle) -> dict[str, list[Claim]]:
    """The claims about each thing."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in story.claims:
        found[claim.subject].append(claim)
    return found


def gathered(shared: Path, name: str) -> Any:
    return json.loads((shared / "stories" / f"azerbaijan-russia.{name}.json").read_text(encoding="utf-8"))


def test_every_fact_is_said_by_its_article(shared: Path, story: rdf.Bundle, about: dict[str, list[Claim]]) -> None:
    """123 facts of 38 articles: the article is there, and cited for an event that the fact is about."""
    known = {a.url: a.id for a in story.articles}
    facts = [(article["url"], fact) for article in gathered(shared, "articles") for fact in article["facts"]]
    assert len(facts) == 123
    lost = [
        (fact["event"], url)
        for url, fact in facts
        if not any(c.article == known.get(url) for e in EVENTS[fact["event"]] for x in about[e] for c in x.citations)
    ]
    assert lost == []


def test_every_dated_fact_has_its_date(shared: Path, about: dict[str, list[Claim]]) -> None:
    """A day is matched by a day, a month or year by what lies in it, a latest day by an earlier one."""
    wrong = []
    for article in gathered(shared, "articles"):
        for fact in (f for f in article["facts"] if f["date"] and (f["event"], f["date"]) not in OTHER_DAYS):
            time = when_.parse(fact["date"])
            latest = "upper bound" in fact["date_basis"]
            dated = [c.time for e in EVENTS[fact["event"]] for c in about[e] if c.predicate == "happened" and c.time]
            if not any(
                t.begin_earliest <= time.end_latest and (latest or t.overlaps(time) is not Held.NO) for t in dated
            ):
                wrong.append((fact["event"], fact["date"]))
    assert wrong == []


def test_the_list_of_events_is_whole(shared: Path, about: dict[str, list[Claim]]) -> None:
    named = {fact["event"] for article in gathered(shared, "articles") for fact in article["facts"]}
    named |= {event["event"] for event in gathered(shared, "background")}
    assert named == set(EVENTS)


def test_every_conflict_of_the_list_is_named_here(shared: Path) -> None:
    listed = [(c["event"], c["field"]) for c in gathered(shared, "conflicts")]
    assert listed == [(event, field) for event, field, _ in CONFLICTS]


@pytest.mark.parametrize(("event", "field", "sides"), CONFLICTS, ids=[f"{c[0]}-{c[1]}" for c in CONFLICTS])
def test_both_sides_of_a_conflict_stand(
    event: str, field: str, sides: tuple[tuple[str, str, str], ...], about: dict[str, list[Claim]]
) -> None:
    """Each side is a claim with its own source, each names the others, at most one is accepted.

    One cause of death, told of the Russian side by an outlet whose page is not known, is left out.
    """
    found = [c for s, p, v in sides for c in about[s] if (c.predicate, c.value) == (p, v)]
    assert len(found) == len(sides)
    for claim in found:
        assert {c.id for c in found} - {claim.id} <= set(claim.contradicts)
        assert claim.citations
    assert sum(c.status is Status.ACCEPTED for c in found) <= 1
