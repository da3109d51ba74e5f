"""`backstory chain`: the few earlier events that explain a focus, in order, with why each is there."""

from __future__ import annotations

import click

from graph.cli import options
from graph.cli.views.chain import show
from graph.exports.chains import FORMATS
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("focus", nargs=-1, required=True)
@options.data
@options.layers
@options.clocks
@click.option("--events", type=click.IntRange(1, 12), default=7, show_default=True, help="How many events at most.")
@click.option("--window-days", type=click.IntRange(1), help="Look back no further than this.")
@click.option("--pin", "pins", multiple=True, help="An event that must be in (repeatable).")
@click.option("--drop", "drops", multiple=True, help="An event that must stay out (repeatable).")
@options.formats("table", *FORMATS)
def command(
    kg: KnowledgeGraph,
    focus: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    events: int,
    window_days: int | None,
    pins: tuple[str, ...],
    drops: tuple[str, ...],
    form: str,
) -> None:
    """Show how FOCUS came about: an event, an entity, a story, a day, or two entities as a pair."""
    chain = kg.chain(
        *focus, as_of=as_of, known_at=known_at, events=events, window_days=window_days, pins=pins, drops=drops
    )
    show(chain, kg.store, form)
