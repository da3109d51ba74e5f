"""Rows 16 and 35 of the threat model on pages: control characters as visible marks, directions kept inside names."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graph.claim import Article, Citation, Claim, Entity, Literal, article_id
from graph.rdf import Bundle
from tests.conftest import store_of
from tests.graph.sources.hostile import run
from viz.templating import embed, environment

NAME = "Ba\x1b[2Jku\x01\x9b\u202etxt"
SHOWN = "Ba␛[2Jku␁⟨U+009B⟩\u202etxt"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
URL = "https://example.org/a"
ARTICLE = Article(article_id(URL), URL, NAME, "outlet", "2025-01-01")
SAID = (Citation(ARTICLE.id, NAME),)


def claim(subject: str, predicate: str, thing: str | Literal, time: str = "") -> Claim:
    return Claim(subject, predicate, thing, SAID, time, recorded="2025-01-20")


HOSTILE = Bundle(
    (
        Entity("alpha", "Country", ((NAME, "en"),), ((NAME[::-1], "en"),)),
        Entity("beta", "Country", (("Beta", "en"),)),
        Entity("outlet", "Source", ((NAME, "en"),)),
        Entity("tale", "Story", ((NAME, "en"),)),
        Entity("told", "Accusation", ((NAME, "en"),)),
    ),
    (ARTICLE,),
    (
        claim("told", "happened", Literal("2025-01-02", "date"), "2025-01-02"),
        claim("told", "actor", "alpha"),
        claim("told", "target", "beta"),
        claim("told", "inStory", "tale"),
        claim("told", "summary", Literal(NAME)),
    ),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    folder = tmp_path_factory.mktemp("marks")
    store_of(HOSTILE, folder, cache)
    return folder


@pytest.fixture(scope="module")
def pages(data: Path) -> dict[str, str]:
    """Every page, script and feed of the site, and the page of one thing alone, by name."""
    out = data.parent / "site"
    done = run("site", "build", out, "--data", data, "--as-of", "2025-03-01")
    assert done.code == 0, done.said
    alone = data.parent / "alone.html"
    done = run("page", "alpha", "--data", data, "--as-of", "2025-03-01", "-o", alone)
    assert done.code == 0, done.said
    found = [alone, *(p for ending in ("html", "xml", "js") for p in out.rglob(f"*.{ending}"))]
    found = [p for p in found if not p.name.startswith("vis-")]  # a library of others
    return {p.name if p == alone else str(p.relative_to(out)): p.read_text(encoding="utf-8") for p in found}


def test_16_no_page_holds_a_control_character(pages: dict[str, str]) -> None:
    # A script without a type is a library or our own, and names are never in it.
    said = {name: re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL) for name, text in pages.items()}
    assert [name for name, text in said.items() if CONTROL.search(text)] == []
    told = [name for name, text in pages.items() if SHOWN in text]
    assert {"alone.html", "e/told/index.html", "feeds/tale.xml"} <= set(told)
    assert any(name.endswith(".js") for name in told), "the search shows it as well"


def test_16_feeds_and_drawings_are_xml(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        if name.endswith(".xml"):
            assert ET.fromstring(text).tag
    for svg in re.findall(r"<svg\b.*?</svg>", pages["alone.html"], re.DOTALL):
        assert ET.fromstring(re.sub(r"&nbsp;", " ", svg)).tag


def test_16_rdfxml_is_xml(data: Path, tmp_path: Path) -> None:
    done = run("export", "rdfxml", "--data", data, "-o", tmp_path / "a.rdf")
    assert done.code == 0, done.said
    assert SHOWN in (tmp_path / "a.rdf").read_text(encoding="utf-8")
    assert ET.parse(tmp_path / "a.rdf").getroot().tag.endswith("RDF")


class Loose(HTMLParser):
    """Collects text with a direction character that stands in no element of its own."""

    apart = ("bdi", "script", "title", "text", "option", "desc")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "\u202e" in data and not set(self.open) & set(self.apart):
            self.found.append(f"{self.open[-3:]}: {data.strip()[:60]}")


def test_35_a_name_with_directions_stands_apart(pages: dict[str, str]) -> None:
    loose = {}
    for name, text in pages.items():
        if name.endswith(".html"):
            parser = Loose()
            parser.feed(text)
            loose[name] = parser.found
    assert {name: found for name, found in loose.items() if found} == {}


@pytest.mark.parametrize("text", ["\x1b", "\\\x1b", "\\u001b", "\\\\u001b", "a\b\f\x7f\x80", "\n\t"])
def test_16_embedded_data_and_templates_show_marks(text: str) -> None:
    from json import loads

    from graph import marks

    assert loads(str(embed([text]))) == [marks.controls(text)]
    assert environment().from_string("{{ text }}").render(text=text) == marks.controls(text)
