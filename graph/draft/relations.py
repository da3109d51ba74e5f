"""States of affairs a sentence tells: membership, capitals, borders, places in countries, foundings."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Status
from graph.draft.mask import BODY, CITY, COUNTRIES, COUNTRY, Masked, nearest_dates
from graph.draft.match import agrees
from graph.draft.members import Membership
from graph.draft.outcome import Finding, Outcome
from graph.draft.read import Read
from graph.questions.overview import name
from graph.reading import numbers
from graph.reading.readings import DatePhrase
from graph.store import Store
from graph.when import Day

_NOT: Final = r"(?P<not> not| never|n['’]t| no longer| neither)?"
_BODIES: Final = rf"(?:both )?(?:the )?(?P<body>{BODY})(?:,? and (?:the )?(?P<more>{BODY}))?"
_ASIDE: Final = r"(?:, (?!‹)[^,;]{0,60},)?"
_JOIN: Final = re.compile(
    rf"(?P<who>{COUNTRIES}){_ASIDE}(?: (?:has|have|had|did|formally|officially|finally|also|both|all|then"
    rf"|only|later|since|fully))*{_NOT}"
    rf"(?: (?:formally|officially|yet|been))* (?:joins?|joined|acceded to|became (?:a|the|an|full)?(?:"
    rf" [\w-]+){{0,3}} ?members? (?:state |country )?of"
    rf"|(?:was|were|been) admitted (?:in)?to|entered) {_BODIES}"
)
_JOINED: Final = re.compile(
    rf"(?P<who>{COUNTRY})['’]s? (?:[\w-]+ )?(?:accession|admission|entry|entrance) (?:to|into) (?:the"
    rf" )?(?P<body>{BODY})"
)
_LEFT: Final = re.compile(
    rf"(?P<who>{COUNTRIES}){_ASIDE}(?: (?:has|have|had|did|formally|officially|finally|also|both|all|then"
    rf"|later))*{_NOT}"
    rf"(?: (?:formally|officially))* (?:left|leaves?|quits?|exited|withdrew from|withdrawn from|pulled out"
    rf" of|departed(?: from)?|(?:was|were) expelled from) {_BODIES}"
)
_EXIT: Final = re.compile(
    rf"(?P<who>{COUNTRY})['’]s? (?:[\w-]+ )?(?:exit|withdrawal|departure) from (?:the )?(?P<body>{BODY})"
)
_IS: Final = re.compile(
    rf"(?P<who>{COUNTRIES})(?:,? (?:which|who|both of which|all of which))? (?P<verb>is|are|was|were"
    rf"|remains?|remained|has|have|had|isn['’]t|aren['’]t|wasn['’]t)"
    rf"(?P<not> not| never| no longer| neither)?(?: been)?(?P<not2> not| never)?(?: (?:also|already|still"
    rf"|yet|both|all|now|currently|a|an|one|of|the|full|founding|long-standing|longtime|neither|not))* "
    rf"members?(?: (?:states?|countr(?:y|ies)))? of (?:the )?(?P<body>{BODY})"
)
_APPOSED: Final = re.compile(
    rf"(?P<who>{COUNTRY}),? (?:a|an|the|already a|also a|both)(?P<not> non-)?\s?(?: ?(?:full|founding|fellow"
    rf"|new|long-standing) )?"
    rf"(?:(?P<body>{BODY})(?P<non> non-)?[ -]members?\b|members?(?: state| country)? of (?:the )?(?P<body2>{BODY}))"
)
_ISA: Final = re.compile(
    rf"(?P<who>{COUNTRIES})(?:,? (?:which|who))? (?P<verb>is|are|was|were|isn['’]t|wasn['’]t"
    rf"|remains?)(?P<not> not| never| no longer)?(?: yet| also| now| still)*"
    rf" (?:an?|the|both)? ?(?:full )?(?P<body>{BODY})(?P<non> non-)?[ -]members?\b"
)
_BEFORE: Final = re.compile(
    rf"(?P<body>{BODY})(?P<not> non-)?[ -](?:members?|allies|ally)(?: states?| countr(?:y|ies))?,? (?P<who>{COUNTRIES})"
)
_CAPITAL: Final = tuple(
    re.compile(p)
    for p in (
        rf"(?P<city>{CITY}),? (?:(?P<verb>is|was|became|remains|is not|isn['’]t) )?(?:now |also )?(?:the"
        rf" )?(?:capital(?: city)? of (?:the )?(?P<land>{COUNTRY})|(?P<land2>{COUNTRY})(?:['’]s?)? capital(?: city)?)",
        rf"(?P<land>{COUNTRY})(?:['’]s?)? capital(?: city)?,?(?: (?:of|is|was))? (?P<city>{CITY})",
        rf"capital(?: city)? of (?:the )?(?P<land>{COUNTRY}),?(?: is| was)? (?P<city>{CITY})",
    )
)
# Neighbors one by one, each with where it lies: "Russia to the north, Georgia to the northwest and Armenia".
_BOUNDS: Final = rf"(?:the )?{COUNTRY}(?:(?: (?:to|in|on) the [a-z]+)?(?:,? and|,) (?:the )?{COUNTRY})*"
_BORDER: Final = tuple(
    re.compile(p)
    for p in (
        rf"(?P<one>{COUNTRIES}){_ASIDE}(?:,? which)?(?: (?:does|do|did))?{_NOT}(?: also| both)? (?:shares?"
        rf"|shared|has|have|with)(?: (?:a|an|its|their|no))?(?: [\w,.-]+){{0,4}}? (?:land )?borders? with"
        rf" (?P<other>{COUNTRIES})",
        rf"(?P<one>{COUNTRIES}){_ASIDE}(?:,? which)?(?: (?:does|do|did))?{_NOT}(?: also| both)? (?:borders"
        rf"|border|bordered|bordering|abuts)(?: on)? (?P<other>{COUNTRIES})",
        rf"(?P<one>{COUNTRIES}){_ASIDE}(?:,? which)? (?:is|are|was|were){_NOT} (?:bounded|bordered|flanked) by"
        rf" (?:the [\w ]+? (?:to|in|on) the [a-z]+,? (?:and )?)?(?P<other>{_BOUNDS})",
        rf"(?P<one>{COUNTRY}), with its [\w,.-]+(?: [\w-]+){{0,3}} border with (?P<other>(?:the )?{COUNTRY})(?P<not>)",
        rf"border between (?P<one>(?:the )?{COUNTRY}) and (?P<other>(?:the )?{COUNTRY})(?P<not>)",
        rf"(?P<one>{COUNTRY})(?:['’]s?)? (?:[\w-]+ ){{0,2}}border with (?P<other>(?:the )?{COUNTRY})(?P<not>)",
        rf"(?P<one>{COUNTRY})[-–](?P<other>{COUNTRY}) (?:land )?border\b(?P<not>)",
        rf"(?P<one>{COUNTRY}) and (?P<other>(?:the )?{COUNTRY}){_NOT} (?:shares?|shared|have) (?:a|no)(?:"
        rf" [\w,.-]+){{0,4}} border\b(?! with)",
    )
)
_PLACE: Final = tuple(
    re.compile(p)
    for p in (
        rf"(?P<city>{CITY}), (?P<land>{COUNTRY})(?=[,.;)]| (?:on|in|to|for|at|and|after|before|when|where|was|is)\b|$)",
        rf"(?:the )?(?P<land>{COUNTRY})(?:['’]s?)? (?:city|town|port|resort|port city|capital) (?:of"
        rf" )?(?P<city>{CITY})",
        rf"(?P<city>{CITY}), (?:a|an|the)(?: [\w-]+){{0,3}} (?:city|town|port) in (?:[a-z]+ )?(?P<land>{COUNTRY})",
    )
)
_FOUNDED: Final = re.compile(
    rf"(?P<body>{BODY})(?:,? which)? (?:was|were) (?:founded|created|established|formed|set up)"
)
_COUNT: Final = re.compile(
    rf"(?P<n>\d+|[a-z]+(?:-[a-z]+)?)[- ](?:member|nation|country|state)(?:[- ]strong)? (?:alliance |bloc"
    rf" )?(?P<body>{BODY})"
    rf"|(?P<body2>{BODY})(?:['’]s?| has| had| counts|, which has)? (?:now )?(?P<n2>\d+|[a-z]+(?:-[a-z]+)?) members?\b"
    rf"|(?P<n3>\d+) members of (?:the )?(?P<body3>{BODY})"
)
_NTH: Final = re.compile(
    rf"(?P<who>{COUNTRY}).{{0,60}}?\b(?:the |its |NATO['’]s )?(?P<n>\d+)(?:st|nd|rd|th) member(?: of (?:the"
    rf" )?(?P<body>{BODY}))?"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence with its marks and the day it is written for."""

    read: Read
    masked: Masked
    store: Store
    today: Day
    membership: Membership


def relations(asked: Asked) -> Iterator[Finding]:
    """What the graph says to every state of affairs in a sentence."""
    for rule in RULES:
        yield from rule(asked)


# -- membership ----------------------------------------------------------------------------


def _members(asked: Asked) -> Iterator[Finding]:
    masked, taken = asked.masked, set()
    for pattern, mode in (
        (_JOIN, "join"),
        (_JOINED, "join"),
        (_LEFT, "leave"),
        (_EXIT, "leave"),
        (_IS, "is"),
        (_ISA, "is"),
        (_APPOSED, "is"),
        (_BEFORE, "is"),
    ):
        for match in pattern.finditer(masked.text):
            parts = match.groupdict()
            body = masked.thing(parts.get("body") or parts.get("body2") or "").id
            negated = bool(parts.get("not") or parts.get("not2") or parts.get("non")) or "n't" in (
                parts.get("verb") or ""
            )
            place = masked.place(match)
            bodies = [body, *(t.id for t in masked.things_in(parts.get("more") or ""))]
            for who in masked.things_in(match["who"]):
                for one in bodies:
                    if (who.id, one) not in taken:
                        taken.add((who.id, one))
                        yield _member(asked, who.id, one, mode, place, parts.get("verb") or "", negated=negated)


def _member(
    asked: Asked, who: str, body: str, mode: str, place: tuple[int, int], verb: str, *, negated: bool
) -> Finding:
    phrases = nearest_dates(asked.read, place, all_if_none=mode != "is")
    phrase = phrases[0] if phrases else None
    claims = asked.membership.of(who, body)
    ids = tuple(c.id for c in claims)
    names = f"{name(who, asked.store)} in {name(body, asked.store)}"
    told = asked.membership.told(claims)
    if mode in ("join", "leave"):
        outcome, why = _turn(asked, claims, phrase, body, mode, negated=negated)
        if phrase is not None:
            place = (min(place[0], phrase.start), max(place[1], phrase.end))
        return Finding(place, outcome, "membership", f"{names}: {why}", ids)
    past = verb in ("was", "were", "had", "remained")
    if phrase is not None and phrase.relation == "since":
        outcome, why = _turn(asked, claims, phrase, body, "join", negated=negated)
        return Finding((place[0], max(place[1], phrase.end)), outcome, "membership", f"{names}: {why}", ids)
    answer = asked.membership.held(who, body, phrase, asked.today, past=past)
    if answer is None:
        return Finding(place, Outcome.NO_EVIDENCE, "membership", f"{names}: {told}", ids)
    outcome = Outcome.SUPPORTED if answer != negated else Outcome.CONFLICT
    return Finding(place, outcome, "membership", f"{names}: {told}", ids)


def _turn(
    asked: Asked, claims: Sequence[Claim], phrase: DatePhrase | None, body: str, mode: str, *, negated: bool
) -> tuple[Outcome, str]:
    """Joining and leaving: on the day said, and at all."""
    told = asked.membership.told(claims)
    if mode == "leave":
        done = [c for c in claims if c.time and c.time.end.value == "ended" and c.time.end_earliest <= asked.today]
    else:
        done = [c for c in claims if c.time is None or c.time.begin_earliest <= asked.today]
    if not done:
        sure = asked.membership.complete(body) or (mode == "leave" and any(c.predicate == "memberOf" for c in claims))
        if negated:
            return (Outcome.SUPPORTED if sure else Outcome.NO_EVIDENCE), told
        return (Outcome.CONFLICT if sure else Outcome.NO_EVIDENCE), told
    if negated:
        return Outcome.CONFLICT, told
    dated = [c for c in done if c.time and c.predicate == "memberOf"]
    if phrase is None:
        return Outcome.SUPPORTED, told
    if not dated:
        return Outcome.NO_EVIDENCE, told
    bound = "end" if mode == "leave" else "begin"
    phrase = dataclasses.replace(phrase, relation="on" if phrase.relation == "since" else phrase.relation)
    if any(agrees(phrase, asked.membership.bound(c, bound)) for c in dated):
        return Outcome.SUPPORTED, told
    return Outcome.CONFLICT, told


def _sizes(asked: Asked) -> Iterator[Finding]:
    for match in _COUNT.finditer(asked.masked.text):
        parts = match.groupdict()
        said = numbers.small(parts["n"] or parts["n2"] or parts["n3"] or "")
        body = asked.masked.thing(parts["body"] or parts["body2"] or parts["body3"] or "").id
        phrases = nearest_dates(asked.read, asked.masked.place(match))
        days = [s[1] for p in phrases for s in p.spans] or [asked.today]
        counts = {asked.membership.count(body, day) for day in (*days, asked.today)}
        if said < 2 or None in counts:
            continue
        place, told = asked.masked.place(match), " or ".join(str(c) for c in sorted(c for c in counts if c is not None))
        outcome = Outcome.SUPPORTED if said in counts else Outcome.CONFLICT
        yield Finding(place, outcome, "count", f"{name(body, asked.store)} had {told} members then")


def _ordinals(asked: Asked) -> Iterator[Finding]:
    for match in _NTH.finditer(asked.masked.text):
        who = asked.masked.thing(match["who"]).id
        body = (
            asked.masked.thing(match["body"]).id
            if match["body"]
            else next((n.id for n in asked.read.named if n.kind == "Alliance"), "")
        )
        place = asked.membership.rank(who, body) if body else None
        if place is None:
            continue
        outcome = Outcome.SUPPORTED if place == int(match["n"]) else Outcome.CONFLICT
        yield Finding(asked.masked.place(match), outcome, "count", f"it was member number {place}")


# -- capitals, borders, places, foundings --------------------------------------------------------

_OTHER_CAPITAL: Final = re.compile(
    r"\b(?:cultural|financial|commercial|economic|former|old|regional|provincial|state|ancient|historic"
    r"|business|administrative|de facto|future|new)\s*$",
    re.I,
)


def _capitals(asked: Asked) -> Iterator[Finding]:
    for pattern in _CAPITAL:
        for match in pattern.finditer(asked.masked.text):
            parts = match.groupdict()
            city, land = (
                asked.masked.thing(match["city"]).id,
                asked.masked.thing(parts.get("land") or parts.get("land2") or "").id,
            )
            if _OTHER_CAPITAL.search(asked.masked.text[: match.start()]) or re.search(
                r"capital", asked.masked.text[match.end() : match.end() + 9]
            ):
                continue
            held = asked.store.claims(object=land, predicate="capitalOf")
            if not held:
                continue
            negated = "not" in (parts.get("verb") or "") or "n't" in (parts.get("verb") or "")
            right = any(c.subject == city for c in held)
            past = parts.get("verb") in ("was", "became") or any(p.unit == "year" for p in asked.read.dates)
            told = f"the capital of {name(land, asked.store)} is"
            f" {' and '.join(name(c.subject, asked.store) for c in held)}"
            outcome = Outcome.SUPPORTED if right != negated else Outcome.NO_EVIDENCE if past else Outcome.CONFLICT
            yield Finding(asked.masked.place(match), outcome, "capital", told, tuple(c.id for c in held))
            return


def _borders(asked: Asked) -> Iterator[Finding]:
    masked, seen = asked.masked, set()
    for pattern in _BORDER:
        for match in pattern.finditer(masked.text):
            negated = bool(match["not"]) or bool(re.search(r"\bno\b", match[0]))
            ones, others = masked.things_in(match["one"]), masked.things_in(match["other"])
            if " neither " in match[0] or not ones or not others:
                continue
            for one in ones:
                for other in others:
                    if one.id != other.id and frozenset((one.id, other.id)) not in seen:
                        seen.add(frozenset((one.id, other.id)))
                        yield from _border(asked, one.id, other.id, masked.place(match), negated=negated)


def _border(asked: Asked, one: str, other: str, place: tuple[int, int], *, negated: bool) -> Iterator[Finding]:
    store = asked.store
    found = [
        *store.claims(subject=one, predicate="borders", object=other),
        *store.claims(subject=other, predicate="borders", object=one),
    ]
    ids = tuple(c.id for c in found)
    names = f"{name(one, store)} and {name(other, store)}"
    if found:
        outcome = Outcome.CONFLICT if negated else Outcome.SUPPORTED
        yield Finding(place, outcome, "border", f"{names} share a border", ids)
        yield from _length(asked, found[0], place)
        return
    listed = all(_bordered(asked, c) for c in (one, other))
    if negated:
        yield Finding(
            place, Outcome.SUPPORTED if listed else Outcome.NO_EVIDENCE, "border", f"no border of {names} is recorded"
        )
    else:
        yield Finding(
            place,
            Outcome.CONFLICT if listed else Outcome.NO_EVIDENCE,
            "border",
            f"no land border of {names} is recorded",
        )


def _bordered(asked: Asked, country: str) -> bool:
    """Whether the borders of a country are recorded at all, so that a missing one is none."""
    return bool(
        asked.store.claims(subject=country, predicate="borders")
        or asked.store.claims(object=country, predicate="borders")
    )


def _length(asked: Asked, claim: Claim, place: tuple[int, int]) -> Iterator[Finding]:
    length = next((float(v.value) for n, v in claim.qualifiers if n == "lengthKm"), 0.0)
    match = re.search(
        r"(\d[\d,]*(?:\.\d+)?)[- ]?(km|kilomet\w+|miles?)",
        asked.read.text[place[0] - 30 if place[0] > 30 else 0 : place[1] + 30],
    )
    if not length or match is None:
        return
    said = float(match[1].replace(",", "")) * (1.609 if match[2].startswith("mi") else 1.0)
    outcome = Outcome.SUPPORTED if abs(said - length) <= 0.08 * length else Outcome.CONFLICT
    yield Finding(place, outcome, "count", f"the border is {length:g} km long", (claim.id,))


def _cities(asked: Asked) -> Iterator[Finding]:
    store, masked = asked.store, asked.masked
    for pattern in _PLACE:
        for match in pattern.finditer(masked.text):
            city, land = masked.thing(match["city"]), masked.thing(match["land"])
            held = store.claims(subject=city.id, predicate="locatedIn")
            if not held:
                continue
            named = store.entity(city.id).name
            same = [
                e
                for e in _namesakes(named, store)
                if any(c.value == land.id for c in store.claims(subject=e, predicate="locatedIn"))
            ]
            right = any(c.value == land.id for c in held) or bool(same)
            outcome = Outcome.SUPPORTED if right else Outcome.CONFLICT
            why = f"{named} is in {name(held[0].value, store)}"
            yield Finding(masked.place(match), outcome, "place", why, tuple(c.id for c in held))


def _namesakes(named: str, store: Store) -> Iterator[str]:
    """Other cities of the same name."""
    quoted = named.replace("\\", "").replace('"', "")
    rows = store.select(f'SELECT DISTINCT ?e WHERE {{ ?e skos:prefLabel "{quoted}"@en ; rdf:type w:City }}')
    return (row["e"] for row in rows)


def _foundings(asked: Asked) -> Iterator[Finding]:
    for match in _FOUNDED.finditer(asked.masked.text):
        body = asked.masked.thing(match["body"]).id
        phrases = nearest_dates(asked.read, asked.masked.place(match), all_if_none=False)
        held = [
            c for c in asked.store.claims(subject=body, predicate="founded") if c.time and c.status is Status.ACCEPTED
        ]
        if not phrases or not held:
            continue
        right = any(c.time is not None and agrees(phrases[0], c.time) for c in held)
        place = (asked.masked.place(match)[0], phrases[0].end)
        why = f"{name(body, asked.store)} was founded {held[0].when}"
        yield Finding(
            place, Outcome.SUPPORTED if right else Outcome.CONFLICT, "founded", why, tuple(c.id for c in held)
        )


Rule = Callable[[Asked], Iterator[Finding]]
RULES: Final[tuple[Rule, ...]] = (_members, _sizes, _ordinals, _capitals, _borders, _cities, _foundings)
