"""YAML, read by the C parser where there is one, which takes a tenth of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.errors import InputError


def read(path: Path) -> Any:
    """What a YAML file holds; InputError when it is none."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str | bytes, where: str) -> Any:
    """What a YAML text holds; InputError, naming `where` it stands, when it is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader, whichever it is)
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {str(error).splitlines()[0]}", where=where) from error
