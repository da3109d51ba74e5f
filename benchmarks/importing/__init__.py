"""How fast imports are, and which library should write their tables."""
