"""What the pages of a site rest on: for each page what it had read, and what each read gave.

A page need not be made again while nothing it read gives anything else and nothing else that decides
it (its frame) changed.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Read = tuple[str, str]
Reads = tuple[Read, ...]
Gives = Callable[[Sequence[Read]], npt.NDArray[np.uint64]]
"""Tells of reads a number each for what they give now."""


@dataclass
class Rests:
    """Reads named once, in order of name, with a number for what each gave; for each page its frame and its reads.

    `frames` is in order of path. The reads of its n-th page are `numbers[ends[n]:ends[n + 1]]`,
    ascending numbers of names.
    """

    names: list[Read] = field(default_factory=list)
    gave: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    frames: dict[str, str] = field(default_factory=dict)
    numbers: npt.NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    ends: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {path: at for at, path in enumerate(self.frames)}

    def reads(self, path: str) -> Reads:
        """What a page had read; nothing for a page not known."""
        at = self._place.get(path)
        if at is None:
            return ()
        return tuple(self.names[i] for i in self.numbers[self.ends[at] : self.ends[at + 1]])

    def touched(self, gives: Gives) -> frozenset[str]:
        """The pages of which some read gives something else now."""
        changed = gives(self.names) != self.gave
        before = np.concatenate(([0], np.cumsum(changed[self.numbers])))[self.ends]
        return frozenset(itertools.compress(self.frames, np.diff(before) > 0))

    def next(
        self,
        kept: Iterable[str],
        made: Mapping[str, tuple[str, Reads]],
        gives: Gives,
    ) -> Rests:
        """What the next build's pages rest on: those kept as they were, those made with frame and reads."""
        stay = frozenset(kept)
        stays = np.fromiter((path in stay for path in self.frames), bool, len(self.frames))
        still = np.zeros(len(self.names), bool)
        still[self.numbers[np.repeat(stays, np.diff(self.ends))]] = True
        used = np.flatnonzero(still)
        old = list(itertools.compress(self.names, still))
        new = {read for _, reads in made.values() for read in reads}.difference(old)
        names = sorted([*old, *new])
        at = {name: number for number, name in enumerate(names)}
        # Both lists are in order, so the numbers of a page that stays ascend when they have moved.
        moved = np.zeros(len(self.names), np.uint32)
        moved[used] = np.fromiter(map(at.__getitem__, old), np.uint32, len(old))
        numbers, spans = moved[self.numbers], itertools.pairwise(self.ends.tolist())
        rows = {
            path: (frame, numbers[a:b])
            for (path, frame), (a, b) in zip(self.frames.items(), spans, strict=True)
            if path in stay
        }
        for path, (frame, reads) in made.items():
            rows[path] = frame, np.fromiter(sorted(map(at.__getitem__, reads)), np.uint32, len(reads))
        paths = sorted(rows)
        return Rests(
            names,
            gives(names),
            {path: rows[path][0] for path in paths},
            np.concatenate([np.empty(0, np.uint32), *(rows[path][1] for path in paths)]),
            _ends(len(rows[path][1]) for path in paths),
        )

    def as_json(self) -> dict[str, Any]:
        """The value as JSON holds it: names as one text, numbers of all pages in a row."""
        return {
            "names": "\n".join(f"{what} {name}" for what, name in self.names),
            "gave": _packed(self.gave, "<u8"),
            "pages": [*zip(self.frames, self.frames.values(), np.diff(self.ends).tolist(), strict=True)],
            "reads": _packed(self.numbers, "<u4"),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rests:
        """The value again; raises ValueError, KeyError, IndexError, AttributeError or TypeError when it is none."""
        names = [(what, name) for what, _, name in (line.partition(" ") for line in value["names"].splitlines())]
        gave = np.frombuffer(base64.b64decode(value["gave"]), "<u8").astype(np.uint64)
        numbers = np.frombuffer(base64.b64decode(value["reads"]), "<u4").astype(np.uint32)
        frames = {str(path): str(frame) for path, frame, _ in value["pages"]}
        ends = _ends(int(count) for _, _, count in value["pages"])
        wrong = ends[-1] != len(numbers) or (np.diff(ends) < 0).any() or len(gave) != len(names)
        if wrong or (len(numbers) and numbers.max() >= len(names)):
            raise ValueError("numbers of no read")
        return cls(names, gave, frames, numbers, ends)


def _packed(numbers: npt.NDArray[Any], type_: str) -> str:
    return base64.b64encode(numbers.astype(type_).tobytes()).decode()


def _ends(counts: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(itertools.accumulate(counts, initial=0), np.int64)
