"""Examples of the documentation: read from Markdown, run in process, compared with the output shown.

A fence of `sh` or `python` is run; a fence of `text` right after it is its output, where a line of
only `…` stands for any lines and `[…]` inside a line for anything.
A fence with a title is written to a file of that name first.
`# exit 2` after a command says that this exit code is meant.

`python -m tests.docs.examples` writes the present output into the pages, up to the first wildcard.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import click
from click.testing import CliRunner

from graph.cli import cli
from graph.errors import GraphError

ROOT: Final = Path(__file__).resolve().parents[2]
ANY_LINES: Final = "…"
ANYTHING: Final = "[…]"
_FENCE: Final = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)(?: +title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)
_EXIT: Final = re.compile(r"#\s*exit (\d+)\s*$")
# Commands of a shell that a reader types and no test can run in process, each with its reason.
OF_THE_SHELL: Final = {
    "git": "fetches the repository",
    "cd": "the tests are there already",
    ".": "the tests are in the environment already",
    "jupyter": "the notebooks have a test of their own",
}
# Commands that are only read, not run: what runs them is named.
READ_ONLY: Final = {"serve": "tests/graph/serve", "site": "tests/viz/test_site.py"}


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: its language, title, text, and where its text begins and ends in the page."""

    language: str
    title: str
    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A fence that is run, and the fence that shows its output, if one does."""

    fence: Fence
    shown: Fence | None


def pages() -> list[Path]:
    """Every page of the documentation that is written by hand, and the README."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def fences(text: str) -> list[Fence]:
    """The fenced blocks of a page, in order."""
    return [
        Fence(
            f["language"],
            f["title"] or "",
            f["text"],
            text.count("\n", 0, f.start()) + 1,
            f.start("text"),
            f.end("text"),
        )
        for f in _FENCE.finditer(text)
    ]


def examples(text: str) -> Iterator[Example]:
    """What is to be run or written, in order, each with its shown output."""
    found = fences(text)
    for at, fence in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        is_shown = (
            after is not None
            and after.language == "text"
            and not text[fence.end : after.start].partition("```")[2].partition("```")[0].strip()
        )
        if fence.language in ("sh", "python") or fence.title:
            yield Example(fence, after if is_shown else None)


class Session:
    """One page's examples, run in order in one folder with one set of Python names."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.application: Any = None
        self.open = contextlib.ExitStack()

    def run(self, fence: Fence) -> str:
        """What a fence prints on standard output; AssertionError when it does not end as it says."""
        if fence.title:
            Path(fence.title).write_text(fence.text, encoding="utf-8")
            return ""
        if fence.language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(fence.text, f"line {fence.line}", "exec"), self.names)
            return printed.getvalue()
        return "".join(self.command(line) for line in commands(fence.text))

    def command(self, line: str) -> str:
        """What one line of a shell prints."""
        words, meant = shlex.split(line, comments=True), _EXIT.search(line)
        if not words or words[0] in OF_THE_SHELL:
            return ""
        if words[0] == "backstory":
            return backstory(words[1:], int(meant[1]) if meant else 0)
        if words[0] == "make":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert all(re.search(rf"^{re.escape(w)}:", makefile, re.M) for w in words[1:]), f"no such target: {line}"
            return ""
        if words[:2] == ["python", "-m"]:
            from importlib.util import find_spec

            assert find_spec(words[2]) is not None, f"no such module: {line}"
            return ""
        if words[0] == "curl":
            return self.curl(words[1:])
        raise AssertionError(f"nobody runs this: {line}")

    def curl(self, words: list[str]) -> str:
        """What a request to the server answers, asked of the application in process."""
        address, given, headers, words = "", [], {}, list(words)
        while words:
            word = words.pop(0)
            if word == "-H":
                name, _, value = words.pop(0).partition(": ")
                headers[name] = value
            elif word == "--data-urlencode":
                name, _, value = words.pop(0).partition("=")
                given.append((name, value))
            elif not re.fullmatch("-[sSGf]+", word):
                address = word
        status, text = asyncio.run(self.ask(address, given, headers))
        assert status == HTTPStatus.OK, f"{address}: {status} {text[:200]}"
        return text

    async def ask(self, address: str, given: Any, headers: dict[str, str]) -> tuple[int, str]:
        """Status and text of a GET answered by the application itself, without a socket."""
        import httpx

        from graph.knowledge import KnowledgeGraph
        from graph.serve.app import application
        from graph.serve.pool import Pool

        if self.application is None:
            kg = KnowledgeGraph.open("data/triples")
            assert len(kg.index), "opened before the first request, as the command does"
            assert kg.names.table.size
            pool = Pool(kg.store.directory)
            self.open.callback(pool.close)
            self.application = application(kg, hosts=("127.0.0.1",), pool=pool)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.application), timeout=30) as client:
            answer = await client.get(address, params=given or None, headers=headers)
        return answer.status_code, answer.text


def commands(text: str) -> Iterator[str]:
    """The lines of a shell fence, continued lines joined."""
    yield from (line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip())


def backstory(words: list[str], meant: int) -> str:
    """What the command prints on standard output; AssertionError when its exit code is another."""
    context = click.Context(cli, info_name="backstory")
    assert not words or words[0].startswith("-") or cli.get_command(context, words[0]), f"no such command: {words}"
    if words and words[0] in READ_ONLY:
        known_options(words)
        return ""
    result = CliRunner().invoke(cli, words, env={"COLUMNS": "80"}, catch_exceptions=True)
    code = result.exception.exit_code if isinstance(result.exception, GraphError) else result.exit_code
    if result.exception is not None and not isinstance(result.exception, GraphError | SystemExit):
        raise result.exception
    assert code == meant, (
        f"exit {code}, not {meant}: backstory {shlex.join(words)}\n{result.output}\n{result.exception}"
    )
    return result.stdout


def known_options(words: list[str]) -> None:
    """AssertionError when a command line names a command or an option that there is not."""
    context, command = click.Context(cli, info_name="backstory"), None
    group: click.Group = cli
    for word in words:
        if isinstance(group, click.Group) and not word.startswith("-") and (found := group.get_command(context, word)):
            command = found
            if not isinstance(found, click.Group):
                break
            group = found
    assert command is not None, f"no such command: {words}"
    options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h", "--version"}
    for word in words:
        if re.match(r"--?[a-z]", word):
            assert word.partition("=")[0] in options, f"no option {word}: backstory {shlex.join(words)}"


def agrees(shown: str, printed: str) -> bool:
    """Whether the output shown is the output printed, wildcards allowed for.

    >>> agrees("a\\n…\\nz 1[…]\\n", "a\\nb\\nc\\nz 123\\n"), agrees("a", "b")
    (True, False)
    """
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == ANY_LINES else ".*".join(map(re.escape, line.split(ANYTHING))) + r"\n"
        for line in lines
    )
    return re.fullmatch(pattern, _plain(printed)) is not None


def _plain(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines()) + "\n"


def refreshed(shown: str, printed: str) -> str:
    """The output as it should be shown: the printed one, or as much of it as stands before `…`."""
    lines, now = shown.splitlines(), _plain(printed).splitlines()
    if ANYTHING in shown or lines.count(ANY_LINES) > 1 or (ANY_LINES in lines and lines[-1] != ANY_LINES):
        return shown
    return "\n".join([*now[: len(lines) - 1], ANY_LINES] if ANY_LINES in lines else now) + "\n"


def furnish(folder: Path) -> None:
    """Make a folder look like a fresh clone: the data and what examples name, by links."""
    for name in ("data", "graph", "docs", "notebooks"):
        (folder / name).symlink_to(ROOT / name)


def main() -> None:
    """Write the present output of every example into the pages."""
    import tempfile

    chosen = [Path(name).resolve() for name in sys.argv[1:]] or pages()
    for page in chosen:
        text, session = page.read_text(encoding="utf-8"), Session()
        with tempfile.TemporaryDirectory() as folder:
            furnish(Path(folder))
            os.chdir(folder)
            with session.open:
                made = [(e.shown, session.run(e.fence)) for e in examples(text)]
            os.chdir(ROOT)
        for shown, printed in reversed(made):
            if shown is not None and not agrees(shown.text, printed):
                text = text[: shown.start] + refreshed(shown.text, printed) + text[shown.end :]
                print(f"{page.relative_to(ROOT)}:{shown.line} changed")
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
