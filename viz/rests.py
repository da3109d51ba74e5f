"""What the pages of a site rest on: for each page what it had read, and what each read gave.

A page need not be made again while nothing it read gives anything else and nothing else that decides
it (its frame) changed.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

Read = tuple[str, str]
Reads = tuple[Read, ...]


@dataclass(slots=True)
class Rests:
    """Reads named once, with a digest of what each gave; pages with their frame and the numbers of their reads."""

    names: list[Read] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, Sequence[int]]] = field(default_factory=dict)

    def reads(self, path: str) -> Reads:
        """What a page had read; nothing for a page not known."""
        return tuple(self.names[i] for i in self.pages[path][1]) if path in self.pages else ()

    def changed(self, digest: Callable[[str, str], str]) -> AbstractSet[int]:
        """The numbers of the reads that give something else now."""
        return {i for i, (name, old) in enumerate(zip(self.names, self.digests, strict=True)) if digest(*name) != old}

    def next(
        self,
        kept: Iterable[str],
        made: Mapping[str, tuple[str, Reads]],
        digest: Callable[[str, str], str],
    ) -> Rests:
        """What the next build's pages rest on: those kept as they were, those made with frame and reads."""
        stay = {path: self.pages[path] for path in kept}
        used = {self.names[i] for i in {i for _, rows in stay.values() for i in rows}}
        used.update(read for _, reads in made.values() for read in reads)
        names = sorted(used)
        numbers = {name: number for number, name in enumerate(names)}
        moved = [numbers.get(name, -1) for name in self.names]
        pages: dict[str, tuple[str, Sequence[int]]] = {
            path: (frame, sorted(moved[i] for i in rows)) for path, (frame, rows) in stay.items()
        }
        pages |= {path: (frame, sorted(numbers[r] for r in reads)) for path, (frame, reads) in made.items()}
        return Rests(names, [digest(*name) for name in names], pages)

    def as_json(self) -> dict[str, Any]:
        """The value as JSON holds it: the numbers of all pages one after another, four bytes each."""
        order = sorted(self.pages)
        rows = [i for path in order for i in self.pages[path][1]]
        return {
            "names": self.names,
            "digests": self.digests,
            "pages": [(path, self.pages[path][0], len(self.pages[path][1])) for path in order],
            "reads": base64.b64encode(struct.pack(f"<{len(rows)}I", *rows)).decode(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rests:
        """The value again; raises ValueError, KeyError, IndexError or TypeError when it is none."""
        names = [(str(what), str(name)) for what, name in value["names"]]
        digests = [str(d) for d in value["digests"]]
        data = base64.b64decode(value["reads"])
        rows = struct.unpack(f"<{len(data) // 4}I", data)
        pages: dict[str, tuple[str, Sequence[int]]] = {}
        at = 0
        for path, frame, count in value["pages"]:
            pages[str(path)] = str(frame), rows[at : at + int(count)]
            at += int(count)
        if at != len(rows) or len(digests) != len(names) or max(rows, default=0) >= max(1, len(names)):
            raise ValueError("numbers of no read")
        return cls(names, digests, pages)
