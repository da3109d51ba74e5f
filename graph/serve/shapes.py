"""JSON Schemas of what the API answers with: of rows from their types, of things and claims as `values` makes them."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from typing import Any, Final

from graph.questions.rows import Row

Shape = dict[str, Any]
_PLAIN: Final[dict[Any, Shape]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Any: {},
    types.NoneType: {"type": "null"},
}


def of(kind: Any) -> Shape:
    """The schema of values of a type, as `graph.questions.rows.as_value` writes them.

    >>> of(tuple[str, ...])
    {'type': 'array', 'items': {'type': 'string'}}
    """
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return record({f.name: of(hints[f.name]) for f in dataclasses.fields(kind)})
    if typing.get_origin(kind) is tuple:
        return many(of(typing.get_args(kind)[0]))
    return {"anyOf": [of(part) for part in typing.get_args(kind)]}


def record(fields: dict[str, Shape], *, closed: bool = True) -> Shape:
    """An object with these fields, all of them, and when `closed` no others."""
    return {"type": "object", "properties": fields, "required": list(fields)} | (
        {"additionalProperties": False} if closed else {}
    )


def many(item: Shape) -> Shape:
    """An array of one shape."""
    return {"type": "array", "items": item}


def either(*shapes: Shape) -> Shape:
    """Any of some shapes."""
    return {"anyOf": list(shapes)}


TEXT: Final = of(str)
_NOTHING: Final = of(types.NoneType)
_TEXTS: Final = many(TEXT)
_SPOKEN: Final = many(record({"text": TEXT, "lang": TEXT}))
_THING: Final = {"id": TEXT, "kind": TEXT, "name": TEXT, "names": _SPOKEN, "aliases": _SPOKEN, "sameAs": _TEXTS}
_CITATION: Final = record(dict.fromkeys(("article", "speaker", "stance", "locator", "quote", "note"), TEXT))
CLAIM: Final = record(
    dict.fromkeys(("id", "subject", "predicate", "when", "status", "confirmed", "recorded", "withdrawn"), TEXT)
    | {
        "object": either(TEXT, record({"value": TEXT, "type": TEXT, "lang": TEXT})),
        "qualifiers": {"type": "object", "additionalProperties": TEXT},
        "contradicts": _TEXTS,
        "citations": many(_CITATION),
    }
)
ARTICLE: Final = record(
    dict.fromkeys(
        ("id", "url", "title", "publisher", "published", "lang", "origin", "copyOf", "accessed"),
        TEXT,
    )
)
EVENT: Final = record(
    _THING
    | {
        "when": TEXT,
        "places": _TEXTS,
        "summary": TEXT,
        "participants": many(record({"role": TEXT, "entity": TEXT, "claims": _TEXTS})),
        "claims": many(CLAIM),
    }
)
_COUNT: Final = {"type": "integer", "minimum": 0}
_NEXT: Final = either(TEXT, _NOTHING)
ENTITY: Final = record(_THING | {"claims": record({"total": _COUNT, "rows": many(CLAIM), "next": _NEXT})})
SEARCH: Final = record({"results": many(record(_THING | {"score": of(float), "reason": TEXT}))})
OPEN: Final = {"type": "object"}


def answer(row: type[Row]) -> Shape:
    """The schema of the answer to a question whose rows are of a type."""
    fields = {"question": TEXT, "asked": OPEN, "total": _COUNT, "rows": many(of(row)), "next": _NEXT}
    return record(fields)


def steps() -> Shape:
    """The schema of a chain or timeline; its parts may grow."""
    parts = ("steps", "links", "side", "gaps", "near_misses")
    fields = {"focus": OPEN, "fingerprint": TEXT, "config": TEXT} | {name: many({}) for name in parts}
    return record(fields, closed=False)


def told() -> Shape:
    """The schema of a paragraph; its parts may grow."""
    return record({"text": TEXT, "sentences": many(OPEN), "sources": many(OPEN), "words": _COUNT}, closed=False)


def checked() -> Shape:
    """The schema of a checked draft; its parts may grow."""
    return record({"as_of": TEXT, "counts": OPEN, "sentences": many(OPEN)}, closed=False)
