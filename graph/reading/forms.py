"""Forms of English words: which verb, which noun stands behind a word as written."""

from __future__ import annotations

import functools
from typing import Final

from graph.reading import lists

_BRITISH: Final = (("ize", "ise"), ("yze", "yse"))


@functools.cache
def irregular() -> dict[str, tuple[str, str]]:
    """Base → (past, participle) of irregular verbs."""
    entries = (line.split() for line in lists.lines("irregular"))
    return {parts[0]: (parts[1], parts[-1]) for parts in entries}


def verb_forms(base: str) -> tuple[tuple[str, str], ...]:
    """Every form of a verb with what it is: base, third, past, participle, gerund; both spellings.

    >>> [form for form, _ in verb_forms("expel")]
    ['expel', 'expels', 'expelling', 'expelled', 'expelled']
    """
    past, participle = irregular().get(base, (_past(base), _past(base)))
    found = [
        (base, "base"),
        (_third(base), "third"),
        (_gerund(base), "gerund"),
        (past, "past"),
        (participle, "participle"),
    ]
    if base in ("cancel", "control", "travel", "signal", "model", "counsel"):
        doubled = base + base[-1] + "ed"
        found += [(f"{base}ed", "past"), (f"{base}ed", "participle"), (f"{base}ing", "gerund"), (doubled, "past")]
    for american, british in _BRITISH:
        if base.endswith(american):
            found += [(form.replace(american[:-1], british[:-1]), what) for form, what in found]
    return tuple(dict.fromkeys(found))


def _third(base: str) -> str:
    if base in ("be", "have"):
        return {"be": "is", "have": "has"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in lists.words("doubled") else "") + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] if base in lists.words("doubled") else "") + "ing"


def noun_forms(base: str) -> tuple[str, ...]:
    """A noun and its plural, the last word changed.

    >>> noun_forms("state visit"), noun_forms("inquiry")
    (('state visit', 'state visits'), ('inquiry', 'inquiries'))
    """
    if base.endswith(("s", "ss")) and not base.endswith(("ss", "us")):
        return (base,)
    plural = {"man": "men", "woman": "women", "person": "people", "crisis": "crises"}.get(base) or _third(base)
    return base, plural


@functools.lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The singular of a noun as far as its ending tells: `arrests` → `arrest`, `parties` → `party`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
