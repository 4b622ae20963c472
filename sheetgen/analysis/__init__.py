"""The pandas side of every number on the report."""
