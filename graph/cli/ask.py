"""`backstory ask`: one subcommand a question, made from the list of questions."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from graph.cli import options, visible
from graph.exports.answers import WRITERS
from graph.knowledge import KnowledgeGraph
from graph.questions.catalogue import QUESTIONS
from graph.questions.question import Parameter, Question
from graph.questions.rows import Rows

_MOST_ROWS = 1_000_000
_limit = click.option("--limit", type=click.IntRange(1, _MOST_ROWS), default=_MOST_ROWS, help="How many rows at most.")
_output = click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default="-", help="File (default: stdout)."
)


def answered(function: options.Command) -> options.Command:
    """The options every answer has: data, format, limit, output."""
    for option in (_output, _limit, options.formats("table", *WRITERS), options.data, options.layers):
        function = option(function)
    return function


_TYPED = {"day": "YYYY-MM-DD", "from": "DATE", "to": "DATE", "number": "N", "word": "WORD"}


class Questions(click.Group):
    """A subcommand a question; what is none of these but has several words is a question in English."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant, and its arguments."""
        if args and " " in args[0].strip():
            return "in-words", in_words, args
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all questions."""
        return list(QUESTIONS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command that asks this question, by its name or in words."""
        if " " in cmd_name.strip():
            return in_words
        return _command(QUESTIONS[cmd_name]) if cmd_name in QUESTIONS else None


@click.group(cls=Questions)
def command() -> None:
    """Ask a question; each answer is a table of rows that name their claims and sources.

    Beside the questions below, one in English will do, such as "Who visited Azerbaijan in 2024?":
    how it was understood is told on standard error.

    A DATE may be a day, a month or a year: --from 2025-06 means its first day, --to 2025-06 its last.
    """


@click.command("in-words")
@click.argument("question")
@answered
def in_words(kg: KnowledgeGraph, question: str, form: str, limit: int, output: Path) -> None:
    """Answer a QUESTION in English about who did what to whom, and when."""
    show(kg.ask(question), form, limit, output)


def _command(question: Question) -> click.Command:
    """The subcommand of one question: its things as arguments, the rest as options."""

    def asked(kg: KnowledgeGraph, form: str, limit: int, output: Path, **given: Any) -> None:
        things = [given.pop(p.name) for p in question.things]
        answer = kg.ask(question.name, *(t for t in things if t), **given)
        show(answer, form, limit, output)

    found = click.command(question.name, help=question.says, short_help=question.says)(answered(asked))
    found.params = [*map(_argument, question.things), *map(_option, question.options), *found.params]
    return found


def _argument(parameter: Parameter) -> click.Argument:
    name = parameter.name.upper()
    return click.Argument(
        [parameter.name], required=parameter.required, metavar=name if parameter.required else f"[{name}]"
    )


def _option(parameter: Parameter) -> click.Option:
    says = parameter.says if parameter.default is None else f"{parameter.says} [default: {parameter.default}]"
    names = [f"--{parameter.public.replace('_', '-')}", parameter.name]
    return click.Option(names, metavar=_TYPED[parameter.type], required=parameter.required, help=says)


def show(answer: Rows, form: str, limit: int, output: Path) -> None:
    """Print or write an answer; how it was understood goes to stderr."""
    if answer.told:
        click.echo(visible(f"understood as: {answer.told}"), err=True)
    rows, following = answer.page(limit)
    page = Rows(answer.question, answer.asked, answer.row, rows)
    if form == "table":
        shown = [h for h in answer.headings if h != "claims" and not h.endswith("_id")]
        text = io.StringIO() if str(output) != "-" else None
        options.print_table(
            shown, ({k: "" if v is None else v for k, v in row.items()} for row in page.cells()), file=text
        )
        if text is not None:
            with options.written(output) as file:
                file.write(text.getvalue().encode())
    else:
        with options.written(output) as file:
            WRITERS[form](page, file)
    if not answer.rows or following:
        click.echo(f"{len(rows)} of {len(answer)} rows" if rows else "no rows", err=True)
    sys.stdout.flush()
