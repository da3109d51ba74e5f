"""`backstory build`: write, or check, everything derived from the ontology and the claim files."""

from __future__ import annotations

from pathlib import Path

import click

from graph import build, cache, model
from graph.cli import options
from graph.errors import Incomplete
from graph.store import Store


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 naming what is stale.")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The repository.")
@click.option("--fresh", is_flag=True, help="Only build the cache of the Turtle files again, from nothing.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), envvar="BACKSTORY_DATA", help="Folder for --fresh."
)
def command(check: bool, root: Path, fresh: bool, data: Path | None) -> None:
    """Derive terms, ontology, shapes, documentation and manifest; or, with --fresh, the cache."""
    if fresh:
        folder = data or root / "data" / "triples"
        cache.forget(folder)
        click.echo(Store.open(folder, progress=options.report).directory)
        return
    changed = build.stale(model.load(), root) if check else build.write(model.load(), root)
    for path in changed:
        click.echo(path)
    if check and changed:
        raise Incomplete(f"{len(changed)} derived files are stale", expected="run backstory build and commit")
    click.echo("nothing to do" if not changed else f"{len(changed)} written", err=True)
