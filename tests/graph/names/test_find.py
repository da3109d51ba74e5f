"""Search: best first, by names, beginnings, sounds and words."""

from __future__ import annotations

import pytest

from graph.errors import UnknownName
from graph.knowledge import KnowledgeGraph


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Yekaterinburg raids", "yekaterinburg-raids-2025"),
        ("Azerb", "azerbaijan"),
        ("Putn", "vladimir-putin"),
        ("sputnik search", "sputnik-search-2025"),
        ("azerbaijan airlines crash", "azal-crash-2024"),
        ("Moskva", "moscow-ru"),
        ("القاهرة", "cairo-eg"),
        ("Kijów", "kyiv-ua"),
        ("北京", "beijing-cn"),
        ("Пекин", "beijing-cn"),
        ("Sankt-Peterburg", "saint-petersburg-ru"),
        ("Deutschland", "germany"),
    ],
)
def test_found_first(kg: KnowledgeGraph, text: str, first: str) -> None:
    found = kg.names.find(text)
    assert found[0].id == first
    assert list(found) == sorted(found, key=lambda m: -m.score)


def test_limit_and_kinds(kg: KnowledgeGraph) -> None:
    assert len(kg.names.find("a", limit=3)) <= 3
    assert {kg.model.is_event(m.kind) for m in kg.names.find("Baku", kinds=("Event",))} <= {True}


def test_nothing_found_is_empty(kg: KnowledgeGraph) -> None:
    assert kg.names.find("qqqqzzzz") == ()
    assert kg.names.find("") == ()


def test_find_on_the_facade_refuses_the_unknown(kg: KnowledgeGraph) -> None:
    assert kg.find("Azerbaijan's president", as_of="2025-07-01").id == "ilham-aliyev"
    with pytest.raises(UnknownName):
        kg.find("qqqqzzzz")
