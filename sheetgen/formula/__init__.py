"""Formulas as a frozen tree, and the emitters that write it for each target."""
