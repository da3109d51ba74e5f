"""An import into a bulk layer: the same claims as everywhere, once, whole, resumed, corrected and never erased."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from graph import when as when_
from graph.add import layers
from graph.bulk import manifest, place, writer
from graph.bulk.layer import Layer
from graph.claim import Claim, Entity
from graph.errors import DiskError, InputError, RejectedInput, StoreError, UnknownName
from graph.knowledge import KnowledgeGraph
from graph.sources import registry
from graph.sources.cast import Name
from graph.sources.source import Item
from tests.graph.bulk.conftest import ON, RAW, imported

FACTS = RAW / "icews" / "facts.tsv"
RELEASE = RAW / "icews" / "release.csv"


def files(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, byte for byte."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def everything(layer: Layer) -> dict[str, Claim]:
    """Every claim of a layer by id."""
    subjects = [*layer.records.filter(pl.col("kind") != "")["subject"], *layer.entities]
    return {c.id: c for s in subjects for c in layer.about(s)}


def test_the_claims_are_those_of_the_importer() -> None:
    """What is read back is what the importer yields as claims: ids, citations, bounds and all."""
    source = dataclasses.replace(registry.source("icews"), retrieved=ON)
    items: list[Item] = list(registry.importer("icews")(RAW / "icews", source))
    imported(FACTS, "icews")
    imported(RELEASE, "icews")
    layer = Layer.open("icews")
    assert everything(layer) == {c.id: c for c in items if isinstance(c, Claim)}
    assert {e.id: layer.entity(e.id) for e in items if isinstance(e, Entity)} == {
        e.id: e for e in items if isinstance(e, Entity)
    }
    assert all(layer.claim(key) == claim for key, claim in everything(layer).items())


def test_the_tables_carry_bounds_as_days(bulk: Path) -> None:
    imported(FACTS, "icews")
    [path] = (bulk / "icews").glob("editions/*/claims-00000.parquet")
    table = pl.read_parquet(path)
    for row in table.filter(pl.col("predicate") == "happened").iter_rows(named=True):
        day = when_.day(row["when"])
        assert [row[name] for name in ("begin_earliest", "begin_latest", "end_earliest", "end_latest")] == [day] * 4
    assert table.filter(pl.col("predicate") != "happened")["begin_earliest"].null_count() == len(table) - 11
    assert table["claim"].dtype == pl.UInt64
    assert Layer.open("icews").claim(f"{table['claim'][0]:016x}").subject == table["subject"][0]


def test_importing_twice_changes_nothing(bulk: Path) -> None:
    first = imported(FACTS, "icews")
    before = files(bulk)
    again = imported(FACTS, "icews", on="2026-12-01")
    assert first.counts["new"] == again.counts["known"] == 11
    assert again.edition is None
    assert files(bulk) == before


def test_the_same_rows_in_another_order_change_nothing(bulk: Path, tmp_path: Path) -> None:
    imported(FACTS, "icews")
    turned = tmp_path / "turned.tsv"
    turned.write_text("\r\n".join(reversed(FACTS.read_text().splitlines())))
    before = files(bulk)
    assert imported(turned, "icews").counts["known"] == 11
    assert files(bulk) == before


def test_two_imports_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("one", "two"):
        monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / name))
        imported(FACTS, "icews")
        made.append(files(tmp_path / name))
    assert made[0] == made[1]


ODD = (
    ("three columns", "China\tConsult\tIran", "3 columns, not 4"),
    ("five columns", "China\tConsult\tIran\t2020-01-01\tx", "5 columns, not 4"),
    ("no head", "\tConsult\tIran\t2020-01-01", "no head or no tail"),
    ("no such relation", "China\tSmile_at\tIran\t2020-01-01", "no CAMEO event is called 'Smile_at'"),
    ("no such day", "China\tConsult\tIran\t2020-02-30", "no such day"),
    ("not a day", "China\tConsult\tIran\t2020-02", "not a single day"),
)


@pytest.mark.parametrize(("line", "why"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_an_odd_row_stops_the_import_or_is_left_out(line: str, why: str, tmp_path: Path, bulk: Path) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text(f"Iran\tConsult\tChina\t2020-01-01\n{line}\n\nChina\tConsult\tIran\t2020-01-01\n")
    with pytest.raises(RejectedInput, match=r"1 records refused, the first at odd\.tsv:2"):
        imported(path, "icews")
    assert place.names() == ()
    done = imported(path, "icews", keep_going=True)
    assert (done.counts["new"], done.counts["rejected"]) == (2, 1)
    assert done.rejects is not None
    assert why in done.rejects.read_text()


def test_a_header_and_equal_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    row = "Iran\tConsult\tChina\t2020-01-01\n"
    path.write_text(f"head\trelation\ttail\tdate\n{row}{row}")
    assert imported(path, "icews").counts["new"] == 1


def test_an_empty_file_is_no_layer(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("")
    assert imported(path, "icews").edition is None
    assert place.names() == ()


# -- killed -----------------------------------------------------------------------------------


@contextlib.contextmanager
def killed_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the import die when so many parts were written, as a killed process does: without a last word."""
    whole = writer.Writer.write
    left = iter(range(count))

    def write(self: writer.Writer, names: list[Name]) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        whole(self, names)

    with monkeypatch.context() as patch:
        patch.setattr(writer.Writer, "write", write)
        yield


@pytest.mark.parametrize("parts", [0, 1, 2, 3])
def test_a_killed_import_goes_on_where_it_was(
    parts: int, bulk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PART", 3)
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "undisturbed"))
    imported(FACTS, "icews")
    monkeypatch.setenv("BACKSTORY_BULK", str(bulk))
    with killed_after(parts, monkeypatch), pytest.raises(KeyboardInterrupt):
        imported(FACTS, "icews")
    assert place.names() == (), "nothing stands before it is whole"
    again = imported(FACTS, "icews")
    assert again.counts["new"] == 11
    assert files(bulk) == files(tmp_path / "undisturbed")


def test_a_part_that_was_not_noted_is_written_again(bulk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn line in the journal, a file that is cut: the parts before it are kept, the rest is read again."""
    monkeypatch.setattr(writer, "PART", 3)
    with killed_after(3, monkeypatch), pytest.raises(KeyboardInterrupt):
        imported(FACTS, "icews")
    [journal] = bulk.rglob("journal.jsonl")
    journal.write_bytes(journal.read_bytes()[:-20])
    (journal.parent / "claims-00001.parquet").write_bytes(b"PAR1")
    (journal.parent / "stray").write_bytes(b"")
    imported(FACTS, "icews")
    layer = Layer.open("icews")
    manifest.check(layer.manifest, whole=True)
    assert len(everything(layer)) == 11 * 4 + 2
    assert not (journal.parent / "stray").exists()


def test_what_another_import_left_behind_is_removed(
    bulk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PART", 3)
    with killed_after(2, monkeypatch), pytest.raises(KeyboardInterrupt):
        imported(FACTS, "icews")
    imported(RELEASE, "icews")
    assert len(list((bulk / "icews" / "editions").iterdir())) == 1


def test_a_full_disk_leaves_what_stood(bulk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(FACTS, "icews")
    before = {n: b for n, b in files(bulk).items() if n != "icews/lock"}

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskError, match="No space left"):
            imported(RELEASE, "icews")
    assert {n: b for n, b in files(bulk).items() if n in before} == before
    assert Layer.open("icews").manifest.total("new") == 11
    assert imported(RELEASE, "icews").counts["new"] == 4


def test_every_file_is_on_the_disk_before_it_is_named(bulk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that a power cut needs: files, their folder, the journal, then the manifest, each synchronised."""
    seen: list[str] = []
    fsync, rename = os.fsync, os.replace

    def noted(handle: int) -> None:
        seen.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        fsync(handle)

    def renamed(old: str, new: Path) -> None:
        seen.append(f"name {Path(new).name}")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", renamed)
    done = imported(FACTS, "icews")
    assert done.edition is not None
    for file in done.edition.files:
        at = seen.index(f"name {file}")
        assert seen[at - 1].startswith(f"sync .{file}."), "its bytes before its name"
        assert seen[at + 1] == f"sync {done.edition.id}", "its name before the journal"
        assert at < seen.index("sync journal.jsonl") < seen.index("name layer.json")
    assert seen[-1] == "sync icews"


def test_two_processes_do_not_write_at_once() -> None:
    with place.locked(place.folder("icews")), pytest.raises(StoreError, match="in use by another process"):
        imported(FACTS, "icews")


# -- damaged, foreign, forgotten ----------------------------------------------------------------


def test_a_damaged_layer_is_refused(bulk: Path) -> None:
    done = imported(FACTS, "icews")
    assert done.edition is not None
    for name in done.edition.files:
        [path] = bulk.rglob(name)
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises(StoreError, match=f"has {len(whole) - 1} bytes, not {len(whole)}"):
            Layer.open("icews")
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(StoreError, match="is not what was written"):
            manifest.check(manifest.read("icews"), whole=True)
        path.write_bytes(whole)
    manifest.check(manifest.read("icews"), whole=True)


def test_a_layer_is_of_one_source(tmp_path: Path) -> None:
    imported(FACTS, "icews")
    found = manifest.read("icews")
    manifest.write(dataclasses.replace(found, source="gdelt"))
    with pytest.raises(InputError, match="layer icews is of gdelt"):
        imported(FACTS, "icews")


def test_forgotten(bulk: Path) -> None:
    imported(FACTS, "icews")
    layers.forget("icews")
    assert list(bulk.iterdir()) == []
    with pytest.raises(UnknownName):
        layers.forget("icews")


def test_names_of_layers_and_links(bulk: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a name for a layer"):
        place.folder("../x")
    bulk.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (bulk / "icews").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="symbolic link"):
        imported(FACTS, "icews")


# -- names ------------------------------------------------------------------------------------


def test_names_mean_the_graph_where_that_is_sure(kg: KnowledgeGraph) -> None:
    imported(FACTS, "icews", data=kg.store.folder)
    names = Layer.open("icews").names
    assert {text: names[text].id for text in ("Barack Obama", "Cuba", "NATO", "Ilham Aliyev")} == {
        "Barack Obama": "barack-obama",
        "Cuba": "cuba",
        "NATO": "nato",
        "Ilham Aliyev": "ilham-aliyev",
    }
    police = names["Citizen (Hong Kong)"]
    assert police.id.startswith("icews-citizen-hong-kong-")
    assert police.why.startswith("the source's own")


def test_a_name_once_decided_stays_so(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """Decided without a graph; the next import, with one, takes it the same way and changes nothing."""
    imported(FACTS, "icews")
    again = imported(FACTS, "icews", data=kg.store.folder)
    assert again.edition is None


def test_an_organ_belongs_to_its_state() -> None:
    imported(FACTS, "icews")
    layer = Layer.open("icews")
    said = {c.predicate: c.object for c in layer.about(layer.names["Police (Russia)"].id)}
    assert said == {"organOf": "russia"}
    said = {c.predicate: c.object for c in layer.about(layer.names["Citizen (Azerbaijan)"].id)}
    assert said == {"affiliatedWith": "azerbaijan"}
