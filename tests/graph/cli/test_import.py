"""`backstory import`: written whole, twice the same, refused whole, corrected without erasing."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph import model, rdf, turtle
from graph.add.general import FOLDERS
from graph.claim import Citation
from graph.cli import cli
from graph.errors import GraphError, Incomplete, RejectedInput
from graph.exports import writer
from graph.exports.extract import Extract
from graph.rdf import Bundle
from graph.store import Store
from tests.graph.bulk.conftest import RAW
from tests.graph.sources.hostile import run as command
from tests.world import CLAIMS, WORLD

MODEL = model.load()


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, args)])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.glob("*.ttl"))}


@pytest.fixture
def folder(world: Store, tmp_path: Path) -> Path:
    """A copy of the tiny world's folder, to write to."""
    found = tmp_path / "data"
    shutil.copytree(world.folder, found)
    return found


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The tiny world as N-Quads."""
    path = tmp_path / "export.nq"
    out = io.BytesIO()
    writer("nquads")(Extract(WORLD, MODEL), out)
    path.write_bytes(out.getvalue())
    return path


def test_an_export_comes_back_into_an_empty_folder(export: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(export, "--into", empty).exit_code == 0
    assert set(rdf.read(empty / "export.ttl").claims) == set(CLAIMS)
    first = contents(empty)
    again = run(export, "--into", empty)
    assert again.exit_code == 0
    assert f"0 claims new or amended, {len(CLAIMS)} known" in again.stderr
    assert contents(empty) == first


def test_what_is_known_is_not_written_again(export: Path, folder: Path) -> None:
    before = contents(folder)
    assert run(export, "--into", folder).exit_code == 0
    assert contents(folder) == before


def test_a_second_source_is_a_citation_more_in_the_file_that_has_the_claim(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    member = CLAIMS[0]
    said = replace(member, citations=(Citation(WORLD.articles[2].id, "paragraph 1"),))
    path.write_text(turtle.text_of(Bundle((), (), (said,)), MODEL))
    assert run(path, "--into", folder).exit_code == 0
    assert not (folder / "more.ttl").exists()
    (joined,) = (c for c in rdf.read(folder / "world.ttl").claims if c.id == member.id)
    assert set(joined.citations) == {*member.citations, *said.citations}


def test_rejected_records_stop_the_import_and_are_listed(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    bad = turtle.text_of(WORLD, MODEL).replace(
        'rdf:object "2014-03-15"^^edtf:EDTF', 'rdf:object "2014-02-30"^^edtf:EDTF'
    )
    path.write_text(bad)
    before = contents(folder)
    result = run(path, "--into", folder)
    assert isinstance(result.exception, RejectedInput)
    assert "no such day" in str(result.exception)
    assert contents(folder) == before
    records = list(csv.DictReader((folder / "bad.rejects.csv").read_text().splitlines()))
    assert records[0]["where"].startswith("bad.ttl:")
    assert "no such day" in records[0]["reason"]
    assert "2014-02-30" in records[0]["text"]
    going = run(path, "--into", folder, "--keep-going", "--rejects", tmp_path / "r.csv")
    assert isinstance(going.exception, Incomplete)
    assert (tmp_path / "r.csv").exists()


def test_what_a_later_edition_does_not_say_is_withdrawn_not_erased(export: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    run(export, "--into", empty)
    out = io.BytesIO()
    gone, *kept = CLAIMS
    writer("nquads")(Extract(Bundle(WORLD.entities, WORLD.articles, tuple(kept)), MODEL), out)
    export.write_bytes(out.getvalue())
    result = run(export, "--into", empty, "--replace", "--on", "2026-11-24")
    assert result.exit_code == 0
    assert "1 withdrawn" in result.stderr
    after = {c.id: c for c in rdf.read(empty / "export.ttl").claims}
    assert after[gone.id].withdrawn == "2026-11-24"
    assert len(after) == len(CLAIMS)


def test_a_claim_about_something_undeclared_is_rejected(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    text = turtle.text_of(Bundle((), WORLD.articles, CLAIMS[:1]), MODEL)
    path.write_text(text.replace("e:nato", "e:atlantis"))
    result = run(path, "--into", folder)
    assert "atlantis is declared nowhere" in str(result.exception)


def test_a_lookalike_is_said_and_not_merged(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        '<http://e/x> a <http://schema.org/Country> ; <http://schema.org/name> "Finl\u0430nd", "Ukraine"@uk .'
    )
    result = run(path, "--into", folder)
    assert result.exit_code == 0
    assert "mixes CYRILLIC and LATIN" in result.stderr
    assert "possible duplicate of finland" in result.stderr
    assert "possible duplicate of ukraine" in result.stderr


def test_a_new_file_is_listed_in_the_sources(folder: Path, export: Path) -> None:
    (folder / "sources.yaml").write_text("world.ttl:\n  source: us\n  licence: MIT")
    text = export.read_text().replace("backstory.example/e/finland", "backstory.example/e/finland-b")
    export.write_text(text)
    assert run(export, "--into", folder, "--licence", "CC0-1.0").exit_code == 0
    assert 'export.ttl:\n  source: "export.nq"\n  licence: "CC0-1.0"\n' in (folder / "sources.yaml").read_text()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("none.ttl",), "no such file"),
        (("none.docx",), "unknown ending"),
        (("none.ttl", "--publisher", "X"), "go together"),
    ],
)
def test_refusals(folder: Path, args: tuple[str, ...], says: str) -> None:
    result = run(*args, "--into", folder)
    assert result.exit_code != 0
    assert says in (str(result.exception) if isinstance(result.exception, GraphError) else result.output)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_source_that_is_a_folder(name: str, tmp_path: Path) -> None:
    """The sources of the world layer into a folder of one's own: each claim with its source, and twice is once."""
    into = tmp_path / "into"
    into.mkdir()
    words = ("import", RAW / name.replace("-", "_"), "--source", name, "--into", into, "--keep-going")
    done = command(*words)
    made = rdf.read(into / f"{name}.ttl")
    refused = (into / f"{name}.rejects.csv").exists()
    assert (done.code, bool(made.claims)) == (int(refused), True), done.said
    assert all(c.citations for c in made.claims)
    before = contents(into)
    again = command(*words)
    assert "0 entities, 0 articles, 0 claims new or amended" in again.said
    assert contents(into) == before


def test_a_folder_without_the_files_of_the_source(tmp_path: Path) -> None:
    done = command("import", tmp_path, "--source", "reign", "--into", tmp_path)
    assert (done.code, "a folder with leaderlist_*.csv" in done.said) == (3, True), done.said
