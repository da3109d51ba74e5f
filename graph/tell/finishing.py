"""The last touches to a sentence: capital, commas, full stop, the articles behind it, marks for the margin."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Final

from graph.entity import Event
from graph.tell import basis, status
from graph.tell.paragraph import Sentence, Span, Support
from graph.tell.telling import Telling

# What has a capital only where a sentence begins.
SMALL_WORD: Final = re.compile(r"(An?|The|In|After|At|On|By|During|From) ")
_YEAR_END: Final = re.compile(r"\b(?:[A-Z][a-z]+\.?) \d{1,2}, \d{3,4}$")


def clean(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with the comma after a full date, and no comma twice."""
    kept = [s for s in spans if s.text]
    for at, span in enumerate(kept[:-1]):
        if kept[at + 1].rule == "at" and span.text.endswith(" in "):
            kept[at] = span = dataclasses.replace(span, text=f"{span.text[:-3]}at ")
        after = kept[at + 1].text
        if _YEAR_END.search(span.text) and after[:1] == " ":
            kept[at] = span = dataclasses.replace(span, text=f"{span.text},")
        if span.text.endswith(",") and after[:1] in (",", ".", ";"):
            kept[at] = dataclasses.replace(span, text=span.text[:-1])
    return tuple(kept)


def lowered(clause: Sequence[Span]) -> tuple[Span, ...]:
    """The clause without its sentence capital, where that capital is only an article's or a preposition's."""
    first = clause[0]
    if SMALL_WORD.match(first.text):
        return (dataclasses.replace(first, text=first.text[0].lower() + first.text[1:]), *clause[1:])
    return tuple(clause)


def flags(event: Event, held: status.Standing, telling: Telling) -> tuple[str, ...]:
    """Short marks for the margin: what an editor should look at again."""
    found = []
    if any(basis.against(c, telling.store, telling.clocks) for c in event.claims):
        found.append("conflict")
    if held.only_parties:
        found.append("parties only")
    elif len(held.independent) == 1:
        found.append("single voice")
    return tuple(found)


def finish(
    spans: Iterable[Span], kind: str, about: str, support: Support, telling: Telling, marks: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Sentence:  # fmt: skip
    """A sentence with its capital, its full stop and the articles known by then behind its claims."""
    kept = list(clean(spans))
    first = kept[0]
    kept[0] = dataclasses.replace(first, text=first.text[0].upper() + first.text[1:])
    last = kept[-1]
    if not last.text.endswith("."):
        kept[-1] = dataclasses.replace(last, text=last.text.rstrip(",") + ".")
    claims = dict.fromkeys(c for s in kept for c in s.claims)
    stands = (basis.known(c, telling.store, telling.clocks) for c in claims)
    articles = dict.fromkeys(x.article for claim in stands if claim for x in claim.citations)
    return Sentence(tuple(kept), kind, about, support, tuple(articles), marks, also)
