"""Renderers: the neutral report as calls of one outside library each."""
