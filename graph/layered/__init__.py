"""A folder of claims with bulk layers beside it: one store, one table of names, one index over both."""
