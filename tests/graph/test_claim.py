"""Claims: content ids, what may not enter, and merging."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claim import Article, Citation, Claim, Entity, Literal, Stance, Status, article_id, content_id, merge, slug
from graph.errors import InputError

CITED = (Citation("article-1"),)


def test_ids_are_the_same_in_every_process() -> None:
    code = "from graph.claim import content_id; print(content_id('finland', 'memberOf', 'nato', ['é']))"
    found = {subprocess.check_output([sys.executable, "-c", code], text=True).strip() for _ in range(2)}
    assert found == {content_id("finland", "memberOf", "nato", ["é"])}


def test_id_covers_what_is_claimed_not_who_says_it() -> None:
    one = Claim("finland", "memberOf", "nato", CITED, "2023-04-04/..")
    two = dataclasses.replace(one, citations=(Citation("article-2"),), recorded="2026-01-01", confirmed="2026-01-01")
    assert one.id == two.id
    for other in (
        dataclasses.replace(one, when="2023-04-05/.."),
        dataclasses.replace(one, object="eu"),
        dataclasses.replace(one, object=Literal("nato")),
        dataclasses.replace(one, qualifiers=(("capacity", Literal("acting")),)),
    ):
        assert other.id != one.id


def test_a_claim_needs_a_citation_that_states_it() -> None:
    for citations in ((), (Citation("article-1", stance=Stance.DENIES),)):
        with pytest.raises(InputError, match="without a citation"):
            Claim("finland", "memberOf", "nato", citations)


REFUSED = [
    (lambda: Literal("1.5", "integer"), "not an integer"),
    (lambda: Literal("many", "number"), "not a number"),
    (lambda: Literal("NaN", "number"), "not a number"),
    (lambda: Literal("2025-13", "date"), "no such month"),
    (lambda: Literal("a\0b"), "NUL"),
    (lambda: Entity("Finland", "Country", (("Finland", "en"),)), "not an id"),
    (lambda: Entity("../x", "Country", (("x", "en"),)), "not an id"),
    (lambda: Entity("finland", "Country", ()), "without a name"),
    (lambda: Article("article-1", "javascript:alert(1)", "x", "ap", "2025"), "not a web address"),
    (lambda: Article("article-1", "https://a b", "x", "ap", "2025"), "not a web address"),
    (lambda: Citation("article-1", quote="word " * 26), "25 at most"),
    (lambda: Claim("finland", "memberOf", "nato", CITED, "2023-02-30"), "no such day"),
]


@pytest.mark.parametrize(("make", "why"), REFUSED)
def test_refused(make, why: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=why):
        make()


NUMBERS = [("007", "integer", "7"), ("-0", "integer", "0"), ("1.0", "number", "1"), ("1E3", "number", "1000")]


@pytest.mark.parametrize(("text", "kind", "kept"), NUMBERS)
def test_equal_numbers_are_written_alike(text: str, kind: str, kept: str) -> None:
    assert Literal(text, kind).value == kept


def test_known_is_the_first_certain_day() -> None:
    from graph.when import iso

    article = Article(article_id("https://a.example/1"), "https://a.example/1", "t", "ap", "2025-02")
    assert iso(article.known) == "2025-02-28"


def test_an_article_without_a_title_is_called_by_publisher_and_day() -> None:
    article = Article("article-1", "https://a.example/1", "", "azernews", "2025-02-06")
    assert article.called("Azernews", "Feb. 6, 2025") == "Azernews, Feb. 6, 2025"
    assert dataclasses.replace(article, title="Closed").called("Azernews", "Feb. 6, 2025") == "Closed"


def test_merge_keeps_every_citation_and_the_doubt() -> None:
    one = Claim("finland", "memberOf", "nato", CITED, "2023", recorded="2026-02-01")
    two = dataclasses.replace(one, citations=(Citation("article-2"),), status=Status.CONTESTED, recorded="2026-01-01")
    both = merge(one, two)
    assert {c.article for c in both.citations} == {"article-1", "article-2"}
    assert (both.status, both.recorded) == (Status.CONTESTED, "2026-01-01")
    assert merge(two, one) == both
    with pytest.raises(InputError, match="differ"):
        merge(one, dataclasses.replace(one, object="eu"))


@given(st.text(min_size=1))
def test_slug_is_always_an_id(text: str) -> None:
    Entity(slug(text), "Country", (("x", "en"),))


@pytest.mark.parametrize(("text", "id"), [("Côte d'Ivoire", "cote-d-ivoire"), ("Sauli Niinistö", "sauli-niinisto")])
def test_slug(text: str, id: str) -> None:
    assert slug(text) == id


BREAKING = "x> <p> <evil> .\n<y"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Claim(BREAKING, "memberOf", "nato", (Citation("a"),)),
        lambda: Claim("finland", BREAKING, "nato", (Citation("a"),)),
        lambda: Claim("finland", "memberOf", BREAKING, (Citation("a"),)),
        lambda: Claim("finland", "memberOf", "", (Citation("a"),)),
        lambda: Claim("finland", "memberOf", "nato", (Citation("a"),), qualifiers=((BREAKING, Literal("x")),)),
        lambda: Claim("finland", "memberOf", "nato", (Citation("a"),), contradicts=(BREAKING,)),
        lambda: Claim("finland", "memberOf", "nato", (Citation("a"),), superseded_by=BREAKING),
        lambda: Citation(BREAKING),
        lambda: Citation("a", speaker=BREAKING),
        lambda: Literal("x", lang="en> ."),
        lambda: Entity("x", "Person", (("X", "en ."),)),
        lambda: Article("a", "https://e.org/", "t", BREAKING, "2024"),
        lambda: Article("a", "https://e.org/> .", "t", "x", "2024"),
    ],
)
def test_what_is_written_unquoted_is_checked_where_it_is_made(make: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        make()
