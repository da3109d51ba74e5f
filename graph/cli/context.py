"""`backstory context`: a paragraph of background in which every sentence is cited."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import options, visible
from graph.knowledge import KnowledgeGraph
from graph.tell.render import FORMATS


@click.command()
@click.argument("focus", nargs=-1, required=True)
@options.data
@options.layers
@options.clocks
@click.option("--words", type=click.IntRange(20, 1000), default=150, show_default=True, help="Length, within 8 %.")
@click.option("--events", type=click.IntRange(1, 12), help="How many events to choose from (default: by length).")
@click.option("--audience", type=click.Choice(["lay", "informed", "expert"]), default="informed", show_default=True)
@click.option("--style", type=click.Choice(["ap", "plain"]), default="ap", show_default=True, help="Date style.")
@click.option("--at-most", is_flag=True, help="A shorter text will do when the claims carry no more.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File (default: stdout).")
def command(
    kg: KnowledgeGraph,
    focus: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    words: int,
    events: int | None,
    audience: str,
    style: str,
    at_most: bool,
    form: str,
    output: Path | None,
) -> None:
    """Write how FOCUS came about in so many words; exit 3 when the graph knows too little."""
    paragraph = kg.context(
        *focus, as_of=as_of, known_at=known_at, events=events, words=words, audience=audience, style=style,
        at_most=at_most,
    )  # fmt: skip
    told = FORMATS[form](paragraph)
    if output is None:
        click.echo(visible(told), nl=False)
        return
    with options.written(output) as file:
        file.write(told.encode())
