"""`chain`, `timeline`, `route` and `between` on a terminal and in a pipe, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import cli
from graph.errors import Insufficient

RAIDS = "yekaterinburg-raids-2025"


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs a command in a terminal of 80 columns over the real data."""
    monkeypatch.setenv("BACKSTORY_DATA", str(root / "data" / "triples"))
    monkeypatch.setenv("COLUMNS", "80")

    def runner(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words))

    return runner


def test_a_chain_fits_the_terminal_and_says_why(run) -> None:  # type: ignore[no-untyped-def]
    found = run("chain", "Yekaterinburg", "raid", "--as-of", "2025-07-14", "--format", "table")
    assert found.exit_code == 0
    lines = found.output.splitlines()
    assert lines[0] == "Yekaterinburg raids, as of 2025-07-14"
    assert max(map(len, lines)) <= 80
    assert len(lines) < 60, "seven events in less than a screen and a half"
    for part in (
        "2025-06-27     Yekaterinburg raids",
        "by 2025-06-28  Russian investigation of old killings",
        "19 outlets",
        "↳ in response to: ",
        "Nearly in:",
    ):
        assert part in found.output


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("Ilham", "Aliyev"), "entity"),
        (("Finland", "Russia"), "pair"),
        (("2025-06-30",), "story"),
        (("NATO",), "entity"),
        (("Niger", "coup"), "event"),
    ],
)
def test_words_are_a_name_a_pair_or_a_day(run, words: tuple[str, ...], kind: str) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(run("chain", *words, "--format", "json").output)
    assert found["focus"]["kind"] == kind
    assert found["steps"]


def test_a_day_leads_to_what_happened_on_it(run) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(run("chain", "2025-06-30", "--format", "json").output)
    assert "sputnik-search-2025" in {step["event"] for step in found["steps"]}
    assert {RAIDS, "azal-crash-2024"} <= {step["event"] for step in found["steps"]}
    assert all(step["day"] <= "2025-06-30" for step in found["steps"])


@pytest.mark.parametrize("words", [("chain", "Peru"), ("chain", "1999-01-01"), ("route", "niger-coup-2023", RAIDS)])
def test_too_little_known_is_said_and_is_exit_3(run, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    found = run(*words)
    assert isinstance(found.exception, Insufficient)
    assert found.exception.exit_code == 3
    assert found.output == ""


def test_a_timeline_and_a_route(run) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(run("timeline", "Azerbaijan", "Russia", "--as-of", "2025-07-14", "--events", "20").output)
    assert len(found["steps"]) == 20
    assert not found["links"]
    path = json.loads(run("route", "azal-crash-2024", "sputnik-search-2025").output)
    assert [step["event"] for step in path["steps"]][::-1][0] == "sputnik-search-2025"
    assert len(path["links"]) == len(path["steps"]) - 1


def test_a_relationship_is_charted(run) -> None:  # type: ignore[no-untyped-def]
    found = run("between", "Azerbaijan", "Russia", "--from", "2024-12-01", "--format", "table")
    assert found.exit_code == 0
    lines = found.output.splitlines()
    assert lines[0].startswith("Azerbaijan and Russia, 2024-12 to 20")
    assert max(map(len, lines)) <= 80
    crash = next(line for line in lines if line.startswith("2024-12"))
    assert "█│" in crash
    assert any("│█" in line for line in lines), "the meeting of October 2025 is friendly"


def test_an_answer_goes_into_a_file_in_every_form(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for form in ("table", "md", "csv"):
        path = tmp_path / f"states.{form}"
        found = run("ask", "states", "--as-of", "1950-01-01", "--format", form, "-o", str(path))
        assert found.exit_code == 0
        assert found.stdout == ""
        assert "Afghanistan" in path.read_text(encoding="utf-8"), form
