"""`backstory export`: claims in another format."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import options
from graph.exports import FORMATS, extract, writer
from graph.knowledge import KnowledgeGraph
from graph.when import Clocks


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.argument("names", nargs=-1)
@options.data
@click.option("--known-at", type=options.DayType(), help="Only what had been published by this day.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default="-", help="File (default: stdout)."
)
def command(form: str, names: tuple[str, ...], kg: KnowledgeGraph, known_at: int | None, output: Path) -> None:
    """Write all claims, or those around NAMES, in FORMAT."""
    clocks = Clocks(known_at=known_at)
    ids = [kg.find(name).id for name in names]
    found = extract.about(kg.store, ids, clocks) if ids else extract.everything(kg.store, clocks)
    with options.written(output) as file:
        writer(form)(found, file)
    loses = FORMATS[form].loses
    click.echo(f"{len(found.claims)} claims" + (f"; {form} does not carry {loses}" if loses else ""), err=True)
