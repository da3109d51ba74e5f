"""Networks for other programs: GraphML, GEXF with dates (Gephi's dynamic mode), Cytoscape JSON."""

from __future__ import annotations

import io
import json
from typing import IO, TYPE_CHECKING, Any

from graph import when as when_
from graph.claim import Claim, Literal
from graph.exports.extract import Extract
from graph.when import END_OF_TIME, START_OF_TIME

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(extract: Extract) -> nx.MultiDiGraph[str]:
    """A directed multigraph: one node a thing, one edge a claim, keyed by claim id.

    Nodes carry label and kind and, for events, start and end days; edges carry predicate, EDTF
    text, start and end (ISO days, absent when open), status, publishers and the claim id.
    """
    import networkx as nx

    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in extract.bundle.entities:
        net.add_node(entity.id, label=entity.name, kind=entity.kind)
    for claim in extract.claims:
        if extract.is_relation(claim):
            net.add_edge(claim.subject, claim.value, key=claim.id, **_attributes(claim, extract))
        elif claim.predicate == "happened" and claim.subject in net:
            net.nodes[claim.subject].update(_span(claim))
    return net


def _attributes(claim: Claim, extract: Extract) -> dict[str, Any]:
    publishers = sorted({extract.name(extract.article[c.article].publisher) for c in claim.citations})
    qualifiers = {name: value.value for name, value in claim.qualifiers}
    found = {"claim": claim.id, "label": claim.predicate, "status": claim.status.value, "when": claim.when}
    return {**found, "sources": "; ".join(publishers), **qualifiers, **_span(claim)}


def _span(claim: Claim) -> dict[str, str]:
    time = claim.time
    if time is None:
        return {}
    bounds = {"start": time.begin_earliest, "end": time.end_latest}
    return {k: when_.iso(day) for k, day in bounds.items() if START_OF_TIME < day < END_OF_TIME}


def write_graphml(extract: Extract, file: IO[bytes]) -> None:
    """GraphML 1.0."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml(_clean(to_networkx(extract)), buffer, named_key_ids=True, edge_id_from_attribute="claim")
    file.write(buffer.getvalue())


def write_gexf(extract: Extract, file: IO[bytes]) -> None:
    """GEXF 1.3 in dynamic mode: nodes and edges carry start and end days, parallel edges their predicate as kind."""
    from xml.etree import ElementTree

    net = _clean(to_networkx(extract))
    root = ElementTree.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    body = ElementTree.SubElement(
        root, "graph", {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "date"}
    )
    for where in ("node", "edge"):
        names = sorted(_attribute_names(net, where) - {"label", "start", "end"})
        declared = ElementTree.SubElement(body, "attributes", {"class": where, "mode": "static"})
        for name in names:
            ElementTree.SubElement(declared, "attribute", {"id": name, "title": name, "type": "string"})
    nodes, edges = ElementTree.SubElement(body, "nodes"), ElementTree.SubElement(body, "edges")
    for node, data in net.nodes(data=True):
        _gexf_item(ElementTree.SubElement(nodes, "node", {"id": node}), data)
    for source, target, key, data in net.edges(keys=True, data=True):
        ends = {"id": str(key), "source": source, "target": target, "kind": data["label"]}
        _gexf_item(ElementTree.SubElement(edges, "edge", ends), data)
    ElementTree.indent(root)
    file.write(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _attribute_names(net: nx.MultiDiGraph[str], where: str) -> set[str]:
    items = net.nodes(data=True) if where == "node" else ((0, d) for _, _, d in net.edges(data=True))
    return {key for _, data in items for key in data}


def _gexf_item(item: Any, data: dict[str, Any]) -> None:
    from xml.etree import ElementTree

    for name in ("label", "start", "end"):
        if name in data:
            item.set(name, str(data[name]))
    values = ElementTree.SubElement(item, "attvalues")
    for name in sorted(set(data) - {"label", "start", "end"}):
        ElementTree.SubElement(values, "attvalue", {"for": name, "value": str(data[name])})


def write_cytoscape(extract: Extract, file: IO[bytes]) -> None:
    """Cytoscape JSON as Cytoscape, Cytoscape.js and networkx read it; relations only, values are kept out."""
    net = to_networkx(extract)
    nodes = [{"data": {**d, "id": n, "value": n, "name": d["label"]}} for n, d in net.nodes(data=True)]
    edges = [
        {"data": {**d, "id": k, "key": k, "source": s, "target": t, "interaction": d["label"]}}
        for s, t, k, d in net.edges(keys=True, data=True)
    ]
    whole = {"data": {"name": "claims"}, "directed": True, "multigraph": True}
    value = {"format_version": "1.0", **whole, "elements": {"nodes": nodes, "edges": edges}}
    file.write(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _clean(net: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """XML 1.0 has no place for most control characters: each becomes its visible mark."""
    for data in (*(d for _, d in net.nodes(data=True)), *(d for _, _, d in net.edges(data=True))):
        for key, value in data.items():
            if isinstance(value, str):
                data[key] = "".join(chr(0x2400 + ord(c)) if ord(c) < 32 and c not in "\n\t" else c for c in value)
    return net


def value_text(claim: Claim, extract: Extract) -> str:
    """The object of a claim for people: the name of a thing, or the value."""
    return claim.value if isinstance(claim.object, Literal) else extract.name(claim.value)
