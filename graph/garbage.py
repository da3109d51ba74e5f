"""Rest for the search for garbage, while a great many values are made that are none."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def unsearched() -> Iterator[None]:
    """Until its end nothing is searched for values that hold each other and nobody else holds.

    Each search looks through every value there is: where hundreds of thousands are made to stay,
    that is an eighth of the work.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
