"""Question: a plain function that answers with rows, and what its signature says about how to ask it."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, NewType, Protocol

from graph.errors import InputError
from graph.questions.rows import Row

if TYPE_CHECKING:
    from graph.index.index import Index
    from graph.names import Names
    from graph.store import Store

Thing = NewType("Thing", str)
"""The id of a thing; whoever asks gives a name, which is resolved."""
From = NewType("From", int)
"""The first day of a window; whoever asks may give a month or a year, whose first day is meant."""
To = NewType("To", int)
"""The last day of a window; of a month or a year the last day is meant."""
OnDay = NewType("OnDay", int)
"""One day."""
_TYPES: Final[dict[Any, str]] = {Thing: "thing", From: "from", To: "to", OnDay: "day", int: "number", str: "word"}
_PUBLIC: Final = {"first": "from", "last": "to"}


class Opened(Protocol):
    """What questions are asked of: an opened graph."""

    @property
    def store(self) -> Store:
        """The claims."""
        ...

    @property
    def index(self) -> Index:
        """Events by time, participant and pair."""
        ...

    @property
    def names(self) -> Names:
        """What names mean."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a question.

    `name` is that of the Python function, `public` that of the command line and of HTTP; `type` is
    thing, from, to, day, number or word; `positional` arguments are things, in order.
    """

    name: str
    type: str
    says: str
    required: bool
    positional: bool
    default: Any = None

    @property
    def public(self) -> str:
        """The name outside Python, where `from` is a keyword."""
        return _PUBLIC.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Question:
    """A question by name: what it answers, what it takes, the function and the type of its rows."""

    name: str
    says: str
    parameters: tuple[Parameter, ...]
    ask: Callable[..., Iterable[Row]]
    row: type[Row]

    @property
    def things(self) -> tuple[Parameter, ...]:
        """The positional arguments."""
        return tuple(p for p in self.parameters if p.positional)

    @property
    def options(self) -> tuple[Parameter, ...]:
        """The arguments given by name."""
        return tuple(p for p in self.parameters if not p.positional)


def question(ask: Callable[..., Iterable[Row]]) -> Question:
    """The question that a function answers, read from its name, docstring and signature.

    After the graph come things as positional parameters, then keyword-only ones; each is
    `Annotated[type, "what it says"]`.
    """
    hints = typing.get_type_hints(ask, include_extras=True)
    parameters = tuple(_parameter(p, hints[p.name]) for p in list(inspect.signature(ask).parameters.values())[1:])
    says = (inspect.getdoc(ask) or "").split("\n", 1)[0]
    (row,) = typing.get_args(hints["return"])
    return Question(ask.__name__.replace("_", "-"), says, parameters, ask, row)


def _parameter(given: inspect.Parameter, hint: Any) -> Parameter:
    if typing.get_origin(hint) is not Annotated:
        raise InputError(f"parameter {given.name} says nothing", expected="Annotated[type, 'what it says']")
    kind, says = typing.get_args(hint)
    kind = next((t for t in typing.get_args(kind) if t is not type(None)), kind)
    required = given.default is inspect.Parameter.empty
    positional = given.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    return Parameter(given.name, _TYPES[kind], says, required, positional, None if required else given.default)
