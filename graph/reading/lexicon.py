"""The words that newsrooms use for each kind of event, as the ontology lists them, ready to be looked for.

A verb phrase is written with its verb first, in the base form: `accuse`; `impose/order
sanction/embargo on/against` takes one of each; words may stand between its parts. A phrase that
ends in a preposition has its target after it, another one after the verb. A phrase that ends in `<`
is said of the one who suffers the act: `receive aid from <`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph import model as model_
from graph.model import Model
from graph.reading import lists
from graph.reading.forms import noun_forms, verb_forms

PREPOSITIONS: Final = lists.words("prepositions")
_PLAIN: Final = "verbs"
_NOUNS: Final = "nouns"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb phrase: its kind, its PLOVER code or "", the words after the verb (alternatives each)."""

    kind: str
    code: str
    verb: str
    rest: tuple[frozenset[str], ...]
    inverse: bool = False

    @property
    def governs(self) -> bool:
        """Whether its target stands after its last word, a preposition."""
        return bool(self.rest) and self.rest[-1] <= PREPOSITIONS


@dataclass(frozen=True)
class Lexicon:
    """Verb phrases by verb, verbs by form (with what form it is), kinds by noun."""

    phrases: dict[str, tuple[Phrase, ...]]
    forms: dict[str, tuple[tuple[str, str], ...]]
    nouns: dict[str, tuple[str, ...]]


@functools.cache
def load() -> Lexicon:
    """The lexicon of the ontology."""
    return of(model_.load())


def of(model: Model) -> Lexicon:
    """The lexicon of a model."""
    phrases: dict[str, list[Phrase]] = {}
    nouns: dict[str, list[str]] = {}
    for kind in model.kinds.values():
        for code, said in kind.words.items():
            for text in said:
                if code == _NOUNS:
                    for form in noun_forms(text):
                        nouns.setdefault(form, []).append(kind.name)
                    continue
                for phrase in _phrases(kind.name, "" if code == _PLAIN else code, text):
                    phrases.setdefault(phrase.verb, []).append(phrase)
    forms: dict[str, list[tuple[str, str]]] = {}
    for verb in [*phrases, *lists.lines("verbs")]:
        for form, what in verb_forms(verb):
            forms.setdefault(form, []).append((verb, what))
    return Lexicon(
        {v: tuple(sorted(found, key=lambda p: -len(p.rest))) for v, found in phrases.items()},
        {form: tuple(dict.fromkeys(found)) for form, found in forms.items()},
        {noun: tuple(dict.fromkeys(kinds)) for noun, kinds in nouns.items()},
    )


def _phrases(kind: str, code: str, text: str) -> Iterator[Phrase]:
    words = text.split()
    inverse = words[-1] == "<"
    if inverse:
        words = words[:-1]
    rest = tuple(frozenset(w.split("/")) for w in words[1:])
    for verb in words[0].split("/"):
        yield Phrase(kind, code, verb, rest, inverse)
