"""How a thing stands on the day, as a few small cards: who leads it, where it is, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.claim import Claim
from graph.questions import coverage
from graph.when import Day
from viz import dossier as dossier_
from viz.dossier import Dossier, Line
from viz.shelf import Shelf

ITEMS_MOST: Final = 8
# Who is listed as a member says nothing new of a body whose dated members are known.
LISTED: Final = "listedMemberOf"
Way = Literal["from", "to", "both"]
# Each card: its title, then relations with the way they are read. Empty cards are left out.
CARDS: Final[tuple[tuple[str, tuple[tuple[str, Way], ...]], ...]] = (
    ("Who leads it", (("headOfStateOf", "to"), ("headOfGovernmentOf", "to"), ("leads", "to"), ("governs", "to"))),
    ("Posts", (
        ("headOfStateOf", "from"), ("headOfGovernmentOf", "from"), ("leads", "from"), ("holdsOffice", "from"),
        ("affiliatedWith", "from"), ("citizenOf", "from"), ("candidateFor", "from"), ("relativeOf", "both"),
    )),
    ("Who holds it", (("holdsOffice", "to"), ("officeOf", "from"))),
    ("Whose it is", (("organOf", "from"), ("ownedBy", "from"), ("partOf", "from"))),
    ("Where it is", (
        ("capitalOf", "from"), ("capitalOf", "to"), ("locatedIn", "from"), ("headquarteredIn", "from"),
        ("administers", "to"), ("claimsTerritory", "to"), ("borders", "both"),
    )),
    ("Members", (
        ("memberOf", "to"), (LISTED, "to"), ("suspendedFrom", "to"), ("observerOf", "to"), ("associateOf", "to"),
    )),
    ("What it belongs to", (
        ("memberOf", "from"), ("alliedWith", "both"), ("suspendedFrom", "from"), ("associateOf", "from"),
        ("observerOf", "from"), ("party", "to"),
    )),
    ("Facts", (
        ("population", "from"), ("founded", "from"), ("dissolved", "from"), ("officialName", "from"),
        ("areaKm2", "from"), ("successorOf", "both"),
    )),
)  # fmt: skip
_ONE_HOLDER: Final = frozenset({"headOfStateOf", "headOfGovernmentOf"})


@dataclass(frozen=True, slots=True)
class Row:
    """One relation of a card: what it is called, those it holds for now, how many more."""

    label: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A few relations that answer one question about a thing."""

    title: str
    rows: tuple[Row, ...]


def cards(found: Dossier, shelf: Shelf, day: Day) -> tuple[Card, ...]:
    """The cards of a thing on a day, without those that nothing is recorded for."""
    made = (Card(title, tuple(_rows(rows, found, shelf, day))) for title, rows in CARDS)
    return tuple(card for card in made if card.rows)


def _rows(wanted: Iterable[tuple[str, Way]], found: Dossier, shelf: Shelf, day: Day) -> Iterator[Row]:
    leading: set[str] = set()
    for predicate, way in wanted:
        if predicate == LISTED and any(c.predicate == "memberOf" for c in _claims(found, way)):
            continue
        claims = [c for c in _claims(found, way) if c.predicate == predicate]
        same = [
            g for g in dossier_.merged(claims, found.id, shelf, day)
            if dossier_.standing(g[0], shelf, day) != "over"
        ]  # fmt: skip
        if predicate in _ONE_HOLDER and way == "to":
            now = set(coverage.holders([g[0] for g in same], day))
            same = [g for g in same if g[0] in now]
        if way == "to" and predicate == "leads":
            same = [g for g in same if g[0].subject not in leading]
        leading |= {g[0].subject for g in same}
        if same:
            lines = [dossier_.line(g, found.id, shelf, found.sources, day) for g in same[:ITEMS_MOST]]
            yield Row(dossier_.heading_of(predicate, way != "to", shelf), tuple(lines), len(same) - len(lines))


def _claims(found: Dossier, way: Way) -> Sequence[Claim]:
    return {"from": found.own, "to": found.towards, "both": (*found.own, *found.towards)}[way]
