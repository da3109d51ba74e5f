"""A chain for people and programs: Markdown with sources, CSV, Graphviz, Mermaid, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Final

from graph import when as when_
from graph.chains import wording
from graph.chains.chain import NO_LINK, Chain, Link, Step, as_value
from graph.claim import Article, Stance
from graph.exports.tables import safe_cell
from graph.store import Store
from graph.when import Clocks

_COLUMNS: Final = ("date", "event", "name", "why", "link", "earlier", "days", "stated", "voices", "sources")


def title(chain: Chain, store: Store) -> str:
    """What the chain explains, and up to which day."""
    focus = chain.focus
    ids = (focus.event,) if focus.event else (focus.story,) if focus.story else focus.entities or focus.seeds
    names = [store.entity(i).name for i in ids[:3]]
    what = focus.day or wording.listed(names)
    limits = [f"as of {when_.iso(chain.as_of)}"] if chain.as_of else []
    limits += [f"as known on {when_.iso(chain.known_at)}"] if chain.known_at else []
    return ", ".join((what, *limits))


def articles(step: Step, chain: Chain, store: Store) -> tuple[Article, ...]:
    """The articles that date an event, as known, the earliest first."""
    event = store.event(step.event, clocks=Clocks(known_at=chain.known_at))
    cited = {s.article for claim in event.of("happened") for s in claim.citations if s.stance is Stance.STATES}
    found = [store.article(a) for a in cited]
    known = [a for a in found if chain.known_at is None or a.known <= chain.known_at]
    return tuple(sorted(known, key=lambda a: (a.known, a.id)))


def markdown(chain: Chain, store: Store) -> str:
    """A numbered list: date, event, why it is there, what joins it to an earlier one, and its sources."""
    numbers: dict[str, int] = {}
    lines = [f"# {_plain(title(chain, store))}", ""]
    for place, step in enumerate(chain.steps, 1):
        told = articles(step, chain, store)
        marks = "".join(f"[^{numbers.setdefault(a.id, len(numbers) + 1)}]" for a in told)
        name = _plain(store.entity(step.event).name)
        lines.append(f"{place}. **{wording.dated(step.when)} · {name}.** {_plain(step.explanation)}{marks}")
        if (link := chain.link_to(step.event)) is not None:
            lines.append(f"   - {_joined(link, store)} {_plain(link.explanation)}")
    lines.append("")
    for article, number in numbers.items():
        found = store.article(article)
        publisher = _plain(store.entity(found.publisher).name)
        lines.append(
            f"[^{number}]: {publisher}, [{_plain(found.title or found.published)}]({found.url}), {found.published}."
        )
    return "\n".join(lines) + "\n"


def table(chain: Chain, store: Store) -> str:
    """CSV, one line an event; sources are addresses, one a line in their cell."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for step in chain.steps:
        link = chain.link_to(step.event)
        row = {
            "date": step.when,
            "event": step.event,
            "name": store.entity(step.event).name,
            "why": step.explanation,
            "link": link.label if link else "",
            "earlier": link.earlier if link else "",
            "days": str(link.days) if link else "",
            "stated": " ".join(link.stated) if link else "",
            "voices": str(step.numbers.get("voices", "")),
            "sources": "\n".join(a.url for a in articles(step, chain, store)),
        }
        writer.writerow({key: safe_cell(value) for key, value in row.items()})
    return text.getvalue()


def dot(chain: Chain, store: Store) -> str:
    """A Graphviz graph, left to right in time; links no source states are dashed."""
    lines = ["digraph chain {", "  rankdir=LR;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for step in chain.steps:
        label = _quoted(f"{wording.dated(step.when)}\n{store.entity(step.event).name}")
        lines.append(f"  {_quoted(step.event)} [label={label}];")
    for link in (*chain.links, *chain.side):
        if link.label != NO_LINK:
            style = "solid" if link.is_stated else "dashed"
            ends = f"{_quoted(link.earlier)} -> {_quoted(link.later)}"
            lines.append(f"  {ends} [label={_quoted(link.label)}, style={style}];")
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(chain: Chain, store: Store) -> str:
    """A Mermaid flow chart, as GitHub and many editors draw it; links no source states are dotted."""
    place = {step.event: f"e{at}" for at, step in enumerate(chain.steps, 1)}
    lines = ["flowchart LR"]
    for step in chain.steps:
        named = f"{wording.dated(step.when)} · {store.entity(step.event).name}"
        lines.append(f'  {place[step.event]}["{_entity(named)}"]')
    for link in (*chain.links, *chain.side):
        if link.label != NO_LINK:
            arrow = f'-->|"{_entity(link.label)}"|' if link.is_stated else f'-.->|"{_entity(link.label)}"|'
            lines.append(f"  {place[link.earlier]} {arrow} {place[link.later]}")
    return "\n".join(lines) + "\n"


def plain_json(chain: Chain, store: Store) -> str:
    """The whole chain with all its numbers, and the names and sources of its events."""
    value = as_value(chain)
    for row, step in zip(value["steps"], chain.steps, strict=True):
        row["name"] = store.entity(step.event).name
        row["sources"] = [
            {"article": a.id, "publisher": a.publisher, "published": a.published, "title": a.title, "url": a.url}
            for a in articles(step, chain, store)
        ]
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


FORMATS: Final[Mapping[str, Callable[[Chain, Store], str]]] = {
    "json": plain_json,
    "md": markdown,
    "csv": table,
    "dot": dot,
    "mermaid": mermaid,
}


def _joined(link: Link, store: Store) -> str:
    return f"{link.label}: {_plain(store.entity(link.earlier).name)}." if link.label != NO_LINK else f"{NO_LINK}."


def _plain(words: str) -> str:
    """Text that stays text in Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|" else c for c in words)


def _quoted(words: str) -> str:
    """A string of the DOT language."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _entity(words: str) -> str:
    """Text inside a quoted Mermaid label."""
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
