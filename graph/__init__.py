"""Backstory: a knowledge graph of world affairs that answers how we got here.

>>> from graph import KnowledgeGraph
>>> kg = KnowledgeGraph.open("data/triples")          # doctest: +SKIP
>>> print(kg.tell(kg.chain("Yekaterinburg raids", as_of="2025-07-14"), words=150))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.claim import Article, Citation, Claim, Entity, Literal
    from graph.errors import GraphError
    from graph.knowledge import KnowledgeGraph
    from graph.when import Clocks, Held, When

_HOMES = {
    "Article": "claim",
    "Citation": "claim",
    "Claim": "claim",
    "Clocks": "when",
    "Entity": "claim",
    "GraphError": "errors",
    "Held": "when",
    "KnowledgeGraph": "knowledge",
    "Literal": "claim",
    "When": "when",
}
__all__ = [
    "Article",
    "Citation",
    "Claim",
    "Clocks",
    "Entity",
    "GraphError",
    "Held",
    "KnowledgeGraph",
    "Literal",
    "When",
]


def __getattr__(name: str) -> Any:
    """Load a re-exported name when it is first used, so that `import graph` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    return getattr(import_module(f"graph.{_HOMES[name]}"), name)
