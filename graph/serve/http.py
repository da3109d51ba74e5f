"""Running the application: uvicorn with whole-request deadlines, small headers, and room that nobody can take away."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import resource
import socket
from typing import TYPE_CHECKING, Any, Final

import h11
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.errors import DiskError
from graph.serve.hardening import HEADERS, problem_body
from graph.serve.limits import LIMITS, Limits

if TYPE_CHECKING:
    from graph.serve.hardening import App


_AT_ONCE: Final = 8
_OWN_FILES: Final = 80
"""What the process holds open itself: the store's tables, the index, the workers' pipes."""
_LEAST_CONNECTIONS: Final = 8
_BARE_LF: Final = re.compile(rb"(?<!\r)\n")


class DeadlineProtocol(H11Protocol):
    """HTTP/1.1 whose connections wait for nobody for long.

    A connection whose request is not whole in time is closed, and so is one that does not take its
    answer. Of more waiting connections than there is room for the one that waited longest goes, so
    that a client who sends his request at once is always served.
    """

    limits: Limits
    waiting: dict[DeadlineProtocol, None]
    """Connections without a whole request, the one that waited longest first; one a server."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._late: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock of the first request; make room when there is none."""
        super().connection_made(transport)
        self._wait()
        if len(self.waiting) > self.limits.connections:
            longest = next(iter(self.waiting))
            self.waiting.pop(longest)
            longest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._serve()
        if self._stuck:
            self._stuck.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; when the request is whole its connection waits no more."""
        super().data_received(data)
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            self._serve()

    def handle_events(self) -> None:
        """Refuse a request whose lines end in a bare LF, which another server may read as other lines."""
        if self.conn.their_state is h11.IDLE:
            head = self.conn.trailing_data[0].lstrip(b"\r\n").partition(b"\r\n\r\n")[0]
            if _BARE_LF.search(head):
                self.send_400_response("a line of the request ends without a carriage return")
                return
        super().handle_events()

    def on_response_complete(self) -> None:
        """Start the clock of the next request on this connection."""
        self._wait()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Start the clock of a client who does not take his answer."""
        super().pause_writing()
        self._stuck = self.loop.call_later(self.limits.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop it again."""
        super().resume_writing()
        if self._stuck:
            self._stuck.cancel()

    def send_400_response(self, msg: str) -> None:
        """A problem document, with the headers of every other answer, to what is no request."""
        body = problem_body(400, msg)
        head = {"content-type": "application/problem+json", "content-length": str(len(body)), "connection": "close"}
        lines = [f"{name}: {value}" for name, value in (head | HEADERS).items()]
        self.transport.write("\r\n".join(["HTTP/1.1 400 Bad Request", *lines, "", ""]).encode() + body)
        self.transport.close()

    def _wait(self) -> None:
        self._serve()
        self.waiting[self] = None
        self._late = self.loop.call_later(self.limits.request_seconds, self._give_up)

    def _serve(self) -> None:
        self.waiting.pop(self, None)
        if self._late:
            self._late.cancel()

    def _give_up(self) -> None:
        """Close a connection whose request head is not whole in time; a late body is answered by the application."""
        if (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing():
            self.transport.close()


class PatientServer(Server):
    """A server that takes a few connections at a time and lets the system keep the others waiting."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening; asyncio takes as many connections at once as the system may keep, so that is set after."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(LIMITS.backlog)


def room(limits: Limits) -> Limits:
    """The limits with as many waiting connections as there are file descriptors for, after asking for all we may have.

    Raises DiskError when there are too few to serve anybody.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OWN_FILES + 2 * (limits.connections + limits.active)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    left = limits.connections if soft == resource.RLIM_INFINITY else (soft - _OWN_FILES) // 2
    if left < _LEAST_CONNECTIONS:
        raise DiskError(f"only {soft} file descriptors", where="server", expected="ulimit -n 256 or more")
    return dataclasses.replace(limits, connections=min(limits.connections, left))


def server(app: App, host: str, port: int, limits: Limits = LIMITS, **options: Any) -> Server:
    """A uvicorn server, not yet running, with the limits applied."""
    protocol = type("Protocol", (DeadlineProtocol,), {"limits": limits, "waiting": {}})
    config = Config(
        app,
        host=host,
        port=port,
        http=protocol,
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=True,
        backlog=_AT_ONCE,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=limits.query_bytes + limits.header_bytes,
        **options,
    )
    return PatientServer(config)


def listening(host: str, port: int, limits: Limits = LIMITS) -> socket.socket:
    """A bound, listening socket; DiskError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(limits.backlog)
    except OSError as error:
        found.close()
        raise DiskError(
            f"cannot listen: {error.strerror}", where=f"{host}:{port}", expected="another --port"
        ) from error
    return found
