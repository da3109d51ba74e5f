"""Sentence frames: filling placeholders, dropping optional parts, keeping claims beside every span.

A frame is text with `{placeholders}` and `[optional parts]` that vanish when a placeholder in them
is unbound; optional parts may be nested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from graph.tell.paragraph import Span

Bindings = Mapping[str, Span]
_TOKEN: Final = re.compile(r"\{([A-Za-z_.]+)\}|(\[)|(\])|([^{}\[\]]+)")


class Unbound(LookupError):
    """A placeholder outside every optional part has no binding."""


def fill(frame: str, bindings: Bindings) -> tuple[Span, ...]:
    """The spans of a filled frame; Unbound when a part that must be there is missing."""
    tokens = list(_TOKEN.finditer(frame))
    spans, end = _part(tokens, 0, bindings)
    assert end == len(tokens), frame
    if spans is None:
        raise Unbound(frame)
    return tuple(spans)


def placeholders(frame: str) -> tuple[str, ...]:
    """The names of a frame's placeholders, in order."""
    return tuple(m[1] for m in _TOKEN.finditer(frame) if m[1])


def _part(tokens: list[re.Match[str]], at: int, bindings: Bindings) -> tuple[list[Span] | None, int]:
    spans: list[Span] | None = []
    while at < len(tokens):
        name, opens, closes, text = tokens[at].groups()
        at += 1
        if closes:
            return spans, at
        if opens:
            inner, at = _part(tokens, at, bindings)
            if spans is not None and inner is not None:
                spans += inner
        elif name:
            bound = _bound(name, bindings)
            spans = None if bound is None or spans is None else [*spans, bound]
        elif spans is not None:
            spans.append(Span(text))
    return spans, at


def _bound(name: str, bindings: Bindings) -> Span | None:
    if name in bindings:
        return bindings[name]
    base, _, form = name.partition(".")
    if base not in bindings:
        return None
    if form == "office":
        return bindings[base]
    return Span("were" if form == "was" and bindings[base].plural else "was")
