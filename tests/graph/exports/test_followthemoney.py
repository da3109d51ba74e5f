"""What is written as FollowTheMoney keeps to its real schema, of which `tests/data` holds an excerpt (MIT licence).

The excerpt is taken from the package followthemoney 4.11.2, which itself needs a C++ library to install:
each schema with its ancestors, the properties it requires, and the type of each property or the schema it points to.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph import model
from graph.exports.extract import Extract, everything
from graph.exports.followthemoney import _dates, write_ftm
from graph.knowledge import KnowledgeGraph
from tests.world import WORLD

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@pytest.fixture(scope="module")
def schemata(root: Path) -> dict[str, Any]:
    """Schemata by name."""
    found: dict[str, Any] = json.loads((root / "tests/data/followthemoney-4.11.2.json").read_text(encoding="utf-8"))
    return found


def written(extract: Extract) -> dict[str, dict[str, Any]]:
    """Entities by id."""
    buffer = io.BytesIO()
    write_ftm(extract, buffer)
    return {value["id"]: value for value in map(json.loads, buffer.getvalue().splitlines())}


def faults(entities: dict[str, dict[str, Any]], schemata: dict[str, Any]) -> Counter[str]:
    """What the schema does not allow, counted."""
    found: Counter[str] = Counter()
    for value in entities.values():
        name, properties = value["schema"], value["properties"]
        schema = schemata[name]
        found[f"{name} is abstract"] += schema["abstract"]
        for missing in set(schema["required"]) - set(properties):
            found[f"{name} lacks {missing}"] += 1
        for key, values in properties.items():
            kind = schema["properties"].get(key, "no property")
            for text in values:
                if kind in schemata:
                    wrong = text not in entities or kind not in schemata[entities[text]["schema"]]["is"]
                else:
                    wrong = kind == "no property" or not text or (kind == "date" and not DATE.fullmatch(text))
                found[f"{name}.{key}: {kind}"] += wrong
    return +found


def test_everything_we_have_keeps_to_the_schema(kg: KnowledgeGraph, schemata: dict[str, Any]) -> None:
    entities = written(everything(kg.store))
    assert faults(entities, schemata) == Counter()
    counts = Counter(v["schema"] for v in entities.values())
    assert all(counts[name] for name in ("Event", "Person", "PublicBody", "Territory", "Position", "Project"))
    assert counts["Occupancy"] > 900, "who held which office is said as such, and not as an unknown link"
    assert counts["Membership"] > 600


def test_the_schema_excerpt_finds_faults(schemata: dict[str, Any]) -> None:
    wrong = {
        "a": {"schema": "Thing", "properties": {"name": ["x"]}},
        "b": {"schema": "Membership", "properties": {"member": ["a"], "startDate": ["19XX"], "colour": ["red"]}},
    }
    assert set(faults({k: {"id": k, **v} for k, v in wrong.items()}, schemata)) == {
        "Thing is abstract",
        "Membership lacks organization",
        "Membership.member: LegalEntity",
        "Membership.startDate: date",
        "Membership.colour: no property",
    }


def test_a_membership_and_an_event() -> None:
    entities = written(Extract(WORLD, model.load()))
    assert entities["alexander-stubb"]["schema"] == "Person"
    member = entities[f"claim-{WORLD.claims[0].id}"]
    assert member["schema"] == "Membership"
    assert member["properties"]["startDate"] == ["2023-04-04"]
    assert "endDate" not in member["properties"], "an ongoing membership has no end"
    assert "finland" in entities["finland-joins-nato-2023"]["properties"]["involved"]


DATES = [
    ("2025-05-07~", {"date": ["2025-05-07"]}),
    ("2025-05-XX", {"date": ["2025-05"]}),
    ("199X", {}),
    ("19XX/..", {}),
    ("1965?/1970-03", {"startDate": ["1965"], "endDate": ["1970-03"]}),
    ("/2025-06-29", {"endDate": ["2025-06-29"]}),
    ("-0044-03-15", {}),
    ("", {}),
]


@pytest.mark.parametrize(("when", "dates"), DATES)
def test_dates_as_far_as_the_schema_holds_them(when: str, dates: dict[str, list[str]]) -> None:
    assert _dates(when, "date") == dates
