"""A marketer's edits of a report: told, kept as a file, and put into the next report."""
