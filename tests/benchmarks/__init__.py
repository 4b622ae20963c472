"""Benchmarks: whole processes, each beside its baseline in the same run; `python -m tests.benchmarks` prints them."""
