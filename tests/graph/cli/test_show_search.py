"""`backstory show` and `backstory search`: the real command over the tiny world's files."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from graph.cli import cli, visible
from graph.errors import UnknownName
from graph.store import Store


def run(world: Store, *args: str) -> Result:
    wide = {"COLUMNS": "160"}
    return CliRunner().invoke(cli, [args[0], "--data", str(world.folder), *args[1:]], env=wide)


def test_show_gives_the_head_of_state_of_the_day(world: Store) -> None:
    found = run(world, "show", "Finland", "--as-of", "2024-03-02", "--format", "table")
    assert found.exit_code == 0
    assert "Alexander Stubb, since 2024-03-01" in found.stdout
    assert "CityNews Toronto 2024-03-01" in found.stdout
    assert "Niinist" not in found.stdout


def test_show_as_json_when_piped(world: Store) -> None:
    found = json.loads(run(world, "show", "finland", "--as-of", "2024-03-02").stdout)
    head = next(line for line in found["lines"] if line["label"] == "head of state")
    assert (head["thing"], head["when"], head["held"]) == ("alexander-stubb", "2024-03-01/..", "certain")
    assert head["sources"][0]["url"].startswith("https://toronto.citynews.ca/")


def test_show_a_claim_by_its_id(world: Store) -> None:
    found = json.loads(run(world, "show", "Finland").stdout)
    claim = next(line["claim"] for line in found["lines"] if line["label"] == "member of")
    assert "Finland – member of – NATO" in run(world, "show", claim, "--format", "table").stdout


def test_show_says_what_a_name_was_taken_for(world: Store) -> None:
    found = run(world, "show", "Finlandd")
    assert found.exit_code == 0
    assert "taking 'Finlandd' as Finland (finland)" in found.stderr


@pytest.mark.parametrize("command", ["show", "search"])
@pytest.mark.parametrize("name", ["Atlantis", "qqzz xx", "' UNION SELECT", "a> ?p ?o . <b"])
def test_an_unknown_name_is_refused(world: Store, command: str, name: str) -> None:
    found = run(world, command, name)
    assert isinstance(found.exception, UnknownName)
    assert found.exception.exit_code == 2


def test_a_coarse_day_is_a_usage_error(world: Store) -> None:
    found = run(world, "show", "Finland", "--as-of", "2024")
    assert found.exit_code == 2
    assert "not a single day" in found.stderr


def test_search_ranks_and_explains(world: Store) -> None:
    rows = json.loads(run(world, "search", "crimea", "--limit", "3").stdout)
    assert rows[0]["id"] == "crimea"
    assert all(row["reason"] for row in rows)
    assert json.loads(run(world, "search", "crimea", "--kind", "Event").stdout)[0]["kind"] in ("Vote", "Signing")


def test_search_for_an_unknown_kind_suggests(world: Store) -> None:
    found = run(world, "search", "crimea", "--kind", "Evnt")
    assert isinstance(found.exception, UnknownName)
    assert "Event" in found.exception.suggestions


def test_a_name_cannot_drive_the_terminal() -> None:
    assert visible("a\x1b[2J\x9b\u202eb\u200b\n") == "a␛[2J⟨U+009B⟩⟨U+202E⟩b⟨U+200B⟩\n"


@pytest.mark.parametrize(
    "words",
    [("show", "nato", "--format", "json"), ("ask", "members", "nato", "--as-of", "2024-01-01", "--format", "csv")],
)
def test_a_reader_who_goes_away_is_no_bug(words: tuple[str, ...], world: Store) -> None:
    """`backstory … | head` may end before all is written: no traceback."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        command = [sys.executable, "-c", "from graph.cli import main; main()", *words, "--data", str(world.folder)]
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
