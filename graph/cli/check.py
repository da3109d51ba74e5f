"""`backstory check`: a writer's own draft, sentence by sentence, against the claims."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graph.cli import options, visible
from graph.draft.show import FORMATS
from graph.errors import InputError
from graph.knowledge import KnowledgeGraph

MOST_BYTES = 5_000_000


@click.command()
@click.argument("draft", type=click.Path(path_type=Path, allow_dash=True))
@options.data
@click.option("--as-of", type=options.DayType(), required=True, help="The day the draft is written for.")
@click.option("--known-at", type=options.DayType(), help="Only what had been published by this day.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
def command(draft: Path, kg: KnowledgeGraph, as_of: int, known_at: int | None, form: str) -> None:
    """Check DRAFT (a text or Markdown file, - for standard input); exit 1 when a sentence conflicts."""
    report = kg.check(_text(draft), as_of=as_of, known_at=known_at)
    click.echo(visible(FORMATS[form](report)), nl=False)
    sys.exit(1 if report.conflicts else 0)


def _text(draft: Path) -> str:
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if str(draft) == "-" else draft.read_bytes()
        if len(raw) > MOST_BYTES:
            raise InputError(f"more than {MOST_BYTES:,} bytes", where=str(draft), expected="one draft")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(draft)) from error
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", where=str(draft)) from error
