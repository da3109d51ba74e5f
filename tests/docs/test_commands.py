"""Every command and every piece of Python that the documentation shows is run, and its output compared."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.docs import examples

PAGES = {str(page.relative_to(examples.ROOT)): page for page in examples.pages()}
RUN = {
    name: found for name, page in PAGES.items() if (found := list(examples.examples(page.read_text(encoding="utf-8"))))
}


@pytest.mark.parametrize("name", RUN)
def test_examples_of_a_page_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples.furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    session = examples.Session()
    with session.open:
        for example in RUN[name]:
            printed = session.run(example.fence)
            if example.shown is not None:
                hint = f"line {example.shown.line} differs; `python -m tests.docs.examples {name}` rewrites it"
                assert examples.agrees(example.shown.text, printed), f"{hint}:\n{printed}"


@pytest.mark.parametrize("name", PAGES)
def test_every_command_shown_is_one(name: str) -> None:
    """Also in forms that cannot run, such as `backstory add --withdraw CLAIM`, options must exist."""
    for fence in examples.fences(PAGES[name].read_text(encoding="utf-8")):
        for line in examples.commands(fence.text):
            shown = line.removeprefix("$ ")
            if shown.startswith("backstory ") and fence.language != "python":
                examples.known_options(shlex.split(shown, comments=True)[1:])


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("one\n", "one\n", True),
        ("one\n", "two\n", False),
        ("one\n…\n", "one\n", True),
        ("one\n…\n", "one\ntwo\nthree\n", True),
        ("…\nthree\n", "one\ntwo\nthree\n", True),
        ("[…] rows\n", "12 rows\n", True),
        ("[…] rows\n", "12 lines\n", False),
    ],
)
def test_comparison_is_strict(shown: str, printed: str, same: bool) -> None:
    assert examples.agrees(shown, printed) is same
