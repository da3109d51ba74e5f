"""The JSON API: things, claims and questions, the same functions as the command line and Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from graph import when as when_
from graph.chains.chain import as_value
from graph.draft.show import value as report_value
from graph.errors import InputError, LimitExceeded
from graph.exports.answers import value as answer_value
from graph.knowledge import KnowledgeGraph
from graph.questions.catalogue import QUESTIONS
from graph.questions.question import Question
from graph.serve.answering import Answering
from graph.serve.canned import canned
from graph.serve.memory import Answer
from graph.serve.openapi import document
from graph.serve.values import article_value, claim_value, entity_value, event_value
from graph.tell.render import value
from graph.when import Clocks

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

MOST_ROWS = 200
MOST_LETTERS = 300


class TooLarge(LimitExceeded):
    """A draft over the limit."""


Reply = Callable[[KnowledgeGraph, "Request"], Any]


def routes(kg: KnowledgeGraph, answering: Answering) -> list[Route]:
    """One route a question, all GET; answers carry the store's ETag."""
    from starlette.routing import Route

    asked = [
        Route(f"/api/{path}", _endpoint(kg, answering, answer), methods=["GET"]) for path, answer in ANSWERS.items()
    ]
    return [*asked, Route("/api/check", _check(kg, answering), methods=["POST"])]


def _endpoint(
    kg: KnowledgeGraph, answering: Answering, answer: Reply
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def endpoint(request: Request) -> Response:
        def make() -> Answer:
            body = json.dumps(answer(kg, request), ensure_ascii=False, separators=(",", ":")).encode()
            return Answer(200, "application/json", body)

        question = (request.url.path, request.url.query)
        return await answering.respond(request, question, make, seconds=answering.limits.answer_seconds)

    return endpoint


def _check(kg: KnowledgeGraph, answering: Answering) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def endpoint(request: Request) -> Response:
        text, given = _draft(await request.body(), answering.limits.draft_bytes), clocks(request)
        if given.as_of is None:
            raise InputError("no day", expected="as_of=YYYY-MM-DD, the day the draft is written for")

        def make() -> Answer:
            assert given.as_of is not None
            report = kg.check(text, as_of=given.as_of, known_at=given.known_at)
            return Answer(200, "application/json", json.dumps(report_value(report), ensure_ascii=False).encode())

        question = (request.url.path, request.url.query, text)
        return await answering.respond(request, question, make, seconds=answering.limits.answer_seconds)

    return endpoint


def _draft(body: bytes, most: int) -> str:
    """The text of a draft; InputError when it is none."""
    if len(body) > most:
        raise TooLarge(f"a draft of {len(body)} bytes", expected=f"at most {most}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"body is not UTF-8 at byte {error.start}") from error
    if not text.strip():
        raise InputError("no text", expected="the draft as the body, in UTF-8")
    return text


def entity(kg: KnowledgeGraph, request: Request) -> Any:
    """One thing with the claims in which it is subject or object."""
    found = kg.store.entity(request.path_params["id"])
    about = kg.store.claims(subject=found.id, clocks=clocks(request))
    to = kg.store.claims(object=found.id, clocks=clocks(request))
    return {**entity_value(found), "claims": _page(request, [claim_value(c) for c in (*about, *to)])}


def event(kg: KnowledgeGraph, request: Request) -> Any:
    """One event: date, place, participants in roles, values, stated links."""
    return event_value(kg.store.event(request.path_params["id"], clocks=clocks(request)))


def claim(kg: KnowledgeGraph, request: Request) -> Any:
    """One claim with its citations."""
    return claim_value(kg.store.claim(request.path_params["id"]))


def article(kg: KnowledgeGraph, request: Request) -> Any:
    """One article."""
    return article_value(kg.store.article(request.path_params["id"]))


def search(kg: KnowledgeGraph, request: Request) -> Any:
    """Things whose names match the words in `q`, best first."""
    words = request.query_params.get("q", "").strip()
    if not words or len(words) > 200:
        raise InputError("no words to search for", expected="q= with at most 200 characters")
    found = kg.names.find(words, limit=_count(request))
    return {"results": [{**entity_value(kg.store.entity(m.id)), "score": m.score, "reason": m.reason} for m in found]}


def chain(kg: KnowledgeGraph, request: Request) -> Any:
    """How `focus` came about."""
    names, given = _focus(request), clocks(request)
    events = _number(request, "events", 7, 12)
    return as_value(kg.chain(*names, as_of=given.as_of, known_at=given.known_at, events=events))


def timeline(kg: KnowledgeGraph, request: Request) -> Any:
    """The dated events about `focus` that count most, in order."""
    names, given = _focus(request), clocks(request)
    events = _number(request, "events", 30, 100)
    return as_value(kg.timeline(*names, as_of=given.as_of, known_at=given.known_at, events=events))


def context(kg: KnowledgeGraph, request: Request) -> Any:
    """A cited paragraph about `focus`."""
    given, words = clocks(request), _number(request, "words", 150, 1000)
    return value(kg.context(*_focus(request), as_of=given.as_of, known_at=given.known_at, words=words, at_most=True))


def asking(question: Question) -> Reply:
    """How one question is asked: things as `one` and `other`, the rest by name, paged by cursor."""

    def answer(kg: KnowledgeGraph, request: Request) -> Any:
        given = request.query_params
        things = [given[p.public] for p in question.things if given.get(p.public, "").strip()]
        options = {p.name: given[p.public] for p in question.options if given.get(p.public)}
        found = kg.ask(question.name, *things, **options)
        return answer_value(found, *found.page(_count(request), given.get("after", "")))

    answer.__doc__ = question.says
    return answer


def questions(kg: KnowledgeGraph, request: Request) -> Any:
    """The answer to the question in English in `q`; without it the questions that can be asked, and what each takes."""
    words = request.query_params.get("q", "").strip()
    if words:
        if " " not in words or len(words) > MOST_LETTERS:
            raise InputError("not a question", expected=f"several words, at most {MOST_LETTERS} characters")
        found = kg.ask(words)
        page = found.page(_count(request), request.query_params.get("after", ""))
        return {"understood": found.told} | answer_value(found, *page)
    return {"questions": [_told(q) for q in QUESTIONS.values()]}


def _told(question: Question) -> dict[str, Any]:
    taken = [
        {"name": p.public, "type": p.type, "required": p.required, "says": p.says, "default": p.default}
        for p in question.parameters
    ]
    return {"name": question.name, "says": question.says, "parameters": taken}


def openapi(_kg: KnowledgeGraph, _request: Request) -> Any:
    """The description of this API."""
    return document()


def queries(_kg: KnowledgeGraph, _request: Request) -> Any:
    """The canned queries."""
    return {"queries": [{"name": c.name, "title": c.title, "query": c.query} for c in canned()]}


ANSWERS: dict[str, Reply] = {
    "entities/{id}": entity,
    "events/{id}": event,
    "claims/{id}": claim,
    "articles/{id}": article,
    "search": search,
    "chain": chain,
    "timeline": timeline,
    "context": context,
    "ask": questions,
    **{f"ask/{q.name}": asking(q) for q in QUESTIONS.values()},
    "queries": queries,
    "openapi.json": openapi,
}


def _focus(request: Request) -> list[str]:
    names = request.query_params.getlist("focus")
    if not 1 <= len(names) <= 2 or not all(n.strip() for n in names):
        raise InputError(f"{len(names)} focuses", expected="focus= once, or twice for a pair")
    return names


def clocks(request: Request) -> Clocks:
    """The two clocks from `as_of` and `known_at`."""
    days = [request.query_params.get(name) for name in ("as_of", "known_at")]
    as_of, known_at = (when_.day(text) if text else None for text in days)
    return Clocks(as_of, known_at)


def _count(request: Request) -> int:
    return _number(request, "limit", 20, MOST_ROWS)


def _number(request: Request, name: str, otherwise: int, most: int) -> int:
    text = request.query_params.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise InputError(f"{name} is not a number from 1 to {most}")
    return int(text)


def _page(request: Request, rows: list[Any]) -> dict[str, Any]:
    """A page of rows after the cursor, which is the id of the last row already seen."""
    size, cursor = _count(request), request.query_params.get("after", "")
    ids = [row["id"] for row in rows]
    if cursor and cursor not in ids:
        raise InputError("after names no row of this answer", expected="the id of the last row seen")
    start = ids.index(cursor) + 1 if cursor else 0
    page = rows[start : start + size]
    more = start + size < len(rows)
    return {"total": len(rows), "rows": page, "next": page[-1]["id"] if more else None}
