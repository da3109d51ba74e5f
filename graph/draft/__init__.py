"""Draft check: what a writer's own text says, held against the claims."""
