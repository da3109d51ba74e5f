"""One-line entry: an event or a relation with its source, checked against what is known before it is written.

`entry.read` takes the line apart, `plan.plan` resolves its names and finds duplicates and conflicts,
`change.diff` shows what would be written and `change.apply` writes it; `correct` supersedes and withdraws.
"""
