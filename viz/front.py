"""The front page: the stories with their pictures, what is new, what to ask, and where relations moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from graph.when import Clocks, Day, Held
from viz import chain_layout, dossier, feeds, poster, story_page, trajectory
from viz import strip as strip_
from viz.setting import Setting, common
from viz.story import Story
from viz.templating import environment

PATH: Final = "index.html"
LATEST_MOST: Final = 9
ASKED_EACH: Final = 6
PAIRS_MOST: Final = 8
EXAMPLES: Final = 4
_SPARK: Final = (120.0, 36.0)


@dataclass(frozen=True, slots=True)
class Feature:
    """A story on the front page: where it and its feed are, what it says, its pictures, and how new it is."""

    path: str
    feed: str
    kicker: str
    title: str
    standfirst: str
    sources: int
    latest: str
    events: int
    articles: int
    strip: Markup
    steps: tuple[tuple[str, str], ...]
    picture: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A relation in motion: its page, its two names, how many events, a spark line and what turned last."""

    path: str
    names: tuple[str, str]
    events: int
    spark: Markup
    turn: str


def files(setting: Setting, stories: Sequence[tuple[str, Story]]) -> dict[str, str]:
    """The front page, by its path; `stories` are recorded stories by id."""
    shelf = setting.shelf
    features = [feature(name, story, setting) for name, story in stories]
    order = sorted(range(len(features)), key=lambda i: -max(s.day for s in stories[i][1].steps))
    lead = order[:1]
    pictured = [_pictured(features[i], stories[i][1]) for i in lead]
    count = Counter(e.kind for e in shelf.things.values())
    text = environment().get_template("front.html").render(
        lead=pictured[0] if pictured else None,
        features=[features[i] for i in order if i not in lead],
        latest=latest(setting)[:LATEST_MOST],
        asked=_asked(setting),
        moved=_moved(setting),
        examples=_examples(setting),
        regions=_regions(setting),
        alliances=_alliances(setting),
        counts=[
            (len(shelf.said), "claims"), (len(shelf.papers), "articles and documents"), (count["Country"], "countries"),
            (count["Person"], "people"), (count["City"], "cities"), (len(latest(setting)), "dated events"),
        ],
        described="How did we get here? Dated, sourced chains of events behind the news.",
        linked={
            "@context": "https://schema.org/", "@type": "WebSite", "name": "Backstory", "url": setting.base,
            "description": "How did we get here? Dated, sourced chains of events behind the news.",
        },
        **common(setting, PATH, extra=("search.js",)),
    )  # fmt: skip
    return {PATH: text}


def feature(name: str, story: Story, setting: Setting) -> Feature:
    """A story as the front page shows it."""
    members = setting.shelf.claims(object=name, predicate="inStory")
    days = sorted((found for c in members if (found := dossier.when_of(c.subject, setting.shelf))), reverse=True)
    past = [d for d in days if d[0] <= setting.as_of]
    articles = {c.article for m in members for c in m.citations}
    return Feature(
        setting.to(name),
        feeds.feed_path(name),
        story.kicker,
        story.title,
        story.standfirst[0],
        len(story.standfirst[1]),
        past[0][1] if past else "",
        len(past),
        len(articles),
        strip_.strip(story.steps),
        tuple((s.date, s.name) for s in story.steps),
    )


def _pictured(found: Feature, story: Story) -> Feature:
    days = {s.event: s.day for s in story.steps}
    drawn = poster.svg(
        story.view, chain_layout.wide(story.view, days), name="lead", title=story.title,
        described=story_page.describe(story),
    )  # fmt: skip
    return replace(found, picture=drawn)


def latest(setting: Setting) -> list[tuple[Day, str, str, str]]:
    """Every dated event up to the day: (day, path, name, date in words), the newest first."""
    shelf = setting.shelf
    found = []
    for name in dict.fromkeys(c.subject for c in shelf.claims(predicate="happened")):
        when = dossier.when_of(name, shelf) if name in shelf.things else None
        if when and when[0] <= setting.as_of:
            found.append((when[0], setting.to(name), shelf.things[name].name, when[1]))
    return sorted(found, key=lambda r: (-r[0], r[1]))


def _asked(setting: Setting) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """For each story the events most written about that have a chain: story name, path, rows."""
    shelf = setting.shelf
    said = Counter({c.subject: len(c.citations) for c in shelf.claims(predicate="inStory")})
    found = []
    for story in shelf.entities("Story"):
        members = [c.subject for c in shelf.claims(object=story.id, predicate="inStory")]
        best = sorted((m for m in members if m in setting.chains), key=lambda m: (-said[m], m))[:ASKED_EACH]
        rows = []
        for event in best:
            when = dossier.when_of(event, shelf)
            rows.append((setting.how(event), shelf.things[event].name, when[1] if when else ""))
        if rows:
            found.append((story.name, setting.to(story.id), rows))
    return found


def _examples(setting: Setting) -> list[tuple[str, str]]:
    """What one could ask: for each story its most written-about event, then pairs."""
    found = [rows[0][:2] for _, _, rows in _asked(setting)]
    for one, other in setting.pairs:
        if len(found) >= EXAMPLES:
            break
        found.append((setting.pair(one, other), " and ".join(setting.shelf.entity(e).name for e in (one, other))))
    return found


def _moved(setting: Setting) -> list[Moved]:
    """The pairs with most events, each with the course of its last two years with events."""
    found = []
    for pair, events in list(setting.pairs.items())[:PAIRS_MOST]:
        course = trajectory.whole(*pair, setting.index, setting.shelf, Clocks(setting.as_of), setting.as_of)
        if course is None:
            continue
        names = tuple(setting.shelf.entity(e).name for e in pair)
        turn = course.turns[-1] if course.turns else None
        told = f"{'Warmer' if turn.after > turn.before else 'Cooler'} since {turn.date}" if turn else ""
        found.append(Moved(setting.pair(*pair), (names[0], names[1]), events, spark(course), told))
    return found


def spark(course: trajectory.Trajectory) -> Markup:
    """A course as a few small bars without labels; what it shows is said beside it."""
    wide, high = _SPARK
    most = max(max(b.warm, -b.cool) for b in course.bars) or 1.0
    step = wide / len(course.bars)
    parts = []
    for at, bar in enumerate(course.bars):
        for tone, value in (("warm", bar.warm), ("cool", bar.cool)):
            tall = abs(value) / most * high / 2
            if tall:
                y = high / 2 - tall if tone == "warm" else high / 2
                size = f'x="{at * step:.1f}" y="{y:.1f}" width="{max(1.2, step - 0.6):.1f}" height="{tall:.1f}"'
                parts.append(f'<rect class="{tone}" {size}/>')
    return Markup(  # noqa: S704 (numbers only)
        f'<svg class="spark" preserveAspectRatio="none" viewBox="0 0 {wide:g} {high:g}" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">'
        f'<path class="axis" d="M0 {high / 2:g}H{wide:g}"/>{"".join(parts)}</svg>'
    )


def _regions(setting: Setting) -> list[tuple[str, str, int]]:
    """The regions that hold countries: path, name, how many."""
    shelf = setting.shelf
    found = []
    for region in shelf.entities("Region"):
        countries = [
            c.subject for c in shelf.claims(object=region.id, predicate="locatedIn")
            if shelf.things[c.subject].kind == "Country"
        ]  # fmt: skip
        if countries:
            found.append((setting.to(region.id), region.name, len(countries)))
    return sorted(found, key=lambda r: r[1])


def _alliances(setting: Setting) -> list[tuple[str, str, int]]:
    """The alliances with dated members: path, name, how many belong on the day, most first."""
    shelf = setting.shelf
    found = []
    for alliance in shelf.entities("Alliance"):
        members = {
            c.subject for c in shelf.claims(object=alliance.id, predicate="memberOf")
            if (c.time is None or c.time.holds(setting.as_of) is not Held.NO)
            and not dossier.gone(c.subject, shelf, setting.as_of)
        }  # fmt: skip
        if members:
            found.append((setting.to(alliance.id), alliance.name, len(members)))
    return sorted(found, key=lambda r: (-r[2], r[1]))
