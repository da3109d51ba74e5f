"""A folder with a bulk layer beside it answers as a folder into which the layer was loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import model
from graph.add import layers
from graph.bulk import text
from graph.bulk.layer import Layer
from graph.errors import UnknownName
from graph.index.index import Index
from graph.knowledge import KnowledgeGraph
from graph.store import Store
from graph.when import Clocks, day
from tests.graph.bulk.conftest import RAW, imported
from tests.graph.sources.hostile import new_folder, run

FACTS = RAW / "icews" / "facts.tsv"


@pytest.fixture(autouse=True)
def _bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "bulk"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny true world, from which the layer takes its names."""
    made = new_folder(tmp_path)
    imported(FACTS, "icews", data=made)
    return made


@pytest.fixture
def both(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(folder, layers=["icews"])


@pytest.fixture
def loaded(folder: Path, tmp_path: Path) -> KnowledgeGraph:
    """The same folder with the layer written into it."""
    other = tmp_path / "loaded"
    other.mkdir()
    for path in folder.glob("*.ttl"):
        (other / path.name).write_bytes(path.read_bytes())
    layers.load(Layer.open("icews"), text.Selection(), other)
    return KnowledgeGraph.open(other)


def test_it_answers_as_if_it_were_loaded(both: KnowledgeGraph, loaded: KnowledgeGraph) -> None:
    one, other = both.store, loaded.store
    events = {e.id for e in other.entities("Event")}
    assert {e.id for e in one.entities("Event")} == events
    assert {e.id for e in one.entities("Actor")} == {e.id for e in other.entities("Actor")}
    assert {a.id for a in one.articles()} == {a.id for a in other.articles()}
    for thing in [*events, *(e.id for e in other.entities("Actor"))]:
        assert one.entity(thing) == other.entity(thing)
        assert one.claims(subject=thing) == other.claims(subject=thing)
        assert one.claims(object=thing) == other.claims(object=thing)
        assert sorted(one.events_with(thing)) == sorted(other.events_with(thing))
    for event in events:
        known = Clocks(known_at=day("2024-12-28"))
        assert one.event(event, clocks=known).claims == other.event(event, clocks=known).claims
    assert one.claims(predicate="happened") == other.claims(predicate="happened")
    assert not one.has("nobody")
    with pytest.raises(UnknownName):
        one.claim("0" * 16)


def participants(index: Index) -> set[tuple[str, str, int, int, int]]:
    """Event, entity, percent, flags and day known of every participation but those of words."""
    a, found = index.arrays, set()
    for event in range(len(index)):
        for row in range(int(a.p_off[event]), int(a.p_off[event + 1])):
            entity = index.entity_id(int(a.p_entity[row]))
            if not entity.startswith("~"):
                cells = (int(a.p_percent[row]), int(a.p_flags[row]), int(a.p_known[row]))
                found.add((index.event_id(event), entity, *cells))
    return found


def test_the_index_is_that_of_the_loaded_folder(both: KnowledgeGraph, loaded: KnowledgeGraph) -> None:
    one, other = both.index, loaded.index
    assert len(one) == len(other) == 4 + 11
    for column in ("day", "first", "last", "known", "deaths", "impact", "v_off", "v_known"):
        assert getattr(one.arrays, column).tolist() == getattr(other.arrays, column).tolist(), column
    assert [one.event_id(i) for i in range(len(one))] == [other.event_id(i) for i in range(len(other))]

    def told(index: Index) -> set[tuple[str, str, int, int]]:
        return {p[:4] for p in participants(index)}

    assert told(one) == told(other)


def test_an_organ_acts_for_its_state(both: KnowledgeGraph) -> None:
    [arrest] = list(both.store.layers[0].things({"Arrest"}))  # type: ignore[attr-defined]
    shares = {entity: percent for event, entity, percent, *_ in participants(both.index) if event == arrest}
    assert shares["russia"] == 60
    assert shares["azerbaijan"] == 50


def test_a_chain_runs_through_both(both: KnowledgeGraph) -> None:
    chain = both.chain("Finland", "NATO", as_of="2023-12-31")
    told = [(step.when, both.store.entity(step.event).name) for step in chain.steps]
    assert told == [("2022-07-05", "Finland → NATO: Sign formal agreement"), ("2023-04-04", "Finland joins NATO")]
    assert "2022-07-05" in both.chain("Finland", "NATO", as_of="2022-12-31").steps[0].when


def test_a_chain_of_an_event_of_the_layer(both: KnowledgeGraph) -> None:
    [apology] = both.store.layers[0].things({"Apology"})  # type: ignore[attr-defined]
    [accusation] = both.store.layers[0].things({"Accusation"})  # type: ignore[attr-defined]
    chain = both.chain(accusation, as_of="2025-01-31")
    assert chain.events[-2:] == (apology, accusation)


def test_names_of_both(both: KnowledgeGraph) -> None:
    assert both.find("Police (Russia)").id.startswith("icews-police-russia-")
    assert both.find("Finland").id == "finland"
    assert both.find("Barack Obama").kind == "Actor"


def test_withdrawn_events_leave_the_index(both: KnowledgeGraph, folder: Path, tmp_path: Path) -> None:
    less = tmp_path / "less.tsv"
    less.write_text("".join(line for line in FACTS.read_text().splitlines(keepends=True) if "Apologize" not in line))
    done = imported(less, "icews", data=folder, replace=True)
    assert (done.counts["gone"], done.counts["known"]) == (1, 10)
    again = KnowledgeGraph.open(folder, layers=["icews"])
    assert len(again.index) == len(both.index) - 1
    assert again.store.fingerprint != both.store.fingerprint


def test_an_event_in_the_files_and_in_two_layers_is_one(folder: Path) -> None:
    layers.run(layers.Request(FACTS, "icews", "again", model.load(), day("2026-11-24"), folder))
    layers.load(Layer.open("icews"), text.Selection(), folder)
    found = KnowledgeGraph.open(folder, layers=["icews", "again"])
    assert len(found.index) == 4 + 11
    assert len(found.store.claims(predicate="happened")) == len(Store.open(folder).claims(predicate="happened"))


def test_commands(folder: Path, tmp_path: Path) -> None:
    words = ("--data", folder, "--with", "icews")
    chain = json.loads(run("chain", "Finland", "NATO", "--as-of", "2023-12-31", "--format", "json", *words).said)
    assert [step["when"] for step in chain["steps"]] == ["2022-07-05", "2023-04-04"]
    shown = json.loads(run("show", "Police (Russia)", "--format", "json", *words).said)
    assert {line["what"] for line in shown["lines"]} >= {"Russia"}
    answer = tmp_path / "answer.csv"
    found = run("ask", "Who did Russia arrest in 2025?", "--format", "csv", "-o", answer, *words)
    assert found.code == 0, found.said
    assert "Citizen (Azerbaijan)" in answer.read_text()
    done = run("chain", "Finland", "NATO", "--data", folder, "--with", "iceews")
    assert (done.code, "bulk layers: nothing is called 'iceews'" in done.said) == (2, True)
