"""A CSV file and its mapping → claims, each record on its own: read, or rejected with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from graph import when as when_
from graph.claim import Article, Citation, Claim, Entity, Literal, article_id, slug
from graph.errors import GraphError, InputError, RejectedInput
from graph.model import Model
from graph.sources import dates
from graph.sources import rows as rows_
from graph.sources.found import Found, found
from graph.sources.guard import opening
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.source import Item, Record, Rejected
from graph.sources.table.mapping import Cell, Pattern, Table
from graph.sources.text import clean, is_web_address

# The id that a name of a kind means at a time (EDTF); UnknownName when it means nothing for sure.
Resolve = Callable[[str, str, str], str]


def read(path: Path, table: Table, model: Model, *, resolve: Resolve, recorded: str, limits: Limits = LIMITS) -> Found:
    """What a table comes to.

    Raises InputError for a table that is broken as a whole: no header, a column twice, a quote that is
    never closed, a column that nobody takes or ignores.
    """
    return found(_items(path, table, model, resolve, recorded, limits))


def _items(path: Path, table: Table, model: Model, resolve: Resolve, recorded: str, limits: Limits) -> Iterator[Item]:
    for _ in opening.pieces(path, limits):
        pass  # a bomb is refused before any record is worked on
    rows = rows_.cells(path, table.delimiter, limits)
    try:
        _, header = next(rows)
    except StopIteration:
        return
    _check_header(header, table, path)
    for line, cells in rows:
        where = f"{path.name}:{line}"
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Rejected(where, f"{len(cells)} columns, not {len(header)}", table.delimiter.join(cells))
            continue
        record = Record(where, dict(zip(header, cells, strict=True)))
        try:
            yield from list(_said(record, table, model, resolve, recorded))
        except GraphError as error:
            reason = error.what if isinstance(error, InputError) and not error.expected else str(error)
            yield Rejected(where, reason, record.text)


def _check_header(header: list[str], table: Table, path: Path) -> None:
    where = f"{path.name}:1"
    rows_.once(header, where)
    missing = sorted(table.columns() - set(header))
    if missing:
        other = next((d for d in ";\t|" if len(header) == 1 and d in header[0]), "")
        hint = f"separated by {other!r}? Say so: delimiter" if other else f"has {', '.join(header)}"
        raise InputError(f"no column {', '.join(missing)}", where=where, expected=hint)
    left = sorted(set(header) - table.columns() - set(table.ignored))
    if left:
        raise InputError(
            f"columns nobody reads: {', '.join(left)}", where=where, expected="map them, or list them under ignored"
        )


def _said(record: Record, table: Table, model: Model, resolve: Resolve, recorded: str) -> Iterator[Item]:
    publisher, article = _article(record, table, recorded)
    yield publisher
    yield article
    for pattern in table.claims:
        yield from _claim(record, pattern, article, model, resolve, recorded)


def _article(record: Record, table: Table, recorded: str) -> tuple[Entity, Article]:
    """The article of a record, or that of the whole table."""
    said = table.source
    url = _text(record, table.url) or said.url
    if not is_web_address(url):
        raise RejectedInput(f"no web address: {url!r}", expected="where somebody says it, https://…")
    publisher = _text(record, table.publisher) or said.publisher
    if not publisher:
        raise RejectedInput("nobody says it", expected="a publisher, in a column or under source")
    written = _text(record, table.published)
    published = dates.edtf(written, table.published.form) if written else said.published or recorded
    basis = "given" if written or said.published else "seen on"
    title = _text(record, table.title) or (said.title if url == said.url else "")
    licence = said.licence if url == said.url else ""
    entity = Entity(slug(publisher), "Source", ((publisher, "en"),))
    return entity, Article(article_id(url), url, title, entity.id, published, basis, accessed=recorded, licence=licence)


def _claim(
    record: Record, pattern: Pattern, article: Article, model: Model, resolve: Resolve, recorded: str
) -> Iterator[Item]:
    name = _text(record, pattern.predicate)
    rule = model.predicate(name)
    when = _when(record, pattern)
    subject, made = _thing(record, pattern.subject, when, resolve)
    yield from made
    if rule.is_literal:
        value: str | Literal = _literal(record, pattern.object, rule.range[0])
        when = value.value if isinstance(value, Literal) and value.type == "date" and not when else when
    else:
        value, made = _thing(record, pattern.object, when, resolve)
        yield from made
    if not value or (isinstance(value, Literal) and not value.value):
        raise RejectedInput(f"no {name}")
    locator = _text(record, pattern.locator) or record.where
    citation = Citation(article.id, locator, _text(record, pattern.quote))
    confirmed = recorded if when.endswith("/..") else ""
    yield Claim(subject, name, value, (citation,), when, confirmed=confirmed, recorded=recorded)


def _when(record: Record, pattern: Pattern) -> str:
    begin, end, at = (_date(record, cell) for cell in (pattern.begin, pattern.end, pattern.at))
    return dates.span(begin, end, ongoing=pattern.ongoing) or at


def _date(record: Record, cell: Cell) -> str:
    text = _text(record, cell)
    return dates.edtf(text, cell.form) if text else ""


def _literal(record: Record, cell: Cell, kind: str) -> Literal:
    text = _text(record, cell)
    if kind == "date":
        return Literal(dates.edtf(text, cell.form), "date")
    if kind == "url" and not is_web_address(text):
        return Literal(text)
    return Literal(text, kind, cell.lang if kind == "text" else "")


def _thing(record: Record, cell: Cell, when: str, resolve: Resolve) -> tuple[str, tuple[Entity, ...]]:
    """The id that a cell names, with a new entity when the mapping allows one."""
    text = _text(record, cell)
    if not text:
        raise RejectedInput(f"no {cell.column or 'value'}")
    try:
        return resolve(text, cell.kind, when), ()
    except GraphError:
        if not (cell.new and cell.kind):
            raise
    return slug(text), (Entity(slug(text), cell.kind, ((text, cell.lang or "en"),)),)


def _text(record: Record, cell: Cell) -> str:
    text = clean(record.take(cell.column)) if cell.column else cell.value
    return cell.values.get(text, text)


def day_of(when: str) -> int | None:
    """The first certain day of an EDTF time, to resolve names on; None without a time."""
    if not when:
        return None
    found = when_.parse(when).begin_latest
    return found if when_.START_OF_TIME < found < when_.END_OF_TIME else None
