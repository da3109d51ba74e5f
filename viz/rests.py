"""What the pages of a site rest on: for each page what it had read, and what each read gave.

A page need not be made again while nothing it read gives anything else and nothing else that decides
it (its frame) changed.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Read = tuple[str, str]
Reads = tuple[Read, ...]
_DIGEST: Final = 16
"""Hexadecimal digits of a digest."""


@dataclass
class Rests:
    """Reads named once, in order of name, with a digest of what each gave; for each page its frame and its reads.

    `frames` is in order of path. The reads of its n-th page are `numbers[ends[n]:ends[n + 1]]`,
    ascending numbers of names.
    """

    names: list[Read] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
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

    def touched(self, digest: Callable[[str, str], str]) -> frozenset[str]:
        """The pages of which some read gives something else now."""
        changed = np.fromiter(
            (digest(*name) != old for name, old in zip(self.names, self.digests, strict=True)), bool, len(self.names)
        )
        before = np.concatenate(([0], np.cumsum(changed[self.numbers])))[self.ends]
        return frozenset(itertools.compress(self.frames, np.diff(before) > 0))

    def next(
        self,
        kept: Iterable[str],
        made: Mapping[str, tuple[str, Reads]],
        digest: Callable[[str, str], str],
    ) -> Rests:
        """What the next build's pages rest on: those kept as they were, those made with frame and reads.

        What a page that is kept had read gives what it gave, or the page would not be kept.
        """
        stay = frozenset(kept)
        stays = np.fromiter((path in stay for path in self.frames), bool, len(self.frames))
        still = np.zeros(len(self.names), bool)
        still[self.numbers[np.repeat(stays, np.diff(self.ends))]] = True
        used = np.flatnonzero(still)
        gave = {self.names[i]: self.digests[i] for i in used}
        new = {read for _, reads in made.values() for read in reads if read not in gave}
        names = sorted([*gave, *new])
        at = {name: number for number, name in enumerate(names)}
        # Both lists are in order, so the numbers of a page that stays ascend when they have moved.
        moved = np.zeros(len(self.names), np.uint32)
        moved[used] = np.fromiter(map(at.__getitem__, gave), np.uint32, len(gave))
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
            [gave.get(name) or digest(*name) for name in names],
            {path: rows[path][0] for path in paths},
            np.concatenate([np.empty(0, np.uint32), *(rows[path][1] for path in paths)]),
            _ends(len(rows[path][1]) for path in paths),
        )

    def as_json(self) -> dict[str, Any]:
        """The value as JSON holds it: names and digests as one text each, the numbers of all pages in a row."""
        return {
            "names": "\n".join(f"{what} {name}" for what, name in self.names),
            "digests": "".join(self.digests),
            "pages": [*zip(self.frames, self.frames.values(), np.diff(self.ends).tolist(), strict=True)],
            "reads": base64.b64encode(self.numbers.astype("<u4").tobytes()).decode(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rests:
        """The value again; raises ValueError, KeyError, IndexError, AttributeError or TypeError when it is none."""
        names = [(what, name) for what, _, name in (line.partition(" ") for line in value["names"].splitlines())]
        text = str(value["digests"])
        digests = [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST)]
        numbers = np.frombuffer(base64.b64decode(value["reads"]), "<u4").astype(np.uint32)
        frames = {str(path): str(frame) for path, frame, _ in value["pages"]}
        ends = _ends(int(count) for _, _, count in value["pages"])
        wrong = ends[-1] != len(numbers) or (np.diff(ends) < 0).any() or len(digests) != len(names)
        if wrong or (len(numbers) and numbers.max() >= len(names)):
            raise ValueError("numbers of no read")
        return cls(names, digests, frames, numbers, ends)


def _ends(counts: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(itertools.accumulate(counts, initial=0), np.int64)
