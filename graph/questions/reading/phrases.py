"""How acts are said: phrases of a lexicon found in a text, whatever their verb's form, and what stands around them."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph import model as model_
from graph import yaml_file
from graph.questions.reading import words

LEXICON: Final = Path(__file__).with_name("acts.yaml")
SLOT: Final = "_"
# How each way of speaking about an act leads to it.
_MODES: Final = {
    "intent": words.WANTING,
    "appeal": ("appeal for", "ask for", "call for", "seek", "request", "appeal to"),
    "demand": ("demand", "insist on"),
    "refuse": ("refuse to", "reject", "decline to", "refuse"),
    "threat": ("threaten to", "threaten with", "threaten"),
}
_WORD: Final = re.compile(r"[^\s,;]+")
_ENDINGS: Final = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act: a CAMEO code (or our kind's name), how it is said, our kind, and whether that sees the parties turned.

    `suffers` are phrases whose subject is the one acted on.
    """

    code: str
    says: tuple[str, ...]
    suffers: tuple[str, ...] = ()
    kind: str = ""
    swap: bool = False
    modes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An act found in a text.

    `inside` is what stands in the phrase's slot; `start` and `end` bound the phrase; `participle` says
    that its verb may be one, as "praised" may and "praise" may not; `suffers` that its subject is acted
    on; `size` counts its own words.
    """

    code: str
    start: int
    end: int
    inside: str
    participle: bool
    size: int
    suffers: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """A phrase as it is looked for."""

    words: tuple[str, ...]
    code: str
    suffers: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text: as written, the plain forms it may have, and its place."""

    text: str
    plain: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Acts by code, and their phrases by first word, longest first."""

    acts: Mapping[str, Act]
    phrases: Mapping[str, tuple[_Told, ...]]


@functools.cache
def lexicon(*, own: bool = False) -> Lexicon:
    """The acts of `acts.yaml`; with `own` also the other event kinds of our model, by the verbs of their frames."""
    raw: dict[str, dict[str, Any]] = yaml_file.read(LEXICON)
    acts = {code: _act(code, entry) for code, entry in raw.items()}
    if own:
        model = model_.load()
        for kind in model.kinds.values():
            past = str(kind.frame.get("past", "")).partition(" ")[0]
            if past and model.is_event(kind.name):
                acts[kind.name] = Act(kind.name, tuple(sorted(plain(past))), kind=kind.name)
    return Lexicon(acts, _phrases(acts.values()))


def _act(code: str, entry: Mapping[str, Any]) -> Act:
    modes = tuple((mode, entry[mode]) for mode in _MODES if mode in entry)
    swap = bool(entry.get("swap"))
    return Act(code, tuple(entry["says"]), tuple(entry.get("suffers", ())), entry.get("kind", ""), swap, modes)


def _phrases(acts: Iterable[Act]) -> Mapping[str, tuple[_Told, ...]]:
    found: dict[str, dict[tuple[str, ...], _Told]] = defaultdict(dict)
    for act in acts:
        for text in (*act.says, *act.suffers):
            own, suffers = tuple(text.split()), text in act.suffers
            found[own[0]].setdefault(own, _Told(own, act.code, suffers))
            for mode, code in act.modes:
                for lead in _MODES[mode]:
                    whole = (*lead.split(), *own)
                    found[whole[0]].setdefault(whole, _Told(whole, code, suffers))
    return {first: tuple(sorted(held.values(), key=lambda t: -len(t.words))) for first, held in found.items()}


@functools.lru_cache(maxsize=65536)
def plain(word: str) -> frozenset[str]:
    """The plain forms a word may have, itself among them.

    >>> sorted(plain("praised"))
    ['prais', 'praise', 'praised']
    """
    low = word.lower().strip("'\"“”().?!:")
    found = {low, words.IRREGULAR.get(low, low)}
    for ending, others in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            stem = low[: -len(ending)]
            found |= {stem + other for other in others}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


def find(text: str, known: Lexicon) -> Said | None:
    """The act a text tells of: the phrase with most words, the first of these; None when there is none."""
    best: Said | None = None
    tokens = [_Token(m[0], plain(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
    for at in range(len(tokens)):
        for said in _at(tokens, at, text, known):
            if best is None or said.size > best.size:
                best = said
            break
    return best


def _at(tokens: list[_Token], at: int, text: str, known: Lexicon) -> Iterator[Said]:
    """The phrases that begin at a word, longest first; a capital inside a text begins a name."""
    if tokens[at].text[:1].isupper() and at > 0:
        return
    tried = (told for form in tokens[at].plain for told in known.phrases.get(form, ()))
    found = [said for told in tried if (said := _match(tokens, at, told, text))]
    yield from sorted(found, key=lambda s: -s.size)


def _match(tokens: list[_Token], at: int, told: _Told, text: str) -> Said | None:
    place, inside, last = at + 1, "", tokens[at].end
    for position, wanted in enumerate(told.words[1:], start=1):
        if wanted == SLOT:
            following = told.words[position + 1]
            stop = next((i for i in range(place + 1, len(tokens)) if following in tokens[i].plain), 0)
            if not stop:
                return None
            inside, place = text[tokens[place].start : tokens[stop - 1].end], stop
            continue
        while place < len(tokens) and wanted not in tokens[place].plain and tokens[place].text.lower() in words.FILLING:
            place += 1
        if place == len(tokens) or wanted not in tokens[place].plain:
            return None
        last, place = tokens[place].end, place + 1
    verb = tokens[at].text.lower()
    participle = (verb.endswith("ed") or verb in words.IRREGULAR) and not verb.endswith("ing")
    return Said(told.code, tokens[at].start, last, inside, participle, len(told.words), told.suffers)
