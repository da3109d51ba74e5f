"""A file of an event source → a bulk layer: read record by record, named by the graph, committed whole."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph import model as model_
from graph import when as when_
from graph.add import incoming
from graph.bulk import manifest, place, text
from graph.bulk.layer import Layer
from graph.bulk.manifest import Edition, Manifest
from graph.bulk.text import Selection
from graph.bulk.writer import Import, Writer, begun
from graph.cache import Progress, silent
from graph.claim import slug
from graph.errors import LimitExceeded, RejectedInput
from graph.model import Model
from graph.names import Names
from graph.names.sure import sure
from graph.sources import registry
from graph.sources.cast import OWN, Ask, Cast, Meant, nobody
from graph.sources.guard import opening, output
from graph.sources.reading import Mentioned, Mentions, Reading, countries_in
from graph.store import Store
from graph.when import Day

_EVERY: Final = 5_000
SURE_MENTION: Final = 0.9
MOST_LOADED: Final = 200_000
"""Claims that a folder of Turtle files takes without asking twice: some 100 MB of text."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file to import into a layer, on a day; names mean what they mean in the graph of `data`, if there is one.

    With `replace`, what the layer says of the days the file covers and the file does not is withdrawn;
    with `keep_going`, refused records are left out instead of stopping the import.
    """

    path: Path
    source: str
    layer: str
    model: Model
    on: Day
    data: Path | None = None
    replace: bool = False
    keep_going: bool = False
    rejects: Path | None = None
    progress: Progress = field(default=silent)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to: records by what became of them, the edition (None: nothing changed), the refusals."""

    layer: str
    counts: dict[str, int]
    edition: Edition | None
    rejects: Path | None


def run(request: Request) -> Outcome:
    """Import a file; RejectedInput, with nothing changed, when records are refused and it does not keep going."""
    target = request.rejects or place.folder(request.layer) / f"{slug(request.path.name)}.rejects.csv"
    sha256, lines = opening.fingerprint(request.path)
    asked = Import(
        request.layer,
        request.source,
        request.path.name,
        sha256,
        request.on,
        registry.code(request.source),
        request.replace,
    )
    with begun(asked) as writer:
        with _no_collecting():
            _read(request, writer, lines)
        writer.settle()
        rejected = writer.counts["rejected"]
        if rejected:
            _keep_rejects(writer, target)
            if not request.keep_going:
                raise RejectedInput(
                    f"{rejected} records refused, the first at {_first(target)}",
                    where=request.path.name,
                    expected=f"nothing was written; see {target}, or --keep-going for the others",
                )
        edition = writer.finish()
        return Outcome(request.layer, dict(writer.counts), edition, target if rejected else None)


def _read(request: Request, writer: Writer, lines: int) -> None:
    """Everything the file says, part by part."""
    source = registry.source(request.source)
    ask, mentions = _asking(request)
    cast = Cast(source.publisher, ask, writer.names)
    on = when_.iso(request.on)
    reading = Reading(request.path, source, request.model, cast, on, writer.after, mentions=mentions)
    told = "importing records"
    for count, one in enumerate(registry.reader(request.source)(reading)):
        writer.add(one)
        if count % _EVERY == 0:
            request.progress(told, writer.records, max(lines, writer.records + 1))
        if writer.is_full:
            writer.write(cast.fresh())
    writer.write(cast.fresh())
    request.progress(told, writer.records, writer.records)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """No search for reference cycles: records make none, and looking for them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _asking(request: Request) -> tuple[Ask, Mentions]:
    """What names surely mean in the graph, and what texts mention; without a graph, nothing."""
    if request.data is None or not any(request.data.glob("*.ttl")):
        return nobody, countries_in
    names = Names.open(Store.open(request.data, progress=request.progress))
    table = names.table

    def ask(name: str, kind: str, country: str, day: Day) -> Meant | None:
        found = sure(name, table, kind=kind, country=country, day=day)
        return Meant(found.id, found.kind, found.reason) if found else None

    def mentions(text: str, day: Day) -> Iterator[Mentioned]:
        for found in names.mentions(text, day):
            if found.match.score >= SURE_MENTION and not found.match.reason.startswith("surname"):
                own = found.match.score > SURE_MENTION
                yield Mentioned(found.start, found.end, found.id, found.match.kind, own)

    return ask, mentions


def _keep_rejects(writer: Writer, target: Path) -> None:
    """All refused records as one CSV."""
    output.check(target)
    with place.refused(target):
        temporary = target.with_name(f".{target.name}.new")
        with temporary.open("wb") as out:
            for number, path in enumerate(writer.rejected):
                with path.open("rb") as part:
                    if number:
                        part.readline()
                    shutil.copyfileobj(part, out)
        temporary.replace(target)


def _first(rejects: Path) -> str:
    with rejects.open(encoding="utf-8") as lines:
        lines.readline()
        return lines.readline().strip()[:200]


def described(found: Manifest) -> dict[str, object]:
    """What there is to say of a layer in one line."""
    records = found.total("new")
    size = sum(f.bytes for e in found.editions for f in e.files.values())
    first, last = Layer(found).days
    return {
        "layer": found.name,
        "source": found.source,
        "editions": len(found.editions),
        "records": records,
        "claims": found.total("claims") + found.total("relations"),
        "days": f"{when_.iso(first)} to {when_.iso(last)}" if first is not None and last is not None else "",
        "MiB": round(size / (1 << 20), 1),
    }


def things(layer: Layer, names: Iterable[str]) -> tuple[str, ...]:
    """The ids that names mean in a layer: its own names, ids, and names of countries."""
    return tuple(layer.meant(name) for name in names)


def names(layer: Layer) -> list[dict[str, str]]:
    """Each name of a layer with whom it stands for."""
    found = sorted(layer.names.items())
    return [
        {
            "name": text,
            "entity": m.id,
            "kind": m.kind,
            "why": m.why,
            "is own": "yes" if m.why == OWN else "no",
        }
        for text, m in found
    ]


def load(layer: Layer, chosen: Selection, into: Path, *, everything: bool = False) -> int:
    """Write what is meant of a layer as a Turtle file into a folder; LimitExceeded for more than a store likes."""
    target = into / f"{layer.name}.ttl"
    output.check(target)
    count = text.size(layer, chosen)
    if count > MOST_LOADED and not everything:
        raise LimitExceeded(
            f"{count:,} claims",
            where=layer.name,
            expected="--about, --from and --to narrow it, --all loads them anyway",
        )
    with place.refused(target):
        temporary = target.with_name(f".{target.name}.new")
        try:
            with temporary.open("wb") as out:
                written = text.write(layer, chosen, model_.load(), out, but=_declared(target))
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(target)
            place.sync(into)
        finally:
            temporary.unlink(missing_ok=True)
    incoming.list_source(target, source=layer.source.title, licence=layer.source.licence)
    return written


def _declared(target: Path) -> Callable[[str], bool]:
    """Whether another file of the folder declares a thing."""
    if not any(path != target for path in target.parent.glob("*.ttl")):
        return lambda _: False
    store = Store.open(target.parent)

    def there(thing: str) -> bool:
        rows = store.select(f"SELECT ?file WHERE {{ GRAPH ?file {{ e:{thing} a ?kind }} }}")
        return any(row["file"] != target.name for row in rows)

    return there


def forget(name: str) -> None:
    """Remove a layer: its manifest first, so that half of one is never seen; UnknownName when there is none."""
    manifest.read(name)
    folder = place.folder(name)
    with place.locked(folder), place.refused(folder):
        (folder / place.MANIFEST).unlink()
        shutil.rmtree(folder)
