"""Who the names of a source mean: an entity of the graph where that is sure, else one of the source's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from graph.claim import Entity, content_id, slug
from graph.sources.countries import Country, by_name
from graph.sources.said import Line, Said, Stated
from graph.when import Day

OWN = "the source's own: nothing here surely goes by this name"


class Meant(NamedTuple):
    """The entity a name stands for, its kind, and why it was taken for it."""

    id: str
    kind: str
    why: str = ""


class Name(NamedTuple):
    """A name of a source with whom it was taken for, kept so that the next import takes it the same way."""

    text: str
    entity: str
    kind: str
    why: str


Ask: TypeAlias = Callable[[str, str, str, Day], Meant | None]
"""The entity of a kind that surely goes by a name around a day, in a country (its id, or ""); None when unsure."""


def nobody(_name: str, _kind: str, _country: str, _day: Day) -> None:
    """What to ask when there is no graph: nothing is known but countries."""
    return


class Cast:
    """The names of one source, each decided once and then held to.

    `held` are names decided by earlier imports. What a decision declares (an entity of the source's
    own, whose organ it is) waits in `waiting` and is taken with `take`; new names with `fresh`.
    """

    def __init__(self, prefix: str, ask: Ask = nobody, held: Mapping[str, Meant] | None = None) -> None:
        self.prefix, self.ask = prefix, ask
        self.held = dict(held or {})
        self.waiting: list[Stated] = []
        self._fresh: list[Name] = []
        self._declared: set[str] = set()

    def take(self) -> list[Stated]:
        """What has to be declared before the next record, once."""
        found, self.waiting = self.waiting, []
        return found

    def fresh(self) -> list[Name]:
        """The names decided since the last call."""
        found, self._fresh = self._fresh, []
        return found

    def hold(self, text: str, meant: Meant) -> Meant:
        """Decide a name."""
        self.held[text] = meant
        self._fresh.append(Name(text, *meant))
        return meant

    def country(self, text: str) -> Meant | None:
        """The country or territory of this English name."""
        found = by_name().get(text)
        return self.nation(found, "a country by its name") if found else None

    def nation(self, country: Country, why: str) -> Meant:
        """A country or territory, declared when it is first met: the graph at hand may not hold it."""
        if country.id not in self._declared:
            self._declared.add(country.id)
            self.waiting.append(Entity(country.id, country.kind, ((country.name, "en"),)))
        return Meant(country.id, country.kind, why)

    def own(self, text: str, kind: str, *, name: str = "", key: str = "") -> Meant:
        """An entity of the source's own, declared when it is first met; `key` is what its id is made of."""
        meant = Meant(own_id(self.prefix, key or text), kind, OWN)
        self.waiting.append(Entity(meant.id, kind, ((name or text, "en"),)))
        return meant

    def say(self, subject: str, claims: tuple[Line, ...], article: str, locator: str) -> None:
        """Claims about an entity of the source's own."""
        self.waiting.append(Said(f"about {subject}", subject, "", "", claims, article, locator))


def own_id(prefix: str, text: str) -> str:
    """The id of an entity of a source's own: readable, and different for every spelling.

    >>> own_id("icews", "Police (Russia)")
    'icews-police-russia-c3bb05'
    """
    return f"{prefix}-{slug(text)[:60].strip('-')}-{content_id(text)[:6]}"


def spelled(text: str) -> str:
    """A name as a source spells it, with blanks for underscores, in one normal form."""
    return " ".join(unicodedata.normalize("NFC", text.replace("_", " ")).split())
