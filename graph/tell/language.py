"""The language of sentences that the claims about an event allow, as regular expressions."""

from __future__ import annotations

import calendar
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.store import Store
from graph.tell import dates, naming, status
from graph.tell.bindings import is_building, office_of, place_of, sharpest, value, without_parties
from graph.tell.facts import accounts, counted, is_plural, told_outcome
from graph.tell.finishing import SMALL_WORD
from graph.tell.forms import Form, forms, summary_of, told_by_summary
from graph.tell.frames import placeholders
from graph.tell.paragraph import Support
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import IN_RESPONSE, LINK_WORDS, OVER, accepted
from graph.tell.weave import DID_SO, NEAR_DAYS
from graph.when import START_OF_TIME, Clocks, Day, When

ABBREVIATION: Final = re.compile(r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|St|U\.S|U\.K|U\.N|[A-Z])\.$")
RULES: Final = ("date", "number", "causal word", "name or office", "attribution")
MOST_ORDERED: Final = 4
# No square brackets here: they mark the optional parts of frames.
_ANY: Final = r".+?"
_CAUSAL: Final = "(?:" + "|".join(sorted({"because of", *(w for ws in LINK_WORDS.values() for w in ws)})) + ")"
_DATE_WORDS: Final = "|".join((*calendar.month_name[1:], *calendar.day_name, *dates.MONTHS[1:], "and", "to", "about"))
_ANY_DATE: Final = rf"(?:on|in|by|since|between|from) (?:(?:{_DATE_WORDS.replace('.', chr(92) + '.')}|\d+)(?:,|-| )*?)+"
_ANY_NUMBER: Final = r"(?:\w|,)+"


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


def patterns(event: Event, context: Context, support: Support) -> Iterator[str]:
    """Regular expressions for every sentence allowed about an event; `context.relax` leaves rules out."""
    yield from _accounts(event, context)
    yield from _outcome(event, context)
    yield from _summary(event, context, support)
    if told_by_summary(event):
        return
    for form in _forms(event, context):
        yield from _sentences(form, event, context, support)


def tails(event: Event, first: Event, context: Context) -> Iterator[str]:
    """What may follow "and" after a sentence about `first`, without its full stop."""
    if first.when is None or event.when is None or not (first.when.is_day and event.when.is_day):
        return
    days = event.when.begin_earliest - first.when.begin_earliest
    gap = dates.later(days) if 0 <= days <= NEAR_DAYS else ""
    if not gap or _rivals(event, context):
        return
    for form in forms(event):
        whole = _clause(form.text, event, context, dated=False)
        if whole:
            yield rf"{gap} {_lowered(whole)}"
        subject = re.match(r"\{(\w+)\}", form.text)
        if subject and set(event.who(subject[1])) == set(first.who(subject[1])):
            acts = _clause(form.text[subject.end() :], event, context, dated=False)
            if acts:
                yield rf"{gap}{acts}"
                yield rf"{acts.removeprefix('(?: also)?').lstrip()} {gap}"
        if subject and subject[1] == "actor" and _same_but_actor(event, first, form):
            yield rf"{_filler('actor', event, context)}{DID_SO} {gap}"


def may_tell(event: Event, text: str) -> bool:
    """Whether a text holds the head verb of an event's kind, its summary, or the verbs of two accounts."""
    frame = event.model.kind(event.kind).frame
    if frame.get("summary") or any(c.value.split(" ", 1)[-1][:30] in text for c in event.of("summary")):
        return True
    words = {w for form in ("active", "passive") for w in _bare_words(str(frame.get(form, "")))}
    verbs = {
        str(frame.get("past", "")).partition(" ")[0],
        *(w for t in (frame.get("named") or {}).values() for w in _bare_words(t)),
    }
    return (
        any(w and w in text for w in words | verbs)
        or " attributed " in text
        or " put the number of " in text
        or " said that " in text
    )


@functools.cache
def _bare_words(frame: str) -> frozenset[str]:
    """The longest word of each piece of a frame outside its optional parts."""
    pieces = re.split(r"\{[^}]*\}", re.sub(r"\[.*\]", "", frame))
    return frozenset(max(p.split(), key=len) for p in pieces if p.split())


# -- sentences ------------------------------------------------------------------------------------


def _forms(event: Event, context: Context) -> Iterator[Form]:
    """The forms of a kind; "had …" only for what came before the event told last, or at an unknown time before."""
    yield from forms(event)
    last = context.told[-1] if context.told else None
    open_ = event.when is not None and event.when.begin_earliest <= START_OF_TIME
    earlier = last is not None and last.when and event.when and event.when.begin_earliest < _spoken_of(last.when)
    if open_ or earlier:
        yield from forms(event, perfect=True)


def _sentences(form: Form, event: Event, context: Context, support: Support) -> Iterator[str]:
    plain = _clause(form.text, event, context, dated=False, own=form.own)
    if not plain:
        return
    dated = _clause(form.text, event, context, dated=True, own=form.own)
    date, gap = _date(event, context), _either(_gaps(event, context))
    link = rf"(?: {_CAUSAL} {_ANY})?" if "causal word" in context.relax else _optional(_links(event, context))
    reason = _optional(rf", citing {re.escape(c.value)}" for c in accepted(event, "reason"))
    told = _attribution(event, context, support)
    lead = rf"(?i:{date}|{gap}), " if gap else rf"(?i:{date}), "
    yield rf"{lead}{_lowered(plain)}{link}{reason}{told}\."
    yield rf"{dated}{link}{reason}{told}\."
    if not form.dated:
        yield rf"{plain} {date},?{link}{told}\."
    if _answers_last(event, context):
        yield rf"{IN_RESPONSE}, {_lowered(dated)}{told}\."
        if not form.dated:
            yield rf"{IN_RESPONSE}, {_lowered(plain)} {date},?{told}\."


def _summary(event: Event, context: Context, support: Support) -> Iterator[str]:
    claim = summary_of(event, status.standing(event, context.store, context.clocks))
    if claim is None:
        return
    date, gap = _date(event, context), _either(_gaps(event, context))
    text = re.escape(claim.value.rstrip("."))
    lead = rf"(?i:{date}|{gap}), " if gap else rf"(?i:{date}), "
    yield rf"{lead}{_lowered(text)}{_attribution(event, context, support)}\."


def _outcome(event: Event, context: Context) -> Iterator[str]:
    found = told_outcome(event)
    if found is not None:
        claim, speaker = found
        names = _either(naming.forms(speaker, context.today, context.store, context.clocks))
        yield rf"{names} said that {re.escape(claim.value)}\."


def _lowered(body: str) -> str:
    """The body after a lead: the capital of an article or a preposition may be small."""
    found = SMALL_WORD.match(body.replace("\\ ", " ", 1))
    return f"(?i:{found[1]})" + body[len(found[1]) :] if found else body


# -- clauses --------------------------------------------------------------------------------------


def _clause(frame: str, event: Event, context: Context, *, dated: bool, own: str = "") -> str:
    """The frame with placeholders replaced by what may stand there; empty when one has nothing."""
    fillers = {p: _filler(p, event, context) for p in placeholders(frame)}
    fillers["when"] = rf"{_date(event, context)},?" if dated else ""
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


def _filler(placeholder: str, event: Event, context: Context) -> str:
    name, _, form = placeholder.partition(".")
    if form == "was":
        return "(?:was|were)"
    if name == "place":
        return _place(event, context)
    claims = accepted(event, name)
    if name in ("when", "self") or not claims:
        return ""
    if context.store.model.predicate(name).form == "role":
        return _ANY if "name or office" in context.relax else _role(claims, event, context, form=form)
    if "number" in context.relax and isinstance(claims[0].object, Literal) and claims[0].object.type == "integer":
        return _ANY_NUMBER
    said = value(claims[0]).text
    return _either({said, naming.shortened(said, context.told, context.store)})


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
    return rf"{name}(?:, {_either({store.entity(c).name for c in held})},?)?" if held else name


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
            i: _either(
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
        return _either({long_reference(found, store), short_reference(found)})
    return _either(naming.forms(entity, day, store, context.clocks))


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


def _same_but_actor(event: Event, first: Event, form: Form) -> bool:
    """Whether two events differ in nothing a frame tells but who acted."""
    if event.kind != first.kind:
        return False
    named = {p.partition(".")[0] for p in placeholders(form.text)} - {"actor", "when", "place", "self"}
    return all({c.value for c in accepted(event, n)} == {c.value for c in accepted(first, n)} for n in named)


# -- dates and links ------------------------------------------------------------------------------


def _spoken_of(time: When) -> Day:
    """The day that a date puts the reader at: "by Jan. 21" is that day, whatever came before it."""
    return time.begin_latest if time.begin_earliest <= START_OF_TIME else time.begin_earliest


def _date(event: Event, context: Context) -> str:
    return _ANY_DATE if "date" in context.relax else _either(_dates(event, context)) or r"\x00"


def _rivals(event: Event, context: Context) -> list[Claim]:
    dated = [c for c in event.of("happened") if context.store.known(c) <= context.today]
    return [c for c in dated if c.status is Status.CONTESTED and c.time]


def _dates(event: Event, context: Context) -> set[str]:
    """The date in every style, alone or beside the date that others give, and no sharper."""
    time = event.when
    if time is None:
        return set()
    rivals = [c.time for c in _rivals(event, context) if c.time]
    found = set()
    for style in ("ap", "plain"):
        for weekday in (True, False):
            main = dates.phrase(time, context.today, style, weekday=weekday)
            if not rivals:
                found.add(main)
            for rival in rivals:
                other = dates.phrase(rival, context.today, style, weekday=False).partition(" ")[2]
                found |= {f"{main} ({by} {other})" for by in ("one outlet says", *_outlets())}
    return found


def _outlets() -> Iterator[str]:
    return (f"{dates.number(n)} outlets say" for n in range(2, 10))


def _gaps(event: Event, context: Context) -> set[str]:
    """`two days later` against the event told last, when both days are exact."""
    last = context.told[-1] if context.told else None
    if last is None or last.when is None or event.when is None or not (last.when.is_day and event.when.is_day):
        return set()
    days = event.when.begin_earliest - last.when.begin_earliest
    return {dates.later(days)} - {""} if days >= 0 and not _rivals(event, context) else set()


def _answers_last(event: Event, context: Context) -> bool:
    """Whether a source says that an event answers the one told last."""
    last = context.told[-1] if context.told else None
    return last is not None and any(
        c.predicate == "inResponseTo" and c.value == last.id and c.status is Status.ACCEPTED for c in event.links
    )


def _links(event: Event, context: Context) -> Iterator[str]:
    """A licensed connective and a reference to an event told before that a source links to this one."""
    told = {e.id: e for e in context.told}
    for claim in event.links:
        if claim.predicate not in LINK_WORDS or claim.status is not Status.ACCEPTED or claim.value not in told:
            continue
        earlier = told[claim.value]
        refs = _either({long_reference(earlier, context.store), short_reference(earlier)})
        for words in _link_words(event, claim.predicate):
            yield rf" {words} {refs}"


def _link_words(event: Event, predicate: str) -> tuple[str, ...]:
    model = event.model
    if predicate == "inResponseTo" and any(model.is_a(event.kind, k) for k in OVER):
        return ("over", "in response to")
    return ("after",) if model.is_a(event.kind, "Statement") else LINK_WORDS[predicate]


def _attribution(event: Event, context: Context, support: Support) -> str:
    """What must stand at the end for the support an event has; nothing for what is confirmed or official."""
    if "attribution" in context.relax:
        return rf"(?:, {_ANY} (?:said|reported))?"
    held = status.standing(event, context.store, context.clocks)
    if support is Support.CLAIMED and held.speakers:
        return rf", {_either(naming.forms(held.speakers[0], context.today, context.store, context.clocks))},? said"
    if support is Support.REPORTED and event.of("happened"):
        article = context.store.article(event.of("happened")[0].citations[0].article)
        return rf", {re.escape(context.store.entity(article.publisher).name)} reported"
    return ""


def _accounts(event: Event, context: Context) -> Iterator[str]:
    """Two attributed accounts of one contested value, given by sides that differ."""
    store = context.store
    named = {short_reference(event), long_reference(event, store)}
    for predicate in dict.fromkeys(c.predicate for c in event.claims if c.status is Status.CONTESTED):
        if not store.model.predicate(predicate).is_literal or predicate in ("happened", "outcome"):
            continue
        said = [
            (_either(naming.forms(s, context.today, store, context.clocks)), _account(c, context))
            for c, s in accounts(event, predicate, store, context.today)
        ]
        for (name, first), (other, second) in itertools.permutations(said, 2):
            if first == second:
                continue
            for ref in named:
                them = "them" if is_plural(ref) else "it"
                told = rf"{name},? attributed {re.escape(ref)} to {first}"
                yield rf"{told}, while {other},? attributed {them} to {second}\."
            label = re.escape(counted(predicate))
            yield rf"{name},? put the number of {label} at {first}, while {other},? put it at {second}\."


def _account(claim: Claim, context: Context) -> str:
    number = isinstance(claim.object, Literal) and claim.object.type == "integer"
    return _ANY_NUMBER if number and "number" in context.relax else re.escape(value(claim).text)


def _either(texts: Iterable[str]) -> str:
    kept = sorted({t for t in texts if t}, key=lambda t: (-len(t), t))
    return f"(?:{'|'.join(_ended(t) for t in kept)})" if kept else ""


def _ended(text: str) -> str:
    """A text; the comma that closes an apposition falls away before another mark."""
    return re.escape(text[:-1]) + ",?" if text.endswith(",") else re.escape(text)


def _optional(options: Iterable[str]) -> str:
    kept = sorted(set(options), key=lambda t: (-len(t), t))
    return f"(?:{'|'.join(kept)})?" if kept else ""
