"""Why an event or a link stands in a chain, as one sentence each for readers."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from graph import when as when_
from graph.chains import choosing, kernels, wording
from graph.chains.chain import LIKELY, NO_LINK, STATED_LABELS, Focus
from graph.chains.kernels import Cut
from graph.chains.scoring import Series
from graph.index import signals
from graph.index.index import Index
from graph.index.participations import TELLS
from graph.when import Clocks

if TYPE_CHECKING:
    from graph.store import Store

RELEVANCE, SEVERITY, RECENCY, COVERAGE, TURN, FOLLOWED, EXPLAINED, SCORE = range(8)
_CLEAR_TURN: Final = 0.5
_MUCH_FOLLOWED: Final = 2
_MOST_REASONS: Final = 3
_FEW_REASONS: Final = 2
_TAKES_PART: Final = 0.6
_MOST_OTHERS: Final = 2
_OF_EARLIER: Final = (
    "{say} it caused {other}",
    "{say} {other} answered it",
    "{count} {other} as part of it",
    "{say} {other} followed up on it",
    "{put} {other} after it",
)
_OF_LATER: Final = (
    "{say} {other} caused it",
    "{call} it an answer to {other}",
    "{count} it as part of {other}",
    "{say} it followed up on {other}",
    "{put} it after {other}",
)
"""What outlets say of the earlier and of the later of two linked events, by position in `STATED_LABELS`."""


@dataclass(frozen=True)
class Telling:
    """What explanations draw on: index, store (None: ids serve as names), limits, focus and terms.

    `anchors` are the events asked about, `sides` whom it is about, `series` the events in which
    relations are followed.
    """

    index: Index
    store: Store | None
    cut: Cut
    focus: Focus
    terms: NDArray[np.float64]
    field: choosing.Field
    anchors: NDArray[Any]
    sides: NDArray[Any]
    series: Series

    @functools.cached_property
    def weight(self) -> NDArray[np.float64]:
        """How grave each candidate is for those in question."""
        return np.asarray(self.terms[:, SEVERITY] * self.terms[:, RELEVANCE])

    @functools.cached_property
    def gravest(self) -> NDArray[np.bool_]:
        """Of which candidates earlier ones are known and none up to their day is graver."""
        day = self.field.day
        order = np.argsort(day, kind="stable")
        worst = np.maximum.accumulate(self.weight[order])
        days = day[order]
        return np.asarray((self.weight >= worst[np.searchsorted(days, day, "right") - 1]) & (day > days[0]))

    def step(self, at: int, *, is_focus: bool = False) -> str:
        """Why candidate `at` is in the chain: its two or three best reasons."""
        reasons = ("The event asked about", *self._support(at)) if is_focus else self._reasons(at)
        text = "; ".join([reason for reason in reasons if reason][:_MOST_REASONS])
        return f"{text[:1].upper()}{text[1:]}." if text else "It is about the same matter."

    def numbers(self, at: int) -> dict[str, int]:
        """What can be counted about candidate `at`.

        Voices, those of them that came to it weeks later, events that followed, days before `as_of`, deaths.
        """
        found, deaths = self.field, int(self.field.deaths[at])
        numbers = {
            "voices": int(found.voices[at]),
            "echoes": int(found.echoes[at]),
            "followed_by": int(found.followed[at]),
            "days_before": int(self.cut.as_of - found.day[at]),
        }
        return numbers | ({"deaths": deaths} if deaths >= 0 else {})

    def link(self, earlier: int, later: int, label: str, days: int, stated: tuple[str, ...]) -> str:
        """What joins two events, in a sentence; `stated` are the claims that say so."""
        if stated:
            text = self._said(stated, _OF_LATER[STATED_LABELS.index(label)], earlier)
            when = "the same day" if days == 0 else f"{wording.span(days)} later"
            return f"{text[:1].upper()}{text[1:]}, {when}."
        before = "on the same day" if days == 0 else f"{wording.span(days)} before"
        if label == NO_LINK:
            return f"No source links it to {self._noun(earlier)} {before}."
        if label == LIKELY:
            usual = (
                f"{wording.with_article(self._kind(later))} often answers {wording.with_article(self._kind(earlier))}"
            )
            return f"{usual[:1].upper()}{usual[1:]} like the one {before}; no source says so here."
        return f"The same actors as in {self._noun(earlier)} {before}; no source links the two."

    def date(self, at: int) -> str:
        """The date of an event as the sources known give it, as EDTF."""
        if self.store is not None:
            time = self.store.event(
                self.index.event_id(int(self.field.event[at])), clocks=Clocks(known_at=self.cut.known_at)
            ).when
            if time is not None:
                return time.text
        first, last = int(self.field.first[at]), int(self.field.last[at])
        return when_.iso(first) if first == last else f"{when_.iso(first)}/{when_.iso(last)}"

    def name(self, entity: str) -> str:
        """The name of an entity or event, its id without a store."""
        return self.store.entity(entity).name if self.store is not None and self.store.has(entity) else entity

    def _reasons(self, at: int) -> tuple[str, ...]:
        """What speaks for a candidate, best first; what is true of many only where nothing else is."""
        found = [r for r in (self._tied(at), self._gravest(at), *self._support(at), self._turned(at)) if r]
        for weak in (self._first, self._who):
            if len(found) < _FEW_REASONS and (reason := weak(at)):
                found.append(reason)
        return tuple(found)

    def _support(self, at: int) -> Iterator[str]:
        """Who reports it and what came of it."""
        voices, echoes, followed = (int(c[at]) for c in (self.field.voices, self.field.echoes, self.field.followed))
        if voices > signals.USUAL_VOICES:
            late = wording.counted(echoes, "of them", "of them")
            told = f"{wording.counted(voices, 'outlet')} report it"
            yield f"{told}, {late} weeks later" if echoes else told
        if followed >= _MUCH_FOLLOWED:
            yield f"sources trace {wording.counted(followed, 'later event')} back to it"

    def _tied(self, at: int) -> str:
        """How sources tie it to the event asked about."""
        if self.focus.kind != "event" or self.terms[at, EXPLAINED] <= 0:
            return ""
        event, asked, a = int(self.field.event[at]), int(self.anchors[0]), self.index.arrays
        for later, earlier, said in ((asked, event, _OF_EARLIER), (event, asked, _OF_LATER)):
            row = kernels.lower(a.l_later, 0, len(a.l_later), later)
            while row < len(a.l_later) and a.l_later[row] == later:
                if a.l_earlier[row] == earlier and a.l_known[row] <= self.cut.known_at:
                    claim = self.index.claims[int(a.l_claim[row])]
                    return self._said((claim,), said[int(a.l_kind[row])], asked)
                row += 1
        return f"sources tie it to {self._noun(asked)} through other events"

    def _gravest(self, at: int) -> str:
        """Whether nothing graver is known up to then."""
        return f"the gravest event {self._among() or 'found'} up to then" if self.gravest[at] else ""

    def _turned(self, at: int) -> str:
        """Whether relations went the way of this event after it: worse after a hostile one, better after a friendly."""
        if self.terms[at, TURN] < _CLEAR_TURN:
            return ""
        day, sums = int(self.field.day[at]), self.series.sums
        limits = (day - signals.TURN_BEFORE_DAYS, day, day + signals.TURN_AFTER_DAYS + 1)
        start, here, stop = self.series.day.searchsorted(limits).tolist()
        if start == here or here == stop:
            return ""
        change = (sums[stop] - sums[here]) / (stop - here) - (sums[here] - sums[start]) / (here - start)
        if change * self.index.arrays.intensity[self.field.kind[at]] <= 0:
            return ""
        return f"relations were {'better' if change > 0 else 'worse'} after it than before"

    def _first(self, at: int) -> str:
        """Whether it is the first of its kind in three years, among two sides that had dealings before."""
        event, series = int(self.field.event[at]), self.series
        place = int(series.event.searchsorted(event))
        if len(self.sides) != 2 or place == len(series.event) or series.event[place] != event:
            return ""
        past = series.kind[series.day.searchsorted(series.day[place] - signals.NOVELTY_DAYS) : place]
        if not len(past) or (past == series.kind[place]).any():
            return ""
        return f"the first {self._kind(event)} in three years to involve both"

    def _who(self, at: int) -> str:
        """Who takes part: those in question where they are several, else with whom."""
        rows = range(int(self.field.off[at]), int(self.field.off[at + 1]))
        share = {
            int(self.field.entity[r]): float(self.field.weight[r]) for r in rows if not self.field.flags[r] & TELLS
        }
        sides = [int(s) for s in self.sides if int(s) in share]
        if len(sides) > 1:
            names = [self.name(self.index.entity_id(s)) for s in sides]
            return f"it involves {'both ' if len(names) == 2 else ''}{wording.listed(names)}"
        ids = {e: self.index.entity_id(e) for e, part in share.items() if e not in sides and part >= _TAKES_PART}
        country = self.index.arrays.e_country
        others = sorted((e for e in ids if self._acts(ids[e])), key=lambda e: (-country[e], -share[e], ids[e]))
        if not others:
            return "" if sides else "it tells of the same matter"
        named = [self.name(ids[e]) for e in others[:_MOST_OTHERS]]
        return f"{wording.listed(named)} {'took' if len(named) > 1 else 'also took'} part"

    def _acts(self, thing: str) -> bool:
        """Whether a thing can take part: a country or an actor, no mere place and no other event."""
        if self.store is None or not self.store.has(thing):
            return self.store is None
        kind, model = self.store.entity(thing).kind, self.store.model
        return kind == "Country" or model.is_a(kind, "Actor")

    def _among(self) -> str:
        """Between whom the account is."""
        names = [self.name(self.index.entity_id(int(s))) for s in self.sides[:3]]
        if not names:
            return ""
        return f"{('', 'involving', 'between', 'among')[len(names)]} {wording.listed(names)}"

    def _kind(self, event: int) -> str:
        """The kind of an event as a noun."""
        kind = self.index.kinds[int(self.index.arrays.kind[event])]
        return self.store.model.kind(kind).label if self.store is not None else kind.lower()

    def _noun(self, event: int) -> str:
        return f"the {self._kind(event)}"

    def _said(self, stated: tuple[str, ...], pattern: str, other: int) -> str:
        """Who states something of an event and another: `AP and Trend put it after the crash`."""
        names = self._stating(stated)
        ending = "" if len(names) > 1 else "s"
        verbs = {verb: f"{verb}{ending}" for verb in ("say", "call", "count", "put")}
        return f"{wording.listed(names)} {pattern.format(other=self._noun(other), **verbs)}"

    def _stating(self, stated: tuple[str, ...]) -> list[str]:
        """The names of those who state these claims."""
        if self.store is None:
            return [f"claim {claim}" for claim in stated]
        clocks = Clocks(known_at=self.cut.known_at)
        said = [self.store.known_claim(self.store.claim(c), clocks) for c in stated]
        cited = [c for claim in said if claim for c in claim.citations if c.stance.value == "states"]
        return sorted({self.name(self.store.article(c.article).publisher) for c in cited})


__all__ = ["Telling"]
