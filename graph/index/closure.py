"""For whom an entity's part in an event counts as well: its state, its owner, the country it lies in.

Participation is carried up to countries and no further: what a country does is not done by its
continent. An office only passes on: its holder acts for what the office belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from graph.claim import Claim
from graph.index.words import PREFIX
from graph.when import END_OF_TIME, START_OF_TIME, Day

if TYPE_CHECKING:
    from graph.index.gather import Gathered
    from graph.store import Store

NAMED_AFTER_PERCENT: Final = 50
"""An organization or place with a country or its people in its name counts so far for that country."""
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def carry(g: Gathered, events: Mapping[str, str]) -> None:
    """Add the closure that claims state, and that of names, for everything that takes part in an event."""
    store = g.store
    waiting = sorted(e for e in g.entities if e not in events and not e.startswith(PREFIX))
    acting = tuple(waiting)
    for part in waiting:
        for claim in store.claims(subject=part) if store.has(part) else ():
            percent = round(100 * store.model.predicate(claim.predicate).closure)
            for whole, share, said in _carried(claim, percent, store):
                first, last, known = _span(said, store)
                if whole not in g.entities:
                    waiting.append(whole)
                g.add(c_part=g.entity(part), c_whole=g.entity(whole), c_percent=share)
                g.add(c_first=first, c_last=last, c_known=known)
    named: dict[tuple[str, ...], set[str]] = {}
    for words, country in _names_of_countries(store):
        named.setdefault(words, set()).add(country)
    for entity in acting:
        for country in _named_after(entity, named, store):
            g.add(c_part=g.entity(entity), c_whole=g.entity(country), c_percent=NAMED_AFTER_PERCENT)
            g.add(c_first=START_OF_TIME, c_last=END_OF_TIME, c_known=START_OF_TIME)


def _carried(claim: Claim, percent: int, store: Store) -> Iterator[tuple[str, int, tuple[Claim, ...]]]:
    """For whom a part acts by a claim, to what percent, and the claims that rests on; an office is stepped over."""
    if not percent or claim.withdrawn or not isinstance(claim.object, str):
        return
    kind, whole_kind = store.entity(claim.subject).kind, store.entity(claim.object).kind
    if kind in ("Country", "Office") or whole_kind == "Region":
        return
    if whole_kind != "Office":
        yield claim.object, percent, (claim,)
        return
    of = store.model.predicate("officeOf")
    for further in store.claims(subject=claim.object, predicate="officeOf"):
        if isinstance(further.object, str) and not further.withdrawn:
            yield further.object, round(percent * of.closure), (claim, further)


def _span(said: Iterable[Claim], store: Store) -> tuple[Day, Day, Day]:
    """The days between which all of these may have held, and since when all were known."""
    first, last, known = START_OF_TIME, END_OF_TIME, START_OF_TIME
    for claim in said:
        time = claim.time
        if time is not None:
            first, last = max(first, time.begin_earliest), min(last, time.end_latest)
        known = max(known, store.known(claim))
    return first, last, known


def _names_of_countries(store: Store) -> Iterator[tuple[tuple[str, ...], str]]:
    """Words of each name and demonym of each country, with the country."""
    people: dict[str, set[str]] = {}
    for claim in store.claims(predicate="demonym"):
        people.setdefault(claim.subject, set()).add(claim.value)
    for country in store.entities("Country"):
        texts = {text for text, lang in (*country.names, *country.aliases) if lang == "en"}
        texts |= people.get(country.id, set())
        for text in sorted(texts):
            words = tuple(_WORDS.findall(text.lower()))
            if len(text) > 3 and words:
                yield words, country.id


def _named_after(entity: str, named: Mapping[tuple[str, ...], set[str]], store: Store) -> tuple[str, ...]:
    """The countries whose name or people stand in an organization's or place's name."""
    if not store.has(entity):
        return ()
    found = store.entity(entity)
    if not any(store.model.is_a(found.kind, k) for k in ("Organization", "Place")) or found.kind == "Alliance":
        return ()
    words = tuple(_WORDS.findall(found.name.lower()))
    spans = {words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    return tuple(sorted({country for span in spans for country in named.get(span, ())}))
