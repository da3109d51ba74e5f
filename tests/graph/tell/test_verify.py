"""The verifier accepts every sentence we write and refuses what nobody said."""

from __future__ import annotations

import pytest

from benchmarks.prose.mutants import MUTATIONS, measure, natural
from graph.knowledge import KnowledgeGraph
from graph.tell.verify import sentences, verify
from graph.when import Clocks, day

TODAY = day("2025-07-14")
SAID = "The Sverdlovsk police raided homes of Azerbaijani residents in Yekaterinburg on June 27."
WRONG = [
    ("another day", SAID.replace("27", "28"), "date"),
    ("another place", SAID.replace("in Yekaterinburg", "in Moscow"), "name or office"),
    ("another actor", SAID.replace("Sverdlovsk police", "Baku court"), "name or office"),
    ("a stronger verb", SAID.replace("raided", "bombed"), "not derivable"),
    ("an unstated cause", SAID[:-1] + " because of the crash.", "causal word"),
    ("nothing known", "The king of Atlantis visited Narnia.", "nothing in the graph is about this"),
]


def test_a_true_sentence_is_accepted(kg: KnowledgeGraph) -> None:
    (verdict,) = verify(SAID, kg.store, kg.names, Clocks(TODAY), TODAY)
    assert verdict.accepted
    assert verdict.event == "yekaterinburg-raids-2025"


@pytest.mark.parametrize(("what", "text", "reason"), WRONG, ids=[w[0] for w in WRONG])
def test_wrong_sentences_are_refused_with_a_reason(what: str, text: str, reason: str, kg: KnowledgeGraph) -> None:
    (verdict,) = verify(text, kg.store, kg.names, Clocks(TODAY), TODAY)
    assert not verdict.accepted
    assert reason in verdict.reasons


def test_a_later_event_is_refused(kg: KnowledgeGraph) -> None:
    text = "Putin admitted on Oct. 9 that Russian air defenses had been to blame for the crash."
    assert not verify(text, kg.store, kg.names, Clocks(TODAY), TODAY)[0].accepted
    later = day("2025-12-31")
    assert verify(text, kg.store, kg.names, Clocks(later), later)[0].accepted


STORIES = ("azerbaijan-russia-2025", "finland-sweden-nato-2022", "sahel-ecowas-2024")


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_mutants_are_refused_and_originals_accepted(story: str, kg: KnowledgeGraph) -> None:
    """The full measurement is `python -m benchmarks.prose.mutants`."""
    found = measure(kg, story, limit=2)
    assert found.right["original"] == found.tried["original"] > 5, found.wrong
    assert sum(found.right[m] for m in MUTATIONS) == sum(found.tried[m] for m in MUTATIONS) > 20, found.wrong


def test_errors_of_the_sources_are_caught(kg: KnowledgeGraph) -> None:
    caught, passed = natural(kg)
    assert not passed
    assert caught > 10


WOVEN = [
    ("the same actor", "In response, ECOWAS imposed sanctions on Niger on July 30, 2023, and the "
     "same day threatened to "
     "use force unless Mohamed Bazoum was reinstated within a week.", True),
    ("another day", "In response, ECOWAS imposed sanctions on Niger on July 30, 2023, and a day later threatened to "
     "use force unless Mohamed Bazoum was reinstated within a week.", False),
    ("another actor", "In response, ECOWAS imposed sanctions on Niger on July 30, 2023, and the "
     "same day Mali threatened to "
     "use force unless Mohamed Bazoum was reinstated within a week.", False),
    ("did so", "On March 27, 2023, Hungary's parliament voted to ratify Finland's NATO membership, and Turkey's "
     "parliament did so three days later.", True),
    ("did so at another time", "On March 27, 2023, Hungary's parliament voted to ratify Finland's NATO membership, and "
     "Turkey's parliament did so two days later.", False),
    ("did not so", "On May 18, 2022, Finland and Sweden applied to join NATO, and Turkey did so the same day.", False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "holds"), WOVEN, ids=[w[0] for w in WOVEN])
def test_two_events_in_one_sentence(what: str, text: str, holds: bool, kg: KnowledgeGraph) -> None:
    today = day("2024-03-31")
    coup = [kg.store.event("niger-coup-2023")] if "ECOWAS" in text else []
    from graph.tell.verify import verify_sentence

    assert verify_sentence(text, kg.store, kg.names, Clocks(today), today, coup).accepted is holds, what


COMPUTED = [
    ("Turkey has been a member of NATO since Feb. 18, 1952.", True),
    ("Turkey has been a member of NATO since Feb. 18, 1962.", False),
    ("Finland has been a member of the European Union since Feb. 18, 1952.", False),
    ("Abdourahamane Tchiani has been the head of state of Niger since July 28, 2023, "
     "and Ali Mahaman Lamine Zeine its head of government since Aug. 9, 2023.", True),
    ("Abdourahamane Tchiani has been the head of state of Niger since July 28, 2023, "
     "and Ali Mahaman Lamine Zeine its head of government since Aug. 9, 2022.", False),
    ("Abdourahamane Tchiani has been the head of state of Niger since July 28, 2023, "
     "and Assimi Goita its head of government since Aug. 9, 2023.", False),
    ("Abdourahamane Tchiani has been the head of state of Mali since July 28, 2023, "
     "and Ali Mahaman Lamine Zeine its head of government since Aug. 9, 2023.", False),
    ("Helmut Kohl was the head of government of Germany from Oct. 1, 1990, to October 1998, "
     "and Gerhard Schröder from Oct. 27, 1998, to November 2005.", True),
    ("Helmut Kohl was the head of government of Germany from Oct. 1, 1991, to October 1998.", False),
    ("Helmut Kohl was the head of government of Germany from Oct. 1, 1990, to October 1997.", False),
    ("Helmut Kohl was the head of government of Germany from Oct. 1, 1990, to October 1998, "
     "and Jacques Chirac from Oct. 27, 1998, to November 2005.", False),
    ("Olaf Scholz was the head of government of Germany from Dec. 8, 2021, to about May.", True),
    ("Germany has been a member of the OSCE since Aug. 1, 1975, and of the G7 since Nov. 15, 1975.", True),
    ("Germany has been a member of the OSCE since Aug. 1, 1975, and of the G7 since Nov. 15, 1985.", False),
    ("Alen Simonyan was acting president of Armenia from Feb. 1, 2022, to March 13, 2022.", True),
    ("Alen Simonyan was president of Armenia from Feb. 1, 2022, to March 13, 2022.", False),
    ("Armen Sarkissian was president of Armenia from April 9, 2018, to Feb. 1, 2022, "
     "and Alen Simonyan from Feb. 1, 2022, to March 13, 2022.", False),
    ("Nothing is recorded between Azerbaijan and Russia from Feb. 25 to May 1.", True),
    ("Nothing is recorded between Azerbaijan and Russia from Feb. 25 to July 1.", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holds"), COMPUTED, ids=[c[0][:50] for c in COMPUTED])
def test_what_is_computed_is_computed_again(text: str, holds: bool, kg: KnowledgeGraph) -> None:
    today = day("2025-07-14")
    (verdict,) = verify(text, kg.store, kg.names, Clocks(today), today)
    assert verdict.accepted is holds


def test_sentences_survive_abbreviations() -> None:
    text = "On Dec. 25, 2024, a jet crashed. The U.S. said nothing. On Feb. 3, Azerbaijan closed it."
    assert len(sentences(text)) == 3


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Turkey and Azerbaijan had signed the Shusha Declaration on June 15, 2021.", True),
        ("Hungary's parliament had voted on March 27 to ratify Finland's NATO membership.", False),
    ],
)
def test_an_earlier_past_after_a_date_that_is_only_a_latest_one(text: str, holds: bool, kg: KnowledgeGraph) -> None:
    """Turkey had canceled the visit by Jan. 21, 2023: what "had" happened lies before that day."""
    today = day("2023-06-30")
    told = next(e for e in kg.store.entities("Cancellation") if "Jonson" in e.name)
    said = kg.store.event(told.id, clocks=Clocks(today))
    from graph.tell.verify import verify_sentence

    assert verify_sentence(text, kg.store, kg.names, Clocks(today), today, [said]).accepted is holds
