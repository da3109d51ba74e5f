"""The derived reference pages hold what the code holds, and the site would load nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

from graph.cli import cli
from graph.exports import FORMATS
from graph.serve.canned import canned
from graph.serve.openapi import document
from graph.validate import rules
from tests.docs import examples


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    """docs/hooks.py, which mkdocs loads by its path."""
    spec = importlib.util.spec_from_file_location("hooks", examples.ROOT / "docs" / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def command_names() -> list[str]:
    """Every command there is."""
    return cli.list_commands(click.Context(cli))


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_shown_somewhere(name: str) -> None:
    shown = (line for page in examples.pages() for line in page.read_text(encoding="utf-8").splitlines())
    assert any(f"backstory {name}" in line for line in shown), f"no page shows backstory {name}"


def test_reference_holds_what_the_code_holds(hooks: ModuleType) -> None:
    expected = {
        "reference/cli.md": [f"## backstory {name}" for name in command_names()],
        "reference/http.md": [f"## {way.upper()} {p}" for p, ways in document()["paths"].items() for way in ways],
        "reference/queries.md": [f"## {query.name}" for query in canned()],
        "reference/formats.md": [f"| `{name}` |" for name in FORMATS],
        "reference/rules.md": [f"| `{rule.name}` |" for rule in rules()],
        "reference/exit-codes.md": [f"\n| {code} |" for code in (0, 1, 2, 3, 4, 5, 6, 130)],
        "reference/data.md": ["| `azerbaijan-russia.ttl` |"],
    }
    assert set(hooks.PAGES) == set(expected)
    for address, parts in expected.items():
        text = hooks.PAGES[address]()
        assert [part for part in parts if part not in text] == [], address


def test_navigation_names_pages_that_exist(hooks: ModuleType) -> None:
    config = yaml.safe_load((examples.ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    def addresses(part: object) -> list[str]:
        if isinstance(part, str):
            return [part]
        values = part.values() if isinstance(part, dict) else part
        return [found for value in values for found in addresses(value)]  # type: ignore[attr-defined]

    missing = [
        a for a in addresses(config["nav"]) if a not in hooks.PAGES and not (examples.ROOT / "docs" / a).exists()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<a href="https://a.example/">a link is not loaded</a>', 0),
        ('<script src="assets/a.js"></script><link rel="stylesheet" href="a.css">', 0),
        ('<script src="https://a.example/b.js"></script>', 1),
        ('<link rel="stylesheet" href="//fonts.example/c.css">', 1),
        ('<link href="https://a.example/" rel="canonical">', 0),
        ('<img alt="x" src="http://a.example/d.png">', 1),
    ],
)
def test_what_would_load_from_elsewhere_is_seen(hooks: ModuleType, html: str, count: int) -> None:
    assert len(hooks.loads(html)) == count


LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", examples.pages(), ids=lambda page: str(page.relative_to(examples.ROOT)))
def test_links_between_pages_lead_somewhere(page: Path, hooks: ModuleType) -> None:
    derived = {examples.ROOT / "docs" / address for address in hooks.PAGES}
    targets = [(page.parent / link).resolve() for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [t for t in targets if not t.exists() and t not in derived] == []


def test_the_picture_is_light() -> None:
    assert (examples.ROOT / "docs" / "page.png").stat().st_size < 300_000
