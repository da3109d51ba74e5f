"""What a thing is in one or two sentences, each resting on claims, for the head of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Literal
from graph.tell import naming
from graph.when import END_OF_TIME, Day, Held
from viz import dates, dossier, words
from viz.dossier import Dossier
from viz.shelf import Shelf
from viz.today import Card

SENTENCES_MOST: Final = 3
_HEADS: Final = ("headOfStateOf", "headOfGovernmentOf")
# Whose holder or place the opening names, in order, read from the thing or towards it.
_TOLD: Final = (
    ("headOfStateOf", False), ("headOfGovernmentOf", False), ("headOfStateOf", True), ("headOfGovernmentOf", True),
    ("leads", True), ("holdsOffice", True), ("holdsOffice", False), ("ownedBy", True), ("organOf", True),
    ("administers", False), ("officeOf", True), ("affiliatedWith", True), ("citizenOf", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the source numbers behind it."""

    text: str
    numbers: tuple[int, ...]


def lead(found: Dossier, cards: Sequence[Card], shelf: Shelf, day: Day) -> tuple[Told, ...]:
    """The opening sentences of a page about an entity; never more than three."""
    described = [c for c in found.own if c.predicate == "description"]
    sentences = [_described(found, described[0])] if described else list(_opening(found, shelf, day))
    sentences += list(_newest(found, shelf, day))
    sentences += [_acted(found, found.act, shelf)] if found.act else []
    held: list[Claim] = []
    for predicate, outward in _TOLD:
        if len(sentences) >= SENTENCES_MOST:
            break
        if predicate == "officeOf" and sentences:
            continue  # whoever holds it was told in words that say so
        now = [shelf.claim(i) for i in _now(predicate, outward, cards, shelf)]
        if predicate in _HEADS and not outward and len(now) > 1:
            sentences.append(_heads(found, now, shelf))
            continue
        for claim in now[:1]:
            before = next((c for c in held if _same_term(c, claim)), None)
            told = Told(words.words(claim, shelf, day=day), found.numbers([claim]))
            if before is None:
                held.append(claim)
                sentences.append(told)
            elif predicate == "holdsOffice":  # the office's own name says more than whose head its holder is
                sentences[-1] = told
            else:
                sentences[-1] = _both(sentences[-1], told)
    if not sentences or (len(sentences) == 1 and not sentences[0].numbers):
        sentences += list(_last(found, shelf, day))
    return tuple(sentences[:SENTENCES_MOST])


def _same_term(one: Claim, other: Claim) -> bool:
    """Whether two claims give the same person the lead of something since the same day."""
    alike = one.predicate in _HEADS and other.predicate in (*_HEADS, "holdsOffice")
    return alike and one.subject == other.subject and dates.began(one.time) == dates.began(other.time)


def _heads(found: Dossier, claims: Sequence[Claim], shelf: Shelf) -> Told:
    """Who together head a country: `Matteo Rossi and Lorenzo Bugli are the heads of state of …`."""
    names = naming.joined([words.name(c.subject, shelf) for c in claims])
    role = shelf.model.predicate(claims[0].predicate).label.replace("head", "heads", 1)
    return Told(f"{names} are the {role} {naming.running(found.id, shelf)}.", found.numbers(claims))


def _both(state: Told, government: Told) -> Told:
    text = state.text.replace("head of state of", "head of state and of government of", 1)
    return Told(text, tuple(sorted({*state.numbers, *government.numbers})))


def _described(found: Dossier, claim: Claim) -> Told:
    text = claim.value[:1].lower() + claim.value[1:] if claim.value[:2].islower() else claim.value
    return Told(f"{found.title}: {text.rstrip('.')}.", found.numbers([claim]))


def _acted(found: Dossier, act: Claim, shelf: Shelf) -> Told:
    """What happened to it, with the date."""
    time = dossier.held_on(act.subject, shelf)
    date = dates.when(time.text) if time else ""
    text = words.value(act, shelf).rstrip(".")
    return Told(f"{date[:1].upper()}{date[1:]}: {text}." if date else f"{text}.", found.numbers([act]))


def _now(predicate: str, outward: bool, cards: Sequence[Card], shelf: Shelf) -> list[str]:
    """The claims of a relation that the cards show as holding."""
    lines = (line for card in cards for row in card.rows for line in row.lines if line.standing == "")
    found = []
    for line in lines:
        claim = shelf.claim(line.claim)
        if claim.predicate == predicate and (claim.subject != line.other) == outward:
            found.append(line.claim)
    return found


def _called(found: Dossier, shelf: Shelf) -> str:
    """The name at the head of a sentence: `The United States`."""
    if found.kind_name not in ("Country", "Alliance", "Agreement"):
        return found.title
    name = naming.running(found.id, shelf)
    return name[:1].upper() + name[1:]


def _opening(found: Dossier, shelf: Shelf, day: Day) -> Iterator[Told]:
    """`Baku is the capital of Azerbaijan, with 2,351,300 people.` and its like, from what is recorded."""
    kind, called = found.kind, _called(found, shelf)
    article = "an" if kind[:1] in "aeiou" else "a"
    gone = [c for c in found.own if c.predicate == "dissolved"]
    verb = "was" if gone else "is"
    used: list[Claim] = []
    capital = [c for c in found.own if c.predicate == "capitalOf" and _holds(c, shelf, day)]
    inside = [c for c in found.own if c.predicate == "locatedIn" and _holds(c, shelf, day)]
    if capital:
        text = f"{called} {verb} the capital of {_listed(capital[:2], shelf)}"
        used += capital[:2]
    elif inside:
        text = f"{called} {verb} {article} {kind} in {_listed(_sharpest(inside, shelf)[:1], shelf)}"
        used += _sharpest(inside, shelf)[:1]
    elif found.kind_name == "Region" and (within := dossier.areas(found.id, shelf, day)):
        lie = "lies" if len(within) == 1 else "lie"
        text = f"{counted((c.subject for c in within), shelf)} {lie} here, by what is recorded"
        used += within
    elif members := _members(found, shelf, day):
        text = f"{called} {verb} {article} {kind} of {len({c.subject for c in members})} members"
        used += members[:3]
    elif found.kind_name in ("Person", "Office", "Source"):
        return
    else:
        text = f"{called} {verb} {article} {kind}"
        parties = [c for c in found.own if c.predicate == "party"]
        if found.act and all(shelf.entity(c.value).name in found.title for c in parties):
            return  # the title says as much
        listed = [c for c in found.towards if c.predicate == "listedMemberOf" and dossier.holds(c, shelf, day)]
        if parties:
            text += f" of {naming.joined(sorted(naming.running(c.value, shelf) for c in parties))}"
        elif listed:
            text += f" with {len({c.subject for c in listed})} listed members"
        used += parties or [c for c in listed if found.numbers([c])][:3]
    people = [c for c in found.own if c.predicate == "population"]
    if people:
        newest = max(people, key=lambda c: c.when)
        text += f", with {words.value(newest, shelf)} people"
        used.append(newest)
    founded = [c for c in found.own if c.predicate == "founded"]
    if founded:
        text += f", founded {_in(dates.when(founded[0].when))}"
        used += founded[:1]
    if gone:
        text += f", dissolved {_in(dates.when(gone[0].when))}"
        used += gone[:1]
    yield Told(text + ".", found.numbers(used))


def _newest(found: Dossier, shelf: Shelf, day: Day) -> Iterator[Told]:
    """Who joined last, if it is an alliance."""
    dated = [c for c in _members(found, shelf, day) if c.time and c.time.begin_latest < END_OF_TIME]
    latest = max(dated, key=lambda c: (c.time.begin_latest if c.time else 0, c.id), default=None)
    if latest is not None and len(dated) > 1:
        frame = shelf.model.predicate("memberOf").frame.get("begin", "{subject} joined {object}")
        parts = {"subject": words.name(latest.subject, shelf), "object": found.title}
        text = f"{words.fill(str(frame), parts)} last, {_in(dates.began(latest.time))}."
        yield Told(text, found.numbers([latest]))


def _in(date: str) -> str:
    return f"on {date}" if "," in date else f"in {date}"


def _members(found: Dossier, shelf: Shelf, day: Day) -> list[Claim]:
    held = (c for c in found.towards if c.predicate == "memberOf" and _holds(c, shelf, day))
    return [c for c in held if not dossier.gone(c.subject, shelf, day)]


def counted(things: Iterable[str], shelf: Shelf) -> str:
    """Things by kind: `15 countries and 4 territories`, the kind with most first."""
    kinds = Counter(shelf.entity(t).kind for t in things)
    rules = ((n, shelf.model.kind(k)) for k, n in sorted(kinds.items(), key=lambda kn: (-kn[1], kn[0])))
    return " and ".join(f"{n} {rule.label if n == 1 else rule.plural}" for n, rule in rules)


def _holds(claim: Claim, shelf: Shelf, day: Day) -> bool:
    time = shelf.time(claim)
    return time is None or time.holds(day) is not Held.NO


def _sharpest(claims: Sequence[Claim], shelf: Shelf) -> list[Claim]:
    """Countries before regions of the world, and of regions the one inside another first."""
    inside = {c.value for c in claims}
    within = {v: sum(x.value in inside for x in shelf.claims(subject=v, predicate="locatedIn")) for v in inside}
    return sorted(claims, key=lambda c: (shelf.entity(c.value).kind == "Region", -within[c.value], c.value))


def _listed(claims: Sequence[Claim], shelf: Shelf) -> str:
    return naming.joined([c.value if isinstance(c.object, Literal) else naming.running(c.value, shelf) for c in claims])


def _last(found: Dossier, shelf: Shelf, day: Day) -> Iterator[Told]:
    """What is known of somebody whose time is over: the latest relation, in the past."""
    dated = [c for c in found.own if c.time and not isinstance(c.object, Literal)]
    latest = sorted(dated, key=lambda c: (-(c.time.end_latest if c.time else 0), c.id))
    for claim in latest[:1]:
        sentence = words.words(claim, shelf, day=day).rstrip(".")
        yield Told(f"{sentence}, {dates.when(claim.when)}.", found.numbers([claim]))
    if not latest and found.happened:
        count = "one event" if found.happened == 1 else f"{found.happened} events"
        called = found.title if found.kind_name == "Person" else "It"
        yield Told(f"{called} is named in {count} of the graph.", ())
