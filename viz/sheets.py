"""Every page about one thing, as a path, what it depends on beside what it reads, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from viz import (
    article_page,
    entity_page,
    event_page,
    everything,
    feeds,
    front,
    lists,
    pair_page,
    previews,
    region_page,
    site_chains,
    story_page,
    tables,
)
from viz import search as site_search
from viz import story as story_
from viz.cards import Card
from viz.setting import Setting, common
from viz.story import Story

STAYS: Final = "as it was"
"""What decides the page of a chain that stays as it was: it is not found again to write that out."""
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be made: its path, its kind, whom it is about, and what else decides what is on it.

    Without a path: the several files of a kind that rests on the whole graph.
    """

    path: str
    kind: str
    names: tuple[str, ...]
    extra: str = ""

    @property
    def is_card(self) -> bool:
        """Whether it is a picture of a page, `entity card` and its like."""
        return self.kind.endswith(" card")


def every(setting: Setting) -> list[Sheet]:
    """Every page about a thing, an article, a chain or a pair; the dearest first, so no worker idles at the end."""
    shelf = setting.shelf
    courses = repr((list(setting.chains), list(setting.pairs.items()), setting.index.content))
    found = [
        Sheet("", kind, (), f"{kind} {shelf.catalogue} {courses if kind in _WITH_COURSES else ''}") for kind in WHOLE
    ]
    found += [Sheet(setting.how(n), "chain", (n,), setting.chains.courses.get(n, STAYS)) for n in setting.chains]
    found += [Sheet(setting.pair(*p), "pair", p, setting.between.courses.get(p, STAYS)) for p in setting.between]
    paired = {name for pair in setting.pairs for name in pair}
    for name, thing in sorted(shelf.things.items()):
        if thing.kind == "Story":
            continue
        kind = "event" if shelf.model.is_event(thing.kind) else "entity"
        if thing.kind == "Region":
            partners = [f"{p}:{n}" for p, n in region_page.pairs(name, setting)]
        else:
            partners = [f"{p}:{n}" for p, n in setting.pairs.items() if name in p] if name in paired else []
        found.append(Sheet(setting.to(name), kind, (name,), f"{setting.how(name)} {partners}"))
    found += [Sheet(setting.to(name), "article", (name,)) for name in sorted(shelf.papers)]
    return found


def card_of(page: Sheet) -> Sheet:
    """The picture of its own that a page may have."""
    return Sheet(previews.path_of(page.path), f"{page.kind} card", page.names, page.extra)


def has_card(page: Sheet, setting: Setting) -> bool:
    """Whether a page has a picture of its own."""
    if page.kind in ("entity", "event"):
        return previews.has_own(page.names[0], setting)
    return page.kind in ("chain", "pair")


def settled(sheet: Sheet, setting: Setting) -> Sheet:
    """The sheet with what decides it written out, where that was left as it was."""
    if sheet.extra != STAYS:
        return sheet
    of_pair = len(sheet.names) == 2
    chain = setting.between[sheet.names[0], sheet.names[1]] if of_pair else setting.chains[sheet.names[0]]
    return replace(sheet, extra=site_chains.course(chain, setting))


def card(sheet: Sheet, setting: Setting) -> Card:
    """What the picture of a sheet says."""
    name = sheet.names[0]
    if sheet.kind == "chain card":
        return previews.of_steps(setting.chains[name], setting)
    if sheet.kind == "pair card":
        one, other = sheet.names
        return previews.of_steps(setting.between[one, other], setting)
    return previews.thing(name, setting)


def render(sheet: Sheet, setting: Setting) -> str:
    """The page as HTML."""
    name = sheet.names[0]
    if sheet.kind == "entity":
        return entity_page.html(name, setting)
    if sheet.kind == "event":
        return event_page.html(name, setting)
    if sheet.kind == "article":
        return article_page.html(name, setting)
    if sheet.kind == "pair":
        one, other = sheet.names
        return pair_page.html(one, other, setting.between[one, other], setting)
    return _chain_html(name, setting)


def _chain_html(name: str, setting: Setting) -> str:
    found = story_of(name, setting)
    feed = feeds.feed_path(name) if setting.shelf.things[name].kind == "Story" else ""
    path = setting.how(name)
    preview = previews.of_chain(setting.chains[name], path, setting)
    return story_page.html(found, common=common(setting, path, scripts=True, preview=preview), feed=feed)


def story_of(name: str, setting: Setting) -> Story:
    """The story of a chain that has a page; one that the front page shows too is told once."""

    def told() -> Story:
        return story_.of(setting.kg, setting.chains[name], today=setting.as_of)

    shelf = setting.shelf
    return shelf.kept(("story", name), told) if shelf.things[name].kind == "Story" else told()


def stories(setting: Setting) -> list[tuple[str, Story]]:
    """The recorded stories that have a chain, which counts as read with them."""
    found = [s.id for s in setting.shelf.entities("Story") if s.id in setting.chains]
    for name in found:
        setting.shelf.note(site_chains.read((name,), setting)[1])
    return [(name, story_of(name, setting)) for name in found]


# What rests on the whole graph: kind, and what gives its files by path. The dearest first, so that nobody waits for
# them at the end; the front page last, beside the pages of the stories that it tells.
WHOLE: Final[Mapping[str, Callable[[Setting], Mapping[str, str]]]] = {
    "everything": lambda setting: everything.files(everything.everything(setting), setting),
    "claims": tables.claims,
    "search": site_search.files,
    "table": tables.files,
    "sources": lists.sources,
    "map": lists.world,
    "missing": lists.missing,
    "years": lists.years,
    "corrections": lists.corrections,
    "searching": lambda setting: lists.search(setting) | lists.nothing(setting),
    "feeds": feeds.feeds,
    "events file": tables.events,
    "leaders file": tables.leaders,
    "sources file": tables.sources,
    "front": lambda setting: front.files(setting, stories(setting)),
}
_WITH_COURSES: Final = ("front", "search")


def files(sheet: Sheet, setting: Setting) -> dict[str, bytes]:
    """The files of a kind that rests on the whole graph, by path."""
    return {path: text.encode() for path, text in WHOLE[sheet.kind](setting).items()}


def closing(setting: Setting, paths: Sequence[str]) -> dict[str, str]:
    """What tells of the whole build: the about page and the note to robots."""
    return {
        **lists.about(setting, numbers(setting, [*paths, lists.ABOUT])),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {setting.base}sitemap.xml\n",
    }


def numbers(setting: Setting, paths: Sequence[str]) -> Mapping[str, object]:
    """What the about page tells of this build."""
    shelf = setting.shelf
    return {
        "pages": f"{sum(p.endswith('.html') for p in paths):,}",
        "claims": f"{len(shelf.said):,}",
        "articles": f"{len(shelf.papers):,}",
        "things": f"{len(shelf.things):,}",
        "chains": f"{len(setting.chains):,}",
        "pairs": f"{len(setting.pairs):,}",
        "version": shelf.fingerprint[:12],
    }
