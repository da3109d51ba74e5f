"""A reading → its answer: names become things, the act becomes kinds of events, and the acts are chosen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph import when as when_
from graph.errors import Insufficient
from graph.index.index import Index
from graph.names import Match
from graph.questions.acts import Acts, Asked, acts, chosen
from graph.questions.behind import behind, iso, named
from graph.questions.question import Opened
from graph.questions.reading.phrases import lexicon
from graph.questions.reading.read import Reading, read
from graph.questions.rows import Named, Row, Rows

_MOST_TRIED: Final = 60
_NO_PARTY: Final = ("about", "tookPlaceIn")
_MUTUAL: Final = ("signatory", "participant", "party")
_LENGTH: Final = {"day": 10, "month": 7, "year": 4}
Near = Callable[[str], Sequence[Match]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading came to: the things its names were taken for, and the acts chosen, in time order."""

    parties: dict[str, Match]
    acts: Acts


@dataclass(frozen=True, slots=True)
class Deed(Row):
    """One act that answers: the answer (a thing or a time), when (EDTF), the event, its kind, who acted, on whom."""

    answer: Named
    when: str
    event: Named
    kind: str
    actor: Named
    target: Named


def find(reading: Reading, index: Index, near: Near, kinds: Collection[str], *, mutual: bool = False) -> Found:
    """The acts that a reading asks for among events of some kinds.

    `near` gives the things a name may mean, best first, or raises UnknownName. When a name may mean
    several, the likeliest with which there is an answer is taken.
    """
    given = {n: getattr(reading, n) for n in ("actor", "target", "anchor") if getattr(reading, n)}
    tried = itertools.product(*(near(text) for text in given.values()))
    likeliest = sorted(tried, key=lambda c: -sum(m.score for m in c))[:_MOST_TRIED]
    side = reading.asked if reading.asked in ("actor", "target") else "actor"
    empty = None
    for meant in likeliest:
        parties = dict(zip(given, meant, strict=True))
        ids = {n: parties[n].id if n in parties else "" for n in ("actor", "target", "anchor")}
        asked = Asked(side, reading.window, reading.relation, ids["anchor"], reading.unit, reading.order)
        done = acts(index, kinds, actor=ids["actor"], target=ids["target"], mutual=mutual)
        found = chosen(done, asked, index)
        if len(found):
            return Found(parties, found)
        empty = empty or Found(parties, found)
    assert empty is not None
    return empty


def times(reading: Reading, found: Acts) -> tuple[str, ...]:
    """The times of acts in the unit asked for, each once, in order."""
    return tuple(dict.fromkeys(when_.iso(int(day))[: _LENGTH[reading.unit]] for day in found.day))


def in_words(kg: Opened, question: str) -> Rows:
    """The answer to a question in English: one row an act, and `told`, how the question was understood.

    Raises Insufficient when it is not understood or asks for an act that no kind of event here tells,
    UnknownName or AmbiguousName for a name.
    """
    known = lexicon(own=True)
    reading = read(question, known)
    act = known.acts.get(reading.code)
    if act is None or not act.kind:
        told = act.says[0] if act else f"CAMEO {reading.code}"
        raise Insufficient(f"no kind of event here tells of this act: {told}", where=question)
    turned = _turned(reading) if act.swap else reading
    model = kg.store.model
    kinds = [k for k in model.kinds if model.is_a(k, act.kind)]
    day = when_.parse(reading.window).end_latest if reading.window else None
    mutual = next(iter(model.roles(act.kind)), "") in _MUTUAL
    found = find(turned, kg.index, lambda text: [kg.names.resolve(text, day)], kinds, mutual=mutual)
    meant = {name: Named(m.id, m.name) for name, m in found.parties.items()}
    given = {"act": act.kind, "asked": turned.asked, **meant}
    kept = ("window", "relation", "order")
    given |= {name: getattr(reading, name) for name in kept if getattr(reading, name)}
    if turned.asked == "time" or reading.relation == "same":
        given["unit"] = reading.unit
    rows = tuple(_rows(kg, turned, found.acts))
    return Rows("in-words", given, Deed, rows, tell(given))


def _turned(reading: Reading) -> Reading:
    """The reading seen from the other side: who hosts a visit is visited."""
    asked = {"actor": "target", "target": "actor"}.get(reading.asked, reading.asked)
    return replace(reading, asked=asked, actor=reading.target, target=reading.actor)


def tell(asked: dict[str, object]) -> str:
    """How a question was understood, in one line: "visit · actor? · target China · in 2013-05-08"."""
    parts = [str(asked["act"]).lower()]
    for side in ("actor", "target"):
        thing = asked.get(side)
        parts += [f"{side} {thing.name} ({thing.id})"] if isinstance(thing, Named) else []
        parts += [f"{side}?"] if asked["asked"] == side else []
    if asked["asked"] == "time":
        parts.append(f"which {asked['unit']}?")
    anchor, relation = asked.get("anchor"), str(asked.get("relation", ""))
    if isinstance(anchor, Named):
        how = f"same {asked.get('unit')} as" if relation == "same" else relation
        parts.append(f"{how} {anchor.name} ({anchor.id})")
    if asked.get("window"):
        parts.append(f"{relation if relation in ('before', 'after') and anchor is None else 'in'} {asked['window']}")
    if asked.get("order"):
        parts.append(f"the {asked['order']}")
    return " · ".join(parts)


def _rows(kg: Opened, reading: Reading, found: Acts) -> Iterator[Deed]:
    """One row an event and answer; of who takes part through others, only those who do so themselves."""
    index, store = kg.index, kg.store
    for event_at, day, actor, target in zip(found.event, found.day, found.actor, found.target, strict=True):
        event = store.event(index.event_id(int(event_at)))
        sides = {"actor": index.entity_id(int(actor)), "target": index.entity_id(int(target))}
        parties = {p.entity for p in event.participants if p.role not in _NO_PARTY}
        if reading.asked != "time" and sides[reading.asked] not in parties:
            continue
        claims = [c for c in event.claims if c.object in sides.values()]
        ends = {name: named(thing, store) for name, thing in sides.items()}
        answer = ends.get(reading.asked) or Named("", iso(int(day))[: _LENGTH[reading.unit]])
        when = event.when.text if event.when else ""
        cited = behind((*event.of("happened"), *claims), store)
        yield Deed(answer, when, Named(event.id, event.name), event.kind, ends["actor"], ends["target"], **cited)
