"""Things in schema.org's terms, for machines that read pages."""

from __future__ import annotations

from typing import Any, Final

from graph.store import Store
from viz import cast

# Values that schema.org has a property for.
_VALUES: Final = {"founded": "foundingDate", "dissolved": "dissolutionDate", "officialName": "legalName"}


def thing(name: str, store: Store, *, address: str = "") -> dict[str, Any]:
    """An entity as a schema.org object: type, names, what it is elsewhere, its description."""
    entity = store.entity(name)
    found: dict[str, Any] = {"@type": cast.schema_type(entity.kind, store), "@id": address or f"e:{name}"}
    found["name"] = entity.name
    others = list(dict.fromkeys(text for text, _ in (*entity.names[1:], *entity.aliases)))
    if others:
        found["alternateName"] = others
    if entity.same_as:
        found["sameAs"] = list(entity.same_as)
    if address:
        found["url"] = address
    for claim in store.claims(subject=name):
        if claim.predicate in ("summary", "description") and "description" not in found:
            found["description"] = claim.value
        if claim.predicate == "happened" and "startDate" not in found:
            found["startDate"] = claim.value
        if claim.predicate in _VALUES:
            found.setdefault(_VALUES[claim.predicate], claim.value)
    return found
