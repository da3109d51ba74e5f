"""Telling: from a chain to a paragraph in which every sentence is cited, and back again to check it."""
