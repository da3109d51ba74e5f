"""Join what several sources say of leaders: one person, one holding, every source cited, doubts kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph import yaml_file
from graph.claim import Citation, Claim, Entity, Literal, Status, merge
from graph.sources.leaders import offices
from graph.sources.leaders.holding import Holding, holdings
from graph.sources.leaders.people import CLOSE_DAYS, entities, link, people
from graph.sources.leaders.term import Term
from graph.when import Day

WITHHELD: Final = Path(__file__).parent / "withheld.yaml"
# A list that names somebody this long after the end another source gives speaks of another office.
STALE_DAYS: Final = 45
# No list was staler than this; one that named somebody for longer was right.
STALEST_DAYS: Final = 731


@dataclass(frozen=True, slots=True)
class Joined:
    """The persons, offices and claims of a join, and a line for each thing left in doubt."""

    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    report: tuple[str, ...]


def join(book: Iterable[Term], reign: Iterable[Term], *, recorded: str) -> Joined:
    """One set of claims from the Factbook's terms and REIGN's.

    The Factbook names offices and starts; REIGN gives ends, earlier terms, and other starts, which
    then stand beside the Factbook's as contested.
    """
    report: list[str] = []
    listed = list(_kept(book, report))
    leaders = list(reign)
    first = people(listed)
    persons, unsure = link(first, leaders)
    report += unsure
    number = {id(term): i for i, person in enumerate(persons) for term in person.terms}
    held = holdings([(number[id(t)], t) for t in listed])
    names = entities(persons)
    held, other = _matched(held, [(number[id(t)], t) for t in leaders], report)
    writer = _Writer(names, recorded)
    for holding in _believed(held, report):
        writer.holding(holding)
    for holding, start in other:
        writer.contested(holding, start)
    return Joined(writer.things(), tuple(writer.claims.values()), tuple(report))


def _kept(terms: Iterable[Term], report: list[str]) -> Iterator[Term]:
    """The terms without those that withheld.yaml keeps out."""
    rules: list[dict[str, Any]] = yaml_file.read(WITHHELD)
    said = set()
    for term in terms:
        rule = next((r for r in rules if _falls_under(r, term)), None)
        if rule is None:
            yield term
            continue
        if "instead" in rule:
            yield replace(term, since=str(rule["instead"]))
        if (term.country, term.name) not in said:
            said.add((term.country, term.name))
            report.append(f"{term.country}: {term.name} since {term.since}: withheld: {rule['why']}")


def _falls_under(rule: Mapping[str, Any], term: Term) -> bool:
    return (rule["country"], rule["name"], rule.get("role", term.role), str(rule.get("since", term.since))) == (
        term.country,
        term.name,
        term.role,
        term.since,
    )


def _matched(
    held: list[Holding], leaders: Sequence[tuple[int, Term]], report: list[str]
) -> tuple[list[Holding], list[tuple[Holding, Term]]]:
    """Holdings with the ends and citations of the leaders that match; then those only the leaders give.

    Also returns each holding for which a leader's list gives another start.
    """
    mine: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, holding in enumerate(held):
        mine[holding.person, holding.country].append(index)
    other: list[tuple[int, Term]] = []
    rest = []
    followed = _followed(leaders)
    for person, term in leaders:
        close = [i for i in mine.get((person, term.country), ()) if _close(held[i], term)]
        for index in close:
            held[index] = _with(held[index], term, sure=id(term) in followed)
            if held[index].since != term.since:
                other.append((index, term))
        if not close:
            rest.append((person, term))
    found = [(held[index], term) for index, term in other]
    return [*held, *_alone(rest, held, report)], found


def _believed(held: Sequence[Holding], report: list[str]) -> Iterator[Holding]:
    """Holdings without ends that certainly lie after somebody else's start in the same role."""
    series: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in held:
        series[holding.country, holding.role].append(holding)
    for holding in held:
        rivals = series[holding.country, holding.role]
        ends = _known_end(holding) if holding.until and holding.role != "leads" else 0
        if any(_begins_within(other, holding, ends) for other in rivals):
            report.append(f"{holding.country}: {holding.terms[0].name}: an end in {holding.until} is after a successor")
            holding = replace(holding, until="")
        yield holding


def _begins_within(other: Holding, holding: Holding, ends: Day) -> bool:
    alone = not other.capacity and not holding.capacity and other.person != holding.person
    return alone and holding.begin < other.begin < ends


def _close(holding: Holding, term: Term) -> bool:
    """Whether a leader's term starts when a holding does, as exactly as the holding's start is known."""
    if not holding.since:
        return False
    start = when_.parse(holding.since)
    return start.begin_earliest - CLOSE_DAYS <= term.begin <= start.begin_latest + CLOSE_DAYS


def _followed(leaders: Sequence[tuple[int, Term]]) -> set[int]:
    """The terms that another person of the same list follows at once in the same office: their end is sure."""
    starts: dict[str, list[tuple[int, Term]]] = defaultdict(list)
    for person, term in leaders:
        starts[term.country].append((person, term))
    return {
        id(term)
        for person, term in leaders
        if any(
            other != person
            and term.until
            and abs(after.begin - term.end) <= STALE_DAYS
            and offices.roles(after) == offices.roles(term) != ("leads",)
            for other, after in starts[term.country]
        )
    }


def _with(holding: Holding, term: Term, *, sure: bool) -> Holding:
    """A holding with the leader's term added: its citation, its start if that is finer, its end."""
    start = when_.parse(holding.since)
    finer = start.begin_earliest <= term.begin <= start.begin_latest
    since = term.since if finer else holding.since
    return replace(
        holding,
        since=since,
        until=_until(holding, term, sure=sure),
        terms=(*holding.terms, term),
        last=max(holding.last, term.last) if not term.until else holding.last,
    )


def _until(holding: Holding, term: Term, *, sure: bool) -> str:
    """The end: what the leaders' list gives, unless lists still named the person well after it.

    A list can be a year stale: an end is `sure` when the leaders' list names who came next.
    """
    if not term.until or holding.ongoing or term.end < holding.begin:
        return holding.until
    if holding.last > term.end + STALE_DAYS:
        return term.until if sure and holding.last <= term.end + STALEST_DAYS else holding.until
    if not holding.until:
        return term.until
    ours, theirs = when_.parse(holding.until), when_.parse(term.until)
    narrow = theirs.end_latest - theirs.begin_earliest < ours.end_latest - ours.begin_earliest
    return term.until if narrow and ours.overlaps(theirs).value != "no" else holding.until


def _alone(rest: Iterable[tuple[int, Term]], held: Sequence[Holding], report: list[str]) -> Iterator[Holding]:
    """Holdings that only the leaders' list gives, in the office of offices.yaml where nobody else is known in it."""
    known: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in held:
        known[holding.country, holding.role].append(holding)
    for person, term in rest:
        for role in offices.roles(term):
            rivals = [h for h in known[term.country, role] if _certainly(h, term)]
            if rivals and role != "leads":
                if any(h.person != person for h in rivals):
                    report.append(f"{term.country}: {term.name} since {term.since} is no {role}; only leads")
                role = "leads"
            yield Holding(
                person, term.country, role, (term,), term.since, term.until, term.first, term.last, False, term.capacity
            )
            if role == "leads":
                break


def _certainly(holding: Holding, term: Term) -> bool:
    """Whether a holding and a leader's term overlap for longer than two sources may differ."""
    return min(_known_end(holding), term.end) - max(holding.begin, term.begin) > CLOSE_DAYS


def _known_end(holding: Holding) -> Day:
    return when_.parse(holding.until).end_earliest if holding.until else holding.last


class _Writer:
    """Collects the claims of holdings, with the persons and offices they name."""

    def __init__(self, names: Mapping[int, Entity], recorded: str) -> None:
        self.names, self.recorded = names, recorded
        self.claims: dict[str, Claim] = {}
        self.offices: dict[str, Entity] = {}
        self.persons: dict[str, Entity] = {}

    def things(self) -> tuple[Entity, ...]:
        """Every person and office named, by id."""
        found = {**self.offices, **self.persons}
        return tuple(found[key] for key in sorted(found))

    def holding(self, holding: Holding) -> None:
        """The claim of a holding, and of the office its title names."""
        claim = self._claim(holding, holding.role, holding.country, holding.since, _citations(holding))
        self._add(claim)
        title = next((t for t in holding.terms if t.title), None)
        place = offices.office(title, holding.country) if title else None
        if place is not None:
            self.offices[place.id] = place
            self._add(replace(claim, predicate="holdsOffice", object=place.id, contradicts=()))
            whose = Claim(place.id, "officeOf", holding.country, claim.citations[:1], recorded=self.recorded)
            self.claims.setdefault(whose.id, whose)

    def contested(self, holding: Holding, term: Term) -> None:
        """The same holding with the start another source gives, each naming the other."""
        citations = (replace(term.citation, note=""),)
        ours = self._claim(holding, holding.role, holding.country, holding.since, _citations(holding))
        theirs = self._claim(holding, holding.role, holding.country, term.since, citations)
        if theirs.time is None or theirs.id == ours.id:
            return
        theirs = replace(theirs, status=Status.CONTESTED, contradicts=(ours.id,), confirmed="")
        self._add(theirs)
        known = self.claims[ours.id]
        self.claims[ours.id] = replace(known, contradicts=tuple(sorted({*known.contradicts, theirs.id})))

    def _claim(self, holding: Holding, role: str, thing: str, since: str, citations: tuple[Citation, ...]) -> Claim:
        person = self.names[holding.person]
        self.persons[person.id] = _richer(self.persons.get(person.id), person)
        until = ".." if holding.ongoing else holding.until
        when = f"{since}/{until}" if since else f"{when_.iso(holding.first)}/{when_.iso(holding.last)}"
        if since and until[:4].isdigit() and when_.parse(since).begin_earliest > when_.parse(until).end_latest:
            when = f"{since}/"
        return Claim(
            person.id,
            role,
            thing,
            citations,
            when,
            qualifiers=(("capacity", Literal(holding.capacity)),) if holding.capacity else (),
            confirmed=when_.iso(holding.last) if not until[:4].isdigit() else "",
            recorded=self.recorded,
        )

    def _add(self, claim: Claim) -> None:
        known = self.claims.get(claim.id)
        self.claims[claim.id] = merge(known, claim) if known else claim


def _richer(known: Entity | None, person: Entity) -> Entity:
    if known is None:
        return person
    return replace(known, aliases=tuple(sorted({*known.aliases, *person.aliases})))


def _citations(holding: Holding) -> tuple[Citation, ...]:
    """Where a holding is said: the first list giving its start, the last state, who else gives that start, its end."""
    exact = [t for t in holding.terms if t.since == holding.since] or list(holding.terms[:1])
    book = [t for t in exact if t.title or not t.person.startswith("reign-")][:1]
    reign = [t for t in exact if t.person.startswith("reign-")]
    latest = [t for t in holding.terms if t.ongoing][:1]
    ends = [t for t in holding.terms if t.until and t.until == holding.until]
    cited: dict[str, Citation] = {}
    for term in (*book, *reign, *latest, *ends):
        note = f"gives {term.since} as the start" if term.since != holding.since and term.since else ""
        citation = replace(term.citation, note=note or term.title)
        cited.setdefault(citation.article, citation)
    if not ends and holding.until:
        for term in holding.ended_by:
            cited.setdefault(term.citation.article, replace(term.citation, note=f"lists {term.name} next"))
    return tuple(sorted(cited.values(), key=lambda c: c.id))
