"""Exit codes of the command line."""

OK = 0
FAILED = 1
"""It was tried and went wrong."""
MISUSED = 2
"""A setting or an argument needs to be changed first."""
INTERRUPTED = 130
"""Ctrl-C, as shells count it: 128 and the number of the signal."""
