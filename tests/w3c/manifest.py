"""Manifests of the W3C suites as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"


@dataclass(frozen=True)
class Graph:
    """The triples of one Turtle file, asked by subject and local name of the predicate."""

    path: Path

    @cached_property
    def held(self) -> dict[Any, dict[str, list[Any]]]:
        """Subject → local name → objects, in the order of the file."""
        found: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        base = self.path.resolve().as_uri()
        for triple in ox.parse(path=str(self.path), format=ox.RdfFormat.TURTLE, base_iri=base):
            name = triple.predicate.value.replace("#", "/").rpartition("/")[2]
            found[triple.subject][name].append(triple.object)
        return found

    def one(self, subject: Any, name: str) -> Any:
        """The only or first object; None when there is none."""
        return next(iter(self.held[subject][name]), None)

    def items(self, head: Any) -> Iterator[Any]:
        """The members of an RDF list."""
        while head is not None and head.value != f"{RDF}nil":
            yield self.one(head, "first")
            head = self.one(head, "rest")

    def entries(self) -> list[Any]:
        """The tests the manifest lists, in order."""
        heads = [held["entries"][0] for held in self.held.values() if held.get("entries")]
        return [entry for head in heads for entry in self.items(head)]


def path_of(iri: str) -> Path:
    """The file behind a `file:` IRI."""
    return Path(unquote(urlsplit(iri).path))
