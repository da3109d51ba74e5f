"""`backstory timeline`: the dated events about a focus that count most, in order."""

from __future__ import annotations

import click

from graph.cli import options
from graph.cli.views.chain import show
from graph.exports.chains import FORMATS
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("focus", nargs=-1, required=True)
@options.data
@options.clocks
@click.option("--events", type=click.IntRange(1, 500), default=30, show_default=True, help="How many events at most.")
@click.option("--window-days", type=click.IntRange(1), help="Look back no further than this.")
@options.formats("table", *FORMATS)
def command(
    kg: KnowledgeGraph,
    focus: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    events: int,
    window_days: int | None,
    form: str,
) -> None:
    """List the dated events about FOCUS: an event, an entity, a story, a day, or two entities as a pair."""
    found = kg.timeline(*focus, as_of=as_of, known_at=known_at, events=events, window_days=window_days)
    show(found, kg.store, form)
