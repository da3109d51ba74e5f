"""The language of sentences that the claims about an event allow, as regular expressions."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final

from graph.claim import Claim, Literal, Status
from graph.entity import Event
from graph.tell import dates, fillers, naming, status
from graph.tell.bindings import value
from graph.tell.facts import accounts, counted, is_plural, told_outcome
from graph.tell.fillers import Context
from graph.tell.finishing import SMALL_WORD
from graph.tell.forms import Form, forms, summary_of, told_by_summary
from graph.tell.frames import placeholders
from graph.tell.paragraph import Support
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import IN_RESPONSE, LINK_WORDS, OVER, accepted
from graph.tell.weave import DID_SO, NEAR_DAYS
from graph.when import START_OF_TIME, Day, When

ABBREVIATION: Final = re.compile(r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|St|U\.S|U\.K|U\.N|[A-Z])\.$")
RULES: Final = ("date", "number", "causal word", "name or office", "attribution")
_CAUSAL: Final = "(?:" + "|".join(sorted({"because of", *(w for ws in LINK_WORDS.values() for w in ws)})) + ")"


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
    if not gap or fillers.rivals(event, context):
        return
    for form in forms(event):
        whole = fillers.clause(form.text, event, context, dated=False)
        if whole:
            yield rf"{gap} {_lowered(whole)}"
        subject = re.match(r"\{(\w+)\}", form.text)
        if subject and set(event.who(subject[1])) == set(first.who(subject[1])):
            acts = fillers.clause(form.text[subject.end() :], event, context, dated=False)
            if acts:
                yield rf"{gap}{acts}"
                yield rf"{acts.removeprefix('(?: also)?').lstrip()} {gap}"
        if subject and subject[1] == "actor" and _same_but_actor(event, first, form):
            yield rf"{fillers.filler('actor', event, context)}{DID_SO} {gap}"


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


def _forms(event: Event, context: Context) -> Iterator[Form]:
    """The forms of a kind; "had …" only for what came before the event told last, or at an unknown time before."""
    yield from forms(event)
    last = context.told[-1] if context.told else None
    open_ = event.when is not None and event.when.begin_earliest <= START_OF_TIME
    earlier = last is not None and last.when and event.when and event.when.begin_earliest < _spoken_of(last.when)
    if open_ or earlier:
        yield from forms(event, perfect=True)


def _sentences(form: Form, event: Event, context: Context, support: Support) -> Iterator[str]:
    plain = fillers.clause(form.text, event, context, dated=False, own=form.own)
    if not plain:
        return
    dated = fillers.clause(form.text, event, context, dated=True, own=form.own)
    date, gap = fillers.date(event, context), fillers.either(_gaps(event, context))
    link = (
        rf"(?: {_CAUSAL} {fillers.ANY})?"
        if "causal word" in context.relax
        else fillers.optional(_links(event, context))
    )
    reason = fillers.optional(rf", citing {re.escape(c.value)}" for c in accepted(event, "reason"))
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
    date, gap = fillers.date(event, context), fillers.either(_gaps(event, context))
    text = re.escape(claim.value.rstrip("."))
    lead = rf"(?i:{date}|{gap}), " if gap else rf"(?i:{date}), "
    yield rf"{lead}{_lowered(text)}{_attribution(event, context, support)}\."


def _outcome(event: Event, context: Context) -> Iterator[str]:
    found = told_outcome(event)
    if found is not None:
        claim, speaker = found
        names = fillers.either(naming.forms(speaker, context.today, context.store, context.clocks))
        yield rf"{names} said that {re.escape(claim.value)}\."


def _lowered(body: str) -> str:
    """The body after a lead: the capital of an article or a preposition may be small."""
    found = SMALL_WORD.match(body.replace("\\ ", " ", 1))
    return f"(?i:{found[1]})" + body[len(found[1]) :] if found else body


def _same_but_actor(event: Event, first: Event, form: Form) -> bool:
    """Whether two events differ in nothing a frame tells but who acted."""
    if event.kind != first.kind:
        return False
    named = {p.partition(".")[0] for p in placeholders(form.text)} - {"actor", "when", "place", "self"}
    return all({c.value for c in accepted(event, n)} == {c.value for c in accepted(first, n)} for n in named)


def _spoken_of(time: When) -> Day:
    """The day that a date puts the reader at: "by Jan. 21" is that day, whatever came before it."""
    return time.begin_latest if time.begin_earliest <= START_OF_TIME else time.begin_earliest


def _gaps(event: Event, context: Context) -> set[str]:
    """`two days later` against the event told last, when both days are exact."""
    last = context.told[-1] if context.told else None
    if last is None or last.when is None or event.when is None or not (last.when.is_day and event.when.is_day):
        return set()
    days = event.when.begin_earliest - last.when.begin_earliest
    return {dates.later(days)} - {""} if days >= 0 and not fillers.rivals(event, context) else set()


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
        refs = fillers.either({long_reference(earlier, context.store), short_reference(earlier)})
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
        return rf"(?:, {fillers.ANY} (?:said|reported))?"
    held = status.standing(event, context.store, context.clocks)
    if support is Support.CLAIMED and held.speakers:
        return (
            rf", {fillers.either(naming.forms(held.speakers[0], context.today, context.store, context.clocks))},? said"
        )
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
            (fillers.either(naming.forms(s, context.today, store, context.clocks)), _account(c, context))
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
    return fillers.ANY_NUMBER if number and "number" in context.relax else re.escape(value(claim).text)
