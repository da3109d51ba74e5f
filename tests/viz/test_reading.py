"""Pages read as a reader reads them: full names first, nothing told twice, no two pages at odds."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from tests.viz import few
from viz import dates, front, previews
from viz import story as story_
from viz.setting import Setting
from viz.shelf import Shelf

DAY = few.DAY
PAGES = {
    "pair": "pair/azerbaijan--russia/index.html",
    "event": "e/azal-crash-2024/index.html",
    "article": "a/article-313de839de4c9588/index.html",
    "body": "e/unesco/index.html",
    "alliance": "e/nato/index.html",
    "country": "e/azerbaijan/index.html",
    "office": "e/president-of-switzerland/index.html",
}


@pytest.fixture(scope="module")
def shelf(kg: KnowledgeGraph) -> Shelf:
    return Shelf(kg.store)


@pytest.fixture(scope="module")
def read(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages as plain text, by kind, without their data."""
    paths = few.write(shelf, tmp_path_factory.mktemp("reading"), PAGES.values())
    return {kind: plain(paths[path]) for kind, path in PAGES.items()}


def plain(path: Path) -> str:
    text = re.sub(r"<(script|svg|table).*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_page_of_two_opens_with_its_last_event_in_full_names_and_dated(read: dict[str, str]) -> None:
    assert "Oct. 9, 2025: Vladimir Putin and Ilham Aliyev met in Dushanbe and spoke about the crash." in read["pair"]


def test_the_cards_of_a_story_name_who_leads_today_as_most_sources_date_it(kg: KnowledgeGraph) -> None:
    told = story_.of(kg, kg.chain("Yekaterinburg raids", as_of=when_.iso(DAY)), today=DAY)
    said = {card.name: [text for text, _ in card.lines] for card in told.cards}
    assert said["Azerbaijan"][0] == "Ilham Aliyev has been the head of state of Azerbaijan since Oct. 31, 2003."
    assert said["Russia"][0] == "Vladimir Putin has been the head of state of Russia since May 7, 2012."
    assert len({text.partition(" since ")[0] for text in said["Azerbaijan"]}) == len(said["Azerbaijan"])


def test_an_event_is_joined_once_by_what_says_most(read: dict[str, str]) -> None:
    assert read["event"].count("Closure of the Russian House in Baku") == 1
    assert "Drew the response Closure of the Russian House in Baku" in read["event"]
    assert "Came before BakuTV report on the Russian House" in read["event"]


def test_an_article_says_nothing_of_stories_and_whole_sentences_of_people(read: dict[str, str]) -> None:
    assert "In story" not in read["article"]
    assert "Igor Kartavykh: the head of Sputnik Azerbaijan." in read["article"]
    assert "Executive director of Sputnik Azerbaijan office" in read["article"]


def test_what_was_seen_on_one_day_says_so(read: dict[str, str]) -> None:
    assert "Organization of American States as of Jan. 22, 2026" in read["country"]
    assert "end unknown perhaps" not in read["country"]
    assert dates.held("2026-01") == "January 2026"
    assert dates.held("2026-01-22/..") == "since Jan. 22, 2026"


def test_members_stand_among_members(read: dict[str, str]) -> None:
    assert re.search(r"with 194 listed members\. source \d+", read["body"])
    assert "Members Lists as member Afghanistan as of Jan. 22, 2026" in read["body"]
    assert "Lists as member Albania" not in read["alliance"].partition("Everything recorded")[0]
    assert "Has member" not in read["alliance"]


def test_an_office_is_not_explained_by_its_own_name(read: dict[str, str]) -> None:
    assert "Guy Parmelin has been president of Switzerland" in read["office"]
    assert "is an office of Switzerland" not in read["office"]


def test_the_front_counts_members_as_their_bloc_does(shelf: Shelf) -> None:
    setting = Setting(KnowledgeGraph(shelf), shelf, DAY, "https://backstory.example/")
    counted = {name: count for _, name, count in front._alliances(setting)}
    assert previews.thing("osce", setting).facts[0] == ("Members", f"{counted['OSCE']} countries", "")
