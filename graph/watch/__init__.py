"""Watching what is already written: stale sentences, who uses a claim, what falls without a source."""
