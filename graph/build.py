"""Write, or check, everything that is derived from the ontology and the claim files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graph import derived, rdf, yaml_file
from graph.cache import file_hash, turtle_files
from graph.errors import InputError
from graph.model import Model
from graph.sources import cldr

SOURCES: Final = "sources.yaml"


def outputs(model: Model, root: Path) -> Iterator[tuple[Path, str]]:
    """Every derived file of the repository at `root`, with the text it should hold.

    The manifest comes last because it records the hashes of the others.
    """
    triples = root / "data" / "triples"
    yield root / "graph" / "terms.py", derived.terms(model)
    yield triples / "ontology.ttl", derived.ontology(model)
    yield triples / "shapes.ttl", derived.shapes(model)
    yield root / "docs" / "model.md", derived.documentation(model)
    yield root / "graph" / "sources" / cldr.TABLE.name, cldr.table()


def write(model: Model, root: Path) -> tuple[Path, ...]:
    """Write what is stale; returns the files that changed."""
    changed = []
    for path, text in outputs(model, root):
        if _differs(path, text):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    path, text = manifest(root / "data" / "triples")
    if _differs(path, text):
        path.write_text(text, encoding="utf-8")
        changed.append(path)
    return tuple(changed)


def stale(model: Model, root: Path) -> tuple[Path, ...]:
    """The derived files that are missing or differ from what they should hold."""
    wanted = [*outputs(model, root), manifest(root / "data" / "triples")]
    return tuple(path for path, text in wanted if _differs(path, text))


def manifest(triples: Path) -> tuple[Path, str]:
    """manifest.json: per file its source, licence, date of retrieval, counts and SHA-256.

    Source and licence come from sources.yaml beside the files; InputError when a file is not in it.
    """
    about: dict[str, dict[str, Any]] = yaml_file.read(triples / SOURCES)
    entries = {}
    for file in turtle_files(triples):
        if file.name not in about:
            raise InputError(f"{file.name} has no entry", where=str(triples / SOURCES), expected="source and licence")
        found = rdf.counts(file)
        entries[file.name] = {**about[file.name], **found, "sha256": file_hash(file)}
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
    return triples / "manifest.json", text


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text
