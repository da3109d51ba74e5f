"""`backstory validate`: every breach of an integrity rule, with file, claim and what to do."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

import click

from graph import when as when_
from graph.cli import options
from graph.errors import Incomplete
from graph.knowledge import KnowledgeGraph
from graph.validate import Finding, validate

_SHOWN = 5


@click.command()
@options.data
@click.option("--rule", default="", help="Only this rule.")
@click.option("--errors-only", is_flag=True, help="Leave the warnings out.")
@click.option("--today", type=options.DayType(), help="The day to judge by (default: today).")
@options.formats("table", "json")
def command(kg: KnowledgeGraph, rule: str, errors_only: bool, today: int | None, form: str) -> None:
    """Check every claim against the rules; exit 1 when one is broken.

    The table shows the first few breaches of each rule, all of them when one --rule is asked for; JSON has all.
    """
    day = today or when_.day(datetime.date.today().isoformat())
    found = list(validate(kg.store, today=day, only=rule, warnings=not errors_only))
    if form == "json":
        options.print_json([asdict(f) for f in found])
    else:
        print_findings(found, most=len(found) if rule else _SHOWN)
    totals = Counter(f.level for f in found)
    click.echo(f"{totals['error']} errors, {totals['warning']} warnings", err=True)
    if totals["error"]:
        raise Incomplete(f"{totals['error']} errors", expected="see the table; each row says what to do")


def print_findings(found: Iterable[Finding], *, most: int) -> None:
    """A table a rule: how often it is broken, what to do, and the first breaches."""
    for (level, rule, do), breaches in itertools.groupby(found, key=lambda f: (f.level, f.rule, f.do)):
        every = list(breaches)
        options.print_table(
            ("file", "claim", "message"), map(asdict, every[:most]), title=f"{level}: {rule}, {len(every)} times. {do}"
        )
        if len(every) > most:
            click.echo(f"… and {len(every) - most} more (--rule {rule}, or --format json)\n")
