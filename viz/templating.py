"""The Jinja environment of every page: autoescaping on, templates from viz/templates only."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import jinja2


@functools.cache
def environment() -> jinja2.Environment:
    """One environment for all pages; undefined names raise."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.PackageLoader("viz"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["embed"] = embed
    found.filters["web"] = web
    return found


def embed(value: object) -> Markup:
    r"""A value as JSON that is safe inside a script element: `<`, `>` and `&` are written `\u003c` ….

    >>> str(embed("</script>"))
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 (no markup character is left in it)


def web(url: str) -> str:
    """The address when it is http or https; else nothing, so that no other scheme becomes a link."""
    return url if url.startswith(("https://", "http://")) else ""
