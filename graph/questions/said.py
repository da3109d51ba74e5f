"""Questions about what is said: where sources differ, who stands behind it, how fresh it is, how that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from graph import voices
from graph import when as when_
from graph.claim import Citation, Claim, Stance, Status
from graph.questions import asof, overview
from graph.questions.behind import behind, end, iso, label, named
from graph.questions.coverage import STALE_DAYS
from graph.questions.question import From, OnDay, Opened, Thing, To
from graph.questions.rows import Named, Row
from graph.when import Clocks, Day, End

if TYPE_CHECKING:
    from graph.store import Store

_PARTIES: Final = ("actor", "target", "party", "participant", "signatory")


@dataclass(frozen=True, slots=True)
class Dispute(Row):
    """Two sides of one point: what it is about, what one side says and who, what the other says and who."""

    about: str
    one_says: str
    one_by: tuple[str, ...]
    other_says: str
    other_by: tuple[str, ...]


def contested(
    kg: Opened,
    one: Annotated[Thing, "What the claims are about."],
    *,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Dispute]:
    """Where sources differ about a thing: pairs of claims that contradict each other, and denials, with who says what.

    The side with more independent voices comes first.
    """
    store, clocks = kg.store, Clocks(known_at=known_at)
    seen: set[frozenset[str]] = set()
    for claim in [*asof.contested(one, store, clocks), *_denied(one, store, clocks)]:
        if any(c.stance is Stance.DENIES for c in claim.citations) and frozenset((claim.id,)) not in seen:
            seen.add(frozenset((claim.id,)))
            sides = (_by(claim, store, Stance.STATES), _by(claim, store, Stance.DENIES))
            yield Dispute(
                _about(claim, store), _says(claim, store), sides[0], "denied", sides[1], **behind((claim,), store)
            )
        for name in claim.contradicts:
            pair = frozenset((claim.id, name))
            other = _known(name, store, clocks)
            if other is None or pair in seen:
                continue
            seen.add(pair)
            a, b = sorted((claim, other), key=lambda c: (-len(_voices(c, store)), c.id))
            sides = (_by(a, store, Stance.STATES), _by(b, store, Stance.STATES))
            yield Dispute(
                _about(a, store, b), _says(a, store), sides[0], _says(b, store, a), sides[1], **behind((a, b), store)
            )


def _denied(one: str, store: Store, clocks: Clocks) -> Iterator[Claim]:
    """The claims about a thing that somebody denies."""
    named_in = f"{{ ?c rdf:subject e:{one} }} UNION {{ ?c rdf:object e:{one} }}"
    rows = store.select(f"SELECT DISTINCT ?c WHERE {{ {named_in} ?c w:deniedIn ?x }}")
    for claim in sorted((store.claim(row["c"]) for row in rows), key=lambda c: (c.subject, c.predicate, c.id)):
        known = store.known_claim(claim, clocks)
        if known is not None:
            yield known


def _known(claim: str, store: Store, clocks: Clocks) -> Claim | None:
    """A claim as it stood; None when no file brings it or nobody had said it."""
    there = any(True for _ in store.select(f"SELECT ?p WHERE {{ c:{claim} rdf:predicate ?p }} LIMIT 1"))
    return store.known_claim(store.claim(claim), clocks) if there else None


def _about(claim: Claim, store: Store, other: Claim | None = None) -> str:
    """What two claims differ about: subject and relation, or only the subject when the relations differ."""
    subject = overview.name(claim.subject, store)
    if other is not None and (other.subject, other.predicate) != (claim.subject, claim.predicate):
        return subject
    return f"{subject} – {store.model.predicate(claim.predicate).label}"


def _says(claim: Claim, store: Store, beside: Claim | None = None) -> str:
    """A claim's own part in words: its object, with its time; whole when it stands beside one of another relation."""
    whole = beside is not None and (beside.subject, beside.predicate) != (claim.subject, claim.predicate)
    told = overview.sentence(claim, store) if whole else end(claim, outward=True, store=store).name
    return f"{told} ({claim.when})" if claim.when and claim.when != told else told


def _by(claim: Claim, store: Store, stance: Stance) -> tuple[str, ...]:
    """Publishers of one stance, with whom they quote."""
    cited = overview.sources((c for c in claim.citations if c.stance is stance), store)
    return tuple(dict.fromkeys(f"{s.publisher}, quoting {s.speaker}" if s.speaker else s.publisher for s in cited))


def _voices(claim: Claim, store: Store) -> tuple[str, ...]:
    return voices.voices(claim.citations, store)


@dataclass(frozen=True, slots=True)
class Support(Row):
    """How well a claim is supported: in words, when (EDTF), independent voices, articles, denials, and a verdict."""

    what: str
    when: str
    voices: int
    by: tuple[Named, ...]
    articles: int
    denials: int
    verdict: str


def corroboration(
    kg: Opened,
    one: Annotated[Thing, "A thing, or an event, whose claims are weighed."],
    *,
    known_at: Annotated[OnDay | None, "Only what had been published by this day."] = None,
) -> Iterator[Support]:
    """How many independent owners stand behind each claim about a thing, fewest first.

    Copies of one wire story and outlets of one owner count once.
    The verdict is contested, denied, parties only (nobody but those involved says it), single voice or corroborated.
    """
    store, clocks = kg.store, Clocks(known_at=known_at)
    rows = [_support(c, store) for c in _about_it(one, store, clocks)]
    yield from sorted(rows, key=lambda r: (r.voices, r.what, r.when, r.claims))


def _about_it(one: str, store: Store, clocks: Clocks) -> Iterator[Claim]:
    """Every claim about a thing, and those that name it in an event."""
    yield from store.claims(subject=one, clocks=clocks)
    for stated in asof.relations(one, store, False, ("locatedIn",)):
        known = store.known_claim(stated, clocks)
        if known is not None:
            yield known


def _support(claim: Claim, store: Store) -> Support:
    found = _voices(claim, store)
    denials = voices.voices(claim.citations, store, Stance.DENIES)
    stating = [c for c in claim.citations if c.stance is Stance.STATES]
    if claim.status is Status.CONTESTED or claim.contradicts:
        verdict = "contested"
    elif denials:
        verdict = "denied"
    elif _parties_only(claim, stating, store):
        verdict = "parties only"
    else:
        verdict = "single voice" if len(found) == 1 else "corroborated"
    by = tuple(named(v, store) for v in found)
    articles = len({c.article for c in stating})
    words = overview.sentence(claim, store)
    return Support(words, claim.when, len(found), by, articles, len(denials), verdict, **behind((claim,), store))


def _parties_only(claim: Claim, stating: Iterable[Citation], store: Store) -> bool:
    """Whether every citation quotes somebody who takes part in the event."""
    if not store.model.is_event(store.entity(claim.subject).kind):
        return False
    parties = {c.value for role in _PARTIES for c in store.claims(subject=claim.subject, predicate=role)}
    return all(c.speaker and c.speaker in parties for c in stating)


@dataclass(frozen=True, slots=True)
class Freshness(Row):
    """A claim that may still hold: relation, other, when (EDTF), the day it was last said, its age, a verdict."""

    relation: str
    other: Named
    when: str
    said: str
    age_days: int
    verdict: str


def freshness(
    kg: Opened,
    one: Annotated[Thing, "The thing asked about."],
    *,
    as_of: Annotated[OnDay, "The day from which age is counted."],
) -> Iterator[Freshness]:
    """How long ago each relation and value of a thing that may still hold was last confirmed, oldest first.

    Stale: nobody has said so for two years.
    """
    store = kg.store
    found = (*asof.state(one, store, Clocks(as_of), without=("locatedIn",)), *asof.values(one, store, Clocks(as_of)))
    rows = []
    for s in found:
        claim = s.claim
        if claim.time is not None and claim.time.end is End.ENDED and not claim.time.is_day:
            continue
        said = _last_said(claim, store, as_of)
        if said is not None:
            verdict = "stale" if as_of - said > STALE_DAYS else "fresh"
            called, other = label(claim.predicate, s.outward, store), end(claim, s.outward, store)
            rows.append(
                Freshness(called, other, claim.when, iso(said), as_of - said, verdict, **behind((claim,), store))
            )
    yield from sorted(rows, key=lambda r: (-r.age_days, r.relation, r.other.name))


def _last_said(claim: Claim, store: Store, day: Day) -> Day | None:
    """The last day up to `day` on which a source confirmed or published a claim."""
    known = [store.article(c.article).known for c in claim.citations if c.stance is Stance.STATES]
    confirmed = [when_.day(claim.confirmed)] if claim.confirmed else []
    return max((d for d in (*known, *confirmed) if d <= day), default=None)


@dataclass(frozen=True, slots=True)
class Revision(Row):
    """How what is known changed: the day, the change, the claim in words, when (EDTF), and what was believed before."""

    known: str
    change: str
    what: str
    when: str
    before: str


def revisions(
    kg: Opened,
    one: Annotated[Thing, "The thing or event asked about."],
    *,
    first: Annotated[From, "The earlier knowledge date."],
    last: Annotated[To, "The later knowledge date."],
) -> Iterator[Revision]:
    """How what is known of a thing changed between two days: what was first said, denied, contradicted or withdrawn.

    Also where a further independent voice spoke, and where the best supported value of an event became
    another. In the order in which it became known.
    """
    store, rows = kg.store, []
    for claim in _ever(one, store):
        for day, change, before in _news(claim, first, last, store):
            rows.append((day, _revision(day, change, claim, before, store)))
    if store.model.is_event(store.entity(one).kind):
        rows += _best_moved(one, store, first, last)
    yield from (row for _, row in sorted(rows, key=lambda r: (r[0], r[1].what, r[1].change)))


def _revision(day: Day, change: str, claim: Claim, before: str, store: Store) -> Revision:
    return Revision(iso(day), change, overview.sentence(claim, store), claim.when, before, **behind((claim,), store))


def _ever(one: str, store: Store) -> Iterator[Claim]:
    """Every claim that names a thing, withdrawn ones included."""
    yield from store.claims(subject=one)
    rows = store.select(f"SELECT DISTINCT ?c ?p WHERE {{ ?c rdf:object e:{one} ; rdf:predicate ?p }}")
    yield from (store.claim(row["c"]) for row in rows if row["p"] != "locatedIn")


def _news(claim: Claim, first: Day, last: Day, store: Store) -> Iterator[tuple[Day, str, str]]:
    """What happened to a claim after `first` and by `last`: (day, change, what was before)."""
    withdrawn = when_.day(claim.withdrawn) if claim.withdrawn else None
    if withdrawn is not None and first < withdrawn <= last:
        yield withdrawn, "withdrawn", f"superseded by {claim.superseded_by}" if claim.superseded_by else ""
    said = sorted((store.article(c.article).known, c) for c in claim.citations)
    began = store.known(claim)
    if first < began <= last:
        yield began, "first said", ""
    early = voices.voices((c for day, c in said if day <= first), store)
    late = voices.voices((c for day, c in said if day <= last), store)
    if early and len(late) > len(early):
        news = min(day for day, c in said if first < day <= last and voices.voice(c.article, store) not in early)
        yield news, "further voice", f"{len(early)} independent voice{'s' if len(early) > 1 else ''}"
    denied = [day for day, c in said if c.stance is Stance.DENIES]
    if denied and first < denied[0] <= last:
        yield denied[0], "denied", ""
    for against in filter(None, (_known(name, store, Clocks()) for name in claim.contradicts)):
        day = max(began, store.known(against))
        if first < day <= last:
            yield day, "contradicted", _says(against, store, claim)


def _best_moved(event: str, store: Store, first: Day, last: Day) -> Iterator[tuple[Day, Revision]]:
    """Where the best supported value of an event changed."""
    early, late = (store.event(event, clocks=Clocks(known_at=day)) for day in (first, last))
    for predicate in sorted(
        {c.predicate for c in late.claims if c.predicate == "happened" or not isinstance(c.object, str)}
    ):
        then, now = early.of(predicate)[:1], late.of(predicate)[:1]
        if then and now and then[0].id != now[0].id:
            day = max(store.known(now[0]), first)
            before = f"{end(then[0], True, store).name} {then[0].when}".strip()
            cited = behind((now[0], then[0]), store)
            yield (
                day,
                Revision(
                    iso(day), "best supported changed", overview.sentence(now[0], store), now[0].when, before, **cited
                ),
            )
