"""`backstory import` of an event source and `backstory bulk`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from graph import rdf
from graph.bulk.layer import Layer
from tests.graph.bulk.conftest import RAW
from tests.graph.sources.hostile import Done, new_folder, run

FACTS = RAW / "icews" / "facts.tsv"


@pytest.fixture(autouse=True)
def _bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "bulk"))


def taken(*words: object) -> Done:
    """Import the facts."""
    return run("import", *words, FACTS, "--data", FACTS.parent)


@pytest.mark.parametrize("words", [("icews",), ("--source", "icews"), ()], ids=["named", "option", "recognised"])
def test_import(words: tuple[str, ...]) -> None:
    done = taken(*words)
    assert done.code == 0
    assert "facts.tsv → layer icews: 11 new records; 46 claims, edition " in done.said
    assert "11 known records; nothing to write" in taken(*words).said


def test_several_files_and_another_name() -> None:
    done = run("import", "icews", FACTS, RAW / "icews" / "release.csv", "--name", "mine", "--data", FACTS.parent)
    assert done.code == 0
    assert "layer mine: 11 new records" in done.said
    assert "layer mine: 4 new records" in done.said
    [row] = json.loads(run("bulk", "list", "--format", "json").said)
    assert (row["layer"], row["source"], row["editions"], row["records"]) == ("mine", "icews", 2, 15)
    assert row["days"] == "2014-03-02 to 2025-07-10"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--source", "icews", "--into", "."), "an event source goes into a layer"),
        (("--source", "nonsense"), "'nonsense' is none of"),
        (("--source", "turtle"), "--into FOLDER"),
        (("--source", "turtle", "--into", ".", str(FACTS)), "one FILE at a time"),
    ],
)
def test_usage(words: tuple[str, ...], says: str) -> None:
    done = taken(*words)
    assert (done.code, says in done.said) == (2, True), done.said


def test_verify_and_forget(tmp_path: Path) -> None:
    taken()
    assert run("bulk", "verify", "icews").code == 0
    [path] = (tmp_path / "bulk").rglob("records-00000.parquet")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    done = run("bulk", "verify", "icews")
    assert (done.code, "is not what was written" in done.said) == (4, True)
    assert run("bulk", "forget", "icews", "--yes").code == 0
    assert run("bulk", "verify", "icews").code == 2


def test_export_says_the_same_in_both_forms(tmp_path: Path) -> None:
    taken()
    turtle, quads = tmp_path / "a.ttl", tmp_path / "a.nq"
    assert run("bulk", "export", "icews", "-o", turtle).code == 0
    assert run("bulk", "export", "icews", "--format", "nquads", "-o", quads).code == 0
    bundle, layer = rdf.read(turtle), Layer.open("icews")
    assert {c.id for c in bundle.claims} == {c.id for e in bundle.entities for c in layer.about(e.id)}
    assert len(bundle.claims) == 46
    triples = set(pyoxigraph.parse(path=str(turtle), format=pyoxigraph.RdfFormat.TURTLE))
    assert {q.triple for q in pyoxigraph.parse(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)} == {
        t.triple for t in triples
    }


def test_export_of_some(tmp_path: Path) -> None:
    taken()
    path = tmp_path / "a.ttl"
    assert run("bulk", "export", "icews", "--about", "Ilham Aliyev", "--to", "2024-12-31", "-o", path).code == 0
    dates = sorted(c.when for c in rdf.read(path).claims if c.predicate == "happened")
    assert dates == ["2024-12-28", "2024-12-29"]
    done = run("bulk", "export", "icews", "--about", "Ilham Aliyew", "-o", path)
    assert (done.code, "did you mean Ilham Aliyev" in done.said) == (2, True)


def test_load_into_a_store(tmp_path: Path) -> None:
    taken()
    folder = new_folder(tmp_path)
    done = run("bulk", "load", "icews", "--about", "NATO", "--into", folder)
    assert done.code == 0, done.said
    shown = json.loads(run("show", "finland", "--data", folder, "--format", "json").said)
    assert any("Sign formal agreement" in line["what"] for line in shown["lines"])


def test_too_much_is_loaded_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.add import layers

    monkeypatch.setattr(layers, "MOST_LOADED", 10)
    taken()
    folder = new_folder(tmp_path)
    done = run("bulk", "load", "icews", "--into", folder)
    assert (done.code, "44 claims" in done.said) == (5, True), done.said
    assert run("bulk", "load", "icews", "--into", folder, "--all").code == 0


def test_names() -> None:
    taken()
    rows = json.loads(run("bulk", "names", "icews", "--format", "json").said)
    assert {"China", "NATO", "Police (Russia)"} < {row["name"] for row in rows}
    own = json.loads(run("bulk", "names", "icews", "--own", "--format", "json").said)
    assert "China" not in {row["name"] for row in own}
