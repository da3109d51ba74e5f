"""Mentions: what a running text names, and what it only seems to name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import when as when_
from graph.knowledge import KnowledgeGraph

TEXTS: tuple[tuple[str, list[str], str], ...] = (
    ("Azerbaijan and Russia quarrel.", ["azerbaijan", "russia"], "countries"),
    (
        "Azerbaijan's police searched Sputnik Azerbaijan in Baku.",
        ["azerbaijan", "sputnik-azerbaijan", "baku-az"],
        "longest first",
    ),
    ("The Russian president apologised.", ["vladimir-putin"], "a title after a demonym is its holder that day"),
    ("Azerbaijani President Ilham Aliyev spoke.", ["azerbaijan", "ilham-aliyev"], "unless the name follows"),
    ("Ilham Aliyev spoke. Then Aliyev left.", ["ilham-aliyev", "ilham-aliyev"], "a surname after the full name"),
    ("Lyudmila Putina came.", [], "another surname"),
    ("A bridge in New Mexico fell.", [], "a country's name inside another name"),
    ("Latin American leaders met.", [], "a demonym inside another name"),
    ("They told us that it is nice.", [], "small words are no codes"),
    ("The US and the U.S. are one.", ["united-states", "united-states"], "capitals are"),
    ("Nur Hassan Hussein resigned.", [], "a small city's name inside a person's"),
    ("Georgia, which borders Russia", ["georgia", "russia"], "a comma ends a name"),
    (
        "Police in Dublin, Ohio, and in Columbus met.",
        ["columbus-us"],
        "a state after a comma: a town that is none here",
    ),
    (
        "Police in Dublin met the Irish president.",
        ["dublin-ie", "catherine-connolly"],
        "the capital where nothing speaks against it",
    ),
    ("Police in Atlanta, Georgia, said so.", ["atlanta-us"], "a state that is called like a country"),
    ("Tbilisi is in Georgia.", ["tbilisi-ge", "georgia"], "and the country"),
    ("Police in London, Ontario, said so.", ["london-ca"], "the smaller of two when its province follows"),
    (
        "Lawyers in Toronto, Ottawa and London met Canada's police.",
        ["toronto-ca", "ottawa-ca", "london-ca", "canada"],
        "the rest decides",
    ),
    ("They met in Albany, Ga., and in Gainesville, Va.", [], "short forms of states"),
    ("Douglas County and Jordan Road are closed.", [], "counties and roads"),
    ("Roma families in Moskva and Moscow met.", ["moscow-ru"], "no names of cities in other languages"),
    ("", [], "nothing"),
)


@pytest.mark.parametrize(("text", "wanted", "why"), TEXTS, ids=[why for *_, why in TEXTS])
def test_mentions(kg: KnowledgeGraph, text: str, wanted: list[str], why: str) -> None:
    assert [m.id for m in kg.names.mentions(text, when_.day("2025-12-01"))] == wanted, why


def test_spans_cover_what_they_name(kg: KnowledgeGraph) -> None:
    text = "In Baku, Azerbaijan’s police waited."
    found = [text[m.start : m.end] for m in kg.names.mentions(text)]
    assert found == ["Baku", "Azerbaijan"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["Russia", "the", "Azerbaijan's", "president", "Putin", ".", "\n", "Сuba", "(", "New"]))
)
def test_spans_are_in_order_and_apart(kg: KnowledgeGraph, words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for mention in kg.names.mentions(text, when_.day("2025-07-01")):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize("between", [" ", "\n", "; "])
def test_a_long_text_is_read_in_pieces(kg: KnowledgeGraph, between: str) -> None:
    text = between.join(["Russia"] * 150_000)
    found = [(m.start, m.id) for m in kg.names.mentions(text)]
    assert found == [(at * (6 + len(between)), "russia") for at in range(150_000)]


def test_a_text_without_spaces_ends(kg: KnowledgeGraph) -> None:
    assert list(kg.names.mentions("x" * 2_000_000)) == []
