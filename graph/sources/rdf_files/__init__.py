"""Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML: ours without loss, others as far as they map."""
