"""`backstory between`: how a relationship went, as a chart on the terminal."""

from __future__ import annotations

from dataclasses import asdict

import click

from graph.cli import options
from graph.cli.views.course import show
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("one")
@click.argument("other")
@options.data
@click.option("--from", "first", type=options.DayType(), help="Only from this day on.")
@click.option("--to", "last", type=options.DayType(), help="Only up to this day.")
@options.formats("table", "json")
def command(kg: KnowledgeGraph, one: str, other: str, first: int | None, last: int | None, form: str) -> None:
    """Chart how ONE and OTHER got on: events by month or year, friendly or hostile, and where the tone turned."""
    found = kg.relationship(one, other, first, last)
    if form == "json":
        options.print_json(asdict(found))
    else:
        show(found, kg.store)
