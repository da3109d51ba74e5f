"""A draft's report for people and programs: text, JSON, HTML."""

from __future__ import annotations

import html as html_
import json
from typing import Any

from graph.draft.outcome import Checked, Outcome, Report
from graph.when import iso

_MARKS = {
    Outcome.SUPPORTED: "ok", Outcome.PARTIAL: "part", Outcome.CONFLICT: "CONFLICT", Outcome.NO_EVIDENCE: "none",
    Outcome.OPINION: "opinion",
}  # fmt: skip


def text(report: Report) -> str:
    """One block a sentence: place, outcome, words; below it what was found in which part, and what to do."""
    lines = []
    for one in report.sentences:
        if one.heading and not one.findings:
            continue
        lines.append(f"{one.line}:{one.column}: {one.outcome.value}: {one.text}")
        for finding in one.findings:
            if finding.outcome is not Outcome.SUPPORTED or one.outcome is Outcome.CONFLICT:
                lines.append(f"    {_MARKS[finding.outcome]:8} “{one.part(finding)}”: {finding.why}")
        if one.outcome is not Outcome.SUPPORTED:
            lines += [f"    near     {n.text}{_cited(n.sources)}" for n in one.nearest[:3]]
        if one.suggestion:
            lines.append(f"    → {one.suggestion}")
    return "\n".join([*lines, _total(report)]) + "\n"


def _cited(found: tuple[tuple[str, str, str], ...]) -> str:
    return f" ({'; '.join(f'{publisher}, {published}' for publisher, published, _ in found)})" if found else ""


def _total(report: Report) -> str:
    told = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    known = f", known by {iso(report.known_at)}" if report.known_at else ""
    return (
        f"{len(report.sentences)} sentences as of {iso(report.as_of)}{known}: {told}. Graph {report.fingerprint[:12]}."
    )


def value(report: Report) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "as_of": iso(report.as_of),
        "known_at": iso(report.known_at) if report.known_at else None,
        "fingerprint": report.fingerprint,
        "counts": report.counts,
        "sentences": [_sentence(s) for s in report.sentences],
    }


def _sentence(one: Checked) -> dict[str, Any]:
    return {
        "text": one.text,
        "line": one.line,
        "column": one.column,
        "heading": one.heading,
        "outcome": one.outcome.value,
        "findings": [
            {
                "part": one.part(f), "column": one.column + f.place[0], "outcome": f.outcome.value, "rule": f.rule,
                "why": f.why,
                "event": f.event, "claims": list(f.claims), "suggestion": f.suggestion,
            }
            for f in one.findings
        ],
        "nearest": [
            {
                "claim": n.claim, "text": n.text,
                "sources": [{"publisher": p, "published": d, "url": u} for p, d, u in n.sources],
            }
            for n in one.nearest
        ],
        "suggestion": one.suggestion,
    }  # fmt: skip


def as_json(report: Report) -> str:
    """The report as indented JSON."""
    return json.dumps(value(report), ensure_ascii=False, indent=2) + "\n"


def html(report: Report) -> str:
    """An HTML fragment: a list of sentences, each with its outcome as class, the findings below it."""
    e = html_.escape
    items = []
    for one in report.sentences:
        found = "".join(
            f'<li class="{e(f.outcome.name.lower())}"><q>{e(one.part(f))}</q>: {e(f.outcome.value)} – {e(f.why)}</li>'
            for f in one.findings
        )
        near = "".join(
            f"<li>{e(n.text)} "
            + " ".join(
                f'<a href="{e(u)}" rel="noopener noreferrer nofollow">{e(p)}, {e(d)}</a>' for p, d, u in n.sources
            )
            + "</li>"
            for n in one.nearest[:3]
        )
        items.append(
            f'<li class="{e(one.outcome.name.lower())}"><p><b>{e(one.outcome.value)}</b> <bdi>{e(one.text)}</bdi> '
            f"<small>line {one.line}, column {one.column}</small></p><ul>{found}</ul>"
            + (f"<p>{e(one.suggestion)}</p>" if one.suggestion else "")
            + (f"<details><summary>nearest claims</summary><ul>{near}</ul></details>" if near else "")
            + "</li>"
        )
    return f'<ol class="draft-check">{"".join(items)}</ol>\n<p><small>{e(_total(report))}</small></p>\n'


FORMATS = {"text": text, "json": as_json, "html": html}
