"""A chain on a terminal: a line for each event, a line for what joins it to an earlier one, and why."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator

import click

from graph.chains import wording
from graph.chains.chain import NO_LINK, Chain, Link, Step
from graph.cli import visible
from graph.exports import chains
from graph.store import Store

_DATE = 15
_LEAST, _MOST = 48, 100


def show(chain: Chain, store: Store, form: str) -> None:
    """Print a chain: laid out for a terminal as `table`, else in one of `chains.FORMATS`."""
    if form == "table":
        width = max(_LEAST, min(_MOST, shutil.get_terminal_size((80, 24)).columns))
        for line in laid_out(chain, store, width):
            click.echo(line)
    else:
        sys.stdout.write(chains.FORMATS[form](chain, store))


def laid_out(chain: Chain, store: Store, width: int) -> Iterator[str]:
    """The lines of a chain, none wider than `width` columns."""
    yield from _wrapped(chains.title(chain, store), width, bold=True)
    silent = {last: last - first for first, last in chain.gaps}
    for step in chain.steps:
        yield ""
        if step.day in silent:
            yield _dimmed(f"{'':{_DATE}}… {wording.span(silent.pop(step.day))} pass")
            yield ""
        yield from _headline(step, store, width)
        if (link := chain.link_to(step.event)) is not None:
            yield from _linked(link, store, width)
        yield from _wrapped(step.explanation, width, _DATE, dim=True)
    yield ""
    if len(chain.steps) == 1 and chain.focus.event and chain.as_of is None:
        yield from _wrapped(
            "Nothing earlier is recorded; --as-of with a later day shows what followed.", width, dim=True
        )
    if chain.near_misses:
        names = [store.entity(miss.event).name for miss in chain.near_misses]
        yield from _wrapped(f"Nearly in: {'; '.join(names)}.", width, dim=True)


def _headline(step: Step, store: Store, width: int) -> Iterator[str]:
    """Date, event and number of outlets; a long name goes on below, the number stands at the right edge."""
    voices = step.numbers.get("voices", 0)
    right = f"  {voices} outlet{'s' if voices != 1 else ''}" if voices else ""
    when = wording.dated(step.when)
    dated = f"{when:<{_DATE}}" if len(when) < _DATE else f"{when}\n{'':{_DATE}}"
    first, *rest = textwrap.wrap(visible(store.entity(step.event).name), width - _DATE - len(right)) or [""]
    yield f"{dated}{click.style(first, bold=True)}{_dimmed(right.rjust(width - _DATE - len(first)))}"
    yield from (f"{'':{_DATE}}{click.style(line, bold=True)}" for line in rest)


def _linked(link: Link, store: Store, width: int) -> Iterator[str]:
    if link.label == NO_LINK:
        return
    when = "the same day" if link.days == 0 else f"{wording.span(link.days)} later"
    text = f"↳ {link.label}: {store.entity(link.earlier).name}, {when}"
    yield from _wrapped(text, width, _DATE, hanging="  ", colour="cyan" if link.is_stated else "")


def _wrapped(
    text: str,
    width: int,
    indent: int = 0,
    *,
    hanging: str = "",
    dim: bool = False,
    bold: bool = False,
    colour: str = "",
) -> Iterator[str]:
    for line in textwrap.wrap(visible(text), width - indent, subsequent_indent=hanging):
        yield f"{'':{indent}}{click.style(line, dim=dim or None, bold=bold or None, fg=colour or None)}"


def _dimmed(text: str) -> str:
    return click.style(text, dim=True) if text.strip() else text
