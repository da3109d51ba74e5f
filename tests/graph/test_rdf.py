"""Turtle: what is written can be read back, byte for byte, and other parsers agree."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import model, rdf, turtle
from graph.claim import Article, Citation, Claim, Entity, Literal, Stance, Status
from graph.errors import InputError
from graph.rdf import Bundle
from tests.world import CLAIMS, WORLD

MODEL = model.load()


def test_round_trip_of_the_world(tmp_path: Path) -> None:
    path = tmp_path / "world.ttl"
    turtle.write(WORLD, path, MODEL)
    again = rdf.read(path)
    assert set(again.claims) == set(WORLD.claims)
    assert set(again.entities) == set(WORLD.entities)
    assert set(again.articles) == set(WORLD.articles)
    assert turtle.text_of(again, MODEL) == path.read_text(encoding="utf-8")


def test_order_given_does_not_change_the_bytes() -> None:
    shuffled = list(WORLD.claims)
    random.Random(7).shuffle(shuffled)
    assert turtle.text_of(dataclasses.replace(WORLD, claims=tuple(shuffled)), MODEL) == turtle.text_of(WORLD, MODEL)


def test_one_fact_is_one_block() -> None:
    text = turtle.text_of(WORLD, MODEL)
    less = turtle.text_of(dataclasses.replace(WORLD, claims=WORLD.claims[1:]), MODEL)
    gone = [line for line in text.splitlines() if line not in set(less.splitlines())]
    assert any(WORLD.claims[0].id in line for line in gone)
    assert len(text.split("\n\n")) - len(less.split("\n\n")) in (1, 2)  # the claim, perhaps its citation


def test_rdflib_reads_the_same_triples(tmp_path: Path) -> None:
    import pyoxigraph
    import rdflib

    path = tmp_path / "world.ttl"
    turtle.write(WORLD, path, MODEL)
    ours = {str(t) for t in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)}
    theirs = rdflib.Graph().parse(path, format="turtle")
    assert len(theirs) == len(ours)
    assert len(rdf.to_rdflib([path])) == len(ours)


DIRECT = [
    ("an ongoing accepted relation", CLAIMS[0], True),
    ("a relation that is over", CLAIMS[2], False),
    ("a contested relation", CLAIMS[3], False),
    ("an event's date, though the day is over", CLAIMS[5], True),
    ("a withdrawn claim", dataclasses.replace(CLAIMS[0], withdrawn="2026-01-01"), False),
]


@pytest.mark.parametrize(("what", "claim", "direct"), DIRECT)
def test_direct_triples(what: str, claim: Claim, direct: bool) -> None:
    assert turtle.is_direct(claim, MODEL) is direct, what
    assert (f"\ne:{claim.subject} w:{claim.predicate}" in turtle.claim_block(claim, MODEL)) is direct


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
literals = st.one_of(
    st.builds(Literal, texts, st.just("text"), st.sampled_from(["", "en", "ru"])),
    st.builds(Literal, st.integers().map(str), st.just("integer")),
    st.builds(Literal, st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str), st.just("number")),
    st.builds(Literal, st.dates().map(str), st.just("date")),
    st.builds(Literal, texts, st.just("code")),
)
citations = st.builds(
    Citation,
    st.just(WORLD.articles[0].id),
    locator=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    quote=st.sampled_from(["", 'a "quoted" \\ line\n']),
    speaker=st.sampled_from(["", "russia"]),
    stance=st.just(Stance.STATES),
)


@given(
    st.lists(st.builds(Claim, st.just("finland"), st.just("description"), literals, st.tuples(citations)), max_size=4)
)
def test_any_value_survives(claims: list[Claim]) -> None:
    import tempfile

    kept = tuple({c.id: c for c in claims}.values())
    bundle = Bundle(WORLD.entities, WORLD.articles, kept)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.ttl"
        turtle.write(bundle, path, MODEL)
        assert set(rdf.read(path).claims) == set(kept)


def test_bad_turtle_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("@prefix e: <https://backstory.example/e/> .\ne:a e:b .\n")
    with pytest.raises(InputError, match=r"^bad\.ttl:2: not Turtle"):
        rdf.read(path)


def test_a_claim_that_cites_nothing_declared_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "world.ttl"
    text = turtle.text_of(WORLD, MODEL)
    start = text.index("\ns:") + 1
    path.write_text(text[:start] + text[text.index("\n\n", start) + 2 :])
    with pytest.raises(InputError, match="cites nothing that is declared"):
        rdf.read(path)


def test_full_claim_round_trip(tmp_path: Path) -> None:
    claim = Claim(
        "russia",
        "borders",
        "finland",
        (Citation(WORLD.articles[0].id, "table", "1,340 kilometers", "russia", Stance.STATES, "via AP"),
         Citation(WORLD.articles[1].id, stance=Stance.DENIES)),
        "1991/..",
        Status.CONTESTED,
        (("lengthKm", Literal("1340.0", "number")),),
        ("0123456789abcdef",),
        "2026-01-01",
        "2026-02-02",
        "2026-03-03",
        "fedcba9876543210",
    )  # fmt: skip
    path = tmp_path / "x.ttl"
    turtle.write(Bundle(WORLD.entities, WORLD.articles, (claim,)), path, MODEL)
    (again,) = rdf.read(path).claims
    assert again.id == claim.id
    assert set(again.citations) == set(claim.citations)
    assert dataclasses.replace(again, citations=claim.citations) == claim


def test_counts(tmp_path: Path) -> None:
    path = tmp_path / "world.ttl"
    turtle.write(WORLD, path, MODEL)
    found = rdf.counts(path)
    assert found["claims"] == len(WORLD.claims)
    assert (found["entities"], found["articles"]) == (len(WORLD.entities), len(WORLD.articles))


def test_entity_with_many_names(tmp_path: Path) -> None:
    entity = Entity(
        "x", "Country", (("Finland", "en"), ("Suomi", "fi")), (("FI", ""),), ("http://www.wikidata.org/entity/Q33",)
    )
    path = tmp_path / "x.ttl"
    turtle.write(Bundle((entity,)), path, MODEL)
    assert rdf.read(path).entities == (entity,)


def test_an_article_keeps_everything(tmp_path: Path) -> None:
    url, archive = "https://a.example/x?y=%20z", "https://b.example/"
    article = Article(
        "article-1", url, "T", "ap", "2025-02?", "page", "en", "afp", "article-0", "2026-01-01", archive, "CC0"
    )
    path = tmp_path / "x.ttl"
    untitled = dataclasses.replace(article, id="article-2", title="")
    turtle.write(Bundle((), (article, untitled)), path, MODEL)
    assert rdf.read(path).articles == (article, untitled)
