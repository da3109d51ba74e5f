"""The verifier: it sees only a text and the graph, and accepts a sentence only if claims derive it.

For every event that the text could be about it builds the language of all sentences that the
claims known on the day allow: names and offices valid that day in their roles, values as claimed,
dates equal to or coarser than the claim, causal words only for stated links, attribution wherever
the support asks for it. A sentence outside that language is refused, with the reason nearest to it.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph.entity import Event
from graph.store import Store
from graph.tell import fillers, language, status
from graph.tell.computed import computed
from graph.tell.paragraph import Support
from graph.when import Clocks, Day

if TYPE_CHECKING:
    from graph.names import Names

MOST_CANDIDATES: Final = 24
EXPLAINED: Final = 4
_AND: Final = re.compile(r",? and ")
_END: Final = re.compile(r"(?<=[\w)\"'])\.\s+(?=[^\W_a-zà-ÿ])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is accepted, about which event (and which other one), and if not, why, machine-readable."""

    text: str
    accepted: bool
    event: str = ""
    reasons: tuple[str, ...] = ()
    also: str = ""


def verify(text: str, store: Store, names: Names, clocks: Clocks, today: Day) -> tuple[Verdict, ...]:
    """A verdict for every sentence of a text, in order; `today` is the day it is written for."""
    verdicts: list[Verdict] = []
    told: list[Event] = []
    for one in sentences(text):
        verdict = verify_sentence(one, store, names, clocks, today, told)
        for event in (verdict.event, verdict.also):
            if event and _is_event(event, store):
                told.append(store.event(event, clocks=clocks))
        verdicts.append(verdict)
    return tuple(verdicts)


def verify_sentence(
    text: str, store: Store, names: Names, clocks: Clocks, today: Day, told: Sequence[Event] = ()
) -> Verdict:
    """The verdict on one sentence after the events already told."""
    context = fillers.Context(store, clocks, today, tuple(told))
    named = _named(text, store, names, clocks)
    near_by = (e for e in candidates(named, store, clocks) if language.may_tell(e, text))
    open_ = [*told[::-1], *itertools.islice(near_by, MOST_CANDIDATES)]
    unique = list({e.id: e for e in open_}.values())
    past = [e for e in unique if e.when and (clocks.as_of is None or e.when.begin_earliest <= clocks.as_of)]
    held = {e.id: status.standing(e, store, clocks).support for e in past}
    for event in past:
        if any(_matches(pattern, text) for pattern in language.patterns(event, context, held[event.id])):
            return Verdict(text, True, event.id)
    pair = _woven(text, past, held, context)
    if pair:
        return Verdict(text, True, pair[0], also=pair[1])
    about = computed(text, context, names, named, past)
    if about:
        return Verdict(text, True, about)
    near = [_reasons(text, event, context, held[event.id]) for event in past[:EXPLAINED]]
    if len(past) < len(unique):
        near.append(("later than the day of the question", "not derivable"))
    return Verdict(text, False, "", min(near, key=len, default=("nothing in the graph is about this",)))


def _woven(
    text: str, past: Sequence[Event], held: Mapping[str, Support], context: fillers.Context
) -> tuple[str, str] | None:
    """The two events of a sentence that tells a second one after "and"; None when it does not follow."""
    plain = [e for e in past if held[e.id] in (Support.CONFIRMED, Support.OFFICIAL)]
    for join in _AND.finditer(text):
        left, right = f"{text[: join.start()]}.", text[join.end() : -1]
        for first in plain:
            if not any(_matches(p, left) for p in language.patterns(first, context, held[first.id])):
                continue
            for second in plain:
                if second.id != first.id and any(
                    _matches(p, right) for p in language.tails(second, first, context.after(first))
                ):
                    return first.id, second.id
    return None


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of running text; abbreviations of months and initials end none."""
    parts, start = [], 0
    for match in _END.finditer(text):
        if language.ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        parts.append(text[start : match.start() + 1].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return tuple(p for p in parts if p)


def candidates(named: Iterable[str], store: Store, clocks: Clocks) -> Iterator[Event]:
    """Events in which some things take part, the rarest things counting most."""
    worth: dict[str, float] = {}
    for entity in sorted(named):
        events = {c.subject for c in store.claims(object=entity, clocks=clocks) if _is_event(c.subject, store)}
        events |= {entity} if _is_event(entity, store) else set()
        for event in events:
            worth[event] = worth.get(event, 0.0) + 1 / len(events)
    for event in sorted(worth, key=lambda e: (-worth[e], e)):
        yield store.event(event, clocks=clocks)


def _named(text: str, store: Store, names: Names, clocks: Clocks) -> set[str]:
    return {m.id for m in names.mentions(text, clocks.as_of)} | _by_surname(text, store, names)


def _is_event(entity: str, store: Store) -> bool:
    return store.model.is_event(store.entity(entity).kind)


def _by_surname(text: str, store: Store, names: Names) -> set[str]:
    """People of whom the text gives only a surname."""
    found: set[str] = set()
    for word in {w for w in re.findall(r"[^\W\d_][\w'’-]+", text) if w[:1].isupper()}:
        found |= {m.id for m in names.find(word, limit=5, kinds=("Person",)) if store.entity(m.id).name.endswith(word)}
    return found


def _matches(pattern: str, text: str) -> bool:
    """Whether a whole text, its first letter small or not, is in a language.

    RE2 reads it: backtracking took hours on some wrong sentences.
    """
    compiled = _compiled(pattern)
    return any(compiled.fullmatch(t) is not None for t in (text, text[:1].lower() + text[1:]))


@functools.lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = 1 << 28
    options.log_errors = False
    return re2.compile(pattern, options)


def _reasons(text: str, event: Event, context: fillers.Context, support: Support) -> tuple[str, ...]:
    """Why the nearest language of an event does not hold the text: each rule that, relaxed, lets it in."""
    for rule in language.RULES:
        relaxed = language.patterns(event, dataclasses.replace(context, relax=frozenset({rule})), support)
        if any(_matches(pattern, text) for pattern in relaxed):
            return (rule,)
    return ("not derivable", event.id)
