"""Claims and the citations they rest on, as values with content ids."""

from __future__ import annotations

import enum
import hashlib
import json
import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from graph import when as when_
from graph.errors import InputError
from graph.when import Day, When

# Letters that have no decomposition into a plain one with a mark.
_PLAIN: Final = str.maketrans(
    dict(zip("ıəøłđðþßæœ", ("i", "a", "o", "l", "d", "d", "th", "ss", "ae", "oe"), strict=True))
)
QUOTE_WORDS: Final = 25
"""A citation quotes no more words than this."""
_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_TERM: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,99}")
_LANG: Final = re.compile(r"(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?")
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_URL: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


class Status(enum.StrEnum):
    """What the editors make of a claim; how well it is supported is computed, not stored."""

    ACCEPTED = "accepted"
    CONTESTED = "contested"


class Stance(enum.StrEnum):
    """Whether a citation states its claim or denies it."""

    STATES = "states"
    DENIES = "denies"


def _check_ids(where: str, *ids: str) -> None:
    """InputError for a text that is no id: what is written into a file unquoted is checked where it is made."""
    for text in filter(None, ids):
        if not _ID.fullmatch(text):
            raise InputError(f"not an id: {text!r}", where=where, expected="lower-case ASCII letters, digits, hyphens")


def _check_langs(where: str, *tags: str) -> None:
    for tag in tags:
        if not _LANG.fullmatch(tag):
            raise InputError(f"not a language tag: {tag!r}", where=where, expected="like en or zh-Hant")


def is_id(text: str) -> bool:
    """Whether a text may be the id of an entity, an article or a claim.

    >>> is_id("azal-crash-2024"), is_id("x> <y")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def content_id(*parts: object) -> str:
    """Sixteen hex digits of the SHA-256 of the parts as canonical JSON: equal content, equal id.

    >>> content_id("finland", "memberOf", "nato")
    '5c0b9a7e1f7d0f3a'
    """
    return hashlib.sha256(_json(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _restore(value: Any, state: Iterable[object]) -> None:
    """Fill an unpickled value; what dataclasses do by themselves looks its fields up each time, four times slower."""
    for name, part in zip(value.__slots__, state, strict=True):
        object.__setattr__(value, name, part)


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A value that is not a thing: its text, its value type (see `rdf.DATATYPES`), its language.

    Integers and numbers are kept in canonical form (`7`, `338.5`), so equal values have equal ids.
    """

    value: str
    type: str = "text"
    lang: str = ""

    __setstate__ = _restore

    def __post_init__(self) -> None:
        if self.type in ("integer", "number"):
            object.__setattr__(self, "value", _canonical(self.value, self.type))
        elif self.type == "date":
            when_.parse(self.value)
        if "\0" in self.value:
            raise InputError(f"NUL in a value: {self.value!r}")
        if self.lang:
            _check_langs("", self.lang)


def _canonical(text: str, kind: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (kind == "integer" and number != number.to_integral_value()):
        raise InputError(f"not a{'n integer' if kind == 'integer' else ' number'}: {text!r}")
    plain = f"{number.normalize():f}"
    return "0" if plain == "-0" else plain


@dataclass(frozen=True, slots=True)
class Entity:
    """What a thing is called and what kind it is: everything else about it is claims.

    `names` holds one preferred name a language, English first; `aliases` any others, each
    (text, language); `same_as` the same thing's identifiers elsewhere (Wikidata, GeoNames).
    """

    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise InputError(f"not an id: {self.id!r}", expected="lower-case ASCII letters, digits and hyphens")
        if not self.names or not self.name:
            raise InputError("entity without a name", where=self.id)
        _check_langs(self.id, *(lang for _, lang in (*self.names, *self.aliases)))

    @property
    def name(self) -> str:
        """The English name, or the first one."""
        return next((text for text, lang in self.names if lang == "en"), self.names[0][0])

    @property
    def also(self) -> tuple[str, ...]:
        """Its aliases in English, and those of which no language is told."""
        return tuple(text for text, lang in self.aliases if lang in ("en", ""))


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """A document that says things: an article, a page, a data release.

    `title` is empty when it is not known (an address is no title; see `called`).
    `published` is EDTF (`2025-02?` when only the month is inferred); `origin` is the agency that
    wrote it when the publisher only carried it; `copy_of` the article it repeats.
    """

    id: str
    url: str
    title: str
    publisher: str
    published: str
    published_basis: str = ""
    lang: str = "en"
    origin: str = ""
    copy_of: str = ""
    accessed: str = ""
    archived: str = ""
    licence: str = ""

    def __post_init__(self) -> None:
        if not _URL.fullmatch(self.url):
            raise InputError(f"not a web address: {self.url!r}", where=self.id, expected="http:// or https://")
        when_.parse(self.published)
        _check_ids(self.url, self.id, self.publisher, self.origin, self.copy_of)
        _check_langs(self.id, self.lang)

    @property
    def known(self) -> Day:
        """The last day of the date given for its publication; doubt about that date does not move it."""
        return when_.parse(self.published.rstrip("?~%")).begin_latest

    def called(self, publisher: str, published: str) -> str:
        """Its title, or, when that is not known, who published it when: `Azernews, Feb. 6, 2025`.

        Both texts are in the reader's words: the publisher's name and the day as the caller writes days.
        """
        return self.title or f"{publisher}, {published}"


class _Named:
    """What has a content id, worked out once; no field, so neither equality nor what is written knows of it."""

    __slots__ = ("_id",)
    _id: str

    @property
    def id(self) -> str:
        """Content id over `_content`."""
        known: str = getattr(self, "_id", "")
        if not known:
            known = content_id(*self._content())
            object.__setattr__(self, "_id", known)
        return known

    @abstractmethod
    def _content(self) -> tuple[Any, ...]:
        """What the id stands for."""


@dataclass(frozen=True, slots=True, order=True)
class Citation(_Named):
    """One place where a claim is said: which article, where in it, in whose mouth, in what words.

    `speaker` is the entity quoted as saying it; empty means the article says it in its own voice.
    """

    article: str
    locator: str = ""
    quote: str = ""
    speaker: str = ""
    stance: Stance = Stance.STATES
    note: str = ""

    __setstate__ = _restore

    def __post_init__(self) -> None:
        if len(self.quote.split()) > QUOTE_WORDS:
            raise InputError(
                f"quote of {len(self.quote.split())} words", where=self.article, expected=f"{QUOTE_WORDS} at most"
            )
        _check_ids("a citation", self.article, self.speaker)

    def _content(self) -> tuple[Any, ...]:
        """Everything it says."""
        return self.article, self.locator, self.quote, self.speaker, self.stance.value, self.note


@dataclass(frozen=True, slots=True)
class Claim(_Named):
    """One dated relation that somebody states.

    `object` is an entity id or a `Literal`; `when` is EDTF text, empty when the relation has no
    time of its own; `confirmed` is the last day a source confirmed an ongoing relation.
    The id covers what is claimed, not who says it: a second source adds a citation, not a claim.
    """

    subject: str
    predicate: str
    object: str | Literal
    citations: tuple[Citation, ...]
    when: str = ""
    status: Status = Status.ACCEPTED
    qualifiers: tuple[tuple[str, Literal], ...] = ()
    contradicts: tuple[str, ...] = ()
    confirmed: str = ""
    recorded: str = ""
    withdrawn: str = ""
    superseded_by: str = ""

    __setstate__ = _restore

    def __post_init__(self) -> None:
        if not any(c.stance is Stance.STATES for c in self.citations):
            raise InputError(
                f"claim without a citation that states it: {self.subject} {self.predicate} {self.object}",
                expected="every claim names at least one article",
            )
        if self.when:
            when_.parse(self.when)
        things = (self.subject, self.object) if isinstance(self.object, str) else (self.subject,)
        _check_ids("a claim", *things, *self.contradicts, self.superseded_by)
        if not all(things):
            raise InputError(f"a claim about nothing: {things}", where=self.predicate)
        for term in (self.predicate, *(name for name, _ in self.qualifiers)):
            if not _TERM.fullmatch(term):
                raise InputError(f"not a term: {term!r}", where=self.subject, expected="letters and digits")
        if len(self.citations) > 1:
            object.__setattr__(self, "citations", tuple(sorted(set(self.citations), key=lambda c: c.id)))

    def _content(self) -> tuple[Any, ...]:
        """Subject, predicate, object, when and qualifiers."""
        thing = self.object
        said = ["literal", thing.value, thing.type, thing.lang] if isinstance(thing, Literal) else thing
        extra = [[name, value.value, value.type] for name, value in self.qualifiers]
        return self.subject, self.predicate, said, self.when, extra

    @property
    def time(self) -> When | None:
        """The parsed time, or None when the relation has none of its own."""
        return when_.parse(self.when) if self.when else None

    @property
    def value(self) -> str:
        """The object as plain text: the entity id or the literal's value."""
        return self.object.value if isinstance(self.object, Literal) else self.object


def slug(text: str) -> str:
    """ASCII words joined by hyphens, for ids: `Côte d'Ivoire` gives `cote-d-ivoire`.

    Text without a Latin letter gives a content id instead.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join(words)[:100].strip("-") or content_id(text)


def article_id(url: str) -> str:
    """The id of the article at a URL: `article-` and a content id."""
    return f"article-{content_id(url)}"


def merge(first: Claim, second: Claim) -> Claim:
    """One claim with the citations and contradictions of both; ids must agree."""
    if first.id != second.id:
        raise InputError(f"claims differ: {first.id} and {second.id}")
    contested = Status.CONTESTED in (first.status, second.status)
    return Claim(
        first.subject,
        first.predicate,
        first.object,
        (*first.citations, *second.citations),
        first.when,
        Status.CONTESTED if contested else Status.ACCEPTED,
        first.qualifiers,
        tuple(sorted({*first.contradicts, *second.contradicts})),
        max(first.confirmed, second.confirmed),
        min(filter(None, (first.recorded, second.recorded)), default=""),
        first.withdrawn if second.withdrawn else "",
        first.superseded_by or second.superseded_by,
    )
