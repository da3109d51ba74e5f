"""Making answers: a few at a time, each within its deadline, equal questions once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TYPE_CHECKING

from graph.serve.limits import LIMITS, Limits
from graph.serve.memory import Answer, Memory
from graph.serve.pool import Busy, Overrun

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class Answering:
    """Threads that make answers, and the answers made; `tag` is the ETag of everything it gives."""

    def __init__(self, fingerprint: str, threads: int, limits: Limits = LIMITS) -> None:
        self.limits, self.tag = limits, f'"{fingerprint[:16]}-{version("backstory")}"'
        self._memory, self._pending, self._most = Memory(limits.remembered_bytes), 0, threads + limits.queue
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def respond(
        self, request: Request, question: Hashable, make: Callable[[], Answer], *, seconds: float
    ) -> Response:
        """The answer to a question, remembered or made; 304 when the client has it.

        Raises Busy when too many wait, Overrun when it takes longer than `seconds`, and what `make` raises.
        """
        from starlette.responses import Response

        if request.method != "POST" and self.tag in [
            t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")
        ]:
            return Response(status_code=304, headers={"etag": self.tag})
        found = self._memory.get(question)
        if found is None:
            found = await self._made(make, seconds)
            self._memory.put(question, found)
        headers = dict(found.headers) | {"etag": self.tag}
        return Response(found.body, found.status, headers, found.media_type)

    async def _made(self, make: Callable[[], Answer], seconds: float) -> Answer:
        if self._pending >= self._most:
            raise Busy("too many questions at once", expected="try again in a second")
        self._pending += 1
        making = asyncio.get_running_loop().run_in_executor(self._threads, make)
        making.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(making), seconds)
        except TimeoutError as error:
            raise Overrun(f"stopped after {seconds:g} s", expected="a narrower question") from error

    def _done(self, making: asyncio.Future[Answer]) -> None:
        self._pending -= 1
        if not making.cancelled():
            making.exception()  # looked at, so that one nobody waits for is not reported

    def close(self) -> None:
        """Start no more answers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
