"""Turtle files into the quads of a cache: of a file that was changed, only what changed in it (door: pyoxigraph).

Removing a hundred thousand quads and loading them again takes seconds; to compare two texts of the
same file takes a fraction of one.
A build keeps the text it was built from, so that the next one has something to compare with.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from graph import rdf
from graph.errors import InputError
from graph.garbage import unsearched

TEXTS: Final = "texts"


def load(
    directory: Path,
    files: Mapping[str, Path],
    stale: Iterable[str],
    texts: Mapping[str, Path],
    progress: Callable[[str, int, int], None],
) -> dict[str, list[str]]:
    """Bring the named graphs of stale files up to date: `files` holds the new text of each that still is.

    `texts` holds the text that the quads of some of them were loaded from. Gives, for each file that
    was amended and not loaded whole, the IRIs of the subjects of which something else is said now.
    The store is closed again whatever happens. Raises InputError when a file is not Turtle.
    """
    import pyoxigraph

    amended = {}
    quads, at = pyoxigraph.Store(str(directory)), ""
    try:
        for done, at in enumerate(sorted(stale)):
            progress("reading", done, len(files))
            where, new = pyoxigraph.NamedNode(f"{rdf.BASE}file/{at}"), files.get(at)
            with unsearched():
                change = _difference(texts[at], new, where) if new is not None and at in texts else None
            if change is not None:
                for quad in change[0]:
                    quads.remove(quad)
                quads.extend(change[1])
                amended[at] = sorted({q.subject.value for part in change for q in part})
                continue
            quads.remove_graph(where)
            if new is not None:
                quads.bulk_load(path=str(new), format=pyoxigraph.RdfFormat.TURTLE, to_graph=where)
        progress("reading", len(files), len(files))
        quads.flush()
        return amended
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", where=f"{at}:{error.lineno}") from error
    finally:
        del quads


def _difference(old: Path, new: Path, where: Any) -> tuple[list[Any], list[Any]] | None:
    """The quads that go and then those that come when one text replaces another; None when that is no short way.

    Blank nodes have no name that two texts share, so a file with some is loaded whole.
    """
    from pyoxigraph import BlankNode, Quad, Triple

    before, after = frozenset(_triples(old)), tuple(_triples(new))
    gone = before.difference(after)
    # The store keeps one of several spellings of a number: what is said beside a triple that goes is said again.
    beside = {t.subject for t in gone}
    come = [t for t in after if t not in before or t.subject in beside]
    nameless = (BlankNode, Triple)
    if any(isinstance(end, nameless) for t in (*gone, *come) for end in (t.subject, t.object)):
        return None
    if len(gone) + len(come) > len(after) // 2:
        return None
    less, more = ([Quad(t.subject, t.predicate, t.object, where) for t in some] for some in (gone, come))
    return less, more


def about(path: Path, subjects: Iterable[str]) -> rdf.Properties:
    """What a text says of some subjects, of the claims that rest on them, and of the citations of these."""
    from pyoxigraph import NamedNode

    triples = tuple(_triples(path))
    rests = {NamedNode(rdf.full(name)) for name in ("prov:wasDerivedFrom", "w:deniedIn")}
    wanted = {NamedNode(s) for s in subjects}
    wanted |= {t.subject for t in triples if t.predicate in rests and t.object in wanted}
    wanted |= {t.object for t in triples if t.predicate in rests and t.subject in wanted}
    found: rdf.Properties = defaultdict(lambda: defaultdict(list))
    for t in triples:
        if t.subject in wanted:
            found[t.subject.value][t.predicate.value].append(t.object)
    return found


def _triples(path: Path) -> Any:
    import pyoxigraph

    return pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)


def keep(files: Iterable[Path], folder: Path, former: Mapping[str, Path]) -> None:
    """The texts of files in a folder of their own; those that `former` holds are one file with two names."""
    folder.mkdir()
    for file in files:
        if file.name in former:
            os.link(former[file.name], folder / file.name)
        else:
            shutil.copyfile(file, folder / file.name)
