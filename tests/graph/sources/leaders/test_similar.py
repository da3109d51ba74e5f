"""Names: which spellings are one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.leaders.similar import alike, same_word, shared, words

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzé -'", min_size=1, max_size=30)

ALIKE = [
    ("Sargsyan", "Serzh Sargsian", True, "a surname and one slip"),
    ("Sarkisian", "Serzh Sargsian", True, "consonants agree"),
    ("Vladimir Vladimirovich Putin", "Vladimir Putin", True, "a patronymic more"),
    ("Li Keqiang", "Li Qiang", False, "two prime ministers of China"),
    ("Mohammed VI", "Mohammed V", False, "ordinal numbers differ"),
    ("Ahmad al-Nawaf al-Sabah", "Nawaf al-Ahmad al-Jabir al-Sabah", False, "the words stand in another order"),
    ("Djukanovic", "Filip Vujanovic", False, "first letters differ"),
    ("Conde", "Sekouba Konate", False, "too short to go by consonants"),
]


@pytest.mark.parametrize(("one", "two", "expected", "why"), ALIKE, ids=[a[3] for a in ALIKE])
def test_alike(one: str, two: str, expected: bool, why: str) -> None:
    assert alike(one, two) is expected
    assert alike(two, one) is expected


def test_words_are_plain() -> None:
    assert words("Luiz Inácio LULA da Silva") == ("luiz", "inacio", "lula", "silva")
    assert words("Donald J. Trump") == ("donald", "trump")


@given(NAMES)
def test_a_name_shares_all_its_words_with_itself(name: str) -> None:
    assert shared(name, name) == len(words(name))


@given(NAMES, NAMES)
def test_sharing_is_symmetric(one: str, two: str) -> None:
    assert shared(one, two) == shared(two, one)


@pytest.mark.parametrize(("one", "two"), [("kim", "kin"), ("un", "il")])
def test_short_words_must_be_equal(one: str, two: str) -> None:
    assert not same_word(one, two)
