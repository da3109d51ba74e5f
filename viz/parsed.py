"""What each Turtle file of a store says, parsed once a content and kept beside the store's cache."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from graph import claim as claim_
from graph import damage, loading, rdf, when, whole
from graph.cache import turtle_files
from graph.claim import Article, Claim, Entity
from graph.rdf import Bundle
from graph.store import Store

_MARK: Final = 64
_by_id = attrgetter("id")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file: what it says, the ids of its claims, and of claims, entities and articles the digest of each.

    `plain` when every claim's own name is its id, so that one can be told from the text without the rest.
    """

    bundle: Bundle
    ids: list[str]
    digests: list[int]
    declared: list[int]
    plain: bool

    def told(self) -> Iterator[tuple[str, int]]:
        """Every claim's id with its digest."""
        return zip(self.ids, self.digests, strict=True)

    def known(self) -> Iterator[tuple[str, int]]:
        """Every entity's id with its digest, then every article's."""
        return zip(map(_by_id, (*self.bundle.entities, *self.bundle.articles)), self.declared, strict=True)

    def names(self) -> Iterable[str]:
        """The ids of all its claims, entities and articles."""
        return (*self.ids, *map(_by_id, (*self.bundle.entities, *self.bundle.articles)))


def of(store: Store) -> list[Parsed]:
    """Every file of a store, in order of name."""
    record = damage.record(store.directory)
    folder = store.directory.parent / "parsed"

    def path(content: str) -> Path:
        return folder / f"{content[:40]}-{_code()}"

    wanted = {file: path(record["files"][file.name]) for file in turtle_files(store.folder)}
    found = []
    for file, place in wanted.items():
        change = record["amended"].get(file.name)
        former = _kept(path(change["from"])) if change and not place.exists() else None
        amended = _amended(former, file, change["subjects"]) if former and former.plain else None
        found.append(_kept(place) or _keep(amended or _read(file), place))
    for stale in set(folder.iterdir()) - set(wanted.values()):
        stale.unlink(missing_ok=True)
    return found


def digest(value: object) -> int:
    """A hash of a value by its text, 64 bits."""
    return int.from_bytes(hashlib.blake2b(repr(value).encode(), digest_size=8).digest())


def _code() -> str:
    """A hash of the code that parses and of this module, so that another version never reads what it did not write."""
    sources = (claim_.__file__, loading.__file__, rdf.__file__, when.__file__, __file__)
    return hashlib.sha256(b"".join(Path(s).read_bytes() for s in sources)).hexdigest()[:12]


def _kept(path: Path) -> Parsed | None:
    """What was kept under a path; None when nothing was, or it is not what was written."""
    with contextlib.suppress(OSError):
        data = path.read_bytes()
        if data[:_MARK] == _mark(data[_MARK:]):
            found: Parsed
            found, columns = pickle.loads(data[_MARK:])  # noqa: S301 (our own cache, readable to its owner only)
            bundle = Bundle(*map(_values, (Entity, Article, Claim), columns))
            _fill(Claim, "_id", bundle.claims, found.ids)
            return replace(found, bundle=bundle)
    return None


def _columns(values: Sequence[Any], kind: type[Any]) -> list[list[object]]:
    """What values of a kind hold, field by field: read back in a third of the time that one after another takes."""
    return [list(map(attrgetter(field.name), values)) for field in fields(kind)]


def _values(kind: type[T], columns: Sequence[Sequence[object]]) -> tuple[T, ...]:
    """Values of what was kept of them; they were checked when they were read first."""
    made = tuple(kind.__new__(kind) for _ in columns[0])
    for field, column in zip(fields(cast(Any, kind)), columns, strict=True):
        _fill(kind, field.name, made, column)
    return made


def _fill(kind: type[Any], name: str, values: Iterable[object], column: Iterable[object]) -> None:
    deque(map(getattr(kind, name).__set__, values, column), maxlen=0)


def _read(file: Path) -> Parsed:
    """A file read whole."""
    properties = rdf.parse(file)
    bundle = rdf.from_properties(properties, file.name)
    ids = [c.id for c in bundle.claims]
    return Parsed(bundle, ids, [digest(c) for c in bundle.claims], _declared(bundle), _is_plain(properties, ids))


def _declared(bundle: Bundle) -> list[int]:
    return [digest(x) for x in (*bundle.entities, *bundle.articles)]


def _is_plain(properties: rdf.Properties, ids: Iterable[str]) -> bool:
    """Whether these are the claims there, each under the name that is its id."""
    kind, claims = rdf.full("rdf:type"), rdf.full("w:Claim")
    named = {s for s, found in properties.items() if any(t.value == claims for t in found.get(kind, ()))}
    return named == {f"{rdf.PREFIXES['c']}{name}" for name in ids}


def _amended(former: Parsed, file: Path, subjects: Iterable[str]) -> Parsed | None:
    """A file of which only some subjects have changed since it was read; None when it has to be read whole."""
    found = loading.about(file, subjects)
    new, old = rdf.from_properties(found, file.name), former.bundle
    ids = [c.id for c in new.claims]
    if not _is_plain(found, ids):
        return None
    gone = {*subjects, *found}
    thing, claim = rdf.PREFIXES["e"], rdf.PREFIXES["c"]
    stay = [at for at, name in enumerate(former.ids) if claim + name not in gone]
    bundle = Bundle(
        (*(e for e in old.entities if thing + e.id not in gone), *new.entities),
        (*(a for a in old.articles if thing + a.id not in gone), *new.articles),
        (*(old.claims[at] for at in stay), *new.claims),
    )
    digests = [former.digests[at] for at in stay] + [digest(c) for c in new.claims]
    return Parsed(bundle, [former.ids[at] for at in stay] + ids, digests, _declared(bundle), plain=True)


def _keep(found: Parsed, path: Path) -> Parsed:
    said = found.bundle
    columns = _columns(said.entities, Entity), _columns(said.articles, Article), _columns(said.claims, Claim)
    data = pickle.dumps((replace(found, bundle=Bundle()), columns), protocol=5)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with whole.replaced(path, lasting=False) as out:
        out.write(_mark(data) + data)
    return found


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
