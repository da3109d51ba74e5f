"""A name is taken for somebody without asking back only when it is surely theirs."""

from __future__ import annotations

import pytest

from graph.knowledge import KnowledgeGraph
from graph.names.sure import sure
from graph.when import day

SURE = (
    ("NATO", "Actor", "", "2022-07-05", "nato"),
    ("Barack Obama", "Actor", "", "2014-01-01", "barack-obama"),
    ("Barack Obama", "Actor", "united-states", "2014-01-01", "barack-obama"),
    ("Tsai Ing-wen", "Actor", "", "2018-01-01", "tsai-ing-wen"),
    ("Vienna", "City", "austria", "2020-01-01", "vienna-at"),
    # another country, another kind, another century, half a name, a look-alike, a demonym, nobody
    ("Barack Obama", "Actor", "kenya", "2014-01-01", ""),
    ("Barack Obama", "City", "", "2014-01-01", ""),
    ("Josip Broz Tito", "Actor", "", "2045-01-01", ""),
    ("Obama", "Actor", "", "2014-01-01", ""),
    ("\u0412arack Obama", "Actor", "", "2014-01-01", ""),
    ("French", "Actor", "", "2014-01-01", ""),
    ("Police (Atlantis)", "Actor", "", "2014-01-01", ""),
    ("the French prime minister", "Actor", "", "2014-01-01", ""),
)


@pytest.mark.parametrize(("text", "kind", "country", "on", "wanted"), SURE, ids=[f"{c[0]} {c[2]}{c[3]}" for c in SURE])
def test_sure(kg: KnowledgeGraph, text: str, kind: str, country: str, on: str, wanted: str) -> None:
    found = sure(text, kg.names.table, kind=kind, country=country, day=day(on))
    assert (found.id if found else "") == wanted
