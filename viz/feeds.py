"""What machines fetch: an Atom feed a story, and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from graph import marks
from graph import when as when_
from graph.when import Clocks
from viz import dossier
from viz.paths import part
from viz.setting import NOT_THERE, Setting

ENTRIES_MOST = 50


def feeds(setting: Setting) -> dict[str, str]:
    """An Atom feed for each story by path, its newest events first."""
    return {feed_path(s.id): _feed(s.id, s.name, setting) for s in setting.shelf.entities("Story")}


def feed_path(story: str) -> str:
    """Where the feed of a story is: `feeds/azerbaijan-russia-2025.xml`."""
    return f"feeds/{part(story)}.xml"


def _feed(story: str, name: str, setting: Setting) -> str:
    shelf, base = setting.shelf, setting.base
    dated = []
    for claim in shelf.claims(object=story, predicate="inStory"):
        when = dossier.when_of(claim.subject, shelf)
        if when and when[0] <= setting.as_of:
            dated.append((when[0], claim.subject))
    rows = sorted(dated, key=lambda r: (-r[0], r[1]))[:ENTRIES_MOST]
    entries = []
    for day, event in rows:
        address = base + setting.to(event).removesuffix("index.html")
        view = shelf.event(event, clocks=Clocks(setting.as_of))
        summary = view.value("summary")
        entries.append(
            f"<entry><id>{escape(address)}</id><title>{escape(view.name)}</title>"
            f'<updated>{when_.iso(day)}T00:00:00Z</updated><link href="{escape(address)}"/>'
            f"<summary>{escape(summary)}</summary></entry>"
        )
    updated = when_.iso(rows[0][0]) if rows else when_.iso(setting.as_of)
    here = escape(base + feed_path(story))
    page = escape(base + setting.to(story).removesuffix("index.html"))
    return marks.controls(
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f'<id>{here}</id><title>{escape(name)}</title><link rel="self" href="{here}"/><link href="{page}"/>'
        f"<updated>{updated}T00:00:00Z</updated><author><name>Backstory</name></author>{''.join(entries)}</feed>\n"
    )


def sitemap(paths: Iterable[str], base: str) -> str:
    """The sitemap of every page but the one for what is not there."""
    urls = "".join(
        f"<url><loc>{escape(base + p.removesuffix('index.html'))}</loc></url>"
        for p in sorted(paths)
        if p.endswith(".html") and p != NOT_THERE
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    )
