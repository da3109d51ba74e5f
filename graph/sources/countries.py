"""Countries and territories by the codes that sources use for them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from graph import yaml_file
from graph.claim import Entity
from graph.errors import InputError

TABLE: Final = Path(__file__).parent / "countries.yaml"


@dataclass(frozen=True, slots=True)
class Country:
    """One line of `countries.yaml`: id, name, kind, codes, further names.

    `gec` is the World Factbook's code, `iso` ISO 3166-1 alpha-3, `cow` the Correlates of War
    abbreviation; empty where the source does not know the place.
    """

    id: str
    name: str
    kind: str
    gec: str = ""
    iso: str = ""
    cow: str = ""
    also: tuple[str, ...] = ()

    @property
    def iso2(self) -> str:
        """Its ISO 3166-1 alpha-2 code in small letters, as city ids end; the id where there is none."""
        import pycountry

        if self.iso == "XKX":  # Kosovo: user-assigned codes, XKX and XK
            return "xk"
        found = pycountry.countries.get(alpha_3=self.iso) if self.iso else None
        return str(found.alpha_2).lower() if found else self.id

    @property
    def entity(self) -> Entity:
        """It as an entity, with its further names and ISO code as aliases."""
        aliases = {(name, "en") for name in self.also} | ({(self.iso, "")} if self.iso else set())
        return Entity(self.id, self.kind, ((self.name, "en"),), tuple(sorted(aliases)))


@functools.cache
def countries() -> Mapping[str, Country]:
    """Every country and territory by id."""
    raw: dict[str, dict[str, Any]] = yaml_file.read(TABLE)
    found = {key: Country(key, **(fields | {"also": tuple(fields.get("also", ()))})) for key, fields in raw.items()}
    return MappingProxyType(found)


@functools.cache
def by_code(scheme: str) -> Mapping[str, Country]:
    """Every country by its code in one scheme: "gec", "iso" or "cow".

    Raises InputError when two countries share a code.
    """
    found: dict[str, Country] = {}
    for country in countries().values():
        code = getattr(country, scheme)
        if code in found:
            raise InputError(f"{found[code].id} and {country.id} share {scheme} {code!r}", where=TABLE.name)
        if code:
            found[code] = country
    return MappingProxyType(found)


@functools.cache
def by_name() -> Mapping[str, Country]:
    """Every country by each of its English names."""
    return MappingProxyType({name: c for c in countries().values() for name in (c.name, *c.also)})
