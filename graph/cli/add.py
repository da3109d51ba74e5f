"""`backstory add`: one line, one claim more; what is there already and what it contradicts is said first."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from graph import when as when_
from graph.add import change, correct, entry
from graph.add.plan import Addition, plan
from graph.cli import options, visible
from graph.errors import Incomplete, InputError
from graph.knowledge import KnowledgeGraph
from graph.store import Store


@click.command()
@click.argument("line", nargs=-1)
@options.data
@click.option("--csv", "table", type=click.Path(path_type=Path), help=f"Entries from a file; {entry.COLUMNS}.")
@click.option("--supersede", metavar="CLAIM", help='Replace a claim\'s value: LINE is "VALUE | https://… (Publisher)".')
@click.option("--withdraw", metavar="CLAIM", help="Mark a claim as withdrawn.")
@click.option("--on", type=options.DayType(), help="The day of the entry or correction (default: today).")
@click.option("--write", "target", type=click.Path(path_type=Path), help="Write to this Turtle file (default: show).")
@click.option("--new", is_flag=True, help="Write although an event like it is there.")
@click.option("--keep-going", is_flag=True, help="Write the good rows of --csv, exit 1 for the others.")
def command(
    kg: KnowledgeGraph,
    line: tuple[str, ...],
    table: Path | None,
    supersede: str | None,
    withdraw: str | None,
    on: int | None,
    target: Path | None,
    new: bool,
    keep_going: bool,
) -> None:
    """Add LINE: "DATE | kind | who -> whom | place | https://… (Publisher) | key=value".

    A name in no file yet is written "Name [Kind]". Without --write nothing changes: the difference
    is shown. Exit 3 when something cannot be accepted.
    """
    text, day = " ".join(line), when_.iso(on) if on is not None else datetime.date.today().isoformat()
    if withdraw:
        found = correct.withdraw(withdraw, kg.store, on=day)
    elif supersede:
        found = correct.supersede(supersede, text, kg.store, kg.names, on=day)
    elif table:
        found = _from_table(table, kg, day, keep_going=keep_going)
    elif text:
        found = plan([entry.read(text)], kg.store, kg.names, recorded=day)
    else:
        raise click.UsageError(f'nothing to add: "{entry.FORM}"')
    _report(found)
    _finish(found, kg.store, target, new=new, keep_going=keep_going)


def _from_table(path: Path, kg: KnowledgeGraph, day: str, *, keep_going: bool) -> Addition:
    """The addition of a CSV file; rows that cannot be read or resolved stop it, unless told otherwise."""
    read = list(entry.read_csv(path))
    good = [e for e in read if isinstance(e, entry.Entry)]
    bad = [str(e) for e in read if isinstance(e, InputError)]
    found = plan(good, kg.store, kg.names, recorded=day)
    if keep_going and found.problems:
        wrong = {problem.split(": ")[0] for problem in found.problems}
        bad += found.problems
        found = plan([e for e in good if e.where not in wrong], kg.store, kg.names, recorded=day)
    return Addition(found.bundle, found.notes, found.duplicates, found.conflicts, (*bad, *found.problems))


def _report(found: Addition) -> None:
    """What was understood, what is there already, what it contradicts and what is wrong, on stderr."""
    said = (("", found.notes), ("duplicate: ", found.duplicates), ("conflict: ", found.conflicts))
    for mark, lines in (*said, ("problem: ", found.problems)):
        for text in lines:
            click.echo(visible(f"{mark}{text}"), err=True)


def _finish(found: Addition, store: Store, target: Path | None, *, new: bool, keep_going: bool) -> None:
    if found.problems and not keep_going:
        raise InputError(f"{len(found.problems)} problems", expected="nothing was written; see above")
    if target is None:
        for text in change.diff(found.bundle, store, store.folder / "added.ttl"):
            click.echo(visible(text))
        click.echo("nothing was written; --write FILE writes it", err=True)
    elif found.duplicates and not new:
        raise InputError(
            "perhaps already there", expected="into=EVENT adds the source to it, --new writes it all the same"
        )
    else:
        for path in change.apply(found.bundle, store, target):
            click.echo(f"wrote {path}", err=True)
    if found.problems:
        raise Incomplete(f"{len(found.problems)} rows left out", expected="see above")
