"""One file of a source, read record by record: what its importer is given, and how it fits the others."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from graph import model as model_
from graph.model import Model
from graph.sources.cast import Cast
from graph.sources.countries import by_name
from graph.sources.guard import opening
from graph.sources.guard.limits import STREAMED, Limits
from graph.sources.said import Stated, items
from graph.sources.source import Item, Source
from graph.when import Day


class Mentioned(NamedTuple):
    """A stretch of a text, `text[start:end]`, and the entity of the graph that it surely means.

    `own` tells its own name from the word for its people.
    """

    start: int
    end: int
    id: str
    kind: str
    own: bool = True


Mentions: TypeAlias = Callable[[str, Day], Iterable[Mentioned]]


def countries_in(text: str, _day: Day) -> Iterator[Mentioned]:
    """The countries and territories that a text calls by their names: all there is to know without a graph."""
    for found in _names().finditer(text):
        country = by_name()[found[0]]
        yield Mentioned(found.start(), found.end(), country.id, country.kind)


@functools.cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(by_name(), key=len, reverse=True)))})\b")


@dataclass(frozen=True)
class Reading:
    """A file to read and what its names mean; records that end on line `after` or before it are left out.

    `on` is the day of the import, YYYY-MM-DD, the date of what has no other.
    """

    path: Path
    source: Source
    model: Model
    cast: Cast
    on: str
    after: int = 0
    limits: Limits = STREAMED
    mentions: Mentions = countries_in

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line with its number, from the first on: a header is needed wherever reading goes on."""
        return opening.lines(self.path, self.limits)

    def where(self, line: int) -> str:
        """The place of a record, for a refusal."""
        return f"{self.path.name}:{line}"


Reader: TypeAlias = Callable[[Reading], Iterator[Stated]]


def read_folder(reader: Reader, raw: Path, source: Source) -> Iterator[Item]:
    """Everything the files of a folder say, as entities, articles and claims, with no graph to name anybody."""
    cast = Cast(source.publisher)
    yield source.entity
    for path in sorted(p for pattern in source.inputs for p in raw.glob(pattern)):
        yield from items(reader(Reading(path, source, model_.load(), cast, source.retrieved)), source)


def begin(lines: Iterator[tuple[int, str]]) -> tuple[str, Iterator[tuple[int, str]]]:
    """The first line that is not blank (empty when there is none), and all lines from it on."""
    for number, text in lines:
        if text.strip():
            return text, itertools.chain([(number, text)], lines)
    return "", iter(())
