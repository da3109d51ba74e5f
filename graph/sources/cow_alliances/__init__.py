"""Correlates of War: formal alliances of states since 1816."""
