"""`backstory import`: a file of a general format as Turtle, or files of an event source into a bulk layer."""

from __future__ import annotations

import datetime
from dataclasses import replace as replace_
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import model as model_
from graph import when as when_
from graph.add import general, incoming
from graph.claim import Article, Entity, article_id, slug
from graph.cli import options, visible
from graph.errors import Incomplete, RejectedInput
from graph.sources import registry
from graph.sources.guard import opening, output
from graph.sources.reading import begin

if TYPE_CHECKING:
    from graph.add import layers

_PATH = click.Path(path_type=Path)
_DATA = Path("data/triples")
_RECORDS = ("new", "changed", "known", "older", "gone", "unknown", "left", "rejected")


@click.command()
@click.argument("files", metavar="[SOURCE] FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--source", "form", metavar="NAME", help="Format or source (default: by ending or content).")
@click.option("--into", type=_PATH, help="Folder of Turtle files to write to; event sources need none.")
@click.option("--name", help="Name of the Turtle file (default: that of FILE) or of the layer (default: the source's).")
@click.option(
    "--data", type=_PATH, envvar="BACKSTORY_DATA", default=_DATA, show_default=True, help="Graph that names mean."
)
@click.option("--mapping", type=_PATH, help="YAML that says what the columns of a table mean.")
@click.option("--publisher", help="Who says what FILE does not cite.")
@click.option("--url", help="Where they say it, https://…")
@click.option("--published", help="When, YYYY[-MM[-DD]].")
@click.option("--title", default="", help="The title of what they say it in.")
@click.option("--licence", default="", help="The licence of FILE.")
@click.option("--base", default="", help="What relative IRIs are relative to.")
@click.option("--on", type=options.DayType(), help="The day of the import (default: today).")
@click.option("--rejects", type=_PATH, help="Where refused records go (default: beside what is written).")
@click.option("--keep-going", is_flag=True, help="Write the good records, exit 1 for the others.")
@click.option("--replace", is_flag=True, help="Withdraw what an earlier import of this name said and FILE does not.")
def command(
    files: tuple[Path, ...],
    form: str | None,
    into: Path | None,
    name: str | None,
    data: Path,
    mapping: Path | None,
    publisher: str | None,
    url: str | None,
    published: str | None,
    title: str,
    licence: str,
    base: str,
    on: int | None,
    rejects: Path | None,
    keep_going: bool,
    replace: bool,
) -> None:
    """Import FILE: RDF, CSV with --mapping or Wikidata JSON into a folder of Turtle files, or an event source.

    With --source factbook, factbook-history, reign or geonames, FILE is the folder of that source.

    SOURCE may be acled, cow-alliances, current-events, gdelt, icews, ucdp-ged or ucdp-prio; its files go
    into a bulk layer of that name, see `backstory bulk`.

    Exit codes: 0 written, or nothing new; 1 written without the rejected records (--keep-going);
    3 refused, nothing written; 4 store; 5 limit; 6 disk.
    """
    day = on if on is not None else when_.day(datetime.date.today().isoformat())
    source, files = _source(files, form, into)
    if source:
        from graph.add import layers  # brings numpy, which no other format needs

        layer = name or source.replace("_", "-")
        given = layers.Request(files[0], source, layer, model_.load(), day, data, replace, keep_going, rejects)
        _into_layer([replace_(given, path=f, progress=options.report) for f in files])
        return
    if into is None:
        raise click.UsageError("--into FOLDER says where to write")
    if len(files) > 1:
        raise click.UsageError("one FILE at a time into a folder of Turtle files")
    [file] = files
    target = into / f"{slug(name or file.name.partition('.')[0])}.ttl"
    output.check(target)
    entity, article = _said(publisher, url, published, title or file.name, licence, when_.iso(day))
    request = general.Request(
        file,
        form or general.form_of(file),
        into,
        model_.load(),
        when_.iso(day),
        entity,
        article,
        mapping,
        base,
        keep_going,
    )
    _finish(request, target, rejects or target.with_suffix(".rejects.csv"), licence, replace=replace)


def _source(files: tuple[Path, ...], form: str | None, into: Path | None) -> tuple[str, tuple[Path, ...]]:
    """The event source that is meant, empty for a general format, and the files."""
    first = str(files[0]).replace("-", "_")
    if form is None and len(files) > 1 and first in registry.STREAMED and not files[0].exists():
        form, files = first, files[1:]
    if form is not None and form.replace("-", "_") in registry.STREAMED:
        if into is not None:
            raise click.UsageError("an event source goes into a layer; `backstory bulk load` takes it from there")
        return form.replace("-", "_"), files
    if form is not None and form not in general.READERS:
        known = (*sorted(general.READERS), *registry.STREAMED)
        raise click.UsageError(f"{form!r} is none of {', '.join(known)}")
    return (_recognised(files[0]) if form is None and into is None else ""), files


def _recognised(file: Path) -> str:
    """The event source that a file's first line belongs to; empty for any other file."""
    return registry.recognised(begin(opening.lines(file))[0])


def _into_layer(requests: list[layers.Request]) -> None:
    """Import one file after the other, and say what each came to."""
    from graph.add import layers

    left = 0
    for request in requests:
        done = layers.run(request)
        click.echo(visible(told(request.path.name, done)), err=True)
        left += done.counts.get("rejected", 0)
    if left:
        raise Incomplete(f"{left} records left out", expected=f"see {done.rejects}")


def told(file: str, done: layers.Outcome) -> str:
    """One line on what an import into a layer came to."""
    counts = [f"{done.counts[what]:,} {what}" for what in _RECORDS if done.counts.get(what)]
    rows = f"{done.counts.get('claims', 0) + done.counts.get('relations', 0):,} claims"
    stands = f"{rows}, edition {done.edition.id}" if done.edition else "nothing to write"
    return f"{file} → layer {done.layer}: {', '.join(counts) or '0'} records; {stands}"


def _said(
    publisher: str | None, url: str | None, published: str | None, title: str, licence: str, day: str
) -> tuple[Entity | None, Article | None]:
    """Who says what a file does not cite, when they are named."""
    if not (publisher or url or published):
        return None, None
    if not (publisher and url and published):
        raise click.UsageError("--publisher, --url and --published go together")
    entity = Entity(slug(publisher), "Source", ((publisher, "en"),))
    said = Article(article_id(url), url, title, entity.id, published, "given", accessed=day, licence=licence)
    return entity, said


def _finish(request: general.Request, target: Path, rejects: Path, licence: str, *, replace: bool) -> None:
    found = general.read(request)
    if found.is_empty:
        click.echo(visible(f"{request.path.name}: 0 records, the file is empty; nothing was written"), err=True)
        return
    settled = incoming.settle(found, request.store, request.model)
    for note in settled.notes:
        click.echo(visible(note), err=True)
    if settled.rejected:
        incoming.write_rejects(settled.rejected, rejects)
        if not request.keep_going:
            first = min(settled.rejected)
            raise RejectedInput(
                f"{len(settled.rejected)} records rejected, the first: {first.reason}",
                where=first.where,
                expected=f"nothing was written; see {rejects.name}, or --keep-going for the others",
            )
    bundle = settled.bundle
    withdrawn = incoming.withdrawn(target, found, request.on) if replace else ()
    bundle = incoming.joined(bundle, withdrawn)
    if bundle.entities or bundle.articles or bundle.claims:
        incoming.write(
            bundle, request.store, target, request.model, source=request.path.name, licence=licence or "not stated"
        )
    told = f"{len(bundle.entities)} entities, {len(bundle.articles)} articles, {len(settled.bundle.claims)} claims"
    gone = f", {len(withdrawn)} withdrawn" if replace else ""
    click.echo(visible(f"{target.name}: {told} new or amended, {settled.known} known{gone}"), err=True)
    if settled.rejected:
        raise Incomplete(f"{len(settled.rejected)} records left out", expected=f"see {rejects.name}")
