"""Pages of regions over the real data: who lies there on the day, its part of the map, what is told of it."""

from __future__ import annotations

import re

import pytest

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from viz import dossier, entity_page, region_page, timeline, worldmap
from viz.setting import Setting
from viz.shelf import Shelf
from viz.trajectory import Bar, Trajectory, Turn

DAY = when_.day("2026-11-01")
PAIR = ("iran", "iraq")


@pytest.fixture(scope="module")
def setting(kg: KnowledgeGraph) -> Setting:
    """A build without chains, with one pair inside the region and one that is not."""
    shelf = Shelf(kg.store)
    pairs = {PAIR: 5, ("azerbaijan", "russia"): 57}
    return Setting(KnowledgeGraph(shelf), shelf, DAY, "https://backstory.example/", pairs=pairs)


@pytest.fixture(scope="module")
def page(setting: Setting) -> str:
    return entity_page.html("middle-east", setting)


def lying(region: str, setting: Setting, day: str) -> set[str]:
    return {c.subject for c in dossier.areas(region, setting.shelf, when_.day(day))}


def test_a_region_opens_with_how_many_lie_there(page: str) -> None:
    assert "15 countries and 4 territories lie here, by what is recorded." in page
    assert "is a region" not in page


def test_every_claim_that_places_a_country_is_counted_once(setting: Setting) -> None:
    claims = setting.shelf.claims(object="middle-east", predicate="locatedIn")
    assert lying("middle-east", setting, "2026-11-01") == {c.subject for c in claims}
    assert len(dossier.areas("middle-east", setting.shelf, DAY)) == 19


def test_its_states_have_their_heads_on_the_day(page: str) -> None:
    row = next(r for r in re.findall(r"<tr>.*?</tr>", page, re.S) if 'href="../../e/turkey/index.html"' in r)
    told = re.findall(r"<bdi>(.*?)</bdi>", row)
    assert told[:4] == ["Turkey", "Ankara", "Recep Tayyip Erdogan", "Aug. 28, 2014"]


def test_what_is_too_small_for_the_map_is_named(page: str) -> None:
    assert re.search(r"too small to draw: [^.]*Bahrain", page)
    assert re.search(r'<a href="../../e/iran/index.html" aria-label="Iran"><title>Iran</title><path', page)


def test_only_pairs_inside_the_region_are_told(setting: Setting, page: str) -> None:
    assert region_page.pairs("middle-east", setting) == [(PAIR, 5)]
    assert "pair/iran--iraq/index.html" in page
    assert "pair/azerbaijan--russia" not in page


def test_alliances_say_how_many_of_its_countries_belong(page: str) -> None:
    assert re.search(r"<bdi>Gulf Cooperation Council</bdi></a> <span class=\"soft\">6 of 15<", page)


def test_the_frame_is_of_main_lands() -> None:
    """France without French Guiana, and what lies outside the frame is not drawn."""
    frame = worldmap.frame(["FRA", "ESP"])
    assert frame is not None
    x, y, wide, high = frame
    paris, cayenne = worldmap.project(2.35, 48.86), worldmap.project(-52.3, 4.9)
    assert x < paris[0] < x + wide
    assert y < paris[1] < y + high
    assert not x < cayenne[0] < x + wide
    assert "title>Australia" not in worldmap.svg({}, frame=frame)
    assert "title>Germany" in worldmap.svg({}, frame=frame)
    assert worldmap.frame(["BHR"]) is None


def test_kosovo_is_on_the_map_though_iso_gives_it_no_number() -> None:
    assert worldmap.drawn(["XKX"])
    assert 'aria-label="Kosovo"' in worldmap.svg({"XKX": ("kosovo", "Kosovo")})


@pytest.mark.parametrize(
    "days", [("2024-12-29", "2025-06-30"), ("2021-06-30", "2021-12-30"), ("2023-10-01", "2024-04-01")]
)
def test_no_turn_s_date_lies_across_the_line_of_another(days: tuple[str, str]) -> None:
    turns = tuple(Turn(when_.day(d), "e", "Event", 0.0, 1.0) for d in days)
    bars = tuple(Bar(y, m, 1, -1.0, 1.0) for y in range(2021, 2027) for m in range(1, 13))
    drawn = timeline.chart(Trajectory(bars, 1, turns, 72, 36, 36, when_.day("2021-01-01")))
    for svg in re.findall(r"<svg.*?</svg>", drawn, re.S):
        lines = [(float(x), float(top)) for x, top in re.findall(r'class="turn" d="M([\d.]+) (\d+)V', svg)]
        dates = re.findall(r'class="turned" x="([\d.]+)" y="(\d+)" text-anchor="(\w+)"', svg)
        assert len(lines) == len(dates) == 2
        for (own, _), (text_x, text_y, anchor) in zip(lines, dates, strict=True):
            left, right = (
                (float(text_x) - 84, float(text_x)) if anchor == "end" else (float(text_x), float(text_x) + 84)
            )
            assert [x for x, top in lines if x != own and left <= x <= right and top <= float(text_y)] == []
            assert left >= 0
