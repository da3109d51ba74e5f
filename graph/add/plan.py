"""Entries → claims: names resolved, roles given, duplicates and conflicts found; nothing is written."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph import when as when_
from graph.add import things
from graph.add.entry import KEYS, Entry
from graph.add.things import Draft
from graph.claim import Article, Citation, Claim, Entity, Literal, Status, merge, slug
from graph.entity import Event
from graph.errors import GraphError, UnknownName
from graph.model import Model
from graph.names import Names, keys
from graph.rdf import Bundle
from graph.store import Store
from graph.tell.frames import Unbound, fill
from graph.tell.naming import joined
from graph.tell.paragraph import Span
from graph.voices import voices
from graph.when import Held, When

_LINKS: Final = {
    "responds-to": "inResponseTo",
    "follows": "follows",
    "part-of": "partOf",
    "after": "after",
    "caused-by": "causedBy",
}
_LEFT: Final = ("actor", "participant", "signatory", "operator", "host", "victim")
_RIGHT: Final = ("target", "host", "about", "victim", "beneficiary", "participant")
_ROLE: Final = re.compile(r"(\w+):\s+(.+)")
_COUNTED: Final = ("integer", "number", "date")


@dataclass(frozen=True, slots=True)
class Addition:
    """What entries come to: new and amended claims, and what the writer should know first.

    `notes` say what was taken for what; `duplicates` and `conflicts` name what is already there;
    with `problems` nothing can be written.
    """

    bundle: Bundle
    notes: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def plan(entries: Iterable[Entry], store: Store, names: Names, *, recorded: str) -> Addition:
    """What the entries would add; problems are collected, so one look shows them all."""
    draft = Draft(store, names, recorded)
    for entry in entries:
        try:
            _enter(entry, draft)
        except GraphError as error:
            draft.problems.append(f"{entry.where}: {error}" if entry.where else str(error))
    return addition(draft)


def addition(draft: Draft) -> Addition:
    """The draft as a value."""
    said = (draft.notes, draft.duplicates, draft.conflicts, draft.problems)
    return Addition(draft.bundle(), *(tuple(lines) for lines in said))


def _enter(entry: Entry, draft: Draft) -> None:
    kind, predicate = meaning(entry.kind, draft.store.model)
    article = things.article(entry, draft)
    if article is None:
        return
    time = when_.parse(entry.date)
    speaker = ""
    if entry.one("speaker"):
        speaker = things.thing(
            entry.one("speaker"), draft, day=time.begin_latest, kinds=("Actor",), where=entry.where, cite=None
        )
    cite = Citation(article.id, entry.one("locator"), entry.one("quote"), speaker)
    if predicate:
        _relation(entry, predicate, cite, draft)
    else:
        _event(entry, kind, time, article, cite, draft)


def meaning(text: str, model: Model) -> tuple[str, str]:
    """The event kind a word means, or the relation; UnknownName with the nearest words."""
    wanted = keys.key(text)
    words: dict[str, tuple[str, str]] = {}
    for rule in model.of_form("relation"):
        words |= {keys.key(rule.label): ("", rule.name), rule.name.lower(): ("", rule.name)}
    for kind in model.kinds.values():
        if model.is_event(kind.name) and not kind.abstract:
            words |= {keys.key(t): (kind.name, "") for t in (kind.name, kind.label, kind.plural)}
    if wanted not in words:
        near = tuple(difflib.get_close_matches(wanted, words, n=3))
        raise UnknownName(text, suggestions=near, where="kind")
    return words[wanted]


# -- events ------------------------------------------------------------------------------------


def _event(entry: Entry, kind: str, time: When, article: Article, cite: Citation, draft: Draft) -> None:
    roles = _cast(entry, kind, time, cite, draft)
    place = ""
    if entry.place:
        place = _thing(entry.place, ("Location",), time, entry, cite, draft)
    missing = [r.predicate for r in draft.store.model.roles(kind).values() if r.required]
    missing = [name for name in missing if name not in {role for role, _ in roles}]
    if missing and not entry.one("into"):
        draft.note(f"no {' or '.join(missing)} given, which a {draft.store.model.kind(kind).label} usually has")
    event = _subject(entry, kind, time, roles, place, draft)
    if not event:
        return
    claims = [Claim(event, "happened", Literal(entry.date, "date"), (cite,), entry.date)]
    claims += [Claim(event, role, who, (cite,)) for role, who in roles]
    claims += [Claim(event, "tookPlaceIn", place, (cite,))] if place else []
    claims += _values(entry, event, kind, cite, draft)
    claims += _links(entry, event, time, cite, draft)
    if when_.parse(article.published).end_latest < time.begin_earliest:
        draft.note(f"published {article.published}, before {entry.date}: it will count as planned")
    for claim in claims:
        _keep(claim, draft)


def _thing(text: str, kinds: tuple[str, ...], time: When, entry: Entry, cite: Citation, draft: Draft) -> str:
    return things.thing(text, draft, day=time.begin_latest, kinds=kinds, where=entry.where, cite=cite)


def _cast(entry: Entry, kind: str, time: When, cite: Citation, draft: Draft) -> list[tuple[str, str]]:
    """Who is in which role."""
    allowed = draft.store.model.roles(kind)
    required = [name for name, role in allowed.items() if role.required]
    left = next((r for r in _LEFT if r in required), "") if entry.right else next(iter(required), "")
    left = left or next(r for r in _LEFT if r in allowed)
    others = [r for r in _RIGHT if r in allowed and (r != left or r == "participant")]
    right = next((r for r in others if r in required), others[0])
    found = []
    for names, role in ((entry.left, left), (entry.right, right)):
        for text in names:
            said = _ROLE.fullmatch(text)
            own, name = (said[1], said[2]) if said and said[1] in allowed else (role, text)
            who = _thing(name, allowed[own].kinds, time, entry, cite, draft)
            found += [(own, who)] if who else []
    return found


def _subject(entry: Entry, kind: str, time: When, roles: list[tuple[str, str]], place: str, draft: Draft) -> str:
    """The event an entry is about: the one it names, or a new one after a look for duplicates."""
    if entry.one("into"):
        return draft.names.resolve(entry.one("into"), None, ("Event",)).id
    for event in duplicates(kind, time, {who for _, who in roles}, draft):
        told = f"{event.name} ({event.id}, {event.kind}, {event.when.text if event.when else 'undated'})"
        place_of = f"{entry.where}: " if entry.where else ""
        draft.duplicates.append(f"{place_of}perhaps already there: {told}; into={event.id} adds this source to it")
    name = entry.one("name") or _named(kind, roles, place, draft)
    year = entry.date.strip("~?%").replace("/..", "").replace("/", "-to-").lower()
    new = Entity(things.free_id(slug(f"{name}-{year}"), draft), kind, ((name, "en"),))
    draft.entities[new.id] = new
    draft.note(f"new event: {name} ({new.id})")
    return new.id


def duplicates(kind: str, time: When, who: set[str], draft: Draft) -> tuple[Event, ...]:
    """Known events of this kind, within a day of this time, that share a participant."""
    model, store = draft.store.model, draft.store
    found = {}
    for entity in sorted(w for w in who if w not in draft.entities):
        for claim in store.claims(object=entity):
            if model.predicate(claim.predicate).form != "role" or claim.subject in found:
                continue
            event = store.event(claim.subject)
            alike = model.is_a(event.kind, kind) or model.is_a(kind, event.kind)
            near = event.when and event.when.within(time.begin_earliest - 1, time.end_latest + 1) is not Held.NO
            if alike and near:
                found[event.id] = event
    return tuple(found[i] for i in sorted(found))


def _named(kind: str, roles: list[tuple[str, str]], place: str, draft: Draft) -> str:
    """A name from the kind's noun frame: "Search of Sputnik Azerbaijan in Baku"."""
    cast: dict[str, list[str]] = {}
    for role, who in (*roles, *([("place", place)] if place else [])):
        cast.setdefault(role, []).append(draft.name(who))
    rule = draft.store.model.kind(kind)
    try:
        spans = fill(str(rule.frame.get("noun", rule.label)), {r: Span(joined(names)) for r, names in cast.items()})
        text = "".join(span.text for span in spans)
    except Unbound:
        text = rule.label
    return text[:1].upper() + text[1:]


def _values(entry: Entry, event: str, kind: str, cite: Citation, draft: Draft) -> list[Claim]:
    """The counts and texts of an entry; a key the kind does not carry is a problem."""
    model = draft.store.model
    allowed = model.values(kind)
    known = {*KEYS, *model.roles(kind)}
    found = []
    for key, given in entry.fields.items():
        if key in allowed:
            found += [Claim(event, key, Literal(v, model.predicate(key).range[0]), (cite,)) for v in given]
        elif key not in known:
            near = difflib.get_close_matches(key, sorted({*allowed, *known}), n=3)
            raise UnknownName(key, suggestions=tuple(near), where="field")
    return found


def _links(entry: Entry, event: str, time: When, cite: Citation, draft: Draft) -> list[Claim]:
    """Stated links, the story, and roles given as fields."""
    found = []
    roles = draft.store.model.roles(draft.kind(event))
    for key, given in entry.fields.items():
        for text in given:
            if key in _LINKS:
                other = _thing(text, ("Event",), time, entry, cite, draft)
                found += [Claim(event, _LINKS[key], other, (cite,))] if other else []
            elif key == "story":
                other = _thing(text, ("Story",), time, entry, cite, draft)
                found += [Claim(event, "inStory", other, (cite,))] if other else []
            elif key in roles:
                other = _thing(text, roles[key].kinds, time, entry, cite, draft)
                found += [Claim(event, key, other, (cite,))] if other else []
    return found


# -- relations ---------------------------------------------------------------------------------


def _relation(entry: Entry, predicate: str, cite: Citation, draft: Draft) -> None:
    rule = draft.store.model.predicate(predicate)
    time = when_.parse(entry.date)
    for left in entry.left:
        for right in entry.right:
            subject = _thing(left, rule.domain, time, entry, cite, draft)
            thing = _thing(right, rule.range, time, entry, cite, draft)
            if subject and thing:
                _keep(Claim(subject, predicate, thing, (cite,), entry.date), draft)
    if not entry.right:
        raise UnknownName("", where=f"{rule.label}: nothing after the arrow")


# -- keeping -----------------------------------------------------------------------------------


def _keep(claim: Claim, draft: Draft) -> None:
    """Put a claim in the draft: merged with the same one, against those it contradicts."""
    model = draft.store.model
    thing = claim.object if isinstance(claim.object, str) else ""
    if not model.allows(claim.predicate, draft.kind(claim.subject), draft.kind(thing) if thing else None):
        label = model.predicate(claim.predicate).label
        draft.problems.append(
            f"{draft.name(claim.subject)} ({draft.kind(claim.subject)}) cannot have {claim.value} as its {label}"
        )
        return
    claim = dataclasses.replace(claim, recorded=draft.recorded)
    same = draft.claims.get(claim.id) or _known(claim.id, draft)
    if same is not None:
        cited = {c.article for c in same.citations}
        if {c.article for c in claim.citations} <= cited:
            draft.note(f"already said there: {claim.predicate} {claim.value}")
            return
        draft.claims[claim.id] = merge(same, claim)
        return
    for other in contradicted(claim, draft):
        claim = oppose(claim, other, draft)
    draft.claims[claim.id] = claim


def _known(claim: str, draft: Draft) -> Claim | None:
    try:
        return draft.store.claim(claim)
    except UnknownName:
        return None


def contradicted(claim: Claim, draft: Draft) -> tuple[Claim, ...]:
    """The standing claims a new one cannot be true together with."""
    rule = draft.store.model.predicate(claim.predicate)
    known = () if claim.subject in draft.entities else draft.store.claims(subject=claim.subject, predicate=rule.name)
    beside = [c for c in draft.claims.values() if (c.subject, c.predicate) == (claim.subject, claim.predicate)]
    found = [c for c in (*known, *beside) if not c.withdrawn and c.id != claim.id]
    if rule.is_literal:
        return tuple(c for c in found if rule.range[0] in _COUNTED and not _compatible(claim, c))
    if rule.functional == "object" and claim.value not in draft.entities:
        found = [c for c in draft.store.claims(object=claim.value, predicate=rule.name) if not c.withdrawn]
        return tuple(c for c in found if c.subject != claim.subject and _overlaps(claim, c))
    if rule.functional == "subject":
        return tuple(c for c in found if c.value != claim.value and _overlaps(claim, c))
    return ()


def _compatible(first: Claim, second: Claim) -> bool:
    """Whether two values can both be right: equal numbers, or dates one of which only is coarser."""
    if first.predicate != "happened":
        return first.value == second.value
    one, other = when_.parse(first.value), when_.parse(second.value)
    return one.within(other.begin_earliest, other.end_latest) is not Held.NO


def _overlaps(first: Claim, second: Claim) -> bool:
    if first.time is None or second.time is None:
        return False
    return first.time.overlaps(second.time) is Held.CERTAIN


def oppose(claim: Claim, other: Claim, draft: Draft) -> Claim:
    """Both claims naming each other; the known one stays accepted when several voices carry it."""
    carried = len(voices(other.citations, draft.store)) > 1 if other.id not in draft.claims else False
    status = other.status if carried else Status.CONTESTED
    draft.claims[other.id] = dataclasses.replace(
        other, contradicts=tuple(sorted({*other.contradicts, claim.id})), status=status
    )
    label = draft.store.model.predicate(claim.predicate).label
    draft.conflicts.append(
        f"{draft.name(claim.subject)}, {label}: {_said(claim, draft)} here, {_said(other, draft)} in {other.id}"
        f" ({len(other.citations)} sources); both will stand, naming each other"
    )
    return dataclasses.replace(
        claim, contradicts=tuple(sorted({*claim.contradicts, other.id})), status=Status.CONTESTED
    )


def _said(claim: Claim, draft: Draft) -> str:
    thing = claim.object.value if isinstance(claim.object, Literal) else draft.name(claim.object)
    rule = draft.store.model.predicate(claim.predicate)
    return f"{draft.name(claim.subject)} {claim.when}".strip() if rule.functional == "object" else thing
