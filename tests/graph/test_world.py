"""The world layer is made again from the raw material, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.world import write_world


@pytest.mark.slow
def test_the_files_are_what_the_importers_make(root: Path, shared: Path, tmp_path: Path) -> None:
    report = write_world(shared, tmp_path)
    for file in sorted(tmp_path.glob("*.ttl")):
        assert file.read_bytes() == (root / "data" / "triples" / file.name).read_bytes(), file.name
    assert any("withheld" in line for line in report)
