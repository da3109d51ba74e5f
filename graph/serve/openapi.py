"""The OpenAPI 3.1 description of the JSON API and the SPARQL endpoint."""

from __future__ import annotations

from typing import Any, Final

from graph.questions.catalogue import MOST, QUESTIONS
from graph.questions.question import Question
from graph.serve import shapes
from graph.serve.limits import LIMITS

_DAY: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ID: Final = {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]*$", "maxLength": 100}
# Summary, parameters and the shape of the answer.
_PATHS: Final[dict[str, tuple[str, tuple[str, ...], dict[str, Any]]]] = {
    "/api/entities/{id}": (
        "One thing with the claims in which it stands",
        ("id", "known_at", "limit", "after"),
        shapes.ENTITY,
    ),
    "/api/events/{id}": ("One event: date, place, participants, values, links", ("id", "known_at"), shapes.EVENT),
    "/api/claims/{id}": ("One claim with its citations", ("id",), shapes.CLAIM),
    "/api/articles/{id}": ("One article", ("id",), shapes.ARTICLE),
    "/api/search": ("Things whose names match words, best first", ("q", "limit"), shapes.SEARCH),
    "/api/chain": ("How a focus came about", ("focus", "as_of", "known_at", "events"), shapes.steps()),
    "/api/timeline": (
        "The dated events about a focus that count most",
        ("focus", "as_of", "known_at", "most"),
        shapes.steps(),
    ),
    "/api/context": ("A cited paragraph about a focus", ("focus", "as_of", "known_at", "words"), shapes.told()),
    "/api/ask": (
        "The answer to a question in English; without one, the questions there are",
        ("in", "limit", "after"),
        shapes.OPEN,
    ),
    "/api/queries": ("SPARQL queries to begin with", (), shapes.OPEN),
}
_PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "id": {"in": "path", "required": True, "schema": _ID},
    "as_of": {"in": "query", "description": "Only what had happened by this day.", "schema": _DAY},
    "known_at": {"in": "query", "description": "Only what had been published by this day.", "schema": _DAY},
    "limit": {"in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 20}},
    "after": {
        "in": "query",
        "description": "The id of the last row seen.",
        "schema": {"type": "string", "minLength": 1},
    },
    "q": {"in": "query", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 200}},
    "in": {
        "name": "q",
        "in": "query",
        "description": "Who did what to whom, and when.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 300},
    },
    "focus": {
        "in": "query",
        "required": True,
        "description": "A name or id; twice for a pair.",
        "schema": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": 2},
    },
    "most": {
        "name": "events",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 30},
    },
    "events": {"in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 12, "default": 7}},
    "words": {"in": "query", "schema": {"type": "integer", "minimum": 20, "maximum": 1000, "default": 150}},
}
_WINDOW: Final = {"type": "string", "description": "A day, a month or a year.", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_SHAPES: Final[dict[str, dict[str, Any]]] = {
    "thing": {"type": "string", "minLength": 1, "maxLength": 200, "description": "A name or an id."},
    "day": _DAY,
    "from": _WINDOW,
    "to": _WINDOW,
    "number": {"type": "integer", "minimum": 1, "maximum": MOST},
    "word": {"type": "string", "minLength": 1, "maxLength": 100},
}
_PROBLEMS: Final = {
    "400": "The request cannot be understood",
    "404": "Nothing goes by this name",
    "422": "The graph does not hold enough to answer",
    "503": "A limit was reached; try a smaller question, or later",
}


def document() -> dict[str, Any]:
    """The whole document; every operation answers JSON or an RFC 9457 problem."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Backstory", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "paths": {path: {"get": _operation(path, *about)} for path, about in _PATHS.items()}
        | {f"/api/ask/{q.name}": {"get": _asking(q)} for q in QUESTIONS.values()}
        | {"/api/check": {"post": _check()}}
        | {"/sparql": _sparql()},
        "components": {"schemas": {"Problem": _problem_shape()}},
    }


def _operation(path: str, summary: str, names: tuple[str, ...], shape: dict[str, Any]) -> dict[str, Any]:
    return _answering(path, summary, [{"name": name} | _PARAMETERS[name] for name in names], shape)


def _answering(path: str, summary: str, parameters: list[dict[str, Any]], shape: dict[str, Any]) -> dict[str, Any]:
    answers = {"200": {"description": summary, "content": {"application/json": {"schema": shape}}}}
    name = path.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers | _problems()}


def _check() -> dict[str, Any]:
    """The operation that holds a writer's own text against the claims."""
    parameters = [{"name": name} | _PARAMETERS[name] for name in ("as_of", "known_at")]
    parameters[0] = parameters[0] | {"required": True, "description": "The day the draft is written for."}
    found = _answering("/api/check", "A draft, sentence by sentence, against the claims", parameters, shapes.checked())
    text = {"type": "string", "minLength": 1, "maxLength": LIMITS.draft_bytes}
    found["requestBody"] = {"required": True, "content": {"text/plain": {"schema": text}}}
    found["responses"]["413"] = found["responses"]["400"] | {"description": "The draft is larger than the limit"}
    return found


def _asking(question: Question) -> dict[str, Any]:
    """The operation of one question: its parameters as its function declares them, then the page."""
    own = [
        {
            "name": p.public,
            "in": "query",
            "required": p.required,
            "description": p.says,
            "schema": _SHAPES[p.type] | ({} if p.default is None else {"default": p.default}),
        }
        for p in question.parameters
    ]
    paged = [{"name": name, **_PARAMETERS[name]} for name in ("limit", "after")]
    return _answering(f"/api/ask/{question.name}", question.says, [*own, *paged], shapes.answer(question.row))


def _problems() -> dict[str, Any]:
    shape = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": shape} for status, text in _PROBLEMS.items()}


def _sparql() -> dict[str, Any]:
    query = {"type": "string", "minLength": 1, "maxLength": LIMITS.query_bytes}
    results: dict[str, Any] = {
        m: {} for m in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
    }
    answers = {"200": {"description": "The result", "content": {**results, "text/turtle": {}}}} | _problems()
    answers["406"] = answers["400"] | {"description": "None of the accepted types fits the query"}
    answers["413"] = answers["400"] | {"description": "The result is larger than the limit"}
    parameter = {"name": "query", "in": "query", "required": True, "schema": query}
    return {
        "get": {
            "operationId": "sparql",
            "summary": "A SPARQL 1.1 query",
            "parameters": [parameter],
            "responses": answers,
        }
    }


def _problem_shape() -> dict[str, Any]:
    fields = {"type": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}
    return {"type": "object", "properties": {**fields, "hint": {"type": "string"}}, "required": ["status", "detail"]}
