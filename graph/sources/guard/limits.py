"""How large, long, deep and compressed an imported file may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one imported file; each is refused with exit code 5 and its name.

    `file_bytes` bounds a file that is read whole (RDF, JSON), after unpacking; a file that is read line
    by line is bounded by `line_bytes` alone. A compressed file may unpack to `ratio` times its size,
    and to `unpacked_bytes` whatever its ratio.
    """

    file_bytes: int = 64 * MIB
    literal_bytes: int = MIB
    line_bytes: int = 16 * MIB
    nesting: int = 256
    entities: int = 64
    ratio: int = 100
    unpacked_bytes: int = 256 * MIB


LIMITS: Final = Limits()
STREAMED: Final = Limits(unpacked_bytes=16 << 30)
"""For files that are read and written record by record: memory does not grow with what they unpack to."""
