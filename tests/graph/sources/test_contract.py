"""What every importer promises: the same result each time, nothing left unread, a source for every claim."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from graph import model
from graph.claim import Entity
from graph.errors import InputError
from graph.sources import registry
from graph.sources.countries import countries
from graph.sources.source import Gathered, Item, Source, audit, gather, source_from

# Real excerpts of each source's material, in a folder of the importer's name.
RAW = Path(__file__).parent / "raw"
NAMES = [name for name in registry.names() if (RAW / name).is_dir()]


def items(name: str) -> list[Item]:
    return list(registry.importer(name)(RAW / name, registry.source(name)))


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def found(name: str) -> Gathered:
    return gather(items(name))


def test_every_importer_has_an_excerpt() -> None:
    assert list(registry.names()) == NAMES


def test_it_finds_something(found: Gathered) -> None:
    assert found.claims
    assert found.entities


def test_deterministic(name: str) -> None:
    assert items(name) == items(name)


def test_idempotent(name: str, found: Gathered) -> None:
    assert gather([*items(name), *items(name)]).claims == found.claims


def test_audited(name: str) -> None:
    source = registry.source(name)
    if not source.ignored:
        pytest.skip(f"{name} takes every field")
    with pytest.raises(InputError, match="fields nobody reads"):
        list(registry.importer(name)(RAW / name, dataclasses.replace(source, ignored={})))


def test_every_claim_has_a_declared_article(name: str, found: Gathered) -> None:
    articles = {a.id: a for a in found.articles}
    kinds = {e.id: e.kind for e in found.entities}
    for claim in found.claims:
        for citation in claim.citations:
            assert kinds[articles[citation.article].publisher] == "Source"
        assert claim.recorded == registry.source(name).retrieved


def test_the_model_allows_every_claim(found: Gathered) -> None:
    rules = model.load()
    kinds = {c.id: c.kind for c in countries().values()} | {e.id: e.kind for e in found.entities}
    for claim in found.claims:
        if claim.subject in kinds and (not isinstance(claim.object, str) or claim.object in kinds):
            thing = kinds[claim.object] if isinstance(claim.object, str) else None
            assert rules.allows(claim.predicate, kinds[claim.subject], thing), claim


def test_contradictions_name_claims_of_the_import(found: Gathered) -> None:
    ids = {c.id for c in found.claims}
    for claim in found.claims:
        assert set(claim.contradicts) <= ids


def test_refusals_say_where_and_why(found: Gathered) -> None:
    for rejected in found.rejected:
        assert rejected.where
        assert rejected.reason
        assert rejected.text


@pytest.mark.parametrize("importer", registry.names())
def test_source_says_who_and_on_what_terms(importer: str) -> None:
    source = registry.source(importer)
    assert source.publisher
    assert source.url.startswith("https://")
    assert source.licence
    assert source.coverage
    assert source.inputs


def test_unknown_field_stops_the_import() -> None:
    source = registry.source("reign")
    with pytest.raises(InputError, match="fields nobody reads: shoe size"):
        audit(["leader", "shoe size"], ["leader"], source, where="a file")


def test_gather_joins_equal_claims_and_refuses_two_names() -> None:
    first = Entity("x", "Person", (("One", "en"),))
    assert gather([first, dataclasses.replace(first, aliases=(("Uno", "es"),))]).entities[0].aliases == (("Uno", "es"),)
    with pytest.raises(InputError, match="have one id"):
        gather([first, Entity("x", "Person", (("Two", "en"),))])


def test_unknown_key_in_source_yaml(tmp_path: Path) -> None:
    (tmp_path / "source.yaml").write_text("colour: green\n")
    with pytest.raises(InputError, match="colour"):
        source_from(tmp_path)


def test_source_values_are_frozen() -> None:
    source: Source = registry.source("reign")
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.title = "another"  # type: ignore[misc]
