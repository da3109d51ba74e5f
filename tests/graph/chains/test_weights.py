"""The weights: read from one file, refused when incomplete, inherited by kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import model as model_
from graph.chains import weights
from graph.chains.kernels import Numbers
from graph.errors import ModelError


def test_every_weight_is_in_the_file_and_its_hash_is_its_name() -> None:
    found = weights.load()
    assert len(found.numbers) == len(Numbers._fields)
    assert len(found.config) == 12
    score = (found.numbers.plain, found.numbers.severity, found.numbers.recency, found.numbers.coverage)
    assert sum(score) + found.numbers.turn + found.numbers.followed + found.numbers.explained == pytest.approx(1.0)
    assert all(0.0 <= p <= 1.0 for p in found.responses.values())


def test_responses_name_kinds_of_the_model() -> None:
    kinds = {kind for pair in weights.load().responses for kind in pair}
    assert kinds <= set(model_.load().kinds)


def test_a_kind_inherits_its_parents_prior() -> None:
    found, model = weights.load(), model_.load()
    kinds = ("Airstrike", "Denial", "Visit")
    matrix = found.matrix(kinds, model)
    assert matrix[0, 1] == found.responses["Attack", "Denial"]
    assert matrix[2, 0] == found.response_default
    assert found.matrix(kinds, None)[0, 1] == found.response_default, "without a model nothing is inherited"


@pytest.mark.parametrize(("old", "new"), [("hop:", "hops:"), ("severity:", "# severity:")])
def test_a_missing_or_unknown_weight_is_named(tmp_path: Path, old: str, new: str) -> None:
    text = weights.WEIGHTS.read_text(encoding="utf-8")
    assert f"\n{old}" in text
    (tmp_path / "weights.yaml").write_text(text.replace(f"\n{old}", f"\n{new}"), encoding="utf-8")
    with pytest.raises(ModelError, match="missing or unknown weights"):
        weights.load(tmp_path / "weights.yaml")
