"""A story as one HTML file, or as a page of a site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from graph import when as when_
from graph.chains.chain import Chain
from graph.knowledge import KnowledgeGraph
from graph.when import Day
from viz import chain_layout, dates, linked, page, timeline
from viz import files as files_
from viz import stage as stage_
from viz import story as story_
from viz.layout import Drawing
from viz.stage import Stage
from viz.story import Story
from viz.templating import environment

CAPTION: Final = (
    "Numbers are the chain’s steps in order of time; distances grow with the days between them, not in proportion. "
    "Red lines join the steps."
)


def drawings(story: Story) -> dict[str, Drawing]:
    """The story's picture for wide and for narrow screens."""
    days = {step.event: step.day for step in story.steps}
    return {"wide": chain_layout.wide(story.view, days), "tall": chain_layout.tall(story.view)}


def stage(story: Story, *, root: str = "") -> Stage:
    """The stage of a story; `root` leads to a site's front, so that the panel can link to pages."""
    told = story.told
    copies = {"text": told.text, "markdown": told.markdown, "html": told.html} if told else {}
    return stage_.stage(
        story.view,
        drawings(story),
        name=story.id,
        label=f"The chain as a picture: {story.title}",
        described=describe(story),
        caption=CAPTION,
        days=[s.day for s in story.steps],
        extra={"copies": copies, "root": root},
    )


def html(
    story: Story,
    *,
    common: dict[str, Any] | None = None,
    files: Sequence[tuple[str, str]] = (),
    template: str = "story.html",
    **more: Any,
) -> str:
    """The page as HTML, self-contained unless `common` brings a site's assets; `files` are (name, label) beside it."""
    shared = common or {"assets": page.inline(text=_text(story)), "site": None, "canonical": ""}
    return (
        environment()
        .get_template(template)
        .render(
            **{
                "story": story,
                "described": story.standfirst[0] or describe(story),
                "standfirst": standfirst(story),
                "first": _since(story),
                "known_at": dates.day(story.known_at) if story.known_at is not None else "",
                "chart": timeline.chart(story.behind.trajectory) if story.behind and story.behind.trajectory else "",
                "files": files,
                "claim_count": claim_count(story),
                "stage": stage(story, root=shared["assets"].root or ""),
                "linked": linked_data(story),
                **shared,
                "as_of": dates.day(story.as_of),
                **more,
            }
        )
    )


def _since(story: Story) -> str:
    """When the first step was: its day, or its year where the day is not known."""
    day = dates.day(story.first)
    return day if story.steps[0].date == day else str(when_.civil(story.first)[0])


def _text(story: Story) -> str:
    """What is set in the page's own fonts, as far as its letters matter."""
    names = (t.name for t in story.view.things)
    return " ".join((story.title, story.kicker, *names))


def write(kg: KnowledgeGraph, chain: Chain, out: Path, *, today: Day) -> tuple[Path, ...]:
    """Write a chain's page; the paths written.

    To an .html path goes one self-contained file; to a folder, index.html with its CSV and JSON-LD
    beside it. Raises DiskError when it cannot be written.
    """
    story = story_.of(kg, chain, today=today)
    if out.suffix == ".html":
        return (files_.write(out, html(story)),)
    data = json.dumps(linked_data(story), ensure_ascii=False, indent=1, sort_keys=True)
    beside = ((f"{story.id}.csv", "CSV", linked.table(story.view)), (f"{story.id}.jsonld", "JSON-LD", data))
    text = html(story, files=[(name, label) for name, label, _ in beside])
    return (
        files_.write(out / "index.html", text),
        *(files_.write(out / name, content) for name, _, content in beside),
    )


def linked_data(story: Story) -> dict[str, object]:
    """The story's JSON-LD."""
    return linked.json_ld(story.view, story.sources, title=story.title, as_of=when_.iso(story.as_of))


def describe(story: Story) -> str:
    """The picture in words, for whoever cannot see it."""
    told = "; ".join(f"{s.number}, {s.date}: {s.name}" for s in story.steps)
    return f"{len(story.steps)} events in order of time: {told}."


def standfirst(story: Story) -> str:
    """How many events, over how long."""
    if len(story.steps) == 1:
        return f"One event, {story.steps[0].date}"
    return counted([s.day for s in story.steps])


def counted(days: Sequence[Day]) -> str:
    """How many events there are on days in order, and when: `Seven events, December 2024 to July 2025`."""
    return f"{_number(len(days))} events, {dates.months(days[0], days[-1])}"


_WORDS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)


def claim_count(story: Story) -> int:
    """How many different claims the page rests on."""
    relations = {r.id for r in story.view.relations if r.stated}
    facts = {f.id for s in story.steps for f in s.facts}
    return len(relations | facts)
