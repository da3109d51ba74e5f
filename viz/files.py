"""Writing finished pages: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from graph.errors import DiskError


def write(path: Path, text: str) -> Path:
    """Write a text file through a temporary one, so that readers never see half of it.

    Raises DiskError when the disk or the system refuses, or the folder is a link to elsewhere.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():
            raise DiskError("refused: the folder is a link to elsewhere", where=str(path.parent))
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error
    return path
