"""Questions asked of the claims, one module each, plain functions over a store."""
