"""Pictures of shared pages: real PNGs that hold their words, the same twice, drawn only when they say something new."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from graph.rdf import Bundle
from graph.store import Store
from tests.conftest import store_of
from tests.world import WORLD
from viz import card_type, cards, look, page, previews, setting, site
from viz.cards import Card, Point
from viz.setting import Setting
from viz.shelf import Shelf

DAY = when_.day("2024-06-01")
BASE = "https://news.example/backstory/"
META = re.compile(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">')

LONG = "Agency for the Prohibition of Nuclear Weapons in Latin America and the Caribbean, its members and its observers"
STEPS = tuple(Point(f"Sept. {n}, 2025", f"Step {n}: {LONG}", n * n) for n in range(1, 10))
CARDS = {
    "plain": Card("Country", "country", "France", facts=(("Head of state", "Emmanuel Macron", "since May 14, 2017"),)),
    "long title": Card("Alliance", "alliance", LONG, "1967 to 2025", facts=(("Members", "33 countries", ""),) * 3),
    "longer than any": Card("Event", "event", f"{LONG}; " * 9, LONG * 3, STEPS, foot=LONG * 3),
    "one word": Card("Llanfair" * 9, "event", "Donaudampfschifffahrts" * 12, facts=((LONG, LONG * 2, "since 1995"),)),
    "chain": Card("Azerbaijan and Russia", "event", "Yekaterinburg raids", "Nine events", STEPS, foot="51 sources"),
    "Arabic": Card("Country", "country", "المملكة العربية السعودية (2025)", facts=(("ראש הממשלה", "בנימין", ""),)),
    "Chinese": Card("Country", "country", "中华人民共和国", facts=(("Capital", "北京, ไทย, नेपाल, 😀", ""),)),
    "markup": Card("<b>", "event", "<script>alert(1)</script>\x1b[2J\u202e &amp;"),
}


def pixels(card: Card) -> Image.Image:
    """The card as any reader of PNG sees it."""
    found = Image.open(io.BytesIO(cards.png(card)))
    found.load()
    return found.convert("RGB")


@pytest.mark.parametrize("name", CARDS)
def test_everything_on_a_card_lies_inside_its_margins(name: str) -> None:
    picture = pixels(CARDS[name])
    assert picture.size == (1200, 630)
    paper = Image.new("RGB", picture.size, look.load().colours["paper"][0])
    box = ImageChops.difference(picture, paper).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert (left >= cards.MARGIN - 2, top >= 36, right <= 1202 - cards.MARGIN, bottom <= 618) == (True,) * 4, box


@pytest.mark.parametrize("name", CARDS)
def test_no_two_texts_of_a_card_meet(name: str) -> None:
    texts = cards.drawn(CARDS[name]).set
    meeting = [
        (a, b) for at, a in enumerate(texts) for b in texts[at + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]  # fmt: skip
    assert meeting == []


def test_a_title_is_as_large_as_it_fits_and_cut_only_at_the_end() -> None:
    short, _ = card_type.fitted("France", "headline", sizes=(96, 60, 42), most=1060, high=250)
    size, lines = card_type.fitted(LONG, "headline", sizes=(96, 60, 42), most=1060, high=250)
    assert (short, size) == (96, 60)
    assert " ".join(lines) == LONG
    _, cut = card_type.fitted(LONG * 5, "headline", sizes=(96, 60, 42), most=1060, high=250)
    assert cut[-1].endswith("…")
    assert (LONG * 5).startswith(cut[0])
    assert all(card_type.width(line, "headline", 42) <= 1060 for line in cut)


def test_lines_are_about_equally_long() -> None:
    lines = card_type.balanced("Mali, Burkina Faso and Niger leave ECOWAS", "headline", size=56, most=1060, rows=3)
    assert lines == ("Mali, Burkina Faso and", "Niger leave ECOWAS")


def face(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(card_type.FONTS / f"{file}.woff2"), size, layout_engine=ImageFont.Layout.BASIC)


def test_widths_are_those_of_the_faces_and_every_letter_can_be_drawn() -> None:
    """Each letter of each table against what FreeType measures in the file, in thousandths of an em."""
    widths, kerning = card_type._table()
    assert set(widths) == {"newsreader", *card_type.OTHERS}
    fonts = {file.stem: face(file.stem, 1000) for file in card_type.FONTS.glob("*.woff2")}
    small = {file: face(file, 48) for file in fonts}
    for name, table in widths.items():
        for letter, advance in table.items():
            file = f"newsreader-{page.needed(letter)[-1]}" if name == "newsreader" else f"cards-{name}"
            assert abs(fonts[file].getlength(letter) - advance) <= 3, (letter, file)
            small[file].getmask(letter)
    assert kerning["T", "o"] < -50
    assert kerning["A", "V"] < -50


SCRIPTS = (
    "Łódź, Əliyev, İstanbul, Reykjavík, Nguyễn Phú Trọng", "Владимир Путин", "Κυριάκος Μητσοτάκης",
    "בנימין נתניהו", "محمد بن سلمان", "Երևան", "თბილისი", "北京", "서울", "กรุงเทพ", "नेपाल", "“quoted” – yes…", "5 €",
)  # fmt: skip


def shape(letter: str, font: ImageFont.FreeTypeFont) -> bytes:
    """What a font draws for a letter."""
    image = Image.new("L", (200, 200))
    ImageDraw.Draw(image).text((50, 100), letter, 255, font, "ls")
    return image.tobytes()


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("style", ["headline", "plain", "bold"])
def test_no_letter_is_an_empty_box(text: str, style: card_type.Style) -> None:
    line = card_type.line(card_type.readable(text), style)
    assert len(line.glyphs) >= len(text.split())
    for glyph in line.glyphs:
        font = face(glyph.file, 60)
        drawn = shape(glyph.letter, font)
        assert glyph.letter == " " or (any(drawn) and drawn != shape("\U000f0000", font)), glyph


def test_what_no_face_has_is_spelled_in_latin_letters() -> None:
    assert card_type.readable("北京") == "Bei Jing"
    assert card_type.readable("Мир, שלום") == "Мир, שלום"
    assert card_type.readable("a\u202eb\u200b k̲") == "ab k"


def test_right_to_left() -> None:
    def seen(text: str) -> str:
        return "".join(g.letter for g in card_type.line(text, "headline").glyphs)

    assert seen("שלום") == "םולש"
    assert seen("שלום (2025)") == "(2025) םולש"
    assert seen("Riyadh שלום Tel Aviv") == "Riyadh םולש Tel Aviv"
    assert seen("بيت") == "ﺖﻴﺑ"  # the forms of an end, a middle and a beginning, from left to right
    assert card_type.runs_left("(שלום")
    assert not card_type.runs_left("Tel Aviv שלום")


def test_every_card_is_the_same_twice_and_told_in_words() -> None:
    for name, card in CARDS.items():
        assert cards.png(card) == cards.png(card), name
        assert card.title in card.alt
        for point in (card.steps[0], card.steps[-1]) if card.steps else ():
            assert point.name in card.alt
    assert len({cards.key(c) for c in CARDS.values()}) == len(CARDS)


@pytest.fixture(scope="module")
def built(world: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cards") / "out"
    site.build(KnowledgeGraph(world), out, as_of=DAY, base=BASE, jobs=1)
    return out


def test_every_page_names_its_picture_in_words_and_in_full(built: Path) -> None:
    named = set()
    for path in sorted(built.rglob("*.html")):
        meta = dict(META.findall(path.read_text(encoding="utf-8")))
        address = meta["og:image"]
        assert address.startswith(f"{BASE}cards/"), path
        file = built / address.removeprefix(BASE).partition("?")[0]
        with Image.open(file) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630)), path
        assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
        assert meta["og:image:type"] == "image/png"
        assert len(html.unescape(meta["og:image:alt"])) > 20
        assert meta["twitter:card"] == "summary_large_image"
        named.add(file)
    kinds = {built / f"cards/kind/{group}.png" for group in look.load().groups}
    assert {*built.glob("cards/**/*.png")} - named <= kinds, "a picture that no page names"


def test_which_pages_have_a_picture_of_their_own(built: Path) -> None:
    def named(page: str) -> str:
        text = (built / page / "index.html").read_text(encoding="utf-8")
        return str(dict(META.findall(text))["og:image"]).removeprefix(f"{BASE}cards/").partition("?")[0]

    assert named("e/finland") == "e/finland.png"
    assert named("e/crimea-treaty-2014") == "e/crimea-treaty-2014.png"
    assert named("e/alexander-stubb") == "e/alexander-stubb.png", "he heads Finland on the day"
    assert named("e/sauli-niinisto") == "kind/person.png", "he no longer does"
    assert named("e/moscow-ru") == "kind/place.png"
    assert named("e/ap") == "kind/source.png"
    assert named("years") == "site.png"


def test_the_picture_of_everything_else_is_told_as_it_is_drawn() -> None:
    assert previews.SITE_CARD.alt == setting.EVERYWHERE.alt


def test_only_cards_that_say_something_else_are_drawn_again(
    built: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def address(page: str) -> str:
        return str(dict(META.findall((built / page / "index.html").read_text(encoding="utf-8")))["og:image"])

    drawn: list[str] = []
    real = cards.png
    before = {page: address(page) for page in ("e/finland", "e/russia")}

    def png(card: Card) -> bytes:
        drawn.append(card.title)
        return real(card)

    monkeypatch.setattr(cards, "png", png)
    later = [replace(c, when="2024-03-02/..") if c.subject == "alexander-stubb" else c for c in WORLD.claims]
    folder = tmp_path / "later"
    folder.mkdir()
    changed = store_of(Bundle(WORLD.entities, WORLD.articles, tuple(later)), folder, cache)
    site.build(KnowledgeGraph(changed), built, as_of=DAY, base=BASE, jobs=1)
    assert sorted(drawn) == ["Alexander Stubb", "Finland"]
    assert address("e/finland") != before["e/finland"], "whoever keeps pictures by address would show the old one"
    assert address("e/russia") == before["e/russia"]


def test_cards_tell_what_holds_on_the_day(kg: KnowledgeGraph) -> None:
    shelf = Shelf(kg.store)
    real = Setting(KnowledgeGraph(shelf), shelf, when_.day("2026-11-01"), BASE)
    assert previews.thing("nato", real).facts[0] == ("Members", "32 countries", "")
    assert previews.thing("osce", real).facts[0] == ("Members", "57 countries", "")
    france = previews.thing("france", real)
    assert france.facts[0] == ("Head of state", "Emmanuel Macron", "since May 14, 2017")
    assert france.facts[2] == ("Capital", "Paris", "")
    raids = previews.thing("yekaterinburg-raids-2025", real)
    assert (raids.kicker, raids.span) == ("Raid", "June 27, 2025")
    assert raids.facts[0] == ("Actor", "Sverdlovsk police", "")
    assert previews.has_own("emmanuel-macron", real)
    assert not previews.has_own("francois-hollande", real)
    assert not previews.has_own("paris-fr", real)
