"""Writing finished pages: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from graph import whole
from graph.errors import DiskError


def write(path: Path, text: str) -> Path:
    """Write a text file through a temporary one, so that readers never see half of it.

    Raises DiskError when the disk or the system refuses, or the folder is a link to elsewhere.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():
            raise DiskError("refused: the folder is a link to elsewhere", where=str(path.parent))
        with whole.replaced(path, mode=0o644, lasting=False) as out:
            out.write(text.encode())
    except OSError as error:
        raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error
    return path
