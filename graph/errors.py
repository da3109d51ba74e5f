"""The errors this library raises on purpose, in one tree.

GraphError
├── InputError            what was given cannot be accepted; nothing was written   (exit 3)
│   ├── DateError         not an EDTF level 0 or 1 date
│   ├── ModelError        an ontology file, or a claim that the ontology does not allow
│   └── RejectedInput     an import stopped, or finished with rejected records
├── UnknownName           no entity, claim or kind of this name                    (exit 2)
│   └── AmbiguousName     more than one, and nothing says which
├── Insufficient          the graph does not hold enough to answer honestly        (exit 3)
├── Incomplete            finished, but something was refused or left out          (exit 1)
├── StoreError            the store is missing, locked or damaged                  (exit 4)
├── LimitExceeded         a size, time or nesting limit was reached                (exit 5)
└── DiskError             the disk or the operating system refused                 (exit 6)
"""

from __future__ import annotations


class GraphError(Exception):
    """Any refusal of this library: `where: what (what was expected)`."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", expected: str = "") -> None:
        self.what, self.where, self.expected = what, where, expected
        place = f"{where}: " if where else ""
        hint = f" ({expected})" if expected else ""
        super().__init__(f"{place}{what}{hint}")


class InputError(GraphError):
    """What was given cannot be accepted; nothing was written."""

    exit_code = 3


class DateError(InputError):
    """Not an EDTF level 0 or 1 date."""


class ModelError(InputError):
    """An ontology file is wrong, or a claim says what the ontology does not allow."""


class RejectedInput(InputError):
    """An import stopped at a bad record, or finished having rejected some."""


class UnknownName(GraphError):
    """No entity, claim or kind goes by this name; `suggestions` are the nearest ones."""

    exit_code = 2

    def __init__(self, name: str, *, suggestions: tuple[str, ...] = (), where: str = "") -> None:
        self.name, self.suggestions = name, suggestions
        hint = f"did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"nothing is called {name!r}", where=where, expected=hint)


class AmbiguousName(UnknownName):
    """More than one thing goes by this name and nothing says which; `suggestions` are their ids."""

    def __init__(self, name: str, *, suggestions: tuple[str, ...], what: str = "", where: str = "") -> None:
        self.name, self.suggestions = name, suggestions
        told = what or f"{name!r} may be any of {', '.join(suggestions)}"
        GraphError.__init__(self, told, where=where, expected="say which, by its id or with more of its name")


class Insufficient(GraphError):
    """The graph does not hold enough to answer honestly."""

    exit_code = 3


class Incomplete(GraphError):
    """Finished, but something was refused or left out."""

    exit_code = 1


class StoreError(GraphError):
    """The store is missing, locked or damaged."""

    exit_code = 4


class LimitExceeded(GraphError):
    """A size, time or nesting limit was reached."""

    exit_code = 5


class DiskError(GraphError):
    """The disk or the operating system refused."""

    exit_code = 6
