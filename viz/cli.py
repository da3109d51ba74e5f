"""`backstory page`: a story as one self-contained HTML file, or a folder with its data beside it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from graph import when as when_
from graph.cli import options
from graph.errors import DiskError
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("focus", nargs=-1, required=True)
@options.data
@options.layers
@options.clocks
@click.option("--events", type=click.IntRange(1, 12), default=7, show_default=True, help="How many events at most.")
@click.option("--pin", "pins", multiple=True, help="An event that must be in (repeatable).")
@click.option("--drop", "drops", multiple=True, help="An event that must stay out (repeatable).")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="An .html file, or a folder.")
def page(
    kg: KnowledgeGraph,
    focus: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    events: int,
    pins: tuple[str, ...],
    drops: tuple[str, ...],
    out: Path,
) -> None:
    """Write how FOCUS came about as a page: picture, chain, sources and table, in one file."""
    from viz import story_page

    chain = kg.chain(*focus, as_of=as_of, known_at=known_at, events=events, pins=pins, drops=drops)
    today = when_.day(datetime.date.today().isoformat())
    for path in story_page.write(kg, chain, out, today=today):
        click.echo(path)


@click.group()
def site() -> None:
    """Build or preview the whole site."""


@site.command("build")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@options.data
@click.option("--as-of", type=options.DayType(), help="The day the pages stand for (default: today).")
@click.option("--base-url", default="https://backstory.example/", show_default=True, help="Where it will live.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
def build_site(kg: KnowledgeGraph, out: Path, as_of: int | None, base_url: str, jobs: int) -> None:
    """Write the site into OUT; unchanged pages are kept, the folder is swapped in whole."""
    from viz import site as site_

    made = site_.build(kg, out, as_of=as_of or site_.today(), base=base_url, jobs=jobs, progress=options.report)
    click.echo(f"{made.pages} pages, {made.written} files written, {made.kept} kept", err=True)
    click.echo(out / "index.html")


@site.command("serve")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=Path("data/triples"), envvar="BACKSTORY_DATA",
    show_default=True, help="Folder of Turtle files to watch.",
)  # fmt: skip
@click.option("--as-of", metavar="YYYY-MM-DD", help="The day the pages stand for (default: today).")
@click.option("--base-url", help="Where it will live.")
@click.option("--still", is_flag=True, help="Show FOLDER as it is: build nothing, watch nothing.")
def serve_site(folder: Path, port: int, data: Path, as_of: str | None, base_url: str | None, still: bool) -> None:
    """Show the site on this machine only, built in FOLDER again whenever a file of the data changes.

    Pages that are open in a browser load again after each build. A file that cannot be read is told,
    and the site stays as it was.
    """
    import threading

    from viz import preview, slots

    given = [part for name, value in (("--as-of", as_of), ("--base-url", base_url)) if value for part in (name, value)]
    stop = threading.Event()

    def again() -> None:
        preview.build(folder, ["--data", str(data), *given])

    with preview.server(folder, port) as server:
        if not still:
            again()
        if not (folder / slots.RECORD).exists():
            raise DiskError("no site here", where=str(folder), expected="a folder that `backstory site build` wrote")
        click.echo(f"http://127.0.0.1:{server.server_port}/", err=True)
        if not still:
            threading.Thread(target=preview.watch, args=(data, again, stop), daemon=True).start()
        try:
            server.serve_forever()
        finally:
            stop.set()
