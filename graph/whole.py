"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def replaced(path: Path, *, mode: int = 0o600, lasting: bool = True) -> Iterator[BinaryIO]:
    """A file to write beside `path`, which takes its place once all is written; what fails leaves the old one.

    Only its owner may read it unless `mode` says otherwise. With `lasting` its content is on the disk
    before it takes the place, so that a power cut finds old or new. Raises OSError.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)  # opened by its name, so that whoever writes by name finds it in `name`
    try:
        with Path(temporary).open("wb") as out:
            yield out
            out.flush()
            if lasting:
                os.fsync(out.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
