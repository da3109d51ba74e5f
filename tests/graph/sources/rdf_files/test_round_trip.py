"""Claims → every RDF syntax → the same claims."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import model, rdf
from graph.claim import Article, Citation, Claim, Entity, Literal, Stance, Status, article_id
from graph.exports import FORMATS, writer
from graph.exports.extract import Extract
from graph.rdf import Bundle
from graph.sources.rdf_files.importer import read
from graph.sources.rdf_files.parse import SYNTAXES, syntax_of
from tests.world import WORLD

MODEL = model.load()
# XML cannot hold control characters at all, nor keep a carriage return.
_NOT_XML = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if n not in (9, 10)]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_NOT_XML), min_size=1, max_size=40)
IDS = st.sampled_from(["finland", "nato", "x-1", "a"])
DAYS = st.sampled_from(
    ["2024-02-29", "1995", "2004~", "2014-02-20/2014-03-18", "2023-04-04/..", "1990/", "-0044-03-15"]
)
LANGS = st.sampled_from(["", "en", "ru", "zh-hant"])
VALUES = st.one_of(
    st.builds(Literal, TEXT, st.just("text"), LANGS),
    st.builds(lambda n: Literal(str(n), "integer"), st.integers()),
    st.builds(lambda n: Literal(str(n), "number"), st.decimals(-1000, 1000, places=3)),
    st.builds(lambda d: Literal(d, "date"), DAYS),
    st.just(Literal("POINT(1 2)", "point")),
    st.just(Literal("https://example.org/?a=1&b=2#c", "url")),
    st.builds(lambda t: Literal(t, "code"), st.text("ABC123", min_size=1)),
)
ARTICLES = st.builds(
    lambda url, title, lang, published, archived: Article(
        article_id(url), url, title, "finland", published, "page", lang, archived=archived, accessed="2026-11-23"
    ),
    st.sampled_from(["https://example.org/a", "http://example.org/ø?q='&x=%20"]),
    TEXT,
    LANGS,
    st.sampled_from(["2024", "2024-03?", "2024-03-01"]),
    st.sampled_from(["", "https://example.org/archived"]),
)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Articles, entities and claims that cite them, each once."""
    articles = {a.id: a for a in draw(st.lists(ARTICLES, min_size=1, max_size=2))}
    citations = st.builds(
        Citation, st.sampled_from(sorted(articles)), TEXT, st.just("a short quote"), st.sampled_from(["", "nato"])
    )
    made = st.builds(
        Claim,
        IDS,
        st.sampled_from(["memberOf", "founded", "summary"]),
        st.one_of(IDS, VALUES),
        st.lists(citations, min_size=1, max_size=3, unique_by=lambda c: c.id).map(tuple),
        st.one_of(st.just(""), DAYS),
        st.sampled_from(list(Status)),
        st.sampled_from([(), (("capacity", Literal("acting")),)]),
        recorded=st.sampled_from(["", "2026-11-23"]),
        confirmed=st.sampled_from(["", "2026-01-01"]),
        withdrawn=st.sampled_from(["", "2026-11-24"]),
    )
    claims = {c.id: c for c in draw(st.lists(made, max_size=5))}
    names = st.lists(st.tuples(TEXT.filter(str.strip), LANGS), min_size=1, max_size=2, unique_by=lambda n: n[1])
    entities = st.builds(
        lambda key, named, others: Entity(
            key,
            "Country",
            tuple(sorted(named, key=lambda n: (n[1] != "en", n[1], n[0]))),
            tuple(sorted(set(others))),
            ("https://example.org/x",),
        ),
        IDS,
        names,
        st.lists(st.tuples(TEXT, LANGS), max_size=2),
    )
    things = {e.id: e for e in draw(st.lists(entities, max_size=3))}
    return Bundle(tuple(things.values()), tuple(articles.values()), tuple(claims.values()))


def round_trip(bundle: Bundle, syntax: str, folder: Path) -> None:
    path = folder / f"x{FORMATS[syntax].ending}"
    out = io.BytesIO()
    writer(syntax)(Extract(bundle, MODEL), out)
    path.write_bytes(out.getvalue())
    found = read(path, syntax, MODEL)
    assert found.rejected == ()
    assert found.left == ()
    assert set(found.claims) == set(bundle.claims)
    assert set(found.entities) == set(bundle.entities)
    assert set(found.articles) == set(bundle.articles)


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
@settings(max_examples=25, deadline=None)
@given(bundle=bundles())
def test_nothing_is_lost(syntax: str, bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> None:
    round_trip(bundle, syntax, tmp_path_factory.mktemp("trip"))


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
def test_the_world(syntax: str, tmp_path: Path) -> None:
    round_trip(WORLD, syntax, tmp_path)


def test_stances_are_kept(tmp_path: Path) -> None:
    article = WORLD.articles[0]
    denied = Claim(
        "finland", "memberOf", "nato", (Citation(article.id), Citation(article.id, "line 2", stance=Stance.DENIES))
    )
    round_trip(Bundle((), (article,), (denied,)), "nquads", tmp_path)


@pytest.mark.parametrize("name", ["a.ttl", "a.TTL.gz", "a.owl", "a.jsonld.xz"])
def test_endings_name_the_syntax(name: str) -> None:
    assert syntax_of(Path(name)) in SYNTAXES


def test_a_real_file_comes_back(root: Path) -> None:
    path = root / "data" / "triples" / "azerbaijan-russia.ttl"
    found, wanted = read(path, "turtle", MODEL), rdf.read(path)
    assert set(found.claims) == set(wanted.claims)
    assert (set(found.entities), set(found.articles)) == (set(wanted.entities), set(wanted.articles))
    assert (found.rejected, found.left) == ((), ())
