"""One-line entry: understood, checked against what is there, shown, written; corrections never erase."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from graph import model, rdf, turtle
from graph.add import change, correct, entry
from graph.add.plan import meaning, plan
from graph.cli import cli
from graph.errors import DateError, GraphError, InputError, LimitExceeded, UnknownName
from graph.names import Names
from graph.store import Store
from graph.when import Clocks, day
from tests.world import BASHINFORM, DERRY, NATIONAL

ON = "2026-11-24"
URL = "https://www.bbc.com/news/world-europe-68506223"
SWEDEN = f"2024-03-07 | accession | Sweden [Country] -> NATO | - | {URL} (BBC) | published=2024-03-07"
REFUSED = (
    ("2024-03-07 | accession | Finland", InputError, "5 parts are needed"),
    (f"7 March | accession | Finland -> NATO | - | {URL} (BBC)", DateError, "not a date"),
    ("2024-03-07 | accession | Finland -> NATO | - | bbc.com (BBC)", InputError, "not an address"),
    ("2024-03-07 | accession | Finland -> NATO | - | javascript:alert(1) (BBC)", InputError, "not a web address"),
    (f"2024-03-07 | accession | Finland -> NATO | - | {URL} (BBC) | deaths", InputError, "not key=value"),
    (f"2024-03-07 | accession | Fin\0land -> NATO | - | {URL} (BBC)", InputError, "NUL"),
)
PROBLEMS = (
    ("Helsinki [City] -> NATO", "accession", "", "a kind that the role does not allow"),
    ("Atlantis -> NATO", "accession", "", "an unknown name"),
    ("Finland -> NATO", "acession", "", "an unknown kind"),
    ("Finland -> NATO", "accession", "deaths=3", "a value the kind does not carry"),
    ("Finland -> NATO", "accession", "colour=blue", "an unknown key"),
    ("Fіnland -> NATO", "accession", "", "a look-alike letter"),
)


@pytest.fixture
def store(world: Store, tmp_path: Path) -> Store:
    """A copy of the tiny world that may be written to."""
    shutil.copytree(world.folder, tmp_path / "data")
    return Store.open(tmp_path / "data", cache=tmp_path / "cache")


def again(store: Store) -> Store:
    return Store.open(store.folder, cache=store.folder.parent / "cache")


def added(store: Store, *lines: str) -> Store:
    found = plan([entry.read(line) for line in lines], store, Names.open(store), recorded=ON)
    assert found.problems == ()
    change.apply(found.bundle, store, store.folder / "added.ttl")
    return again(store)


def run(store: Store, *args: str) -> Result:
    return CliRunner().invoke(cli, ["add", "--data", str(store.folder), "--on", ON, *args])


@pytest.mark.parametrize(("line", "error", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_a_line_that_cannot_be_read(line: str, error: type[GraphError], why: str) -> None:
    with pytest.raises(error):
        entry.read(line)


def test_a_line_taken_apart() -> None:
    found = entry.read(f"2025-06 | raid | A, B & C → D; | - | {URL} (The X (Y)) | deaths=2 | detained=9")
    assert (found.date, found.kind, found.left, found.right) == ("2025-06", "raid", ("A", "B", "C"), ("D",))
    assert (found.place, found.url, found.publisher) == ("", URL, "The X (Y)")
    assert dict(found.fields) == {"deaths": ("2",), "detained": ("9",)}


@given(st.text(max_size=80))
def test_any_line_is_read_or_refused(line: str) -> None:
    with contextlib.suppress(GraphError):
        assert entry.read(line).url.startswith("http")


@pytest.mark.parametrize("word", ["Raid", "raid", "raids", "EntryIntoForce", "entry into force"])
def test_kinds_by_any_of_their_words(word: str) -> None:
    assert meaning(word, model.load())[0] in ("Raid", "EntryIntoForce")


def test_an_event_is_written_with_its_claims(store: Store) -> None:
    (event,) = [e for e in added(store, SWEDEN).entities("Accession") if e.id != "finland-joins-nato-2023"]
    found = again(store).event(event.id)
    assert found.when is not None
    assert found.when.text == "2024-03-07"
    assert (found.who("actor"), found.who("target")) == (("sweden",), ("nato",))
    assert {c.recorded for c in found.claims} == {ON}
    article = again(store).article(found.claims[0].citations[0].article)
    assert (article.publisher, article.published, article.published_basis) == ("bbc", "2024-03-07", "given")


def test_adding_twice_changes_nothing(store: Store) -> None:
    first = added(store, SWEDEN)
    text = (store.folder / "added.ttl").read_bytes()
    (event,) = [e.id for e in first.entities("Accession") if e.id != "finland-joins-nato-2023"]
    found = plan([entry.read(f"{SWEDEN} | into={event}")], first, Names.open(first), recorded=ON)
    assert found.conflicts == ()
    change.apply(found.bundle, first, store.folder / "added.ttl")
    assert (store.folder / "added.ttl").read_bytes() == text


def test_a_duplicate_is_said_and_not_written(store: Store) -> None:
    line = f"2023-04-04 | accession | Finland -> NATO | - | {NATIONAL.url}"
    found = run(store, line, "--write", str(store.folder / "added.ttl"))
    assert "duplicate: perhaps already there: Finland joins NATO" in found.stderr
    assert isinstance(found.exception, InputError)
    assert not (store.folder / "added.ttl").exists()


def test_a_second_source_goes_into_the_same_claims(store: Store) -> None:
    line = f"2023-04-04 | accession | Finland -> NATO | - | {URL} (BBC) | into=finland-joins-nato-2023"
    happened = added(store, line).event("finland-joins-nato-2023").of("happened")
    assert len(happened) == 1
    assert len(happened[0].citations) == 3


def test_a_different_date_stands_beside_the_first(store: Store) -> None:
    line = f"2023-04-05 | accession | Finland -> NATO | - | {URL} (BBC) | into=finland-joins-nato-2023"
    found = plan([entry.read(line)], store, Names.open(store), recorded=ON)
    assert len(found.conflicts) == 1
    first, second = added(store, line).event("finland-joins-nato-2023").of("happened")
    assert (first.value, first.status.value) == ("2023-04-04", "accepted")
    assert (second.value, second.status.value) == ("2023-04-05", "contested")
    assert first.contradicts == (second.id,)
    assert second.contradicts == (first.id,)


def test_a_coarser_date_is_no_conflict(store: Store) -> None:
    line = f"2023-04 | accession | Finland -> NATO | - | {URL} (BBC) | into=finland-joins-nato-2023"
    assert plan([entry.read(line)], store, Names.open(store), recorded=ON).conflicts == ()


def test_a_relation_over_time(store: Store) -> None:
    line = f"2024-03-07/.. | member of | Sweden [Country] -> NATO | - | {URL} (BBC)"
    found = added(store, line).claims(subject="sweden", predicate="memberOf")
    assert [(c.value, c.when) for c in found] == [("nato", "2024-03-07/..")]


def test_a_second_head_of_state_at_one_time_is_a_conflict(store: Store) -> None:
    line = f"2024-03-01/.. | head of state of | Vladimir Putin -> Finland | - | {URL} (BBC)"
    found = plan([entry.read(line)], store, Names.open(store), recorded=ON)
    assert any("Alexander Stubb 2024-03-01/.." in text for text in found.conflicts)


@pytest.mark.parametrize(("who", "kind", "extra", "why"), PROBLEMS, ids=[why for *_, why in PROBLEMS])
def test_problems_stop_the_entry(store: Store, who: str, kind: str, extra: str, why: str) -> None:
    found = run(store, f"2024-03-07 | {kind} | {who} | - | {URL} (BBC) | {extra}")
    assert isinstance(found.exception, InputError), why
    assert found.exception.exit_code == 3
    assert "problem: " in found.stderr


def test_a_dry_run_shows_the_difference_and_writes_nothing(store: Store) -> None:
    before = {p.name: p.read_bytes() for p in store.folder.iterdir()}
    found = run(store, SWEDEN)
    assert found.exit_code == 0
    assert "+e:sweden a w:Country, schema:Country ;" in found.stdout
    assert {p.name: p.read_bytes() for p in store.folder.iterdir()} == before


def test_other_blocks_of_a_file_stay_as_they_are(store: Store) -> None:
    before = (store.folder / "world.ttl").read_text(encoding="utf-8").split("\n\n")
    added(store, f"2023-04-05 | accession | Finland -> NATO | - | {URL} (BBC) | into=finland-joins-nato-2023")
    after = (store.folder / "world.ttl").read_text(encoding="utf-8").split("\n\n")
    # Three known claims gain the citation or the contradiction; the citation is one block more.
    assert len(set(after) - set(before)) <= 4
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("target", ["added.txt", "none/added.ttl"])
def test_only_turtle_in_a_folder_that_is_there(store: Store, target: str) -> None:
    found = run(store, SWEDEN, "--write", str(store.folder / target))
    assert isinstance(found.exception, InputError)


def test_a_link_is_not_written_through(store: Store, tmp_path: Path) -> None:
    (tmp_path / "real.ttl").write_text("")
    (store.folder / "link.ttl").symlink_to(tmp_path / "real.ttl")
    found = run(again(store), SWEDEN, "--write", str(store.folder / "link.ttl"))
    assert isinstance(found.exception, InputError)
    assert (tmp_path / "real.ttl").read_text() == ""


# -- CSV -----------------------------------------------------------------------------------------

HEADER = "date,kind,participants,place,source,published\n"
GOOD = f'2024-03-07,accession,"Sweden [Country] -> NATO",,{URL} (BBC),2024-03-07\n'
BAD_TABLES = (
    ("date,kind\n", "a column missing"),
    ("", "no header"),
    (HEADER.replace("published", "date"), "a column twice"),
    (HEADER + 'x,"y\n', "a quote never closed"),
)


def test_a_table_says_the_same_as_lines(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("\ufeff" + HEADER + GOOD, encoding="utf-8")
    (found,) = entry.read_csv(path)
    assert isinstance(found, entry.Entry)
    line = plan([entry.read(SWEDEN)], store, Names.open(store), recorded=ON)
    assert plan([found], store, Names.open(store), recorded=ON) == line


@pytest.mark.parametrize(("text", "why"), BAD_TABLES, ids=[why for _, why in BAD_TABLES])
def test_a_table_that_cannot_be_read(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        list(entry.read_csv(path))


def test_a_giant_cell_and_bad_bytes(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(HEADER + "x" * 200_000 + ",,,,,\n", encoding="utf-8")
    with pytest.raises(LimitExceeded):
        list(entry.read_csv(path))
    path.write_bytes(HEADER.encode() + b"\xff\xfe,,,,,\n")
    with pytest.raises(InputError, match="not UTF-8"):
        list(entry.read_csv(path))


def test_a_bad_row_stops_a_table_unless_told_to_go_on(store: Store, tmp_path: Path) -> None:
    path, target = tmp_path / "in.csv", store.folder / "added.ttl"
    path.write_text(
        HEADER + GOOD + "2024,accession,Atlantis -> NATO,,https://a.example/x (BBC),\nx,y\n", encoding="utf-8"
    )
    stopped = run(store, "--csv", str(path), "--write", str(target))
    assert isinstance(stopped.exception, InputError)
    assert not target.exists()
    assert "in.csv:3: " in stopped.stderr
    assert "in.csv:4: 2 cells" in stopped.stderr
    went_on = run(store, "--csv", str(path), "--write", str(target), "--keep-going")
    assert isinstance(went_on.exception, GraphError)
    assert went_on.exception.exit_code == 1
    assert again(store).has("sweden")


# -- corrections ---------------------------------------------------------------------------------


def test_withdrawing_keeps_the_claim_for_earlier_days(store: Store) -> None:
    (claim,) = store.claims(subject="finland", predicate="memberOf")
    found = correct.withdraw(claim.id, store, on="2026-12-01")
    change.apply(found.bundle, store, store.folder / "added.ttl")
    (kept,) = again(store).claims(subject="finland", predicate="memberOf")
    assert kept.withdrawn == "2026-12-01"
    assert again(store).claims(subject="finland", predicate="memberOf", clocks=Clocks()) == ()
    assert again(store).claims(subject="finland", predicate="memberOf", clocks=Clocks(None, day("2026-11-30")))
    assert not (store.folder / "added.ttl").exists()


def test_superseding_names_the_successor(store: Store) -> None:
    (old, _) = store.event("crimea-referendum-2014").of("happened")
    line = f"2014-03-17 | {DERRY.url}"
    found = correct.supersede(old.id, line, store, Names.open(store), on="2026-12-01")
    assert found.problems == ()
    change.apply(found.bundle, store, store.folder / "added.ttl")
    after = again(store)
    gone = after.claim(old.id)
    assert gone.withdrawn == "2026-12-01"
    new = after.claim(gone.superseded_by)
    assert (new.value, new.when, new.recorded) == ("2014-03-17", "2014-03-17", "2026-12-01")


@pytest.mark.parametrize(("line", "on"), [("", ON), ("2014-03-17", ON), (f"2014-03-16 | {BASHINFORM.url}", ON)])
def test_what_cannot_supersede(store: Store, line: str, on: str) -> None:
    (old, _) = store.event("crimea-referendum-2014").of("happened")
    with pytest.raises(InputError):
        correct.supersede(old.id, line, store, Names.open(store), on=on)


def test_corrections_refuse_unknown_and_earlier(store: Store) -> None:
    with pytest.raises(UnknownName):
        correct.withdraw("0123456789abcdef", store, on=ON)
    (claim,) = store.claims(subject="finland", predicate="memberOf")
    with pytest.raises(InputError, match="recorded on"):
        correct.withdraw(claim.id, store, on="2026-01-01")


def test_writing_is_the_same_bytes_again(store: Store) -> None:
    added(store, SWEDEN)
    path = store.folder / "added.ttl"
    text = path.read_bytes()
    turtle.write(rdf.read(path), path, store.model)
    assert path.read_bytes() == text
