"""Fixtures for every test: the shared material if present, a tiny true world, the real data."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from graph import derived, model, rdf, turtle
from graph.knowledge import KnowledgeGraph
from graph.names import gazetteer
from graph.store import Store
from tests.world import WORLD

settings.register_profile("backstory", deadline=None)  # a busy machine is no failure
settings.load_profile("backstory")

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of pages come last: from the first one on, the browser's event loop runs in this thread."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not part of the project; skips, saying so, when absent."""
    folder = Path(os.environ.get("BACKSTORY_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"shared material is not at {folder} (set BACKSTORY_SHARED)")
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for the whole run, kept apart from the user's."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Store:
    """The store of the tiny true world."""
    return store_of(WORLD, tmp_path_factory.mktemp("world"), cache)


def store_of(bundle: rdf.Bundle, folder: Path, cache: Path) -> Store:
    """A store over one bundle and the ontology, both written as real files."""
    found = model.load()
    turtle.write(bundle, folder / "world.ttl", found)
    (folder / "ontology.ttl").write_text(derived.ontology(found), encoding="utf-8")
    return Store.open(folder, cache=cache / folder.name)


@pytest.fixture(scope="session")
def kg(root: Path, _own_cache: None) -> KnowledgeGraph:
    """The real data of the repository, in the store that commands run by tests open too."""
    return KnowledgeGraph.open(root / "data" / "triples")


@pytest.fixture(scope="session", autouse=True)
def _towns_read_once() -> Iterator[None]:
    """Every small store's table of names reads the same towns and regions of the world: once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        for read in (gazetteer.towns, gazetteer.regions):
            patch.setattr(gazetteer, read.__name__, functools.cache(functools.partial(_all_of, read)))
        yield


def _all_of(read: Callable[[], Iterator[Any]]) -> tuple[Any, ...]:
    return tuple(read())


@pytest.fixture(scope="session", autouse=True)
def _own_cache(cache: Path) -> Iterator[None]:
    """Every command run by a test uses the run's cache and bulk layers, never the user's."""
    ours = {"BACKSTORY_CACHE": str(cache), "BACKSTORY_BULK": str(cache / "bulk")}
    old = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    yield
    for name, value in old.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
