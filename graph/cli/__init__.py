"""The `backstory` command: one module a subcommand, found by file name and loaded when called.

Exit codes: 0 ok; 1 refused or incomplete; 2 usage; 3 invalid input or insufficient evidence;
4 store missing, locked or damaged; 5 limit exceeded; 6 disk or operating system error;
130 interrupted.
"""

from __future__ import annotations

import errno
import importlib
import keyword
import os
import re
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

import click

from graph.errors import DiskError, GraphError
from graph.marks import mark

INTERRUPTED: Final = 130
_HERE = Path(__file__).parent
# Faults of the disk or the system, not of this program; a closed pipe is click's to handle.
_OF_THE_SYSTEM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE)


class Commands(click.Group):
    """Subcommands by file name in this folder, then by the entry point group `backstory.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command name, sorted."""
        own = {p.stem.rstrip("_").replace("_", "-") for p in _HERE.glob("[a-z]*.py") if p.stem != "options"}
        return sorted(own | {point.name for point in entry_points(group="backstory.commands")})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, importing only its module."""
        stem = cmd_name.replace("-", "_")
        stem += "_" * keyword.iskeyword(stem)  # `import` is in import_.py
        if stem != "options" and stem.isidentifier() and (_HERE / f"{stem}.py").exists():
            found = importlib.import_module(f"graph.cli.{stem}").command
        else:
            points = [point for point in entry_points(group="backstory.commands") if point.name == cmd_name]
            found = points[0].load() if points else None
        assert found is None or isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; click would make an interruption exit code 1, as if something had been refused."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backstory")
def cli() -> None:
    """Ask a knowledge graph of world affairs how we got here.

    Exit codes: 0 ok; 1 refused or incomplete; 2 usage; 3 invalid input or insufficient evidence;
    4 store missing, locked or damaged; 5 limit exceeded; 6 disk error; 130 interrupted.
    """


def main() -> None:
    """Run the command; a refusal is one line on stderr and its exit code."""
    try:
        try:
            cli()
        finally:
            if not sys.stdout.closed:  # a reader who has gone away, as `head` does, is no error
                sys.stdout.flush()
    except GraphError as error:
        click.echo(f"backstory: {visible(str(error))}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno not in _OF_THE_SYSTEM:
            raise
        # What could not be written cannot be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(visible(f"backstory: {error.filename or 'output'}: {error.strerror}"), err=True)
        sys.exit(DiskError.exit_code)


def visible(text: str) -> str:
    r"""The text with control and direction characters shown as marks, so a name cannot drive the terminal.

    >>> visible("a\x1b[2Jb \u202etxt")
    'a␛[2Jb ⟨U+202E⟩txt'
    """
    return _HIDDEN.sub(lambda found: mark(found[0]), text)


# C0 (but tab and newline), DEL and C1 controls; zero-width, line-separator and direction characters.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
