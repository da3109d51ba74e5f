"""What a page shows, as values: things, relations, claims in words, and the sources behind them.

Every page kind is built from these, so the same relations appear in its picture, its table, its
CSV and its JSON-LD.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.when import END_OF_TIME, START_OF_TIME, Day, Held

Bounds = tuple[Day, Day, Day, Day]
"""Earliest and latest begin, earliest and latest end: closed days, as in `graph.when.When`."""

ALWAYS: Bounds = (START_OF_TIME, START_OF_TIME, END_OF_TIME, END_OF_TIME)


@dataclass(frozen=True, slots=True)
class Source:
    """One article in a page's numbered list of sources. Dates are in words, `day` for sorting.

    `title` is what it is called: its publisher and date when it has no title of its own (`titled`).
    """

    number: int
    article: str
    title: str
    url: str
    lang: str
    publisher: str
    published: str
    day: Day
    accessed: str = ""
    archived: str = ""
    origin: str = ""
    owner: str = ""
    titled: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a claim: the source's number and title line, and who says what in it."""

    source: Source
    quote: str = ""
    speaker: str = ""
    locator: str = ""
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in words, with its citations.

    `against` are the ids of claims on the same page that say otherwise; `voices` the number of
    independent owners behind it.
    """

    id: str
    text: str
    cited: tuple[Cited, ...]
    subject: str = ""
    predicate: str = ""
    when: str = ""
    contested: bool = False
    voices: int = 1
    against: tuple[str, ...] = ()
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something drawn: `rank` orders by importance on this page, 0 first; `size` is 1, 2 or 3.

    `exists` are the days on which it did; `step` its number in the chain, 0 when it has none;
    `date` and the coarser `short` say when it happened;
    `type` is its schema.org type; a `tier` of 2 waits until a reader asks for more;
    `side` is 1 or 2 when it belongs to the first or second party of the page, else 0, and `party`
    is true for those two themselves.
    """

    id: str
    name: str
    kind: str
    group: str
    rank: int
    size: int = 1
    exists: Bounds = ALWAYS
    date: str = ""
    short: str = ""
    step: int = 0
    side: int = 0
    party: bool = False
    aliases: tuple[str, ...] = ()
    type: str = ""
    tier: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of the picture and one row of the table: `subject` `label` `object`.

    `id` is the claim's; `time` its bounds (a role lasts from its event on); `chain` is true for
    the lines that join one step to another; `inverse` is the label read from the object's side;
    `against` are the claims that say otherwise, each with its words.
    """

    id: str
    subject: str
    predicate: str
    label: str
    object: str
    time: Bounds
    said: Said
    began: str = ""
    ended: str = ""
    iso_from: str = ""
    iso_to: str = ""
    chain: bool = False
    stated: bool = True
    inverse: str = ""
    against: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A picture and its table: things, the relations between them, and the days it covers.

    `left_out` counts the relations that are in the graph but not in this view.
    """

    things: tuple[Thing, ...]
    relations: tuple[Relation, ...]
    first: Day
    last: Day
    left_out: int = 0


def held(time: Bounds, day: Day) -> Held:
    """Whether a time covers a day: certain, possible or no. The same rule as `When.holds`."""
    if not time[0] <= day <= time[3]:
        return Held.NO
    return Held.CERTAIN if time[1] <= day <= time[2] else Held.POSSIBLE


def visible(view: View, day: Day, *, ended: bool = False) -> tuple[Relation, ...]:
    """The relations that hold on a day between things that exist on it; with `ended`, also past ones."""
    exists = {t.id: held(t.exists, day) is not Held.NO or (ended and t.exists[0] <= day) for t in view.things}
    return tuple(
        r
        for r in view.relations
        if (held(r.time, day) is not Held.NO or (ended and r.time[0] <= day)) and exists[r.subject] and exists[r.object]
    )
