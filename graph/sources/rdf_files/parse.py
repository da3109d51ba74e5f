"""A file of any RDF syntax → properties by subject, behind the guards.

Blank nodes become IRIs of the file's hash and their order in it, so a file read twice gives the same
things and two files never share one. Nothing is fetched: no context, no entity, no import.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph import rdf
from graph.errors import InputError
from graph.sources.guard import json, opening, turtle, xml
from graph.sources.guard.limits import LIMITS, Limits
from graph.sources.source import Rejected

SKOLEM: Final = f"{rdf.BASE}b/"
# Each syntax: pyoxigraph's name for it, its file endings.
SYNTAXES: Final = {
    "turtle": ("TURTLE", (".ttl",)),
    "trig": ("TRIG", (".trig",)),
    "ntriples": ("N_TRIPLES", (".nt",)),
    "nquads": ("N_QUADS", (".nq",)),
    "jsonld": ("JSON_LD", (".jsonld",)),
    "rdfxml": ("RDF_XML", (".rdf", ".owl", ".xml")),
}
LINE_SYNTAXES: Final = ("ntriples", "nquads")
_AT_ONCE: Final = 1000
_NAME: Final = re.compile(rb"[^\s<>\"';,]+:[^\s<>\"';,]*")


@dataclass(frozen=True)
class Parsed:
    """The properties a file states, the lines of it that are wrong, and its text for saying where."""

    name: str
    properties: rdf.Properties
    rejected: tuple[Rejected, ...] = ()
    nested: int = 0
    text: bytes = field(default=b"", repr=False)

    def where(self, iri: str) -> str:
        """File and line on which an IRI first stands, in full or shortened by a prefix."""
        prefix = next((p for p, space in rdf.PREFIXES.items() if iri.startswith(space)), "")
        for wanted in (iri, f"{prefix}:{rdf.local(iri)}", rdf.local(iri)):
            if wanted.encode() in self._lines:
                return f"{self.name}:{self._lines[wanted.encode()]}"
        return self.name

    @functools.cached_property
    def _lines(self) -> dict[bytes, int]:
        """The line on which each name first stands, whole and without its prefix."""
        found: dict[bytes, int] = {}
        for number, line in enumerate(self.text.split(b"\n"), 1):
            for name in _NAME.findall(line):
                found.setdefault(name, number)
                found.setdefault(name.rpartition(b":")[2], number)
        return found


def syntax_of(path: Path) -> str:
    """The syntax that a file's ending names; InputError for another ending."""
    ending = opening.kind_of(path)
    found = next((name for name, (_, endings) in SYNTAXES.items() if ending in endings), "")
    if not found:
        known = ", ".join(e for _, endings in SYNTAXES.values() for e in endings)
        raise InputError(f"unknown ending {ending!r}", where=path.name, expected=f"one of {known}, or --source")
    return found


def parse(path: Path, syntax: str, *, base: str = "", limits: Limits = LIMITS, keep_going: bool = False) -> Parsed:
    """What a file states; with `keep_going`, wrong lines of N-Triples and N-Quads are set aside.

    Raises InputError with file and line for anything that is not the syntax, LimitExceeded over a limit.
    """
    text, whole = opening.read(path, limits)
    looks: dict[str, Callable[[], None]] = {
        "jsonld": lambda: json.check(text, path, base, limits),
        "rdfxml": lambda: xml.check(text, path, limits),
    }
    looks.get(syntax, lambda: turtle.check(text, path, limits))()
    if not whole:
        raise opening.too_large(f"larger than {limits.file_bytes} bytes", path, 1, limits.file_bytes)
    if not text.strip():
        return Parsed(path.name, {})
    rejected: list[Rejected] = []
    if keep_going and syntax in LINE_SYNTAXES:
        quads = _by_lines(text, path, syntax, rejected)
    else:
        quads = _quads(text, path, syntax, base)
    properties, nested = _grouped(quads, opening.file_hash(path))
    return Parsed(path.name, properties, tuple(rejected), nested, text)


def _quads(text: bytes, path: Path, syntax: str, base: str, first_line: int = 1) -> Iterator[Any]:
    import pyoxigraph

    form = getattr(pyoxigraph.RdfFormat, SYNTAXES[syntax][0])
    try:
        yield from pyoxigraph.parse(input=text, format=form, base_iri=base or None)
    except SyntaxError as error:
        line = (error.lineno or 1) + first_line - 1
        hint = "an absolute one, or --base IRI" if "No scheme" in str(error.msg) else ""
        what = str(error.msg).replace("\n", " ")
        raise InputError(f"not {syntax}: {what}", where=f"{path.name}:{line}", expected=hint) from error
    except ValueError as error:
        raise InputError(f"not {syntax}: {error}", where=path.name) from error


def _by_lines(text: bytes, path: Path, syntax: str, rejected: list[Rejected]) -> Iterator[Any]:
    """The quads of the good lines; a block with a bad line in it is read line by line."""
    lines = text.split(b"\n")
    for start in range(0, len(lines), _AT_ONCE):
        block = lines[start : start + _AT_ONCE]
        try:
            yield from list(_quads(b"\n".join(block), path, syntax, "", start + 1))
        except InputError:
            for number, line in enumerate(block, start + 1):
                try:
                    yield from list(_quads(line, path, syntax, "", number))
                except InputError as error:
                    where, _, reason = str(error).partition(": ")
                    rejected.append(Rejected(where, reason, line.decode()))


def _grouped(quads: Iterable[Any], digest: str) -> tuple[rdf.Properties, int]:
    """Subject → predicate → terms, each once, blank nodes named; and how many quoted triples were left out."""
    import pyoxigraph

    found: rdf.Properties = defaultdict(lambda: defaultdict(list))
    seen: set[tuple[str, str, Any]] = set()
    numbers: dict[str, int] = {}
    nested = 0

    @functools.lru_cache(maxsize=65536)
    def named(label: str) -> Any:
        return pyoxigraph.NamedNode(f"{SKOLEM}{digest}-{numbers.setdefault(label, len(numbers))}")

    for quad in quads:
        subject, thing = quad.subject, quad.object
        if isinstance(subject, pyoxigraph.BlankNode):
            subject = named(subject.value)
        if isinstance(thing, pyoxigraph.BlankNode):
            thing = named(thing.value)
        if not isinstance(subject, pyoxigraph.NamedNode) or isinstance(thing, pyoxigraph.Triple):
            nested += 1
            continue
        key = (subject.value, quad.predicate.value, thing)
        if key not in seen:
            seen.add(key)
            found[key[0]][key[1]].append(thing)
    return found, nested
