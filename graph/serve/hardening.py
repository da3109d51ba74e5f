"""What every request meets first: allowed hosts, sizes, a whole-request deadline, and the headers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from graph.serve.limits import LIMITS, Limits

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
    "vary": "Accept",
}


class Gone(Exception):
    """The client closed the connection before the request was whole."""


class Hardened:
    """An ASGI app behind host, size and time checks; it adds `HEADERS` to every answer."""

    def __init__(self, app: App, hosts: Iterable[str], limits: Limits = LIMITS) -> None:
        self.app, self.hosts, self.limits = app, frozenset(h.lower() for h in hosts), limits
        self._active = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it before the app sees it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with_headers = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal:
            await problem(with_headers, *refusal)
            return
        try:
            body = await asyncio.wait_for(_read(receive, self.limits.body_bytes), self.limits.request_seconds)
        except TimeoutError:
            await problem(with_headers, 408, "the request took too long", [("connection", "close")])
            return
        except Gone:
            return
        if body is None:
            await problem(with_headers, 413, f"body over {self.limits.body_bytes} bytes", [("connection", "close")])
            return
        if self._active >= self.limits.active:
            await problem(with_headers, 503, "too many requests at once", [("retry-after", "1")])
            return
        self._active += 1
        try:
            await self.app(scope, _replay(body, receive), with_headers)
        finally:
            self._active -= 1

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        if scope.get("http_version") not in ("1.0", "1.1"):
            return 400, "HTTP/1.1 only"
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if size > self.limits.header_bytes or len(scope["headers"]) > self.limits.header_lines:
            return 431, f"headers over {self.limits.header_bytes} bytes or {self.limits.header_lines} lines"
        hosts = headers.get(b"host", [])
        if len(hosts) != 1 or _bare(hosts[0].decode("latin-1")) not in self.hosts:
            return 421, "this server does not answer for that host"
        if b"transfer-encoding" in headers:
            return 400, "transfer-encoding is not accepted"
        sizes = headers.get(b"content-length", [])
        if len(sizes) > 1 or any(not s.isdigit() for s in sizes):
            return 400, "content-length is not one number"
        if sizes and int(sizes[0]) > self.limits.body_bytes:
            return 413, f"body over {self.limits.body_bytes} bytes"
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.limits.query_bytes + 4096:
            return 414, "address too long"
        return None


def _bare(host: str) -> str:
    """The host without its port, lower case; brackets of IPv6 kept."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


async def _read(receive: Receive, most: int) -> bytes | None:
    """The whole body, or None when it is larger than `most`; Gone when the client is."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        parts.append(bytes(message.get("body", b"")))
        size += len(parts[-1])
        if size > most:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once more, then what really comes: that the client has gone."""
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in present]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return wrapped


def problem_body(status: int, detail: str) -> bytes:
    """A problem document (RFC 9457)."""
    return json.dumps({"type": "about:blank", "status": status, "detail": detail}).encode()


async def problem(send: Send, status: int, detail: str, headers: Iterable[tuple[str, str]] = ()) -> None:
    """Answer with a problem document that repeats nothing of the request."""
    body = problem_body(status, detail)
    named = [("content-type", "application/problem+json"), ("content-length", str(len(body))), *headers]
    start = {"type": "http.response.start", "status": status, "headers": [(n.encode(), v.encode()) for n, v in named]}
    await send(start)
    await send({"type": "http.response.body", "body": body})
