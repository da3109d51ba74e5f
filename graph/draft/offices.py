"""Offices: whether somebody held the office a sentence gives them, on the day it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.claim import Claim, Status
from graph.draft.mask import COUNTRY, PERSON, Masked, nearest_dates, spans_of
from graph.draft.outcome import Finding, Outcome
from graph.draft.read import Named, Read
from graph.names import titles
from graph.questions.overview import name
from graph.reading.readings import DatePhrase
from graph.store import Store
from graph.when import END_OF_TIME, START_OF_TIME, Day, iso

SLACK_DAYS: Final = 1
ELECTED_DAYS: Final = 400
_TITLE: Final = (
    r"(?P<title>(?:[Vv]ice[- ])?[Pp]resident|(?:[Dd]eputy )?[Pp]rime [Mm]inister|[Pp]remier|[Cc]hancellor"
    r"|[Tt]aoiseach|[Kk]ing|[Qq]ueen|[Ee]mperor|[Ee]mir|"
    r"[Ss]ultan|[Mm]onarch|[Hh]ead of [Ss]tate|[Hh]ead of [Gg]overnment|(?:[Dd]eputy )?[Ff]oreign"
    r" [Mm]inister|[Ff]oreign [Ss]ecretary|"
    r"[Dd]efen[cs]e [Mm]inister|[Ii]nterior [Mm]inister|[Ff]inance [Mm]inister|[Cc]ulture [Mm]inister"
    r"|[Aa]mbassador|[Cc]harg[eé] d['’]affaires|"
    r"(?:military |junta )?[Ll]eader|[Ss]pokes(?:man|woman|person)|[Ss]ecretary[- ][Gg]eneral)"
)
_PRE: Final = (
    r"(?P<pre>(?:(?:[Ff]ormer|[Ee]x|[Tt]hen|[Ll]ate|[Ff]uture|[Ii]ncoming|[Oo]utgoing|[Cc]urrent"
    r"|[Nn]ew(?:ly elected)?|[Aa]cting|[Ii]nterim|[Nn]ow|[Oo]usted|[Dd]eposed|longtime|long-time)[ -])*)"
)
_OF: Final = rf"(?: (?:of|in) (?:the )?(?P<of>{COUNTRY}))?"
_OWN: Final = rf"(?:(?P<own>{COUNTRY})(?:['’]s?)? )?"
_VERB: Final = (
    r"(?P<verb>elected(?: as)?|sworn in as|(?:has|had|have) (?:not |never |also )?been|is(?: not|n't)?(?:"
    r" now| still| currently| also)?|was(?: not|n't| never)?(?: then| still| also)?|became|remains|remained|"
    r"(?:has |had )?serv(?:ed|es|ing) as|(?:took|assumed) (?:office|power|over) as|took office as|was"
    r" (?:re-?)?elected(?: as)?|was (?:re-?)?appointed(?: as)?|was named|was sworn in(?: as)?|"
    r"was inaugurated(?: as)?|resigned as|stepped down as|quit as|left office as|ceased to be|returned as)"
)
_ASIDE: Final = r"(?:,? who|,| is an? [^.;,]{2,60}? who)?"
_PATTERNS: Final = tuple(
    re.compile(p)
    for p in (
        rf"{_PRE}{_OWN}(?<!‹)\b{_PRE.replace('pre', 'pre2')}{_TITLE},? (?:(?:Gen|Col|Dr|Mr|Mrs|Ms)\."
        rf" )?(?P<who>{PERSON}){_OF}",
        rf"{_TITLE} of (?:the )?(?P<own>{COUNTRY}),? (?P<who>{PERSON})(?P<pre>)(?P<of>)",
        rf"(?P<who>{PERSON}),? (?:(?:who|which) (?P<verb>is|was|served as|became|has been) )?(?:the |a |an "
        rf"|its |then |now )*{_PRE}{_OWN}(?:{_PRE.replace('pre', 'pre2')}){_TITLE}{_OF}(?=[,.;) ]|$)",
        rf"(?P<who>{PERSON}){_ASIDE} {_VERB} (?:the |a |an |as )*(?:\w+(?:st|nd|rd|th) |first |second "
        rf"|third )?{_PRE}{_OWN}(?:{_PRE.replace('pre', 'pre2')}){_TITLE}{_OF}",
    )
)
_RULES: Final = re.compile(
    rf"(?P<who>{PERSON})(?:, who)? (?:has |had )?(?P<verb>ruled|led|governed|been in power in) (?:the"
    rf" )?(?P<own>{COUNTRY})"
)
_SUCCEEDED: Final = re.compile(
    rf"(?P<who>{PERSON}),?(?: who)? (?:has |had )?(?:succeeded|replaced|took over from) (?P<old>{PERSON}) as"
    rf" (?:the )?{_OWN}{_TITLE}{_OF}"
)
_PAST: Final = re.compile(r"\b(?:former|ex|late|ousted|deposed)\b")
_BEGINS: Final = re.compile(r"became|took|assumed|elected|appointed|named|sworn|inaugurated")
_ENDS: Final = re.compile(r"resigned|stepped down|quit|left office|ceased")
_HEADS: Final = ("headOfStateOf", "headOfGovernmentOf", "leads")
_CHANCELLORS: Final = frozenset(["germany", "austria"])


@dataclass(frozen=True, slots=True)
class Said:
    """An office as a sentence gives it."""

    who: Named
    title: str
    country: str
    before: str
    verb: str
    place: tuple[int, int]


def offices(
    read: Read, masked: Masked, store: Store, today: Day, context: Sequence[tuple[Day, Day]]
) -> Iterator[Finding]:
    """What the graph says to each office in a sentence; `context` are the days told before and of the events meant."""
    taken: list[tuple[int, int]] = []
    for told in _successions(read, masked, store):
        taken.append(told.place)
        yield told
    for said in _said(masked):
        if any(s < said.place[1] and said.place[0] < e for s, e in taken):
            continue
        finding = _check(said, read, store, today, context)
        if finding is not None:
            taken.append(said.place)
            yield finding


def _said(masked: Masked) -> Iterator[Said]:
    for pattern in (*reversed(_PATTERNS), _RULES):
        for match in pattern.finditer(masked.text):
            parts = match.groupdict()
            marks = parts.get("own") or parts.get("of") or ""
            country = masked.thing(marks).id if marks else ""
            title = re.sub(r"\s+", " ", (parts.get("title") or "leader").lower())
            before = f"{parts.get('pre') or ''}{parts.get('pre2') or ''}".lower()
            yield Said(masked.thing(match["who"]), title, country, before, parts.get("verb") or "", masked.place(match))


def _successions(read: Read, masked: Masked, store: Store) -> Iterator[Finding]:
    """Who came after whom in an office, and when."""
    for match in _SUCCEEDED.finditer(masked.text):
        marks = match["own"] or match["of"] or ""
        country = masked.thing(marks).id if marks else ""
        place = masked.place(match)
        new, old = (
            Said(masked.thing(match[who]), match["title"].lower(), country, "", "became", place)
            for who in ("who", "old")
        )
        ours, theirs = _held(new, store), _held(old, store)
        if not ours or not theirs:
            continue
        ids = tuple(c.id for c in (*ours, *theirs))
        told = f"{name(old.who.id, store)} {_terms(theirs)}; {name(new.who.id, store)} {_terms(ours)}"
        follows = any(_follows(o, t) for o in ours for t in theirs)
        if not follows:
            yield Finding(place, Outcome.CONFLICT, "office", told, ids)
            continue
        phrases = nearest_dates(read, place)
        yield (
            _turning(new, ours, phrases[0], begin=True)
            if phrases
            else Finding(place, Outcome.SUPPORTED, "office", told, ids)
        )


def _follows(later: Claim, earlier: Claim) -> bool:
    """Whether one term can begin where another ends."""
    one, other = later.time, earlier.time
    return bool(
        one and other and one.begin_latest >= other.end_earliest - 31 and one.begin_earliest <= other.end_latest + 31
    )


def _check(said: Said, read: Read, store: Store, today: Day, context: Sequence[tuple[Day, Day]]) -> Finding | None:
    if "vice" in said.title or "deputy" in said.title or "spokes" in said.title or "general" in said.title:
        return _other_office(said, store, read, today)
    held = _held(said, store)
    if not held:
        return _not_held(said, store, read, today)
    phrases = nearest_dates(read, said.place, all_if_none=not said.verb)
    if _PAST.search(said.before):
        return _former(said, held, today)
    if _BEGINS.search(said.verb) and phrases:
        return _turning(said, held, phrases[0], begin=True)
    if _ENDS.search(said.verb) and phrases:
        return _turning(said, held, phrases[0], begin=False)
    if phrases and phrases[0].relation == "since":
        return _turning(said, held, phrases[0], begin=True)
    return _holding(said, held, phrases, read, today, context)


def _held(said: Said, store: Store) -> tuple[Claim, ...]:
    """The claims that give somebody the office: a headship its title carries, or an office of that name."""
    title = titles.title(said.title) or said.title
    headship = titles.headship(title)
    wanted: tuple[str, ...] = ()
    if title.endswith("leader") or title == "leader":
        wanted = _HEADS
    elif title in ("head of state", "head of government"):
        wanted = ("headOfStateOf",) if title == titles.STATE else ("headOfGovernmentOf",)
    elif title == "chancellor":
        wanted = ("headOfGovernmentOf",) if not said.country or said.country in _CHANCELLORS else ()
    elif headship:
        wanted = ("headOfStateOf",) if headship == titles.STATE else ("headOfGovernmentOf",)
    found = [
        c
        for p in wanted
        for c in store.claims(subject=said.who.id, predicate=p)
        if not said.country or c.value == said.country
    ]
    for claim in store.claims(subject=said.who.id, predicate="holdsOffice"):
        office, owner = _office(claim.value, store)
        if titles.title(office) == title and (not said.country or not owner or owner == said.country):
            found.append(claim)
    return tuple(c for c in found if not c.withdrawn and c.time is not None)


def _office(office: str, store: Store) -> tuple[str, str]:
    """An office's title and the country it belongs to."""
    head = store.entity(office).name.partition(" of ")[0].lower()
    owners = [c.value for c in store.claims(subject=office, predicate="officeOf")]
    return head, owners[0] if owners and store.entity(owners[0]).kind == "Country" else ""


def _overlaps(claim: Claim, first: Day, last: Day) -> bool:
    time = claim.time
    slack = SLACK_DAYS if last - first < 7 else 0
    return time is None or (time.begin_earliest - slack <= last and first <= time.end_latest + slack)


def _holding(
    said: Said,
    held: Sequence[Claim],
    phrases: Sequence[DatePhrase],
    read: Read,
    today: Day,
    context: Sequence[tuple[Day, Day]],
) -> Finding:
    ids = tuple(c.id for c in held)
    asked = [p for p in phrases if p.relation in ("on", "after", "before", "by")]
    spans = spans_of(asked)
    negated = " not" in said.verb or "n't" in said.verb or "never" in said.verb
    now = any(_overlaps(c, today, today) for c in held)
    term = _terms(held)
    if spans:
        holds = any(_overlaps(c, *s) for c in held for s in spans)
    elif said.verb.startswith(("was", "had", "served")):
        holds = any(c.time is not None and c.time.begin_earliest <= today for c in held)
    elif context and not said.verb:
        holds = now or any(_overlaps(c, *days) for c in held for days in context)
        if not holds:
            return Finding(said.place, Outcome.NO_EVIDENCE, "office", f"held that office {term}", ids)
    else:
        holds = now
        if not holds and not said.verb and re.search(r"\bhad (?:\w+ )?\w+(?:ed|en|wn)\b", read.text):
            return Finding(said.place, Outcome.NO_EVIDENCE, "office", f"held that office {term}", ids)
        if not holds and not said.verb:
            return Finding(said.place, Outcome.CONFLICT, "office", f"held that office {term}; not on {iso(today)}", ids)
    if holds != negated:
        return Finding(said.place, Outcome.SUPPORTED, "office", f"held that office {term}", ids)
    if spans and now and not said.verb:
        return Finding(said.place, Outcome.PARTIAL, "office", f"holds that office today, but not then: {term}", ids)
    return Finding(said.place, Outcome.CONFLICT, "office", f"held that office {term}", ids)


def _former(said: Said, held: Sequence[Claim], today: Day) -> Finding:
    ids = tuple(c.id for c in held)
    ended = [c for c in held if c.time is not None and c.time.end_earliest < today]
    certain = [c for c in held if c.time is not None and c.time.begin_latest <= today <= c.time.end_earliest]
    if certain and not ended:
        return Finding(
            said.place, Outcome.CONFLICT, "office", f"still holds that office on {iso(today)} ({_terms(held)})", ids
        )
    if any(c.time is not None and c.time.begin_earliest > today for c in held) and not ended:
        return Finding(said.place, Outcome.CONFLICT, "office", f"took that office only later ({_terms(held)})", ids)
    return Finding(said.place, Outcome.SUPPORTED, "office", f"held that office {_terms(held)}", ids)


def _turning(said: Said, held: Sequence[Claim], phrase: DatePhrase, *, begin: bool) -> Finding:
    """When somebody came into or left an office, against the begin or end of their terms."""
    ids, place = tuple(c.id for c in held), (min(said.place[0], phrase.start), max(said.place[1], phrase.end))
    early = ELECTED_DAYS if "elected" in said.verb or "appointed" in said.verb or "named" in said.verb else 0
    for claim in held:
        time = claim.time
        assert time is not None
        first, last = (time.begin_earliest, time.begin_latest) if begin else (time.end_earliest, time.end_latest)
        announced = 0 if begin else 120
        if any(s - SLACK_DAYS <= last and first <= e + SLACK_DAYS + early + announced for s, e in phrase.spans):
            return Finding(place, Outcome.SUPPORTED, "office", f"held that office {_terms([claim])}", (claim.id,))
    open_ = all(c.time is not None and (c.time.end_latest >= END_OF_TIME) for c in held)
    if not begin and open_:
        return Finding(place, Outcome.CONFLICT, "office", f"no end of that office is recorded ({_terms(held)})", ids)
    return Finding(place, Outcome.CONFLICT, "office", f"held that office {_terms(held)}", ids)


def _not_held(said: Said, store: Store, read: Read, today: Day) -> Finding | None:
    """Somebody who is not recorded in the office: wrong when another certainly held it on each day meant."""
    if said.title.endswith("leader"):
        return None
    country = said.country or _country_of(said.who.id, store)
    title = titles.title(said.title) or said.title
    if title == "chancellor" and country not in _CHANCELLORS:
        return None
    headship = titles.headship(title)
    if not headship or not country:
        return _other_office(said, store, read, today)
    predicate = "headOfStateOf" if headship == titles.STATE else "headOfGovernmentOf"
    spans = spans_of(nearest_dates(read, said.place)) or ((today, today),)
    claims = [c for c in store.claims(object=country, predicate=predicate) if c.status is Status.ACCEPTED and c.time]
    there = [
        c for c in claims if c.time and any(c.time.begin_latest <= s[1] and s[0] <= c.time.end_earliest for s in spans)
    ]
    known = {c.predicate for c in store.claims(subject=said.who.id)} & {*_HEADS, "holdsOffice"}
    if _PAST.search(said.before) or said.verb.startswith(("was", "had", "served")):
        there = there if known else []
    if not there:
        return Finding(said.place, Outcome.NO_EVIDENCE, "office", "the graph does not know who held that office then")
    holders = ", ".join(dict.fromkeys(f"{name(c.subject, store)} ({c.when})" for c in there[:3]))
    why = f"that office is recorded for {holders}"
    outcome = Outcome.CONFLICT if known or all(_covers(there, s) for s in spans) else Outcome.NO_EVIDENCE
    return Finding(said.place, outcome, "office", why, tuple(c.id for c in there[:3]))


def _covers(claims: Sequence[Claim], span: tuple[Day, Day]) -> bool:
    return any(c.time is not None and c.time.begin_latest <= span[0] and span[1] <= c.time.end_earliest for c in claims)


def _other_office(said: Said, store: Store, read: Read, today: Day) -> Finding | None:
    """An office that is no headship: held under that name, or held by another while this one held a different one."""
    spans = spans_of(nearest_dates(read, said.place)) or ((today, today),)
    own = [c for c in store.claims(subject=said.who.id, predicate="holdsOffice") if c.status is Status.ACCEPTED]
    words = set(re.findall(r"\w+", said.title.replace("defense", "defence")))
    same = [
        c
        for c in own
        if words
        <= set(re.findall(r"\w+", name(c.value, store).lower().replace("defense", "defence").replace("é", "e")))
    ]
    if same:
        return Finding(
            said.place,
            Outcome.SUPPORTED,
            "office",
            f"{name(same[0].value, store)} {_terms(same)}",
            tuple(c.id for c in same),
        )
    if not own:
        return None
    for claim in own:
        whole = store.entity(claim.value).name
        rest = _owners(whole)
        for office in store.entities("Office"):
            if rest and office.name.lower().startswith(said.title) and _owners(office.name) == rest:
                holders = [
                    c for c in store.claims(object=office.id, predicate="holdsOffice") if c.subject != said.who.id
                ]
                there = [c for c in holders if c.time is None or any(_overlaps(c, *s) for s in spans)]
                if there:
                    why = f"{name(said.who.id, store)} was {_running(whole)}; {_running(office.name)} was"
                    f" {name(there[0].subject, store)}"
                    return Finding(said.place, Outcome.CONFLICT, "office", why, (claim.id, there[0].id))
    why = f"recorded as {_running(name(own[0].value, store))}"
    return Finding(said.place, Outcome.NO_EVIDENCE, "office", why, (own[0].id,))


def _owners(office: str) -> frozenset[str]:
    """The names after an office's title: Russia and Azerbaijan, whichever words stand between."""
    return frozenset(re.findall(r"[A-Z][\w’'-]+", office.partition(" of ")[2]))


def _running(text: str) -> str:
    return text[:1].lower() + text[1:]


def _country_of(person: str, store: Store) -> str:
    found = [c.value for p in _HEADS for c in store.claims(subject=person, predicate=p)]
    if not found:
        offices_ = [c.value for c in store.claims(subject=person, predicate="holdsOffice")]
        found = [owner for o in offices_ if (owner := _office(o, store)[1])]
    return found[0] if found and len(set(found)) == 1 else ""


def _terms(claims: Sequence[Claim]) -> str:
    """The terms as text: "from 2022-09-06 to 2022-10"."""
    told = []
    for claim in claims:
        time = claim.time
        if time is None:
            continue
        left, _, right = claim.when.partition("/")
        begin = left or ("" if time.begin_earliest <= START_OF_TIME else iso(time.begin_earliest))
        told.append(f"from {begin} " + (f"to {right}" if right and right != ".." else "on"))
    return "; ".join(list(dict.fromkeys(told))[:4])
