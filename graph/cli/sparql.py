"""`backstory sparql`: run a query file over every claim."""

from __future__ import annotations

import sys
from typing import TextIO

import click

from graph.cli import options
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@options.data
@click.option(
    "--seconds", type=click.FloatRange(0.1, 600), default=30.0, show_default=True, help="Stop after this long."
)
@options.formats("table", "json", "csv", "xml", "tsv", "turtle", "ntriples", "jsonld", "rdfxml")
def command(file: TextIO, kg: KnowledgeGraph, seconds: float, form: str) -> None:
    """Run the SPARQL query in FILE (- for standard input); nothing can be changed and nothing is fetched."""
    from graph.serve import local

    query = file.read()
    if form == "table":
        columns, rows = local.as_table(kg.store, query, seconds=seconds)
        options.print_table(columns, rows)
    else:
        sys.stdout.buffer.write(local.as_bytes(kg.store, query, form, seconds=seconds))
