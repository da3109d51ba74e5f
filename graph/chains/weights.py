"""The weights of a search, read from weights.yaml, and the response priors of an index's kinds."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, get_type_hints

import numpy as np
from numpy.typing import NDArray

from graph import yaml_file
from graph.chains.kernels import Numbers
from graph.errors import ModelError
from graph.model import Model

WEIGHTS: Final = Path(__file__).parent / "weights.yaml"


@dataclass(frozen=True)
class Weights:
    """The numbers kernels take, the thresholds of labels, and response priors by pairs of kinds.

    `config` is a hash of the file they were read from.
    """

    numbers: Numbers
    least_share: float
    least_response: float
    response_default: float
    responses: Mapping[tuple[str, str], float]
    config: str = ""
    _matrices: dict[tuple[tuple[str, ...], bool], NDArray[np.float64]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def matrix(self, kinds: tuple[str, ...], model: Model | None) -> NDArray[np.float64]:
        """Response priors for every ordered pair of an index's kinds; a kind inherits from its parents."""
        held = kinds, model is not None
        if held not in self._matrices:
            found = np.full((len(kinds), len(kinds)), self.response_default)
            lines = [model.line(k) if model and k in model.kinds else (k,) for k in kinds]
            for i, earlier in enumerate(lines):
                for j, later in enumerate(lines):
                    found[i, j] = self._response(earlier, later)
            found.setflags(write=False)
            self._matrices[held] = found
        return self._matrices[held]

    def _response(self, earlier: tuple[str, ...], later: tuple[str, ...]) -> float:
        """The prior of the nearest pair of ancestors that has one."""
        ranked = sorted((a + b, x, y) for a, x in enumerate(earlier) for b, y in enumerate(later))
        return next((self.responses[x, y] for _, x, y in ranked if (x, y) in self.responses), self.response_default)


@functools.cache
def load(path: Path = WEIGHTS) -> Weights:
    """The weights of a file; ModelError when a number is missing or unknown."""
    text = path.read_bytes()
    raw: dict[str, Any] = yaml_file.parse(text, path.name)
    raw.pop("version")
    responses = {(x, y): float(p) for x, row in raw.pop("responses").items() for y, p in row.items()}
    share, response, default = (float(raw.pop(n)) for n in ("least_share", "least_response", "response_default"))
    if set(raw) != set(Numbers._fields):
        wrong = sorted(set(raw) ^ set(Numbers._fields))
        raise ModelError(f"missing or unknown weights {wrong}", where=path.name)
    types = get_type_hints(Numbers)
    values: Any = {k: types[k](v) for k, v in raw.items()}
    config = hashlib.sha256(text).hexdigest()[:12]
    return Weights(Numbers(**values), share, response, default, responses, config)
