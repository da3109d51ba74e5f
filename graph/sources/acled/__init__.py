"""ACLED: political violence and protest, event by event, with later corrections and deletions."""
