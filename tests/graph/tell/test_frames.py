"""Frames: optional parts, agreement, and the example of every kind in the ontology."""

from __future__ import annotations

import pytest

from graph import model
from graph.tell.forms import past_perfect
from graph.tell.frames import Unbound, fill, placeholders
from graph.tell.paragraph import Span

MODEL = model.load()
KINDS = sorted(k.name for k in MODEL.kinds.values() if "active" in k.frame)


def text(frame: str, **bindings: str) -> str:
    return "".join(
        s.text
        for s in fill(frame, {k: Span(v, plural=v.startswith(("homes", "the arrests"))) for k, v in bindings.items()})
    )


CASES = [
    ("{actor} raided {target}[ in {place}]", {"actor": "A", "target": "B"}, "A raided B"),
    ("{actor} raided {target}[ in {place}]", {"actor": "A", "target": "B", "place": "C"}, "A raided B in C"),
    ("X[, killing {deaths}[ of {aboard}]]", {"aboard": "67"}, "X"),
    ("X[, killing {deaths}[ of {aboard}]]", {"deaths": "38"}, "X, killing 38"),
    ("X[, killing {deaths}[ of {aboard}]]", {"deaths": "38", "aboard": "67"}, "X, killing 38 of 67"),
    ("{target} {target.was} raided", {"target": "homes"}, "homes were raided"),
    ("{target} {target.was} raided", {"target": "a home"}, "a home was raided"),
]


@pytest.mark.parametrize(("frame", "bindings", "says"), CASES)
def test_fill(frame: str, bindings: dict[str, str], says: str) -> None:
    assert text(frame, **bindings) == says


def test_a_missing_part_that_must_be_there_is_refused() -> None:
    with pytest.raises(Unbound):
        text("{actor} raided {target}", actor="A")


@pytest.mark.parametrize("kind", KINDS)
def test_every_frame_can_be_told_as_earlier(kind: str) -> None:
    """So that a text may lead with the news and go back: "had crashed", "had been closed"."""
    frame = MODEL.kind(kind).frame
    assert " had " in past_perfect(str(frame["active"]), str(frame["past"]))


RELATIONS = sorted(p.name for p in MODEL.predicates.values() if "example" in p.frame)


@pytest.mark.parametrize("predicate", RELATIONS)
def test_every_example_of_a_relation(predicate: str) -> None:
    frame = MODEL.predicate(predicate).frame
    example = frame["example"]
    bindings = {k: str(v) for k, v in example["bindings"].items()}
    said = text(str(frame[example["form"]]), **bindings)
    assert f"{said[0].upper()}{said[1:]}." == example["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_in_the_ontology(kind: str) -> None:
    frame = MODEL.kind(kind).frame
    bindings = {k: str(v) for k, v in frame["example"]["bindings"].items()}
    said = text(frame["active"], **bindings)
    assert f"{said[0].upper()}{said[1:]}." == frame["example"]["text"]
    roles = {*MODEL.roles(kind), *MODEL.values(kind), *MODEL.predicates, "place", "when"}
    for form in ("active", "passive", "noun", "gerund"):
        assert {p.partition(".")[0] for p in placeholders(frame[form])} <= roles
