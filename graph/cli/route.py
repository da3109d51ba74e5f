"""`backstory route`: how one event led to another."""

from __future__ import annotations

import click

from graph.cli import options
from graph.cli.views.chain import show
from graph.exports.chains import FORMATS
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("one")
@click.argument("other")
@options.data
@options.clocks
@options.formats("table", *FORMATS)
def command(kg: KnowledgeGraph, one: str, other: str, as_of: int | None, known_at: int | None, form: str) -> None:
    """Show how the earlier of two events led to the later: the path whose weakest link is strongest."""
    show(kg.route(one, other, as_of=as_of, known_at=known_at), kg.store, form)
