"""`backstory without`: what falls when a source is dropped."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graph.cli import options
from graph.cli.ask import answered, show
from graph.knowledge import KnowledgeGraph
from graph.watch.without import FALLS


@click.command()
@click.argument("source")
@click.argument("focus", nargs=-1)
@options.clocks
@click.option("--words", type=click.IntRange(20, 1000), default=150, show_default=True, help="Length of the paragraph.")
@answered
def command(
    kg: KnowledgeGraph,
    source: str,
    focus: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    words: int,
    form: str,
    limit: int,
    output: Path,
) -> None:
    """Show what falls without SOURCE: an article (id or address), publisher, agency or owner.

    With FOCUS only of its chain, and which sentences of its paragraph fall. Exit 1 when anything falls.
    """
    found = kg.without(source, *focus, as_of=as_of, known_at=known_at, words=words)
    show(found, form, limit, output)
    sys.exit(1 if any(row.becomes == FALLS for row in found) else 0)
