"""Search: everything a few words may mean, best first."""

from __future__ import annotations

from collections.abc import Iterable

from graph.names import keys
from graph.names.candidates import FINDERS, Question, match
from graph.names.match import Match
from graph.names.searchers import SEARCHERS
from graph.names.table import Table


def find(text: str, table: Table, *, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Match, ...]:
    """Matches for a text, best first: exact names, phrases, beginnings, sounds, shared words."""
    question = Question(keys.visible(text), keys.key(text))
    if not question.key:
        return ()
    found = [m for finder in (*FINDERS, *SEARCHERS) for m in finder(question, table)]
    if len(question.key) >= 3:
        begun = {entity for _, entity, _ in table.beginning(question.key, 200)}
        found += [match(named, 0.66, "its name begins so") for named in table.named(begun)]
    wanted = tuple(kinds)
    best: dict[str, Match] = {}
    for one in found:
        fits = not wanted or any(table.model.is_a(one.kind, k) for k in wanted)
        if fits and (one.id not in best or best[one.id].score < one.score):
            best[one.id] = one
    return tuple(sorted(best.values(), key=lambda m: _order(m, table))[:limit])


def _order(one: Match, table: Table) -> tuple[float, float, str]:
    named = table.entity(one.id)
    return -one.score, -(named.weight if named else 0.0), one.id
