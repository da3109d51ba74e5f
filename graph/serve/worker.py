"""One query process: reads framed requests on stdin, answers on stdout, holds nothing else.

Frame: four bytes of length (big-endian), then that many bytes. A request is JSON; an answer is one
JSON frame (`status`, `type`, `text`) and, when the status is "ok", one frame with the result.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from pathlib import Path
from typing import IO, Any, Final

from graph import rdf
from graph.serve import sandbox

_SOLUTIONS: Final = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
_GRAPHS: Final = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
}


class TooLarge(Exception):
    """The result passed the byte limit."""


class Capped(io.BytesIO):
    """A buffer that refuses to grow past a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any) -> int:
        """Append, or raise TooLarge."""
        if self.tell() + len(data) > self.limit:
            raise TooLarge
        return super().write(data)


def main() -> None:
    """Serve requests until stdin ends. Arguments: store directory, memory and result limits in bytes."""
    import pyoxigraph

    directory, memory, largest = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    quads = pyoxigraph.Store.read_only(str(directory / "quads"))
    offline = sandbox.enter(memory)
    send(sys.stdout.buffer, json.dumps({"ready": True, "offline": offline}).encode())
    while (request := receive(sys.stdin.buffer)) is not None:
        head, body = answer(quads, json.loads(request), largest)
        send(sys.stdout.buffer, json.dumps(head).encode())
        if head["status"] == "ok":
            send(sys.stdout.buffer, body)


def answer(quads: Any, request: dict[str, Any], largest: int) -> tuple[dict[str, str], bytes]:
    """Run one query and serialize the whole result, or say why not.

    A request holds `query`, `accept` (media types, best first) and may hold `default` and `named`
    (graphs), `base` (ours unless given), `prefixes` (ours, unless false) and `union` (of all graphs by default).
    """
    import pyoxigraph

    def named(names: list[str]) -> list[Any]:
        return [pyoxigraph.NamedNode(n) for n in names]

    default, graphs = request.get("default", []), request.get("named", [])
    try:
        found = quads.query(
            request["query"],
            prefixes=dict(rdf.PREFIXES) if request.get("prefixes", True) else None,
            base_iri=request.get("base", rdf.BASE),
            use_default_graph_as_union=request.get("union", not (default or graphs)),
            default_graph=named(default) or None,
            named_graphs=named(graphs) or None,
        )
        graph_like = isinstance(found, pyoxigraph.QueryTriples)
        kinds = _GRAPHS if graph_like else _SOLUTIONS
        media = next((m for m in request["accept"] if m in kinds), None)
        if media is None:
            return {"status": "unacceptable", "text": ", ".join(kinds)}, b""
        buffer = Capped(largest)
        forms: Any = pyoxigraph.RdfFormat if graph_like else pyoxigraph.QueryResultsFormat
        found.serialize(buffer, format=getattr(forms, kinds[media]))
    except SyntaxError as error:
        return {"status": "syntax", "text": str(error.msg)}, b""
    except TooLarge:
        return {"status": "too large", "text": f"more than {largest} bytes"}, b""
    except MemoryError:
        return {"status": "memory", "text": "memory limit"}, b""
    except (ValueError, RuntimeError, OSError) as error:
        return {"status": "refused", "text": str(error)}, b""
    return {"status": "ok", "type": media}, buffer.getvalue()


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one frame."""
    pipe.write(struct.pack(">I", len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one frame; None when the pipe has ended."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = struct.unpack(">I", head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


if __name__ == "__main__":
    main()
