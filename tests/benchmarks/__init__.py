"""Measurements of the budgets, to be run by hand: `python -m tests.benchmarks.<name>`."""
