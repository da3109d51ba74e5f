"""How good chains are: development gold, distractors, baselines, intervals."""
