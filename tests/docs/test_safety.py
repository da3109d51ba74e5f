"""The table of hostile files names a real test for each of its rows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def test_every_row_has_tests_that_exist(root: Path) -> None:
    text = (root / "docs" / "explanation" / "safety.md").read_text(encoding="utf-8")
    rows = {int(number): re.findall(r"`([^`]+)`", tests) for number, tests in ROW.findall(text)}
    assert list(rows) == list(range(1, 41))
    named = {f"tests/graph/{test}".replace("graph/../", "") for tests in rows.values() for test in tests}
    files = sorted({test.partition("::")[0] for test in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:randomly", *files]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    there = {line for line in said.splitlines() if "::" in line}
    there |= {line.partition("[")[0] for line in there}
    assert named - there == set()
