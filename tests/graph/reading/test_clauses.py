"""Who did what to whom, in sentences of every build."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.reading.clauses import acts, code, main_act, nominals
from graph.reading.numbers import numbers

ACTS = [
    ("Azerbaijan closed the Russian House.", "Closure", "Azerbaijan", "the Russian House", "active"),
    ("The Russian House was closed by Azerbaijan.", "Closure", "Azerbaijan", "The Russian House", "passive"),
    ("Police raid homes in Yekaterinburg", "Raid", "Police", "homes", "headline"),
    (
        "On Monday, Ilham Aliyev, the president, accused Russia of a cover-up.",
        "Accusation",
        "Ilham Aliyev",
        "Russia",
        "aside",
    ),
    ("Mali, Niger and Burkina Faso left ECOWAS.", "Exit", "Mali, Niger and Burkina Faso", "ECOWAS", "a list"),
    ("The men who had been held sued the ministry.", "Accusation", "The men", "the ministry", "a clause about them"),
    ("Britain has imposed sanctions on Belarus.", "Sanction", "Britain", "Belarus", "a verb of several words"),
]


@pytest.mark.parametrize(("text", "kind", "actor", "target", "why"), ACTS)
def test_acts(text: str, kind: str, actor: str, target: str, why: str) -> None:
    act = main_act(acts(text))
    assert act is not None, why
    assert kind in act.kinds, why
    assert act.actor is not None, why
    assert act.target is not None, why
    assert (text[slice(*act.actor)], text[slice(*act.target)]) == (actor, target), why


CODES = [
    ("Turkey will release the pastor.", "AGREE", "a promise"),
    ("Turkey will not release the pastor.", "REJECT", "a refusal"),
    ("Turkey refused to release the pastor.", "REJECT", "a refusal"),
    ("Turkey threatened to expel the ambassador.", "THREATEN", "a threat"),
    ("Turkey expelled the ambassador.", "SANCTION", "an act"),
]


@pytest.mark.parametrize(("text", "said", "why"), CODES)
def test_what_is_not_done_is_told_as_such(text: str, said: str, why: str) -> None:
    act = main_act(acts(text))
    assert act is not None
    assert code(act) == said, why


def test_nouns_name_acts_too() -> None:
    text = "The closure of the Russian House followed police raids in Yekaterinburg."
    assert [a.kind for a in nominals(text)] == ["Closure", "Raid"]
    assert not acts(text)


NUMBERS = [
    ("killing 38 of the 67 people aboard", [(38, 38), (67, 67)]),
    ("at least two dozen people", [(24, 10**12)]),
    ("two hundred and forty-six votes", [(246, 246)]),
    ("dozens were held", [(24, 99)]),
    ("more than 50 people", [(51, 10**12)]),
    ("$2.5 million, 38 percent, the 32nd member", []),
    ("1.5 million people", [(1_500_000, 1_500_000)]),
]


@pytest.mark.parametrize(("text", "ranges"), NUMBERS)
def test_numbers(text: str, ranges: list[tuple[int, int]]) -> None:
    assert [(n.low, n.high) for n in numbers(text)] == ranges


def test_marked_sentences(shared: Path) -> None:
    """The floor under what `python -m benchmarks.prose.plv` prints."""
    from benchmarks.prose.plv import read

    with (shared / "data" / "plv" / "PLV_train.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))[::3]
    assert sum(read(row["sentence"])[0] == row["gold_root"] for row in rows) / len(rows) > 0.78
