"""Check a draft: each sentence read, its parts held against the claims known on a day, and what to do about it."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.draft import opinion
from graph.draft.compare import compare
from graph.draft.links import links, since
from graph.draft.mask import mask
from graph.draft.match import LEAST, Matched, kinship, match
from graph.draft.members import Membership
from graph.draft.offices import offices
from graph.draft.outcome import Checked, Finding, Nearest, Outcome, Report
from graph.draft.profile import Profiles
from graph.draft.read import Read, Told, read
from graph.draft.relations import Asked, relations
from graph.draft.versions import Pairing
from graph.index.index import Index
from graph.names import Names
from graph.questions.overview import sentence as claim_text
from graph.questions.overview import sources
from graph.reading import spans
from graph.reading.clauses import Act
from graph.reading.readings import DatePhrase
from graph.reading.text import Sentence, sentences
from graph.store import Store
from graph.when import Clocks, Day

MOST_NEAREST: Final = 5
_FACTS: Final = ("event", "membership", "office", "capital", "border", "place", "founded")


@dataclasses.dataclass(slots=True)
class _Draft:
    """What checking needs and what it has met so far."""

    store: Store
    names: Names
    profiles: Profiles
    membership: Membership
    as_of: Day
    told: Told
    recent: list[str]


def check(text: str, store: Store, names: Names, index: Index, as_of: Day, known_at: Day | None = None) -> Report:
    """The report on a draft written for a day, plain or Markdown; `known_at` hides what was published later."""
    clocks = Clocks(as_of, known_at)
    profiles = Profiles(store, index, names, clocks)
    draft = _Draft(store, names, profiles, Membership(store), as_of, Told(), [])
    checked = tuple(_checked(sentence, draft) for sentence in sentences(text))
    counts = Counter(c.outcome.value for c in checked)
    return Report(checked, as_of, known_at, store.fingerprint, {o.value: counts[o.value] for o in Outcome})


def _checked(sentence: Sentence, draft: _Draft) -> Checked:
    before = draft.told.last
    one = read(sentence, draft.told, draft.names, draft.store, draft.as_of)
    masked = mask(one, draft.store, draft.names, draft.as_of)
    matched = list(_matched(one, draft))
    findings = [
        *offices(one, masked, draft.store, draft.as_of, _days(before, [m for m, _ in matched])),
        *relations(Asked(one, masked, draft.store, draft.as_of, draft.membership)),
        *_events(one, matched, draft),
        *links(one, [m for m, _ in matched], draft.store),
        *since(one, [m for m, _ in matched], draft.store),
        *opinion.opinions(one),
    ]
    kept = tuple(sorted(_settle(findings), key=lambda f: (f.place, f.rule)))
    _remember(one, matched, draft)
    outcome = _outcome(kept)
    nearest = tuple(_nearest(kept, draft.store))
    return Checked(
        sentence.text,
        sentence.line,
        sentence.column,
        outcome,
        kept,
        nearest,
        _suggest(outcome, kept, nearest),
        sentence.heading,
    )


def _days(before: tuple[Day, Day] | None, matched: Sequence[Matched]) -> list[tuple[Day, Day]]:
    """The days an undated sentence may speak of: the date told before it, those of its events."""
    times = [m.profile.when for m in matched if m.sure and m.profile.when is not None]
    return [*([before] if before else []), *((t.begin_earliest, t.end_latest) for t in times)]


# -- events -------------------------------------------------------------------------------------


def _matched(one: Read, draft: _Draft) -> Iterator[tuple[Matched, tuple[DatePhrase, ...]]]:
    """Each act with the event it is about and its dates; an event is compared once, by the act that fits it best."""
    dated = _by_act(one)
    best: dict[str, tuple[Matched, tuple[DatePhrase, ...]]] = {}
    for act in one.acts:
        phrases = dated.get(act.place, ())
        found = match(act, one, draft.profiles, draft.recent, phrases, draft.as_of)
        aimed = found is not None and act.intent == "aim" and found.kind < 0.8
        if found is None or aimed or (act.saying and found.words < 0.3):
            continue
        held = best.get(found.event)
        if held is None or found.score + 0.01 * bool(phrases) > held[0].score:
            best[found.event] = (found, (*phrases, *(held[1] if held else ())))
        else:
            best[found.event] = (held[0], (*held[1], *phrases))
    met = {m.act.place for m, _ in best.values()}
    for act in (a for a in one.acts if a.noun and a.place not in met):
        told = _linked(act, one, [m for m, _ in best.values()], draft)
        if told is not None and told.event not in best:
            best[told.event] = (told, dated.get(act.place, ()))
    yield from best.values()


def _linked(act: Act, one: Read, matched: Sequence[Matched], draft: _Draft) -> Matched | None:
    """What “the raids” without a name mean: an event of that kind that another one told is linked to."""
    if one.inside(act.actor) or one.inside(act.target):
        return None
    model = draft.store.model
    for found in matched:
        for claim in found.profile.event.links:
            other = draft.profiles.of(claim.value)
            if kinship(act, other.event.kind, model) >= 0.8:
                return Matched(act, other, 0.6, 1.0, 0.0, 0.5, (), sure=True)
    return None


def _by_act(one: Read) -> dict[tuple[int, int], tuple[DatePhrase, ...]]:
    """The dates of a sentence by the act they go with: the nearest before, or the first when the date leads."""
    found: dict[tuple[int, int], list[DatePhrase]] = {}
    acts = [a for a in one.acts if not (a.saying and len(one.acts) > 1)] or list(one.acts)
    for phrase in one.dates:
        before = [a for a in acts if a.place[0] < phrase.start and not _parted(one.text, a, phrase)]
        after = [a for a in acts if a.place[0] >= phrase.end]
        act = _governing(one.text, before) if before else _opened(one.text, after)
        if act is not None:
            found.setdefault(act.place, []).append(phrase)
    return {place: tuple(phrases) for place, phrases in found.items()}


def _opened(text: str, acts: Sequence[Act]) -> Act | None:
    """The act a leading date goes with: the first verb, else a noun that no "after" or "following" brings in."""
    verb = next((a for a in acts if not a.noun and not a.nested), None)
    plain = (
        a
        for a in acts
        if not re.search(r"\b(?:after|following|since|of|during)\b(?: \S+){0,4} ?$", text[: a.place[0]], re.I)
    )
    return verb or next(plain, None)


_APART: Final = re.compile(
    r"\b(?:after|following|since|because|before|over|when|during|amid|led|leading|resulting|of)\b|,", re.IGNORECASE
)


def _governing(text: str, acts: Sequence[Act]) -> Act:
    """The last of some acts, or the verb that a last noun is the object of: "ratified Sweden's accession"."""
    last = max(acts, key=lambda a: a.place)
    verbs = [a for a in acts if not a.noun and a.place < last.place]
    heads = [
        a
        for a in acts
        if a.noun
        and a.place < last.place
        and re.fullmatch(r"\s*(?:on|of|into|about)(?: \S+){0,3}\s*", text[a.place[1] : last.place[0]])
    ]
    if last.noun and heads:
        last = heads[-1]
    if last.noun and verbs:
        verb = max(verbs, key=lambda a: a.place)
        if not _APART.search(text[verb.place[1] : last.place[0]]):
            return verb
    return last


def _parted(text: str, act: Act, phrase: DatePhrase) -> bool:
    """Whether a new clause begins between an act and a date."""
    between = text[act.place[1] : phrase.start]
    return ";" in between or ", and on" in between.lower() or ". " in between


def _events(one: Read, matched: Sequence[tuple[Matched, tuple[DatePhrase, ...]]], draft: _Draft) -> Iterator[Finding]:
    met = {m.act.place for m, _ in matched if m.sure or m.score >= LEAST + 0.1}
    for found, phrases in matched:
        if found.act.place not in met:
            continue
        resolved = tuple(_resolved(p, one, [found, *(m for m, _ in matched if m is not found)], draft) for p in phrases)
        yield from compare(Pairing(found, resolved, one, draft.profiles, draft.as_of))
    yield from _strangers(one, [m for m, _ in matched if m.act.place in met], draft)
    for act in one.acts:
        if act.place in met or act.saying or act.intent == "aim" or one.quoted(act.place) or _counts_only(act, one):
            continue
        named = [*one.inside(act.actor), *one.inside(act.target)]
        if named and (not act.noun or act.target is not None):
            why = "the graph has no such event of " + " and ".join(
                dict.fromkeys(draft.store.entity(n.id).name for n in named[:3])
            )
            yield Finding(act.place, Outcome.NO_EVIDENCE, "event", why)


def _counts_only(act: Act, one: Read) -> bool:
    """Whether a verb only brings in a count: "killing 38 people", "detaining nine"."""
    toll = act.verb in ("kill", "injure", "wound", "detain", "arrest", "hold", "leave", "die")
    return toll and any(0 <= n.start - act.place[1] < 14 for n in one.numbers)


def _strangers(one: Read, matched: Sequence[Matched], draft: _Draft) -> Iterator[Finding]:
    """Names that have no part in any event the sentence was taken for, when something is said of them."""
    for named in one.named:
        tail = one.text[named.end : named.end + 30]
        says = re.match(r"['’]s (?:[a-z-]+ ){0,2}[a-z]+", tail)
        if named.implied or not says or named.kind not in ("Country", "Organization", "Alliance", "Person"):
            continue
        part = any(
            named.id in m.profile.direct
            or named.id in m.profile.sides
            or draft.profiles.country(named.id) in m.profile.sides
            for m in matched
        )
        if not part:
            place = (named.start, named.end + says.end())
            yield Finding(
                place,
                Outcome.NO_EVIDENCE,
                "name",
                f"the graph has nothing like this of {draft.store.entity(named.id).name}",
            )


def _resolved(phrase: DatePhrase, one: Read, matched: Sequence[Matched], draft: _Draft) -> DatePhrase:
    """A date that counts from an event named after it, or from the date told before, as days."""
    if phrase.anchor == "event" or (
        phrase.anchor == "text" and one.text[phrase.end - 6 : phrase.end].strip() in ("after", "before")
    ):
        base = next((m for m in matched if 0 <= m.act.place[0] - phrase.end < 40 and m.profile.when), None)
        if base is not None and base.profile.when is not None and base.profile.when.is_day:
            count, unit = phrase.offset
            return dataclasses.replace(phrase, spans=(spans.shifted(base.profile.when.begin_earliest, unit, count),))
        return dataclasses.replace(phrase, spans=_counted_from(phrase, one, matched, draft))
    return phrase


def _counted_from(
    phrase: DatePhrase, one: Read, matched: Sequence[Matched], draft: _Draft
) -> tuple[tuple[Day, Day], ...]:
    """The days of “a month after Sweden”: counted from what the one named there did of the same kind."""
    named = next((n for n in one.named if 0 <= n.start - phrase.end < 4), None)
    if named is None or not matched:
        return ()
    event = matched[0].profile.event
    for other in draft.profiles.candidates([named.id], draft.as_of):
        found = draft.profiles.of(other)
        if found.event.kind == event.kind and named.id in found.event.who("actor") and found.when and found.when.is_day:
            count, unit = phrase.offset
            span = spans.shifted(found.when.begin_earliest, unit, count)
            return ((span[0] - 10 * (unit == "month"), span[1] + 10 * (unit == "month")),)
    return ()


def _remember(one: Read, matched: Sequence[tuple[Matched, tuple[DatePhrase, ...]]], draft: _Draft) -> None:
    for found, _ in matched:
        if found.sure or found.score >= 0.6:
            draft.recent.append(found.event)
    sure = [m for m, _ in matched if m.sure and not m.act.noun and m.profile.when is not None and m.profile.when.is_day]
    if sure and not any(p.spans for p in one.dates):
        when = sure[0].profile.when
        assert when is not None
        draft.told.last = (when.begin_earliest, when.end_latest)


# -- the sentence ---------------------------------------------------------------------------------


def _settle(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without repeats: a relation found true answers for the act that says it, and supports its date."""
    relations_ = [f for f in findings if f.rule in ("membership", "office", "capital", "border", "founded")]
    kept: dict[tuple[tuple[int, int], str, str], Finding] = {}
    for one in findings:
        if (
            one.outcome is Outcome.NO_EVIDENCE
            and one.rule in ("event", "date")
            and any(_over(one, r) for r in relations_)
        ):
            continue
        if (
            one.outcome is Outcome.NO_EVIDENCE
            and one.rule == "membership"
            and any(_over(one, f) and f.rule in ("event", "actor") and f.outcome is Outcome.SUPPORTED for f in findings)
        ):
            continue
        if (
            one.rule == "date"
            and one.outcome is Outcome.CONFLICT
            and any(_over(one, r) and r.outcome is Outcome.SUPPORTED for r in relations_)
        ):
            continue
        key = (one.place, one.rule, one.event)
        if key not in kept or one.outcome is Outcome.CONFLICT:
            kept[key] = one
    yield from kept.values()


def _over(one: Finding, other: Finding) -> bool:
    return one.place[0] < other.place[1] and other.place[0] < one.place[1]


def _outcome(findings: Iterable[Finding]) -> Outcome:
    found = Counter(f.outcome for f in findings)
    facts = [f for f in findings if f.outcome is Outcome.SUPPORTED and f.rule in _FACTS]
    if found[Outcome.CONFLICT]:
        return Outcome.CONFLICT
    if facts:
        rest = found[Outcome.NO_EVIDENCE] + found[Outcome.OPINION] + found[Outcome.PARTIAL]
        return Outcome.PARTIAL if rest else Outcome.SUPPORTED
    if found[Outcome.PARTIAL]:
        return Outcome.PARTIAL
    if found[Outcome.OPINION] and not found[Outcome.NO_EVIDENCE]:
        return Outcome.OPINION
    return Outcome.NO_EVIDENCE


def _nearest(findings: Sequence[Finding], store: Store) -> Iterator[Nearest]:
    order = {Outcome.CONFLICT: 0, Outcome.PARTIAL: 1, Outcome.NO_EVIDENCE: 2, Outcome.SUPPORTED: 3, Outcome.OPINION: 4}
    ids = dict.fromkeys(c for f in sorted(findings, key=lambda f: order[f.outcome]) for c in f.claims)
    for claim in list(ids)[:MOST_NEAREST]:
        said = store.claim(claim)
        cited = tuple((s.publisher, s.published, s.url) for s in sources(said.citations, store)[:3])
        text = claim_text(said, store) + (f" ({said.when})" if said.when and said.predicate != "happened" else "")
        yield Nearest(claim, text, cited)


def _suggest(outcome: Outcome, findings: Sequence[Finding], nearest: Sequence[Nearest]) -> str:
    """What the writer may do: whose word to name, what to write instead, or which source to cite."""
    given = [f.suggestion for f in findings if f.suggestion]
    if given:
        return f"attribute it: {given[0]}"
    if outcome is Outcome.CONFLICT:
        wrong = next(f for f in findings if f.outcome is Outcome.CONFLICT)
        return f"look again: {wrong.why}"
    if outcome is Outcome.OPINION:
        return "name whose view this is, or leave it out"
    if nearest and outcome in (Outcome.SUPPORTED, Outcome.PARTIAL) and nearest[0].sources:
        publisher, published, _ = nearest[0].sources[0]
        return f"source: {publisher}, {published}"
    return "find a source, or leave it out" if outcome is Outcome.NO_EVIDENCE and findings else ""
