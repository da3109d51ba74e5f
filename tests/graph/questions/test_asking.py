"""Questions asked by name: each over the real data or the tiny world, with the rows one can check by hand."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import polars
import pytest

from graph.errors import DateError, GraphError, InputError, Insufficient, UnknownName
from graph.exports.answers import WRITERS
from graph.knowledge import KnowledgeGraph
from graph.questions.catalogue import QUESTIONS
from graph.questions.rows import Rows, as_value, cursor
from graph.store import Store
from graph.when import Held


@pytest.fixture(scope="module")
def tiny(world: Store) -> KnowledgeGraph:
    return KnowledgeGraph(world)


# question, things, options, and a part of the answer: column and the values in order
TINY: list[tuple[str, tuple[str, ...], dict[str, str], str, list[object]]] = [
    ("state", ("Finland",), {"as_of": "2024-01-01"}, "other", ["NATO", "Sauli Niinistö"]),
    ("changes", ("Finland",), {"first": "2023-01-01", "last": "2023-12-31"}, "change", ["began"]),
    ("changes", ("Finland",), {"first": "2024-02", "last": "2024-03"}, "other", ["Alexander Stubb", "Sauli Niinistö"]),
    ("overlaps", ("Finland",), {}, "first", ["2024-03-01"]),
]


@pytest.mark.parametrize(("question", "things", "options", "column", "values"), TINY)
def test_on_the_tiny_world(
    question: str,
    things: tuple[str, ...],
    options: dict[str, str],
    column: str,
    values: list[object],
    tiny: KnowledgeGraph,
) -> None:
    answer = tiny.ask(question, *things, **options)
    assert sorted(str(row[column]) for row in answer.cells()) == sorted(map(str, values))


def ask(kg: KnowledgeGraph, question: str, *things: str, **options: str) -> Rows:
    """The answer; every row names claims that exist and articles with an address."""
    answer = kg.ask(question, *things, **options)
    for row in answer:
        assert row.claims, f"{question}: a row without claims"
        assert row.sources, f"{question}: a row without sources"
        assert all(kg.store.claim(c).citations for c in row.claims)
        assert all(s.url.startswith("http") for s in row.sources)
    return answer


def test_relations_of_two_in_a_window(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "relations", "Azerbaijan", "Russia", first="2025-06", last="2025-07")
    names = [row.thing.name for row in answer]
    assert "Yekaterinburg raids" in names
    assert "Azerbaijan Airlines Flight 8243 crash" not in names
    everything = ask(kg, "relations", "Azerbaijan", "Russia")
    assert {r.claims for r in answer} < {r.claims for r in everything}
    assert any(r.relation == "borders" for r in everything)
    joined = ask(kg, "relations", "Finland", "NATO", first="2023-04-04", last="2023-04-04")
    assert {(r.relation, r.when) for r in joined} == {("accession", "2023-04-04"), ("member of", "2023-04-04/..")}
    assert "member of" not in {r.relation for r in kg.ask("relations", "Finland", "NATO", last="2023-04-03")}


def test_changes_name_what_began_and_ended(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "changes", "Finland", first="2022-01-01", last="2025-01-01")
    told = {(r.change, r.relation, r.other.name) for r in answer}
    assert ("began", "member of", "NATO") in told
    assert any(change.startswith("ended") and name == "Sanna Marin" for change, _, name in told)


def test_revisions_tell_what_became_known(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "revisions", "Yekaterinburg raids", first="2025-06-28", last="2025-07-31")
    assert [r.known for r in answer] == sorted(r.known for r in answer)
    assert all("2025-06-28" < r.known <= "2025-07-31" for r in answer)
    changes = {(r.change, r.what) for r in answer}
    assert ("first said", "Yekaterinburg raids – detained – 60") in changes
    assert ("contradicted", "Yekaterinburg raids – detained – 9") in changes
    earlier = ask(kg, "revisions", "Yekaterinburg raids", first="2025-06-27", last="2025-06-28")
    assert not {r.what for r in earlier} & {what for change, what in changes if change == "first said"}


def test_gaps_lie_between_holders(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "gaps", "Belgium", first="1945-01-01")
    assert answer.rows
    for gap in answer:
        assert gap.first <= gap.last
        assert gap.days >= 2
        holders = {c.subject for c in kg.store.claims(object=gap.thing.id)}
        assert {gap.before.id, gap.after.id} <= holders
    sure = next(g for g in answer if (g.held, g.first) == (Held.CERTAIN, "1966-03-01"))
    assert (sure.before.name, sure.after.name, sure.last) == ("Pierre Harmel", "Paul Vanden Boeynants", "1966-03-18")
    silent = ask(kg, "gaps", "Azerbaijan", "Russia", first="2025-06-01", least_days="60")
    assert [(g.first, g.last) for g in silent] == [("2025-07-22", "2025-09-30")]


def test_overlaps_of_two_and_of_holders(kg: KnowledgeGraph) -> None:
    both = ask(kg, "overlaps", "Finland", "Sweden")
    nato = next(r for r in both if r.thing.name == "NATO")
    assert (nato.first, nato.last, nato.held) == ("2024-03-07", "", Held.CERTAIN)
    doubled = ask(kg, "overlaps", "Armenia", first="2018-01-01", last="2018-12-31")
    assert any({r.one.name, r.other.name} == {"Serzh Sargsyan", "Karen Karapetyan"} for r in doubled)


def test_contested_names_both_sides(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "contested", "Yekaterinburg raids")
    counts = {frozenset((r.one_says, r.other_says)) for r in answer if r.about.endswith("detained")}
    assert frozenset(("9", "60")) in counts
    assert all(r.one_by and r.other_by for r in answer)
    early = kg.ask("contested", "Yekaterinburg raids", known_at="2025-06-29")
    assert len(early) < len(answer)


def test_corroboration_counts_owners_once(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "corroboration", "Yekaterinburg raids")
    assert [r.voices for r in answer] == sorted(r.voices for r in answer)
    for row in answer:
        assert row.voices == len(row.by) <= row.articles
        assert (row.verdict == "corroborated") <= (row.voices > 1)
    assert {"contested", "corroborated", "single voice"} <= {r.verdict for r in answer}


def test_freshness_counts_from_the_day_asked(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "freshness", "Armenia", as_of="2026-11-01")
    ages = [r.age_days for r in answer]
    assert ages == sorted(ages, reverse=True)
    assert all((r.verdict == "stale") is (r.age_days > 731) for r in answer)
    assert any(r.other.name == "EAEU" and r.said == "2024-05-08" for r in answer)


def test_a_route_hangs_together(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "route", "Yekaterinburg raids", "Emmanuel Macron")
    assert (answer[0].one.name, answer[-1].other.name) == ("Yekaterinburg raids", "Emmanuel Macron")
    assert all(a.other == b.one for a, b in zip(answer.rows, answer.rows[1:], strict=False))  # type: ignore[attr-defined]
    for step in answer:
        (claim,) = (kg.store.claim(c) for c in step.claims)
        assert {claim.subject, claim.value} == {step.one.id, step.other.id}
    with pytest.raises(Insufficient):
        kg.ask("route", "Yekaterinburg raids", "Emmanuel Macron", as_of="2015-01-01")


def test_who_else_was_a_member_that_day(kg: KnowledgeGraph) -> None:
    def allies(day: str) -> set[str]:
        answer = ask(kg, "who-else", "Norway", relation="memberOf", as_of=day)
        return {r.other.name for r in answer if r.thing.name == "NATO"}

    assert "Finland" not in allies("2023-04-03")
    assert allies("2023-04-04") - allies("2023-04-03") == {"Finland"}
    taking_part = {r.other.name for r in ask(kg, "who-else", "Yekaterinburg raids", relation="victim")}
    assert "Huseyn Safarov" in taking_part


def test_courses_and_extremes(kg: KnowledgeGraph) -> None:
    months = ask(kg, "trajectory", "Azerbaijan", "Russia", first="2024-12", last="2025-12")
    assert [m.month for m in months] == sorted(m.month for m in months)
    which = {r.which: r.event.name for r in ask(kg, "extremes", "Azerbaijan", "Russia", first="2024-12")}
    assert which["most hostile"] == "Yekaterinburg raids"
    assert "Russia" in {r.entity.name for r in ask(kg, "rivals", "Azerbaijan")}
    counts = [r.events for r in ask(kg, "partners", "Azerbaijan", most="5")]
    assert counts == sorted(counts, reverse=True)
    elsewhere = ask(kg, "meanwhile", "Russia", first="2025-06-01", last="2025-12-31")
    events = (kg.store.event(r.event.id) for r in elsewhere)
    assert not any("russia" in {p.entity for p in e.participants} for e in events)
    assert ask(kg, "turns", "Azerbaijan", "Russia").rows


def test_missing_leaders(kg: KnowledgeGraph) -> None:
    answer = ask(kg, "missing-leaders", as_of="2019-01-01")
    assert "Azerbaijan" not in {r.country.name for r in answer}


REFUSED: list[tuple[str, tuple[str, ...], dict[str, str], type[GraphError], str]] = [
    ("relation", ("Finland",), {}, UnknownName, "nothing is called 'relation'"),
    ("state", ("Atlantis",), {}, UnknownName, "Atlantis"),
    ("state", (), {}, InputError, "one is missing"),
    ("state", ("Finland", "Sweden"), {}, InputError, "2 things"),
    ("state", ("Finland",), {"on": "2024-01-01"}, InputError, "takes no on"),
    ("state", ("Finland",), {"as_of": "2024"}, DateError, "not a single day"),
    ("changes", ("Finland",), {"first": "2024"}, InputError, "to is missing"),
    ("changes", ("Finland",), {"first": "2024", "last": "2023"}, InputError, "ends before it begins"),
    ("partners", ("Finland",), {"most": "many"}, InputError, "not a number"),
    ("route", ("Finland", "Niger"), {"steps": "900"}, InputError, "at most 8"),
    ("who-else", ("Finland",), {"relation": "actor"}, InputError, "no relation"),
    ("trajectory", ("Norway", "Niger"), {}, Insufficient, "share no event"),
]


@pytest.mark.parametrize(("question", "things", "options", "error", "says"), REFUSED)
def test_refused(
    question: str,
    things: tuple[str, ...],
    options: dict[str, str],
    error: type[GraphError],
    says: str,
    kg: KnowledgeGraph,
) -> None:
    with pytest.raises(error, match=says):
        kg.ask(question, *things, **options)


def test_pages_cover_every_row_once(kg: KnowledgeGraph) -> None:
    answer = kg.ask("relations", "Azerbaijan", "Russia")
    seen: list[Any] = []
    after = ""
    while True:
        rows, after = answer.page(7, after)
        seen += rows
        if not after:
            break
    assert tuple(seen) == answer.rows
    assert len({cursor(r) for r in answer}) == len(answer)
    with pytest.raises(InputError):
        answer.page(7, "nothing")


def test_every_form_holds_every_row(kg: KnowledgeGraph) -> None:
    answer = kg.ask("state", "Finland", as_of="2023-04-05")
    written = {}
    for form, write in WRITERS.items():
        file = io.BytesIO()
        write(answer, file)
        written[form] = file.getvalue()
    value = json.loads(written["json"])
    assert value["asked"] == {"one": {"id": "finland", "name": "Finland"}, "as_of": "2023-04-05"}
    assert value["rows"] == [as_value(r) for r in answer]
    table = list(csv.DictReader(io.StringIO(written["csv"].decode())))
    assert [r["other_id"] for r in table] == [r.other.id for r in answer]
    assert polars.read_parquet(written["parquet"])["other"].to_list() == [r.other.name for r in answer]
    assert written["md"].count(b"\n") == len(answer) + 2
    assert answer.to_polars().columns == list(answer.headings)
    assert "<table>" in answer._repr_html_()


def test_an_empty_answer_has_its_columns(kg: KnowledgeGraph) -> None:
    answer = kg.ask("relations", "Finland", "NATO", last="1990-01-01")
    assert answer.to_polars().columns == ["when", "relation", "thing", "thing_id", "who", "held", "claims", "sources"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_says_what_it_answers_and_takes(name: str) -> None:
    found = QUESTIONS[name]
    assert found.says.endswith(".")
    assert all(p.says.endswith(".") for p in found.parameters)
    assert found.row.__doc__
