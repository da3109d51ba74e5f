"""Corrections on the knowledge clock: a claim is withdrawn or superseded, never erased."""

from __future__ import annotations

import dataclasses

from graph import when as when_
from graph.add import things
from graph.add.entry import Entry, from_parts
from graph.add.plan import Addition, addition
from graph.add.things import Draft
from graph.claim import Citation, Claim, Literal
from graph.errors import InputError
from graph.names import Names
from graph.rdf import Bundle
from graph.store import Store


def withdraw(claim: str, store: Store, *, on: str) -> Addition:
    """The claim as withdrawn on a day: it stays, and questions about earlier days still see it."""
    found = _standing(claim, store, on)
    return Addition(Bundle(claims=(dataclasses.replace(found, withdrawn=on),)), (f"withdrawn on {on}: {_said(found)}",))


def supersede(claim: str, line: str, store: Store, names: Names, *, on: str) -> Addition:
    """The claim withdrawn in favour of another with its subject and predicate: "VALUE | https://… (Publisher)"."""
    old = _standing(claim, store, on)
    value, _, rest = line.partition("|")
    if not value.strip() or not rest.strip():
        raise InputError(f"not a correction: {line!r}", expected="VALUE | https://… (Publisher) | key=value")
    source, *extra = [part.strip() for part in rest.split(" | ")]
    date = next((e.partition("=")[2] for e in extra if e.startswith("when=")), old.when)
    extra = [e for e in extra if not e.startswith("when=")]
    parts = {"date": date or on, "kind": "", "participants": "", "place": "", "source": source}
    entry = from_parts(parts, extra, "")
    draft = Draft(store, names, on)
    new = _replacement(old, value.strip(), date, entry, draft)
    if new is not None:
        draft.claims[new.id] = new
        draft.claims[old.id] = dataclasses.replace(old, withdrawn=on, superseded_by=new.id)
        draft.note(f"superseded on {on}: {_said(old)}, now {new.value} ({new.id})")
    return addition(draft)


def _replacement(old: Claim, value: str, date: str, entry: Entry, draft: Draft) -> Claim | None:
    article = things.article(entry, draft)
    if article is None:
        return None
    cite = Citation(article.id, entry.one("locator"), entry.one("quote"))
    thing: str | Literal
    if isinstance(old.object, Literal):
        thing = Literal(value, old.object.type, old.object.lang)
        date = value if old.predicate == "happened" else date
    else:
        kinds = draft.store.model.predicate(old.predicate).range
        day = when_.parse(entry.date).begin_latest
        thing = things.thing(value, draft, day=day, kinds=kinds, where="", cite=cite)
        if not thing:
            return None
    new = Claim(old.subject, old.predicate, thing, (cite,), date, recorded=draft.recorded)
    if new.id == old.id:
        raise InputError(f"says the same as {old.id}", expected="another value; a second source goes in with into=")
    return new


def _standing(claim: str, store: Store, on: str) -> Claim:
    found = store.claim(claim)
    when_.day(on)
    if found.withdrawn:
        raise InputError(f"already withdrawn on {found.withdrawn}", where=claim)
    if found.recorded and on < found.recorded:
        raise InputError(f"recorded on {found.recorded}, after {on}", where=claim, expected="a later day")
    return found


def _said(claim: Claim) -> str:
    return f"{claim.subject} {claim.predicate} {claim.value}"
