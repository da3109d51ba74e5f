"""Mutants: from every accepted sentence ten kinds of wrong one, and how many the verifier refuses.

On every story: paragraphs about its events, about the story and about its pairs, on three days, at
three lengths, for three audiences. Then sentences that repeat what a source got wrong, through the
draft check.

Run: python -m benchmarks.prose.mutants [--limit N paragraphs a story]
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.entity import Event
from graph.errors import Insufficient
from graph.knowledge import KnowledgeGraph
from graph.tell.paragraph import Paragraph, Sentence
from graph.tell.plan import events_for
from graph.tell.verify import verify_sentence
from graph.when import Clocks, day
from tests.graph.draft.cases import DISPUTED

MONTHS = "Jan\\.|Feb\\.|March|April|May|June|July|Aug\\.|Sept\\.|Oct\\.|Nov\\.|Dec\\."
STRONGER = {
    "said that": "admitted that",
    "accused": "convicted",
    "attributed": "proved",
    "apologized": "confessed",
    "died": "were murdered",
    "searched": "destroyed",
    "closed": "seized",
    "canceled": "banned",
    "reported that": "proved that",
    "summoned": "expelled",
    "arrested": "executed",
    "threatened": "promised",
    "raided": "bombed",
    "demanded": "forced",
    "suspended": "abolished",
}
ROLES = {
    "President ": "Prime Minister ",
    "Prime Minister ": "President ",
    "Minister ": "President ",
    "spokesman": "chief",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence in its place: the paragraph it came from and the events told before it."""

    sentence: Sentence
    paragraph: Paragraph
    at: int


Mutation = Callable[[Case, KnowledgeGraph, random.Random], str | None]


def swap(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """Actor and target change places."""
    names = [s.text for s in case.sentence.spans if s.rule == "name"]
    if len(names) < 2 or names[0] == names[1]:
        return None
    text = case.sentence.text
    first, second = text.find(names[0]), text.rfind(names[1])
    if first < 0 or second <= first:
        return None
    return text[:first] + names[1] + text[first + len(names[0]) : second] + names[0] + text[second + len(names[1]) :]


def shift_day(case: Case, _kg: KnowledgeGraph, rng: random.Random) -> str | None:
    """One day earlier or later."""
    found = re.search(rf"({MONTHS}) (\d+)", case.sentence.text)
    if not found:
        return None
    number = int(found[2]) + rng.choice((-1, 1))
    return case.sentence.text[: found.start(2)] + str(number or 2) + case.sentence.text[found.end(2) :]


def shift_number(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """A count one higher."""
    for span in case.sentence.spans:
        if span.rule == "count" and span.text.isdigit():
            return case.sentence.text.replace(span.text, str(int(span.text) + 1), 1)
        if span.rule == "count":
            return re.sub(rf"\b{re.escape(span.text)}\b", "eleven", case.sentence.text, count=1)
    return None


MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"


def sharper(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """A month becomes a day of it."""
    found = re.search(rf"\b[Ii]n (?:about )?({MONTH_NAMES})\b", case.sentence.text)
    return case.sentence.text.replace(found[0], f"On {found[1]} 12", 1) if found else None


def stronger(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """A verb that says more."""
    for weak, strong in STRONGER.items():
        if weak in case.sentence.text:
            return case.sentence.text.replace(weak, strong, 1)
    return None


def unattributed(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """The attribution is dropped."""
    told = "".join(s.text for s in case.sentence.spans if s.rule == "attribution").rstrip(".")
    if told:
        return case.sentence.text.replace(told, "", 1)
    if case.sentence.kind == "conflict":
        return re.sub(r"^.* attributed (the \S+) to (.*), while .*$", r"\1 were due to \2.", case.sentence.text)
    return None


def because(case: Case, kg: KnowledgeGraph, rng: random.Random) -> str | None:
    """A cause nobody stated."""
    others = [s.about for s in case.paragraph.sentences if s.about != case.sentence.about]
    if not others:
        return None
    return case.sentence.text[:-1] + f" because of the {kg.store.entity(rng.choice(others)).name}."


def wrong_role(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """An office the person did not hold."""
    for right, wrong in ROLES.items():
        if right in case.sentence.text:
            return case.sentence.text.replace(right, wrong, 1)
    return None


def other_entity(case: Case, kg: KnowledgeGraph, rng: random.Random) -> str | None:
    """Another thing of the same kind in its place."""
    for claim in case.sentence.claims:
        found = kg.store.claim(claim)
        if isinstance(found.object, str) and kg.store.has(found.object):
            entity = kg.store.entity(found.object)
            if entity.name in case.sentence.text:
                others = [e.name for e in kg.store.entities(entity.kind) if e.id != entity.id]
                return case.sentence.text.replace(entity.name, rng.choice(others), 1) if others else None
    return None


def future(case: Case, _kg: KnowledgeGraph, _rng: random.Random) -> str | None:
    """The same, said of a year that has not come."""
    return re.sub(r"\.$", " in 2031.", case.sentence.text)


MUTATIONS: dict[str, Mutation] = {
    "actor and target swapped": swap,
    "day shifted": shift_day,
    "number changed": shift_number,
    "date sharpened": sharper,
    "verb strengthened": stronger,
    "attribution dropped": unattributed,
    "cause added": because,
    "office changed": wrong_role,
    "other thing": other_entity,
    "future date": future,
}


LENGTHS = (60, 150, 240)
AUDIENCES = ("informed", "lay", "expert")
LATER = (5, 40, 400)
"""Days after its event on which a paragraph is asked for."""


def focuses(kg: KnowledgeGraph, story: str) -> list[tuple[str, ...]]:
    """What a story's paragraphs are about: the story, pairs of its leading entities, its events."""
    focus = kg.focus(story)
    pairs = [(a, b) for a, b in itertools.combinations(focus.entities[:4], 2)]
    return [(story,), *pairs, *((event,) for event in focus.seeds)]


def paragraphs(kg: KnowledgeGraph, story: str, limit: int) -> Iterator[Paragraph]:
    """Paragraphs of a story, at most `limit`, each question with the next length, day and audience in turn."""
    last = max(when.begin_latest for e in kg.focus(story).seeds if (when := kg.store.event(e).when) is not None)
    made = 0
    turns = itertools.cycle(itertools.product(LENGTHS, LATER))
    audiences = itertools.cycle(AUDIENCES)
    for names in itertools.islice(itertools.cycle(focuses(kg, story)), 4 * limit):
        words, later = next(turns)
        event = kg.store.event(names[0]).when if kg.store.model.is_event(kg.store.entity(names[0]).kind) else None
        day_ = min(last + 40, (event.begin_latest if event is not None else last) + later)
        try:
            chain = kg.chain(*names, as_of=day_, events=events_for(words))
            yield kg.tell(chain, words=words, audience=next(audiences), at_most=True)
        except Insufficient:
            continue
        made += 1
        if made == limit:
            return


@dataclass
class Measured:
    """Tried and right per kind of mutant ("original": accepted), and every wrong answer in words."""

    tried: Counter[str]
    right: Counter[str]
    wrong: list[str]


def measure(kg: KnowledgeGraph, story: str, limit: int) -> Measured:
    """How the verifier does on one story."""
    rng = random.Random(7)
    found = Measured(Counter(), Counter(), [])
    for paragraph in paragraphs(kg, story, limit):
        clocks = Clocks(paragraph.as_of, paragraph.known_at)
        today = paragraph.as_of or day("2026-11-23")
        told: list[Event] = []
        for at, sentence in enumerate(paragraph.sentences):
            _try("original", sentence.text, True, kg, clocks, today, told, found)
            for name, mutate in MUTATIONS.items():
                mutant = mutate(Case(sentence, paragraph, at), kg, rng)
                if mutant is not None and mutant != sentence.text:
                    _try(name, mutant, False, kg, clocks, today, told, found)
            told += [kg.store.event(e, clocks=clocks) for e in sentence.events if is_event(kg, e)]
    return found


def is_event(kg: KnowledgeGraph, thing: str) -> bool:
    """Whether a sentence is about an event: a state is about a country or a person."""
    return kg.store.model.is_event(kg.store.entity(thing).kind)


def _try(
    name: str,
    text: str,
    wanted: bool,
    kg: KnowledgeGraph,
    clocks: Clocks,
    today: int,
    told: list[Event],
    found: Measured,
) -> None:
    accepted = verify_sentence(text, kg.store, kg.names, clocks, today, told).accepted
    found.tried[name] += 1
    found.right[name] += accepted is wanted
    if accepted is not wanted:
        found.wrong.append(f"{'refused original' if wanted else f'accepted ({name})'}: {text}")


def natural(kg: KnowledgeGraph) -> tuple[int, list[str]]:
    """How many sentences that repeat a source's error the draft check catches, and those it does not."""
    passed = [t for as_of, t, _ in DISPUTED if not kg.check(t, as_of=as_of).conflicts]
    return len(DISPUTED) - len(passed), passed


def main() -> None:
    """Print acceptance of originals and refusal of mutants, by kind, story by story and together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=30, help="how many paragraphs a story")
    kg, limit = KnowledgeGraph.open("data/triples"), parser.parse_args().limit
    total = Measured(Counter(), Counter(), [])
    for story in kg.store.entities("Story"):
        found = measure(kg, story.id, limit)
        total.tried += found.tried
        total.right += found.right
        total.wrong += found.wrong
        mutants = sum(found.tried[m] for m in MUTATIONS)
        refused = sum(found.right[m] for m in MUTATIONS)
        accepted = f"{found.right['original']} of {found.tried['original']} originals accepted"
        print(f"{story.id}: {accepted}, {refused} of {mutants} mutants refused", flush=True)
    print(f"\n{'kind':28}{'tried':>8}{'right':>8}{'share':>9}")
    for name in ("original", *MUTATIONS):
        print(
            f"{name:28}{total.tried[name]:8}{total.right[name]:8}{total.right[name] / max(1, total.tried[name]):9.2%}"
        )
    mutants, refused = (sum(c[m] for m in MUTATIONS) for c in (total.tried, total.right))
    print(f"{'all mutants':28}{mutants:8}{refused:8}{refused / max(1, mutants):9.2%}")
    caught, passed = natural(kg)
    print(f"{'sources wrong, caught':28}{len(DISPUTED):8}{caught:8}{caught / len(DISPUTED):9.2%}")
    print("\n".join([*total.wrong, *(f"passed over: {t}" for t in passed)]))


if __name__ == "__main__":
    main()
