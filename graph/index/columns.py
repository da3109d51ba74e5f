"""What an index is built from: events, participations, closure, voices and links as integer columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.errors import InputError

Ints = NDArray[Any]
ROLES: Final = (
    "actor",
    "target",
    "participant",
    "victim",
    "host",
    "about",
    "operator",
    "signatory",
    "beneficiary",
    "mediator",
    "tookPlaceIn",
    "word",
)
WORD: Final = ROLES.index("word")
WORD_PERCENT: Final = 25
"""A word of an event's name or summary takes part like an entity whose id begins with `~`."""
ACTING: Final = tuple(ROLES.index(r) for r in ("actor", "operator", "signatory", "mediator"))
AFFECTED: Final = tuple(ROLES.index(r) for r in ("target", "victim", "beneficiary"))
LINKS: Final = ("causedBy", "inResponseTo", "partOf", "follows", "after")
ROLE_PERCENT: Final = {"about": 60, "host": 60, "tookPlaceIn": 60, "word": WORD_PERCENT}
"""A mere place, a host or a topic counts less than who acts; the country of a mere city less again."""


def no_ints() -> Ints:
    """An empty column."""
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class KindRow:
    """What the index knows of an event kind: see `graph.model.Kind`."""

    name: str
    intensity: float
    half_life_days: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Events as integer columns; the package's docstring says what each holds."""

    ids: Sequence[str] | NDArray[np.bytes_]
    entities: Sequence[str]
    kinds: tuple[KindRow, ...]
    first: Ints
    last: Ints
    kind: Ints
    known: Ints
    deaths: Ints
    p_event: Ints
    p_entity: Ints
    p_role: Ints
    p_known: Ints
    c_part: Ints = field(default_factory=no_ints)
    c_whole: Ints = field(default_factory=no_ints)
    c_percent: Ints = field(default_factory=no_ints)
    c_first: Ints = field(default_factory=no_ints)
    c_last: Ints = field(default_factory=no_ints)
    c_known: Ints = field(default_factory=no_ints)
    v_event: Ints = field(default_factory=no_ints)
    v_voice: Ints = field(default_factory=no_ints)
    v_known: Ints = field(default_factory=no_ints)
    l_later: Ints = field(default_factory=no_ints)
    l_earlier: Ints = field(default_factory=no_ints)
    l_kind: Ints = field(default_factory=no_ints)
    l_percent: Ints = field(default_factory=no_ints)
    l_known: Ints = field(default_factory=no_ints)
    l_claims: Sequence[str] = ()
    a_event: Ints = field(default_factory=no_ints)
    a_about: Ints = field(default_factory=no_ints)
    a_known: Ints = field(default_factory=no_ints)
    r_event: Ints = field(default_factory=no_ints)
    r_known: Ints = field(default_factory=no_ints)
    r_first: Ints = field(default_factory=no_ints)
    r_last: Ints = field(default_factory=no_ints)
    r_deaths: Ints = field(default_factory=no_ints)
    countries: Ints = field(default_factory=no_ints)
    """Positions in `entities` that are countries: the sides of an account."""

    def __post_init__(self) -> None:
        groups = {"": ("first", "last", "kind", "known", "deaths", "ids")}
        for name in (f.name for f in fields(self)):
            if name[1:2] == "_":
                groups[name[0]] = (*groups.get(name[0], ()), name)
        for names in groups.values():
            lengths = {name: len(getattr(self, name)) for name in names}
            if len(set(lengths.values())) > 1:
                raise InputError(f"columns of different lengths: {lengths}")


def join(parts: Iterable[Columns]) -> Columns:
    """One set of columns from several, entities and kinds matched by name; events must be distinct."""
    parts = tuple(parts)
    if len(parts) == 1:
        return parts[0]
    entities: dict[str, int] = {}
    kinds: dict[str, int] = {}
    rows: dict[str, KindRow] = {}
    gathered: dict[str, list[Ints]] = {}
    at = 0
    for part in parts:
        to_entity = np.array([entities.setdefault(e, len(entities)) for e in part.entities], np.int32)
        to_kind = np.array([kinds.setdefault(k.name, len(kinds)) for k in part.kinds], np.int16)
        rows.update({k.name: k for k in part.kinds if k.name not in rows})
        for name, column in _renumbered(part, to_entity, to_kind, at).items():
            gathered.setdefault(name, []).append(column)
        at += len(part.first)
    return Columns(
        ids=_join_ids(parts),
        entities=tuple(entities),
        kinds=tuple(rows[k] for k in kinds),
        l_claims=tuple(c for part in parts for c in part.l_claims),
        **{name: np.concatenate(held) for name, held in gathered.items()},
    )


_ENTITY_COLUMNS: Final = ("p_entity", "c_part", "c_whole", "countries")
_EVENT_COLUMNS: Final = ("p_event", "v_event", "l_later", "l_earlier", "r_event", "a_event", "a_about")


def _renumbered(part: Columns, to_entity: Ints, to_kind: Ints, at: int) -> dict[str, Ints]:
    found: dict[str, Ints] = {}
    for name in (f.name for f in fields(part)):
        column = getattr(part, name)
        if not isinstance(column, np.ndarray) or name == "ids":
            continue
        if name in _ENTITY_COLUMNS:
            column = to_entity[column]
        elif name == "kind":
            column = to_kind[column]
        elif name in _EVENT_COLUMNS:
            column = column + np.int32(at)
        found[name] = column
    return found


def _join_ids(parts: tuple[Columns, ...]) -> NDArray[np.bytes_]:
    return np.concatenate([as_bytes(part.ids) for part in parts])


def as_bytes(ids: Sequence[str] | NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    """The ids as one NumPy bytes array."""
    if isinstance(ids, np.ndarray):
        return ids
    return np.array([i.encode() for i in ids], dtype=np.bytes_) if len(ids) else np.empty(0, "S1")
