"""Choose among what a text could mean; refuse, with suggestions, rather than guess."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from typing import Final

from graph.errors import AmbiguousName, UnknownName
from graph.names import keys
from graph.names.candidates import FINDERS, Question
from graph.names.match import Match
from graph.names.searchers import SEARCHERS, alike
from graph.names.table import Table
from graph.when import Day

ENOUGH: Final = 0.7
_SURE: Final = 0.8
_LIKELY: Final = 0.6
_RIVAL: Final = 0.06
_CONTEXT: Final = 0.07
_OUTWEIGHS: Final = 2.0
_KIND_FIRST: Final = ("Country", "Territory", "Alliance", "City")


def resolve(
    text: str,
    table: Table,
    *,
    day: Day | None = None,
    kinds: Iterable[str] = (),
    context: Iterable[str] = (),
    at_least: float = ENOUGH,
) -> Match:
    """The entity a text means on a day, among `kinds` if any, near the entities of `context`.

    Raises UnknownName with suggestions when nothing scores `at_least`, AmbiguousName when two things
    fit alike and neither kind, day, context nor prominence decides.
    """
    wanted, around = tuple(kinds), frozenset(context)
    question = Question(keys.visible(text), keys.key(text), day, _around(around, table))
    if not question.key:
        raise UnknownName(text)
    mixed = "mixes" in keys.suspicion(question.text) and not table.keyed(question.key)
    found = [] if mixed else ranked(question, table, wanted)
    best = [m for m in found if m.score >= at_least]
    if not best:
        raise _unknown(text, question, found, table)
    chosen = choose(text, best, table)
    if keys.has_invisible(text):
        chosen = dataclasses.replace(chosen, reason=f"{chosen.reason}; invisible characters left out")
    return chosen


def ranked(question: Question, table: Table, kinds: tuple[str, ...] = ()) -> list[Match]:
    """Everything the question could mean, best first, each entity once."""
    found = [m for finder in FINDERS for m in finder(question, table)]
    kept = _best_each(found, question, table, kinds)
    if not kept or kept[0].score < _SURE:
        found += [m for finder in SEARCHERS for m in finder(question, table)]
        kept = _best_each(found, question, table, kinds)
    return kept


def _best_each(found: Iterable[Match], question: Question, table: Table, kinds: tuple[str, ...]) -> list[Match]:
    best: dict[str, Match] = {}
    for match in found:
        if kinds and not any(table.model.is_a(match.kind, k) for k in kinds):
            continue
        if match.score > (best[match.id].score if match.id in best else 0.0):
            best[match.id] = match
    return sorted(_in_context(best, question, table), key=lambda m: _order(m, table))


def _order(match: Match, table: Table) -> tuple[float, float, str]:
    found = table.entity(match.id)
    return -match.score, -(found.weight if found else 0.0), match.id


def _around(context: frozenset[str], table: Table) -> frozenset[str]:
    """The context with the countries its entities belong with."""
    return context | {found.country for found in table.named(context) if found.country}


def _in_context(best: dict[str, Match], question: Question, table: Table) -> list[Match]:
    """The matches, those that do not fit the context scored lower when another one does."""
    named = table.named(best) if question.context else ()
    close = {found.id for found in named if found.id in question.context or found.country in question.context}
    if not close:
        return list(best.values())
    fit = [dataclasses.replace(best[i], reason=f"{best[i].reason}; fits the rest") for i in sorted(close)]
    rest = [dataclasses.replace(m, score=m.score - _CONTEXT) for i, m in best.items() if i not in close]
    return fit + rest


def choose(text: str, best: list[Match], table: Table) -> Match:
    """The best match with its alternatives; AmbiguousName when a rival is as good."""
    first, *others = best
    rivals = [m for m in best if m.score >= first.score - _RIVAL]
    if len(rivals) > 1:
        decided = _by_letters(text, rivals) or _by_kind(rivals) or _by_weight(rivals, table)
        if decided is None:
            told = "; ".join(f"{m.name} ({m.id}, {m.reason})" for m in rivals[:5])
            raise AmbiguousName(text, suggestions=tuple(m.id for m in rivals), what=f"{text!r} may be {told}")
        first, others = decided, [m for m in best if m.id != decided.id]
    return dataclasses.replace(first, alternatives=tuple(others[:5]))


def _by_letters(text: str, rivals: list[Match]) -> Match | None:
    """The only one spelled so, when the names of all others differ in capitals alone: GUAM is not Guam."""
    spelled = [m for m in rivals if m.name == text.strip()]
    alike = [m for m in rivals if m.name.casefold() == text.strip().casefold()]
    return spelled[0] if len(spelled) == 1 and len(alike) == len(rivals) else None


def _by_kind(rivals: list[Match]) -> Match | None:
    """The only country, else the only territory, alliance or city among matches of one score."""
    top = [m for m in rivals if m.score >= rivals[0].score - 0.035]
    for kind in _KIND_FIRST:
        of_kind = [m for m in top if m.kind == kind]
        if of_kind:
            return of_kind[0] if len(of_kind) == 1 else None
    return None


def _by_weight(rivals: list[Match], table: Table) -> Match | None:
    """The best known of them, when much better known than the next; it costs some of the score."""
    weights = sorted(((found.weight, found.id) for found in table.named(m.id for m in rivals)), reverse=True)
    if len(weights) < 2 or weights[0][0] < _OUTWEIGHS * max(1.0, weights[1][0]):
        return None
    chosen = next(m for m in rivals if m.id == weights[0][1])
    clear = weights[0][0] >= 4 * max(1.0, weights[1][0])
    score = min(chosen.score, 0.92 if clear else 0.85)
    return dataclasses.replace(chosen, score=score, reason=f"{chosen.reason}; the best known of {len(rivals)}")


def _unknown(text: str, question: Question, found: list[Match], table: Table) -> UnknownName:
    """The refusal, with the nearest names and what looks wrong about the text."""
    suspicion = keys.suspicion(text)
    if suspicion:
        looks = [e for e, form, _ in table.keyed(keys.lookalike(text)) if form != "surname"]
        names = tuple(m.name for m in table.named(dict.fromkeys(looks)))
        return UnknownName(text, suggestions=names or near(question, table), where=suspicion)
    told = tuple(m.name for m in found[:3] if m.score >= _LIKELY)
    return UnknownName(text, suggestions=tuple(dict.fromkeys((*told, *near(question, table))))[:3])


def near(question: Question, table: Table, limit: int = 3) -> tuple[str, ...]:
    """Names spelled like the text, nearest first: what the writer may have meant."""
    key = question.key[:60]
    rows = {row[2]: row for size in (3, 2) for row in table.beginning(key[:size])}
    close = difflib.get_close_matches(key, {row[0]: 0 for row in rows.values()}, n=limit, cutoff=0.72)
    spelled = {row[0]: row[1] for row in rows.values()}
    found = [m.name for m in table.named(spelled[k] for k in close)]
    for entity, text in table.sounding(keys.sound(question.text)):
        named = table.entity(entity)
        if named and alike(question.text, text) >= 0.6:
            found.append(named.name)
    words = question.key.split()[:12]
    ends = [" ".join(words[-size:]) for size in (3, 2, 1) if size < len(words)]
    found += [m.name for end in ends for m in table.named(dict.fromkeys(e for e, _, _ in table.keyed(end)))]
    return tuple(dict.fromkeys(found))[:limit]
