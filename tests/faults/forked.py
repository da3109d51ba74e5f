"""The command in processes forked from one that has the libraries loaded, killed at a chosen step of its writing.

A fork takes 0.1 s where a new interpreter takes one second, so fifty kills fit into an ordinary run.
A step is whatever a power cut or a kill could fall between: a file opened for writing, renamed or removed,
a folder made or removed, and each fsync, before it and after it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from tests.faults.command import SECONDS

FORKS: Final = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.warm"])
EVENTS: Final = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})
"""Audit events of Python that change a folder; each comes before the change."""


@dataclass
class Steps:
    """Counts the steps below a folder, and kills its own process at one of them."""

    below: str
    at: int = 0
    done: int = 0

    def count(self) -> None:
        """One step; the last one there is, if it is the chosen one."""
        self.done += 1
        if self.done == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, about: tuple[Any, ...]) -> None:
        """An audit hook."""
        if event in EVENTS and str(about[0]).startswith(self.below):
            if event == "open" and not about[2] & (os.O_WRONLY | os.O_RDWR):
                return
            self.count()

    def arm(self) -> None:
        """Count from now on."""
        fsync = os.fsync

        def counted(file: Any) -> None:
            self.count()
            fsync(file)
            self.count()

        setattr(os, "fsync", counted)  # noqa: B010 - mypy takes it for a function that never changes
        sys.addaudithook(self.hear)


def _run(words: tuple[str, ...], environment: Mapping[str, str], part: int, steps: Steps, told: Connection) -> None:
    """In the fork: the command, with so many records a part."""
    from graph.bulk import writer
    from graph.cli import main

    os.environ.update(environment)
    writer.PART = part  # type: ignore[misc]
    sys.argv = ["backstory", *words]
    said = os.open(os.devnull, os.O_WRONLY)
    os.dup2(said, 1)
    os.dup2(said, 2)
    steps.arm()
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    told.send((code, steps.done))


@dataclass(frozen=True, slots=True)
class Forked:
    """A command that writes below a folder, to be run whole or killed; `part` records are written at once."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    below: Path
    part: int

    def whole(self) -> int:
        """Run it to its end, which must be good; the number of its steps."""
        code, steps = self._end(self._start(0))
        assert code == 0, f"{self.words} ended with {code}"
        return steps

    def at_step(self, step: int) -> bool:
        """Kill it at a step; whether it came that far."""
        return self._end(self._start(step))[0] is None

    def after(self, seconds: float) -> bool:
        """Kill it after some time; whether it was still running."""
        process, told = self._start(0)
        time.sleep(seconds)
        process.kill()
        return self._end((process, told))[0] is None

    def killed(self, rng: random.Random, steps: int, seconds: float) -> bool:
        """Kill it at a random step of so many, or within so many seconds; whether that happened before its end."""
        if rng.random() < 0.5:
            return self.at_step(rng.randint(1, steps))
        return self.after(rng.uniform(0, seconds))

    def _start(self, step: int) -> tuple[Any, Connection]:
        here, there = FORKS.Pipe(duplex=False)
        steps = Steps(str(self.below), step)
        process = FORKS.Process(target=_run, args=(self.words, dict(self.environment), self.part, steps, there))
        process.start()
        there.close()
        return process, here

    def _end(self, running: tuple[Any, Connection]) -> tuple[int | None, int]:
        """Exit code and steps; None for a process that was killed."""
        process, told = running
        with told:
            process.join(SECONDS)
            assert process.exitcode is not None, f"{self.words} does not end"
            with contextlib.suppress(EOFError):
                code, steps = told.recv()
                return code, steps
        assert process.exitcode == -signal.SIGKILL, f"{self.words} broke with {process.exitcode}"
        return None, 0
