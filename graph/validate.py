"""The integrity rules, and who runs them: one SPARQL file a rule, over everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import turtle
from graph import when as when_
from graph.errors import ModelError
from graph.store import Store
from graph.when import Day

RULES: Final = Path(__file__).parent / "rules"
TWO_YEARS_DAYS: Final = 731
_HEAD: Final = re.compile(r"# level: (error|warning)\n# says: (.+)\n# do: (.+)\n")


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """An integrity rule: its name, error or warning, its sentence, what to do, its query."""

    name: str
    level: str
    says: str
    do: str
    query: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place where a rule is broken: the file and claim (or thing), and the sentence."""

    level: str
    rule: str
    file: str
    claim: str
    message: str
    do: str


def rules() -> tuple[Rule, ...]:
    """Every rule in graph/rules, errors first; ModelError when a file has no proper head."""
    found = []
    for path in sorted(RULES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        if head is None:
            raise ModelError("a rule starts with level, says and do", where=path.name)
        found.append(Rule(path.stem, head[1], head[2], head[3], text[head.end() :]))
    return tuple(sorted(found, key=lambda rule: (rule.level, rule.name)))


def validate(store: Store, *, today: Day, only: str = "", warnings: bool = True) -> Iterator[Finding]:
    """Every breach of every rule (or of the one named), errors first, then by file and claim.

    Without `warnings` only the rules whose breach is an error are asked.
    `today` is the day against which "long unconfirmed" and "planned" are judged.
    """
    for rule in rules():
        if only in ("", rule.name) and (warnings or rule.level == "error"):
            yield from sorted(breaches(rule, store, today=today))


def breaches(rule: Rule, store: Store, *, today: Day) -> Iterator[Finding]:
    """The breaches of one rule."""
    query = rule.query.replace("?two_years_ago", _date(today - TWO_YEARS_DAYS)).replace("?today", _date(today))
    for row in store.select(query):
        claim = row.get("claim", "")
        about = claim or row.get("thing", row.get("subject", ""))
        file = _file(store, "c" if claim else "e", about)
        yield Finding(rule.level, rule.name, file, about, rule.says.format_map(row), rule.do)


def _date(day: Day) -> str:
    return turtle.typed(when_.iso(day), "xsd:date")


def _file(store: Store, prefix: str, local: str) -> str:
    """The file in which a claim or entity is declared."""
    query = f"SELECT ?file WHERE {{ GRAPH ?file {{ {prefix}:{local} a ?kind }} }} ORDER BY ?file LIMIT 1"
    return next((row["file"] for row in store.select(query)), "")
