"""The join: one person from two sources, ends no sharper than known, doubts kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import when
from graph.claim import Citation, Claim, Status, article_id
from graph.sources.leaders.join import Joined, join
from graph.sources.leaders.span import covering
from graph.sources.leaders.term import Term

ARTICLE = article_id("https://github.com/factbook/factbook.json")
REIGN = article_id("https://oefdatascience.github.io/REIGN.github.io/")
RECORDED = "2026-11-23"


def listed(
    name: str, since: str, first: str, last: str, *, role: str = "headOfGovernmentOf", now: bool = False
) -> Term:
    """A listing of the Factbook for Armenia, as first and last seen."""
    place = Citation(ARTICLE, f"am: {first}", note="Prime Minister")
    return Term("armenia", role, name, name, since, "", when.day(first), when.day(last), now, "", place)


def leader(name: str, since: str, until: str) -> Term:
    """A record of REIGN for Armenia."""
    first = when.day("2021-03-31")
    key = f"reign-arm-{name.lower()}-1960"
    return Term("armenia", "leads", key, name, since, until, first, first, False, "", Citation(REIGN, name))


def joined(*terms: Term) -> Joined:
    book = sorted((t for t in terms if t.role != "leads"), key=lambda t: (t.role, t.first))
    return join(book, [t for t in terms if t.role == "leads"], recorded=RECORDED)


def said(found: Joined, predicate: str = "headOfGovernmentOf") -> list[tuple[str, str]]:
    return sorted((c.subject, c.when) for c in found.claims if c.predicate == predicate)


KARAPETYAN = listed("Karen Karapetyan", "2016-09-13", "2016-11-06", "2017-03-28")
PASHINYAN = listed("Nikol Pashinyan", "2018-05-08", "2020-11-24", "2026-01-22", now=True)


def test_no_end_in_the_years_without_lists() -> None:
    assert said(joined(KARAPETYAN, PASHINYAN)) == [
        ("karen-karapetyan", "2016-09-13/"),
        ("nikol-pashinyan", "2018-05-08/.."),
    ]


def test_an_end_is_as_sharp_as_the_lists() -> None:
    first = listed("Hovik Abrahamyan", "2021-04-13", "2021-06-03", "2021-09-09")
    second = listed("Karen Karapetyan", "2021-09-13", "2021-09-16", "2021-12-30")
    assert said(joined(first, second))[0] == ("hovik-abrahamyan", "2021-04-13/2021-09")


def test_a_surname_with_the_same_start_is_the_same_person() -> None:
    found = joined(PASHINYAN, leader("Pashinian", "2018-05-08", ""))
    (claim,) = [c for c in found.claims if c.predicate == "headOfGovernmentOf"]
    assert {c.article for c in claim.citations} == {ARTICLE, REIGN}
    (person,) = [e for e in found.entities if e.kind == "Person"]
    assert person.aliases == (("Pashinian", "en"),)


def test_another_start_stands_beside_as_contested() -> None:
    found = joined(PASHINYAN, leader("Pashinyan", "2018-05-11", ""))
    claims = {c.when: c for c in found.claims if c.predicate == "headOfGovernmentOf"}
    ours, theirs = claims["2018-05-08/.."], claims["2018-05-11/.."]
    assert (ours.status, theirs.status) == (Status.ACCEPTED, Status.CONTESTED)
    assert (ours.contradicts, theirs.contradicts) == ((theirs.id,), (ours.id,))


def test_the_end_comes_from_the_list_that_gives_ends() -> None:
    found = joined(KARAPETYAN, leader("Karapetyan", "2016-09-13", "2018-04"))
    assert said(found) == [("karen-karapetyan", "2016-09-13/2018-04")]


def test_a_surname_that_could_be_two_people_stays_apart() -> None:
    one = listed("Karen Karapetyan", "2021-01-01", "2021-01-07", "2021-06-03")
    two = listed("Samvel Karapetyan", "2021-01-20", "2021-01-07", "2021-06-03", role="headOfStateOf")
    found = joined(one, two, leader("Karapetyan", "2021-01-10", ""))
    assert any("could be" in line for line in found.report)
    assert len([e for e in found.entities if e.kind == "Person"]) == 3


def test_a_later_start_of_the_same_person_is_no_new_beginning() -> None:
    again = listed("Nikol Pashinyan", "2021-08-02", "2021-08-12", "2021-09-09")
    early = listed("Nikol Pashinyan", "2018-05-08", "2020-11-24", "2021-08-05")
    assert said(joined(early, again)) == [("nikol-pashinyan", "2018-05-08/")]


def test_a_start_before_the_predecessors_is_not_believed() -> None:
    before = listed("Catalin Predoiu", "2025-05-06", "2025-05-15", "2025-06-26")
    typo = listed("Ilie Bolojan", "2005-06-23", "2025-07-03", "2026-01-22", now=True)
    assert ("ilie-bolojan", "2025-07~/..") in said(joined(before, typo))


DAYS = st.integers(when.day("1990-01-01"), when.day("2026-01-01"))


@given(DAYS, st.integers(0, 900))
def test_covering_covers(first: int, width: int) -> None:
    found = when.parse(covering(first, first + width))
    assert found.begin_earliest <= first
    assert first + width <= found.end_latest


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-10-25", "2022-10-25", "2022-10-25"),
        ("2022-10-20", "2022-10-25", "2022-10"),
        ("2024-07-04", "2024-07-05", "2024-07-05~"),
        ("2015-11-29", "2016-07-13", "2016~"),
        ("1990-01-01", "2020-01-01", ""),
    ],
)
def test_covering_is_narrow(first: str, last: str, expected: str) -> None:
    assert covering(when.day(first), when.day(last)) == expected


def test_every_claim_is_a_claim_with_a_source() -> None:
    for claim in joined(KARAPETYAN, PASHINYAN).claims:
        assert isinstance(claim, Claim)
        assert claim.recorded == RECORDED
