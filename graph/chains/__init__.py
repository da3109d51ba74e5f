"""Chains: the few earlier events that explain how we got here."""
