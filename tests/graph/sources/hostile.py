"""What the tests of hostile files share: the real command, a folder that must not change, a trap for callers."""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from graph import model, turtle
from graph.cli import main
from tests.world import WORLD

SAID = ("--publisher", "Example", "--url", "https://example.org/a", "--published", "2024", "--on", "2026-11-24")


@dataclass(frozen=True)
class Done:
    """How the command ended: exit code, what it said, seconds of work, and memory when it ran alone."""

    code: int
    said: str
    seconds: float
    mib: float = 0


def new_folder(parent: Path) -> Path:
    """A folder with the tiny world in it."""
    folder = parent / "into"
    folder.mkdir()
    turtle.write(WORLD, folder / "world.ttl", model.load())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The Turtle files of a folder, byte for byte."""
    return {p.name: p.read_bytes() for p in sorted(folder.glob("*.ttl"))}


def run(*args: object) -> Done:
    """`backstory ARGS` in this process, as the console script runs it."""
    out, err, began = io.StringIO(), io.StringIO(), time.process_time()
    code = 0
    with (
        mock.patch.object(sys, "argv", ["backstory", *map(str, args)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(code, out.getvalue() + err.getvalue(), time.process_time() - began)


_ALONE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from graph.cli import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Not ru_maxrss: at exec it starts from the peak of the process that started this one.
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(f"used {peak} {used.ru_utime + used.ru_stime}", file=sys.stderr)
"""


def alone(*args: object, deadline: float = 30) -> Done:
    """`backstory ARGS` in a process of its own, with the memory and time it took; a crash fails."""
    command = [sys.executable, "-c", _ALONE, *map(str, args)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=deadline, env={**os.environ}, check=False)
    used = re.search(r"used (\d+) ([\d.]+)", found.stderr)
    assert used, f"it crashed with {found.returncode}: {found.stderr[-500:]}"
    return Done(found.returncode, found.stdout + found.stderr, float(used[2]), float(used[1]) / 1024)


@dataclass
class Trap:
    """A port that nobody may call."""

    socket: socket.socket

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"

    @property
    def hit(self) -> bool:
        """Whether somebody called."""
        try:
            self.socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def trap() -> Iterator[Trap]:
    """An open port for the length of a test."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Trap(server)
