"""The shape of RDF/XML, read once by expat before its parser: entities, depth, length, wholeness.

A declared entity is refused unless it is plain text kept in the file: at most 64, without `&` or `%`
in their values, no SYSTEM or PUBLIC. OWL files declare namespaces so, and pass.
Counting what the entities come to stops the flat bomb: one long entity used many times.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.parsers import expat

from graph.errors import InputError, LimitExceeded
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.guard.opening import too_long


def check(text: bytes, path: Path, limits: Limits = LIMITS) -> None:
    """Refuse XML with entities that could expand or fetch, too deep, too long or not well-formed."""
    if not text.strip():
        return
    watch = _Watch(path, limits)
    try:
        watch.parser.Parse(text, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        if "amplification" in what:
            raise LimitExceeded("entity expansion: the text grows too much", where=watch.place) from error
        raise InputError(f"not XML: {what}", where=f"{path.name}:{error.lineno}") from error


class _Watch:
    """The handlers of one pass and what they have counted."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.depth = self.entities = self.run = self.total = 0
        parser = self.parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters

    @property
    def place(self) -> str:
        """File and line of the event at hand."""
        return f"{self.path.name}:{self.parser.CurrentLineNumber}"

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """The XML declaration may name no encoding but that of the file."""
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise InputError(f"says it is {encoding}", where=self.place, expected="save it as UTF-8")

    def doctype(self, _name: str, system: str | None, public: str | None, _internal: int) -> None:
        """No document type from elsewhere."""
        if system or public:
            self._refuse("a document type from elsewhere")

    def entity(
        self, name: str, parameter: int, value: str | None, _base: Any, system: str | None, public: Any, _notation: Any
    ) -> None:
        """Plain text only, and not many."""
        self.entities += 1
        if parameter or system or public or value is None:
            self._refuse(f"entity {name!r} from elsewhere" if system or public else f"parameter entity {name!r}")
        elif "&" in value or "%" in value:
            self._refuse(f"entity {name!r} holds another")
        elif self.entities > self.limits.entities:
            self._refuse(f"more than {self.limits.entities} entities")

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        """One level deeper; attributes count as text."""
        self.depth, self.run = self.depth + 1, 0
        if self.depth > self.limits.nesting:
            raise LimitExceeded(f"nesting > {self.limits.nesting}", where=self.place, expected="a flatter file")
        for value in attributes.values():
            self.characters(value)
            self.run = 0

    def end(self, _name: str) -> None:
        """One level back."""
        self.depth, self.run = self.depth - 1, 0

    def characters(self, data: str) -> None:
        """What the text comes to, in one place and in all."""
        self.run, self.total = self.run + len(data), self.total + len(data)
        if self.run > self.limits.literal_bytes:
            raise too_long(self.path, self.parser.CurrentLineNumber, self.limits)
        if self.total > self.limits.file_bytes:
            raise LimitExceeded("the text with its entities is too large", where=self.place)

    def _refuse(self, what: str) -> None:
        raise InputError(
            f"entity expansion refused: {what}", where=self.place, expected="write the text out, without a DOCTYPE"
        )
