"""`backstory search`: everything a few words may mean, best first."""

from __future__ import annotations

from dataclasses import asdict

import click

from graph.cli import options
from graph.errors import UnknownName
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.data
@options.layers
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many at most.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind, such as Country or Event (repeatable).")
@options.formats("table", "json")
def command(kg: KnowledgeGraph, words: tuple[str, ...], limit: int, kinds: tuple[str, ...], form: str) -> None:
    """Search for WORDS among names, aliases, offices and events; exit 2 when nothing is found."""
    text = " ".join(words)
    found = kg.names.find(text, limit, [kg.model.kind(kind).name for kind in kinds])
    if form == "json":
        options.print_json([{k: v for k, v in asdict(m).items() if k != "alternatives"} for m in found])
    elif found:
        rows = [asdict(m) | {"score": f"{m.score:.2f}"} for m in found]
        options.print_table(("score", "name", "kind", "id", "reason"), rows)
    if not found:
        raise UnknownName(text)
