"""Where an import may write: a real folder and a real file in it, never through a link."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError


def check(target: Path) -> None:
    """Refuse a target whose folder is missing or a link, or that is itself a link or no file."""
    folder = target.parent
    if folder.is_symlink() or target.is_symlink():
        link = folder if folder.is_symlink() else target
        raise InputError("is a symbolic link", where=str(link), expected="write to the folder it leads to")
    if not folder.is_dir():
        raise InputError("no such folder", where=str(folder), expected="make it first")
    if target.exists() and not target.is_file():
        raise InputError("is not a file", where=str(target))
