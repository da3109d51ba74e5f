"""A page about one thing: what it is, how it stands today, what happened to it, and who says so.

One shape serves countries, people, cities, bodies, alliances and outlets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph import when as when_
from graph.claim import Claim, Entity, Literal
from graph.questions import confirmed, coverage, spans
from graph.tell import naming
from graph.when import END_OF_TIME, START_OF_TIME, Day, Held, When
from viz import dates, look, words
from viz.shelf import Shelf
from viz.view import Bounds, Source

LINES_MOST: Final = 12
EVENTS_MOST: Final = 60
# What a thing is to an event, where the relation's own name would read as half a sentence.
_PARTS: Final = {"tookPlaceIn": "place", "about": "topic"}
QUIET: Final = frozenset({"coordinates", "isoCode", "demonym", "inStory", "summary", "description", "publishedBy"})
FIRST: Final = (
    "actor", "target", "operator", "signatory", "participant", "victim", "headOfStateOf", "headOfGovernmentOf", "leads",
    "holdsOffice", "officeOf", "capitalOf", "locatedIn", "memberOf", "alliedWith", "organOf", "ownedBy", "citizenOf",
    "borders", "associateOf", "observerOf", "listedMemberOf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One statement about the thing: who or what, when, how it stands, and its source numbers.

    Claims that differ only in their dates are one line: `also` holds the other dates.
    """

    claim: str
    other: str
    what: str
    when: str
    standing: str
    numbers: tuple[int, ...]
    contested: bool
    quotes: tuple[tuple[str, str, int], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one relation; `more` are further things of it, without their sources."""

    title: str
    lines: tuple[Line, ...]
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the thing: id, name, date, day, the thing's roles in it, and its intensity, -10 to 10."""

    event: str
    name: str
    date: str
    day: Day
    role: str
    intensity: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A membership or a term as a bar of a timeline: id, name, bounds, whether it still holds, and when in words."""

    id: str
    name: str
    time: Bounds
    open: bool
    when: str = field(default="", compare=False)


@dataclass(frozen=True)
class Dossier:
    """What the graph says about one thing on a day, in order of what a reader asks first.

    `act` says in one sentence what happened to a thing that is known by its events alone.
    """

    id: str
    title: str
    kind: str
    kind_name: str
    group: str
    aliases: tuple[str, ...]
    spoken: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    happenings: tuple[Happening, ...]
    happened: int
    papers: tuple[tuple[str, str, str], ...]
    sources: dict[str, Source]
    claims: int
    confirmed: str
    same_as: tuple[str, ...] = ()
    own: tuple[Claim, ...] = field(default=(), repr=False)
    towards: tuple[Claim, ...] = field(default=(), repr=False)
    act: Claim | None = None

    def numbers(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The source numbers behind claims, as far as the page lists their sources, ascending, each once."""
        articles = {c.article for claim in claims for c in claim.citations} & self.sources.keys()
        return tuple(sorted(self.sources[a].number for a in articles))


def dossier(name: str, shelf: Shelf, *, day: Day, also: Iterable[Claim] = ()) -> Dossier:
    """The dossier of an entity on a day; the sources of `also`, which its page shows too, are among its sources."""
    thing = shelf.entity(name)
    own = tuple(c for c in shelf.claims(subject=name) if begun(c, day))
    named = [c for c in shelf.claims(object=name) if c.predicate not in ("inStory", "publishedBy") and begun(c, day)]
    roles = [c for c in named if shelf.model.is_event(shelf.entity(c.subject).kind)]
    told = set(roles)
    towards = tuple(c for c in named if c not in told)
    chosen = _by(own, towards, shelf)
    kept = {k: merged(v, name, shelf, day)[:LINES_MOST] for k, v in chosen.items()}
    shown = [c for v in kept.values() for same in v for c in same]
    shown += [c for c in own if c.predicate in QUIET and c.predicate != "inStory"]
    events = happenings(roles, shelf, day)
    act = _act(thing, events, own, towards, shelf)
    numbered = words.sources([*shown, *also, *([act] if act else [])], shelf)
    groups = tuple(
        _group(p, outward, kept[p, outward], chosen[p, outward], name, shelf, numbered, day)
        for p, outward in sorted(kept, key=lambda k: (rank(k[0]), k[0], not k[1]))
    )
    return Dossier(
        name,
        thing.name[:1].upper() + thing.name[1:],
        shelf.model.kind(thing.kind).label,
        thing.kind,
        look.load().group(thing.kind, shelf.model).name,
        _aliases(thing),
        spoken(thing),
        groups,
        events[:EVENTS_MOST],
        len(events),
        _papers(name, shelf),
        numbered,
        len(own) + len(named),
        confirmed.last((*own, *towards) or roles, shelf),
        tuple(u for u in thing.same_as if u.startswith("http"))[:3],
        own,
        towards,
        act,
    )


def _act(
    thing: Entity, events: Sequence[Happening], own: Sequence[Claim], towards: Sequence[Claim], shelf: Shelf
) -> Claim | None:
    """The summary of the event by which a thing is known: the first of an agreement, else the newest.

    None for what has relations or a description of its own, which say more. Of a person only what names
    them is told, lest a page open with a crime in which their part is left out.
    """
    agreed = thing.kind in ("Agreement", "Project")
    told = any(not isinstance(c.object, Literal) or c.predicate == "description" for c in (*own, *towards))
    if not agreed and told:
        return None
    for happening in sorted(events, key=lambda h: h.day if agreed else -h.day):
        said = [c for c in shelf.claims(subject=happening.event, predicate="summary") if coverage.stands(c)]
        if thing.kind == "Person":
            said = [c for c in said if thing.name.rpartition(" ")[2] in c.value]
        if said:
            return min(said, key=lambda c: (-len(c.citations), c.id))
    return None


def _aliases(thing: Entity) -> tuple[str, ...]:
    """The first few other names, each once, without the page's own title in other letters."""
    others = dict.fromkeys((*(text for text, _ in thing.names[1:]), *thing.also))
    return tuple(o for o in others if o.removeprefix("the ").casefold() != thing.name.casefold())[:8]


def spoken(thing: Entity) -> tuple[tuple[str, str], ...]:
    """Its names in other languages as (text, language tag), each text once."""
    found: dict[str, str] = {}
    for text, lang in thing.aliases:
        if lang not in ("en", ""):
            found.setdefault(text, lang)
    return tuple(found.items())


def areas(region: str, shelf: Shelf, day: Day) -> tuple[Claim, ...]:
    """The claims that put countries and territories in a region on a day, one each; none that is no more."""
    lying = (c for c in shelf.claims(object=region, predicate="locatedIn") if holds(c, shelf, day))
    of = {c.subject: c for c in lying if shelf.entity(c.subject).kind in ("Country", "Territory")}
    return tuple(c for area, c in of.items() if not gone(area, shelf, day))


def gone(name: str, shelf: Shelf, day: Day) -> bool:
    """Whether a thing had been dissolved by a day."""
    said = (c for c in shelf.claims(subject=name, predicate="dissolved") if coverage.stands(c))
    return any(c.time is None or c.time.begin_latest <= day for c in said)


def holds(claim: Claim, shelf: Shelf, day: Day) -> bool:
    """Whether a claim that stands holds on a day, or may; a dated act holds from its day on."""
    return coverage.stands(claim) and spans.may_hold(shelf.time(claim), day)


def begun(claim: Claim, day: Day) -> bool:
    """Whether a claim stands and what it says may have begun by a day."""
    return (claim.time is None or claim.time.begin_earliest <= day) and not claim.superseded_by


def _by(own: Sequence[Claim], towards: Sequence[Claim], shelf: Shelf) -> dict[tuple[str, bool], list[Claim]]:
    """Claims by predicate and direction; a symmetric relation has one direction."""
    found: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in own:
        if claim.predicate not in QUIET:
            found[claim.predicate, True].append(claim)
    for claim in towards:
        found[claim.predicate, shelf.model.predicate(claim.predicate).symmetric].append(claim)
    return found


def other_end(claim: Claim, name: str) -> str:
    """The thing at the other end of a claim about `name`; empty for a value."""
    if isinstance(claim.object, Literal):
        return ""
    return claim.value if claim.subject == name else claim.subject


def merged(claims: Sequence[Claim], name: str, shelf: Shelf, day: Day) -> list[list[Claim]]:
    """Claims that say the same of the same thing at overlapping times, best supported first.

    What holds comes first, then what held, the latest first.
    """
    same: list[list[Claim]] = []
    by: dict[str, list[list[Claim]]] = defaultdict(list)
    for claim in sorted(claims, key=spans.support):
        other = other_end(claim, name) or f"={claim.value}"
        held = next((g for g in by[other] if _overlap(g[0], claim)), None)
        if held is None:
            by[other].append([claim])
            same.append(by[other][-1])
        else:
            held.append(claim)
    return sorted(same, key=lambda g: _order(g[0], shelf, day))


def _overlap(one: Claim, other: Claim) -> bool:
    a, b = one.time, other.time
    return a is None or b is None or (a.begin_earliest <= b.end_latest and b.begin_earliest <= a.end_latest)


def rank(predicate: str) -> int:
    """Where a relation stands among those of a thing, 0 first."""
    return FIRST.index(predicate) if predicate in FIRST else len(FIRST)


def _order(claim: Claim, shelf: Shelf, day: Day) -> tuple[int, int, int, str]:
    time = shelf.time(claim)
    over = time is not None and time.holds(day) is Held.NO and not time.is_day
    began = time.begin_latest if time and time.begin_latest < END_OF_TIME else 0
    return int(over), -began, -len(claim.citations), f"{claim.subject} {claim.value} {claim.id}"


def title_of(predicate: str, outward: bool, shelf: Shelf) -> str:
    """What a relation is called from one of its ends: `Member of`, `Has member`."""
    rule = shelf.model.predicate(predicate)
    title = rule.label if outward or rule.symmetric else rule.inverse or f"{rule.label} (from)"
    return title[:1].upper() + title[1:]


def heading_of(predicate: str, outward: bool, shelf: Shelf) -> str:
    """The same as a heading: `Head of state` where the relation's inverse is `has head of state`."""
    plain = title_of(predicate, outward, shelf).removeprefix("Has ").removeprefix("Is ")
    return plain[:1].upper() + plain[1:]


def _group(
    predicate: str,
    outward: bool,
    kept: list[list[Claim]],
    every: list[Claim],
    name: str,
    shelf: Shelf,
    numbered: dict[str, Source],
    day: Day,
) -> Group:
    shown = {c for same in kept for c in same}
    others = {other_end(c, name) for c in every if c not in shown} - {"", *(other_end(c, name) for c in shown)}
    return Group(
        heading_of(predicate, outward, shelf),
        tuple(line(same, name, shelf, numbered, day) for same in kept),
        tuple(sorted(((o, words.name(o, shelf)) for o in others), key=lambda o: (o[1], o[0]))),
    )


def line(same: Sequence[Claim], name: str, shelf: Shelf, numbered: dict[str, Source], day: Day) -> Line:
    """Claims that say the same as one line, the first of them for what it says."""
    claim = same[0]
    other = other_end(claim, name)
    what = words.name(other, shelf) if other else words.value(claim, shelf)
    citations = [c for s in same for c in s.citations]
    when = "" if shelf.model.predicate(claim.predicate).form == "value" else dates.held(claim.when)
    return Line(
        claim.id,
        other,
        what[:1].upper() + what[1:],
        when,
        standing(claim, shelf, day),
        tuple(sorted({numbered[c.article].number for c in citations})),
        any(s.contradicts for s in same),
        tuple((c.quote, words.name(c.speaker, shelf), numbered[c.article].number) for c in citations if c.quote)[:2],
        tuple(dict.fromkeys(w for s in same[1:] if (w := dates.held(s.when)) and w != when)),
    )


def standing(claim: Claim, shelf: Shelf, day: Day) -> str:
    """How a claim stands on a day: empty when it holds, else over, perhaps or to come."""
    time = shelf.time(claim)
    if time is None or time.is_day:
        return ""
    if time.begin_earliest > day:
        return "to come"
    return {Held.NO: "over", Held.POSSIBLE: "perhaps", Held.CERTAIN: ""}[time.holds(day)]


def happenings(roles: Sequence[Claim], shelf: Shelf, day: Day) -> tuple[Happening, ...]:
    """The events a thing took part in, the newest first, each once with every role."""
    by: dict[str, list[str]] = defaultdict(list)
    for claim in roles:
        by[claim.subject].append(_PARTS.get(claim.predicate) or shelf.model.predicate(claim.predicate).label)
    found = []
    for event, labels in by.items():
        happened = when_of(event, shelf)
        if happened is not None and happened[0] <= day:
            entity = shelf.entity(event)
            intensity = shelf.model.kind(entity.kind).intensity
            role = ", ".join(dict.fromkeys(labels))
            found.append(Happening(event, entity.name, happened[1], happened[0], role, intensity))
    return tuple(sorted(found, key=lambda h: (-h.day, h.event)))


def when_of(event: str, shelf: Shelf) -> tuple[Day, str] | None:
    """The best supported day of an event, for order, and its date in words; None when nobody dates it."""
    time = held_on(event, shelf)
    if time is None:
        return None
    return (time.begin_earliest if time.begin_earliest > START_OF_TIME else time.end_latest), dates.when(time.text)


def held_on(event: str, shelf: Shelf) -> When | None:
    """The best supported time of an event; None when nobody dates it."""
    dated = [c for c in shelf.claims(subject=event, predicate="happened") if c.time]
    if not dated:
        return None
    return when_.parse(min(dated, key=lambda c: (c.status.value, -len(c.citations), c.id)).when)


def bars(claims: Iterable[Claim], name: str, shelf: Shelf) -> tuple[Bar, ...]:
    """Memberships or terms as bars of a timeline, the earliest first; claims of one thing at one time are one bar."""
    dated = [c for c in claims if c.time]
    found = []
    for same in merged(dated, name, shelf, 0):
        time = shelf.time(same[0])
        assert time is not None
        bounds = (time.begin_earliest, time.begin_latest, time.end_earliest, time.end_latest)
        other = other_end(same[0], name)
        when = dates.held(same[0].when)
        found.append(Bar(other, words.name(other, shelf), bounds, time.end is when_.End.ONGOING, when))
    return tuple(sorted(found, key=lambda b: (b.time[0], b.time[1], b.name)))


def _papers(name: str, shelf: Shelf) -> tuple[tuple[str, str, str], ...]:
    """The articles of an outlet, newest first: id, what it is called, date."""
    papers = shelf.published_by(name)
    return tuple((a.id, a.title or _topic(a.id, shelf), dates.when(a.published)) for a in papers)


def _topic(article: str, shelf: Shelf) -> str:
    """What an article without a title is mostly about: `On the release of Igor Kartavykh`."""
    count = Counter(c.subject for c in shelf.cited_by(article))
    if not count:
        return "Without a title"
    topic = min(count, key=lambda n: (-count[n], n))
    event = shelf.has(topic) and shelf.model.is_event(shelf.entity(topic).kind)
    return f"On {words.name(topic, shelf) if event else naming.running(topic, shelf)}"
