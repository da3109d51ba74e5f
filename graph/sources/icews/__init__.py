"""ICEWS: coded events between actors, as released or as quads of names."""
