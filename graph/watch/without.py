"""Without a source: which events, links and sentences fall when an article, publisher or owner is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from graph import voices
from graph import when as when_
from graph.chains.chain import Chain
from graph.claim import Article, Claim, Stance, article_id
from graph.entity import event as event_view
from graph.errors import Insufficient
from graph.questions import overview
from graph.questions.behind import behind
from graph.questions.question import Opened
from graph.questions.rows import Named, Row, Rows
from graph.store import Store
from graph.tell import plan
from graph.tell.paragraph import Paragraph, Support
from graph.tell.status import standing
from graph.when import Clocks, Day

FALLS = "falls"


@dataclass(frozen=True, slots=True)
class Loss(Row):
    """What a dropped source takes with it: what kind of thing, its words, what becomes of it, independent voices left.

    `kind` is event, link, relation, role, value or sentence; `becomes` is falls, or the support that is
    left and what it was. `left` counts the independent voices that still say what said most of it.
    """

    kind: str
    what: str
    becomes: str
    left: int


class Chained(Opened, Protocol):
    """An opened graph that can be asked for a chain."""

    def chain(self, *names: str, as_of: Day | str | None, known_at: Day | str | None, events: int) -> Chain:
        """How the named focus came about."""
        ...


def ask(
    kg: Chained, source: str, focus: tuple[str, ...], as_of: Day | None, known_at: Day | None, words: int = 150
) -> Rows:
    """What falls without a source: in the whole graph, or in the chain of a focus with its paragraph.

    `source` is an article's id or address, or the name of a publisher, agency or owner.
    Raises UnknownName when nothing is called so, Insufficient when no article goes with it.
    """
    store, clocks = kg.store, Clocks(as_of, known_at)
    name = article_id(source) if source.startswith(("http://", "https://")) else source
    meant = name if store.has(name) else kg.names.resolve(name, as_of).id
    dropped = articles(meant, store)
    if not dropped:
        raise Insufficient(f"no article of {store.entity(meant).name}", where=source, expected="a source that is cited")
    asked = {
        "source": Named(meant, store.entity(meant).name),
        "articles": len(dropped),
        "focus": focus,
        "as_of": as_of and when_.iso(as_of),
        "known_at": known_at and when_.iso(known_at),
    }
    if not focus:
        return Rows("without", asked, Loss, tuple(losses(dropped, store, clocks)))
    chain = kg.chain(*focus, as_of=as_of, known_at=known_at, events=plan.events_for(words))
    found = tuple(losses(dropped, store, clocks, events=chain.events))
    paragraph = plan.tell(chain, store, plan.Wishes(words, at_most=True))
    return Rows("without", asked, Loss, (*found, *sentences(paragraph, dropped, store, clocks)))


def articles(source: str, store: Store) -> frozenset[str]:
    """The articles of a source: one with its copies, or all that a publisher, agency or owner answers for.

    An agency takes the articles that carry its stories with it, an owner those of every outlet below it.
    """
    everything = tuple(store.articles())
    found = {a.id for a in everything if a.id == source or source in _answering(a, store)}
    while more := {a.id for a in everything if a.copy_of in found} - found:
        found |= more
    return frozenset(found)


def _answering(article: Article, store: Store) -> set[str]:
    """Everybody who answers for an article: its publisher, the agency that wrote it, and all their owners."""
    found, front = set(), {article.publisher, article.origin} - {""}
    while front:
        found |= front
        front = {c.value for s in front for c in store.claims(subject=s, predicate="ownedBy")} - found
    return found


def losses(
    dropped: frozenset[str], store: Store, clocks: Clocks, *, events: Iterable[str] | None = None
) -> Iterator[Loss]:
    """What falls when articles are dropped: events, then links, relations, roles and values that nobody else states.

    Last come events that stand on weaker support.
    With `events` only those and what is claimed of them.
    """
    within = None if events is None else set(events)
    touched = [c for c in _citing(dropped, store, clocks) if within is None or c.subject in within]
    is_event = {s: store.model.is_event(store.entity(s).kind) for s in {c.subject for c in touched}}
    gone, weaker = set(), []
    for subject in sorted(s for s, yes in is_event.items() if yes):
        loss = _of_event(subject, dropped, store, clocks)
        if loss is not None and loss.becomes == FALLS:
            gone.add(subject)
            yield loss
        elif loss is not None:
            weaker.append(loss)
    fallen = [c for c in touched if c.subject not in gone and remaining(c, dropped) is None]
    order = ("link", "relation", "role", "value")
    for claim in sorted(fallen, key=lambda c: (order.index(store.model.predicate(c.predicate).form), c.subject, c.id)):
        form = store.model.predicate(claim.predicate).form
        yield Loss(form, overview.sentence(claim, store), FALLS, 0, **behind((claim,), store))
    yield from weaker


def sentences(paragraph: Paragraph, dropped: frozenset[str], store: Store, clocks: Clocks) -> Iterator[Loss]:
    """The sentences of a paragraph that fall, or need another verb, when articles are dropped."""
    for sentence in paragraph.sentences:
        claims = [c for c in (store.known_claim(store.claim(i), clocks) for i in sentence.claims) if c is not None]
        lost = [c for c in claims if remaining(c, dropped) is None]
        left = _left(claims, dropped, store)
        if lost:
            yield Loss("sentence", sentence.text, FALLS, left, **behind(lost, store))
        elif sentence.kind == "event" and not sentence.also:
            support = _support(sentence.about, dropped, store, clocks)
            if support is not sentence.support:
                became = f"{support.value}, was {sentence.support.value}"
                yield Loss("sentence", sentence.text, became, left, **behind(claims, store))


def remaining(claim: Claim, dropped: frozenset[str]) -> Claim | None:
    """The claim as the other articles state it; None when no other does."""
    kept = tuple(c for c in claim.citations if c.article not in dropped)
    if len(kept) == len(claim.citations):
        return claim
    return replace(claim, citations=kept) if any(c.stance is Stance.STATES for c in kept) else None


def _citing(dropped: frozenset[str], store: Store, clocks: Clocks) -> tuple[Claim, ...]:
    """The claims that dropped articles state, as known, by id."""
    named = " ".join(f"e:{a}" for a in sorted(dropped))
    query = (
        f"SELECT DISTINCT ?c WHERE {{ VALUES ?a {{ {named} }} ?x dct:isPartOf ?a . ?c prov:wasDerivedFrom ?x ;"
        " a w:Claim }"
    )
    found = (store.known_claim(store.claim(row["c"]), clocks) for row in store.select(query)) if dropped else ()
    return tuple(sorted((c for c in found if c is not None), key=lambda c: c.id))


def _of_event(name: str, dropped: frozenset[str], store: Store, clocks: Clocks) -> Loss | None:
    """What becomes of an event: it falls with its last date; None when it is supported as before."""
    whole = store.event(name, clocks=clocks)
    dated = whole.of("happened")
    kept = [c for c in (remaining(c, dropped) for c in dated) if c is not None]
    if dated and not kept:
        return Loss("event", whole.name, FALLS, 0, **behind(dated, store))
    before, after = standing(whole, store, clocks).support, _support(name, dropped, store, clocks)
    if before is after:
        return None
    left = _left(dated, dropped, store)
    return Loss("event", whole.name, f"{after.value}, was {before.value}", left, **behind(dated, store))


def _support(event: str, dropped: frozenset[str], store: Store, clocks: Clocks) -> Support:
    whole = store.event(event, clocks=clocks)
    kept = (c for c in (remaining(c, dropped) for c in whole.claims) if c is not None)
    return standing(event_view(whole.entity, kept, store.model), store, clocks).support


def _left(claims: Iterable[Claim], dropped: frozenset[str], store: Store) -> int:
    """The independent voices that are left for some claims."""
    kept = (c for c in (remaining(c, dropped) for c in claims) if c is not None)
    return len(voices.voices((x for c in kept for x in c.citations), store))
