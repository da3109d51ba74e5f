"""Queries passed on to a SPARQL 1.1 store elsewhere, under the same limits as a query process of our own."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from graph import rdf
from graph.errors import InputError, LimitExceeded
from graph.remote import Remote
from graph.serve.limits import LIMITS, Limits
from graph.serve.pool import Busy, Overrun, QueryRefused, Result
from graph.serve.protocol import GRAPHS, SOLUTIONS


class Forward:
    """What a pool of processes can do, done by another store; it has no worker and holds nothing to close."""

    offline = True

    def __init__(self, remote: Remote, limits: Limits = LIMITS) -> None:
        self.remote, self.limits = remote, limits
        self._room = threading.BoundedSemaphore(limits.workers + limits.queue)

    def ask(
        self,
        query: str,
        accept: Sequence[str],
        *,
        seconds: float | None = None,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
    ) -> Result:
        """The other store's result in the first media type that fits; see `Pool.ask` for what it raises."""
        deadline = min(seconds or self.limits.seconds, self.limits.most_seconds)
        if not self._room.acquire(blocking=False):
            raise Busy("too many queries at once", expected="try again in a second")
        used = "".join(f"PREFIX {name}: <{iri}> " for name, iri in rdf.PREFIXES.items() if f"{name}:" in query)
        try:
            media, data = self.remote.ask(
                f"BASE <{rdf.BASE}> {used}{query}",
                accept,
                seconds=deadline,
                most_bytes=self.limits.result_bytes,
                default=default,
                named=named,
            )
        except InputError as error:
            raise QueryRefused("refused", error.what) from error
        except LimitExceeded as error:
            if "bytes" in error.what:
                raise QueryRefused("too large", error.what) from error
            raise Overrun(error.what, expected=error.expected) from error
        finally:
            self._room.release()
        if media not in (*SOLUTIONS, *GRAPHS) or media not in accept:
            raise QueryRefused("unacceptable", f"the store answers in {media}")
        return Result(media, data)

    def close(self) -> None:
        """Nothing to end."""
