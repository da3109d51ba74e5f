"""Layouts for a terminal that more than one command prints."""
