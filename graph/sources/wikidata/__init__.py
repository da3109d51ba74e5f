"""Wikidata: JSON entity dumps and SPARQL JSON results."""
