"""The tables of attacks name a real test for each of their rows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROW: Final = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
WHERE: Final = ("tests/graph", "tests/viz", "tests/w3c", "tests/faults")


def test_every_row_has_tests_that_exist(root: Path) -> None:
    text = (root / "docs" / "explanation" / "safety.md").read_text(encoding="utf-8")
    rows = {int(number): re.findall(r"`([^`]+)`", tests) for number, tests in ROW.findall(text)}
    assert list(rows) == list(range(1, 66))
    assert all(rows.values())
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:randomly", *WHERE]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    there = {line.partition("::")[2] for line in said.splitlines() if "::" in line}
    there |= {name.partition("[")[0] for name in there}
    assert {test for tests in rows.values() for test in tests} - there == set()
