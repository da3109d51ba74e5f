"""What a layer holds of each record, as sorted columns: to tell a new record from a known or a changed one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]
TYPES: Final = {
    "record": np.uint64,
    "digest": np.uint64,
    "version": np.int64,
    "day": np.int32,
    "part": np.int32,
    "row": np.int32,
    "rows": np.int32,
    "event": np.bool_,
    "now": np.bool_,
}
GONE: Final = np.uint64(0)
"""The digest of a record that the source no longer holds."""
NO_DAY: Final = -(2**31)


def number(text: str) -> int:
    """A 64-bit number for a record's key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def numbers(texts: Iterable[str]) -> Ints:
    """The same for many."""
    made = b"".join(hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(made, ">u8").astype(np.uint64)


def _nothing() -> dict[str, Ints]:
    return {name: np.empty(0, kind) for name, kind in TYPES.items()}


@dataclass(slots=True)
class Known:
    """One row a record, sorted by `record`: its digest (0: gone), version and day, and where its claims stand.

    `part` counts the layer's parts in the order of import, `row` and `rows` are its claims there;
    `event` tells a claims table from a relations table; `now` marks records of the import going on.
    Some 46 bytes a record.
    """

    columns: dict[str, Ints] = field(default_factory=_nothing)

    def __len__(self) -> int:
        return len(self.columns["record"])

    def find(self, records: Ints) -> Ints:
        """The position of each record, -1 for one not known."""
        held = self.columns["record"]
        if not len(held):
            return np.full(len(records), -1, np.int64)
        at = np.minimum(np.searchsorted(held, records), len(held) - 1)
        return np.where(held[at] == records, at, -1)

    def update(self, new: dict[str, Ints]) -> None:
        """Take rows of other or newer records, each record once."""
        at = self.find(new["record"])
        old = at >= 0
        for name, column in self.columns.items():
            column[at[old]] = new[name][old]
        if old.all():
            return
        joined = {n: np.concatenate((c, new[n][~old].astype(TYPES[n]))) for n, c in self.columns.items()}
        order = np.argsort(joined["record"], kind="stable")
        self.columns = {name: column[order] for name, column in joined.items()}

    def at(self, places: Ints) -> dict[str, Ints]:
        """The rows at some positions."""
        return {name: column[places] for name, column in self.columns.items()}
