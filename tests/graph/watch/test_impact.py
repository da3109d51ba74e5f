"""Which saved paragraphs and real pages use a claim."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import when
from graph.cli import cli
from graph.errors import InputError
from graph.knowledge import KnowledgeGraph
from graph.tell import render
from viz import story_page


@pytest.fixture(scope="module")
def written(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved paragraph, a page of the same chain, a page and a paragraph of another, and a file of something else."""
    folder = tmp_path_factory.mktemp("written")
    for name, focus, day in (("raids", "Yekaterinburg raids", "2025-07-14"), ("niger", "Coup in Niger", "2023-09-30")):
        chain = kg.chain(focus, as_of=day)
        (folder / f"{name}.json").write_text(render.as_json(kg.tell(chain, words=100, at_most=True)), encoding="utf-8")
        story_page.write(kg, chain, folder / "site" / f"{name}.html", today=when.day(datetime.date.today().isoformat()))
    (folder / "other.json").write_text('{"title": "a list", "items": []}', encoding="utf-8")
    return folder


def test_sentences_and_pages_that_use_a_claim(written: Path, kg: KnowledgeGraph) -> None:
    value = json.loads((written / "raids.json").read_text(encoding="utf-8"))
    for number, sentence in enumerate(value["sentences"], 1):
        for claim in sentence["claims"]:
            found = {(Path(r.file).name, r.sentence): r for r in kg.impact(claim, written)}
            assert found["raids.json", number].text == sentence["text"]
            assert found["raids.html", 0].text.startswith("Yekaterinburg raids")
            assert not {name for name, _ in found} & {"niger.json", "niger.html", "other.json"}


def test_a_claim_that_nothing_uses(written: Path, kg: KnowledgeGraph) -> None:
    assert not list(kg.impact("0123456789abcdef", written))
    with pytest.raises(InputError, match="not a claim id"):
        kg.impact("no claim", written)


def test_the_command(written: Path, kg: KnowledgeGraph) -> None:
    claim = json.loads((written / "niger.json").read_text(encoding="utf-8"))["sentences"][0]["claims"][0]
    found = CliRunner().invoke(cli, ["impact", claim, str(written), "--format", "json"])
    assert found.exit_code == 0
    rows = json.loads(found.stdout)["rows"]
    assert {Path(r["file"]).name for r in rows} == {"niger.json", "niger.html"}
    assert all(r["claims"] == [claim] and r["sources"] for r in rows)
