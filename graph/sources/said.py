"""What one record says, in a form small enough to be made by the million, and as claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import NamedTuple, TypeAlias

from graph.claim import Article, Citation, Claim, Entity, Literal
from graph.sources.source import Item, Rejected, Source

Line: TypeAlias = tuple[str, str, str, str, str]
"""A claim: subject, predicate, object, the type of a value (empty for a thing), EDTF time (may be empty)."""


class Said(NamedTuple):
    """What one record says: claims that all rest on one place in one article.

    `key` is the record's own id, under which a newer edition changes or drops it. When the record
    declares an event, `kind` and `name` are that of `subject`; both are empty otherwise. `version`
    grows with each change upstream, as seconds since 1970, 0 where the source does not tell; `line`
    is where the record ends in its file.
    """

    key: str
    subject: str
    kind: str
    name: str
    claims: tuple[Line, ...]
    article: str
    locator: str
    speaker: str = ""
    note: str = ""
    version: int = 0
    line: int = 0


class Gone(NamedTuple):
    """Word from the source that a record of this key is no longer held; `day` is when it was dropped, or empty."""

    key: str
    day: str = ""
    line: int = 0


class Left(NamedTuple):
    """A record that was read and says nothing that is kept here, with the reason; it is counted and no error."""

    reason: str
    line: int = 0


Stated: TypeAlias = Said | Gone | Left | Entity | Article | Rejected


def claim_id(line: Line) -> bytes:
    """The first eight bytes of a claim's content id, as `Claim.id` makes it of the same claim."""
    subject, predicate, thing, kind, when = line
    if kind:
        thing = f'["literal",{encode_basestring(thing)},"{kind}",""]'
    else:
        thing = f'"{thing}"'
    return hashlib.sha256(f'["{subject}","{predicate}",{thing},"{when}",[]]'.encode()).digest()[:8]


def items(found: Iterable[Stated], source: Source) -> Iterator[Item]:
    """The same as entities, articles and claims, recorded on the day the source was retrieved."""
    for one in found:
        if isinstance(one, Said):
            yield from said(one, source.retrieved)
        elif not isinstance(one, Gone | Left):
            yield one


def said(one: Said, recorded: str) -> Iterator[Entity | Claim]:
    """A record as its event and its claims."""
    if one.kind:
        yield Entity(one.subject, one.kind, ((one.name, "en"),))
    cited = (Citation(one.article, one.locator, speaker=one.speaker, note=one.note),)
    for line in one.claims:
        yield claim(line, cited, recorded)


def claim(line: Line, cited: tuple[Citation, ...], recorded: str) -> Claim:
    """One line as a claim."""
    subject, predicate, thing, kind, when = line
    return Claim(subject, predicate, Literal(thing, kind) if kind else thing, cited, when, recorded=recorded)
