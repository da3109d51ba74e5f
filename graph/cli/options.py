"""Options and output shared by the commands."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO

import click

from graph import when as when_
from graph import whole
from graph.cli import visible
from graph.errors import DateError, DiskError, InputError
from graph.knowledge import KnowledgeGraph

Command = Callable[..., None]
_LAYERS = "graph.layers"


class DayType(click.ParamType[int]):
    """One exact day, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The day number; a usage error for anything but one day."""
        if isinstance(value, int):
            return value
        try:
            return when_.day(value)
        except DateError as error:
            self.fail(str(error), param, ctx)


class DataType(click.Path):
    """A folder of Turtle files, or the address of a SPARQL 1.1 store."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder as a path, an address as it is."""
        address = isinstance(value, str) and value.startswith(("http://", "https://"))
        return value if address else super().convert(value, param, ctx)


def data(function: Command) -> Command:
    """`--data FOLDER`: gives the opened graph as `kg`."""

    def opened(ctx: click.Context, param: click.Parameter, value: Path | str) -> KnowledgeGraph:
        return KnowledgeGraph.open(value, layers=ctx.meta.get(_LAYERS, ()), progress=report)

    return click.option(
        "--data",
        "kg",
        type=DataType(path_type=Path, file_okay=False),
        default=Path("data/triples"),
        envvar="BACKSTORY_DATA",
        show_default=True,
        callback=opened,
        help="Folder of Turtle files, or address of a SPARQL 1.1 store.",
    )(function)


def layers(function: Command) -> Command:
    """`--with LAYER`: bulk layers that answer together with the graph; it is read before `--data`."""

    def named(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> None:
        ctx.meta[_LAYERS] = value

    return click.option(
        "--with",
        metavar="LAYER",
        multiple=True,
        is_eager=True,
        expose_value=False,
        callback=named,
        help="A bulk layer beside the graph (repeatable).",
    )(function)


def clocks(function: Command) -> Command:
    """`--as-of` and `--known-at`, both closed days."""
    function = click.option("--known-at", type=DayType(), help="Only what had been published by this day.")(function)
    return click.option("--as-of", type=DayType(), help="Only what had happened, and what held, on this day.")(function)


def formats(*names: str) -> Callable[[Command], Command]:
    """`--format`: the first name on a terminal, the second when piped, unless asked otherwise."""

    def chosen(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
        return value or (names[0] if sys.stdout.isatty() or len(names) == 1 else names[1])

    return click.option("--format", "form", type=click.Choice(names), callback=chosen, help="Output format.")


@contextlib.contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write, there whole or not at all; `-` is standard output, a device or a pipe is written as it is.

    Raises DiskError when it cannot be written, InputError when it is a link.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        return
    if path.is_symlink():
        raise InputError("is a symbolic link", where=str(path), expected="the file it leads to")
    is_file = path.is_file() or not path.exists()
    try:
        with whole.replaced(path, mode=0o644) if is_file else path.open("wb") as out:
            yield out
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error


def report(step: str, done: int, total: int) -> None:
    """One line of progress on stderr, redrawn on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{step} {done}/{total}" + ("\n" if done == total else ""), nl=False, err=True)


def print_json(value: object) -> None:
    """Sorted, indented JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def print_table(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], title: str = "", *, file: IO[str] | None = None
) -> None:
    """Rows as a table on stdout or into a file, wrapped to the terminal, control characters shown."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(str(row.get(c, "")))) for c in columns))
    Console(highlight=False, soft_wrap=False, file=file).print(table)
