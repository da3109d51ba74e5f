"""The tables of attacks name a real test for each of their rows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

ROW: Final = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
WHERE: Final = ("tests/graph", "tests/viz", "tests/w3c", "tests/faults")


def names(nodes: Iterable[str]) -> set[str]:
    """The tests among what pytest lists, with and without the case they are for."""
    there = {node.partition("::")[2] for node in nodes if "::" in node and node.startswith(WHERE)}
    return there | {name.partition("[")[0] for name in there}


def test_every_row_has_tests_that_exist(root: Path, request: pytest.FixtureRequest) -> None:
    text = (root / "docs" / "explanation" / "safety.md").read_text(encoding="utf-8")
    rows = {int(number): re.findall(r"`([^`]+)`", tests) for number, tests in ROW.findall(text)}
    assert list(rows) == list(range(1, 66))
    assert all(rows.values())
    missing = {test for tests in rows.values() for test in tests} - names(i.nodeid for i in request.session.items)
    if not missing:  # a run of everything has just collected them all
        return
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:randomly", *WHERE]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert missing - names(said.splitlines()) == set()
