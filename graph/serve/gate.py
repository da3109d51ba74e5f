"""The gate: what a SPARQL text may contain before any parser sees it.

It is the second wall; the first is that workers have no network and limited memory and time.
Comments, strings and IRIs are set aside as SPARQL 1.1 (section 19.8) tokenizes them, after code point
escapes are decoded (section 19.2), so nothing hides in them and nothing in them is refused.
"""

from __future__ import annotations

import re
from typing import Final

from graph.errors import InputError, LimitExceeded
from graph.serve.limits import LIMITS, Limits

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ASIDE: Final = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*",
    re.DOTALL,
)
_WORD: Final = re.compile(r"(?<![\w:?$@%.\-\\])([A-Za-z]+)(?![\w:\-])")
UPDATES: Final = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE"})
_COUNTED: Final = ("OPTIONAL", "UNION", "BIND", "MINUS", "EXISTS", "SELECT")


def check(text: str, limits: Limits = LIMITS) -> None:
    """Refuse a query that is too large, too deep, federated or an update.

    Raises LimitExceeded naming the limit, or InputError naming the keyword.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.query_bytes:
        raise LimitExceeded(f"query of {size} bytes", expected=f"at most {limits.query_bytes}")
    bare = _ASIDE.sub(" ", _decoded(text))
    words = [w.upper() for w in _WORD.findall(bare)]
    if "SERVICE" in words:
        raise InputError("SERVICE is not allowed", expected="queries run without a network")
    updates = UPDATES.intersection(words)
    if updates:
        raise InputError(f"{min(updates)} is not allowed", expected="queries only, updates are refused")
    _check_shape(bare, words, limits)


def _decoded(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
            raise InputError(f"not a character: {match[0]}")
        return chr(point)

    return _ESCAPE.sub(character, text)


def _check_shape(bare: str, words: list[str], limits: Limits) -> None:
    depth = deepest = 0
    for character in bare:
        if character in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth -= 1
    if deepest > limits.nesting:
        raise LimitExceeded(f"nesting of {deepest}", expected=f"at most {limits.nesting}")
    for word in _COUNTED:
        if words.count(word) > limits.patterns:
            raise LimitExceeded(f"{words.count(word)} times {word}", expected=f"at most {limits.patterns}")
    unary = max((len(run) for run in re.findall(r"(?:[!+\-]\s*)+", bare)), default=0)
    if unary > limits.nesting:
        raise LimitExceeded(f"{unary} signs in a row", expected=f"at most {limits.nesting}")
    operators = len(re.findall(r"[+*/]|&&|\|\||(?<=[\s)])-", bare))
    if operators > 10 * limits.nesting:
        raise LimitExceeded(f"{operators} operators", expected=f"at most {10 * limits.nesting}")
    separators = len(re.findall(r"[.;,](?!\d)", re.sub(r"\bVALUES\b[^{]*\{[^}]*\}", " ", bare)))
    if separators > 2 * limits.patterns:
        raise LimitExceeded(f"about {separators} triple patterns", expected=f"at most {2 * limits.patterns}")
