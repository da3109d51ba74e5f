"""Well-known answers, by the command that gives them: who headed a state, who was in NATO, whom nobody knows of."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import cli


def said(*words: str, data: Path) -> str:
    """What the command prints."""
    done = CliRunner().invoke(cli, [*words, "--data", str(data)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("country", "on", "who", "when", "source"),
    [
        ("Armenia", "2018-05-09", "Nikol Pashinyan", "2018-05-08/..", "The World Factbook 2020-11-24"),
        ("Armenia", "2018-04-18", "Serzh Sargsyan", "2018-04-17/2018-04-23", "EcoLur 2018-04-17"),
        ("United Kingdom", "2022-10-01", "Liz Truss", "2022-09-06/2022-10", "The World Factbook 2022-09-08"),
        ("Japan", "2021-10-05", "Fumio Kishida", "2021-10-04/2024-10~", "The World Factbook 2021-10-14"),
    ],
)
def test_who_headed_a_government(country: str, on: str, who: str, when: str, source: str, root: Path) -> None:
    lines = json.loads(said("show", country, "--as-of", on, "--format", "json", data=root / "data" / "triples"))[
        "lines"
    ]
    [line] = [line for line in lines if line["group"] == "headOfGovernmentOf"]
    assert (line["what"], line["when"]) == (who, when)
    assert source in [f"{s['publisher']} {s['published']}" for s in line["sources"]]


@pytest.mark.parametrize(
    ("on", "count", "finland"), [("2023-04-03", 30, 0), ("2023-04-04", 31, 1), ("2024-03-07", 32, 1)]
)
def test_who_was_in_nato(on: str, count: int, finland: int, root: Path) -> None:
    told = said("ask", "members", "NATO", "--as-of", on, "--format", "csv", data=root / "data" / "triples")
    rows = list(csv.DictReader(told.splitlines()))
    assert len(rows) == count
    assert sum("Finland" in row.values() for row in rows) == finland


def test_who_is_missing_is_printed(root: Path) -> None:
    told = said("ask", "missing-leaders", "--as-of", "2025-01-01", "--format", "csv", data=root / "data" / "triples")
    rows = list(csv.DictReader(told.splitlines()))
    assert ["Haiti" in row.values() for row in rows] == [True]
