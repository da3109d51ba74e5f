"""Colours can be read and told apart; every kind has a look."""

from __future__ import annotations

import pytest

from graph import model
from viz import look

LOOK = look.load()
GROUNDS = ("paper", "raised")
TEXT = ("ink", "soft", "link", "chain")
SHAPES = tuple(g.colour for g in LOOK.groups.values())


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("colours", "least"), [(TEXT, 4.5), (SHAPES, 4.5), (("edge", "warm", "cool"), 3.0)])
def test_contrast(side: int, colours: tuple[str, ...], least: float) -> None:
    low = {
        f"{c} on {g}": round(found, 2)
        for c in colours
        for g in GROUNDS
        if (found := look.contrast(LOOK.colours[c][side], LOOK.colours[g][side])) < least
    }
    assert not low


def test_every_kind_has_a_look() -> None:
    kinds = model.load()
    assert {LOOK.group(name, kinds).name for name in kinds.kinds} <= set(LOOK.groups)


def test_shapes_tell_drawn_groups_apart() -> None:
    shapes = [g.shape for g in LOOK.groups.values() if g.name != "source"]
    assert len(shapes) == len(set(shapes))


def test_tokens_are_declared_for_light_and_dark() -> None:
    assert LOOK.css().count("--chain:") == 2
