"""`backstory stale`: which sentences of a saved paragraph rest on claims that have changed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graph.cli import options
from graph.cli.ask import answered, show
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("paragraph", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as-of", type=options.DayType(), help="The day it is to be printed for (default: the day it was for).")
@click.option("--known-at", type=options.DayType(), help="Only what had been published by this day (default: all).")
@answered
def command(
    kg: KnowledgeGraph, paragraph: Path, as_of: int | None, known_at: int | None, form: str, limit: int, output: Path
) -> None:
    """Name each sentence of PARAGRAPH (saved by `context --format json`) whose claims changed; exit 1 when any did."""
    found = kg.stale(paragraph, as_of=as_of, known_at=known_at)
    show(found, form, limit, output)
    sys.exit(1 if found else 0)
