"""Whether two spellings can be one person's name: folded words, small slips, consonants."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

_PARTICLE_WORDS: Final = """
al ad as an el ul bin ibn ben de da do dos del der van von la le e y jr sr dr sir
"""
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
_NUMERAL: Final = re.compile(r"[ivx]+")
_SOUNDS: Final = str.maketrans("qczvgdb", "kkswktp")
_PLAIN: Final = str.maketrans({"ı": "i", "ə": "a", "ø": "o", "ł": "l", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae"})


@functools.lru_cache(maxsize=16384)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in plain small letters, without particles and initials.

    >>> words("Luiz Inácio LULA da Silva")
    ('luiz', 'inacio', 'lula', 'silva')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN)).encode("ascii", "ignore").decode()
    found = re.findall(r"[a-z]+", plain.replace("'", ""))
    kept = tuple(w for i, w in enumerate(found) if w not in _PARTICLES and (len(w) > 1 or _is_ordinal(found, i)))
    return kept or tuple(found)


def _is_ordinal(found: list[str], index: int) -> bool:
    """Whether a lone letter is the number at the end of a monarch's name: Muhammad V."""
    return index > 0 and index == len(found) - 1 and found[index] in ("i", "v", "x")


@functools.lru_cache(maxsize=65536)
def same_word(one: str, two: str) -> bool:
    """Whether two words differ by a slip or only in vowels: `sargsyan`, `sarkisian`."""
    if one == two:
        return True
    if min(len(one), len(two)) < 4:
        return False
    allowed = 2 if min(len(one), len(two)) >= 7 and one[0] == two[0] else 1
    return _distance(one, two) <= allowed or (len(_bones(one)) >= 4 and _bones(one) == _bones(two))


def _bones(word: str) -> str:
    """The consonants, with sounds that are written several ways brought together."""
    for pair, letter in (("kh", "h"), ("ph", "f"), ("sh", "s"), ("ck", "k"), ("ch", "c"), ("dj", "j"), ("th", "t")):
        word = word.replace(pair, letter)
    word = word.translate(_SOUNDS)
    return re.sub(r"[aeiouyhj]", "", re.sub(r"(.)\1", r"\1", word))


def _distance(one: str, two: str) -> int:
    """Edits between two words; V. I. Levenshtein, Doklady 163 (1965)."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@functools.lru_cache(maxsize=65536)
def alike(one: str, two: str) -> bool:
    """Whether every word of the shorter name is in the longer one, and no ordinal number differs."""
    first, second = sorted((words(one), words(two)), key=len)
    numbers = [{w for w in name if _NUMERAL.fullmatch(w)} for name in (first, second)]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    return shared(one, two) >= len(first)


def shared(one: str, two: str) -> int:
    """How many words two names share in one order: `Ahmad Nawaf` and `Nawaf Ahmad` share one."""
    first, second = words(one), words(two)
    best = [0] * (len(second) + 1)
    for word in first:
        row = [0]
        for place, other in enumerate(second, 1):
            row.append(best[place - 1] + 1 if same_word(word, other) else max(best[place], row[place - 1]))
        best = row
    return best[-1]
