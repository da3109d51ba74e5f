"""GDELT: events that a program coded from the world's news, from the event export of 1.0 and 2.0."""
