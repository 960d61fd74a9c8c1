"""Slow proofs: what holds after thousands of tries. `python -m tests.long` runs them; pytest does not."""
