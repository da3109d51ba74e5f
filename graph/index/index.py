"""Index: the arrays with the names they stand for, opened from a store's cache."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph.errors import StoreError, UnknownName
from graph.index import build as build_
from graph.index import compiled as compiled_
from graph.index import file
from graph.index.arrays import TEXTS, Arrays
from graph.index.columns import Columns

if TYPE_CHECKING:
    from graph.store import Store

COMPILED_FROM: Final = 20_000
"""From this many events on, compiling the kernels pays for loading the compiler."""


class Index:
    """Events by time, participant and pair; `arrays` hold positions, the methods turn them into ids."""

    def __init__(
        self, arrays: Arrays, kinds: Sequence[str], fingerprint: str = "", compiled: bool | None = None
    ) -> None:
        self.arrays, self.kinds, self.fingerprint = arrays, tuple(kinds), fingerprint
        self.compiled = len(arrays.day) >= COMPILED_FROM if compiled is None else compiled
        self._found = functools.lru_cache(maxsize=65536)(self._find)
        self.event_id = functools.lru_cache(maxsize=65536)(self._event_id)
        self.entity_id = functools.lru_cache(maxsize=65536)(self._entity_id)

    @classmethod
    def of(cls, columns: Columns, *, fingerprint: str = "", compiled: bool | None = None) -> Index:
        """An index in memory over columns."""
        arrays = build_.build(columns)
        for column in arrays:
            column.setflags(write=False)
        return cls(arrays, sorted(k.name for k in columns.kinds), fingerprint, compiled)

    @classmethod
    def read(cls, path: Path, *, compiled: bool | None = None) -> Index:
        """The index in a file; StoreError when it is missing or damaged."""
        arrays, about = file.read(path)
        return cls(arrays, about["kinds"], about["fingerprint"], compiled)

    def write(self, path: Path) -> None:
        """Write the index as one file."""
        file.write(self.arrays, {"kinds": self.kinds, "fingerprint": self.fingerprint}, path)

    @classmethod
    def open(cls, store: Store, columns: Callable[[Store], Columns] | None = None) -> Index:
        """The index of a store, built first, from what `columns` makes of it, when there is none for this content."""
        path = path_of(store)
        with contextlib.suppress(StoreError):
            return cls.read(path)
        with _locked(path.parent):
            with contextlib.suppress(StoreError):
                return cls.read(path)
            from graph.index import gather

            made = (columns or gather.from_store)(store)
            cls.of(made, fingerprint=store.fingerprint).write(path)
        return cls.read(path)

    def __len__(self) -> int:
        return len(self.arrays.day)

    @property
    def bytes(self) -> int:
        """The size of all arrays."""
        return sum(column.nbytes for column in self.arrays)

    def event(self, event: str) -> int:
        """The position of an event; UnknownName when the index holds none of this id."""
        return self._found(event)

    def _find(self, event: str) -> int:
        a = self.arrays
        wanted = np.uint64(build_.hash_of_one(event.encode()) if event else 0)
        at = int(np.searchsorted(a.x_hash, wanted))
        while at < len(a.x_hash) and a.x_hash[at] == wanted:
            if self.event_id(int(a.x_event[at])) == event:
                return int(a.x_event[at])
            at += 1
        raise UnknownName(event, where="index")

    def entity(self, entity: str) -> int:
        """The position of an entity, or -1 when it takes part in nothing."""
        low, high = 0, len(self.arrays.y_off) - 1
        while low < high:
            middle = (low + high) // 2
            if self.entity_id(middle) < entity:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.arrays.y_off) - 1 and self.entity_id(low) == entity else -1

    @property
    def loops(self) -> Arrays:
        """The arrays in the form loops read fastest: as they are when compiled, lists of plain numbers when not."""
        return self.arrays if self.compiled or compiled_.is_any() else self._lists

    @functools.cached_property
    def _lists(self) -> Arrays:
        return Arrays(
            *(
                column if name.startswith(TEXTS) else column.tolist()
                for name, column in zip(Arrays._fields, self.arrays, strict=True)
            )
        )

    @functools.cached_property
    def content(self) -> str:
        """A hash of everything in it: equal content, equal answers, from whatever claims it was built."""
        total = hashlib.sha256(repr(self.kinds).encode())
        for column in self.arrays:
            total.update(f"{column.dtype} {column.shape}".encode() + column.tobytes())
        return total.hexdigest()

    @functools.cached_property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that state links, as `l_claim` counts them."""
        text = self.arrays.z_text.tobytes().decode()
        return tuple(text.split("\n")) if text else ()

    def _event_id(self, event: int) -> str:
        a: Any = self.arrays
        return str(a.x_text[a.x_off[event] : a.x_off[event + 1]].tobytes().decode())

    def _entity_id(self, entity: int) -> str:
        a: Any = self.arrays
        return str(a.y_text[a.y_off[entity] : a.y_off[entity + 1]].tobytes().decode())


def path_of(store: Store) -> Path:
    """Where the index of a store is kept: by its content's directory and by the code that builds it."""
    return store.directory / "index" / f"events-{_code()}.index"


@functools.cache
def _code() -> str:
    """A hash of the sources of this package, so that a changed builder never reads an old file."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()[:12]


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
