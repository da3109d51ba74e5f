"""Rows 32 to 34 of the threat model: what event sources do to those who trust their ids, places and dates."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import polars as pl
import pytest

from graph.bulk.layer import Layer
from graph.claim import Claim
from tests.graph.bulk.conftest import RAW
from tests.graph.sources.hostile import Done, run

EXPORT = RAW / "gdelt" / "20250808181500.export.CSV"
ROWS = [line.split("\t") for line in EXPORT.read_text(encoding="utf-8").splitlines()]
ID, DAY, CODE, SORT, LATITUDE, ADDED, URL = 0, 1, 26, 51, 56, 59, 60
# The three columns that 1.0 does not have: the second-level division of each place.
NEW_IN_2 = (39, 47, 55)


@pytest.fixture(autouse=True)
def _bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTORY_BULK", str(tmp_path / "bulk"))


def taken(path: Path, *options: str) -> Done:
    return run("import", path, "--data", path.parent, *options)


def written(folder: Path, rows: list[list[str]], name: str = "a.csv", end: str = "\n") -> Path:
    path = folder / name
    path.write_text("".join("\t".join(row) + end for row in rows), encoding="utf-8", newline="")
    return path


def changed(row: list[str], **cells: str) -> list[str]:
    """A row with other cells, by the names above."""
    found = list(row)
    for name, text in cells.items():
        found[globals()[name]] = text
    return found


def short(row: list[str]) -> list[str]:
    """The row as 1.0 has it, in 58 columns."""
    return [cell for at, cell in enumerate(row) if at not in NEW_IN_2]


def about(event: str) -> dict[str, Claim]:
    return {c.predicate: c for c in Layer.open("gdelt").about(event)}


def test_32_the_same_id_twice_is_one_event(tmp_path: Path) -> None:
    done = taken(written(tmp_path, [*ROWS, ROWS[2], changed(ROWS[3], CODE="046")]))
    assert done.code == 0, done.said
    assert "5 new, 2 known records" in done.said


def test_32_the_same_id_with_other_content_is_listed(tmp_path: Path) -> None:
    done = taken(written(tmp_path, [*ROWS, changed(ROWS[0], CODE="190")]), "--keep-going")
    assert done.code == 1
    [rejected] = rejects(tmp_path)
    assert rejected["where"] == "a.csv:6"
    assert rejected["reason"] == "gdelt-1256494220 again, with other content"
    assert about("gdelt-1256494220")["cameoCode"].value == "040"


def rejects(folder: Path) -> list[dict[str, str]]:
    [path] = (folder / "bulk").rglob("*.rejects.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_32_columns_of_both_versions_mixed(tmp_path: Path) -> None:
    old = short(changed(ROWS[1], ID="7", ADDED="20250808"))
    done = taken(written(tmp_path, [ROWS[0], old, short(ROWS[2])[:-1]]))
    assert done.code == 0, done.said
    assert "3 new records" in done.said
    layer = Layer.open("gdelt")
    [place] = [c.value for c in layer.about("gdelt-7") if c.predicate == "tookPlaceIn"]
    assert place == "pakistan"
    [cited] = about(f"gdelt-{ROWS[2][ID]}")["happened"].citations
    assert layer.article(cited.article).publisher == "gdelt", "without an address, GDELT itself says it"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(changed(ROWS[0], LATITUDE="91"), "no such place: latitude 91", id="lat 91"),
        pytest.param(changed(ROWS[0], LATITUDE="north"), "not a coordinate: 'north'", id="lat text"),
        pytest.param(changed(ROWS[0], LATITUDE="nan"), "no such place", id="lat nan"),
        pytest.param(changed(ROWS[0], DAY="0"), "not a date: '0'", id="SQLDATE 0"),
        pytest.param(changed(ROWS[0], DAY="20250230"), "no such day", id="SQLDATE no day"),
        pytest.param(changed(ROWS[0], CODE="999"), "no CAMEO code: '999'", id="code"),
        pytest.param(changed(ROWS[0], CODE=""), "no CAMEO code: ''", id="no code"),
        pytest.param(changed(ROWS[0], ID="x"), "not an event id: 'x'", id="id"),
        pytest.param(changed(ROWS[0], ADDED=""), "not a date: ''", id="never added"),
        pytest.param(ROWS[0][:-5], "56 columns, not 61, 58 or 57", id="columns"),
    ],
)
def test_32_bad_rows_are_listed(row: list[str], why: str, tmp_path: Path) -> None:
    path = written(tmp_path, [ROWS[1], row, ROWS[2]])
    done = taken(path)
    assert (done.code, "1 records refused" in done.said) == (3, True), done.said
    assert why in rejects(tmp_path)[0]["reason"]
    assert not (tmp_path / "bulk" / "gdelt" / "layer.json").exists()
    done = taken(path, "--keep-going")
    assert (done.code, "2 new, 1 rejected records" in done.said) == (1, True), done.said
    assert len(rejects(tmp_path)) == 1


def test_32_the_middle_of_a_country_is_no_place(tmp_path: Path) -> None:
    """How exactly a place is known is kept: a town has a point, a state and a country have none."""
    state = changed(ROWS[0], ID="8", SORT="5")
    taken(written(tmp_path, [*ROWS, state]))
    layer = Layer.open("gdelt")
    town = layer.entity(about("gdelt-1256494220")["tookPlaceIn"].value)
    assert (town.kind, town.name) == ("Place", "Kremlin, Moskva, Russia")
    said = {c.predicate: c.value for c in layer.about(town.id)}
    assert said == {"locatedIn": "russia", "coordinates": "POINT(37.6156 55.7522)"}
    assert about("gdelt-1256494234")["tookPlaceIn"].value == "china"
    region = layer.entity(about("gdelt-8")["tookPlaceIn"].value)
    assert region.kind == "Region"
    assert {c.predicate: c.value for c in layer.about(region.id)} == {"locatedIn": "russia"}
    relations = pl.concat(pl.read_parquet(p) for p in layer.paths("relations"))
    assert set(relations.filter(pl.col("predicate") == "coordinates")["subject"]) == {
        e.id for e in layer.entities.values() if e.kind == "Place"
    }


def test_32_line_ends_and_packing(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS, end="\r\n")
    packed = tmp_path / "20250808181500.export.CSV.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert "5 new records" in taken(packed).said
    assert "5 known records; nothing to write" in taken(path).said


def test_32_a_report_without_an_address(tmp_path: Path) -> None:
    """Before 2013 rows name their source in words; `javascript:` is no address either."""
    rows = [changed(ROWS[0], URL="BBC Monitoring"), changed(ROWS[1], URL="javascript:alert(1)")]
    assert taken(written(tmp_path, rows)).code == 0
    for event, source in (("1256494220", "BBC Monitoring"), ("1256494222", "javascript:alert(1)")):
        [cited] = about(f"gdelt-{event}")["happened"].citations
        assert cited.note.endswith(f"source: {source}")
        assert Layer.open("gdelt").article(cited.article).url == "https://www.gdeltproject.org/"


def test_33_one_icews_id_with_two_dates_is_two_events(tmp_path: Path) -> None:
    taken(RAW / "icews" / "release.csv")
    layer = Layer.open("icews")
    names = {layer.entity(f"icews-1-{day}").name for day in ("20241228", "20241229")}
    assert names == {"Vladimir Putin → Ilham Aliyev: Apologize", "Ilham Aliyev → Russia: Accuse"}


@pytest.mark.parametrize(
    ("cell", "text", "why"),
    [
        ("latitude", "91", "no such place: latitude 91"),
        ("event_date", "2024-13-01", "no such month"),
        ("cameo_code", "999", "CAMEO code '999' is not 'Apologize'"),
        ("event_id", "", "no event_id"),
        ("source_name", "NULL", "no source_name"),
    ],
)
def test_33_odd_records_of_the_release(cell: str, text: str, why: str, tmp_path: Path) -> None:
    with (RAW / "icews" / "release.csv").open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    records[0][cell] = text
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(records[0]))
        table.writeheader()
        table.writerows(records)
    done = taken(path, "--keep-going")
    assert (done.code, "3 new, 1 rejected" in done.said) == (1, True), done.said
    [path] = (tmp_path / "bulk").rglob("*.rejects.csv")
    assert why in path.read_text(encoding="utf-8")


def test_33_the_release_with_titles_tabs_nulls_and_codes_a_spreadsheet_cut(tmp_path: Path) -> None:
    """As the data set's own files are: tabs, titles in words, NULL for nothing; and 55 for 055."""
    text = (RAW / "icews" / "release.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    rows[0] = [name.replace("_", " ").title() for name in rows[0]]
    rows = [[cell or "NULL" for cell in row] for row in rows]
    rows[1][6] = "55"
    path = tmp_path / "events.tab"
    path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    assert "4 new records" in taken(path).said
    assert "4 known records" in taken(RAW / "icews" / "release.csv").said


def test_33_columns_missing(tmp_path: Path) -> None:
    text = (RAW / "icews" / "release.csv").read_text(encoding="utf-8")
    path = tmp_path / "events.csv"
    path.write_text(text.replace("target_name", "target"), encoding="utf-8")
    done = taken(path)
    assert (done.code, "no column target_name" in done.said) == (3, True)
