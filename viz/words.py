"""Claims in words, with the sources behind them numbered by the day they were published."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final

from graph import when as when_
from graph.claim import Article, Claim, Literal, Stance
from graph.model import Predicate
from graph.store import Store
from graph.tell import naming
from graph.voices import owner, voices
from graph.when import Day, Held
from viz import dates
from viz.view import Cited, Said, Source

_PART: Final = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_VALUE: Final = {
    "happened": "{subject}: {object}",
    "cause": "{subject}: the cause was {object}",
    "content": "{subject}: {object}",
    "description": "{subject}: {object}",
    "reason": "{subject}: the reason given was {object}",
    "summary": "{object}",
    "outcome": "{subject}: {object}",
    "charge": "{subject}: the charge was {object}",
}


def sources(claims: Iterable[Claim], store: Store) -> dict[str, Source]:
    """The numbered sources of claims, by article id, the earliest published first."""
    ids = {c.article for claim in claims for c in claim.citations}
    articles = sorted((store.article(i) for i in ids), key=lambda a: (a.known, a.id))
    return {a.id: source(a, number, store) for number, a in enumerate(articles, 1)}


def source(article: Article, number: int, store: Store) -> Source:
    """An article as an entry of a list of sources."""
    held = owner(article.publisher, store)
    publisher, published = name(article.publisher, store), dates.when(article.published)
    return Source(
        number,
        article.id,
        article.called(publisher, published),
        article.url,
        article.lang,
        publisher,
        published,
        article.known,
        dates.when(article.accessed),
        article.archived,
        name(article.origin, store) if article.origin and article.origin != article.publisher else "",
        name(held, store) if held != article.publisher else "",
        bool(article.title),
    )


def name(entity: str, store: Store) -> str:
    """What an entity is called; the id when it is not declared."""
    return store.entity(entity).name if entity and store.has(entity) else entity


def said(claim: Claim, store: Store, numbered: Mapping[str, Source], *, day: Day, on_page: Container[str] = ()) -> Said:
    """A claim in words with its citations, as true on a day."""
    cited = tuple(
        Cited(
            numbered[c.article],
            c.quote,
            name(c.speaker, store),
            c.locator,
            c.stance is Stance.DENIES,
        )
        for c in sorted(claim.citations, key=lambda c: (numbered[c.article].number, c.id))
    )
    return Said(
        claim.id,
        words(claim, store, day=day),
        cited,
        claim.subject,
        claim.predicate,
        dates.when(claim.when),
        bool(claim.contradicts) or any(c.denies for c in cited),
        len(voices(claim.citations, store)),
        tuple(c for c in claim.contradicts if c in on_page),
        dates.when(claim.confirmed),
    )


def words(claim: Claim, store: Store, *, day: Day) -> str:
    """A claim as one sentence, true on a day."""
    return store.kept(("words", claim.id, day), lambda: _words(claim, store, day))


def _words(claim: Claim, store: Store, day: Day) -> str:
    rule = store.model.predicate(claim.predicate)
    inside = rule.form == "relation"  # a whole sentence, in which some names take an article
    parts = {
        "subject": naming.running(claim.subject, store) if inside else name(claim.subject, store),
        "object": naming.running(claim.value, store) if inside else value(claim, store),
        "date": dates.began(claim.time),
    }
    text = fill(_frame(claim, rule, day), parts)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def value(claim: Claim, store: Store) -> str:
    """The object of a claim in words: a name, a date, a number with separators, or text."""
    thing = claim.object
    if not isinstance(thing, Literal):
        return name(thing, store)
    if thing.type == "date":
        return dates.when(thing.value)
    if thing.type == "integer":
        return f"{int(thing.value):,}"
    return thing.value


def fill(frame: str, parts: Mapping[str, str]) -> str:
    """A frame with its parts put in; optional `[…]` stretches with an empty part fall away.

    >>> fill("{subject} {subject.was} in {object}[ since {date}]", {"subject": "A", "object": "B", "date": ""})
    'A was in B'
    """

    def part(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        return form if form else parts.get(name, "")

    def optional(match: re.Match[str]) -> str:
        named = _PART.findall(match[1])
        return _PART.sub(part, match[1]) if all(parts.get(n) for n, _ in named) else ""

    return _PART.sub(part, re.sub(r"\[([^\]]*)\]", optional, frame)).strip()


def _frame(claim: Claim, rule: Predicate, day: Day) -> str:
    time = claim.time
    if rule.form == "role":
        return f"{{object}} is named as {rule.label} in {{subject}}"
    if rule.form == "link":
        return f"{{subject}}: {rule.label} {{object}}"
    if rule.form == "value":
        return _VALUE.get(rule.name) or (
            str(rule.frame.get("past")) if rule.frame.get("past") else f"{{subject}}: {rule.label} {{object}}"
        )
    over = time is not None and time.holds(day) is Held.NO
    if time and not over and rule.frame.get("since") and time.begin_earliest != when_.START_OF_TIME:
        return str(rule.frame["since"])
    wanted = "past" if over or claim.predicate == "tookPlaceIn" else "present"
    return str(rule.frame.get(wanted) or f"{{subject}}: {rule.label} {{object}}")
