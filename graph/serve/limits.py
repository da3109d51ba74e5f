"""Every limit of the server in one place, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost; a request over a limit is refused with the limit's name."""

    query_bytes: int = 16 * 1024  # a 4.4 kB query of nested braces ends the process that parses it
    nesting: int = 64
    patterns: int = 64  # planning time grows steeply with the number of triple patterns
    seconds: float = 5.0
    most_seconds: float = 30.0
    memory_bytes: int = 1024**3
    result_bytes: int = 10 * 1024**2
    workers: int = 2
    queue: int = 32
    recycle_after: int = 1_000
    body_bytes: int = 1024**2
    draft_bytes: int = 64 * 1024  # of a text to be checked: some ten thousand words
    header_bytes: int = 8 * 1024
    header_lines: int = 64
    connections: int = 128  # that may wait for a whole request; one more closes the one that waited longest
    active: int = 64  # requests answered at once
    backlog: int = 128
    request_seconds: float = 10.0
    write_seconds: float = 10.0
    idle_seconds: float = 5.0
    answer_seconds: float = 10.0
    answering: int = 4  # answers of the JSON API made at once; they share one interpreter
    remembered_bytes: int = 32 * 1024**2  # answers kept in memory: the data of a running server do not change


LIMITS = Limits()
