"""The arrays an index consists of: one named tuple, the same in memory, on disk and in kernels."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

Ints = NDArray[Any]
FAR: Final = 4_000_000
"""Days beyond ±FAR are clipped, so that a difference of two days fits 32 bits."""
TEXTS: Final = ("x_", "y_", "z_")
"""How the names of the columns begin that hold text ids."""


class Arrays(NamedTuple):
    """Events sorted by day, and everything that points at them.

    An event is its position in this order; an entity its position among sorted entity ids.
    Posting lists are compressed: the list of owner x is `values[off[x]:off[x + 1]]`.
    """

    # events; `vague`: 0 one day, believed from the start; 1 several possible days; 2 belief has changed
    day: Ints
    first: Ints
    last: Ints
    kind: Ints
    known: Ints
    deaths: Ints
    impact: Ints
    parent: Ints
    vague: Ints
    all_known: Ints
    # participations of an event, by entity; several rows an entity when more became known later
    p_off: Ints
    p_entity: Ints
    p_percent: Ints
    p_flags: Ints
    p_known: Ints
    # events of an entity, and the days they became known
    e_off: Ints
    e_event: Ints
    e_known: Ints
    e_country: Ints
    # events of a pair; `d_key` is low entity × entities + high entity
    d_key: Ints
    d_off: Ints
    d_event: Ints
    # pairs of an entity, by the first event they share
    n_off: Ints
    n_entity: Ints
    n_pair: Ints
    n_first: Ints
    # the most severe events of each quarter of a year, of entities and of pairs with long lists
    te_off: Ints
    te_event: Ints
    td_off: Ints
    td_event: Ints
    # independent voices of an event, by the day each first spoke
    v_off: Ints
    v_known: Ints
    # stated links, by later and by earlier event
    l_later: Ints
    l_earlier: Ints
    l_kind: Ints
    l_percent: Ints
    l_known: Ints
    l_claim: Ints
    k_order: Ints
    k_earlier: Ints
    # what a part does counts for a whole between two days, by part
    c_part: Ints
    c_whole: Ints
    c_first: Ints
    c_last: Ints
    c_known: Ints
    # what was believed of an event from a day on
    r_event: Ints
    r_known: Ints
    r_first: Ints
    r_last: Ints
    r_deaths: Ints
    # kinds
    intensity: Ints
    half_life: Ints
    # text ids: bytes of all one after the other, and their hashes for look-up
    x_off: Ints
    x_text: Ints
    x_hash: Ints
    x_event: Ints
    y_off: Ints
    y_text: Ints
    z_text: Ints
