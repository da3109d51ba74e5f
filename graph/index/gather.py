"""Columns from the claims of a store: who took part in what, when, and since when that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph.claim import Claim, Stance, Status
from graph.entity import best_first
from graph.index import closure
from graph.index.columns import LINKS, ROLES, WORD, Columns, KindRow
from graph.index.words import words_of
from graph.voices import voice
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Day, When

if TYPE_CHECKING:
    from graph.store import Store

CONTESTED_PERCENT: Final = 50


@dataclass(slots=True)
class Gathered:
    """The columns while they grow, as lists by name."""

    store: Store
    entities: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    claims: list[str] = field(default_factory=list)
    voices: dict[str, int] = field(default_factory=dict)

    def entity(self, name: str) -> int:
        """The position of an entity, new ones last."""
        return self.entities.setdefault(name, len(self.entities))

    def add(self, **values: int) -> None:
        """Append to columns by name."""
        for name, value in values.items():
            self.columns[name].append(value)


def from_store(store: Store) -> Columns:
    """The events that have a date, with everything the index needs about them."""
    model = store.model
    by_event: dict[str, list[Claim]] = defaultdict(list)
    kinds = {e.id: e.kind for e in store.entities("Event")}
    gathered = Gathered(store)
    for event in sorted(kinds):
        by_event[event].extend(c for c in store.claims(subject=event) if not c.withdrawn)
    dated = {e: claims for e, claims in sorted(by_event.items()) if any(c.predicate == "happened" for c in claims)}
    gathered.events.update({e: i for i, e in enumerate(dated)})
    names = sorted({kinds[e] for e in dated})
    for event, claims in dated.items():
        _event(gathered, event, names.index(kinds[event]), claims)
    closure.carry(gathered, kinds)
    rows = tuple(KindRow(n, model.kind(n).intensity, model.kind(n).half_life_days) for n in names)
    countries = [gathered.entities[c.id] for c in store.entities("Country") if c.id in gathered.entities]
    return Columns(
        ids=tuple(dated),
        entities=tuple(gathered.entities),
        kinds=rows,
        l_claims=tuple(gathered.claims),
        countries=np.array(countries, np.int32),
        **{name: np.array(gathered.columns.get(name, ()), np.int32) for name in _NAMES},
    )


_NAMES: Final = (
    *("first", "last", "kind", "known", "deaths", "p_event", "p_entity", "p_role", "p_known"),
    *("c_part", "c_whole", "c_percent", "c_first", "c_last", "c_known", "v_event", "v_voice", "v_known"),
    *(
        "l_later",
        "l_earlier",
        "l_kind",
        "l_percent",
        "l_known",
        "a_event",
        "a_about",
        "a_known",
        "r_event",
        "r_known",
        "r_first",
        "r_last",
        "r_deaths",
    ),
)


def _event(g: Gathered, event: str, kind: int, claims: list[Claim]) -> None:
    at = g.events[event]
    history = tuple(_history(claims, g.store))
    _, (first, last), deaths = history[-1]
    g.add(first=first, last=last, kind=kind, known=history[0][0], deaths=deaths)
    for since, (early, late), count in history if len(history) > 1 else ():
        g.add(r_event=at, r_known=since, r_first=early, r_last=late, r_deaths=count)
    for claim in claims:
        rule = g.store.model.predicate(claim.predicate)
        if not isinstance(claim.object, str):
            continue
        if claim.predicate in ROLES:
            who = g.entity(claim.object)
            g.add(p_event=at, p_entity=who, p_role=ROLES.index(claim.predicate), p_known=g.store.known(claim))
            if claim.object in g.events:
                _about(g, at, who, claim)
        elif rule.form == "link" and claim.object in g.events and claim.predicate in LINKS:
            other = g.events[claim.object]
            percent = CONTESTED_PERCENT if claim.status is Status.CONTESTED else 100
            g.add(l_later=at, l_earlier=other, l_kind=LINKS.index(claim.predicate), l_percent=percent)
            g.add(l_known=g.store.known(claim))
            g.claims.append(claim.id)
    _voices(g, at, claims)
    said = {c.value: g.store.known(c) for c in claims if c.predicate == "summary"}
    texts = {g.store.entity(event).name: history[0][0], **said}
    for text, since in texts.items():
        for word in words_of((text,)):
            g.add(p_event=at, p_entity=g.entity(word), p_role=WORD, p_known=since)


def _about(g: Gathered, event: int, entity: int, claim: Claim) -> None:
    """An event about another: they share its participants, and the other as a thing itself."""
    other, known = g.events[claim.value], g.store.known(claim)
    g.add(a_event=event, a_about=other, a_known=known)
    g.add(p_event=other, p_entity=entity, p_role=ROLES.index("about"), p_known=known)


def _voices(g: Gathered, event: int, claims: Iterable[Claim]) -> None:
    seen: dict[str, Day] = {}
    for claim in claims:
        for citation in claim.citations:
            if citation.stance is Stance.STATES:
                known = g.store.article(citation.article).known
                who = voice(citation.article, g.store)
                seen[who] = min(seen.get(who, END_OF_TIME), known)
    for who, known in sorted(seen.items()):
        g.add(v_event=event, v_voice=g.voices.setdefault(who, len(g.voices)), v_known=known)


def _history(claims: list[Claim], store: Store) -> Iterator[tuple[Day, tuple[Day, Day], int]]:
    """What was believed of an event from each day on: (day, (first, last), deaths), changes only."""
    dates = [c for c in claims if c.predicate == "happened"]
    counts = [c for c in claims if c.predicate == "deaths"]
    days = sorted({store.article(s.article).known for c in (*dates, *counts) for s in c.citations})
    before: Any = None
    for day in days:
        date = _best(dates, day, store)
        if date is None or date.time is None:
            continue
        count = _best(counts, day, store)
        now = (bounds(date.time), int(count.value) if count else -1)
        if now != before:
            before = now
            yield (day, *now)


def _best(claims: Iterable[Claim], day: Day, store: Store) -> Claim | None:
    """The best supported claim as known on a day."""
    known = (store.known_claim(c, Clocks(known_at=day)) for c in claims)
    return min((c for c in known if c is not None), key=best_first, default=None)


def bounds(time: When) -> tuple[Day, Day]:
    """Between which days it certainly began; an open begin stands at its known side."""
    first, last = time.begin_earliest, time.begin_latest
    return (last if first == START_OF_TIME else first), (first if last == END_OF_TIME else last)
