"""Wikipedia's Current events: what the world's news were, day by day, as items with outlets."""
