"""Workbooks as files: read back, edited in place and checked, from the package's own XML."""
