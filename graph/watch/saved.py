"""A paragraph read back from the JSON that `backstory context --format json` writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph.claim import is_id
from graph.errors import InputError, LimitExceeded
from graph.sources.guard import json as json_
from graph.sources.guard import opening
from graph.tell.basis import Basis
from graph.when import Day

EXPECTED: Final = "a file written by `backstory context --format json`"


@dataclass(frozen=True, slots=True)
class SavedSentence:
    """A sentence as it was: its words, kind, events, support in words, claims, and the articles cited for it."""

    text: str
    kind: str
    about: str
    also: tuple[str, ...]
    support: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A paragraph as it was: title, sentences, the two days it was made for, and how each claim stood then."""

    title: str
    sentences: tuple[SavedSentence, ...]
    as_of: Day | None
    known_at: Day | None
    basis: Mapping[str, Basis]


def read(path: Path) -> Saved:
    """The paragraph in a file; InputError when it holds none, LimitExceeded when it is too large."""
    raw, whole = opening.read(path)
    if not whole:
        raise LimitExceeded("too large for a paragraph", where=path.name, expected=EXPECTED)
    return saved(json_.value(raw, path), path.name)


def saved(value: Any, where: str = "") -> Saved:
    """The paragraph in JSON values; InputError when they are none, or tell not how its claims stood."""
    try:
        articles = {s["number"]: _id(s["article"]) for s in value["sources"]}
        sentences = tuple(_sentence(s, articles) for s in value["sentences"])
        basis = {b["claim"]: Basis(_id(b["claim"]), str(b["hash"]), tuple(b["against"])) for b in value["claims"]}
        days = [when_.as_day(value[name]) for name in ("as_of", "known_at")]
        title = str(value["title"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"no saved paragraph: {error}", where=where, expected=EXPECTED) from error
    missing = next((c for s in sentences for c in s.claims if c not in basis), None)
    if missing is not None:
        raise InputError(f"does not say how claim {missing} stood", where=where, expected=EXPECTED)
    return Saved(title, sentences, days[0], days[1], basis)


def is_saved(value: Any) -> bool:
    """Whether JSON values look like a saved paragraph."""
    return isinstance(value, dict) and {"sentences", "sources", "claims", "footer"} <= set(value)


def _sentence(value: Mapping[str, Any], articles: Mapping[int, str]) -> SavedSentence:
    return SavedSentence(
        str(value["text"]),
        str(value["kind"]),
        _id(value["about"]),
        tuple(_id(e) for e in value["also"]),
        str(value["support"]),
        tuple(_id(c) for c in value["claims"]),
        tuple(articles[n] for n in value["sources"]),
    )


def _id(text: Any) -> str:
    if not isinstance(text, str) or not is_id(text):
        raise TypeError(f"not an id: {text!r}")
    return text
