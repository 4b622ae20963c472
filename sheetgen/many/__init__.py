"""Many reports in one run: of the values of a column, or of each of several files."""
