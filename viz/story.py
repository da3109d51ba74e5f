"""A story page as values: a chain, the cast around it, every claim in words, and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.chains.chain import SILENCE_DAYS, Chain, Link, Step
from graph.claim import Claim, Literal
from graph.entity import Event
from graph.errors import Insufficient
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.questions import confirmed
from graph.store import Store
from graph.tell.paragraph import Paragraph
from graph.when import END_OF_TIME, START_OF_TIME, Clocks, Day
from viz import asked, dates, lacking, sections, trajectory, words
from viz import cast as cast_
from viz import material as material_
from viz.lacking import Lacking
from viz.material import Material
from viz.sections import Asked, Behind, Card, News, Papers, Told
from viz.view import ALWAYS, Bounds, Relation, Said, Source, View

_LEFT_TO_THE_TEXT = frozenset({"inStory"})

HOW = "How we got here"


# A sentence that leans on the one before it cannot stand alone at the head of a page.
_LEANING: Final = re.compile(
    r"(?:the same day|(?:[\w-]+ ){1,3}later|in response|in return|other|they|it|he|she|its|their|his|her)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a step stands where it does: the earlier step, the kind of link, and who states it."""

    earlier: str
    earlier_step: int
    label: str
    apart: str
    explanation: str
    stated: bool
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One event of the chain with everything claimed about it."""

    number: int
    event: str
    name: str
    kind: str
    date: str
    iso: str
    day: Day
    summary: str
    cast: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facts: tuple[Said, ...]
    why: Why | None
    explanation: str
    silence: str = ""
    root: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a story page shows.

    `standfirst` says in one sentence what it is about, with source numbers; `news_fresh` whether
    its news are of the last month.
    """

    id: str
    title: str
    kicker: str
    as_of: Day
    first: Day
    steps: tuple[StoryStep, ...]
    view: View
    sources: tuple[Source, ...]
    version: str
    known_at: Day | None = None
    near_misses: tuple[tuple[str, str], ...] = ()
    standfirst: tuple[str, tuple[int, ...]] = ("", ())
    told: Told | None = None
    news: tuple[News, ...] = ()
    news_fresh: bool = True
    behind: Behind | None = None
    papers: Papers | None = None
    asked: tuple[Asked, ...] = ()
    cards: tuple[Card, ...] = ()
    confirmed: str = ""
    lacking: Lacking | None = None


def of(kg: KnowledgeGraph, chain: Chain, *, today: Day, words: int = 150) -> Story:
    """The story of a chain with its paragraph; without one when the graph holds too little to tell."""
    try:
        paragraph = kg.tell(chain, words=words, at_most=True)
    except Insufficient:
        paragraph = None
    return story(kg.store, chain, kg.index, paragraph, today=today)


def story(
    store: Store, chain: Chain, index: Index | None = None, paragraph: Paragraph | None = None, *, today: Day
) -> Story:
    """The story of a chain. `today` stands for an open as-of; the day must be after every step."""
    as_of = chain.as_of if chain.as_of is not None else today
    clocks = Clocks(as_of, chain.known_at)
    events = [store.event(step.event, clocks=clocks) for step in chain.steps]
    parties = cast_.parties(chain, store)
    cast = cast_.cast(events, parties, store)
    pair = trajectory.between(*parties, index, clocks, as_of) if index and len(parties) == 2 else ()
    around = _told(chain, store, clocks, as_of) if chain.focus.seeds or not pair else pair
    recent = sections.recent(around, store, clocks, as_of)
    changes = sections.changed(parties, store, clocks, chain.steps[0].day, as_of)
    carded = sections.card_claims(_carded(parties, cast, store), store, clocks)
    drawn = [c for e in events for c in e.claims] + list(cast_.between(cast, store, clocks, as_of))
    drawn += [c for link in (*chain.links, *chain.side) for c in _stated(link, store, clocks)]
    extra = [c for e in recent for c in (*e.of("summary")[:1], *e.of("happened")[:1])]
    extra += [c for e in asked.earlier(chain, pair) for c in store.event(e, clocks=clocks).of("happened")[:1]]
    extra += [*changes, *(c for own in carded.values() for c in own)]
    extra += [store.claim(i) for i in (paragraph.claims if paragraph else ())]
    material = material_.gather(store, [*drawn, *extra], clocks, as_of)
    relations = _relations(drawn, chain, cast, material)
    course = trajectory.recent(*parties, index, store, clocks, as_of) if index and len(parties) == 2 else None
    view = View(cast_.things(chain, events, cast, relations, store), relations, chain.steps[0].day, as_of)
    return Story(
        id=_page_id(chain),
        title=title(chain, store),
        kicker=kicker(chain, store),
        as_of=as_of,
        first=chain.steps[0].day,
        steps=tuple(_step(at, chain, events, material) for at in range(len(events))),
        view=view,
        sources=tuple(sorted(material.sources.values(), key=lambda s: s.number)),
        version=chain.fingerprint[:12] or store.fingerprint[:12],
        known_at=chain.known_at,
        near_misses=tuple((words.name(m.event, store), m.lost_by) for m in chain.near_misses),
        standfirst=_standfirst(chain, material, paragraph),
        told=sections.told(paragraph, material) if paragraph else None,
        news=sections.news(recent, material),
        news_fresh=any(e.when and as_of - e.when.begin_latest <= sections.NEWS_DAYS for e in recent),
        behind=sections.behind(parties, course, changes, material),
        papers=sections.papers(chain, material, parties),
        asked=asked.asked(chain, pair, [c for e in events for c in e.claims], material),
        cards=sections.cards(carded, material),
        confirmed=dates.when(confirmed.last((c for e in events for c in e.claims), store, known_at=chain.known_at)),
        lacking=lacking.of_events(events),
    )


def _carded(parties: tuple[str, ...], cast: Iterable[str], store: Store) -> tuple[str, ...]:
    """Whom the cards are about: the parties, then people, cities and bodies of the cast."""
    wanted = ("Country", "Person", "City", "Alliance")
    rest = [n for n in cast if n not in parties]
    order = [n for k in wanted for n in rest if store.model.is_a(store.entity(n).kind, k)]
    return tuple((*parties, *order)[: sections.CARDS_MOST])


def _page_id(chain: Chain) -> str:
    return chain.focus.event or chain.focus.story or "--".join(chain.focus.entities) or "story"


def _standfirst(chain: Chain, material: Material, paragraph: Paragraph | None) -> tuple[str, tuple[int, ...]]:
    """What the event in focus was; of a story or a pair, what it came to last, with its date.

    A summary has every name in full, which a sentence from inside the paragraph has not.
    """
    event = chain.focus.event or chain.events[-1]
    summary = material.store.event(event, clocks=material.clocks).of("summary")
    if summary and summary[0].id in material.said:
        text = material.said[summary[0].id].text
        dated = text if chain.focus.event else f"{cast_.capital(dates.when(chain.steps[-1].when))}: {text}"
        return dated, material.numbers(summary[:1])
    last = [s for s in paragraph.sentences if s.kind == "event"] if paragraph else []
    if not last or leans(last[-1].text):
        return "", ()
    return last[-1].text, tuple(sorted({material.sources[a].number for a in last[-1].sources if a in material.sources}))


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it: `Eight days later, …`, `In response, …`, `They …`."""
    return _LEANING.match(sentence) is not None


def title(chain: Chain, store: Store) -> str:
    """What a chain is called: its event, its story, or its two sides."""
    focus = chain.focus
    named = focus.event or focus.story
    return words.name(named, store) if named else _parties(chain, store) or HOW


def _told(chain: Chain, store: Store, clocks: Clocks, as_of: Day) -> tuple[tuple[str, Day], ...]:
    """The events of a story, or else of the chain, that a day knows of, in order of time."""
    views = [store.event(e, clocks=clocks) for e in dict.fromkeys((*chain.focus.seeds, *chain.events))]
    days = [(v.id, v.when.begin_latest) for v in views if v.when and v.when.begin_latest <= as_of]
    return tuple(sorted(days, key=lambda e: (e[1], e[0])))


def kicker(chain: Chain, store: Store) -> str:
    """What stands over the title and does not repeat it: the parties, or what the page is."""
    parties = _parties(chain, store)
    if chain.focus.event or chain.focus.story:
        return parties or HOW
    return HOW if parties else ""


def _parties(chain: Chain, store: Store) -> str:
    return " and ".join(words.name(e, store) for e in cast_.parties(chain, store))


def _stated(link: Link, store: Store, clocks: Clocks) -> Iterable[Claim]:
    found = (store.known_claim(store.claim(i), clocks) for i in link.stated)
    return (c for c in found if c is not None)


def _relations(claims: Iterable[Claim], chain: Chain, cast: Iterable[str], material: Material) -> tuple[Relation, ...]:
    store, said = material.store, material.said
    days = {s.event: s for s in chain.steps}
    drawn = {*cast, *days}
    found: dict[str, Relation] = {}
    chained = {i for link in chain.links for i in link.stated}
    for claim in claims:
        if claim.object in drawn and claim.subject in drawn and claim.predicate not in _LEFT_TO_THE_TEXT:
            against = tuple((i, said[i].text) for i in said[claim.id].against)
            made = _relation(claim, days, store, said[claim.id], against, chain=claim.id in chained)
            found.setdefault(claim.id, made)
    for link in chain.links:
        if not link.stated:
            found[f"{link.earlier}--{link.later}"] = _computed(link, days, store)
    return tuple(sorted(found.values(), key=lambda r: (r.time[0], r.subject, r.predicate, r.object, r.id)))


def _relation(
    claim: Claim, days: dict[str, Step], store: Store, said: Said, against: tuple[tuple[str, str], ...], *, chain: bool
) -> Relation:
    time = claim.time
    happened = days.get(claim.subject)
    if happened:
        bounds: Bounds = cast_.since(happened)
        began, ended, iso = dates.when(happened.when), "", (when_.iso(bounds[0]), "")
    elif time:
        bounds = (time.begin_earliest, time.begin_latest, time.end_earliest, time.end_latest)
        began, ended = dates.began(time), dates.ended(time)
        iso = (_iso(time.begin_earliest), _iso(time.end_latest))
    else:
        bounds, began, ended, iso = ALWAYS, "", "", ("", "")
    rule = store.model.predicate(claim.predicate)
    return Relation(
        claim.id, claim.subject, claim.predicate, rule.label, claim.value, bounds, said, began, ended, *iso,
        chain=chain, inverse=rule.inverse, against=against,
    )  # fmt: skip


def _computed(link: Link, days: dict[str, Step], store: Store) -> Relation:
    step = days[link.later]
    text = f"{words.name(link.later, store)}: {link.label}, {words.name(link.earlier, store)}. Computed, not stated."
    name = f"{link.earlier}--{link.later}"
    said = Said(name, text, (), link.later, "link")
    bounds = cast_.since(step)
    iso = when_.iso(bounds[0])
    return Relation(
        name, link.later, "link", link.label, link.earlier, bounds, said, dates.when(step.when), "", iso, chain=True,
        stated=False,
    )  # fmt: skip


def _iso(day: Day) -> str:
    return when_.iso(day) if START_OF_TIME < day < END_OF_TIME else ""


def _step(at: int, chain: Chain, events: list[Event], material: Material) -> StoryStep:
    store, said = material.store, material.said
    step, event = chain.steps[at], events[at]
    cast = []
    for role in dict.fromkeys(p.role for p in event.participants):
        who = tuple((p.entity, words.name(p.entity, store)) for p in event.participants if p.role == role)
        cast.append((store.model.predicate(role).label, who))
    places = tuple((c.value, words.name(c.value, store)) for c in event.of("tookPlaceIn"))
    if places:
        cast.append(("place", places))
    facts = tuple(
        said[c.id]
        for c in event.claims
        if isinstance(c.object, Literal) and c.predicate not in ("summary", "coordinates")
    )
    summary = event.of("summary")
    return StoryStep(
        at + 1, event.id, event.name, store.model.kind(event.kind).label, dates.when(step.when),
        when_.iso(step.day), step.day, said[summary[0].id].text if summary else "", tuple(cast),
        tuple(said[c.id] for c in summary) + facts, _why(chain, step.event, material), step.explanation,
        _silence(chain, at), step.root, step.pinned,
    )  # fmt: skip


def _why(chain: Chain, event: str, material: Material) -> Why | None:
    link = chain.link_to(event)
    if link is None:
        return None
    number = chain.events.index(link.earlier) + 1
    stated = tuple(material.said[c.id] for c in _stated(link, material.store, material.clocks))
    name = words.name(link.earlier, material.store)
    return Why(name, number, link.label, dates.apart(link.days), link.explanation, link.is_stated, stated)


def _silence(chain: Chain, at: int) -> str:
    """How long nothing is recorded before a step, when that is long."""
    if at == 0:
        return ""
    days = chain.steps[at].day - chain.steps[at - 1].day
    return dates.apart(days) if days > SILENCE_DAYS else ""
