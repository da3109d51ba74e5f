"""Sentences of drafts: abbreviations, quotes, Markdown, and where each begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading.text import LONGEST, sentences, split

SPLITS = [
    ("Gen. Mark Milley met U.S. President Joe Biden on Jan. 5. He left.", 2, "titles, states, months"),
    ("He lives in the U.S. The house is big.", 2, "an abbreviation that ends a sentence"),
    ("They met at 3 p.m. Friday in Washington, D.C. on Monday.", 1, "times and capitals"),
    ("“It was a bomb.” He said no more.", 2, "a quote that ends a sentence"),
    ("J. K. Rowling wrote it.", 1, "initials"),
    ("Was it? Yes! No…  Then it stopped.", 4, "other marks"),
    ("Inflation was 3.5 percent. It fell.", 2, "a decimal point"),
]


@pytest.mark.parametrize(("text", "count", "why"), SPLITS)
def test_splits(text: str, count: int, why: str) -> None:
    assert len(sentences(text)) == count, why


def test_markdown_is_read_for_its_words_and_places() -> None:
    draft = (
        "---\ntitle: x\n---\n# Finland joins NATO\n\nThe **alliance** grew.[^1] Read [more](https://a.example/b).\n\n"
        "- One item\n- Another, e.g. this.\n\n```\ncode here. No.\n```\n[^1]: a note\n"
    )
    found = sentences(draft)
    assert [s.text for s in found] == [
        "Finland joins NATO",
        "The alliance grew.",
        "Read more.",
        "One item",
        "Another, e.g. this.",
    ]
    assert [(s.line, s.column) for s in found] == [(4, 3), (6, 1), (6, 28), (8, 3), (9, 3)]
    assert found[0].heading
    assert not found[1].heading


def test_lines_of_a_paragraph_are_joined_and_titles_stand_alone() -> None:
    draft = "What happened\nA long line of running text that goes on for a while and is\nwrapped here. Then it ends.\n"
    assert [(s.text[:13], s.heading, s.line) for s in sentences(draft)] == [
        ("What happened", True, 1),
        ("A long line o", False, 2),
        ("Then it ends.", False, 3),
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_place_is_in_it(draft: str) -> None:
    lines = draft.split("\n")
    for one in sentences(draft):
        assert 1 <= one.line <= len(lines) + draft.count("\r")
        assert one.text.strip() == one.text != ""


def test_a_sentence_has_an_end() -> None:
    """What is longer than any sentence is cut between words, or anywhere when there are none."""
    words = "Russia attacks Ukraine " * 1_000
    places = list(split(words))
    assert max(last - first for first, last in places) <= LONGEST
    assert " ".join(words[first:last] for first, last in places) == words.strip()
    letters = "x" * 10_000
    assert "".join(letters[first:last] for first, last in split(letters)) == letters
