"""The page of two entities: how warm or cool it was between them, where it turned, and the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.chains.chain import Chain
from graph.index.index import Index
from graph.questions import network, relationship
from graph.store import Store
from graph.when import Clocks, Day
from viz import dates, previews, story_page, timeline, trajectory, words
from viz import story as story_
from viz.setting import Setting, common
from viz.trajectory import Trajectory

EVENTS_LEAST: Final = 5
_KINDS: Final = ("Country", "Alliance")


@dataclass(frozen=True, slots=True)
class Extreme:
    """An event that stands out between two: why, its path, name and date."""

    label: str
    path: str
    name: str
    date: str


def pairs(index: Index, store: Store, as_of: Day) -> dict[tuple[str, str], int]:
    """The pairs of countries and alliances that share enough events for a page, most first, with how many."""
    found = {}
    for tie in network.ties(index, as_of=as_of, countries_only=False):
        kinds = [store.entity(e).kind for e in (tie.one, tie.other)]
        if tie.events >= EVENTS_LEAST and all(any(store.model.is_a(k, w) for w in _KINDS) for k in kinds):
            found[tie.one, tie.other] = tie.events
    return found


def html(one: str, other: str, found: Chain, setting: Setting) -> str:
    """The page of a pair."""
    shelf, index, day = setting.shelf, setting.index, setting.as_of
    story = story_.of(setting.kg, found, today=day)
    course = trajectory.whole(one, other, index, shelf, Clocks(day), day)
    path = setting.pair(one, other)
    return story_page.html(
        story,
        template="pair.html",
        common=common(setting, path, scripts=True, preview=previews.of_chain(found, path, setting)),
        names=[(words.name(n, shelf), setting.to(n)) for n in (one, other)],
        course=course,
        course_chart=timeline.chart(course) if course else "",
        turns=list(_turns(course, setting)),
        extremes=list(_extremes(one, other, setting)),
    )


def _turns(course: Trajectory | None, setting: Setting) -> Iterator[tuple[str, str, str, str]]:
    """The turning points in words: date, path and name of the event, what changed."""
    for turn in course.turns if course else ():
        way = "warmer" if turn.after > turn.before else "cooler"
        change = f"{way}, from a mean of {signed(turn.before)} to {signed(turn.after)}"
        yield turn.date, setting.to(turn.event), turn.name, change


def signed(value: float) -> str:
    """A number with its sign, a true minus: `+1.2`, `−3.6`."""
    return f"{value:+.1f}".replace("-", "−")


def _extremes(one: str, other: str, setting: Setting) -> Iterator[Extreme]:
    found = relationship.extremes(one, other, setting.index, last=setting.as_of)
    labels = (
        ("First recorded", found.first),
        ("Most hostile", found.most_hostile),
        ("Most friendly", found.most_friendly),
        ("Latest", found.last),
    )
    for label, event in labels:
        if event:
            view = setting.shelf.event(event, clocks=Clocks(setting.as_of))
            date = dates.when(view.when.text) if view.when else ""
            yield Extreme(label, setting.to(event), view.name, date)


def spark(course: Trajectory, *, last: int = 24) -> Iterable[tuple[float, float]]:
    """The last bars of a course as (warm, cool), for a small picture."""
    return [(bar.warm, -bar.cool) for bar in course.bars[-last:]]
