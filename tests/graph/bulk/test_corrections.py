"""A changed or deleted record of any source supersedes or withdraws what it said, and erases nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from graph.bulk.layer import Layer
from graph.bulk.manifest import TABLES
from graph.claim import Claim
from graph.knowledge import KnowledgeGraph
from graph.when import Clocks, day
from tests.graph.bulk.conftest import RAW, imported
from tests.graph.bulk.test_import import everything
from tests.graph.sources.hostile import new_folder

Rows = list[list[str]]
NEXT_WEEK = "2026-12-01"


def rows(path: Path, delimiter: str = ",") -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=delimiter))


def saved(found: Rows, path: Path, delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(found)
    return path


def cell(column: str, text: str, row: int = 1) -> Callable[[Rows], None]:
    """A change of one cell."""

    def edit(found: Rows) -> None:
        found[row][found[0].index(column)] = text

    return edit


def both(*edits: Callable[[Rows], None]) -> Callable[[Rows], None]:
    def edit(found: Rows) -> None:
        for one in edits:
            one(found)

    return edit


def at(place: int, text: str) -> Callable[[Rows], None]:
    """A change of one cell of the first row of a table without a header."""

    def edit(found: Rows) -> None:
        found[0][place] = text

    return edit


# Source, file, separator, what changes, and the value that is superseded and that which takes its place.
CHANGES = (
    ("acled", "export.csv", ",", both(cell("fatalities", "131"), cell("timestamp", "1448236800")), "130", "131"),
    ("icews", "release.csv", ",", both(cell("cameo_code", "111"), cell("event_text", "")), "055", "111"),
    ("gdelt", "20250808181500.export.CSV", "\t", at(26, "046"), "040", "046"),
    ("ucdp_ged", "GEDEvent_v24_1.csv", ",", cell("best", "7"), "6", "7"),
    ("cow_alliances", "by_dyad.csv", ",", both(cell("dyad_end_year", "1999")), "canada", "canada"),
    ("cow_alliances", "by_member.csv", ",", cell("mem_end_year", "1999"), "iceland", "iceland"),
)


@pytest.mark.parametrize(
    ("source", "name", "delimiter", "edit", "before", "after"), CHANGES, ids=[f"{c[0]} {c[1]}" for c in CHANGES]
)
def test_a_changed_record_supersedes(
    source: str, name: str, delimiter: str, edit: Callable[[Rows], None], before: str, after: str, tmp_path: Path
) -> None:
    file = RAW / source / name
    imported(file, source)
    layer = source.replace("_", "-")
    old = everything_of(layer)
    found = rows(file, delimiter)
    edit(found)
    done = imported(saved(found, tmp_path / name, delimiter), source, on=NEXT_WEEK)
    assert (done.counts["changed"], done.counts["new"]) == (1, 0)
    new = everything_of(layer)
    assert set(old) < set(new), "nothing is erased"
    gone = {key for key, claim in new.items() if claim.withdrawn}
    superseded = [new[key] for key in gone if new[key].value == before and new[key].superseded_by]
    assert superseded, "what was said is marked"
    for claim in superseded:
        instead = new[claim.superseded_by]
        assert (instead.subject, instead.predicate, instead.value) == (claim.subject, claim.predicate, after)
        assert claim.withdrawn == ("2015-11-23" if source == "acled" else NEXT_WEEK)
    for key in set(old) - gone:
        assert not new[key].withdrawn


def everything_of(layer: str) -> dict[str, Claim]:
    found = Layer.open(layer)
    claims = everything(found)
    for rows_ in found._relations.values():
        claims |= {c.id: c for c in found.claims(rows_)}
    return claims


def test_a_changed_level_of_conflict_withdraws_the_other_relation(tmp_path: Path) -> None:
    file = RAW / "ucdp_prio" / "UcdpPrioConflict_v24_1.csv"
    imported(file, "ucdp_prio")
    found = rows(file)
    cell("intensity_level", "2")(found)
    imported(saved(found, tmp_path / "later.csv"), "ucdp_prio", on=NEXT_WEEK)
    said = {(c.predicate, c.withdrawn) for c in Layer.open("ucdp-prio").about("cambodia")}
    assert said == {("inConflictWith", NEXT_WEEK), ("atWarWith", "")}


@pytest.mark.parametrize(
    ("source", "name", "old", "new"),
    [
        ("icews", "facts.tsv", "Apologize", "Express_accord"),
        ("current_events", "items.jsonl", "accuses Russia", "blames Russia"),
    ],
)
def test_a_record_without_an_id_is_withdrawn_by_the_edition_that_lacks_it(
    source: str, name: str, old: str, new: str, tmp_path: Path
) -> None:
    """What such a record says is its id: changed, it is another one, and `--replace` tells that the first is gone."""
    file, later = RAW / source / name, tmp_path / "later"
    imported(file, source)
    text = file.read_text(encoding="utf-8")
    assert old in text
    later.write_text(text.replace(old, new), encoding="utf-8")
    done = imported(later, source, on=NEXT_WEEK, replace=True)
    assert (done.counts["new"], done.counts["gone"]) == (1, 1)
    layer = Layer.open(source.replace("_", "-"))
    gone = [c for c in everything(layer).values() if c.withdrawn]
    assert {c.withdrawn for c in gone} == {NEXT_WEEK}
    assert len({c.subject for c in gone}) == 1


# -- row 34 of the threat model ---------------------------------------------------------------


EXPORT = RAW / "acled" / "export.csv"


def edition(path: Path, *edits: Callable[[Rows], None], without: int | None = None) -> Path:
    found = rows(EXPORT)
    for edit in edits:
        edit(found)
    if without is not None:
        del found[without]
    return saved(found, path)


def deaths(known_at: str | None, folder: Path) -> list[str]:
    """How many died in Paris, as known on a day, through the store that has the layer beside it."""
    store = KnowledgeGraph.open(folder, layers=["acled"]).store
    clocks = Clocks(known_at=day(known_at) if known_at else None)
    return [c.value for c in store.claims(subject="acled-fra1", predicate="deaths", clocks=clocks)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path)


def test_34_a_newer_timestamp_supersedes_and_the_old_is_still_known_then(tmp_path: Path, folder: Path) -> None:
    imported(EXPORT, "acled")
    later = edition(tmp_path / "week2.csv", cell("fatalities", "131"), cell("timestamp", "1448236800"))
    imported(later, "acled", on=NEXT_WEEK)
    assert deaths("2015-11-15", folder) == []
    assert deaths("2015-11-17", folder) == ["130"]
    assert deaths("2015-11-23", folder) == ["131"]
    assert deaths(None, folder) == ["131"]


def test_34_removed_next_week(tmp_path: Path, folder: Path) -> None:
    imported(EXPORT, "acled")
    gone = tmp_path / "deleted.csv"
    gone.write_text("event_id_cnty,deleted_timestamp\nFRA1,1448236800\nFRA7,1448236800\n")
    done = imported(gone, "acled", on=NEXT_WEEK)
    assert (done.counts["gone"], done.counts["unknown"]) == (1, 1)
    assert {c.withdrawn for c in Layer.open("acled").about("acled-fra1")} == {"2015-11-23"}
    assert deaths("2015-11-17", folder) == ["130"]
    assert deaths(None, folder) == []
    assert imported(gone, "acled", on=NEXT_WEEK).edition is None, "deleted once"


def test_34_removed_by_an_export_that_lacks_it(tmp_path: Path, folder: Path) -> None:
    imported(EXPORT, "acled")
    without = edition(tmp_path / "week2.csv", without=2)
    assert imported(without, "acled", on=NEXT_WEEK).edition is None, "a missing record alone says nothing"
    done = imported(without, "acled", on=NEXT_WEEK, replace=True)
    assert done.counts["gone"] == 1
    assert {c.withdrawn for c in Layer.open("acled").about("acled-chn1")} == {NEXT_WEEK}


def test_34_replace_touches_only_the_days_that_the_file_covers(tmp_path: Path) -> None:
    imported(EXPORT, "acled")
    first = edition(tmp_path / "2015.csv", without=3)
    rows_2015 = rows(first)[:2]
    done = imported(saved(rows_2015, first), "acled", on=NEXT_WEEK, replace=True)
    assert done.edition is None


def test_34_an_older_export_changes_nothing(tmp_path: Path, folder: Path) -> None:
    later = edition(tmp_path / "week2.csv", cell("fatalities", "131"), cell("timestamp", "1448236800"))
    imported(later, "acled")
    done = imported(EXPORT, "acled", on=NEXT_WEEK)
    assert (done.edition, done.counts["older"]) == (None, 1)
    assert deaths(None, folder) == ["131"]


def test_34_both_versions_in_one_file(tmp_path: Path, folder: Path) -> None:
    found = rows(EXPORT)
    newer = list(found[1])
    newer[found[0].index("fatalities")], newer[-1] = "131", "1448236800"
    done = imported(saved([*found, newer], tmp_path / "both.csv"), "acled")
    assert (done.counts["new"], done.counts["known"]) == (3, 1)
    assert deaths(None, folder) == ["131"]


def test_34_what_is_said_again_stands_again(tmp_path: Path, folder: Path) -> None:
    imported(EXPORT, "acled")
    second = edition(tmp_path / "week2.csv", cell("fatalities", "131"), cell("timestamp", "1448236800"))
    imported(second, "acled", on=NEXT_WEEK)
    third = edition(tmp_path / "week3.csv", cell("timestamp", "1448841600"))
    imported(third, "acled", on="2026-12-08")
    assert deaths(None, folder) == ["130"]
    claims = Layer.open("acled").about("acled-fra1")
    [again] = [c for c in claims if c.value == "130"]
    assert not again.withdrawn
    assert len(again.citations) == 2
    [between] = [c for c in claims if c.value == "131"]
    assert (between.withdrawn, between.superseded_by) == ("2015-11-30", again.id)


def test_34_odd_records(tmp_path: Path) -> None:
    edits = {
        "no event id": cell("event_id_cnty", "13"),
        "no such month": cell("event_date", "12 Nonsense 2015"),
        "no time precision": cell("time_precision", "4"),
        "no sub-event type": cell("sub_event_type", "Party"),
        "no such place": cell("latitude", "91"),
        "not a count": cell("fatalities", "-1"),
        "not an integer": cell("fatalities", "many"),
        "not a time in seconds": cell("timestamp", "yesterday"),
        "no geo precision": cell("geo_precision", "9"),
    }
    for why, edit in edits.items():
        path = edition(tmp_path / "odd.csv", edit)
        done = imported(path, "acled", keep_going=True)
        assert done.counts["rejected"] == 1, why
        assert done.rejects is not None
        told = next(csv.DictReader(done.rejects.read_text().splitlines()))["reason"]
        assert told.startswith(why.replace("no event id", "not an event id")), told


def test_current_events_keep_no_text(tmp_path: Path) -> None:
    """Nothing of an item's words stands in any file of the layer but the names of whom it mentions."""
    file = RAW / "current_events" / "items.jsonl"
    done = imported(file, "current_events")
    assert done.counts["left"] == 1
    words = {"ratifies", "accession", "envoys", "embassies", "airliner", "crashed", "accuses"}
    assert all(any(word in line for word in words) for line in file.read_text().splitlines()[:3])
    layer = Layer.open("current-events")
    tables = (pl.read_parquet(p) for t in TABLES for p in layer.paths(t))
    stored = " ".join(str(row) for table in tables for row in table.rows())
    assert not [word for word in words if word in stored]
    items = [json.loads(line) for line in file.read_text().splitlines()]
    outlets = {c.speaker for claim in everything(layer).values() for c in claim.citations if c.speaker}
    assert {layer.entity(o).name for o in outlets} <= {o for item in items for o in item["sources"]}
