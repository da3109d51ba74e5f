"""Keys: what counts in a name and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import keys

SAME = (
    ("Côte d’Ivoire", "cote d'ivoire", "accents and the kind of apostrophe do not count"),
    ("Cote\u0302 d'Ivoire", "Côte d'Ivoire", "composed and decomposed letters are the same"),
    ("Rus\u200bsia", "Russia", "a zero-width space does not count"),
    ("Russia\u00a0", "Russia", "nor a trailing no-break space"),
    ("\u202eRussia\u202c", "Russia", "nor direction marks"),
    ("U.S.", "US", "nor dots between letters"),
    ("The Gambia", "Gambia", "nor a leading article"),
    ("Kim Jong-un", "Kim Jong Un", "nor hyphens and case"),
    ("Citizen_(North_Korea)", "Citizen (North Korea)", "nor underscores"),
    ("Azerbaijan’s police", "Azerbaijan police", "nor possessives"),
    ("Laos' army", "Laos army", "nor the possessive of a plural"),
    ("Sana'a", "Sanaa", "nor an apostrophe inside"),
    ("İlham Əliyev", "Ilham Aliyev", "Azerbaijani letters read as English writes them"),
)
DIFFERENT = (
    ("Сuba", "Cuba", "a Cyrillic letter is another letter"),
    ("Niger", "Nigeria", "half a name is another name"),
)
SOUNDS_SAME = (
    ("محمود عباس", "Mahmoud Abbas", "Arabic"),
    ("محمد بن سلمان", "Mohammed bin Salman", "Arabic with a particle"),
    ("بشار الأسد", "Bashar al-Assad", "Arabic with its article"),
    ("עמנואל מקרון", "Emmanuel Macron", "Hebrew"),
    ("김정은", "Kim Jong-un", "Korean"),
    ("习近平", "Xi Jinping", "Chinese"),
    ("Владимир Путин", "Vladimir Putin", "Russian"),
    ("Никол Пашинян", "Nikol Pashinyan", "Armenian by way of Russian"),
    ("Muammar Qaddafi", "Moammar Gadhafi", "two English spellings"),
)


@pytest.mark.parametrize(("first", "second", "why"), SAME, ids=[why for *_, why in SAME])
def test_same_key(first: str, second: str, why: str) -> None:
    assert keys.key(first) == keys.key(second), why


@pytest.mark.parametrize(("first", "second", "why"), DIFFERENT, ids=[why for *_, why in DIFFERENT])
def test_different_key(first: str, second: str, why: str) -> None:
    assert keys.key(first) != keys.key(second), why


@pytest.mark.parametrize(("first", "second", "script"), SOUNDS_SAME, ids=[s for *_, s in SOUNDS_SAME])
def test_same_sound(first: str, second: str, script: str) -> None:
    assert keys.sound(first) == keys.sound(second), script


def test_suspicion_names_the_scripts() -> None:
    assert keys.suspicion("Сuba") == "'Сuba' mixes CYRILLIC and LATIN letters"
    assert keys.suspicion("Куба") == ""
    assert keys.suspicion("Cu\u200bba") == "it carries invisible characters"
    assert keys.lookalike("Сuba") == "cuba"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert keys.key(keys.key(text)) == keys.key(text)


@given(st.text(max_size=40))
def test_invisible_characters_never_count(text: str) -> None:
    assert keys.key("\u200b".join(text)) == keys.key(text) or not text.isprintable() or "." in text or "'" in text


@given(st.text(max_size=60))
def test_any_text_has_keys(text: str) -> None:
    for function in (keys.key, keys.roman, keys.sound, keys.initials, keys.suspicion, keys.lookalike):
        assert isinstance(function(text), str)
