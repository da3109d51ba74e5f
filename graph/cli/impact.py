"""`backstory impact`: which saved paragraphs and pages use a claim."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.ask import answered, show
from graph.knowledge import KnowledgeGraph


@click.command()
@click.argument("claim")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@answered
def command(kg: KnowledgeGraph, claim: str, files: tuple[Path, ...], form: str, limit: int, output: Path) -> None:
    """List the saved paragraphs and pages in FILES that use CLAIM.

    FILES may be folders; without any, this folder is searched. Exit 0 also when none uses it.
    """
    show(kg.impact(claim, *(files or (Path(),))), form, limit, output)
