"""Titles of offices and words for parts of a country, as people write them."""

from __future__ import annotations

from pathlib import Path
from typing import Final


def words(name: str) -> frozenset[str]:
    """The words of a list in the folder beside this file, one a line."""
    text = (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


STATE: Final = "head of state"
GOVERNMENT: Final = "head of government"

# What a title is called in the table; the part after the comma is tried when no office of that name is known.
_SAME: Final = {
    "pm": "prime minister",
    "premier": "prime minister",
    "fm": "foreign minister",
    "foreign secretary": "foreign minister",
    "minister of foreign affairs": "foreign minister",
    "minister for foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister",
    "secretary of state": "foreign minister",
    "top diplomat": "foreign minister",
    "defense minister": "defence minister",
    "minister of defence": "defence minister",
    "minister of defense": "defence minister",
    "defense secretary": "defence minister",
    "secretary of defense": "defence minister",
    "minister of interior": "interior minister",
    "minister of internal affairs": "interior minister",
    "chief of state": STATE,
}
_OF_STATE: Final = frozenset(
    {"president", "king", "queen", "emperor", "empress", "emir", "sultan", "grand duke", "monarch", "sovereign"}
    | {"supreme leader", "acting president", "interim president", "pope", "captain regent", "president of republic"}
)
_OF_GOVERNMENT: Final = frozenset({"prime minister", "chancellor", "taoiseach", "acting prime minister"})
_MONARCHS: Final = frozenset({"king", "queen", "emperor", "empress", "emir", "sultan", "grand duke", "prince", "pope"})
_OTHERS: Final = frozenset(
    {"foreign minister", "defence minister", "interior minister", "finance minister", "vice president", STATE}
    | {
        "leader",
        "ruler",
        "crown prince",
        "deputy prime minister",
        "speaker",
        "ambassador",
        GOVERNMENT,
        "prosecutor general",
    }
)
HONORIFICS: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "general", "gen", "col", "colonel", "field marshal"}
    | {
        "former",
        "ex",
        "then",
        "incumbent",
        "outgoing",
        "acting",
        "interim",
        "his",
        "her",
        "excellency",
        "sheikh",
        "ayatollah",
    }
)
TITLES: Final = frozenset({*_SAME, *_OF_STATE, *_OF_GOVERNMENT, *_OTHERS})
FORMER: Final = frozenset({"former", "ex", "then", "late"})

# Words that name a part of a country's state or people, not a thing of their own unless one is declared.
PARTS: Final = words("parts")
_PART_SAME: Final = {
    "foreign affairs": "foreign ministry",
    "ministry of foreign affairs": "foreign ministry",
    "foreign office": "foreign ministry",
    "state department": "foreign ministry",
    "mfa": "foreign ministry",
    "ministry of defence": "defence ministry",
    "ministry of defense": "defence ministry",
    "defense ministry": "defence ministry",
    "defense security ministry": "defence ministry",
    "defence security ministry": "defence ministry",
    "ministry of internal affairs": "interior ministry",
    "ministry of interior": "interior ministry",
    "legislature": "parliament",
    "armed forces": "military",
    "cabinet council of ministers advisors": "cabinet",
}


def title(words: str) -> str:
    """The usual form of a title's key: `premier` gives `prime minister`; empty when it is no title."""
    same = _SAME.get(words, words)
    if same.startswith("minister of "):
        same = f"{same.removeprefix('minister of ')} minister"
    return same if same in TITLES or same.endswith(" minister") else ""


def headship(called: str) -> str:
    """Which headship a title usually carries: of state, of government, or empty."""
    if called in _OF_STATE:
        return STATE
    return GOVERNMENT if called in _OF_GOVERNMENT else ""


def is_monarch(called: str) -> bool:
    """Whether the title is a monarch's."""
    return called in _MONARCHS


def part(words: str) -> str:
    """The usual form of a word for a part of a country; empty when it is none."""
    same = _PART_SAME.get(words, words)
    return same if same in PARTS or words in _PART_SAME else ""


_WORDS: Final = frozenset(word for text in PARTS for word in text.split() if len(word) > 3)


def likely_part(words: str) -> bool:
    """Whether a text has a word that parts of countries are named with ("health ministry")."""
    return any(word in _WORDS for word in words.split())
