"""The sections below the picture, as values: what happened, what is behind it, what the papers say.

Nothing here is opinion: every line is a claim in words with its sources, or a count of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.chains.chain import Chain
from graph.claim import Claim, Stance
from graph.entity import Event
from graph.questions import asof
from graph.store import Store
from graph.tell.paragraph import Paragraph, Support
from graph.tell.status import country_of, standing_of
from graph.voices import owner
from graph.when import Clocks, Day, Held
from viz import dates, words
from viz.material import Material
from viz.trajectory import Trajectory
from viz.view import Said

NEWS_DAYS: Final = 30
NEWS_MOST: Final = 5
OUTLETS_MOST: Final = 20
CARDS_MOST: Final = 6
_NEWS: Final = (Support.CONFIRMED, Support.OFFICIAL, Support.REPORTED, Support.ACCUSED)
_CARD_LINES: Final = (
    "headOfStateOf", "headOfGovernmentOf", "holdsOffice", "capitalOf", "organOf", "ownedBy", "locatedIn",
    "affiliatedWith", "citizenOf", "memberOf", "alliedWith", "relativeOf",
)  # fmt: skip
_CARD_HEADS: Final = ("headOfStateOf", "headOfGovernmentOf", "capitalOf")


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """One sentence of the paragraph with what stands behind it."""

    text: str
    support: str
    numbers: tuple[int, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The paragraph: each sentence with its support, source numbers and flags; ready copies for writers."""

    sentences: tuple[ToldSentence, ...]
    footer: str
    text: str
    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class News:
    """One recent event: its date, what happened, how well supported, source numbers."""

    event: str
    name: str
    date: str
    iso: str
    text: str
    support: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A column of the claim matrix; `note` says whose property it is when that is a party's."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix: one version of a fact, and per outlet: says, quotes, denies or silent."""

    text: str
    cells: tuple[str, ...]
    others: int
    said: Said


@dataclass(frozen=True, slots=True)
class Papers:
    """What the papers say: questions on which they differ, then what several report."""

    outlets: tuple[Outlet, ...]
    questions: tuple[tuple[str, tuple[Row, ...]], ...]
    agreed: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind it: counts and turns computed from events, and relations that began or ended."""

    parties: tuple[str, str]
    trajectory: Trajectory | None
    changes: tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An entity as it stood on the day."""

    id: str
    name: str
    kind: str
    lines: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer: rows of text, a note and source numbers."""

    question: str
    rows: tuple[tuple[str, str, tuple[int, ...]], ...]
    note: str = ""


def told(paragraph: Paragraph, material: Material) -> Told:
    """The paragraph with its sources numbered as on the page."""
    from graph.tell import render

    sentences = tuple(
        ToldSentence(
            s.text,
            s.support.value,
            tuple(material.sources[a].number for a in dict.fromkeys((*s.best, *s.sources)) if a in material.sources),
            s.flags,
        )
        for s in paragraph.sentences
    )
    return Told(sentences, render.footer(paragraph), paragraph.text, render.markdown(paragraph), render.html(paragraph))


def recent(events: Sequence[tuple[str, Day]], store: Store, clocks: Clocks, as_of: Day) -> tuple[Event, ...]:
    """The newest events that are more than one party's word, newest first; those of one month, or of the last one."""
    found: list[Event] = []
    newest: Day | None = None
    for event, day in reversed(events):
        if len(found) == NEWS_MOST or (newest is not None and newest - day > NEWS_DAYS) or day > as_of:
            break
        view = store.event(event, clocks=clocks)
        if view.of("summary") and standing_of(view.id, store, clocks).support in _NEWS:
            newest = day if newest is None else newest
            found.append(view)
    return tuple(found)


def news(events: Iterable[Event], material: Material) -> tuple[News, ...]:
    """Events as news items."""
    return tuple(
        News(
            e.id,
            e.name,
            dates.when(e.when.text) if e.when else "",
            e.when.text if e.when and e.when.is_day else "",
            material.said[e.of("summary")[0].id].text,
            standing_of(e.id, material.store, material.clocks).support.value,
            material.numbers([*e.of("summary")[:1], *e.of("happened")[:1]]),
        )
        for e in events
    )


def changed(parties: Sequence[str], store: Store, clocks: Clocks, first: Day, as_of: Day) -> tuple[Claim, ...]:
    """Relations of the parties that began or ended between two days."""
    found = {}
    for party in parties:
        for claim in (*store.claims(subject=party, clocks=clocks), *store.claims(object=party, clocks=clocks)):
            time = claim.time
            if (
                time is None
                or time.is_day  # seen on one day: that is neither a begin nor an end
                or store.model.predicate(claim.predicate).form != "relation"
                or claim.predicate == "inStory"
            ):
                continue
            began = first <= time.begin_earliest and time.begin_latest <= as_of
            ended = first <= time.end_earliest and time.end_latest <= as_of
            if began or ended:
                found[claim.id] = claim
    return tuple(sorted(found.values(), key=lambda c: (c.time.begin_earliest if c.time else 0, c.id)))


def behind(
    parties: tuple[str, ...], found: Trajectory | None, changes: Iterable[Claim], material: Material
) -> Behind | None:
    """What is behind it, for a page with two parties."""
    if len(parties) != 2:
        return None
    names = (words.name(parties[0], material.store), words.name(parties[1], material.store))
    lines = tuple(
        (dates.when(c.when), material.said[c.id].text, material.numbers([c])) for c in changes if c.id in material.said
    )
    return Behind(names, found, lines)


def papers(chain: Chain, material: Material, parties: Iterable[str]) -> Papers:
    """The claim matrix of a chain's events."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for step in chain.steps:
        for claim in material.store.event(step.event, clocks=material.clocks).claims:
            if claim.predicate not in ("summary", "inStory", "coordinates"):
                groups.setdefault((claim.subject, claim.predicate), []).append(claim)
    differing = {k: _differing(v) for k, v in groups.items()}
    open_groups = {k: v for k, v in differing.items() if v}
    shared = {k: [c] for k, v in groups.items() if k not in open_groups for c in v if len(_outlets([c], material)) >= 4}
    outlets = _columns([c for v in (*open_groups.values(), *shared.values()) for c in v], material, tuple(parties))
    ids = tuple(o.id for o in outlets)
    agreed = sorted(shared.items(), key=lambda kv: -len(_outlets(kv[1], material)))[:5]
    return Papers(
        outlets,
        tuple((_question(k, material.store), _rows(v, ids, material)) for k, v in open_groups.items()),
        tuple((_question(k, material.store), _rows(v, ids, material)) for k, v in agreed),
    )


def _differing(claims: Sequence[Claim]) -> list[Claim]:
    ids = {c.id for c in claims}
    kept = [c for c in claims if any(o in ids for o in c.contradicts)]
    denied = [c for c in claims if any(x.stance is Stance.DENIES for x in c.citations)]
    order = {c.id: c for c in (*kept, *denied)}
    return sorted(order.values(), key=lambda c: (-len(c.citations), c.id))


def _question(key: tuple[str, str], store: Store) -> str:
    label = {"happened": "date", "tookPlaceIn": "place"}.get(key[1]) or store.model.predicate(key[1]).label
    return f"{words.name(key[0], store)}: {label}"


def _outlets(claims: Iterable[Claim], material: Material) -> Counter[str]:
    return Counter(
        publisher for c in claims for publisher in {material.store.article(x.article).publisher for x in c.citations}
    )


def _columns(claims: Iterable[Claim], material: Material, parties: tuple[str, ...]) -> tuple[Outlet, ...]:
    count = _outlets(claims, material)
    order = sorted(count, key=lambda o: (-count[o], o))[:OUTLETS_MOST]
    return tuple(Outlet(o, words.name(o, material.store), _note(o, material.store, parties)) for o in order)


def _note(outlet: str, store: Store, parties: tuple[str, ...]) -> str:
    held = owner(outlet, store)
    country = country_of(held, store)
    if held == outlet or country not in parties:
        return ""
    return f"owned by {words.name(held, store)}"


def _rows(claims: Iterable[Claim], outlets: tuple[str, ...], material: Material) -> tuple[Row, ...]:
    found = []
    for claim in claims:
        cells = {o: _cell(claim, o, material) for o in _outlets([claim], material)}
        text = words.value(claim, material.store)
        others = sum(1 for o in cells if o not in outlets)
        found.append(
            Row(text[:1].upper() + text[1:], tuple(cells.get(o, "") for o in outlets), others, material.said[claim.id])
        )
    return tuple(found)


def _cell(claim: Claim, outlet: str, material: Material) -> str:
    own = [c for c in claim.citations if material.store.article(c.article).publisher == outlet]
    if any(c.stance is Stance.DENIES for c in own):
        return "denies"
    return "quotes" if all(c.speaker for c in own) else "says"


def card_claims(names: Iterable[str], store: Store, clocks: Clocks) -> dict[str, tuple[Claim, ...]]:
    """What holds about each entity on the day, the few relations a reader asks for first."""
    found = {}
    for name in names:
        held = [s.claim for s in asof.state(name, store, clocks) if s.held is Held.CERTAIN or _lasts(s.claim, clocks)]
        kept = sorted(
            (c for c in held if c.predicate in (_CARD_LINES if c.subject == name else _CARD_HEADS)),
            key=lambda c: (_CARD_LINES.index(c.predicate), c.subject != name, -len(c.citations), c.id),
        )
        each = {(c.predicate, c.subject, c.value): c for c in reversed(kept)}  # of several the one most say
        found[name] = tuple(c for c in kept if c in each.values())[:5]
    return {name: claims for name, claims in found.items() if claims}


def _lasts(claim: Claim, clocks: Clocks) -> bool:
    """Whether a relation is said to go on past the day, however long ago somebody last said so."""
    time = claim.time
    return time is None or clocks.as_of is None or time.holds(clocks.as_of) is Held.CERTAIN


def cards(claims: Mapping[str, Sequence[Claim]], material: Material) -> tuple[Card, ...]:
    """Entity cards, true on the day."""
    store = material.store
    return tuple(
        Card(
            name,
            words.name(name, store),
            store.model.kind(store.entity(name).kind).label,
            tuple((material.said[c.id].text, material.numbers([c])) for c in own),
        )
        for name, own in claims.items()
    )
