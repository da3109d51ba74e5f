"""Answers kept in memory: the data of a running server never change, so equal questions have equal answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: status, media type, body, further headers."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Memory:
    """The latest answers, as many as fit; safe to use from several threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: Hashable) -> Answer | None:
        """The answer to a question, when it is remembered."""
        with self._lock:
            found = self._answers.get(question)
            if found is not None:
                self._answers.move_to_end(question)
            return found

    def put(self, question: Hashable, answer: Answer) -> None:
        """Remember an answer, the oldest ones forgotten; one of more than a sixteenth of the room is not kept."""
        if len(answer.body) > self._most // 16:
            return
        with self._lock:
            old = self._answers.pop(question, None)
            self._held += len(answer.body) - (len(old.body) if old else 0)
            self._answers[question] = answer
            while self._held > self._most:
                _, gone = self._answers.popitem(last=False)
                self._held -= len(gone.body)
