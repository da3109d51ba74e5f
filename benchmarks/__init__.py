"""Benchmarks: quality of chains, speed of the index."""
