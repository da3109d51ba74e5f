"""Everything worth knowing about one thing on one page: an entity, an event, an article or a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.claim import Citation, Claim, Literal, Stance, Status
from graph.entity import Event
from graph.questions import asof
from graph.store import Store
from graph.when import Clocks, Day, End, Held

# What readers look for first; other relations follow by name.
_FIRST: Final = (
    *("headOfStateOf", "headOfGovernmentOf", "leads", "holdsOffice", "officeOf", "capitalOf", "memberOf"),
    *("alliedWith", "atWarWith", "organOf", "ownedBy", "citizenOf", "locatedIn", "borders"),
)
_HEADED: Final = ("headOfStateOf", "headOfGovernmentOf")


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it: the publisher, the article, its date and address, whom it quotes, the quote."""

    publisher: str
    published: str
    title: str
    url: str
    speaker: str
    quote: str
    stance: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an overview.

    `group` is its heading, `label` the relation, `what` the other thing's name or the value, `thing`
    its id, `when` EDTF, `held` certain or possible, `note` why only possible or what contradicts it.
    """

    group: str
    label: str
    what: str
    thing: str = ""
    when: str = ""
    held: str = "certain"
    note: str = ""
    claim: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """A thing's names and kind, and what is said about it, line by line."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    lines: tuple[Line, ...]


def overview(thing: str, store: Store, clocks: Clocks | None = None, *, events: int = 10) -> Overview:
    """The overview of an entity, event, article or claim id; UnknownName when it is none of these."""
    asked = clocks or Clocks()
    if not store.has(thing):
        return _of_claim(store.claim(thing), store)
    entity = store.entity(thing)
    if entity.kind == "Article":
        lines = _of_article(thing, store, asked)
    elif store.model.is_event(entity.kind):
        lines = _of_event(store.event(thing, clocks=asked), store, asked)
    else:
        lines = _of_entity(thing, store, asked, events)
    aliases = tuple(dict.fromkeys(text for text, _ in (*entity.names[1:], *entity.aliases)))
    return Overview(thing, entity.kind, entity.name, aliases, entity.same_as, tuple(lines))


def sources(citations: Iterable[Citation], store: Store) -> tuple[Source, ...]:
    """The citations as readers see them, earliest publication first."""
    found = []
    for citation in citations:
        article = store.article(citation.article)
        speaker = name(citation.speaker, store) if citation.speaker else ""
        publisher = name(article.publisher, store)
        found.append(
            (
                article.known,
                publisher,
                Source(
                    publisher,
                    article.published,
                    article.title,
                    article.url,
                    speaker,
                    citation.quote,
                    citation.stance.value,
                ),
            )
        )
    return tuple(source for _, _, source in sorted(found, key=lambda f: (f[0], f[1], f[2].url, f[2].speaker)))


def name(thing: str, store: Store) -> str:
    """The name of a thing, or its id when it is not declared."""
    return store.entity(thing).name if store.has(thing) else thing


def spoken(edtf: str) -> str:
    """An EDTF time as read: `2018-05-08/..` gives "since 2018-05-08".

    >>> [spoken(t) for t in ("2018-05-08/..", "1990/", "2012/2024-03-01", "2025-06-27", "")]
    ['since 2018-05-08', 'from 1990, end not known', '2012 to 2024-03-01', '2025-06-27', '']
    """
    begin, slash, end = edtf.partition("/")
    if not slash:
        return edtf
    if end == "..":
        return f"since {begin}"
    return f"from {begin}, end not known" if not end else f"{begin or '?'} to {end}".replace("..", "?")


def sentence(claim: Claim, store: Store) -> str:
    """A claim in words: "Finland – member of – NATO"."""
    thing = claim.object.value if isinstance(claim.object, Literal) else name(claim.object, store)
    return f"{name(claim.subject, store)} – {store.model.predicate(claim.predicate).label} – {thing}"


def _line(group: str, label: str, claim: Claim, store: Store, *, thing: str = "", note: str = "") -> Line:
    said = claim.object if isinstance(claim.object, str) else ""
    other = thing or said
    what = name(other, store) if other else claim.value
    notes = [note] if note else []
    notes += [f"but: {_short(store.claim(c), claim, store)}" for c in claim.contradicts if _known(c, store)]
    notes += [f"{store.model.predicate(q).label} {v.value}" for q, v in claim.qualifiers]
    if claim.status.value == "contested":
        notes.append("contested")
    if claim.withdrawn:
        notes.append(f"withdrawn {claim.withdrawn}")
    cited = sources(claim.citations, store)
    return Line(group, label, what, other, claim.when, "certain", "; ".join(notes), claim.id, cited)


def _known(claim: str, store: Store) -> bool:
    """Whether a claim is in the store; a claim may name one that another file would bring."""
    return any(True for _ in store.select(f"SELECT ?p WHERE {{ c:{claim} rdf:predicate ?p }} LIMIT 1"))


def _short(other: Claim, claim: Claim, store: Store) -> str:
    """The other claim as briefly as the one it contradicts allows."""
    if (other.subject, other.predicate) == (claim.subject, claim.predicate):
        if other.object == claim.object:
            return f"{spoken(other.when)} ({name(store.article(other.citations[0].article).publisher, store)})"
        return other.value if isinstance(other.object, Literal) else name(other.value, store)
    return sentence(other, store)


# -- entities -------------------------------------------------------------------------------


def _of_entity(entity: str, store: Store, clocks: Clocks, events: int) -> Iterator[Line]:
    standings = asof.state(entity, store, clocks, without=asof.crowd(entity, store))
    yield from sorted(_state(standings, store, clocks), key=_relation_order)
    if (many := asof.count(entity, asof.CONTAINED, store)) > asof.CROWD:
        yield Line(asof.CONTAINED, "contains", f"{many} places and other things")
    if store.entity(entity).kind == "Country":
        yield from _headless(entity, standings, store, clocks.as_of)
    for one in asof.values(entity, store, clocks):
        rule = store.model.predicate(one.claim.predicate)
        yield _line("values", rule.label, one.claim, store, note=one.why)
    for event in asof.events(entity, store, clocks, limit=events):
        parts = [c for c in event.claims if c.object == entity]
        dated = event.of("happened")[0]
        as_what = ", ".join(dict.fromkeys(store.model.predicate(c.predicate).label for c in parts))
        line = _line("events", as_what, dated, store)
        yield Line("events", as_what, event.name, event.id, dated.when, "certain", line.note, line.claim, line.sources)
    for claim in asof.contested(entity, store, clocks):
        yield _line("contested", sentence(claim, store), claim, store)


def _state(standings: tuple[asof.Standing, ...], store: Store, clocks: Clocks) -> Iterator[Line]:
    for one in once(standings):
        rule = store.model.predicate(one.claim.predicate)
        if rule.name == "officeOf" and not one.outward:
            holders = [s for s in asof.state(one.other, store, clocks) if s.claim.predicate == "holdsOffice"]
            for held in once(holders):
                yield _standing(held, _capital(name(one.other, store)), "holdsOffice", store)
            continue
        label = rule.label if one.outward or rule.symmetric else (rule.inverse or f"{rule.label} (inverse)")
        yield _standing(one, label.removeprefix("has "), rule.name, store)


def once(standings: Iterable[asof.Standing]) -> Iterator[asof.Standing]:
    """Each relation to another thing once, as best told; the claim names those that say otherwise.

    Best told: certain before possible, accepted before contested, by most articles, begun last.
    """
    found: dict[tuple[str, bool, str], list[asof.Standing]] = {}
    for one in standings:
        found.setdefault((one.claim.predicate, one.outward, one.other), []).append(one)
    for same in found.values():
        yield min(same, key=_told)


def _told(one: asof.Standing) -> tuple[bool, bool, int, int, str]:
    claim = one.claim
    begin = claim.time.begin_latest if claim.time else when_.START_OF_TIME
    contested = claim.status is Status.CONTESTED
    return one.held is not Held.CERTAIN, contested, -len(claim.citations), -begin, claim.id


def _standing(one: asof.Standing, label: str, relation: str, store: Store) -> Line:
    line = _line("state", label, one.claim, store, thing=one.other, note=one.why)
    return Line(relation, label, line.what, line.thing, line.when, one.held.value, line.note, line.claim, line.sources)


def _capital(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def _relation_order(line: Line) -> tuple[int, str, bool, str]:
    place = _FIRST.index(line.group) if line.group in _FIRST else len(_FIRST)
    return place, line.label, line.held != Held.CERTAIN.value, line.what


def _headless(entity: str, standings: tuple[asof.Standing, ...], store: Store, day: Day | None) -> Iterator[Line]:
    """A line for each headship nobody is known to have held that day, with who is known before and after."""
    for predicate in _HEADED:
        if any(s.claim.predicate == predicate and not s.outward for s in standings):
            continue
        terms = [c for c in store.claims(object=entity, predicate=predicate) if c.time is not None]
        if not terms or day is None:
            continue
        before = [c for c in terms if c.time is not None and c.time.begin_earliest <= day]
        after = [c for c in terms if c.time is not None and c.time.begin_earliest > day]
        label = store.model.predicate(predicate).inverse.removeprefix("has ")
        told = [f"before: {name(before[-1].subject, store)} ({before[-1].when})"] if before else []
        told += [f"after: {name(after[0].subject, store)} ({after[0].when})"] if after else []
        cited = sources((before[-1] if before else after[0]).citations, store)
        yield Line(predicate, label, f"not known on {when_.iso(day)}", "", "", "unknown", "; ".join(told), "", cited)


# -- events, articles, claims ------------------------------------------------------------------


def _of_event(event: Event, store: Store, clocks: Clocks) -> Iterator[Line]:
    yield from (_line("when", "happened", claim, store) for claim in event.of("happened"))
    for form, group in _EVENT_GROUPS.items():
        of_form = [c for c in event.claims if store.model.predicate(c.predicate).form == form]
        for claim in sorted(of_form, key=_role_order):
            if claim.predicate != "happened":
                yield _line(group, store.model.predicate(claim.predicate).label, claim, store)
    for claim in store.claims(object=event.id, clocks=clocks):
        rule = store.model.predicate(claim.predicate)
        if rule.form == "link":
            yield _line("links", rule.inverse or f"{rule.label} (inverse)", claim, store, thing=claim.subject)


_ROLES: Final = ("actor", "participant", "signatory", "host", "target", "victim")


def _role_order(claim: Claim) -> tuple[int, str]:
    return (_ROLES.index(claim.predicate) if claim.predicate in _ROLES else len(_ROLES)), claim.predicate


_EVENT_GROUPS: Final = {"role": "participants", "relation": "where", "value": "what", "link": "links"}


def _of_article(article: str, store: Store, clocks: Clocks) -> Iterator[Line]:
    document = store.article(article)
    yield Line("article", "publisher", name(document.publisher, store), document.publisher, document.published)
    yield Line("article", "address", document.url)
    for label, other in (("wire story of", document.origin), ("copy of", document.copy_of)):
        if other:
            yield Line("article", label, name(other, store), other)
    rows = store.select(
        f"SELECT DISTINCT ?c WHERE {{ ?s dct:isPartOf e:{article} . ?c prov:wasDerivedFrom|w:deniedIn ?s }}"
    )
    claims = [store.claim(row["c"]) for row in rows]
    for claim in sorted(claims, key=lambda c: (c.subject, c.predicate, c.when, c.id)):
        if store.known_claim(claim, clocks) is None:
            continue
        own = [c for c in claim.citations if c.article == article]
        verb = "denies" if own[0].stance is Stance.DENIES else "says"
        line = _line("says", verb, claim, store)
        cited = sources(own, store)
        yield Line(
            "says", verb, sentence(claim, store), claim.subject, claim.when, "certain", line.note, claim.id, cited
        )


def _of_claim(claim: Claim, store: Store) -> Overview:
    lines = [
        Line("claim", "when", "" if claim.when else "no time of its own", "", claim.when),
        Line("claim", "status", claim.status.value),
    ]
    lines += [Line("claim", store.model.predicate(q).label, v.value) for q, v in claim.qualifiers]
    if claim.time is not None and claim.time.end is not End.ENDED and claim.confirmed:
        lines.append(Line("claim", "last confirmed", claim.confirmed))
    clock = (("recorded", claim.recorded), ("withdrawn", claim.withdrawn), ("superseded by", claim.superseded_by))
    lines += [Line("claim", label, value) for label, value in clock if value]
    for citation in claim.citations:
        (source,) = sources((citation,), store)
        told = f"{source.title} {source.url}" + (f" “{source.quote}”" if source.quote else "")
        lines.append(
            Line("citations", citation.stance.value, told, citation.article, "", "", source.speaker, "", (source,))
        )
    for other in claim.contradicts:
        if _known(other, store):
            against = store.claim(other)
            lines.append(_line("contradicts", sentence(against, store), against, store))
    return Overview(claim.id, "Claim", sentence(claim, store), (), (), tuple(lines))
