"""How fast the index answers, beside other engines given the same work."""
