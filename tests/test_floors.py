"""The house stands: imports only go down, and every outside library has its door."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

# One line a floor, lowest first; a name is a module or package below graph/.
FLOORS = (
    ("errors", "terms", "marks", "garbage", "whole"),
    ("yaml_file",),
    ("when", "model"),
    ("claim", "reading"),
    ("rdf", "entity", "damage", "remote"),
    ("loading", "turtle"),
    ("cache",),
    ("sources",),
    ("store", "derived", "bulk", "world"),
    ("voices", "names", "build"),
    ("index", "validate"),
    ("chains", "questions", "layered"),
    ("tell", "exports"),
    ("draft", "watch"),
    ("add",),
    ("knowledge",),
    ("serve",),
    ("cli",),
)
HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}
# A library that may be imported only inside these rooms.
DOORS = {
    "rdflib": {"graph/rdf.py", "graph/exports"},
    "pyvis": {"viz/network.py"},
    "PIL": {"viz/card_drawing.py"},
    "bidi": {"viz/card_type.py"},
    "arabic_reshaper": {"viz/card_type.py"},
    "polars": {"graph/bulk", "graph/exports", "graph/questions/rows.py"},
}


def sources(root: Path) -> list[Path]:
    return sorted(p for folder in ("graph", "viz") for p in (root / folder).rglob("*.py"))


@functools.cache
def statements(path: Path) -> tuple[tuple[ast.Import | ast.ImportFrom, bool], ...]:
    """Every import statement anywhere in a file, and whether it stands under `if TYPE_CHECKING:`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [b for b in tree.body if isinstance(b, ast.If) and getattr(b.test, "id", "") == "TYPE_CHECKING"]
    return tuple(
        (node, any(b.lineno <= node.lineno <= (b.end_lineno or 0) for b in blocks))
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module named by an import statement anywhere in a file, with its line."""
    for node, _ in statements(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        else:
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            module = node.module or ""
            yield module, node.lineno
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)


def room(path: Path, root: Path) -> str:
    return path.relative_to(root / "graph").parts[0].removesuffix(".py")


def test_every_module_stands_on_a_floor(root: Path) -> None:
    rooms = {room(p, root) for p in (root / "graph").rglob("*.py")} - {"__init__"}
    assert rooms <= set(HEIGHT), f"give these a floor: {sorted(rooms - set(HEIGHT))}"


def test_imports_go_down(root: Path) -> None:
    wrong = []
    for path in sorted((root / "graph").rglob("*.py")):
        here = room(path, root)
        if here == "__init__":
            continue
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] == "viz":
                wrong.append(f"{path}:{line}: graph never imports viz")
            if parts[0] != "graph" or len(parts) < 2 or parts[1] not in HEIGHT or parts[1] == here:
                continue
            if HEIGHT[parts[1]] >= HEIGHT[here]:
                wrong.append(f"{path.relative_to(root)}:{line}: {here} imports {parts[1]}")
    assert not wrong, "\n".join(wrong)


def test_nothing_inside_imports_the_bare_package(root: Path) -> None:
    for path in sorted((root / "graph").rglob("*.py")):
        for node, _ in statements(path):
            if isinstance(node, ast.ImportFrom) and node.module == "graph":
                for alias in node.names:
                    assert alias.name in HEIGHT, f"{path}:{node.lineno}: from graph import {alias.name}"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_doors(library: str, root: Path) -> None:
    for path in sources(root):
        where = path.relative_to(root).as_posix()
        if any(where == door or where.startswith(f"{door}/") for door in DOORS[library]):
            continue
        for node, for_types in statements(path):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            if any(n.split(".")[0] == library for n in names) and not for_types:
                raise AssertionError(f"{where}:{node.lineno}: {library} has its door in {sorted(DOORS[library])}")


def test_heavy_libraries_stay_out_of_import_graph(root: Path) -> None:
    import subprocess
    import sys

    code = "import sys, graph; graph.KnowledgeGraph; print(','.join(sorted(m for m in sys.modules if '.' not in m)))"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).strip().split(","))
    heavy = loaded & {"rdflib", "networkx", "pyvis", "pyshacl", "pandas", "polars", "pyarrow", "jinja2", "pyoxigraph"}
    assert not heavy, f"loaded by import graph: {sorted(heavy)}"
