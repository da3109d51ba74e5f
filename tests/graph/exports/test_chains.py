"""A chain as Markdown, CSV, Graphviz, Mermaid and JSON: everything in it, nothing that breaks out of it."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import shutil
import subprocess

import pytest

from graph.chains.chain import NO_LINK, Chain
from graph.exports import chains
from graph.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def chain(kg: KnowledgeGraph) -> Chain:
    """The chain of the raids."""
    return kg.chain("yekaterinburg-raids-2025", as_of="2025-07-14", events=8)


@pytest.mark.parametrize("form", sorted(chains.FORMATS))
def test_every_format_names_every_event(chain: Chain, kg: KnowledgeGraph, form: str) -> None:
    text = chains.FORMATS[form](chain, kg.store)
    assert all(kg.store.entity(step.event).name in text for step in chain.steps)
    assert text.endswith("\n")
    assert text == chains.FORMATS[form](chain, kg.store)


def test_markdown_cites_every_event(chain: Chain, kg: KnowledgeGraph) -> None:
    text = chains.markdown(chain, kg.store)
    body, notes = text.rsplit("\n\n", 1)
    assert all(re.search(r"\[\^\d+\]$", line) for line in body.splitlines() if re.match(r"\d+\. ", line))
    marks = set(re.findall(r"\[\^(\d+)\]", body))
    assert marks == set(re.findall(r"^\[\^(\d+)\]: .*\(https?://", notes, re.M))


def test_csv_has_a_line_an_event(chain: Chain, kg: KnowledgeGraph) -> None:
    rows = list(csv.DictReader(io.StringIO(chains.table(chain, kg.store), newline="")))
    assert [row["event"] for row in rows] == list(chain.events)
    assert rows[0]["link"] == ""
    stated = {row["event"]: row["stated"].split() for row in rows if row["stated"]}
    assert stated == {link.later: list(link.stated) for link in chain.links if link.is_stated}


def test_json_has_the_numbers_and_the_sources(chain: Chain, kg: KnowledgeGraph) -> None:
    value = json.loads(chains.plain_json(chain, kg.store))
    assert [step["event"] for step in value["steps"]] == list(chain.events)
    assert all(step["numbers"]["voices"] >= 1 and step["sources"] for step in value["steps"])
    assert {s["event"]: s["numbers"] for s in value["steps"]}["azal-crash-2024"]["deaths"] == 38


def test_what_was_published_later_is_no_source(kg: KnowledgeGraph) -> None:
    early = kg.chain("yekaterinburg-raids-2025", as_of="2025-06-29", known_at="2025-06-29")
    for step in early.steps:
        found = chains.articles(step, early, kg.store)
        assert found
        assert all(article.published[:10] <= "2025-06-29" for article in found)
    assert "known on 2025-06-29" in chains.title(early, kg.store)


def test_pictures_dash_what_no_source_states(chain: Chain, kg: KnowledgeGraph) -> None:
    drawn = [link for link in (*chain.links, *chain.side) if link.label != NO_LINK]
    dot, mermaid = chains.dot(chain, kg.store), chains.mermaid(chain, kg.store)
    assert dot.count("style=solid") == mermaid.count("-->|") == sum(link.is_stated for link in drawn)
    assert dot.count("style=dashed") == mermaid.count("-.->|") == sum(not link.is_stated for link in drawn)
    if program := shutil.which("dot"):
        subprocess.run([program, "-Tsvg"], input=dot.encode(), check=True, capture_output=True)


def test_words_from_outside_stay_words(chain: Chain, kg: KnowledgeGraph) -> None:
    hostile = 'x"];evil [label="\n](javascript:1) <b> | ` =cmd()'
    changed = dataclasses.replace(chain.steps[0], explanation=hostile)
    odd = dataclasses.replace(chain, steps=(changed, *chain.steps[1:]))
    assert "<b>" not in chains.markdown(odd, kg.store).replace("\\<b\\>", "")
    row = next(csv.DictReader(io.StringIO(chains.table(odd, kg.store), newline="")))
    assert row["why"] == hostile
