"""A pool of sandboxed query processes: each answers one query at a time and is killed at its deadline."""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from graph.errors import GraphError, LimitExceeded, StoreError
from graph.serve import worker
from graph.serve.limits import LIMITS, Limits

_START_SECONDS: Final = 60.0


class Overrun(LimitExceeded):
    """An answer took too long or too much memory and was stopped."""


class QueryRefused(GraphError):
    """The query engine refused a query: syntax, unacceptable, too large, memory, refused, or crashed on it."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        super().__init__(text)


class Busy(LimitExceeded):
    """All workers are busy and the queue is full."""


@dataclass(frozen=True, slots=True)
class Result:
    """A serialized result and its media type."""

    media_type: str
    data: bytes


@dataclass(slots=True)
class _Process:
    running: subprocess.Popen[bytes]
    asked: int = 0
    ended: bool = False


class Pool:
    """Workers over one store directory; close it to end them."""

    def __init__(self, directory: Path, limits: Limits = LIMITS) -> None:
        self.directory, self.limits, self.offline = directory, limits, True
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()
        self._closed = threading.Event()
        self._room = threading.BoundedSemaphore(limits.workers + limits.queue)
        for _ in range(limits.workers):
            self._idle.put(self._start())

    def ask(self, query: str, accept: Sequence[str], *, seconds: float | None = None, **scope: Sequence[str]) -> Result:
        """The serialized result of a query in the first media type that fits it.

        `scope` may hold `default` and `named`, graph IRIs. Raises QueryRefused, Busy, or
        Overrun when the deadline passes or the worker runs out of memory.
        """
        deadline = min(seconds or self.limits.seconds, self.limits.most_seconds)
        if not self._room.acquire(blocking=False):
            raise Busy("all workers are busy", expected="try again in a second")
        try:
            try:
                process = self._idle.get(timeout=self.limits.most_seconds)
            except queue.Empty:
                raise Busy("no query process is free", expected="try again in a second") from None
            try:
                request: dict[str, object] = {
                    "query": query,
                    "accept": list(accept),
                    **{k: list(v) for k, v in scope.items()},
                }
                return self._answer(process, request, deadline)
            finally:
                self._put_back(process)
        finally:
            self._room.release()

    def close(self) -> None:
        """End every worker."""
        self._closed.set()
        while not self._idle.empty():
            process = self._idle.get()
            process.running.kill()
            process.running.communicate()

    def _start(self) -> _Process:
        sizes = [str(self.limits.memory_bytes), str(self.limits.result_bytes)]
        command = [sys.executable, "-m", "graph.serve.worker", str(self.directory), *sizes]
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        made = _Process(running)
        try:
            hello = json.loads(_frame(made, time.monotonic() + _START_SECONDS))
        except (EOFError, TimeoutError):
            running.kill()
            running.communicate()
            told = "a query process could not start"
            raise StoreError(told, where=str(self.directory), expected="backstory build") from None
        self.offline = self.offline and bool(hello["offline"])
        return made

    def _put_back(self, process: _Process) -> None:
        """Keep a process for the next query; when it died or answered often enough, another one is made meanwhile."""
        worn = process.ended or process.asked >= self.limits.recycle_after
        if not worn and process.running.poll() is None and not self._closed.is_set():
            self._idle.put(process)
        else:
            threading.Thread(target=self._replace, args=(process,), daemon=True).start()

    def _replace(self, process: _Process) -> None:
        """A new process for one that is done; tried again as long as it cannot start."""
        process.running.kill()
        process.running.communicate()
        while not self._closed.is_set():
            try:
                new = self._start()
            except (StoreError, OSError):
                self._closed.wait(1.0)
                continue
            self._idle.put(new)
            if self._closed.is_set():
                self.close()
            return

    def _answer(self, process: _Process, request: dict[str, object], seconds: float) -> Result:
        process.asked += 1
        until = time.monotonic() + seconds
        try:
            worker.send(_pipe(process.running.stdin), json.dumps(request).encode())
            answer = json.loads(_frame(process, until))
            if answer["status"] == "ok":
                return Result(answer["type"], _frame(process, until))
        except TimeoutError:
            # The answer does not wait for the process to give its memory back.
            process.running.kill()
            process.ended = True
            raise Overrun(f"stopped after {seconds:g} s", expected="a narrower query") from None
        except (BrokenPipeError, EOFError):
            process.ended = True
            if process.running.wait() == -signal.SIGSEGV:
                raise QueryRefused("crashed", "the query ended the process that read it") from None
            raise Overrun("memory limit", expected="a query that needs less than a gigabyte") from None
        raise QueryRefused(answer["status"], answer.get("text", ""))


def _frame(process: _Process, until: float) -> bytes:
    """One frame of a process's answer; TimeoutError when it is not whole by then, EOFError when the process ended."""
    pipe = _pipe(process.running.stdout)
    (size,) = struct.unpack(">I", _read(pipe, 4, until))
    return _read(pipe, size, until)


def _read(pipe: IO[bytes], count: int, until: float) -> bytes:
    found, waiting = bytearray(), select.poll()
    waiting.register(pipe, select.POLLIN)
    while len(found) < count:
        left = until - time.monotonic()
        if left <= 0 or not waiting.poll(1e3 * left):
            raise TimeoutError
        chunk = os.read(pipe.fileno(), min(count - len(found), 1024**2))
        if not chunk:
            raise EOFError
        found += chunk
    return bytes(found)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
