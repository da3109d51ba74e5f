"""Tables people want to read: every event, who leads each state today, and files with everything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.claim import Claim, Literal
from graph.questions import coverage
from graph.when import Day
from viz import dates, dossier, linked, words
from viz.setting import Setting, common
from viz.templating import environment

EVENTS, CLAIMS, SOURCES, LEADERS, MISSING = (
    f"data/{name}.csv" for name in ("events", "claims", "sources", "leaders", "missing")
)
FILES: Final = (
    (EVENTS, "Events"), (CLAIMS, "All claims"), (SOURCES, "Articles and documents"), (LEADERS, "Leaders today"),
)  # fmt: skip
_CLAIM_COLUMNS: Final = (
    "id", "subject", "subject_name", "predicate", "object", "object_name", "when", "status", "confirmed", "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, the page it leads to, the number it sorts by if it is one, and `more` that stands in it."""

    text: str
    path: str = ""
    value: int | None = None
    more: tuple[Cell, ...] = ()

    @property
    def whole(self) -> str:
        """Its text and those of what else stands in it."""
        return "; ".join(dict.fromkeys((self.text, *(c.text for c in self.more))))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def page(
    setting: Setting,
    path: str,
    kicker: str,
    title: str,
    lead: str,
    tables: Sequence[Table],
    *,
    prose: Sequence[tuple[str, Sequence[str]]] = (),
    files: Iterable[tuple[str, str]] = (),
) -> dict[str, str]:
    """A page of tables, by its path."""
    text = environment().get_template("table.html").render(
        kicker=kicker,
        title=title,
        lead=lead,
        tables=tables,
        prose=prose,
        files=list(files),
        described=lead,
        linked={"@context": "https://schema.org/", "@type": "Dataset", "name": title, "description": lead,
                "url": setting.base + path, "license": "https://opensource.org/license/mit"},
        **common(setting, path, extra=("lists.js",)),
    )  # fmt: skip
    return {path: text}


def files(setting: Setting) -> dict[str, str]:
    """The page of every event and of today's leaders, with files to download."""
    tables = [_events(setting), _leaders(setting)]
    lead = f"{len(tables[0].rows)} events and who leads {len(tables[1].rows)} states on {dates.day(setting.as_of)}."
    return page(setting, "table/index.html", "Table", "Everything as tables", lead, tables, files=FILES)


def _events(setting: Setting) -> Table:
    shelf = setting.shelf
    rows = []
    for event in shelf.entities("Event"):
        when = dossier.when_of(event.id, shelf)
        claims = shelf.claims(subject=event.id)
        actors = [c.value for c in claims if c.predicate in ("actor", "signatory") and isinstance(c.object, str)]
        sources = {c.article for claim in claims for c in claim.citations}
        rows.append(
            (
                Cell(event.name, setting.to(event.id)),
                Cell(when[1] if when else "", value=when[0] if when else 0),
                Cell(shelf.model.kind(event.kind).label),
                Cell(", ".join(words.name(a, shelf) for a in dict.fromkeys(actors))),
                Cell(str(len(sources)), value=len(sources)),
            )
        )
    return Table(
        "Events", ("Event", "Date", "Kind", "Who acted", "Sources"), sorted(rows, key=lambda r: -(r[1].value or 0))
    )


def _leaders(setting: Setting) -> Table:
    shelf, rows = setting.shelf, []
    for country in sorted(coverage.states(shelf, setting.as_of), key=lambda c: words.name(c, shelf)):
        cells = [Cell(words.name(country, shelf), setting.to(country))]
        for role in coverage.ROLES:
            cells += held(country, role, setting)
        rows.append(cells)
    columns = ("State", "Head of state", "Since", "Head of government", "Since")
    return Table("Who leads", columns, rows)


def held(country: str, role: str, setting: Setting) -> tuple[Cell, Cell]:
    """Who holds a role in a country on the day, surest first, and since when; each of those who hold it together."""
    found = coverage.holders(setting.shelf.claims(object=country, predicate=role), setting.as_of)
    return subjects(found, setting), _together(Cell(dates.began(c.time), value=_began(c)) for c in found)


def subjects(claims: Iterable[Claim], setting: Setting) -> Cell:
    """The subjects of claims, each once, in one cell."""
    named = dict.fromkeys(c.subject for c in claims)
    return things(named, setting) if named else Cell("not known")


def things(names: Iterable[str], setting: Setting) -> Cell:
    """Several things in one cell, each with its page."""
    return _together(Cell(setting.shelf.entity(n).name, setting.to(n)) for n in names)


def _together(cells: Iterable[Cell]) -> Cell:
    """Cells in one, which sorts by the first."""
    first, *more = [*cells] or [Cell("", value=0)]
    return replace(first, more=tuple(more))


def _began(claim: Claim) -> Day:
    return claim.time.begin_latest if claim.time else 0


def events(setting: Setting) -> dict[str, str]:
    """Every event as CSV, by the file's path."""
    return {EVENTS: _csv_of(_events(setting))}


def leaders(setting: Setting) -> dict[str, str]:
    """Who leads each state on the day, as CSV, by the file's path."""
    return {LEADERS: _csv_of(_leaders(setting))}


def _csv_of(table: Table) -> str:
    return csv_text(table.columns, ([c.whole for c in row] for row in table.rows))


def claims(setting: Setting) -> dict[str, str]:
    """Every claim as CSV, by the file's path."""
    return {CLAIMS: csv_text(_CLAIM_COLUMNS, _claims(setting))}


def sources(setting: Setting) -> dict[str, str]:
    """Every article and document as CSV, by the file's path."""
    columns = ("id", "publisher", "title", "published", "url", "language", "licence")
    rows = (
        (a.id, words.name(a.publisher, setting.shelf), a.title, a.published, a.url, a.lang, a.licence)
        for a in setting.shelf.articles()
    )
    return {SOURCES: csv_text(columns, rows)}


def _claims(setting: Setting) -> Iterable[Sequence[str]]:
    shelf = setting.shelf
    called = {name: thing.name for name, thing in shelf.things.items()}
    for claim in sorted(shelf.every(), key=lambda c: (c.subject, c.predicate, c.id)):
        value = isinstance(claim.object, Literal)
        yield (
            claim.id, claim.subject, called.get(claim.subject, claim.subject), claim.predicate, claim.value,
            "" if value else called.get(claim.value, claim.value), claim.when, claim.status.value, claim.confirmed,
            " ".join(dict.fromkeys(shelf.papers[c.article].url for c in claim.citations)),
        )  # fmt: skip


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their columns as CSV (RFC 4180), safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([linked.guarded(cell) for cell in row] for row in rows)
    return out.getvalue()
