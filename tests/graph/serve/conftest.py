"""A live server on a free port, over the tiny true world."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from graph.knowledge import KnowledgeGraph
from graph.serve.app import application
from graph.serve.http import listening, server
from graph.store import Store


@pytest.fixture(scope="session")
def live(world: Store) -> Iterator[str]:
    """The base address of a running server."""
    socket = listening("127.0.0.1", 0)
    kg = KnowledgeGraph(world)
    assert kg.names.table.size, "opened before the first request, as the command does"
    assert len(kg.index)
    running = server(application(kg), "127.0.0.1", 0)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    socket.close()
