"""From a message to a sentence: every wording that is allowed is made, and the one that reads best here is said.

Only a stated link between two events licenses `because of`, `in response to`, `over` or `after`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.entity import Event
from graph.tell import dates, facts, status
from graph.tell.bindings import bind
from graph.tell.finishing import clean, finish, flags, lowered
from graph.tell.forms import Form, forms, summary_of, told_by_summary
from graph.tell.frames import Unbound, fill
from graph.tell.paragraph import Sentence, Span, Support
from graph.tell.references import long_reference, short_reference
from graph.tell.telling import IN_FULL, IN_RESPONSE, LINK_WORDS, OVER, Message, Telling, accepted
from graph.when import START_OF_TIME

MOST_WORDS: Final = 28
_HIDDEN: Final = Span("")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say an event: its pieces, how it opens, whose act it is told as, and the state it leaves behind."""

    spans: tuple[Span, ...]
    opening: str
    subject: tuple[str, ...]
    form: Form | None
    state: Telling
    linked: bool = False
    same_day: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return "".join(s.text for s in self.spans)


def sentence(message: Message, telling: Telling) -> Sentence | None:
    """The sentence of a message in its context, or None when the claims do not fill it; the context moves on."""
    if message.kind == "state":
        return facts.state(message, telling)
    event = telling.event(message.event)
    if message.kind != "event":
        return facts.TELLERS[message.kind](message, event, telling)
    wordings = list(wordings_of(event, message, telling))
    if not wordings:
        return None
    best = max(wordings, key=lambda w: round(_merit(w, telling), 6))
    move_on(telling, best, event)
    held = telling.standing(event)
    return finish(best.spans, "event", event.id, held.support, telling, flags(event, held, telling))


def move_on(telling: Telling, said: Wording, event: Event) -> None:
    """Take over the state that a wording leaves behind."""
    for name in ("names", "cause", "worded", "places"):
        setattr(telling, name, getattr(said.state, name))
    telling.told[event.id] = event
    telling.responses += said.opening == "response"
    telling.last, telling.subject = event, said.subject
    telling.opened(said.opening, said.text)


def wordings_of(event: Event, message: Message, telling: Telling) -> Iterator[Wording]:
    """Every allowed way to say an event here."""
    held = telling.standing(event)
    if message.detail == IN_FULL or told_by_summary(event):
        yield from _summaries(event, held, telling)
        return
    back = message.back or _open_begin(event)
    for form in forms(event, perfect=back):
        if form.voice == "passive" and "{actor}" not in form.text and accepted(event, "actor"):
            continue  # who did it is known, so it is said
        state = telling.copy()
        bindings = bind(event, form, message.detail, state)
        try:
            fill(form.text, bindings)
        except Unbound:
            continue
        told = _attribution(event, held, state)
        for pronoun in _pronouns(event, form, bindings, telling):
            yield from _dated(event, form, {**bindings, **pronoun}, told, message, state, telling)


def _dated(
    event: Event, form: Form, bindings: dict[str, Span], told: tuple[Span, ...], message: Message, state: Telling,
    telling: Telling,
) -> Iterator[Wording]:  # fmt: skip
    """The clause with its date in front, in its place, or told by the distance to the event before."""
    subject = _subject(event, form)
    plain = _filled(form, bindings)
    reason = _reason(event, plain) if message.detail >= 3 else ()
    content = bool(event.model.kind(event.kind).frame.get("content"))
    links = _links(event, plain, telling) if message.detail >= 1 and not content else ((),)
    date = _date(event, telling)
    for link in links:
        moved = state.copy() if link else state
        if link:
            moved.cause, moved.worded = link[0].about, telling.worded + 1
        tail = (*link, *(() if link else reason), *told)
        if date is None:
            yield Wording((*plain, *tail), "subject", subject, form, moved, bool(link))
            continue
        gap = _gap(event, telling)
        follows = link and telling.last is not None and link[0].about == telling.last.id
        if gap and not (follows and gap != dates.later(0)):  # "two days later" says "after" already
            lead = Span(f"{gap}, ", date.claims, "gap")
            yield Wording((lead, *lowered(plain), *tail), "gap", subject, form, moved, bool(link))
        front = dataclasses.replace(date, text=f"{date.text}, ")
        yield Wording((front, *lowered(plain), *tail), "date", subject, form, moved, bool(link))
        if form.perfect and _open_begin(event):
            continue
        placed = _placed(form, bindings, date, busy=bool(tail))
        if placed is not None:
            opening = "pronoun" if bindings.get("actor", _HIDDEN).rule == "pronoun" else "subject"
            yield Wording((*placed, *tail), opening, subject, form, moved, bool(link))
            if not link and _answers(event, telling):
                claim = _answers(event, telling)
                lead = Span(f"{IN_RESPONSE}, ", (claim,), "link")
                answered = state.copy()
                answered.cause = telling.last.id if telling.last else ""
                same = gap == dates.later(0)
                yield Wording((lead, *lowered(placed), *told), "response", subject, form, answered, True, same)


def _filled(form: Form, bindings: dict[str, Span]) -> tuple[Span, ...]:
    return clean(fill(form.text, bindings))


def _placed(form: Form, bindings: dict[str, Span], date: Span, *, busy: bool) -> tuple[Span, ...] | None:
    """The clause with the date where its frame has a place for it, else at its end."""
    if form.dated:
        return clean(fill(form.text, {**bindings, "when": date}))
    if busy:
        return None
    return clean((*fill(form.text, bindings), dataclasses.replace(date, text=f" {date.text}")))


# -- parts --------------------------------------------------------------------------------------


def _open_begin(event: Event) -> bool:
    return event.when is not None and event.when.begin_earliest <= START_OF_TIME


def _subject(event: Event, form: Form) -> tuple[str, ...]:
    """Whose act a form tells it as."""
    role = re.match(r"\{(\w+)", form.text)
    return tuple(sorted(event.who(role[1]))) if role and role[1] != "self" else ()


def _pronouns(event: Event, form: Form, bindings: dict[str, Span], telling: Telling) -> Iterator[dict[str, Span]]:
    """The names as they are, and "it" or "they" where the sentence before had the same subject."""
    yield {}
    role = re.match(r"\{(\w+)\}", form.text)
    same = telling.subject and telling.subject == _subject(event, form)
    if not (role and same) or any(telling.store.entity(e).kind == "Person" for e in telling.subject):
        return
    bound = bindings[role[1]]
    word = "they" if len(telling.subject) > 1 or bound.plural else "it"
    yield {role[1]: Span(word, bound.claims, "pronoun", plural=word == "they")}


def _date(event: Event, telling: Telling) -> Span | None:
    """The date with the other one that outlets give; None without a date."""
    dated = event.of("happened")
    if event.when is None or not dated:
        return None
    text = dates.phrase(event.when, telling.today, telling.style) + other_dates(event, telling)
    return Span(text, tuple(c.id for c in dated), "date")


def other_dates(event: Event, telling: Telling) -> str:
    """In brackets, the date that other outlets give, as far as known by the day of writing."""
    dated = [c for c in event.of("happened") if c.status.value == "contested" and c.time]
    others = [c for c in dated if telling.store.known(c) <= telling.today]
    if not others or event.when is None:
        return ""
    time = others[0].time
    assert time is not None
    outlets = {telling.store.article(x.article).publisher for x in others[0].citations}
    by = "one outlet says" if len(outlets) == 1 else f"{dates.number(len(outlets))} outlets say"
    return f" ({by} {dates.phrase(time, telling.today, telling.style, weekday=False).partition(' ')[2]})"


def _gap(event: Event, telling: Telling) -> str:
    """`two days later` against the event told last, when both days are exact and nobody gives another."""
    last = telling.last
    if last is None or last.when is None or event.when is None or not (last.when.is_day and event.when.is_day):
        return ""
    days = event.when.begin_earliest - last.when.begin_earliest
    return dates.later(days) if days >= 0 and not other_dates(event, telling) else ""


def _answers(event: Event, telling: Telling) -> str:
    """The claim that an event answers the one told last; empty when no source says so."""
    last = telling.last
    for claim in event.links:
        if (
            last is not None
            and claim.predicate == "inResponseTo"
            and claim.value == last.id
            and claim.status.value == "accepted"
        ):
            return claim.id
    return ""


@dataclass(frozen=True, slots=True)
class _Link(Span):
    """A worded link, and the event it leads to."""

    about: str = ""


def _links(event: Event, clause: Sequence[Span], telling: Telling) -> tuple[tuple[_Link, ...], ...]:
    """No link, and the worded stated link to the last told event it names, if a source states one."""
    for earlier in reversed(list(telling.told)):
        for claim in event.links:
            if claim.predicate not in LINK_WORDS or claim.value != earlier or claim.status.value != "accepted":
                continue
            found = telling.told[earlier]
            recent = telling.last is not None and telling.last.id == earlier and found.kind != event.kind
            named = short_reference(found) if recent else long_reference(found, telling.store)
            head = short_reference(found).removeprefix("the ")
            if telling.cause == earlier or any(head in s.text for s in clause):
                return ((),)  # the reader has it in mind, or has just read it
            text = f" {_link_words(event, claim.predicate, telling)} {named}"
            return ((), (_Link(text, (claim.id,), "link", about=earlier),))
    return ((),)


def _link_words(event: Event, predicate: str, telling: Telling) -> str:
    model = telling.store.model
    if predicate == "inResponseTo" and any(model.is_a(event.kind, k) for k in OVER):
        options: tuple[str, ...] = ("over", "in response to")
    elif model.is_a(event.kind, "Statement"):
        options = ("after",)
    else:
        options = LINK_WORDS[predicate]
    return options[(telling.worded + 1) % len(options)]


def _reason(event: Event, clause: Sequence[Span]) -> tuple[Span, ...]:
    found = accepted(event, "reason")
    if not found or any(found[0].value in s.text for s in clause):
        return ()
    return (Span(f", citing {found[0].value}", (found[0].id,), "reason"),)


def _attribution(event: Event, held: status.Standing, telling: Telling) -> tuple[Span, ...]:
    """`, X reported` or `, X said` where the support asks for it."""
    dated = event.of("happened")
    ids = tuple(c.id for c in dated[:1])
    if held.support is Support.CLAIMED and held.speakers:
        speaker = telling.names.of(held.speakers[0], telling.today)
        return (Span(f", {speaker.text} said", (*ids, *speaker.claims), "attribution"),)
    if held.support is Support.REPORTED and dated:
        article = telling.store.article(dated[0].citations[0].article)
        outlet = telling.store.entity(article.publisher).name
        return (Span(f", {outlet} reported", ids, "attribution"),)
    return ()


def _summaries(event: Event, held: status.Standing, telling: Telling) -> Iterator[Wording]:
    """An event in the words of its summary, with its date in front."""
    found, date = summary_of(event, held), _date(event, telling)
    if found is None or date is None or _open_begin(event):
        return
    body = lowered((Span(found.value.rstrip("."), (found.id,), "summary"),))
    state = telling.copy()
    told = _attribution(event, held, state)
    for part in (p for p in event.participants if telling.store.entity(p.entity).name in found.value):
        state.names.used[part.entity] = None
    gap = _gap(event, telling)
    if gap:
        yield Wording((Span(f"{gap}, ", date.claims, "gap"), *body, *told), "gap", (), None, state)
    yield Wording((dataclasses.replace(date, text=f"{date.text}, "), *body, *told), "date", (), None, state)


# -- choosing ------------------------------------------------------------------------------------


def _merit(wording: Wording, telling: Telling) -> float:
    """How well a wording reads after the sentences before it."""
    merit = 0.0
    words = len(wording.text.split())
    merit -= 0.25 * max(0, words - MOST_WORDS)
    merit += {"gap": 0.6, "response": 0.9, "pronoun": 0.5, "subject": 0.3, "date": 0.0}[wording.opening]
    if wording.opening == telling.opening:
        merit -= 1.1 if wording.opening != "subject" else 0.25
    elif wording.opening == "gap":
        merit -= 0.5 * telling.rhythm.count("gap")
    if wording.opening == "subject" and telling.subject and wording.subject == telling.subject:
        merit -= 0.8
    if " ".join(wording.text.split()[:2]).lower() in {o.lower() for o in telling.openings}:
        merit -= 0.6
    if wording.opening == "response":
        merit -= 0.9 * telling.responses + (1.5 if wording.same_day else 0.0)
    merit += 0.5 * wording.linked
    if wording.form is not None:
        merit += {"named": 1.5, "active": 0.4, "passive": 0.0}[wording.form.voice]
    if wording.opening == "date" and telling.last is None:
        merit -= 0.2
    return merit
