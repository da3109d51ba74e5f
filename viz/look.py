"""Colour and shape per kind, read from look.yaml, and the style sheet's tokens made from them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import yaml_file
from graph.errors import ModelError
from graph.model import Model

LOOK: Final = Path(__file__).parent / "look.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that look alike: what the legend calls them, their shape, their colour token."""

    name: str
    label: str
    plural: str
    shape: str
    colour: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """Every group in legend order, and every colour as (light, dark)."""

    groups: Mapping[str, Group]
    colours: Mapping[str, tuple[str, str]]

    def group(self, kind: str, model: Model) -> Group:
        """The group of a kind: that of its nearest ancestor with one; ModelError when none has."""
        for name in model.line(kind):
            for group in self.groups.values():
                if name in group.kinds:
                    return group
        raise ModelError(f"no look for kind {kind!r}", where=LOOK.name, expected="a group naming it or an ancestor")

    def css(self) -> str:
        """The colour tokens as custom properties, for light, dark and print."""
        light, dark = ("".join(f"--{name}:{pair[side]};" for name, pair in self.colours.items()) for side in (0, 1))
        return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


@functools.cache
def load(path: Path = LOOK) -> Look:
    """The look in a YAML file."""
    raw = yaml_file.read(path)
    groups = {
        name: Group(name, spec["label"], spec["plural"], spec["shape"], spec["colour"], tuple(spec["kinds"]))
        for name, spec in raw["groups"].items()
    }
    colours = {name: (str(pair[0]), str(pair[1])) for name, pair in raw["colours"].items()}
    unknown = sorted({g.colour for g in groups.values()} - set(colours))
    if unknown:
        raise ModelError(f"groups use colours nobody declares: {unknown}", where=path.name)
    return Look(groups, colours)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
