"""What a text may mean when no name is exactly it: by sound, by first name and surname, by shared words.

Extend by adding a function to `SEARCHERS`.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator
from typing import Final

from graph.names import keys
from graph.names.candidates import SURNAME, Finder, Question, match, standing
from graph.names.match import Match
from graph.names.table import Named, Table


def by_sound(question: Question, table: Table) -> Iterator[Match]:
    """Names with the same consonants, in whatever script; at least three sounds."""
    sound = keys.sound(question.text)
    if len(sound) < 3 or len(question.text) > 80:
        return
    roman = keys.roman(question.text)
    rows = [*table.sounding(sound), *table.sounding(f"-{sound}")]
    last = keys.sound(question.text.split()[-1])
    if len(question.text.split()) > 1 and len(last) > 1:
        rows += table.sounding(f"-{last}")
    heard = []
    for entity, spelled in rows:
        found = table.entity(entity)
        if found is None or keys.key(spelled) == question.key:
            continue
        alone = len(keys.key(spelled).split()) == 1
        told = found.name if alone and len(roman.split()) > 1 else spelled
        heard.append((alike(question.text, told), found, alone, told))
    # Where one spelling reads the same, those that only sound like it are not meant.
    least = 1.0 if any(likeness == 1 for likeness, *_ in heard) else 0.72
    for likeness, found, alone, spelled in heard:
        if likeness >= least:
            score = _sound_score(found, alone, likeness, spelled, question, table)
            yield match(found, score, f"{'reads' if likeness == 1 else 'sounds like'} {spelled}")


def _sound_score(found: Named, alone: bool, likeness: float, spelled: str, question: Question, table: Table) -> float:
    """0.92 for the same letters, less for like ones; a surname counts as far as the day bears it out."""
    score = 0.92 if likeness == 1 else 0.53 + 0.35 * likeness
    if keys.scripts(question.text) == {"LATIN"} and not _one_slip(question.text, spelled):
        # Written in Latin letters it would be written right: near is a hint of what was meant.
        return min(score, 0.65)
    if alone and found.kind == "Person" and keys.key(spelled) != keys.key(found.name):
        return min(score, SURNAME[standing(found.id, question.day, table)])
    return score


def _one_slip(text: str, spelled: str) -> bool:
    """Whether every word of a Latin text is nearly the word at its place in a name."""
    pairs = list(zip(keys.roman(text).split(), keys.roman(spelled).split(), strict=False))
    if len(keys.roman(text).split()) != len(keys.roman(spelled).split()):
        return keys.roman(text).replace(" ", "") == keys.roman(spelled).replace(" ", "")
    # A slip in the first letter is rarer, so more of the rest must agree.
    return all(
        difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= (0.8 if a[:1] == b[:1] else 0.85)
        for a, b in pairs
    )


def alike(text: str, spelled: str) -> float:
    """How alike two spellings are, 0..1: by letters, or by consonants when one is written without vowels."""
    if keys.is_abjad(text):
        pair = keys.consonants(text), keys.consonants(spelled)
    else:
        pair = keys.roman(text).replace(" ", ""), keys.roman(spelled).replace(" ", "")
    return difflib.SequenceMatcher(None, *pair, autojunk=False).ratio()


def by_words(question: Question, table: Table) -> Iterator[Match]:
    """Events, agreements and other things whose names share the telling words of the text."""
    wanted = keys.stems(question.text)[:24]
    holding = {word: table.worded(word) for word in wanted}
    telling = {word: math.log(1 + table.size / (1 + len(ids))) for word, ids in holding.items()}
    total = sum(telling.values())
    shared: dict[str, float] = {}
    for word, ids in holding.items():
        for entity in ids:
            shared[entity] = shared.get(entity, 0.0) + telling[word]
    for entity, weight in shared.items():
        if weight < 0.5 * total:
            continue
        found = table.entity(entity)
        own = table.stems(entity)
        if found is None or any(table.model.is_a(found.kind, kind) for kind in ("Location", "Person")):
            if found is not None and found.kind == "Country" and len(wanted) == 1:
                yield match(found, 0.65, f"has {question.text!r} in its name")
            continue
        if len(wanted) == 1 and len(own) > 1 and not table.model.is_event(found.kind):
            # One word of a longer name is a hint of what was meant, never enough to take it.
            yield match(found, 0.5, f"has {question.text!r} in its name")
            continue
        if found.kind == "Office":
            weight *= 0.85
        covered = min(1.0, len(own & set(wanted)) / max(1, len(own)))
        yield match(found, (weight / total) * (0.7 + 0.2 * covered), f"shares the words of {found.name!r}")


def by_fuller_name(question: Question, table: Table) -> Iterator[Match]:
    """Persons of the same first name and surname, with or without what stands between or after.

    "Barack Obama" and "Barack H. Obama" meet, "Jakaya Mrisho Kikwete" and "Jakaya Kikwete" too.
    """
    words = question.key.split()
    if not 2 <= len(words) <= 8:
        return
    rarest = min((table.worded(keys.stem(word)) for word in words), key=lambda ids: (not ids, len(ids)))
    for person in table.named(rarest):
        if person.kind != "Person":
            continue
        own = keys.key(person.name).split()
        shorter, longer = sorted((words, own), key=len)
        inside = len(shorter) >= 2 and _in_order([w for w in shorter if len(w) > 1], longer)
        if inside and own[0] == words[0]:
            yield match(
                person, 0.9 if own[-1] == words[-1] else 0.84, f"the same first name and surname as {person.name}"
            )


def _in_order(words: list[str], longer: list[str]) -> bool:
    """Whether the words all come, in this order, among others."""
    rest = iter(longer)
    return len(words) >= 2 and all(word in rest for word in words)


SEARCHERS: Final[tuple[Finder, ...]] = (by_sound, by_fuller_name, by_words)
