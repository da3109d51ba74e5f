"""The web application: SPARQL Protocol at /sparql, JSON at /api, the query page at /query, a built site at /."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from graph.errors import AmbiguousName, GraphError, InputError, Insufficient, StoreError, UnknownName
from graph.knowledge import KnowledgeGraph
from graph.serve import gate, protocol
from graph.serve.answering import Answering
from graph.serve.api import TooLarge
from graph.serve.api import routes as api_routes
from graph.serve.description import description
from graph.serve.hardening import App, Hardened
from graph.serve.limits import LIMITS, Limits
from graph.serve.local import Workers, workers_of
from graph.serve.memory import Answer
from graph.serve.pool import Busy, Overrun, QueryRefused

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
_REASONS: Final = {"syntax": 400, "unacceptable": 406, "too large": 413, "memory": 503, "refused": 400, "crashed": 500}


def application(
    kg: KnowledgeGraph,
    *,
    hosts: Sequence[str] = LOCAL,
    limits: Limits = LIMITS,
    pool: Workers | None = None,
    site: Path | None = None,
) -> App:
    """The ASGI application over an opened graph; workers start with it and end with its lifespan.

    With `site`, a folder that `backstory site build` made, its pages are served at `/`.
    """
    from starlette.applications import Starlette

    workers = pool or workers_of(kg.store, limits)
    queries = Answering(kg.store.fingerprint, limits.workers + limits.queue, limits)
    answers = Answering(kg.store.fingerprint, limits.answering, limits)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        queries.close()
        answers.close()
        workers.close()

    async def sparql(request: Request) -> Response:
        return await _sparql(request, kg, workers, queries)

    app = Starlette(
        routes=_routes(sparql, api_routes(kg, answers), limits, front=site is None),
        exception_handlers={GraphError: _refused, 404: _plain, 405: _plain, Exception: _broken},
        lifespan=lifespan,
    )
    if site is not None:
        from graph.serve.site import Files

        app.router.default = Files(site, limits.remembered_bytes)
    return Hardened(app, hosts, limits)


def _routes(sparql: object, api: Sequence[BaseRoute], limits: Limits, *, front: bool) -> list[BaseRoute]:
    """Everything that is answered beside a site; `front` makes the query page the first page too."""
    from starlette.responses import FileResponse
    from starlette.routing import Mount, Route

    from graph.serve.site import QUERY_PAGE, Files

    async def query_page(_: Request) -> Response:
        return FileResponse(QUERY_PAGE / "query.html")

    assert callable(sparql)
    return [
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *api,
        Route("/query", query_page, methods=["GET"]),
        *([Route("/", query_page, methods=["GET"])] if front else []),
        Mount("/query-page", Files(QUERY_PAGE, limits.remembered_bytes)),
    ]


async def _sparql(request: Request, kg: KnowledgeGraph, workers: Workers, queries: Answering) -> Response:
    from starlette.responses import Response

    media = request.headers.get("content-type", "")
    text = _utf8(await request.body())
    form = media.split(";")[0].strip().lower() == "application/x-www-form-urlencoded"
    url = parse_qsl(request.url.query, keep_blank_values=True)
    fields = parse_qsl(text, keep_blank_values=True) if form else []
    accept = protocol.accepted(request.headers.get("accept", ""), dict(url))
    if request.method in ("GET", "HEAD") and not url:
        return Response(description(kg, str(request.url.replace(query=""))), media_type="text/turtle; charset=utf-8")
    asked = protocol.question(request.method, media, url, fields, text)
    gate.check(asked.query, workers.limits)

    def make() -> Answer:
        found = workers.ask(asked.query, accept, default=asked.default, named=asked.named)
        disposition = "inline" if found.media_type.endswith("json") else "attachment"
        kept = (("content-disposition", disposition),)
        return Answer(200, _charset(found.media_type), found.data, kept)

    # The workers keep the deadline; waiting for one of them counts as well.
    seconds = workers.limits.seconds * (1 + workers.limits.queue / workers.limits.workers)
    return await queries.respond(request, (asked, accept), make, seconds=seconds)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"body is not UTF-8 at byte {error.start}") from error


def _charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def status_of(error: GraphError) -> int:
    """The HTTP status that says what an error means."""
    if isinstance(error, protocol.ProtocolError):
        return error.status
    if isinstance(error, TooLarge):
        return 413
    if isinstance(error, QueryRefused):
        return _REASONS[error.reason]
    if isinstance(error, UnknownName | AmbiguousName):
        return 404
    if isinstance(error, Insufficient):
        return 422
    return 503 if isinstance(error, Busy | Overrun | StoreError) else 400


async def _refused(_: Request, error: Exception) -> Response:
    from starlette.responses import JSONResponse

    assert isinstance(error, GraphError)
    status = status_of(error)
    headers = {"retry-after": "1"} if status == 503 else {}
    value = {"type": "about:blank", "status": status, "detail": error.what or str(error), "hint": error.expected}
    return JSONResponse(value, status, headers, "application/problem+json")


async def _plain(_: Request, error: Exception) -> Response:
    from starlette.exceptions import HTTPException
    from starlette.responses import JSONResponse

    assert isinstance(error, HTTPException)
    value = {"type": "about:blank", "status": error.status_code, "detail": error.detail}
    return JSONResponse(value, error.status_code, error.headers, "application/problem+json")


async def _broken(request: Request, error: Exception) -> Response:
    """An error of our own: nothing of it is told to the client, everything to whoever runs the server."""
    from starlette.responses import JSONResponse

    logging.getLogger(__name__).error("%s could not be answered", request.url.path, exc_info=error)
    value = {"type": "about:blank", "status": 500, "detail": "the server could not answer"}
    return JSONResponse(value, 500, None, "application/problem+json")
