"""An addition as changes to Turtle files: shown as a difference, or written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph import rdf, turtle
from graph.claim import Claim
from graph.errors import DiskError, InputError
from graph.rdf import Bundle
from graph.store import Store

SOURCES: Final = "sources.yaml"


def changes(bundle: Bundle, store: Store, target: Path) -> dict[Path, tuple[Bundle, Bundle]]:
    """Each file that would change, with what it holds now and what it would hold.

    A claim that is known already is changed in the file that declares it; the rest goes to `target`.
    """
    homes: dict[Path, list[Claim]] = {}
    for claim in bundle.claims:
        homes.setdefault(_home(claim.id, store) or target, []).append(claim)
    if bundle.entities or bundle.articles:
        homes.setdefault(target, [])
    found = {}
    for path, claims in sorted(homes.items()):
        now = rdf.read(path) if path.exists() else Bundle()
        new = (bundle.entities, bundle.articles) if path == target else ((), ())
        found[path] = now, _with(now, Bundle(*new, tuple(claims)))
    return found


def _home(claim: str, store: Store) -> Path | None:
    """The file that declares a claim, or None."""
    rows = store.select(f"SELECT ?file WHERE {{ GRAPH ?file {{ c:{claim} a w:Claim }} }} ORDER BY ?file LIMIT 1")
    return next((store.folder / row["file"] for row in rows), None)


def _with(now: Bundle, more: Bundle) -> Bundle:
    entities = {e.id: e for e in (*now.entities, *more.entities)}
    articles = {a.id: a for a in (*now.articles, *more.articles)}
    claims = {c.id: c for c in (*now.claims, *more.claims)}
    return Bundle(tuple(entities.values()), tuple(articles.values()), tuple(claims.values()))


def diff(bundle: Bundle, store: Store, target: Path) -> Iterator[str]:
    """The lines of a unified difference between the files now and after."""
    for path, (now, then) in changes(bundle, store, target).items():
        before = turtle.text_of(now, store.model).splitlines() if path.exists() else []
        after = turtle.text_of(then, store.model).splitlines()
        yield from difflib.unified_diff(before, after, path.name, path.name, n=1, lineterm="")


def apply(bundle: Bundle, store: Store, target: Path) -> tuple[Path, ...]:
    """Write every file that changes, each whole or not at all; returns them.

    Raises InputError when the target is not a Turtle file of an existing folder, DiskError when it
    cannot be written.
    """
    if target.suffix != ".ttl" or not target.parent.is_dir() or target.is_symlink():
        raise InputError(f"cannot write to {target}", expected="a file ending in .ttl in an existing folder")
    written = []
    for path, (_, then) in changes(bundle, store, target).items():
        try:
            turtle.write(then, path, store.model)
        except OSError as error:
            raise DiskError(f"cannot write: {error.strerror}", where=str(path)) from error
        written.append(path)
    _listed(target)
    return tuple(written)


def _listed(target: Path) -> None:
    """Give a new file its entry in sources.yaml, where there is one."""
    sources = target.parent / SOURCES
    if not sources.exists() or f"\n{target.name}:" in "\n" + sources.read_text(encoding="utf-8"):
        return
    with sources.open("a", encoding="utf-8") as file:
        file.write(
            f"{target.name}:\n  source: articles named in the file, summarised in our own words\n  licence: MIT\n"
        )
