"""A saved paragraph against later knowledge of the real story, and against corrected copies of the data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import cli
from graph.errors import GraphError
from graph.knowledge import KnowledgeGraph
from graph.tell import render
from graph.watch import saved as saved_
from graph.watch.stale import stale
from graph.when import day

CRASH = "Azerbaijan Airlines Flight 8243 crash"
EARLY = "2025-01-05"
FILES = ("azerbaijan-russia.ttl", "countries.ttl", "alliances.ttl", "ontology.ttl")


def told(
    kg: KnowledgeGraph, *focus: str, as_of: str, known_at: str | None = None, words: int = 100
) -> dict[str, object]:
    chain = kg.chain(*focus, as_of=as_of, known_at=known_at, events=7)
    found: dict[str, object] = json.loads(render.as_json(kg.tell(chain, words=words, at_most=True)))
    return found


@pytest.fixture
def early(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    """What could be written of the crash eleven days after it."""
    path = tmp_path / "early.json"
    path.write_text(json.dumps(told(kg, CRASH, as_of=EARLY, known_at=EARLY)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("focus", "as_of", "known_at"),
    [
        ((CRASH,), EARLY, EARLY),
        (("Yekaterinburg raids",), "2025-07-14", None),
        (("Turkey", "Sweden"), "2024-03-31", None),
        (("Coup in Niger",), "2023-09-30", "2023-09-15"),
    ],
)
def test_what_was_just_written_is_not_stale(
    focus: tuple[str, ...], as_of: str, known_at: str | None, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    path = tmp_path / "now.json"
    path.write_text(json.dumps(told(kg, *focus, as_of=as_of, known_at=known_at)), encoding="utf-8")
    assert not list(kg.stale(path, known_at=known_at))


def test_an_outlier_and_further_voices_came_later(early: Path, kg: KnowledgeGraph) -> None:
    found = [(row.sentence, row.change, row.now) for row in kg.stale(early)]
    assert (1, "other support", "confirmed, was reported") in found
    contested = [now for number, change, now in found if number == 1 and change == "contested anew"]
    assert any("deaths – 67, says The Kyiv Independent" in now for now in contested)
    assert all(row.text == saved_.read(early).sentences[row.sentence - 1].text for row in kg.stale(early))


def test_a_text_from_before_its_claims_were_known(early: Path, kg: KnowledgeGraph) -> None:
    assert {row.change for row in kg.stale(early, known_at="2024-12-26")} == {"no longer known"}


def test_a_relation_on_another_day(kg: KnowledgeGraph) -> None:
    """Turkey joined NATO on Feb. 18, 1952; that it still was a member is confirmed up to some day only."""
    read = saved_.saved(told(kg, "Canada", "Turkey", as_of="2022-10-31", words=150))
    at = next(n for n, s in enumerate(read.sentences, 1) if s.kind == "state")
    assert "NATO" in read.sentences[at - 1].text

    def changes(on: str) -> list[str]:
        return [r.change for r in stale(read, kg.store, as_of=day(on)) if r.sentence == at]

    assert changes("2022-11-30") == []
    assert changes("1951-01-01") == ["does not hold"]
    assert changes("2040-01-01") == ["not certain to hold"]


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The story and its countries in files of their own, to be corrected."""
    folder = tmp_path_factory.mktemp("stale") / "data"
    folder.mkdir()
    for name in FILES:
        shutil.copy(root / "data" / "triples" / name, folder / name)
    return KnowledgeGraph.open(folder, cache=folder.parent / "cache")


def test_corrections_ring_the_alarm(copy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One claim withdrawn, one superseded, and one taken out of the file, each by the means users have."""
    value = told(copy, CRASH, as_of="2025-07-31", words=150)
    path = tmp_path / "crash.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    before = saved_.saved(value)
    data = tmp_path / "data"
    shutil.copytree(copy.store.folder, data)
    monkeypatch.setenv("BACKSTORY_DATA", str(data))
    deaths = next(c for s in before.sentences for c in s.claims if copy.store.claim(c).predicate == "deaths")
    date = next(
        c for s in before.sentences for c in s.claims
        if copy.store.claim(c).predicate == "happened" and deaths not in s.claims
    )  # fmt: skip
    target = str(data / "azerbaijan-russia.ttl")
    correct(["add", "--withdraw", date, "--on", "2026-11-24", "--write", target])
    line = "39 | https://apnews.com/ (The Associated Press) | published=2025-07-20"
    correct(["add", "--supersede", deaths, line, "--on", "2026-11-24", "--write", target])
    now = KnowledgeGraph.open(data, cache=tmp_path / "cache")
    found = {row.change: row for row in now.stale(path)}
    assert date in found["withdrawn"].claims
    assert found["withdrawn"].now == "since 2026-11-24"
    assert found["superseded"].now.endswith("deaths – 39")
    assert not [r for r in now.stale(path, known_at="2026-11-23") if r.change in ("withdrawn", "superseded")]
    run = CliRunner().invoke(cli, ["stale", str(path), "--format", "json"])
    assert run.exit_code == 1
    assert {r["change"] for r in json.loads(run.stdout)["rows"]} == set(found)
    (data / "azerbaijan-russia.ttl").write_text(_without(date, data / "azerbaijan-russia.ttl"), encoding="utf-8")
    gone = KnowledgeGraph.open(data, cache=tmp_path / "cache").stale(path)
    assert date in {c for row in gone if row.change == "removed" for c in row.claims}


def correct(words: list[str]) -> Result:
    found = CliRunner().invoke(cli, words)
    assert found.exit_code == 0, (found.output, found.exception)
    return found


def _without(claim: str, path: Path) -> str:
    """A Turtle file without the block of a claim."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return "\n\n".join(b for b in blocks if not b.startswith(f"c:{claim} "))


def test_the_command_ends_with_0_when_nothing_changed(early: Path) -> None:
    found = CliRunner().invoke(cli, ["stale", str(early), "--known-at", EARLY, "--format", "json"])
    assert found.exit_code == 0
    assert json.loads(found.stdout)["rows"] == []


BROKEN = (
    ("[1, 2", "not JSON"),
    ('{"a": 1}', "no saved paragraph"),
    ('{"sources": [], "sentences": [{"claims": ["x> <y"]}]}', "no saved paragraph"),
)


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_a_file_that_is_no_paragraph(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    found = CliRunner().invoke(cli, ["stale", str(path)])
    assert isinstance(found.exception, GraphError)
    assert found.exception.exit_code == 3
    assert why in str(found.exception)


def test_a_sentence_whose_claims_have_no_hash_is_refused(early: Path) -> None:
    value = json.loads(early.read_text(encoding="utf-8"))
    value["claims"] = value["claims"][1:]
    with pytest.raises(GraphError, match="how claim"):
        saved_.saved(value, "early.json")
