"""The stories beside the first: that chains and paragraphs work on what they were not made for."""

from __future__ import annotations

import pytest

from graph.claim import Status
from graph.knowledge import KnowledgeGraph
from graph.tell.verify import verify
from graph.when import Clocks, day

BACKBONES = (
    (
        ("Finland",),
        "2023-04-05",
        ("ukraine-invasion-2022", "nordic-nato-applications-2022", "madrid-memorandum-2022", "finland-joins-nato-2023"),
    ),
    (
        ("Sweden", "Turkey"),
        "2024-03-10",
        ("madrid-memorandum-2022", "erdogan-refuses-support-2023", "vilnius-agreement-2023", "sweden-joins-nato-2024"),
    ),
    (
        ("Niger",),
        "2025-02-10",
        ("niger-coup-2023", "ecowas-sanctions-niger-2023", "sahel-states-announce-exit-2024",
         "sahel-states-leave-ecowas-2025"),
    ),
)  # fmt: skip
STORIES = ("finland-sweden-nato-2022", "sahel-ecowas-2024")


@pytest.mark.parametrize(("focus", "as_of", "wanted"), BACKBONES, ids=[" ".join(b[0]) for b in BACKBONES])
def test_the_chain_holds_the_story_in_order(
    kg: KnowledgeGraph, focus: tuple[str, ...], as_of: str, wanted: tuple[str, ...]
) -> None:
    events = [s.event for s in kg.chain(*focus, as_of=as_of, events=9).steps]
    assert [e for e in events if e in wanted] == list(wanted)


@pytest.mark.parametrize("story", STORIES)
def test_its_paragraph_is_cited_and_accepted(kg: KnowledgeGraph, story: str) -> None:
    as_of = "2025-02-10"
    paragraph = kg.tell(kg.chain(story, as_of=as_of, events=9), words=150)
    assert all(s.claims and s.sources for s in paragraph.sentences)
    verdicts = verify(paragraph.text, kg.store, kg.names, Clocks(day(as_of)), day(as_of))
    assert [v.text for v in verdicts if not v.accepted] == []


def test_names_inside_sentences(kg: KnowledgeGraph) -> None:
    text = kg.tell(kg.chain("finland-sweden-nato-2022", as_of="2024-03-08", events=11), words=240).text
    assert "NATO's secretary general" in text
    assert " erdogan" not in text


def test_a_country_and_its_two_heads_are_told_in_one_sentence(kg: KnowledgeGraph) -> None:
    text = kg.tell(kg.chain("Niger", "ECOWAS", as_of="2024-06-30", events=9), words=150).text
    assert (
        "Abdourahamane Tchiani has been the head of state of Niger since July 28, 2023, "
        "and Ali Mahaman Lamine Zeine its head of government since Aug. 9, 2023."
    ) in text


def test_a_short_text_tells_the_gravest_turn(kg: KnowledgeGraph) -> None:
    text = kg.tell(kg.chain("Niger", "ECOWAS", as_of="2024-06-30", events=6), words=60).text
    assert "said on Jan. 28 that they were leaving ECOWAS at once" in text


def test_a_summary_after_its_date_has_no_capital_inside(kg: KnowledgeGraph) -> None:
    text = kg.tell(kg.chain("Niger", "ECOWAS", as_of="2024-06-30"), words=240, at_most=True).text
    assert "On Jan. 28, in a joint statement Mali, Burkina Faso and Niger said" in text


def test_two_days_for_one_charter_stand_as_a_conflict(kg: KnowledgeGraph) -> None:
    dates = kg.store.claims(subject="liptako-gourma-charter-signing-2023", predicate="happened")
    assert {(c.value, c.status) for c in dates} == {
        ("2023-09-16", Status.ACCEPTED),
        ("2023-09-15", Status.CONTESTED),
    }


def test_nobody_had_left_before_the_day(kg: KnowledgeGraph) -> None:
    events = [s.event for s in kg.chain("ECOWAS", as_of="2025-01-28", events=9).steps]
    assert "sahel-states-leave-ecowas-2025" not in events
