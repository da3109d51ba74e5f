"""Which picture goes with which page when its address is shared, and what the picture says.

Stories, events, chains, pairs and who or what leads or stands for a state have one of their own;
thousands of cities, former heads, offices, outlets and articles share one a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.chains.chain import Chain
from graph.claim import Claim
from graph.questions import coverage, spans
from viz import cards, dates, dossier, lead, look, story, story_page, words
from viz.cards import Card, Point
from viz.setting import EVERYWHERE, Preview, Setting
from viz.shelf import Shelf

FACTS_MOST: Final = 3
NAMED_MOST: Final = 2
NAMED_LETTERS: Final = 44
COUNTED_FROM: Final = 6
# What a card tells of a thing by its group of looks, read from it or towards it.
_FACTS: Final[dict[str, tuple[tuple[str, bool], ...]]] = {
    "event": (("actor", True), ("target", True), ("signatory", True), ("participant", True), ("victim", True),
              ("tookPlaceIn", True)),
    "country": (("headOfStateOf", False), ("headOfGovernmentOf", False), ("capitalOf", False), ("administers", False),
                ("locatedIn", True), ("dissolved", True)),
    "alliance": (("memberOf", False), ("founded", True), ("leads", False), ("headquarteredIn", True)),
    "organization": (("leads", False), ("organOf", True), ("ownedBy", True), ("headquarteredIn", True),
                     ("locatedIn", True)),
    "place": (("locatedIn", False), ("locatedIn", True)),
    "person": (("headOfStateOf", True), ("headOfGovernmentOf", True), ("leads", True), ("holdsOffice", True)),
    "agreement": (("signatory", True), ("partOf", True)),
}  # fmt: skip
# What a relation is called where a card counts its ends.
_MANY: Final = {"memberOf": "Members"}
_OWN_KINDS: Final = frozenset({"Country", "Territory", "Alliance", "Organization", "Region", "Agreement", "Project"})


SITE_CARD: Final = Card(
    "Backstory",
    "event",
    "How did we get here?",
    "Dated, sourced chains of events behind the news",
    foot="Every sentence with its source",
)


def of_thing(name: str, setting: Setting) -> Preview:
    """The picture of the page of an entity or event: its own, or that of its kind."""
    if not has_own(name, setting):
        return of_kind(look.load().group(setting.shelf.entity(name).kind, setting.shelf.model).name)
    return _of(thing(name, setting), setting.to(name))


def of_kind(group: str) -> Preview:
    """The picture that pages of one group of looks share."""
    return _of(kind(group), f"kind/{group}")


def of_chain(chain: Chain, path: str, setting: Setting) -> Preview:
    """The picture of a page of a chain: a story's, a pair's, or how an event or entity came about."""
    return _of(of_steps(chain, setting), path)


def _of(card: Card, page: str) -> Preview:
    return Preview(path_of(page), card.alt, cards.key(card))


def path_of(page: str) -> str:
    """Where the picture of a page is, from the front: `cards/e/finland.png`."""
    return f"cards/{page.removesuffix('/index.html')}.png"


def shared() -> Iterator[tuple[str, Card]]:
    """The pictures that many pages share, by path."""
    yield EVERYWHERE.path, SITE_CARD
    for group in look.load().groups:
        yield path_of(f"kind/{group}"), kind(group)


def has_own(name: str, setting: Setting) -> bool:
    """Whether a thing has a picture of its own: events; states, blocs and bodies with facts; leaders of today."""
    shelf = setting.shelf
    of = shelf.entity(name).kind
    if name in setting.chains or shelf.model.is_event(of):
        return True
    if of in _OWN_KINDS:
        return any(_facts(name, look.load().group(of, shelf.model).name, setting))
    return of == "Person" and any(
        claim in coverage.holders(shelf.claims(object=claim.value, predicate=role), setting.as_of)
        for role in coverage.ROLES
        for claim in shelf.claims(subject=name, predicate=role)
    )


def kind(group: str) -> Card:
    """The card of a group of looks."""
    told = (
        "What each says, claim by claim" if group == "source" else "What is known of each, since when, and who says so"
    )
    return Card("Backstory", group, look.load().groups[group].plural, told, foot="Every claim with its source")


def thing(name: str, setting: Setting) -> Card:
    """The card of an entity or event: what it is, when it was, how it stands on the day."""
    shelf = setting.shelf
    entity = shelf.entity(name)
    group = look.load().group(entity.kind, shelf.model).name
    happened = dossier.when_of(name, shelf) if group == "event" else None
    rows = list(_facts(name, group, setting))[:FACTS_MOST]
    said = [*shelf.claims(subject=name), *(c for row in rows for c in row.claims)]
    year, month, _ = when_.civil(setting.as_of)
    stand = "" if group == "event" else f", {dates.MONTHS[month - 1]} {year}"
    return Card(
        _capital(shelf.model.kind(entity.kind).label),
        group,
        _capital(entity.name),
        happened[1] if happened else "",
        facts=tuple((row.label, row.value, row.since) for row in rows),
        foot=_sources(said) + stand,
    )


def of_steps(chain: Chain, setting: Setting) -> Card:
    """The card of a chain: what it is about, over how long, its first and its last step."""
    shelf = setting.shelf
    steps = [Point(dates.when(s.when), _capital(words.name(s.event, shelf)), s.day) for s in chain.steps]
    title, kicker = story.title(chain, shelf), story.kicker(chain, shelf)
    return Card(
        kicker if kicker not in (title, story.HOW, "") else "How it came about",
        "event",
        _capital(title),
        story_page.counted([s.day for s in chain.steps]),
        steps=tuple(steps),
        foot=_sources(c for e in chain.events for c in shelf.claims(subject=e)),
    )


@dataclass(frozen=True, slots=True)
class _Fact:
    """A row of a card and the claims behind it."""

    label: str
    value: str
    since: str
    claims: tuple[Claim, ...]


def _facts(name: str, group: str, setting: Setting) -> Iterator[_Fact]:
    shelf, day = setting.shelf, setting.as_of
    for predicate, outward in _FACTS.get(group, ()):
        ends_at = (name, None) if outward else (None, name)
        claims = shelf.claims(subject=ends_at[0], predicate=predicate, object=ends_at[1])
        held: Sequence[Claim]
        if predicate in coverage.ROLES and not outward:
            held = coverage.holders(claims, day)
        elif predicate == "locatedIn" and not outward:
            held = dossier.areas(name, shelf, day)
        else:
            held = [c for c in claims if (coverage.stands(c) if group == "event" else _holds(c, setting))]
            held = [c for c in held if outward or not dossier.gone(c.subject, shelf, day)]
        one_each = tuple({dossier.other_end(c, name) or c.value: c for c in held}.values())
        if one_each:
            label = _MANY.get(predicate, "") if not outward else ""
            label = label or dossier.heading_of(predicate, outward, shelf)
            yield _Fact(label, _named(name, one_each, shelf), _since(one_each, setting, group), tuple(held))


def _holds(claim: Claim, setting: Setting) -> bool:
    """Whether a claim holds on the day, or may; one that others only date otherwise does."""
    return coverage.is_said(claim) and spans.may_hold(setting.shelf.time(claim), setting.as_of)


def _named(name: str, claims: Sequence[Claim], shelf: Shelf) -> str:
    """Two of them by name; more than a few are counted by kind, a few by name and number."""
    ends = [dossier.other_end(c, name) for c in claims]
    if len(claims) > COUNTED_FROM and all(ends):
        return lead.counted(ends, shelf)
    told = [words.name(e, shelf) if e else words.value(c, shelf) for e, c in zip(ends, claims, strict=True)]
    named = next((n for n in range(NAMED_MOST, 1, -1) if len(", ".join(told[:n])) <= NAMED_LETTERS), 1)
    if len(told) > named:
        return f"{_capital(', '.join(told[:named]))} and {len(told) - named} more"
    return _capital(" and ".join(told))


def _since(claims: Sequence[Claim], setting: Setting, group: str) -> str:
    """Since when a single relation has held, as far as anybody says."""
    if len(claims) > 1 or group == "event" or setting.shelf.model.predicate(claims[0].predicate).form == "value":
        return ""
    began = dates.began(setting.shelf.time(claims[0]))
    return f"since {began}" if began else ""


def _sources(claims: Iterable[Claim]) -> str:
    count = len({c.article for claim in claims for c in claim.citations})
    return f"{count:,} source{'' if count == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
