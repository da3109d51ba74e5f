"""What may stand in the places of a frame, and how it may be written, as regular expressions."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.store import Store
from graph.tell import dates, naming
from graph.tell.bindings import is_building, office_of, place_of, sharpest, value, without_parties
from graph.tell.frames import placeholders
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import accepted
from graph.when import Clocks, Day

MOST_ORDERED: Final = 4
# No square brackets here: they mark the optional parts of frames.
ANY: Final = r".+?"
ANY_NUMBER: Final = r"(?:\w|,)+"
_DATE_WORDS: Final = "|".join((*calendar.month_name[1:], *calendar.day_name, *dates.MONTHS[1:], "and", "to", "about"))
_ANY_DATE: Final = rf"(?:on|in|by|since|between|from) (?:(?:{_DATE_WORDS.replace('.', chr(92) + '.')}|\d+)(?:,|-| )*?)+"


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may lean on: the graph as known, the day of writing, the events told before."""

    store: Store
    clocks: Clocks
    today: Day
    told: tuple[Event, ...] = ()
    relax: frozenset[str] = frozenset()

    def after(self, event: Event) -> Context:
        """The context once an event was told."""
        return replace(self, told=(*self.told, event))


def clause(frame: str, event: Event, context: Context, *, dated: bool, own: str = "") -> str:
    """The frame with placeholders replaced by what may stand there; empty when one has nothing."""
    fillers = {p: filler(p, event, context) for p in placeholders(frame)}
    fillers["when"] = rf"{date(event, context)},?" if dated else ""
    if own:
        fillers["self"] = re.escape(own)
    return _expand(frame, fillers)


def _expand(frame: str, fillers: dict[str, str]) -> str:
    """Innermost optional parts first, so that a part without a filler vanishes."""
    while match := re.search(r"\[([^\[\]]*)\]", frame):
        inner = _fill_part(match[1], fillers)
        frame = frame[: match.start()] + (f"\x02{inner}\x03" if inner else "") + frame[match.end() :]
    filled = _fill_part(frame, fillers)
    return filled.replace("\x02", "(?:").replace("\x03", ")?")


def _fill_part(part: str, fillers: dict[str, str]) -> str:
    pieces = re.split(r"(\{[A-Za-z_.]+\}|\x02|\x03)", part)
    made = []
    depth = 0
    for piece in pieces:
        if piece in ("\x02", "\x03"):
            depth += 1 if piece == "\x02" else -1
            made.append(piece)
        elif piece.startswith("{") and piece.endswith("}"):
            filler = fillers.get(piece[1:-1], "")
            if not filler:
                return ""
            made.append(filler)
        else:
            made.append(piece if depth or "(?" in piece else _literal(piece))
    return "".join(made)


def _literal(text: str) -> str:
    """Frame words: a leading capital may be lowered, one is at a building."""
    escaped = re.escape(text)
    if re.match(r"An? ", text):
        return f"(?i:{escaped[0]}){escaped[1:]}"
    return re.sub(r"\\ in\\ $", r"\\ (?:in|at)\\ ", escaped)


def filler(placeholder: str, event: Event, context: Context) -> str:
    """What may stand in one place of a frame; empty when there is nothing."""
    name, _, form = placeholder.partition(".")
    if form == "was":
        return "(?:was|were)"
    if name == "place":
        return _place(event, context)
    claims = accepted(event, name)
    if name in ("when", "self") or not claims:
        return ""
    if context.store.model.predicate(name).form == "role":
        return ANY if "name or office" in context.relax else _role(claims, event, context, form=form)
    if "number" in context.relax and isinstance(claims[0].object, Literal) and claims[0].object.type == "integer":
        return ANY_NUMBER
    said = value(claims[0]).text
    return either({said, naming.shortened(said, context.told, context.store)})


def _place(event: Event, context: Context) -> str:
    """The place, alone or with its country behind it."""
    found, store = place_of(event, context.store), context.store
    if found is None:
        return ""
    name = re.escape(naming.running(found.value, store))
    if is_building(found.value, store):
        return name
    held = [
        c.value
        for c in store.claims(subject=found.value, predicate="locatedIn")
        if store.entity(c.value).kind == "Country"
    ]
    return rf"{name}(?:, {either({store.entity(c).name for c in held})},?)?" if held else name


def _role(claims: Iterable[Claim], event: Event, context: Context, *, form: str = "") -> str:
    day = event.when.begin_latest if event.when else context.today
    ids = sharpest([c.value for c in claims], context.store)
    store = context.store
    if form == "office" and any(store.entity(i).kind == "Source" for i in ids):
        return naming.joined([re.escape(office_of(i, store)) for i in ids])
    parts = {i: _one(i, day, context) for i in ids}
    if "about" in {c.predicate for c in claims} and event.of("signatory"):
        parties = [store.entity(s).name for s in event.who("signatory")]
        parts = {
            i: either(
                {without_parties(t, parties) for t in naming.forms(i, day, store, context.clocks)}
                | {*naming.forms(i, day, store, context.clocks)}
            )
            for i in ids
        }
    options = [_listed([parts[i] for i in order]) for order in _orders(ids)]
    family = naming.together(ids, store)
    options += [re.escape(family)] if family else []
    if _subject_again(ids, context):
        options.append("they" if len(ids) > 1 else "it|they")
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _one(entity: str, day: Day, context: Context) -> str:
    store = context.store
    if store.model.is_event(store.entity(entity).kind):
        found = store.event(entity, clocks=context.clocks)
        return either({long_reference(found, store), short_reference(found)})
    return either(naming.forms(entity, day, store, context.clocks))


def _orders(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Names in a list stand in any order; long lists in the one they are claimed in."""
    return itertools.permutations(ids) if len(ids) <= MOST_ORDERED else iter([tuple(ids)])


def _listed(parts: Sequence[str]) -> str:
    """Names joined with commas and "and"; an apposition brings its own comma."""
    if len(parts) == 1:
        return parts[0]
    return ", ".join(parts[:-1]) + ",? and " + parts[-1]


def _subject_again(ids: Sequence[str], context: Context) -> bool:
    """Whether "it" or "they" can mean these: who acted in the event told last, and is no person."""
    last = context.told[-1] if context.told else None
    if last is None or any(context.store.entity(i).kind == "Person" for i in ids):
        return False
    roles = [
        tuple(sorted(sharpest(last.who(r), context.store)))
        for r in ("actor", "signatory", "participant")
        if last.who(r)
    ]
    return tuple(sorted(ids)) in roles


def date(event: Event, context: Context) -> str:
    """When it happened, in every way it may be written."""
    return _ANY_DATE if "date" in context.relax else either(_dates(event, context)) or r"\x00"


def rivals(event: Event, context: Context) -> list[Claim]:
    """The claims that give it another date, as far as known on the day of writing."""
    dated = [c for c in event.of("happened") if context.store.known(c) <= context.today]
    return [c for c in dated if c.status is Status.CONTESTED and c.time]


def _dates(event: Event, context: Context) -> set[str]:
    """The date in every style, alone or beside the date that others give, and no sharper."""
    time = event.when
    if time is None:
        return set()
    others = [c.time for c in rivals(event, context) if c.time]
    found = set()
    for style in ("ap", "plain"):
        for weekday in (True, False):
            main = dates.phrase(time, context.today, style, weekday=weekday)
            if not others:
                found.add(main)
            for rival in others:
                other = dates.phrase(rival, context.today, style, weekday=False).partition(" ")[2]
                found |= {f"{main} ({by} {other})" for by in ("one outlet says", *_outlets())}
    return found


def _outlets() -> Iterator[str]:
    return (f"{dates.number(n)} outlets say" for n in range(2, 10))


def either(texts: Iterable[str]) -> str:
    """One of these texts, longest first; empty when there are none."""
    kept = sorted({t for t in texts if t}, key=lambda t: (-len(t), t))
    return f"(?:{'|'.join(_ended(t) for t in kept)})" if kept else ""


def _ended(text: str) -> str:
    """A text; the comma that closes an apposition falls away before another mark."""
    return re.escape(text[:-1]) + ",?" if text.endswith(",") else re.escape(text)


def optional(options: Iterable[str]) -> str:
    """One of these expressions, or nothing."""
    kept = sorted(set(options), key=lambda t: (-len(t), t))
    return f"(?:{'|'.join(kept)})?" if kept else ""
