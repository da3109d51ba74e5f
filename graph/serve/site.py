"""The built site's files, small ones from memory, and the query page."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from graph.serve.memory import Answer, Memory

QUERY_PAGE: Final = Path(__file__).parent / "static"
_SMALL: Final = 1024**2
_PATIENCE: Final = 50
_MOMENT_SECONDS: Final = 0.01


class Files(StaticFiles):
    """The files of a folder, never outside it; a file is read again when it changes."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        super().__init__(directory=folder, html=True, follow_symlink=False)
        self._memory, self._folder = Memory(most_bytes), folder

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file behind a path; while a new site takes the old one's place, a moment's patience."""
        for _ in range(_PATIENCE):
            found = super().lookup_path(path)
            if found[1] is not None or self._folder.is_dir():
                return found
            time.sleep(_MOMENT_SECONDS)
        return found

    async def get_response(self, path: str, scope: Any) -> Response:
        """The answer to a path; asked again when the site was changed between finding and reading a file."""
        try:
            return await super().get_response(path, scope)
        except FileNotFoundError:
            return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Any, status_code: int = 200
    ) -> Response:
        """A small file from memory, a large one from the disk; 304 when the client has it."""
        if stat_result.st_size > _SMALL:
            return FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        mark = (str(full_path), stat_result.st_mtime_ns, stat_result.st_size)
        found = self._memory.get(mark)
        if found is None:
            made = FileResponse(full_path, stat_result=stat_result)
            kept = tuple((k, made.headers[k]) for k in ("etag", "last-modified"))
            found = Answer(200, made.media_type or "application/octet-stream", Path(full_path).read_bytes(), kept)
            self._memory.put(mark, found)
        response = Response(found.body, status_code, dict(found.headers), found.media_type)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response
