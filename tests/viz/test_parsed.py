"""What a file says, when only what was amended is read again: the same as when it is read whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph import model, turtle
from graph.claim import Claim
from graph.rdf import Bundle
from graph.store import Store
from tests.world import CFR, CLAIMS, DERRY, WORLD, said
from viz import parsed

NEW = (("New", "en"),)
CHANGES: dict[str, Callable[[Bundle], Bundle]] = {
    "a claim withdrawn": lambda b: first_claim(b, withdrawn="2024-05-01"),
    "a claim of another time": lambda b: first_claim(b, when="2020"),
    "a claim gone": lambda b: replace(b, claims=b.claims[1:]),
    "a claim more": lambda b: replace(b, claims=(*b.claims, Claim("finland", "borders", "russia", said(DERRY)))),
    "a quote": lambda b: first_claim(b, citations=(replace(b.claims[0].citations[0], quote="Said."),)),
    "a source more": lambda b: first_claim(b, citations=said(CFR, DERRY)),
    "an entity renamed": lambda b: replace(b, entities=(replace(b.entities[0], names=NEW), *b.entities[1:])),
    "an entity gone": lambda b: replace(b, entities=b.entities[1:]),
    "an article retitled": lambda b: replace(b, articles=(replace(b.articles[0], title="New"), *b.articles[1:])),
}


def first_claim(bundle: Bundle, **changes: Any) -> Bundle:
    return replace(bundle, claims=(replace(bundle.claims[0], **changes), *bundle.claims[1:]))


def told(store: Store) -> list[object]:
    """What is told of each file, in no order but its own."""
    return [
        (
            sorted(map(repr, (*f.bundle.entities, *f.bundle.articles, *f.bundle.claims))),
            sorted(zip(f.ids, f.digests, strict=True)),
            f.plain,
        )
        for f in parsed.of(store)
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_an_amended_file_is_told_as_if_read_whole(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("one", "two"):
        turtle.write(WORLD, data / f"{name}.ttl", model.load())
    parsed.of(Store.open(data, cache=tmp_path / "cache"))
    turtle.write(CHANGES[change](WORLD), data / "one.ttl", model.load())
    store = Store.open(data, cache=tmp_path / "cache")
    with monkeypatch.context() as patched:
        patched.setattr(parsed, "_read", lambda file: pytest.fail(f"{file.name} was read whole"))
        amended = told(store)
    assert told(store) == amended, "and so it was kept"
    assert amended == told(Store.open(data, cache=tmp_path / "fresh"))


@pytest.mark.parametrize("harm", ["cut", "other"])
def test_what_was_kept_and_harmed_is_read_again(harm: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    turtle.write(WORLD, data / "one.ttl", model.load())
    store = Store.open(data, cache=tmp_path / "cache")
    right = told(store)
    (kept,) = (tmp_path / "cache" / "parsed").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-5] if harm == "cut" else whole[:-1] + bytes([whole[-1] ^ 1]))
    assert told(store) == right
    assert kept.read_bytes() == whole


def test_claims_under_names_of_their_own_are_read_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    turtle.write(WORLD, data / "one.ttl", model.load())
    text = (data / "one.ttl").read_text(encoding="utf-8").replace(f"c:{CLAIMS[0].id}", "c:mine")
    (data / "one.ttl").write_text(text, encoding="utf-8")
    shutil.copyfile(data / "one.ttl", data / "two.ttl")
    parsed.of(Store.open(data, cache=tmp_path / "cache"))
    (data / "one.ttl").write_text(text.replace("Finland", "Suomi"), encoding="utf-8")
    assert told(Store.open(data, cache=tmp_path / "cache")) == told(Store.open(data, cache=tmp_path / "fresh"))
