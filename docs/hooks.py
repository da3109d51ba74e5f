"""Reference pages, derived from the code when the site is built, and a check that no page asks another host.

Nothing here is written twice: commands come from click, HTTP from the OpenAPI document, exit codes from
the error tree, limits, formats, queries, rules and data files from what the programs themselves read.
"""

from __future__ import annotations

import inspect
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import click

LOG: Final = logging.getLogger("mkdocs.hooks.backstory")
ROOT: Final = Path(__file__).parent.parent
_NOTE: Final = "<!-- Derived when the site is built. -->"
_LOADS: Final = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\ssrc=["']?(?:https?:)?//[^"'\s>]+"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preload|preconnect|icon))[^>]*href=["']?(?:https?:)?//[^"'\s>]+"""
)


def on_files(files: Any, config: Any) -> Any:
    """The site's files with the derived pages among them (called by mkdocs)."""
    from mkdocs.structure.files import File

    for address, page in PAGES.items():
        files.append(File.generated(config, address, content=page()))
    return files


def on_post_page(output: str, page: Any, config: Any) -> str:  # noqa: ARG001 (mkdocs names the arguments)
    """The page as it is; a warning, which stops a strict build, when it would load anything from elsewhere."""
    for found in loads(output):
        LOG.warning("%s loads from another host: %s", page.file.src_uri, found)
    return output


def loads(html: str) -> tuple[str, ...]:
    """The tags of a page that make a browser ask another host.

    >>> loads('<a href="https://a.example">x</a><script src="https://b.example/c.js"></script>')
    ('<script src="https://b.example/c.js',)
    """
    return tuple(found[0] for found in _LOADS.finditer(html))


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A Markdown table, a line at a time; bars and line ends in cells are made harmless."""
    names = tuple(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(str(cell).split()).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def code(text: object) -> str:
    """The text as code, or nothing when there is none."""
    return f"`{text}`" if str(text) else ""


def commands() -> str:
    """Every command with its arguments and options, as click knows them."""
    from graph.cli import cli

    context = click.Context(cli, info_name="backstory")
    lines = ["# Command line", _NOTE, "", *_help(cli)]
    lines += [
        "`--data FOLDER`, or the variable `BACKSTORY_DATA`, names the folder of Turtle files.",
        "The variable `BACKSTORY_CACHE` names the folder for what is derived from them, and",
        "`BACKSTORY_BULK` that of bulk layers.",
        "",
    ]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            lines += _command(command, context, name, depth=2)
    return "\n".join(lines)


def _command(command: click.Command, above: click.Context, name: str, *, depth: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=above)
    yield from (f"{'#' * depth} {context.command_path}", "", "```text", command.get_usage(context), "```", "")
    yield from _help(command)
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        yield from table(("option", "meaning", "default"), (_option(o, context) for o in options))
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _command(found, context, below, depth=depth + 1)


def _help(command: click.Command) -> Iterator[str]:
    yield from (inspect.cleandoc(command.help or "").replace("\b", ""), "")


def _option(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    names = ", ".join(code(o) for o in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" {code(option.make_metavar(context))}"
    more = " Required." if option.required else ""
    shown = option.default if option.show_default and not option.is_flag else ""
    return names + value, (option.help or "") + more, code(shown)


def http() -> str:
    """Every address of the server, from its OpenAPI document, and the server's limits."""
    from graph.serve.limits import LIMITS
    from graph.serve.openapi import document

    found = document()
    lines = ["# HTTP", _NOTE, ""]
    lines += [
        "`backstory serve` answers these addresses; `/api/openapi.json` is the same as a document for programs.",
        "Every answer is JSON with an ETag, every refusal `application/problem+json`.",
        "",
    ]
    for path, ways in found["paths"].items():
        for method, about in ways.items():
            lines += [f"## {method.upper()} {path}", "", f"{about['summary'].rstrip('.')}.", "", *_parameters(about)]
            lines += table(("status", "meaning"), ((s, r["description"]) for s, r in about["responses"].items()))
    lines += ["## Limits", ""]
    lines += table(("limit", "value"), ((code(f.name), getattr(LIMITS, f.name)) for f in fields(LIMITS)))
    return "\n".join(lines)


def _parameters(about: dict[str, Any]) -> Iterator[str]:
    given = about.get("parameters", ())
    if given:
        yield from table(
            ("parameter", "in", "required", "what", "form"),
            (
                (code(p["name"]), p["in"], "yes" if p.get("required") else "", p.get("description", ""), _form(p))
                for p in given
            ),
        )


def _form(parameter: dict[str, Any]) -> str:
    return code(json.dumps(parameter.get("schema", {}), sort_keys=True))


def queries() -> str:
    """The SPARQL queries that come with the server."""
    from graph.serve.canned import canned

    lines = ["# Ready-made queries", _NOTE, ""]
    lines += ["The query page of `backstory serve` offers these; the files are in `graph/serve/queries/`.", ""]
    for found in canned():
        lines += [f"## {found.name}", "", found.title, "", "```sparql", found.query, "```", ""]
    return "\n".join(lines)


def data() -> str:
    """What is in data/triples, file by file, from the manifest."""
    entries = json.loads((ROOT / "data" / "triples" / "manifest.json").read_text(encoding="utf-8"))
    counted = ("entities", "claims", "citations", "articles")
    lines = ["# Data files", _NOTE, ""]
    lines += ["One file, one source; an article cited in two files counts in both.", ""]
    rows = [
        (code(name), *(f"{about.get(c, 0):,}" for c in counted), about["source"], about["licence"])
        for name, about in entries.items()
    ]
    totals = (f"{sum(about.get(c, 0) for about in entries.values()):,}" for c in counted)
    lines += table(("file", *counted, "source", "licence"), [*rows, ("all", *totals, "", "")])
    return "\n".join(lines)


def formats() -> str:
    """The formats of `backstory export` and what each cannot carry."""
    from graph.exports import FORMATS

    lines = ["# Export formats", _NOTE, ""]
    rows = ((code(f.name), code(f.ending), code(f.media_type), f.loses) for f in FORMATS.values())
    return "\n".join([*lines, *table(("format", "ending", "media type", "does not carry"), rows)])


def rules() -> str:
    """The integrity rules that `backstory validate` runs."""
    from graph.validate import rules as known

    lines = ["# Integrity rules", _NOTE, ""]
    lines += ["`backstory validate` runs each; a broken rule that is an error ends with exit code 1.", ""]
    rows = ((code(r.name), r.level, r.says, r.do) for r in known())
    return "\n".join([*lines, *table(("rule", "level", "says", "what to do"), rows)])


def exit_codes() -> str:
    """Exit codes, from the error tree."""
    from graph.errors import GraphError

    lines = ["# Exit codes", _NOTE, ""]
    lines += [
        "Data goes to standard output; a refusal is one line on standard error: where, what, what was expected.",
        "",
    ]
    rows = [("0", "", "Done."), ("2", "", "The command line was not understood.")]
    rows += [(str(e.exit_code), code(e.__name__), (e.__doc__ or "").split("\n")[0]) for e in _below(GraphError)]
    rows += [("130", "", "Interrupted.")]
    rows.sort(key=lambda row: int(row[0]))
    return "\n".join([*lines, *table(("code", "error", "meaning"), rows)])


def _below(error: type[Any]) -> Iterator[type[Any]]:
    for found in error.__subclasses__():
        yield found
        yield from _below(found)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "reference/cli.md": commands,
    "reference/http.md": http,
    "reference/queries.md": queries,
    "reference/data.md": data,
    "reference/formats.md": formats,
    "reference/rules.md": rules,
    "reference/exit-codes.md": exit_codes,
}
