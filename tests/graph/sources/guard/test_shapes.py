"""What a parser would choke on is refused before it is reached, by limit and line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import GraphError, InputError, LimitExceeded
from graph.sources.guard import json, turtle, xml
from graph.sources.guard.limits import Limits

PATH = Path("x")
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
END = b"</rdf:RDF>"
LOL = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(2, 10))
REFUSED: tuple[tuple[str, Callable[..., None], bytes, type[GraphError], str], ...] = (
    ("tt-deep", turtle.check, b"<<( " * 18_100, LimitExceeded, "nesting > 256"),
    ("blank-deep", turtle.check, b"[ <p> " * 20_000, LimitExceeded, "nesting > 256"),
    ("list-deep", turtle.check, b"(" * 20_000, LimitExceeded, "nesting > 256"),
    ("big", turtle.check, b'\n<s> <p> "' + b"a" * 1_100_000 + b'" .', LimitExceeded, "literal > 1 MiB at line 2"),
    ("big-open", turtle.check, b'\n<s> <p> """' + b"a\n" * 1_100_000, LimitExceeded, "literal > 1 MiB at line 2"),
    ("open", turtle.check, b'<s> <p>\n "abc', InputError, "x:2: a string is never closed"),
    ("open-long", turtle.check, b"<s> <p>\n '''abc''", InputError, "x:2: a string is never closed"),
    ("open-line", turtle.check, b"<s> <p> 'abc\n'", InputError, "x:1: a string is never closed"),
    ("json-deep", json.depth, b'{"a":' * 20_000, LimitExceeded, "nesting > 256"),
    ("json-list", json.depth, b"[" * 20_000, LimitExceeded, "nesting > 256"),
    ("json-open", json.depth, b'{"a', InputError, "never closed"),
    ("json-big", json.depth, b'"' + b"a" * 1_100_000 + b'"', LimitExceeded, "literal > 1 MiB at line 1"),
    ("json-half", json.check, rb'{"@id": "http://a", "b": "\ud800"}', InputError, "half a character"),
    ("json-nan", json.check, b'{"a": NaN}', InputError, "NaN"),
    ("json-cut", json.check, b'{"a": 1', InputError, "not JSON"),
    ("ctx-http", json.check, b'{"@context": "http://127.0.0.1:9/c"}', InputError, "http://127.0.0.1:9/c"),
    ("ctx-escaped", json.check, rb'{"\u0040context": ["file:///etc/passwd"]}', InputError, "file:///etc/passwd"),
    ("ctx-import", json.check, b'{"@context": {"@import": "http://c"}}', InputError, "http://c"),
    ("id-space", json.check, b'{"@id": "http://a b"}', InputError, "not an IRI"),
    ("id-relative", json.check, b'{"@id": "b"}', InputError, "not an IRI"),
    ("id-percent", json.check, b'{"@id": "http://a/%zz"}', InputError, "not an IRI"),
    ("lol", xml.check, b'<!DOCTYPE r [<!ENTITY l1 "lol">' + LOL + b"]><r>&l9;</r>", InputError, "entity expansion"),
    ("lol-declared", xml.check, b'<!DOCTYPE r [<!ENTITY l1 "lol">' + LOL + b"]><r/>", InputError, "entity expansion"),
    ("xxe-file", xml.check, b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', InputError, "refused"),
    (
        "xxe-http",
        xml.check,
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><r>&x;</r>',
        InputError,
        "refused",
    ),
    ("xxe-public", xml.check, b'<!DOCTYPE r PUBLIC "a" "http://127.0.0.1:9/"><r/>', InputError, "refused"),
    (
        "xxe-param",
        xml.check,
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><r/>',
        InputError,
        "refused",
    ),
    ("xml-deep", xml.check, b"<a>" * 20_000, LimitExceeded, "nesting > 256"),
    ("xml-cut", xml.check, RDF + b"\n<a>", InputError, "x:2: not XML"),
    ("xml-latin", xml.check, b'<?xml version="1.0" encoding="ISO-8859-1"?><r/>', InputError, "ISO-8859-1"),
    ("xml-big", xml.check, b"<r>" + b"a" * 1_100_000 + b"</r>", LimitExceeded, "literal > 1 MiB"),
)


@pytest.mark.parametrize(
    ("check", "text", "kind", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_refused(check: Callable[..., None], text: bytes, kind: type[GraphError], says: str) -> None:
    began = time.process_time()
    with pytest.raises(kind, match=says):
        check(text, PATH)
    assert time.process_time() - began < 1


def test_one_entity_used_often_is_a_bomb_too() -> None:
    text = b'<!DOCTYPE r [<!ENTITY x "%s">]><r>%s</r>' % (b"x" * 50_000, b"<a>&x;</a>" * 20_000)
    with pytest.raises(LimitExceeded):
        xml.check(text, PATH)


ALLOWED: tuple[tuple[str, Callable[..., None], bytes], ...] = (
    (
        "owl",
        xml.check,
        b'<!DOCTYPE r [%s]><r a="&e1;x"/>' % b"".join(b'<!ENTITY e%d "http://e/">' % n for n in range(5)),
    ),
    ("empty", xml.check, b""),
    ("brackets in strings", turtle.check, b'<s> <p> "' + b"[" * 300 + b'" .'),
    ("brackets in comments", turtle.check, b"#" + b"(" * 300),
    ("brackets in IRIs", turtle.check, b"<http://a/" + b"(" * 300 + b"#'> ."),
    ("quotes in strings", turtle.check, b'<s> <p> "a\'b\\"c", \'a"b\', """a"b\n""c""", \'\' , "" .'),
    ("deep, side by side", turtle.check, b"[ ] " * 1000),
    ("json", json.check, b'{"@context": {"p": "http://p"}, "@id": "http://a", "p": ["\xc3\xa9", 1]}'),
    ("json with a base", json.check, b'{"@context": {"@base": "http://a/"}, "@id": "b"}'),
    ("no json", json.check, b" "),
)


@pytest.mark.parametrize(("check", "text"), [case[1:] for case in ALLOWED], ids=[case[0] for case in ALLOWED])
def test_allowed(check: Callable[..., None], text: bytes) -> None:
    check(text, PATH)


def test_a_relative_id_is_fine_with_a_base() -> None:
    json.check(b'{"@id": "b"}', PATH, "http://a/")


def test_more_entities_than_the_limit() -> None:
    text = b"<!DOCTYPE r [%s]><r/>" % b"".join(b'<!ENTITY e%d "x">' % n for n in range(3))
    with pytest.raises(InputError, match="more than 2 entities"):
        xml.check(text, PATH, Limits(entities=2))


@pytest.mark.parametrize("text", [b'"' * 3 + b"a\\" * 500_000, b'"' + b"\\a" * 500_000, b"<" * 500_000, b"'" * 500_001])
def test_looking_takes_linear_time(text: bytes) -> None:
    began = time.process_time()
    with pytest.raises(GraphError):
        turtle.check(text, PATH)
    assert time.process_time() - began < 2
