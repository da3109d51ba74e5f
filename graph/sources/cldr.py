"""What countries and cities are called in other languages, by the Unicode CLDR as Babel carries it."""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.claim import slug

if TYPE_CHECKING:
    import babel

LANGUAGES: Final = (
    *("ru", "uk", "ar", "he", "fa", "ko", "zh", "zh-hant", "ja", "tr", "az", "hy", "ka", "fr", "de", "es", "pt", "it"),
    *("pl", "hi", "ur", "bn", "id", "vi", "th", "kk", "el", "ro", "nl", "sv"),
)
"""The languages whose names are taken, as language tags, in small letters as RDF stores give them back."""
TABLE: Final = Path(__file__).with_name("country_names.json")
"""The names of countries, see `table`."""
# ISO 15924 codes of scripts by the word with which Unicode names their letters; Japanese and Korean mix scripts.
_SCRIPTS: Final[Mapping[str, str]] = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "HANGUL": "Hang",
    "HEBREW": "Hebr", "KANNADA": "Knda", "KATAKANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo", "MALAYALAM": "Mlym",
    "MYANMAR": "Mymr", "SINHALA": "Sinh", "TAMIL": "Taml", "TELUGU": "Telu", "THAI": "Thai",
}  # fmt: skip
SCRIPTS: Final = frozenset(_SCRIPTS.values())
"""Every script that is told apart here, none of them Latin."""
_USER_ASSIGNED: Final[Mapping[str, str]] = {"XKX": "XK"}  # Kosovo
_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Kore": ("Hang",),
}  # fmt: skip


def countries(code: str) -> Iterator[tuple[str, str]]:
    """The names of a country (ISO 3166-1 alpha-3) in each language, each with its language tag.

    >>> ("Deutschland", "de") in set(countries("DEU"))
    True
    """
    return ((text, language) for language, text in _countries().get(code, {}).items())


@functools.cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def table() -> str:
    """What `TABLE` should hold: the names of every country by its code and by language, as JSON.

    It is derived when the project is built, since Babel takes longer to read thirty languages than a
    page takes to be made, and other versions of it may say otherwise.
    """
    import pycountry

    codes: dict[str, str] = {c.alpha_3: c.alpha_2 for c in pycountry.countries}
    codes.update(_USER_ASSIGNED)
    named = {code: _named(short) for code, short in sorted(codes.items())}
    lines = (f"{json.dumps(code)}: {json.dumps(names, ensure_ascii=False)}" for code, names in named.items() if names)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _named(country: str) -> dict[str, str]:
    found = ((language, _locale(language).territories.get(country)) for language in LANGUAGES)
    return {language: text for language, text in found if text}


def cities(zone: str, named: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names of the city that a time zone is called after, if it is the one `named`, with their language tags.

    The CLDR names a city for most zones and no other cities; a zone's city is known by its English name.

    >>> dict((lang, text) for text, lang in cities("Africa/Cairo", ["Cairo"]))["ar"]
    'القاهرة'
    >>> list(cities("Africa/Cairo", ["Alexandria"]))
    []
    """
    key = _keys().get(zone, zone)
    plain = zone.rpartition("/")[2].replace("_", " ")
    if slug(_city(key, "en") or plain) in {slug(name) for name in named}:
        for language in LANGUAGES:
            if text := _city(key, language):
                yield text, language


def _city(key: str, language: str) -> str:
    return str(_locale(language).time_zones.get(key, {}).get("city", ""))


@functools.cache
def _locale(language: str) -> babel.Locale:
    import babel

    return babel.Locale.parse(language, sep="-")


@functools.cache
def _keys() -> Mapping[str, str]:
    """The CLDR's key of each time zone that it keeps under a former name, such as `Europe/Kiev`."""
    from babel.core import get_global

    known = _locale("ru").time_zones
    return {new: old for old, new in get_global("zone_aliases").items() if old in known and new not in known}


def scripts(languages: Iterable[str]) -> frozenset[str]:
    """The scripts (ISO 15924) in which languages are usually written, without the Latin one.

    >>> sorted(scripts(["ru", "en-US", "ja"]))
    ['Cyrl', 'Hani', 'Kana']
    """
    from babel.core import get_global

    likely = get_global("likely_subtags")
    written = {likely[base].split("_")[1] for tag in languages if (base := tag.partition("-")[0]) in likely}
    return frozenset(s for w in written for s in _WRITTEN.get(w, (w,))) - {"Latn"}


def script(text: str) -> str:
    """The one script (ISO 15924) of the letters of a text; empty for a mix, or one that is not told apart here.

    >>> script("Москва"), script("Moskva"), script("Москва (Moscow)")
    ('Cyrl', '', '')
    """
    found = {_alphabet(c) for c in text if c.isalpha()}
    return _SCRIPTS.get(found.pop(), "") if len(found) == 1 else ""


@functools.cache
def _alphabet(letter: str) -> str:
    """The script of a letter as Unicode names it: `CYRILLIC`."""
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
