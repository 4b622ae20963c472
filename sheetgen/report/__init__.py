"""The neutral report: what is on each tab, with formulas and expected values, before any target writes it."""
