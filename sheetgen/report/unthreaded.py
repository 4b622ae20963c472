"""Helper columns that LibreOffice must compute row by row.

LibreOffice 7.4 computes a column of like formulas in threads, and first what they refer to. Where that is a sum over
another column that is being computed as well, both are computed at once: sums stay stale after an edit, or end in an
error of circularity that is none. It keeps columns that use MATCH out of threads.
"""

from __future__ import annotations

from sheetgen.formula.tree import At, Call, Column, Name, Node, Span, ThisRow, call, eq, walk


def unthreaded(formula: Node, key: ThisRow) -> Node:
    """The formula, kept out of threads if it reads beyond its row; `key` is a cell of the row that holds a number."""
    reads_beyond = any(isinstance(part, (Name, At, Span, Column)) for part in walk(formula))
    if not reads_beyond or any(isinstance(part, Call) and part.function == "MATCH" for part in walk(formula)):
        return formula
    return call("IF", eq(call("MATCH", key, key, 0), 1), formula, "")
