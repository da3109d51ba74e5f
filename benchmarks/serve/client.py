"""The real server as a process of its own, and a lean HTTP client for many connections at once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running `backstory serve`."""

    process: subprocess.Popen[str]
    port: int

    def rss_bytes(self) -> int:
        """The memory the parent process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def descriptors(self) -> int:
        """How many file descriptors it has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@contextlib.contextmanager
def running(*words: str, before: tuple[str, ...] = (), seconds: float = 120.0) -> Iterator[Server]:
    """`backstory serve` on a free port, ended at the end; `before` wraps the command, as `prlimit` does."""
    command = [*before, sys.executable, "-c", "from graph.cli import main; main()", "serve", "--port", "0", *words]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stderr is not None
    reading = threading.Thread(target=process.stderr.read, daemon=True)
    try:
        deadline, told = time.monotonic() + seconds, ""
        while not told.startswith("http://"):
            told = process.stderr.readline()
            assert told, f"the server ended with {process.wait()}"
            assert time.monotonic() < deadline
        reading.start()
        yield Server(process, int(told.rstrip("/\n").rpartition(":")[2]))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        if reading.is_alive():
            reading.join(10)
        process.stderr.close()


class Client:
    """One connection, kept open, asked one thing after the other."""

    def __init__(self, port: int, seconds: float = 60.0) -> None:
        self.port, self.seconds = port, seconds
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, accept: str = "*/*") -> tuple[int, int]:
        """Status and size of the answer; a connection the server closed in between is opened again once."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode()
        for attempt in (1, 2):
            try:
                return await asyncio.wait_for(self._exchange(request), self.seconds)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    async def _exchange(self, request: bytes) -> tuple[int, int]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        size = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
        await self._reader.readexactly(size)
        if "\r\nconnection: close" in head:
            self.close()
        return status, size

    def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def once(port: int, path: str) -> int:
    """The status of one answer on a connection of its own."""

    async def ask() -> int:
        client = Client(port)
        status, _ = await client.get(path)
        client.close()
        await asyncio.sleep(0)
        return status

    return asyncio.run(ask())
