"""A JSON entity dump: one item a line, read twice, so that memory holds only the items that map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph.claim import Entity, slug
from graph.errors import DateError, InputError
from graph.model import Model
from graph.sources.countries import by_code
from graph.sources.found import Left
from graph.sources.guard import json, opening
from graph.sources.guard.limits import Limits
from graph.sources.source import Rejected, Source, audit
from graph.sources.text import clean
from graph.sources.wikidata import values
from graph.sources.wikidata.statement import ITEM, Reference, Statement

TAKEN: Final = ("id", "labels", "aliases", "claims", "modified")
# Labels in other languages are left out: names of world affairs in the languages our sources write.
LANGUAGES: Final = frozenset(
    (
        "ar",
        "az",
        "de",
        "en",
        "es",
        "fa",
        "fi",
        "fr",
        "he",
        "hy",
        "it",
        "ja",
        "ka",
        "ko",
        "mul",
        "pt",
        "ru",
        "tr",
        "uk",
        "zh",
    )
)
_BEGIN, _END, _AT, _CLASS, _ISO = "P580", "P582", "P585", "P31", "P298"
_URL, _PUBLISHED, _RETRIEVED, _TITLE = "P854", "P577", "P813", "P1476"


def items(path: Path, limits: Limits) -> Iterator[tuple[str, dict[str, Any] | Rejected]]:
    """Each item of a dump with its file and line; a line that is no item is rejected."""
    for number, line in opening.lines(path, limits):
        text = line.strip().removesuffix(",")
        if text in ("", "[", "]"):
            continue
        where = f"{path.name}:{number}"
        try:
            found = json.value(text.encode(), Path(where), limits)
        except InputError as error:
            yield where, Rejected(where, error.what, text[:1000])
            continue
        if not isinstance(found, dict) or not isinstance(found.get("claims", {}), dict):
            yield where, Rejected(where, "not an entity", text[:1000])
        elif str(found.get("id", "")).startswith("Q"):
            yield where, found


def entity(item: Mapping[str, Any], model: Model) -> Entity | None:
    """The entity of an item whose class, or ISO 3166 code, is known here; None for any other."""
    code = next((v for v, form in _values(item, _ISO) if form == "string"), "")
    country = by_code("iso").get(code)
    same = f"{ITEM}{values.item_id(item)}"
    if country is not None:
        known = country.entity
        return Entity(known.id, known.kind, known.names, known.aliases, (same,))
    classes = {values.item_id(v) for v, form in _values(item, _CLASS) if form == "wikibase-entityid"}
    kinds = {k.name for k in model.kinds.values() if k.wikidata in classes}
    kinds = {k for k in kinds if not any(k != other and model.is_a(other, k) for other in kinds)}
    names = [(clean(label["value"]), lang) for lang, label in _texts(item, "labels")]
    names = [(text, "" if lang == "mul" else lang) for text, lang in names if text]
    if len(kinds) != 1 or not names:
        return None
    ordered = tuple(sorted(names, key=lambda n: (n[1] != "en", n[1])))
    others = {(clean(a["value"]), lang) for lang, group in _texts(item, "aliases") for a in group}
    key = f"{slug(ordered[0][0])[:80].strip('-')}-{values.item_id(item).lower()}"
    return Entity(key, kinds.pop(), ordered, tuple(sorted(o for o in others if o[0])), (same,))


def statements(item: Mapping[str, Any], where: str, source: Source) -> Iterator[Statement | Left]:
    """Every statement of an item that is not deprecated and has a value.

    Raises InputError for a field of the item that nobody reads.
    """
    audit(item, TAKEN, source, where=where)
    for name, group in item.get("claims", {}).items():
        for raw in group:
            if raw.get("rank") == "deprecated":
                yield Left("deprecated statements")
            elif raw.get("mainsnak", {}).get("snaktype") != "value":
                yield Left("statements without a value")
            else:
                yield from _statement(item["id"], name, raw, where)


def _statement(item: str, name: str, raw: Mapping[str, Any], where: str) -> Iterator[Statement | Left]:
    value, form = _value(raw["mainsnak"])
    qualifiers: dict[str, list[Any]] = raw.get("qualifiers", {})
    yield from (Left(f"qualifier {q}") for q in qualifiers if q not in (_BEGIN, _END, _AT))
    days = {q: _day(qualifiers.get(q, ())) for q in (_BEGIN, _END, _AT)}
    yield Statement(
        item,
        name,
        value,
        form,
        str(raw.get("id", "")),
        days[_BEGIN],
        days[_END],
        days[_AT],
        any(snak.get("snaktype") == "novalue" for snak in qualifiers.get(_END, ())),
        tuple(_references(raw)),
        where,
    )


def _references(raw: Mapping[str, Any]) -> Iterator[Reference]:
    for reference in raw.get("references", ()):
        snaks: dict[str, list[Any]] = reference.get("snaks", {})
        published, retrieved = (_day(snaks.get(name, ())) for name in (_PUBLISHED, _RETRIEVED))
        titles = [v["text"] for s in snaks.get(_TITLE, ()) for v, form in [_value(s)] if form == "monolingualtext"]
        for snak in snaks.get(_URL, ()):
            if snak.get("snaktype") == "value":
                yield Reference(str(_value(snak)[0]), published, retrieved, titles[0] if titles else "")


def _day(snaks: Any) -> str:
    """The first date among snaks that is fine enough, or empty."""
    for snak in snaks:
        if snak.get("snaktype") == "value" and _value(snak)[1] == "time":
            try:
                return values.time(_value(snak)[0])
            except DateError:
                continue
    return ""


def _values(item: Mapping[str, Any], name: str) -> Iterator[tuple[Any, str]]:
    for raw in item.get("claims", {}).get(name, ()):
        snak = raw.get("mainsnak", {})
        if snak.get("snaktype") == "value" and raw.get("rank") != "deprecated":
            yield _value(snak)


def _value(snak: Mapping[str, Any]) -> tuple[Any, str]:
    found = snak.get("datavalue", {})
    return found.get("value"), str(found.get("type", ""))


def _texts(item: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    """The labels or aliases in the languages that are kept; an empty list stands for none."""
    found = item.get(name) or {}
    yield from ((lang, text) for lang, text in found.items() if lang in LANGUAGES)
