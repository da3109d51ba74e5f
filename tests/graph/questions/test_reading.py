"""Questions in English: what they are read as, what they are answered with, and what is refused rather than guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.errors import AmbiguousName, GraphError, Insufficient, UnknownName
from graph.index.columns import ROLES, Columns, KindRow
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.names import Match
from graph.names.labels import Labels
from graph.questions.reading import answer, dates
from graph.questions.reading.phrases import lexicon
from graph.questions.reading.read import Reading, read
from graph.when import day

READ: list[tuple[str, dict[str, str]]] = [
    (
        "Who visited Alphaland in May 2011?",
        {"asked": "actor", "target": "Alphaland", "window": "2011-05", "sort": "person"},
    ),
    ("Whom did Alphaland visit?", {"asked": "target", "actor": "Alphaland"}),
    (
        "Which country did the Deltan prime minister visit last?",
        {"actor": "the Deltan prime minister", "order": "last"},
    ),
    (
        "Who was visited by Alphaland on 3 March 2011?",
        {"asked": "target", "actor": "Alphaland", "window": "2011-03-03"},
    ),
    ("By whom was Alphaland visited?", {"asked": "actor", "target": "Alphaland"}),
    (
        "When did Alphaland first visit Betaland?",
        {"asked": "time", "actor": "Alphaland", "target": "Betaland", "order": "first"},
    ),
    (
        "In which month was Betaland last visited by Alphaland?",
        {"actor": "Alphaland", "target": "Betaland", "unit": "month"},
    ),
    ("What year did Alphaland visit Betaland?", {"asked": "time", "unit": "year"}),
    (
        "After Gammaland, who was the first to visit Betaland?",
        {"relation": "after", "anchor": "Gammaland", "order": "first"},
    ),
    ("Who visited Betaland before 2010-05-01?", {"relation": "before", "window": "2010-05-01", "anchor": ""}),
    ("Who, after Gammaland, visited Betaland?", {"relation": "after", "anchor": "Gammaland", "target": "Betaland"}),
    ("On the same day as Gammaland, who visited Betaland?", {"relation": "same", "unit": "day", "anchor": "Gammaland"}),
    ("Who visited Betaland in the same year as Gammaland?", {"relation": "same", "unit": "year", "target": "Betaland"}),
    ("With which country did Betaland sign an agreement?", {"code": "057", "asked": "target", "actor": "Betaland"}),
    ("Who wanted to meet Betaland?", {"code": "036", "target": "Betaland"}),
    (
        "Who made Betaland suffer from conventional military force?",
        {"code": "190", "asked": "actor", "target": "Betaland"},
    ),
    ("Who received humanitarian aid from Betaland?", {"code": "073", "asked": "target", "actor": "Betaland"}),
    ("Who is Betaland threatened by?", {"code": "130", "asked": "actor", "target": "Betaland"}),
    ("Who hosted the visit of Betaland?", {"code": "043", "asked": "actor", "target": "Betaland"}),
    (
        "What was the last country to which Betaland made a request?",
        {"code": "020", "asked": "target", "order": "last"},
    ),
]


@pytest.mark.parametrize(("question", "expected"), READ)
def test_read(question: str, expected: dict[str, str]) -> None:
    found = read(question)
    assert {name: getattr(found, name) for name in expected} == expected


NOT_READ = [
    ("Alphaland visited Betaland.", "not a question"),
    ("Who frobnicated Betaland?", "no act is understood"),
    ("Who visited Betaland in the same month?", "the same month as whom"),
    ("", "not a question"),
]


@pytest.mark.parametrize(("question", "says"), NOT_READ)
def test_not_read(question: str, says: str) -> None:
    with pytest.raises(Insufficient, match=says):
        read(question)


DATES = [
    ("on 8 May 2013", "2013-05-08"),
    ("May 8th, 2013", "2013-05-08"),
    ("8.5.2013", "2013-05-08"),
    ("2013-05-08", "2013-05-08"),
    ("in Sept 2013", "2013-09"),
    ("March, the year of 2006", "2006-03"),
    ("2013-05", "2013-05"),
    ("the year of 2006", "2006"),
    ("31 February 2013", "2013-02"),
    ("in May", None),
    ("room 2500", None),
]


@pytest.mark.parametrize(("text", "edtf"), DATES)
def test_dates(text: str, edtf: str | None) -> None:
    found = dates.find(text)
    assert (found.edtf if found else None) == edtf


def test_every_act_of_the_lexicon_names_a_kind_of_ours_or_none(kg: KnowledgeGraph) -> None:
    for act in lexicon().acts.values():
        assert not act.kind or kg.model.is_event(act.kind)
        assert act.says
        for mode, code in act.modes:
            assert code[:1].isdigit(), (act.code, mode)


# Visits among lands that are not, to ask about: actor, target, day.
VISITS = [
    ("Alphaland", "Betaland", "2010-01-05"),
    ("Gammaland", "Betaland", "2010-02-01"),
    ("Police (Alphaland)", "Betaland", "2010-02-01"),
    ("Gammaland", "Alphaland", "2010-03-01"),
    ("Deltaland", "Betaland", "2011-02-20"),
    ("Betaland", "Gammaland", "2011-03-01"),
]


@pytest.fixture(scope="module")
def visits() -> Index:
    names = sorted({n for v in VISITS for n in v[:2]})
    days = np.array([day(v[2]) for v in VISITS], np.int32)
    count = len(VISITS)
    event = np.arange(count, dtype=np.int32)
    columns = Columns(
        ids=[f"visit-{i}" for i in range(count)],
        entities=names,
        kinds=(KindRow("042", 1.9, 45.0),),
        first=days,
        last=days,
        kind=np.zeros(count, np.int32),
        known=days,
        deaths=np.full(count, -1, np.int32),
        p_event=np.tile(event, 2),
        p_entity=np.array([names.index(v[side]) for side in (0, 1) for v in VISITS], np.int32),
        p_role=np.repeat(np.array([ROLES.index("actor"), ROLES.index("target")], np.int32), count),
        p_known=np.tile(days, 2),
    )
    return Index.of(columns, compiled=False)


@pytest.fixture(scope="module")
def labels() -> Labels:
    countries = {
        "alphaland": "no",
        "alphan": "no",
        "deltan": "ke",
        "betaland": "pe",
        "gammaland": "cl",
        "deltaland": "ke",
    }
    return Labels({n for v in VISITS for n in v[:2]}, countries)


ANSWERS = [
    ("Who visited Betaland?", {"Alphaland", "Gammaland", "Police (Alphaland)", "Deltaland"}),
    ("Who visited Betaland in 2010?", {"Alphaland", "Gammaland", "Police (Alphaland)"}),
    ("Who visited Betaland after 2010?", {"Deltaland"}),
    ("Who visited Betaland before Gammaland?", {"Alphaland"}),
    ("Who was the first to visit Betaland after Alphaland?", {"Gammaland", "Police (Alphaland)"}),
    ("Who was the last to visit Betaland before Deltaland?", {"Gammaland", "Police (Alphaland)"}),
    ("Who visited Betaland on the same day as the Alphan police?", {"Gammaland"}),
    ("Whom did Gammaland visit in the same year as Alphaland?", {"Betaland"}),
    ("When did Gammaland last visit Alphaland?", {"2010-03-01"}),
    ("In which year did Gammaland visit Betaland?", {"2010"}),
    ("Who visited Deltaland?", set()),
]


@pytest.mark.parametrize(("question", "expected"), ANSWERS)
def test_answers(question: str, expected: set[str], visits: Index, labels: Labels) -> None:
    def near(text: str) -> list[Match]:
        return labels.near(text, share=0.75)

    reading: Reading = read(question)
    found = answer.find(reading, visits, near, {reading.code}).acts
    side = found.actor if reading.asked == "actor" else found.target
    names = {visits.entity_id(int(e)) for e in side}
    assert (set(answer.times(reading, found)) if reading.asked == "time" else names) == expected


def test_labels_are_never_guessed(labels: Labels) -> None:
    assert labels.resolve("the police of Alphaland").id == "Police (Alphaland)"
    with pytest.raises(UnknownName):
        labels.resolve("the Deltan police")
    with pytest.raises(UnknownName):
        labels.resolve("Epsilonland")
    twins = Labels(["Grand Old Army (North)", "Grand Old Army (South)"], {})
    with pytest.raises(AmbiguousName):
        twins.resolve("the grand old army")


REAL = [
    ("Who visited Azerbaijan in 2024?", "Vladimir Putin"),
    ("Which country joined NATO first after 2020?", "Finland"),
    ("When did Finland join NATO?", "2023-04-04"),
    ("When did the Russian president apologise to Aliyev?", "2024-12-28"),
    ("Who was summoned by Azerbaijan in July 2025?", "Mikhail Yevdokimov"),
]


@pytest.mark.parametrize(("question", "expected"), REAL)
def test_on_the_real_data(question: str, expected: str, kg: KnowledgeGraph) -> None:
    found = kg.ask(question)
    assert {row.answer.name for row in found} == {expected}
    assert all(row.claims and row.sources for row in found)
    assert found.told


REFUSED: list[tuple[str, type[GraphError], str]] = [
    ("Who praised Finland?", Insufficient, "no kind of event here tells of this act: praise"),
    ("Who visited Atlantis?", UnknownName, "Atlantis"),
    ("Who wanted to visit Finland?", Insufficient, "no kind of event"),
]


@pytest.mark.parametrize(("question", "error", "says"), REFUSED)
def test_refused_rather_than_guessed(question: str, error: type[GraphError], says: str, kg: KnowledgeGraph) -> None:
    with pytest.raises(error, match=says):
        kg.ask(question)


@pytest.mark.slow
def test_typed_questions_over_icews(shared: Path) -> None:
    """A tenth of the development questions; the benchmark prints all of them by type."""
    import json

    from benchmarks.questions import __main__ as benchmark
    from benchmarks.questions import icews

    lines = (shared / benchmark.QUESTIONS).read_text(encoding="utf-8").splitlines()[::10]
    index = icews.index(shared)
    counts = benchmark.measure(
        benchmark.Answerer(index, benchmark.labels(index)), [json.loads(line) for line in lines], 0
    )
    assert sum(c[2] for c in counts.values()) / len(lines) > 0.9
