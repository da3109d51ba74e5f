"""A SPARQL 1.1 store elsewhere, asked by its URL, in the place of the embedded one.

Any store that answers the SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013) will do, as long as its
default graph holds all the files' triples.
"""

from __future__ import annotations

import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final
from urllib.parse import urlencode, urlsplit

from graph.errors import InputError, LimitExceeded, StoreError

SECONDS: Final = 30.0
MOST_BYTES: Final = 256 * 1024**2
_JSON: Final = "application/sparql-results+json"
_CHUNK: Final = 64 * 1024
_COUNTS: Final = (
    "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)"
    " WHERE { ?s ?p ?o }"
)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A store that sends elsewhere is not asked further."""

    def redirect_request(self, *_: Any) -> None:
        """No other address."""
        return


@dataclass(frozen=True, slots=True)
class Quad:
    """A triple as the embedded store gives it."""

    subject: Any
    predicate: Any
    object: Any


class Remote:
    """What the embedded store can do, asked of another one over HTTP."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise InputError("not the address of a store", where=url, expected="http:// or https://")
        self.url = url
        self._opener = urllib.request.build_opener(_NoRedirects)

    def fingerprint(self) -> str:
        """A hash of the address and of how much is there: another content of the same size is not told apart."""
        _, body = self.ask(_COUNTS, (_JSON,))
        return hashlib.sha256(json.dumps([self.url, json.loads(body)["results"]]).encode()).hexdigest()

    def query(self, sparql: str, *, prefixes: Mapping[str, str], use_default_graph_as_union: bool = True) -> Any:  # noqa: ARG002 (as the embedded one takes it)
        """The result of a trusted query, as the embedded store gives it; the default graph is the other store's."""
        import pyoxigraph

        used = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if f"{name}:" in sparql)
        _, body = self.ask(used + sparql, (_JSON,))
        return pyoxigraph.parse_query_results(input=body, format=pyoxigraph.QueryResultsFormat.JSON)

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, _graph: Any = None) -> Iterator[Quad]:
        """The triples that fit a pattern; None stands for anything."""
        given = {"s": subject, "p": predicate, "o": object}
        terms = " ".join(f"?{name}" if term is None else str(term) for name, term in given.items())
        names = [name for name, term in given.items() if term is None]
        head = " ".join(f"?{n}" for n in names) if names else "*"
        for row in self.query(f"SELECT DISTINCT {head} WHERE {{ {terms} }}", prefixes={}):
            yield Quad(*(row[name] if term is None else term for name, term in given.items()))

    def ask(
        self,
        sparql: str,
        accept: Iterable[str],
        *,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
    ) -> tuple[str, bytes]:
        """Media type and body of the answer to a query.

        Raises InputError when the store refuses the query, LimitExceeded when it takes too long or says
        too much, StoreError when it is not there.
        """
        graphs = [*(("default-graph-uri", g) for g in default), *(("named-graph-uri", g) for g in named)]
        joint = "&" if urlsplit(self.url).query else "?"
        address = f"{self.url}{joint}{urlencode(graphs)}" if graphs else self.url
        headers = {"Content-Type": "application/sparql-query", "Accept": ", ".join(accept)}
        request = urllib.request.Request(address, sparql.encode(), headers)  # noqa: S310 (only http and https)
        deadline = time.monotonic() + seconds
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                media = answer.headers.get_content_type()
                return media, _read(answer, deadline, most_bytes, seconds)
        except urllib.error.HTTPError as error:
            told = error.read(2000).decode("utf-8", "replace").strip()
            raise InputError(f"the store refused: {told or error.reason}", where=self.url) from error
        except TimeoutError as error:
            raise LimitExceeded(f"stopped after {seconds:g} s", where=self.url) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise LimitExceeded(f"stopped after {seconds:g} s", where=self.url) from error
            raise StoreError(f"no store answers: {reason}", where=self.url) from error


def _read(answer: IO[bytes], deadline: float, most: int, seconds: float) -> bytes:
    """The whole body, as long as it comes in time and is not too long."""
    found = bytearray()
    while chunk := answer.read(_CHUNK):
        found += chunk
        if len(found) > most:
            raise LimitExceeded(f"more than {most} bytes")
        if time.monotonic() > deadline:
            raise LimitExceeded(f"stopped after {seconds:g} s", expected="a narrower query")
    return bytes(found)
