"""Search on the real data in a browser: in any language, in small files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph.knowledge import KnowledgeGraph
from tests.viz import few
from tests.viz.conftest import Open
from viz import search, sheets
from viz.setting import Setting
from viz.shelf import Shelf

FILE_MOST = 20_000
ASKED = (
    ("Moskva", "Moscow"),
    ("القاهرة", "Cairo"),
    ("каир", "Cairo"),
    ("北京", "Beijing"),
    ("서울", "Seoul"),
    ("Le Caire", "Cairo"),
    ("Sankt-Peterburg", "Saint Petersburg"),
    ("Deutschland", "Germany"),
    ("مصر", "Egypt"),
)


@pytest.fixture(scope="module")
def searching(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search page of the real data with its files."""
    shelf = Shelf(kg.store)
    folder = tmp_path_factory.mktemp("searching")
    few.write(shelf, folder, [])
    setting = Setting(KnowledgeGraph(shelf), shelf, few.DAY, "https://backstory.example/")
    for kind in ("searching", "search"):
        for path, text in sheets.WHOLE[kind](setting).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder / "search"


@pytest.mark.browser
@pytest.mark.parametrize(("text", "name"), ASKED)
def test_places_are_found_in_other_languages(visit: Open, searching: Path, text: str, name: str) -> None:
    with visit(searching / "index.html") as page:
        page.locator("#search").fill(text)
        expect(page.locator("#results a").first).to_have_text(name)


def test_what_a_reader_fetches_for_a_word_is_small(searching: Path) -> None:
    sizes = {p.name: len(gzip.compress(p.read_bytes())) for p in searching.glob("*.js")}
    assert {name: size for name, size in sizes.items() if size > FILE_MOST} == {}
    assert sizes["shards.js"] < 2_000


def test_every_file_is_one_that_a_typed_word_asks_for(searching: Path) -> None:
    for path in searching.glob("*.js"):
        if path.stem != "shards":
            [(name, rows)] = [json.loads(f"[{path.read_text(encoding='utf-8')[len('backstoryShard(') : -3]}]")]
            words = {word for row in rows for word in row[0].split()}
            assert name == path.stem
            assert name in {search.shard(typed) for word in words for typed in (word, word[0])}
