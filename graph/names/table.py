"""The table of names of one store: built once beside its quads, opened in a few milliseconds.

An SQLite file, so that looking up one name reads a page or two instead of every name there is.
It is a cache: derived from the claims, kept in the store's directory, rebuilt when damaged.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph import when as when_
from graph.model import Model
from graph.names import derive, keys
from graph.store import Store
from graph.when import Day, End, Held

if TYPE_CHECKING:
    import sqlite3

FILE: Final = "names-9.sqlite"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as the table knows it; `weight` grows with what is known, `country` may be empty."""

    id: str
    kind: str
    name: str
    weight: float
    country: str
    begin: Day | None
    last: Day | None


@dataclass(frozen=True, slots=True)
class Term:
    """One time a person held a title of a country, with the claim that says so."""

    country: str
    title: str
    person: str
    time: str
    confirmed: str
    claim: str

    @property
    def span(self) -> tuple[Day, Day]:
        """The first and last day on which it may have been held."""
        time = when_.parse(self.time) if self.time else None
        return (time.begin_earliest, time.end_latest) if time else (when_.START_OF_TIME, when_.END_OF_TIME)

    def attested(self, day: Day | None, within_days: int = 180) -> bool:
        """Whether a source shows it on a day not far from this one."""
        return bool(self.confirmed) and (day is None or abs(when_.day(self.confirmed) - day) <= within_days)

    def held(self, day: Day | None) -> Held:
        """Whether it was held on a day; without a day, whether it is going on."""
        if not self.time:
            return Held.POSSIBLE
        time = when_.parse(self.time)
        if day is not None:
            return time.holds(day)
        return {End.ONGOING: Held.CERTAIN, End.UNKNOWN: Held.POSSIBLE, End.ENDED: Held.NO}[time.end]


class Table:
    """The names of a store, open for reading."""

    def __init__(self, rows: sqlite3.Connection, model: Model) -> None:
        self._rows, self.model = rows, model
        self.entity = functools.lru_cache(maxsize=16384)(self._entity)
        self.keyed = functools.lru_cache(maxsize=16384)(self._keyed)
        self.terms_of = functools.lru_cache(maxsize=4096)(self._terms_of)

    @classmethod
    def open(cls, store: Store) -> Table:
        """The table of a store; built first when missing, rebuilt when it cannot be read."""
        import sqlite3

        path = store.directory / FILE
        if not path.exists():
            derive.write(store, path)
        try:
            return cls(_connect(path), store.model)
        except sqlite3.DatabaseError:
            derive.write(store, path)
            return cls(_connect(path), store.model)

    def _entity(self, entity: str) -> Named | None:
        row = self._rows.execute("SELECT * FROM entity WHERE id=?", (entity,)).fetchone()
        return Named(*row) if row else None

    def named(self, entities: Iterable[str]) -> tuple[Named, ...]:
        """The entities of these ids, those unknown left out."""
        return tuple(found for e in entities if (found := self.entity(e)) is not None)

    def _keyed(self, key: str) -> tuple[tuple[str, str, str], ...]:
        return tuple(self._rows.execute("SELECT entity, form, text FROM name WHERE key=?", (key,)))

    def sounding(self, sound: str) -> list[tuple[str, str]]:
        """Entity and spelling of names with a consonant key; surnames' keys begin with a hyphen."""
        return self._rows.execute("SELECT entity, text FROM sound WHERE key=?", (sound,)).fetchall()

    def terms(self, *, country: str = "", title: str = "", person: str = "") -> tuple[Term, ...]:
        """The terms of office of a country's title, of a country, or of a person."""
        given = {"country": country, "title": title, "person": person}
        wanted = {name: value for name, value in given.items() if value}
        test = " AND ".join(f"{name}=?" for name in wanted)
        rows = self._rows.execute(f"SELECT * FROM holder WHERE {test}", tuple(wanted.values()))  # noqa: S608 (own names)
        return tuple(Term(*row) for row in rows)

    def _terms_of(self, person: str) -> tuple[Term, ...]:
        return self.terms(person=person)

    def organs(self, country: str) -> tuple[Named, ...]:
        """The organizations that are organs of a country."""
        rows = self._rows.execute("SELECT entity FROM organ WHERE country=?", (country,))
        return self.named(row[0] for row in rows)

    def worded(self, word: str) -> tuple[str, ...]:
        """Ids of everything, articles included, with a word stem in one of its names."""
        return tuple(row[0] for row in self._rows.execute("SELECT entity FROM word WHERE word=?", (word,)))

    def stems(self, entity: str) -> frozenset[str]:
        """The word stems of an entity's preferred name."""
        found = self.entity(entity)
        return frozenset(keys.stems(found.name)) if found else frozenset()

    def beginning(self, prefix: str, limit: int = 400) -> list[tuple[str, str, str]]:
        """Key, entity and spelling of names whose key begins so."""
        test = (
            "SELECT key, entity, text FROM name WHERE key>=? AND key<? AND form IN ('name','alias','surname') LIMIT ?"
        )
        return self._rows.execute(test, (prefix, f"{prefix}\U0010ffff", limit)).fetchall()

    def everything(self) -> Iterator[tuple[str, str, str, str]]:
        """Key, entity, form and spelling of every name."""
        yield from self._rows.execute("SELECT key, entity, form, text FROM name")

    def regions(self) -> Iterator[tuple[str, str, str]]:
        """Key, ISO 3166-2 code and country of every state, province and the like; short forms end in a dot."""
        yield from self._rows.execute("SELECT key, code, country FROM region")

    def namesakes(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Key, entity (empty for a place that is none), country, region and people of places of our names."""
        yield from self._rows.execute("SELECT key, entity, country, region, people FROM namesake")

    @functools.cached_property
    def size(self) -> int:
        """How many entities there are."""
        return int(self._rows.execute("SELECT count(*) FROM entity").fetchone()[0])


def _connect(path: Path) -> sqlite3.Connection:
    import sqlite3

    rows = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    rows.execute("SELECT * FROM organ LIMIT 1").fetchall()
    return rows
