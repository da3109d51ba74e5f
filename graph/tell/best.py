"""Which sources to show beside a sentence: the few that say most, independent of the parties and of each other."""

from __future__ import annotations

from typing import Final

from graph import voices
from graph.claim import Stance
from graph.store import Store
from graph.tell.basis import known
from graph.tell.paragraph import Sentence
from graph.tell.status import country_of
from graph.when import Clocks

MOST_SHOWN: Final = 3


def best_articles(sentence: Sentence, store: Store, clocks: Clocks) -> tuple[str, ...]:
    """At most three articles: those that carry most of the sentence's claims, one a voice, no party's own first."""
    carried: dict[str, int] = {}
    for claim in sentence.claims:
        stands = known(claim, store, clocks)
        for citation in stands.citations if stands else ():
            if citation.stance is Stance.STATES:
                carried[citation.article] = carried.get(citation.article, 0) + 1
    sides = {
        country_of(p.entity, store) or p.entity
        for event in sentence.events
        if store.has(event) and store.model.is_event(store.entity(event).kind)
        for p in store.event(event, clocks=clocks).participants
    }
    ranked = sorted(carried, key=lambda a: _rank(a, carried[a], sides, store))
    kept: list[str] = []
    heard: set[str] = set()
    for article in ranked:
        voice = voices.voice(article, store)
        if voice in heard or len(kept) == MOST_SHOWN:
            continue
        heard.add(voice)
        kept.append(article)
    return tuple(kept)


def _rank(article: str, carried: int, sides: set[str], store: Store) -> tuple[bool, int, bool, int, str]:
    """Independent before partial, more claims before fewer, with a title before without, earlier before later."""
    voice = voices.voice(article, store)
    document = store.article(article)
    return (country_of(voice, store) in sides, -carried, not document.title, document.known, article)
