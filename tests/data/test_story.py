"""The Azerbaijan–Russia story as it is written in data/triples: who, what, when, and who says so."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from graph import model, rdf, turtle
from graph import when as when_
from graph.claim import Claim, Status
from graph.entity import Event, event

STORY = "azerbaijan-russia-2025"
FILE = f"{STORY.removesuffix('-2025')}.ttl"
BACKBONE = (
    "azal-crash-2024",
    "russian-house-closure-2025",
    "sputnik-closure-2025",
    "yekaterinburg-raids-2025",
    "volokovykh-summons-2025",
    "cultural-cancellation-2025",
    "sputnik-search-2025",
    "yevdokimov-summons-2025",
)
CONFLICTS = (
    ("azal-crash-2024", "deaths", {"38", "67"}),
    ("volokovykh-summons-2025", "happened", {"2025-06-28", "2025-06-29"}),
    ("cultural-cancellation-2025", "happened", {"2025-06-29", "2025-06-27"}),
    ("safarov-deaths-2025", "deaths", {"2", "5"}),
    ("yekaterinburg-raids-2025", "detained", {"6", "9", "50", "60"}),
)
LONGEST_SUMMARY_WORDS = 30


@pytest.fixture(scope="module")
def path(root: Path) -> Path:
    """The file under test."""
    return root / "data" / "triples" / FILE


@pytest.fixture(scope="module")
def story(path: Path) -> rdf.Bundle:
    """Everything the file declares."""
    return rdf.read(path)


@pytest.fixture(scope="module")
def claims(story: rdf.Bundle) -> dict[str, Claim]:
    """The claims by id."""
    return {c.id: c for c in story.claims}


@pytest.fixture(scope="module")
def events(story: rdf.Bundle) -> dict[str, Event]:
    """The events by id, each with the claims about it."""
    found = model.load()
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in story.claims:
        about[claim.subject].append(claim)
    return {e.id: event(e, about[e.id], found) for e in story.entities if found.is_event(e.kind)}


def values(found: Event, predicate: str) -> dict[str, Claim]:
    """The claims of one predicate, by value."""
    return {c.value: c for c in found.of(predicate)}


def speakers(claim: Claim) -> set[str]:
    """Whoever is quoted as saying it."""
    return {c.speaker for c in claim.citations if c.speaker}


def test_reading_and_writing_gives_the_same_bytes(path: Path, story: rdf.Bundle) -> None:
    assert turtle.text_of(story, model.load()).encode() == path.read_bytes()


def test_every_claim_is_cited_and_every_thing_is_declared(story: rdf.Bundle) -> None:
    entities, articles = {e.id for e in story.entities}, {a.id for a in story.articles}
    for claim in story.claims:
        assert claim.citations, claim
        assert {c.article for c in claim.citations} <= articles
        assert {c.speaker for c in claim.citations} - {""} <= entities
        assert {claim.subject} | ({claim.object} if isinstance(claim.object, str) else set()) <= entities
    assert {a.publisher for a in story.articles} | {a.origin for a in story.articles} - {""} <= entities | {""}
    assert articles == {c.article for claim in story.claims for c in claim.citations}, "an article nobody cites"


def test_the_model_allows_every_claim(story: rdf.Bundle) -> None:
    found, kinds = model.load(), {e.id: e.kind for e in story.entities}
    for claim in story.claims:
        thing = kinds[claim.object] if isinstance(claim.object, str) else None
        assert found.allows(claim.predicate, kinds[claim.subject], thing), claim
        if thing is None and found.is_event(kinds[claim.subject]):
            assert claim.predicate in found.values(kinds[claim.subject]), claim


def test_every_event_is_complete(events: dict[str, Event]) -> None:
    found = model.load()
    for each in events.values():
        assert each.of("happened"), each.id
        assert each.of("summary"), each.id
        assert len(each.value("summary").split()) <= LONGEST_SUMMARY_WORDS, each.id
        missing = [r.predicate for r in found.roles(each.kind).values() if r.required and not each.who(r.predicate)]
        assert not missing, (each.id, missing)


def test_the_backbone_is_there_in_order(events: dict[str, Event]) -> None:
    days = []
    for name in BACKBONE:
        assert STORY in events[name].who("inStory"), name
        time = events[name].when
        assert time is not None
        assert time.is_day
        days.append(time.begin_earliest)
    assert days == sorted(days)


def test_contradictions_go_both_ways(claims: dict[str, Claim]) -> None:
    contradicted = [c for c in claims.values() if c.contradicts]
    assert contradicted
    for claim in contradicted:
        assert all(claim.id in claims[other].contradicts for other in claim.contradicts), claim


@pytest.mark.parametrize(("name", "predicate", "expected"), CONFLICTS)
def test_conflicting_values_stand_side_by_side(
    events: dict[str, Event], name: str, predicate: str, expected: set[str]
) -> None:
    said = values(events[name], predicate)
    assert set(said) == expected
    ids = {c.id for c in said.values()}
    assert all(set(c.contradicts) == ids - {c.id} for c in said.values())


def test_thirty_eight_is_the_figure_and_the_outlier_is_contested(events: dict[str, Event]) -> None:
    deaths = values(events["azal-crash-2024"], "deaths")
    assert deaths["38"].status is Status.ACCEPTED
    assert len(deaths["38"].citations) > len(deaths["67"].citations)
    assert deaths["67"].status is Status.CONTESTED
    assert events["azal-crash-2024"].value("deaths") == "38"
    assert (events["azal-crash-2024"].value("aboard"), events["azal-crash-2024"].value("survivors")) == ("67", "29")


def test_both_accounts_of_the_deaths_stand_each_with_its_speaker(events: dict[str, Event]) -> None:
    causes = events["safarov-deaths-2025"].of("cause")
    assert all(c.status is Status.CONTESTED for c in causes)
    assert all(speakers(c) for c in causes), "a cause that nobody is named for"
    said_by = {name for c in causes for name in speakers(c)}
    assert {"russian-investigative-committee", "azerbaijan-prosecutor-general", "sayfaddin-huseynli"} <= said_by


def test_the_number_detained_is_nobodys_certain_figure(events: dict[str, Event]) -> None:
    detained = values(events["yekaterinburg-raids-2025"], "detained")
    assert all(c.status is Status.CONTESTED for c in detained.values())
    assert "russian-investigative-committee" in speakers(detained["6"])
    assert "azerbaijan-foreign-ministry" in speakers(detained["9"])


def test_the_precedent_is_one_flight_and_the_slip_another(events: dict[str, Event]) -> None:
    assert {"mh17-2014", "mh370-2014"} <= set(events)
    about = values(events["aliyev-court-plan-2025"], "about")
    assert about["mh17-2014"].status is Status.ACCEPTED
    assert about["mh370-2014"].status is Status.CONTESTED
    assert about["mh370-2014"].id in about["mh17-2014"].contradicts


def test_the_envoy_is_one_person_whose_rank_is_disputed(story: rdf.Bundle) -> None:
    envoy = next(e for e in story.entities if e.id == "pyotr-volokovykh")
    assert {"Pyotr Volokhov", "Pyotr Volokov", "Pyotr Volokovih"} <= {text for text, _ in envoy.aliases}
    held = {c.value: c for c in story.claims if c.subject == envoy.id and c.predicate == "holdsOffice"}
    assert held["charge-d-affaires-of-russia-in-azerbaijan"].status is Status.ACCEPTED
    assert held["ambassador-of-russia-to-azerbaijan"].status is Status.CONTESTED


def test_no_stated_link_leads_forward_in_time(events: dict[str, Event]) -> None:
    for each in events.values():
        for link in each.links:
            cause = events[link.value]
            assert each.when
            assert cause.when
            if link.predicate != "partOf":
                assert each.when.before(cause.when) is not when_.Held.CERTAIN, link


def test_what_was_published_later_is_not_known_earlier(story: rdf.Bundle) -> None:
    known = {a.id: a.known for a in story.articles}
    day = when_.day("2025-06-29")
    early = [c for c in story.claims if any(known[x.article] <= day for x in c.citations)]
    assert any(c.subject == "cultural-cancellation-2025" for c in early)
    assert not any(c.subject == "sputnik-search-2025" for c in early)
