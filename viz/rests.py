"""What the pages of a site rest on: for each page what it had read, and what each read gave.

A page need not be made again while nothing it read gives anything else and nothing else that decides
it (its frame) changed.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Read = tuple[str, str]
Reads = tuple[Read, ...]
Numbers = npt.NDArray[np.uint32]
"""Numbers of reads, ascending, shape (reads of a page,)."""
_DIGEST: Final = 16
"""Hexadecimal digits of a digest."""


@dataclass(slots=True)
class Rests:
    """Reads named once, in order of name, with a digest of what each gave; pages with frame and numbers of reads."""

    names: list[Read] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, Numbers]] = field(default_factory=dict)

    def reads(self, path: str) -> Reads:
        """What a page had read; nothing for a page not known."""
        return tuple(self.names[i] for i in self.pages[path][1]) if path in self.pages else ()

    def touched(self, digest: Callable[[str, str], str]) -> frozenset[str]:
        """The pages of which some read gives something else now."""
        changed = np.fromiter(
            (digest(*name) != old for name, old in zip(self.names, self.digests, strict=True)), bool, len(self.names)
        )
        return frozenset(path for path, (_, numbers) in self.pages.items() if changed[numbers].any())

    def next(
        self,
        kept: Iterable[str],
        made: Mapping[str, tuple[str, Reads]],
        digest: Callable[[str, str], str],
    ) -> Rests:
        """What the next build's pages rest on: those kept as they were, those made with frame and reads.

        What a page that is kept had read gives what it gave, or the page would not be kept.
        """
        stay = {path: self.pages[path] for path in kept}
        still = np.zeros(len(self.names), bool)
        for _, numbers in stay.values():
            still[numbers] = True
        used = np.flatnonzero(still)
        gave = {self.names[i]: self.digests[i] for i in used}
        new = {read for _, reads in made.values() for read in reads if read not in gave}
        names = sorted([*gave, *new])
        at = {name: number for number, name in enumerate(names)}
        # Both lists are in order, so the numbers of a page that stays ascend when they have moved.
        moved = np.zeros(len(self.names), np.uint32)
        moved[used] = np.fromiter(map(at.__getitem__, gave), np.uint32, len(gave))
        pages = {path: (frame, moved[numbers]) for path, (frame, numbers) in stay.items()}
        for path, (frame, reads) in made.items():
            pages[path] = frame, np.fromiter(sorted(map(at.__getitem__, reads)), np.uint32, len(reads))
        return Rests(names, [gave.get(name) or digest(*name) for name in names], pages)

    def as_json(self) -> dict[str, Any]:
        """The value as JSON holds it: names and digests as one text each, the numbers of all pages in a row."""
        order = sorted(self.pages)
        rows = [self.pages[path][1] for path in order]
        numbers = np.concatenate(rows) if rows else np.empty(0, np.uint32)
        return {
            "names": "\n".join(f"{what} {name}" for what, name in self.names),
            "digests": "".join(self.digests),
            "pages": [(path, self.pages[path][0], len(numbers_)) for path, numbers_ in zip(order, rows, strict=True)],
            "reads": base64.b64encode(numbers.astype("<u4").tobytes()).decode(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rests:
        """The value again; raises ValueError, KeyError, IndexError, AttributeError or TypeError when it is none."""
        names = [(what, name) for what, _, name in (line.partition(" ") for line in value["names"].splitlines())]
        text = str(value["digests"])
        digests = [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST)]
        rows = np.frombuffer(base64.b64decode(value["reads"]), "<u4").astype(np.uint32)
        pages: dict[str, tuple[str, Numbers]] = {}
        at = 0
        for path, frame, count in value["pages"]:
            pages[str(path)] = str(frame), rows[at : at + int(count)]
            at += int(count)
        if at != len(rows) or len(digests) != len(names) or (len(rows) and rows.max() >= len(names)):
            raise ValueError("numbers of no read")
        return cls(names, digests, pages)
