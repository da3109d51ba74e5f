"""The entity that surely goes by a name: its very own, borne by nobody else, at a time when it was there."""

from __future__ import annotations

from typing import Final

from graph.names import keys
from graph.names.candidates import Question, by_name, by_phrase
from graph.names.match import Match
from graph.names.table import Table
from graph.when import Day

SURE: Final = 0.92
_OWN: Final = frozenset({"name", "alias", "official"})
_AROUND_DAYS: Final = 40 * 365


def sure(text: str, table: Table, *, kind: str, country: str = "", day: Day | None = None) -> Match | None:
    """The only entity of a kind whose own name a text is, or the organ that "Police (Russia)" names; else None.

    A person of one word is never sure, nor one whose known terms lie forty years and more from the
    day, nor one of another country than that given.
    """
    if keys.suspicion(text):
        return None
    question = Question(keys.visible(text), keys.key(text), day)
    found = {m.id: m for m in by_name(question, table) if m.score >= SURE and _owned(question.key, m, table)}
    if not found and "(" in text:
        found = {m.id: m for m in by_phrase(question, table) if m.score >= SURE and not m.part and m.kind != "Person"}
    fits = [m for m in found.values() if table.model.is_a(m.kind, kind) and _there(m, question, country, table)]
    # A body that publishes is there twice; as an actor it is the body, not its website.
    fits = fits if kind == "Source" else [m for m in fits if m.kind != "Source"] or fits
    return fits[0] if len(fits) == 1 else None


def _owned(key: str, match: Match, table: Table) -> bool:
    return any(entity == match.id and form in _OWN for entity, form, _ in table.keyed(key))


def _there(match: Match, question: Question, country: str, table: Table) -> bool:
    """Whether somebody of this name may be meant on the day and in the country."""
    named = table.entity(match.id)
    if country and named is not None and named.country and named.country != country:
        return False
    if match.kind != "Person":
        return True
    if " " not in question.key:
        return False
    spans = [t.span for t in table.terms_of(match.id)]
    if question.day is None or not spans:
        return True
    day = question.day
    return any(first - _AROUND_DAYS <= day <= last + _AROUND_DAYS for first, last in spans)
