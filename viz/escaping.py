"""How a template puts a value into a page: escaped once, by one call a value.

Jinja as it comes calls two functions for each of the thousands of values of a page, `finalize` and
`escape`, and makes of each text a Markup that is joined away at once.
"""

from __future__ import annotations

import re
from typing import Any, Final

from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from graph import marks

_SPECIAL: Final = re.compile("[&<>\"']")


def shown(value: object) -> str:
    """What a template puts in: text escaped, its control characters as marks; markup was made with them.

    >>> str(shown("a<b")), str(shown(Markup("<b>"))), shown(7)
    ('a&lt;b', '<b>', '7')
    """
    if isinstance(value, Markup):
        return value
    text = str(value)
    plain = text.isprintable() and not _SPECIAL.search(text)
    return text if plain else escape(marks.controls(text))


class Escaping(CodeGenerator):
    """Code that leaves escaping to `finalize`."""

    def _output_child_pre(self, _node: Any, _frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, _node: Any, _frame: Any, _finalize: Any) -> None:
        self.write(")")
