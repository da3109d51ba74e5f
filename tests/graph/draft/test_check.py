"""The draft check on text nobody wrote for it: true sentences pass, their twins are caught, opinions are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import cli
from graph.draft.outcome import Checked, Outcome
from graph.draft.show import FORMATS, value
from graph.knowledge import KnowledgeGraph
from tests.graph.draft.cases import DISPUTED, TRUE, TWINS, WRONG

STORY = "2025-07-14"


def checked(kg: KnowledgeGraph, text: str, as_of: str = STORY) -> tuple[Checked, ...]:
    return kg.check(text, as_of=as_of).sentences


def outcomes(kg: KnowledgeGraph, text: str, as_of: str) -> set[Outcome]:
    return {s.outcome for s in checked(kg, text, as_of)}


@pytest.mark.parametrize(("as_of", "true", "wrong", "what"), TWINS, ids=[t[2][:40] for t in TWINS])
def test_twins(as_of: str, true: str, wrong: str, what: str, kg: KnowledgeGraph) -> None:
    assert Outcome.CONFLICT not in outcomes(kg, true, as_of), f"true, but called a conflict: {true}"
    assert Outcome.CONFLICT in outcomes(kg, wrong, as_of), what


@pytest.mark.parametrize(("as_of", "text", "what"), DISPUTED, ids=[t[2] for t in DISPUTED])
def test_what_sources_dispute_is_never_passed_over(as_of: str, text: str, what: str, kg: KnowledgeGraph) -> None:
    assert Outcome.CONFLICT in outcomes(kg, text, as_of), what


def test_further_true_sentences_are_no_conflicts(kg: KnowledgeGraph) -> None:
    wrong = [text for as_of, text in TRUE if Outcome.CONFLICT in outcomes(kg, text, as_of)]
    assert not wrong


def test_further_wrong_sentences_are_caught(kg: KnowledgeGraph) -> None:
    passed = [text for as_of, text in WRONG if Outcome.CONFLICT not in outcomes(kg, text, as_of)]
    assert not passed


def test_supported_sentences_are_marked_so(kg: KnowledgeGraph) -> None:
    kept = [true for as_of, true, _, _ in TWINS if outcomes(kg, true, as_of) == {Outcome.SUPPORTED}]
    assert len(kept) >= 0.8 * len(TWINS)


def test_attribution_makes_a_version_tellable(kg: KnowledgeGraph) -> None:
    told = "Russian investigators said one of the Safarov brothers had died of heart failure."
    assert outcomes(kg, told, STORY) == {Outcome.SUPPORTED}
    (alone,) = checked(kg, "One of the Safarov brothers died of heart failure.")
    assert alone.outcome is Outcome.CONFLICT
    assert "according to Russia's Investigative Committee" in alone.suggestion


def test_opinions_are_nobodys_claims(kg: KnowledgeGraph) -> None:
    text = "Moscow's influence is waning, and the next phase will see a fragmented region."
    assert outcomes(kg, text, STORY) == {Outcome.OPINION}
    quoted = "“Moscow's influence is waning,” Aliyev said."
    assert Outcome.OPINION not in outcomes(kg, quoted, STORY)


def test_each_sentence_has_its_place_and_nearest_claims(kg: KnowledgeGraph) -> None:
    draft = "# A title\n\nFinland joined NATO in April 2022. It was a Tuesday.\n"
    title, joined, _ = checked(kg, draft)
    assert title.heading
    assert (joined.line, joined.column) == (3, 1)
    assert any("2023-04-04" in n.text for n in joined.nearest)
    assert all(url.startswith("http") for n in joined.nearest for _, _, url in n.sources)


def test_dates_run_through_a_draft(kg: KnowledgeGraph) -> None:
    draft = (
        "Police raided homes of Azerbaijanis in Yekaterinburg on June 27. "
        "Two days later, Azerbaijan's Culture Ministry cancelled all Russian cultural events. "
        "The following day police searched the office of Sputnik Azerbaijan in Baku."
    )
    assert {s.outcome for s in checked(kg, draft)} == {Outcome.SUPPORTED}
    wrong = checked(kg, draft.replace("Two days later", "Five days later"))
    assert wrong[1].outcome is Outcome.CONFLICT


def test_nothing_later_than_the_day_of_the_draft(kg: KnowledgeGraph) -> None:
    text = "Putin admitted that Russian air defenses were to blame for the crash."
    assert outcomes(kg, text, "2025-12-31") == {Outcome.SUPPORTED}
    assert Outcome.SUPPORTED not in outcomes(kg, text, STORY)


def test_the_seed_of_the_project(kg: KnowledgeGraph, shared: Path) -> None:
    found = checked(kg, (shared / "seed" / "story.txt").read_text(encoding="utf-8"))

    def parts(start: str) -> dict[str, Outcome]:
        one = next(s for s in found if s.text.startswith(start))
        return {one.part(f): f.outcome for f in one.findings}

    assert parts("Since July 2025")["Since July 2025"] is Outcome.CONFLICT
    assert parts("Since July 2025")["deaths"] is Outcome.SUPPORTED
    assert parts("The violent police raids")["clear message"] is Outcome.OPINION
    assert parts("The violent police raids")["police raids"] is Outcome.SUPPORTED
    assert parts("The outcome will likely")["will likely"] is Outcome.OPINION
    assert parts("The next phase")["will see"] is Outcome.OPINION
    assert Outcome.NO_EVIDENCE in {o for p, o in parts("This shift aligns").items() if p.startswith("Kazakhstan")}
    assert Outcome.NO_EVIDENCE in {o for p, o in parts("This shift aligns").items() if p.startswith("Armenia")}
    tensions = next(s for s in found if s.text.startswith("Tensions between"))
    assert tensions.outcome is Outcome.PARTIAL
    assert any("shooting the airliner accidentally" in n.text for n in tensions.nearest)


def test_outputs_agree_and_are_inert(kg: KnowledgeGraph) -> None:
    report = kg.check("Finland joined NATO in 2022 <img src=x onerror=alert(1)>.", as_of=STORY)
    assert json.loads(FORMATS["json"](report)) == json.loads(json.dumps(value(report)))
    assert "<img" not in FORMATS["html"](report)
    assert report.sentences[0].text in FORMATS["text"](report)


def test_the_command(tmp_path: Path, root: Path) -> None:
    data = ["--data", str(root / "data" / "triples"), "--as-of", STORY]
    draft = tmp_path / "draft.md"
    draft.write_text("Finland joined NATO in April 2022.\n", encoding="utf-8")
    wrong = CliRunner().invoke(cli, ["check", str(draft), *data])
    assert wrong.exit_code == 1
    assert wrong.stdout.startswith("1:1: conflict: Finland joined NATO in April 2022.")
    draft.write_text("Finland joined NATO in April 2023.\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["check", str(draft), *data]).exit_code == 0
    assert CliRunner().invoke(cli, ["check", str(draft), "--data", data[1]]).exit_code == 2


def test_any_bytes_are_read_or_refused(tmp_path: Path, root: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_bytes(b"\xff\xfe not text")
    found = CliRunner().invoke(cli, ["check", str(draft), "--data", str(root / "data" / "triples"), "--as-of", STORY])
    assert "not UTF-8 at byte 0" in str(found.exception)
