"""`backstory bulk`: the layers of claims that imports of event sources fill."""

from __future__ import annotations

from pathlib import Path

import click

from graph import model as model_
from graph.add import layers
from graph.bulk import manifest, place, text
from graph.bulk.layer import Layer
from graph.cli import options, visible

_PATH = click.Path(path_type=Path)
_LAYER = click.argument("layer")
Command = options.Command


@click.group()
def command() -> None:
    """List, check, export and load bulk layers; `backstory import` fills them.

    They are folders below $BACKSTORY_BULK, or in the user's data directory.
    """


def chosen(function: Command) -> Command:
    """`--about`, `--from` and `--to`: which events of a layer are meant."""
    for option in (
        click.option("--to", "last", type=options.DayType(), help="No event after this day."),
        click.option("--from", "first", type=options.DayType(), help="No event before this day."),
        click.option(
            "--about", multiple=True, metavar="NAME", help="Only events in which NAME takes part (repeatable)."
        ),
    ):
        function = option(function)
    return function


@command.command("list")
@options.formats("table", "json")
def list_(form: str) -> None:
    """List the layers, their editions and sizes."""
    rows = [layers.described(manifest.read(name)) for name in place.names()]
    if form == "json":
        options.print_json(rows)
    else:
        options.print_table(("layer", "source", "editions", "records", "claims", "days", "MiB"), rows)


@command.command()
@_LAYER
def verify(layer: str) -> None:
    """Read every byte of LAYER and compare it with what was written; exit 4 when it differs."""
    found = manifest.read(layer)
    manifest.check(found, whole=True)
    click.echo(f"{layer}: {sum(len(e.files) for e in found.editions)} files are as they were written", err=True)


@command.command()
@_LAYER
@chosen
@click.option("--format", "form", type=click.Choice(text.FORMATS), default="turtle", show_default=True)
@click.option("--output", "-o", type=_PATH, default="-", help="File (default: stdout).")
def export(layer: str, about: tuple[str, ...], first: int | None, last: int | None, form: str, output: Path) -> None:
    """Write LAYER, or some of its events, as RDF with all citations."""
    found = Layer.open(layer)
    selection = text.Selection(layers.things(found, about), first, last)
    with options.written(output) as file:
        count = text.write(found, selection, model_.load(), file, form)
    click.echo(f"{count:,} claims", err=True)


@command.command()
@_LAYER
@chosen
@click.option("--into", type=_PATH, required=True, help="Folder of Turtle files.")
@click.option("--all", "everything", is_flag=True, help=f"Even if it is more than {layers.MOST_LOADED:,} claims.")
def load(layer: str, about: tuple[str, ...], first: int | None, last: int | None, into: Path, everything: bool) -> None:
    """Load LAYER, or some of its events, into the store of a folder: as the file LAYER.ttl in it."""
    found = Layer.open(layer)
    selection = text.Selection(layers.things(found, about), first, last)
    count = layers.load(found, selection, into, everything=everything)
    click.echo(f"{into / layer}.ttl: {count:,} claims", err=True)


@command.command("names")
@_LAYER
@click.option("--own", is_flag=True, help="Only names that stand for nothing in the graph.")
@options.formats("table", "json")
def names_(layer: str, own: bool, form: str) -> None:
    """Show whom each name of LAYER was taken for, and why."""
    rows = [row for row in layers.names(Layer.open(layer)) if not own or row["is own"] == "yes"]
    if form == "json":
        options.print_json(rows)
    else:
        options.print_table(("name", "entity", "kind", "why"), rows)


@command.command()
@_LAYER
@click.confirmation_option(prompt="Remove the layer and all its editions?")
def forget(layer: str) -> None:
    """Remove LAYER from the disk."""
    layers.forget(layer)
    click.echo(visible(f"{layer}: removed"), err=True)
