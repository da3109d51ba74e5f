"""The paragraph of the real story: cited, attributed, of the length asked for, the same every time."""

from __future__ import annotations

import itertools
import json

import pytest

from graph import voices
from graph.errors import Insufficient
from graph.knowledge import KnowledgeGraph
from graph.tell import render
from graph.tell.paragraph import Paragraph
from graph.tell.plan import events_for
from graph.tell.references import long_reference
from graph.when import day, iso

AS_OF = "2025-07-14"


def told(
    kg: KnowledgeGraph, *focus: str, words: int = 150, as_of: str = AS_OF, known_at: str | None = None
) -> Paragraph:
    chain = kg.chain(*focus, as_of=as_of, known_at=known_at, events=events_for(words))
    return kg.tell(chain, words=words)


def test_every_sentence_has_claims_and_sources(kg: KnowledgeGraph) -> None:
    paragraph = told(kg, "Yekaterinburg raids")
    assert len(paragraph.sentences) >= 5
    for sentence in paragraph.sentences:
        assert sentence.claims, sentence.text
        assert sentence.sources, sentence.text
        for claim in sentence.claims:
            assert kg.store.claim(claim).citations


@pytest.mark.parametrize("words", [60, 100, 150, 200, 240])
def test_length(words: int, kg: KnowledgeGraph) -> None:
    assert abs(told(kg, "Azerbaijan", "Russia", words=words, as_of="2025-12-31").words - words) <= 0.08 * words + 1


def test_both_accounts_of_the_deaths_stand_attributed(kg: KnowledgeGraph) -> None:
    text = told(kg, "Yekaterinburg raids").text
    assert "Russia's Investigative Committee attributed the deaths to heart failure" in text
    assert "Azerbaijan's Prosecutor General's Office attributed them to traumatic shock" in text


def test_the_figure_and_its_outlier(kg: KnowledgeGraph) -> None:
    paragraph = told(kg, "Azerbaijan Airlines Flight 8243 crash", as_of="2025-07-31")
    crash = next(s for s in paragraph.sentences if s.about == "azal-crash-2024" and s.kind == "event")
    assert "killing 38 of the 67 people aboard" in crash.text
    assert "conflict" in crash.flags
    assert "67 people were killed" not in paragraph.text


def test_a_date_on_which_outlets_differ_names_both(kg: KnowledgeGraph) -> None:
    assert "June 29 (one outlet says June 27)" in told(kg, "Yekaterinburg raids").text


def test_nothing_later_than_the_day_is_told(kg: KnowledgeGraph) -> None:
    paragraph = told(kg, "Azerbaijan", "Russia", as_of="2024-12-31")
    for sentence in paragraph.sentences:
        time = kg.store.event(sentence.about).when
        assert time is not None
        assert iso(time.begin_earliest) <= "2024-12-31"
    assert "2025" not in paragraph.text


def test_nothing_published_later_is_used(kg: KnowledgeGraph) -> None:
    paragraph = told(kg, "Yekaterinburg raids", words=60, as_of="2025-06-29", known_at="2025-06-29")
    cut = day("2025-06-29")
    for claim in paragraph.claims:
        assert kg.store.known(kg.store.claim(claim)) <= cut
    assert all(kg.store.article(source.article).known <= cut for source in paragraph.sources)


def test_people_are_named_in_full_with_their_office_once(kg: KnowledgeGraph) -> None:
    text = told(kg, "Azerbaijan", "Russia", words=200, as_of="2025-12-31").text
    assert text.count("Russian President Vladimir Putin") == 1
    assert text.index("Russian President Vladimir Putin") <= text.index(" Putin ")


def test_same_question_same_bytes(kg: KnowledgeGraph) -> None:
    one, two = (render.as_json(told(kg, "Yekaterinburg raids")) for _ in range(2))
    assert one == two


def test_outputs_agree(kg: KnowledgeGraph) -> None:
    paragraph = told(kg, "Yekaterinburg raids")
    value = json.loads(render.as_json(paragraph))
    assert (
        value["text"]
        == paragraph.text
        == "".join(
            (" " if at else "") + "".join(span["text"] for span in s["spans"])
            for at, s in enumerate(value["sentences"])
        )
    )
    shown = {a for s in paragraph.sentences for a in s.best}
    assert len(shown) < len(paragraph.sources)
    for source in paragraph.sources:
        assert source.url in render.html(paragraph)
        assert (source.url in render.text(paragraph)) is (source.article in shown)
        assert (source.url in render.markdown(paragraph)) is (source.article in shown)
    assert len(json.loads(render.csl(paragraph))) == render.bibtex(paragraph).count("@misc{") == len(paragraph.sources)


def test_the_three_best_sources_stand_beside_a_sentence(kg: KnowledgeGraph) -> None:
    """No two of one voice, the parties' own words only after others, all of them in the JSON."""
    paragraph = told(kg, "Yekaterinburg raids")
    for sentence in paragraph.sentences:
        assert 1 <= len(sentence.best) <= 3
        assert set(sentence.best) <= set(sentence.sources)
        heard = [voices.voice(a, kg.store) for a in sentence.best]
        assert len(set(heard)) == len(heard)
    assert " more]" in render.text(paragraph)


def test_the_news_leads_and_goes_back(kg: KnowledgeGraph) -> None:
    sentences = [s.text for s in told(kg, "Yekaterinburg raids").sentences]
    assert "raided" in sentences[0]
    assert any("had crashed near Aktau, Kazakhstan, on Dec. 25, 2024," in s for s in sentences[1:])
    older = [s.text for s in told(kg, "Yekaterinburg raids", as_of="2026-03-10").sentences]
    assert "raided" not in older[0], "a year later the story begins at its beginning"


def test_the_background_is_told_before_what_followed(kg: KnowledgeGraph) -> None:
    """The investigation is dated only "by June 28", but a source puts it before the raids of June 27."""
    investigated = "yekaterinburg-investigation-2025"
    chain = kg.chain("Yekaterinburg raids", as_of=AS_OF, events=9, pins=[investigated])
    texts = [s.text for s in kg.tell(chain, words=150).sentences]
    investigation = next(n for n, t in enumerate(texts) if "had opened an investigation" in t)
    summons = next(n for n, t in enumerate(texts) if "summoned" in t)
    assert investigation < summons


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("mustafayev-protest-2025", "Azerbaijan's protest in Moscow"),
        ("stockholm-quran-burning-2023", "the Quran burning in Stockholm"),
        ("russian-house-closure-2025", "the closure of the Russian House in Baku"),
    ],
)
def test_the_name_of_an_event_inside_a_sentence(event: str, says: str, kg: KnowledgeGraph) -> None:
    assert long_reference(kg.store.event(event), kg.store) == says


def test_no_two_sentences_open_alike(kg: KnowledgeGraph) -> None:
    for focus, as_of in (
        (("Yekaterinburg raids",), AS_OF),
        (("Finland",), "2024-03-31"),
        (("Turkey", "Sweden"), "2024-03-31"),
    ):
        texts = [s.text for s in told(kg, *focus, as_of=as_of).sentences]
        leads = [t.startswith(("On ", "In ", "By ")) for t in texts]
        assert not any(all(leads[at : at + 3]) for at in range(len(leads) - 2)), texts
        assert all(a.split()[:3] != b.split()[:3] for a, b in itertools.pairwise(texts)), texts


def test_audiences(kg: KnowledgeGraph) -> None:
    chain = kg.chain("Azerbaijan", "Russia", as_of="2025-12-31", events=7)
    lay, informed, expert = (kg.tell(chain, words=150, audience=a).text for a in ("lay", "informed", "expert"))
    assert "President" in informed
    assert "President" not in expert
    assert ", a Russian cultural center in Baku" in lay
    assert ", a Russian cultural center in Baku" not in informed


@pytest.mark.parametrize("words", [45, 71, 83, 128, 173, 211])
def test_any_number_of_words(words: int, kg: KnowledgeGraph) -> None:
    assert abs(told(kg, "Azerbaijan", "Russia", words=words, as_of="2025-12-31").words - words) <= 0.08 * words


def test_too_few_claims_are_insufficient_unless_less_will_do(kg: KnowledgeGraph) -> None:
    chain = kg.chain("Coup in Niger", as_of="2023-09-30", events=9)
    with pytest.raises(Insufficient, match="can be said"):
        kg.tell(chain, words=400)
    assert kg.tell(chain, words=400, at_most=True).words < 200


def test_html_is_inert(kg: KnowledgeGraph) -> None:
    import dataclasses

    paragraph = told(kg, "Yekaterinburg raids")
    hostile = dataclasses.replace(
        paragraph.sources[0], title="<img src=x onerror=alert(1)>", url='https://a.example/"onload="x'
    )
    text = render.html(dataclasses.replace(paragraph, sources=(hostile, *paragraph.sources[1:])))
    assert "<img" not in text
    assert '"onload="' not in text


def test_a_source_without_a_title_is_told_by_its_publisher_and_day(kg: KnowledgeGraph) -> None:
    import dataclasses

    paragraph = told(kg, "Yekaterinburg raids")
    bare = dataclasses.replace(
        paragraph.sources[0], publisher="Azernews", title="", published="2025-02-06", url="https://a.example/1"
    )
    bared = dataclasses.replace(paragraph, sources=(bare, *paragraph.sources[1:]))
    assert f"[{bare.number}] Azernews, 2025-02-06, https://a.example/1" in render.text(bared)
    assert f"[^{bare.number}]: Azernews, [2025-02-06](https://a.example/1)." in render.markdown(bared)
    assert "<bdi>2025-02-06</bdi></a></li>" in render.html(bared)
    assert "title" not in json.loads(render.csl(bared))[0]
    assert "title" not in render.bibtex(bared).split("}\n")[0]


def test_any_question_gives_cited_sentences_or_insufficient(kg: KnowledgeGraph) -> None:
    """A sample of what `python -m benchmarks.prose.questions` asks a thousand times."""
    from benchmarks.prose.questions import ask

    asked = ask(kg, 60, seed=20251123)
    assert not asked.faults
    assert asked.told > 10
