"""`backstory show`: what is known about one thing, as of a day, each line with its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import click

from graph.cli import options, visible
from graph.errors import UnknownName
from graph.knowledge import KnowledgeGraph
from graph.questions.overview import Line, Overview, Source, overview, spoken
from graph.when import Clocks

_COLUMNS = ("relation", "what", "source")
_SHOWN = 12
_PLAIN = 0.9
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@click.command()
@click.argument("name", nargs=-1, required=True)
@options.data
@options.layers
@options.clocks
@click.option("--events", type=click.IntRange(0, 1000), default=10, show_default=True, help="How many events.")
@click.option("--all", "everything", is_flag=True, help=f"Every line, not only {_SHOWN} of each relation.")
@click.option("--claims", is_flag=True, help="Add the claim ids, for `backstory show CLAIM`.")
@options.formats("table", "json")
def command(
    kg: KnowledgeGraph,
    name: tuple[str, ...],
    as_of: int | None,
    known_at: int | None,
    events: int,
    everything: bool,
    claims: bool,
    form: str,
) -> None:
    """Show NAME: an entity, an event, an article or claim id."""
    thing = meant(kg, " ".join(name), as_of)
    found = overview(thing, kg.store, Clocks(as_of, known_at), events=events)
    if form == "json":
        options.print_json(asdict(found))
    else:
        print_overview(found, everything=everything, claims=claims)


def meant(kg: KnowledgeGraph, text: str, day: int | None) -> str:
    """The id a text means; says on stderr what it was taken for when that is not plain."""
    if _ID.fullmatch(text) and (kg.store.has(text) or _is_claim(kg, text)):
        return text
    match = kg.names.resolve(text, day)
    if match.score < _PLAIN or match.part:
        others = ", ".join(a.name for a in match.alternatives[:3])
        told = f"taking {text!r} as {match.name} ({match.id}): {match.reason}; score {match.score:.2f}"
        click.echo(visible(told + (f"; else {others}" if others else "")), err=True)
    return match.id


def _is_claim(kg: KnowledgeGraph, text: str) -> bool:
    try:
        kg.store.claim(text)
    except UnknownName:
        return False
    return True


def print_overview(found: Overview, *, everything: bool = False, claims: bool = False) -> None:
    """The overview as a table, a line a claim."""
    click.echo(visible(f"{found.name} · {found.kind} · {found.id}"))
    if found.aliases:
        click.echo(visible(f"also: {', '.join(dict.fromkeys(found.aliases))}"))
    columns = (*_COLUMNS, "claim") if claims else _COLUMNS
    options.print_table(columns, _rows(found.lines, everything))


def _rows(lines: tuple[Line, ...], everything: bool) -> Iterator[dict[str, str]]:
    """A row a line; of each relation the first ones, then how many more there are."""
    totals = Counter(_relation(line) for line in lines)
    count: Counter[tuple[str, str]] = Counter()
    for line in lines:
        key = _relation(line)
        count[key] += 1
        if everything or count[key] <= _SHOWN:
            yield _row(line, first=count[key] == 1, total=totals[key])
        elif count[key] == totals[key]:
            yield {"what": f"… and {totals[key] - _SHOWN} more (--all)"}


def _relation(line: Line) -> tuple[str, str]:
    return line.group, "" if line.group in ("contested", "events") else line.label


def _row(line: Line, *, first: bool, total: int) -> dict[str, str]:
    when = spoken(line.when)
    # "shown on" a day says more than "possibly" and says it once.
    unsure = "possibly" if line.held == "possible" and not line.note.startswith("shown on") else ""
    if line.group == "contested":
        what, label = f"{line.label} – {line.note}", "contested" if first else ""
    elif line.group == "events":
        what, label = f"{line.what} ({line.label})", "events" if first else ""
    else:
        what, label = line.what, line.label if first else ""
    lead = f"{when}: " if line.group == "events" and when else ""
    said = "" if lead or when == what else when
    told = ", ".join(filter(None, (f"{lead}{what}", said, unsure)))
    label += f" ({total})" if label and total > _SHOWN else ""
    note = f" [{line.note}]" if line.note and line.group != "contested" else ""
    return {"relation": label, "what": told + note, "source": cited(line.sources), "claim": line.claim}


def cited(sources: tuple[Source, ...]) -> str:
    """Publishers with dates, earliest first, at most two."""
    told = [f"{s.publisher} {s.published}" + (f", quoting {s.speaker}" if s.speaker else "") for s in sources]
    told = list(dict.fromkeys(told))
    return "; ".join(told[:2]) + (f" +{len(told) - 2}" if len(told) > 2 else "")
