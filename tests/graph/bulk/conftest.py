"""A folder for bulk layers, and importing into it as the command does."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import model
from graph import when as when_
from graph.add import layers

RAW = Path(__file__).parent.parent / "sources" / "raw"
ON = "2026-11-24"


@pytest.fixture(autouse=True)
def bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all layers of a test."""
    folder = tmp_path / "bulk"
    monkeypatch.setenv("BACKSTORY_BULK", str(folder))
    return folder


def imported(
    path: Path, source: str, *, on: str = ON, data: Path | None = None, replace: bool = False, keep_going: bool = False
) -> layers.Outcome:
    """Import a file into the layer named like its source."""
    layer = source.replace("_", "-")
    return layers.run(
        layers.Request(path, source, layer, model.load(), when_.day(on), data, replace=replace, keep_going=keep_going)
    )
