"""What falls when a source of the real story is dropped."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graph.claim import Stance
from graph.cli import cli
from graph.errors import Insufficient, UnknownName
from graph.knowledge import KnowledgeGraph
from graph.watch.without import FALLS, articles
from graph.when import Clocks

RAIDS = "Yekaterinburg raids"


def test_an_owner_takes_its_outlets_and_an_agency_its_stories(kg: KnowledgeGraph) -> None:
    tass, russia, ap = (articles(s, kg.store) for s in ("tass", "russia", "ap"))
    assert tass < russia
    assert any(kg.store.article(a).publisher == "sputnik" for a in russia)
    assert {kg.store.article(a).publisher for a in ap} > {"ap"} or all(kg.store.article(a).origin for a in ap)
    original = next(a for a in kg.store.articles() if a.copy_of)
    assert articles(original.copy_of, kg.store) >= {original.id, original.copy_of}


@pytest.mark.parametrize("source", ["tass", "russia", "reuters"])
def test_what_falls_has_no_other_source_and_what_has_one_stands(source: str, kg: KnowledgeGraph) -> None:
    dropped = articles(source, kg.store)
    rows = list(kg.without(source))
    assert rows
    for row in rows:
        if row.becomes == FALLS:
            citing = [c for i in row.claims for c in kg.store.claim(i).citations if c.stance is Stance.STATES]
            assert {c.article for c in citing} <= dropped, row.what
        else:
            assert row.left > 0, row.what
    fallen = {i for row in rows if row.becomes == FALLS for i in row.claims}
    events = {kg.store.claim(i).subject for row in rows if row.kind == "event" for i in row.claims}
    for article in dropped:
        for row_ in kg.store.select(
            f"SELECT ?c WHERE {{ ?x dct:isPartOf e:{article} . ?c prov:wasDerivedFrom ?x ; a w:Claim }}"
        ):
            claim = kg.store.known_claim(kg.store.claim(row_["c"]), Clocks())
            if claim and {c.article for c in claim.citations if c.stance is Stance.STATES} <= dropped:
                assert claim.id in fallen or claim.subject in events, claim


def test_sentences_of_a_story(kg: KnowledgeGraph) -> None:
    """The paragraph's single source for a sentence takes that sentence with it; a bystander takes none."""
    paragraph = kg.tell(kg.chain(RAIDS, as_of="2025-07-14", events=11), words=150, at_most=True)
    alone = [(s, s.sources[0]) for s in paragraph.sentences if len(s.sources) == 1]
    sentence, article = alone[0] if alone else (paragraph.sentences[0], paragraph.sentences[0].sources[0])
    rows = [r for r in kg.without(article, RAIDS, as_of="2025-07-14") if r.kind == "sentence"]
    if alone:
        assert sentence.text in {r.what for r in rows if r.becomes == FALLS}
    assert not [r for r in kg.without("geonames", RAIDS, as_of="2025-07-14") if r.kind == "event"]


def test_the_command_and_its_exit_codes() -> None:
    found = CliRunner().invoke(cli, ["without", "TASS", *RAIDS.split(), "--as-of", "2025-07-14", "--format", "json"])
    value = json.loads(found.stdout)
    assert value["asked"]["source"] == {"id": "tass", "name": "TASS"}
    assert found.exit_code == 1
    assert any(r["becomes"] == FALLS for r in value["rows"])
    calm = CliRunner().invoke(cli, ["without", "Xinhua", *RAIDS.split(), "--as-of", "2025-07-14", "--format", "json"])
    assert (calm.exit_code, json.loads(calm.stdout)["rows"]) == (0, [])


def test_a_source_that_is_none(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName):
        kg.without("nobody at all")
    with pytest.raises(Insufficient, match="no article"):
        kg.without("Yekaterinburg")
