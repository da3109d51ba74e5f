"""Text → matching keys: what two spellings of one name have in common.

A key is for comparing only and is never shown or stored as a name.
Invisible characters, case, accents, punctuation and possessives do not count in it; letters do,
so a Cyrillic С and a Latin C stay different: `suspicion` reports such pairs, nothing merges them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

_LATIN_SPECIAL: Final = str.maketrans(
    {"ı": "i", "ə": "a", "Ə": "A", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_DOTTED: Final = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_POSSESSIVE: Final = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_APOSTROPHES: Final = re.compile(r"['’‘ʼʻ`´ʿʾ]")
_BREAK: Final = re.compile(r"[^\w]+|_+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VOWELS: Final = re.compile(r"[aeiouyw]+")
_DIGRAPHS: Final = (
    ("shch", "s"),
    ("tch", "s"),
    ("dzh", "s"),
    ("sch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("sh", "s"),
    ("zh", "s"),
    ("ch", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("dj", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("j", "s"),
    ("z", "s"),
    ("h", ""),
)
_SOUND: Final = str.maketrans({"b": "p", "v": "p", "f": "p", "g": "k", "d": "t"})
_ARTICLES: Final = frozenset({"al", "el", "ul", "the", "bin", "ibn", "ben"})
_SMALL: Final = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "the", "to", "with"})
_ABJADS: Final = frozenset({"ARABIC", "HEBREW", "SYRIAC"})
# Hebrew letters that the library reads one way only, and the Arabic article.
_ABJAD_LETTERS: Final = str.maketrans({"ו": "u", "ב": "b", "פ": "p", "ף": "p"})
_ARABIC_ARTICLE: Final = re.compile(r"(?:^|(?<=\s))ال(?=\w{3})")


def visible(text: str) -> str:
    """NFC text without invisible characters (zero width, direction marks), spaces made one.

    >>> visible("A\u200bB\u00a0 c")
    'AB c'
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cc", "Co"))
    return " ".join(kept.split())


def has_invisible(text: str) -> bool:
    """Whether the text carries characters no reader can see."""
    return any(unicodedata.category(c) in ("Cf", "Co") for c in text)


@functools.lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The words of a name in lower case without accents, punctuation, possessives and "the".

    >>> key("The U.S.'s  Côte d’Ivoire")
    'us cote divoire'
    """
    if text.isascii() and text.isalpha():
        return text.lower()
    plain = visible(text.replace("_", " ")).replace("’", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LATIN_SPECIAL))
        plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().translate(_LATIN_SPECIAL)
        plain = unicodedata.normalize("NFKC", plain)
    plain = _DOTTED.sub(lambda m: m[0].replace(".", ""), plain.lower()).replace("&", " and ")
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", plain))
    words = _BREAK.sub(" ", plain).split()
    return " ".join([w for w in words if w != "the"] or words)


@functools.lru_cache(maxsize=16384)
def roman(text: str) -> str:
    """The name in Latin letters, as a key: `김정은` gives `gim jeong eun`, `محمود` its consonants."""
    plain = visible(text)
    if plain.isascii():
        return key(plain)
    from anyascii import anyascii

    plain = _ARABIC_ARTICLE.sub("", plain).translate(_ABJAD_LETTERS).translate(_LATIN_SPECIAL)
    spaced = _CAMEL.sub(" ", anyascii(plain)) if scripts(plain) & {"HANGUL", "CJK", "KATAKANA", "HIRAGANA"} else ""
    return key(spaced or anyascii(plain).replace("`", "").replace("'", ""))


def consonants(text: str) -> str:
    """The consonants of a romanised name, spellings of one sound made one, vowels and h dropped.

    >>> consonants("Mahmoud Abbas") == consonants("محمود عباس") == "mmdbs"
    True
    """
    words = [w for w in roman(text).split() if w not in _ARTICLES]
    if is_abjad(text):
        words = [w for w in words if w != "bn"]
    return "".join(_one_word(word) for word in words)


def sound(text: str) -> str:
    """A coarser key: consonants with b, v, p, f alike, g and k, d and t.

    >>> sound("Kim Jong-un") == sound("김정은")
    True
    """
    return consonants(text).translate(_SOUND)


def _one_word(word: str) -> str:
    plain = re.sub(r"(.)\1+", r"\1", word)
    for spelling, letter in _DIGRAPHS:
        plain = plain.replace(spelling, letter)
    return _VOWELS.sub("", plain)


def initials(text: str) -> str:
    """The first letters of the big words, for names of three words and more; else empty.

    >>> initials("Collective Security Treaty Organization")
    'csto'
    """
    words = [w for w in key(text).split() if w not in _SMALL]
    return "".join(w[0] for w in words) if len(words) >= 3 else ""


def scripts(text: str) -> set[str]:
    """The scripts its letters belong to, by the first word of their Unicode names."""
    if text.isascii():
        return {"LATIN"}
    return {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}


def is_abjad(text: str) -> bool:
    """Whether it is written without vowels (Arabic, Hebrew)."""
    return bool(scripts(text) & _ABJADS)


def suspicion(text: str) -> str:
    """What a reader cannot see about a name: a word of mixed scripts, invisible characters; or empty.

    >>> suspicion("Сuba")
    "'Сuba' mixes CYRILLIC and LATIN letters"
    """
    for word in visible(text).split():
        found = scripts(word) & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
        if len(found) > 1:
            return f"{word!r} mixes {' and '.join(sorted(found))} letters"
    return "it carries invisible characters" if has_invisible(text) else ""


_LOOKALIKES: Final = str.maketrans("АВЕКМНОРСТХаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα", "ABEKMHOPCTXaeopcyxijsdhABEZHIKMNOPTYXoa")


def lookalike(text: str) -> str:
    """The Latin key of what the text looks like: for saying so, never for matching."""
    return key(visible(text).translate(_LOOKALIKES))


def stem(word: str) -> str:
    """A word without its plural or verb ending, so that "raids" and "raid" meet.

    >>> [stem(w) for w in ("raids", "cancelled", "cities", "crisis", "press")]
    ['raid', 'cancell', 'city', 'crisis', 'press']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("ed", "ing")):
        return word[: -2 if word.endswith("ed") else -3]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order, each once."""
    return tuple(dict.fromkeys(stem(w) for w in key(text).split() if w not in _SMALL))
