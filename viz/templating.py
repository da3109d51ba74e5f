"""The Jinja environment of every page: autoescaping on, templates from viz/templates only."""

from __future__ import annotations

import functools
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from graph import marks

if TYPE_CHECKING:
    import jinja2

# A control character as JSON writes it, after an even number of backslashes.
_STARTS: Final = (r"\b", r"\f", r"\u00")
_ESCAPED: Final = re.compile(r"(?<!\\)((?:\\\\)*)(\\[bf]|\\u00[01][0-9a-f])")


@functools.cache
def environment() -> jinja2.Environment:
    """One environment for all pages; undefined names raise."""
    import jinja2

    from viz import escaping

    found = jinja2.Environment(
        loader=jinja2.PackageLoader("viz"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=escaping.shown,
    )
    found.code_generator_class = escaping.Escaping
    found.filters["embed"] = embed
    found.filters["web"] = web
    return found


def keep(folder: Path) -> None:
    """Keep compiled templates in a folder only the owner may read; what stands beside it is of other code and goes."""
    import jinja2

    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for stale in set(folder.parent.iterdir()) - {folder}:
        shutil.rmtree(stale)
    folder.mkdir(exist_ok=True, mode=0o700)
    environment().bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


def embed(value: object) -> Markup:
    r"""A value as JSON that is safe inside a script element: `<`, `>` and `&` are written `\u003c` ….

    Control characters come as marks, as everywhere on a page.

    >>> str(embed("</script>"))
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if any(start in text for start in _STARTS):
        text = _ESCAPED.sub(lambda found: found[1] + marks.mark(json.loads(f'"{found[2]}"')), text)
    text = marks.controls(text)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 (no markup character is left in it)


def web(url: str) -> str:
    """The address when it is http or https; else nothing, so that no other scheme becomes a link."""
    return url if url.startswith(("https://", "http://")) else ""
