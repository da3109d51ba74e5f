"""Pictures of every kind of page, wide and narrow, light and dark, and the page of the documentation that shows them.

Run: python -m tests.viz.screens [--site OUT]
Without a built site one is made in out/site, which takes a few minutes the first time. Written are
docs/screens/*.webp and docs/screens.md.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from tests.viz.chromium import DRAWING, FLAGS, PHONE, WIDE, launched
from viz import site as site_

ROOT: Final = Path(__file__).resolve().parents[2]
SHOWN: Final = ROOT / "docs" / "screens"
DAY: Final = "2026-11-01"
QUALITY: Final = 55
FORMS: Final[dict[str, dict[str, Any]]] = {"wide": WIDE, "phone": PHONE}
SCHEMES: Final = ("light", "dark")
INTRODUCTION: Final = """# Every page in pictures

One page of each kind, as of November 1, 2026, at 1280 by 900 pixels and on a phone of 390 by 844.
`python -m tests.viz.screens` builds the site, takes every picture again and writes this page.
In the dark scheme the pictures here are dark too.
[How pages look and why](design.md) says what the shapes and lines mean.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of page: its name, the path of one on the site, and what a reader finds there.

    `draw` is the button that draws its picture, where a reader has to ask for it.
    """

    kind: str
    path: str
    says: str
    draw: str = ""


PAGES: Final = (
    Shown(
        "front", "index.html", "The stories with their pictures, what is new, what to ask and where relations moved."
    ),
    Shown(
        "story",
        "story/azerbaijan-russia-2025/index.html",
        "A recorded story: the chain as picture and list, told and sourced.",
    ),
    Shown("chain", "how/yekaterinburg-raids-2025/index.html", "How one event came about, step by step."),
    Shown("chain of a country", "how/azerbaijan/index.html", "The events that count most for a country."),
    Shown(
        "pair",
        "pair/azerbaijan--russia/index.html",
        "Two countries: warmer and cooler, where it turned, the chain between them.",
    ),
    Shown("event", "e/azal-crash-2024/index.html", "Where sources differ, who took part, what came before and after."),
    Shown("country", "e/azerbaijan/index.html", "Who leads it, where it is, what it belongs to, what happened."),
    Shown("person", "e/ilham-aliyev/index.html", "Posts, events and ties of somebody in office."),
    Shown("city", "e/yekaterinburg-ru/index.html", "Where it is and what happened there."),
    Shown("organization", "e/unesco/index.html", "A body with its listed members."),
    Shown("alliance", "e/nato/index.html", "Members on the day and over time."),
    Shown("region", "e/europe/index.html", "Its part of the map and its countries with their heads."),
    Shown("territory", "e/hong-kong/index.html", "Who administers it and what lies in it."),
    Shown("office", "e/president-of-switzerland/index.html", "Who holds it and who held it."),
    Shown("agreement", "e/trilateral-memorandum-2022/index.html", "Its parties and its signing."),
    Shown("source", "e/tass/index.html", "Whose an outlet is and which of its articles are cited."),
    Shown(
        "article",
        "a/article-313de839de4c9588/index.html",
        "What an article says, claim by claim, and who else says so.",
    ),
    Shown("year", "when/2025/index.html", "The dated events of a year."),
    Shown("years", "years/index.html", "How many events each year has."),
    Shown("map", "map/index.html", "Countries, and where events happened."),
    Shown(
        "everything",
        "all/index.html",
        "Every thing of the graph on one map, here drawn by the processor.",
        draw="#draw",
    ),
    Shown("table", "table/index.html", "Events and leaders as tables, all claims as files."),
    Shown("sources", "sources/index.html", "Every publisher with its owner, articles and citations."),
    Shown("search", "search/index.html", "Find a name, also in other letters or misspelt."),
    Shown("about", "about/index.html", "How chains and sentences are made."),
    Shown("corrections", "corrections/index.html", "What was corrected, and what stands in its place."),
    Shown("missing", "missing/index.html", "What a reader would look for and the graph does not hold."),
    Shown("not found", "404.html", "What an address without a page shows."),
)


def name(kind: str, form: str, scheme: str) -> str:
    """The file name of a picture: `chain-of-a-country-phone-dark.webp`."""
    return f"{kind.replace(' ', '-')}-{form}-{scheme}.webp"


def pictures(browser: Browser, folder: Path, pages: Iterable[Shown]) -> Iterator[tuple[str, bytes]]:
    """Every picture of these pages by file name, as WebP."""
    for form, size in FORMS.items():
        for scheme in SCHEMES:
            context = browser.new_context(**size, color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            for shown in pages:
                page.goto((folder / shown.path).as_uri() + ("?software" if shown.draw else ""))
                if shown.draw:
                    page.locator(shown.draw).click()
                    page.locator("[data-drawn]").wait_for()
                    page.evaluate("scrollTo(0, 0)")
                page.evaluate("document.fonts.ready")
                out = io.BytesIO()
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                picture.save(out, "WEBP", quality=QUALITY, method=6)
                yield name(shown.kind, form, scheme), out.getvalue()
            context.close()


def gallery() -> str:
    """The page of the documentation: each kind with its pictures, those of the reader's scheme."""
    parts = [INTRODUCTION]
    for shown in PAGES:
        files = ((form, scheme, name(shown.kind, form, scheme)) for form in FORMS for scheme in SCHEMES)
        images = "\n".join(
            f"![{shown.kind}, {form}, {scheme}](screens/{file}#only-{scheme}){{ loading=lazy }}"
            for form, scheme, file in files
        )
        parts.append(f"## {shown.kind[:1].upper()}{shown.kind[1:]}\n\n{shown.says}\n\n{images}\n")
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site, instead of making one")
    folder = parser.parse_args().site
    if folder is None:
        folder = ROOT / "out" / "site"
        kg = KnowledgeGraph.open(ROOT / "data" / "triples")
        # The page for what is not there has its links from the top of the host, which here is this folder.
        site_.build(kg, folder, as_of=when_.day(DAY), base=f"{folder.resolve().as_uri()}/")
    SHOWN.mkdir(exist_ok=True)
    for old in SHOWN.glob("*.webp"):
        old.unlink()
    total = 0
    for flags, pages in ((FLAGS, [p for p in PAGES if not p.draw]), (DRAWING, [p for p in PAGES if p.draw])):
        with launched(flags) as browser:
            for file, content in pictures(browser, folder.resolve(), pages):
                (SHOWN / file).write_bytes(content)
                total += len(content)
    (ROOT / "docs" / "screens.md").write_text(gallery(), encoding="utf-8")
    print(f"{len(PAGES)} kinds of page, {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
