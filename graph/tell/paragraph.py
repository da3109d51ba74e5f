"""A paragraph as values: spans that know their claims, sentences that know their status."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property

from graph.tell.basis import Basis
from graph.when import Day


class Support(enum.StrEnum):
    """How well a statement is supported; it decides the verb (docs/explanation/prose.md)."""

    CONFIRMED = "confirmed"
    OFFICIAL = "official act"
    REPORTED = "reported"
    CLAIMED = "claimed"
    ACCUSED = "accused"
    DISPUTED = "disputed"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text, the claims it rests on, and the rule that made it."""

    text: str
    claims: tuple[str, ...] = ()
    rule: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its spans, what kind of message it is, about which event, and how sure.

    `kind` is event, outcome, state, conflict, gap or count; `flags` are short marks for the margin; `also`
    are further events that the sentence tells; `best` the few articles to show beside it, the best
    independent ones first.
    """

    spans: tuple[Span, ...]
    kind: str
    about: str
    support: Support
    sources: tuple[str, ...]
    flags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    best: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return "".join(span.text for span in self.spans)

    @property
    def events(self) -> tuple[str, ...]:
        """Every event it tells."""
        return tuple(dict.fromkeys((self.about, *self.also)))

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim it rests on, once, in order."""
        return tuple(dict.fromkeys(c for span in self.spans for c in span.claims))

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a paragraph: number in the list, article, what a reader needs to find it.

    Dates are EDTF; `accessed` and `archived` are empty when they are not known.
    """

    number: int
    article: str
    publisher: str
    title: str
    url: str
    published: str
    accessed: str = ""
    archived: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Sentences in order with their sources, what was left out and why, and what it was made from.

    `basis` is how each claim stood then, in the order of `claims`; `html` is the fragment a notebook shows.
    """

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    left_out: tuple[tuple[str, str], ...]
    as_of: Day | None
    known_at: Day | None
    fingerprint: str
    config: str
    title: str = ""
    basis: tuple[Basis, ...] = ()
    html: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The paragraph without marks."""
        return " ".join(s.text for s in self.sentences)

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(s.words for s in self.sentences)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Article id → its number in the source list."""
        return {s.article: s.number for s in self.sources}

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """Every claim the paragraph rests on, once, in order."""
        return tuple(dict.fromkeys(c for s in self.sentences for c in s.claims))

    def _repr_html_(self) -> str:
        return self.html
