"""A site on this machine while its data are edited: built again when a file changes, then shown again.

Served is the folder that `backstory site build` writes, and nothing else can be reached. Pages get one
script more than they have on disk: it asks which build is shown and loads the page again after the next.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from graph.errors import DiskError
from viz.setting import NOT_THERE
from viz.slots import RECORD

Signature = tuple[tuple[str, int, int], ...]
_LIVE: Final = "/_live/live.js"
_VERSION: Final = "/_live/version.js"
_SCRIPT: Final = f'<script src="{_LIVE}" defer></script></body>'.encode()
LIVE: Final = Path(__file__).parent / "static" / "js" / "live.js"


def signature(data: Path) -> Signature:
    """The Turtle files of a folder with size and time of change: equal while nobody wrote one."""
    stats = ((path.name, path.stat()) for path in sorted(data.glob("*.ttl")) if path.is_file())
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def watch(data: Path, changed: Callable[[], None], stop: threading.Event, *, seconds: float = 0.4) -> None:
    """Call `changed` each time the files of a folder are others than before and have been left alone for a moment."""
    known = last = signature(data)
    while not stop.wait(seconds):
        now = signature(data)
        if now == last != known:
            known = now
            changed()
        last = now


def build(folder: Path, options: Sequence[str]) -> None:
    """Build the site in a process of its own, which says itself what is wrong."""
    code = "from graph.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, "site", "build", str(folder), *options], check=False)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a site on this machine only; port 0 takes a free one. Raises DiskError when it is taken."""
    handler = functools.partial(_Handler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise DiskError(f"cannot listen: {error.strerror}", where=f"127.0.0.1:{port}", expected="--port") from error


def version(folder: Path) -> str:
    """Which build a folder shows; empty while there is none."""
    try:
        stat = (folder / RECORD).stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns}-{stat.st_ino}"


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site as they are, pages with the script that shows the next build."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: builds are what the terminal tells of."""

    def do_GET(self) -> None:
        """A file, a page, which build is shown, or the page for addresses that no page has."""
        path = urlsplit(self.path).path
        if path == _LIVE:
            return self._send(LIVE.read_bytes(), "text/javascript")
        if path == _VERSION:
            told = f"backstoryBuild({json.dumps(version(Path(self.directory)))});"
            return self._send(told.encode(), "text/javascript")
        file = Path(self.translate_path(self.path))
        if file.is_dir() and not path.endswith("/"):
            return super().do_GET()  # which leads to the address with a slash
        page = file / "index.html" if file.is_dir() else file
        if not page.is_file():
            missing = Path(self.directory, NOT_THERE)
            return self._page(missing, 404) if missing.is_file() else self.send_error(404)
        return self._page(page, 200) if page.suffix == ".html" else super().do_GET()

    def end_headers(self) -> None:
        """With each answer: ask again next time, because it may be another."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def _page(self, path: Path, status: int) -> None:
        self._send(path.read_bytes().replace(b"</body>", _SCRIPT), "text/html; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
