"""A few pages of the real data as the site has them, without building the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph import when as when_
from graph.knowledge import KnowledgeGraph
from viz import page, sheets, site_chains
from viz.setting import Setting
from viz.sheets import Sheet
from viz.shelf import Shelf
from viz.site_chains import Chains

DAY: Final = when_.day("2026-11-01")


def write(shelf: Shelf, folder: Path, paths: Iterable[str]) -> dict[str, Path]:
    """The pages at these paths of the site, and what all pages share, as files in a folder.

    Paths are of the front, chains, pairs, entities, events and articles: `pair/azerbaijan--russia/index.html`.
    Chains and pairs have links from other pages only when they are among them.
    """
    names = {path: path.removesuffix("/index.html").partition("/")[2] for path in paths}
    pairs = {
        (one, other): 1 for p, n in names.items() if p.startswith("pair/") for one, _, other in (n.partition("--"),)
    }
    bare = Setting(KnowledgeGraph(shelf), shelf, DAY, "https://backstory.example/", pairs=pairs)
    told = {n for p, n in names.items() if p.startswith(("how/", "story/"))}
    told |= {s.id for s in shelf.entities("Story")} if "index.html" in names else set()
    chains = Chains(sorted(told), find=lambda name: site_chains.of([name], bare))
    between = Chains(pairs, find=lambda pair: site_chains.of(pair, bare))
    setting = Setting(bare.kg, shelf, DAY, bare.base, chains, pairs, between)
    for name, content in page.shared_files().items():
        _put(folder / "assets" / page.hashed(name, content), content)
    for path, name in names.items():
        _put(folder / path, _page(path, name, setting))
    return {path: folder / path for path in names}


def _page(path: str, name: str, setting: Setting) -> bytes:
    if path == "index.html":
        return sheets.files(Sheet("", "front", ()), setting)[path]
    event = name in setting.shelf.things and setting.shelf.model.is_event(setting.shelf.things[name].kind)
    kinds = {"how": "chain", "story": "chain", "pair": "pair", "a": "article", "e": "event" if event else "entity"}
    kind = kinds[path.partition("/")[0]]
    return sheets.render(Sheet(path, kind, _two(name) if kind == "pair" else (name,)), setting).encode()


def _two(name: str) -> tuple[str, str]:
    one, _, other = name.partition("--")
    return one, other


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
