"""Compiling kernels: the same functions, as machine code, when an index is large enough to want it.

The compiler takes a fifth of a second to import, so a small index never loads it.
Compiled code is kept on disk under a name that holds the hash of all kernel sources, because numba
itself notices only changes of the file a function stands in, not of those it calls.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import os
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

_DONE: Final[set[str]] = set()


def compile_all(modules: tuple[ModuleType, ...]) -> bool:
    """Replace every function of these modules, callees' modules first, by its compiled form.

    Gives False, and leaves them interpreted, when numba is not installed.
    """
    if all(module.__name__ in _DONE for module in modules):
        return True
    if importlib.util.find_spec("numba") is None:
        return False
    import numba
    from numba.core import config as settings

    config: Any = settings
    before = config.CACHE_DIR
    config.CACHE_DIR = str(_folder(modules))
    try:
        for module in modules:
            if module.__name__ in _DONE:
                continue
            _DONE.add(module.__name__)
            for name, found in list(vars(module).items()):
                if isinstance(found, FunctionType) and found.__module__ == module.__name__:
                    inline: Any = "always" if name in getattr(module, "INLINED", ()) else "never"
                    setattr(module, name, numba.njit(cache=True, nogil=True, inline=inline)(found))
    finally:
        config.CACHE_DIR = before
    return True


def is_compiled(module: ModuleType) -> bool:
    """Whether the functions of a module are machine code by now, for any index."""
    return module.__name__ in _DONE


def is_any() -> bool:
    """Whether any functions are machine code by now."""
    return bool(_DONE)


def _folder(modules: tuple[ModuleType, ...]) -> Path:
    """Where compiled code of these sources is kept."""
    import platformdirs

    sources = "".join(inspect.getsource(module) for module in modules)
    root = os.environ.get("BACKSTORY_CACHE") or platformdirs.user_cache_dir("backstory")
    return Path(root) / f"compiled-{hashlib.sha256(sources.encode()).hexdigest()[:12]}"
