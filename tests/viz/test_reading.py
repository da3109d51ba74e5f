"""Pages read as a reader reads them: full names first, nothing told twice, no two pages at odds."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from tests.viz import few
from viz import dates, feeds, front, previews, tables
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
    "agreement": "e/trilateral-memorandum-2022/index.html",
    "person": "e/yunis-pashayev/index.html",
    "outlet": "e/the-moscow-times/index.html",
    "principality": "e/andorra/index.html",
    "city": "e/baku-az/index.html",
    "lachin": "e/lachin-az/index.html",
    "meeting": "e/dushanbe-meeting-2025/index.html",
    "official": "e/alexey-overchuk/index.html",
    "bloc": "e/aosis/index.html",
    "story": "story/finland-sweden-nato-2022/index.html",
}


@pytest.fixture(scope="module")
def shelf(kg: KnowledgeGraph) -> Shelf:
    return Shelf(kg.store)


@pytest.fixture(scope="module")
def made(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages as files, by kind."""
    paths = few.write(shelf, tmp_path_factory.mktemp("reading"), PAGES.values())
    return {kind: paths[path] for kind, path in PAGES.items()}


@pytest.fixture(scope="module")
def read(made: dict[str, Path]) -> dict[str, str]:
    """The pages as plain text, by kind, without their data."""
    return {kind: plain(path) for kind, path in made.items()}


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
    answers = read["event"].partition("Drew the response")[2].partition("Came before")[0]
    assert "Closure of the Russian House in Baku" in answers
    assert "Came before BakuTV report on the Russian House" in read["event"]


def test_what_joins_events_is_said_once_and_they_stand_in_order_of_time(read: dict[str, str]) -> None:
    assert read["event"].count("Drew the response") == 1
    answers = read["event"].partition("Drew the response")[2].partition("Came before")[0]
    days = re.findall(r"(?:Dec|Feb|July|Oct)\. ?\d+, 20\d\d|July \d+, 20\d\d", answers)
    assert days == ["Dec. 28, 2024", "Dec. 28, 2024", "Dec. 29, 2024", "Feb. 3, 2025", "July 19, 2025", "Oct. 9, 2025"]


def test_versions_of_one_question_stand_together(read: dict[str, str]) -> None:
    differ = read["event"].partition("Where sources differ")[2].partition("What the sources say")[0]
    assert re.search(r"38 people were killed.*67 people were killed.*The cause was fragments", differ)


def test_what_followed_in_a_month_does_not_stand_before_it(read: dict[str, str]) -> None:
    near = read["event"].partition("Before and after in the story")[2]
    assert near.index("Azerbaijan Airlines Flight 8243 crash") < near.index("Drone attack on Grozny")
    assert "National Hero titles for the crew" not in near.partition("Azerbaijan Airlines Flight 8243 crash")[0]


def test_an_agreement_opens_with_its_signing_and_not_with_its_own_name(read: dict[str, str]) -> None:
    assert "is an agreement of" not in read["agreement"]
    assert "June 28, 2022: Turkey, Finland and Sweden signed a memorandum in Madrid" in read["agreement"]


def test_a_person_is_not_opened_with_a_crime_that_does_not_name_them(read: dict[str, str]) -> None:
    assert "Yunis Pashayev is named in one event of the graph." in read["person"]


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


def test_a_story_names_its_feed_to_readers_and_to_what_reads_feeds(made: dict[str, Path]) -> None:
    text = made["story"].read_text(encoding="utf-8")
    address = f"../../{feeds.feed_path('finland-sweden-nato-2022')}"
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="Finland and Sweden join NATO" href="{address}">'
        in text
    )
    assert f'<a href="{address}">Feed of this story' in text


@pytest.mark.parametrize("kind", ["country", "alliance", "body", "pair"])
def test_a_number_in_the_table_of_a_page_means_the_article_that_says_so(
    made: dict[str, Path], kg: KnowledgeGraph, kind: str
) -> None:
    text = made[kind].read_text(encoding="utf-8")
    listed = dict(re.findall(r'<li id="source-(\d+)".*?<cite[^>]*>(?:<a href="([^"]*)")?', text))
    rows = re.findall(r'<tr data-id="([0-9a-f]{16})"(.*?)</tr>', text, re.DOTALL)
    assert len(rows) > 30
    for claim, row in rows:
        cited = {kg.store.article(c.article).url for c in kg.store.claim(claim).citations}
        assert {html.unescape(listed[n]) for n in re.findall(r"#source-(\d+)", row)} == cited


def test_the_picture_of_a_body_known_by_lists_has_its_members(made: dict[str, Path]) -> None:
    text = made["body"].read_text(encoding="utf-8")
    assert "Lists as member: Afghanistan" in html.unescape(text.partition('role="application"')[2])
    assert "of 203 relations, by kind and date" in text


def test_bars_and_bands_say_when_and_lead_to_whose_they_are(made: dict[str, Path]) -> None:
    alliance, country = (made[kind].read_text(encoding="utf-8") for kind in ("alliance", "country"))
    assert '<a href="../../e/italy/index.html" aria-label="Italy, since April 4, 1949"><title>' in alliance
    assert '<a href="../../e/ali-asadov/index.html" aria-label="Ali Asadov, since Oct. 8, 2019"><title>' in country


def test_an_outlet_is_told_by_what_it_says_and_who_else_says_it(read: dict[str, str], kg: KnowledgeGraph) -> None:
    store = kg.store
    own = {a.id for a in store.articles() if a.publisher == "the-moscow-times"}
    said = [c for c in store.claims() if c.predicate != "inStory" and any(x.article in own for x in c.citations)]
    alone = sum(all(x.article in own for x in c.citations) for c in said)
    contested = sum(bool(c.contradicts) for c in said)
    told = f"{len(said)} claims here rest on it: {len(said) - alone} on others too, {alone} on it alone."
    assert told in read["outlet"]
    assert f"On {contested} sources differ." in read["outlet"]
    assert "5 articles cited" in read["outlet"]
    assert "What is missing: whose it is ." in read["outlet"]
    assert " 0 claims" not in read["outlet"]
    assert "a Russian Pantsir-S missile. unnamed Azerbaijani officials , quoted." in read["outlet"]


def test_the_front_names_the_feed_of_each_story_it_shows(shelf: Shelf, tmp_path: Path) -> None:
    front_page = few.write(shelf, tmp_path, ["index.html"])["index.html"].read_text(encoding="utf-8")
    named = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', front_page)
    assert sorted(named) == sorted(feeds.feed_path(story.id) for story in shelf.entities("Story"))
    assert len(named) == 3


@pytest.mark.parametrize("kind", ["pair", "event", "alliance", "country", "agreement", "person", "city", "story"])
def test_a_page_says_when_what_it_shows_was_last_confirmed(kind: str, read: dict[str, str]) -> None:
    assert re.search(r"last confirmed (probably |about )?([A-Z][a-z.]+ )?(\d+, )?20\d\d", read[kind])


def test_an_event_was_last_confirmed_by_the_newest_of_its_articles(read: dict[str, str], kg: KnowledgeGraph) -> None:
    cited = {c.article for claim in kg.store.claims(subject="dushanbe-meeting-2025") for c in claim.citations}
    newest = max((kg.store.article(a) for a in cited), key=lambda a: a.known)
    assert f"last confirmed {dates.when(newest.published)}" in read["meeting"]


def test_what_is_missing_is_what_a_reader_would_look_for(read: dict[str, str]) -> None:
    assert "What is missing: population ." in read["lachin"]
    assert "What is missing: outcome ." in read["meeting"]
    assert "What is missing: when Alexey Overchuk became deputy prime minister of Russia ." in read["official"]
    assert "What is missing: date of its founding ; when its members joined ." in read["bloc"]
    assert "What is missing: post, party or citizenship ." in read["person"]
    for kind in ("event", "alliance", "country", "city"):
        assert "What is missing:" not in read[kind], kind


def test_those_who_head_a_state_together_are_all_named(read: dict[str, str], shelf: Shelf) -> None:
    both = "Emmanuel Macron and Joan-Enric Vives i Sicilia"
    assert f"{both} are the heads of state of Andorra." in read["principality"]
    setting = Setting(KnowledgeGraph(shelf), shelf, DAY, "https://backstory.example/")
    rows = {row["State"]: row for row in csv.DictReader(io.StringIO(tables.leaders(setting)[tables.LEADERS]))}
    assert rows["Andorra"]["Head of state"] == "Emmanuel Macron; Joan-Enric Vives i Sicilia"
    assert set(rows["San Marino"]["Head of state"].split("; ")) == {"Matteo Rossi", "Lorenzo Bugli"}
    assert all(";" not in row["Head of state"] for name, row in rows.items() if name not in ("Andorra", "San Marino"))
