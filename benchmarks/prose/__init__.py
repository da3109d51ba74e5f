"""Prose: does the verifier accept what we write and refuse what it should not say."""
