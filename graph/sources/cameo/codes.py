"""CAMEO codes → event kinds and roles, through the codes that the ontology's kinds declare.

Codes and names are those of CAMEO 1.1b3, scale values those of Goldstein's scale (codes.csv).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.errors import RejectedInput
from graph.model import Model

TABLE: Final = Path(__file__).parent / "codes.csv"
HOST_A_VISIT: Final = "043"
_WORDS: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Code:
    """One CAMEO code; `goldstein` is -10..10."""

    code: str
    name: str
    goldstein: float


@functools.cache
def codes() -> Mapping[str, Code]:
    """Every code by its digits, roots (`04`) included."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = {r["code"]: Code(r["code"], r["name"], float(r["goldstein"])) for r in csv.DictReader(lines)}
    return MappingProxyType(found)


@functools.cache
def _by_name() -> Mapping[str, Code]:
    """Every code by the words of its name; of a root and its first code with one name, the code that events carry."""
    return MappingProxyType({_key(c.name): c for c in sorted(codes().values(), key=lambda c: len(c.code))})


def _key(text: str) -> str:
    return _WORDS.sub(" ", text.replace("_", " ")).strip().lower()


def by_name(text: str) -> Code:
    """The code of this name, underscores for blanks or not; RejectedInput when there is none.

    >>> by_name("Express_intent_to_meet_or_negotiate").code, by_name("Consult").code
    ('036', '040')
    """
    found = _by_name().get(_key(text))
    if found is None:
        raise RejectedInput(f"no CAMEO event is called {text!r}")
    return found


def by_code(text: str) -> Code:
    """The code of these digits; RejectedInput when CAMEO has no such code."""
    found = codes().get(text)
    if found is None:
        raise RejectedInput(f"no CAMEO code: {text!r}")
    return found


def kind_of(code: str, model: Model) -> str:
    """The event kind that declares the longest beginning of a code; RejectedInput when none does.

    >>> from graph import model
    >>> kind_of("0871", model.load()), kind_of("1123", model.load())
    ('Ceasefire', 'Accusation')
    """
    declared = {own: kind.name for kind in model.kinds.values() for own in kind.cameo}
    for size in range(len(code), 1, -1):
        if code[:size] in declared:
            return declared[code[:size]]
    raise RejectedInput(f"no event kind for CAMEO code {code!r}")


def roles(code: str, kind: str, source: str, target: str, model: Model) -> tuple[str, str]:
    """The roles in which source and target of a code take part, given their kinds (empty: nobody).

    The roles that the event kind requires decide: the sides of a meeting are both participants, who
    is visited is the host. Somebody whose kind may not fill the role takes part, or is whom it is about.
    """
    required = [r.predicate for r in model.roles(kind).values() if r.required]
    equal = next((r for r in required if r in ("participant", "signatory")), "")
    if equal:
        return equal, equal
    first, second = "actor", next((r for r in required if r != "actor"), "target")
    if code == HOST_A_VISIT:
        first, second = second, first
    first = first if model.allows(first, kind, source or "Actor") else "participant"
    return first, second if model.allows(second, kind, target or "Actor") else "about"
