"""`backstory serve`: SPARQL, JSON API, a query page and a built site on this machine."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import click

from graph.cli import options
from graph.errors import InputError
from graph.knowledge import KnowledgeGraph


@click.command()
@options.data
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), help="A folder made by `site build`, served at /."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 picks a free one."
)
@click.option("--allow-host", "hosts", multiple=True, help="A host name to answer for, beside localhost (repeatable).")
def command(kg: KnowledgeGraph, site: Path | None, host: str, port: int, hosts: tuple[str, ...]) -> None:
    """Serve the graph until interrupted: queries only, nothing can be changed."""
    from graph.serve.app import LOCAL, application
    from graph.serve.http import listening, room, server
    from graph.serve.limits import LIMITS
    from graph.serve.local import workers_of

    if site is not None and not (site / "index.html").is_file():
        raise InputError("holds no site", where=str(site), expected="a folder made by `backstory site build`")
    socket = listening(host, port)
    limits = room(dataclasses.replace(LIMITS, workers=min(4, os.cpu_count() or 2)))
    workers = workers_of(kg.store, limits)
    if not workers.offline:
        click.echo(
            "warning: this system does not let query processes give up the network; only the gate keeps", err=True
        )
        click.echo("queries from other hosts", err=True)
    _warm(kg)
    app = application(kg, hosts=(*LOCAL, host, *hosts), limits=limits, pool=workers, site=site)
    click.echo(f"http://{host}:{socket.getsockname()[1]}/", err=True)
    server(app, host, port, limits).run(sockets=[socket])


def _warm(kg: KnowledgeGraph) -> None:
    """Open what the first question would otherwise wait for."""
    assert len(kg.index) >= 0
    assert kg.names.table.size
