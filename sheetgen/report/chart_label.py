"""Names as charts show them: a long one is cut, so that a chart keeps room for what it draws."""

from __future__ import annotations

from sheetgen.formula.tree import Node, call, eq

ELLIPSIS = "…"


def chart_label(name: Node, most: int) -> Node:
    """The name where it has at most that many characters, else its beginning with an ellipsis."""
    # Not by LEN: spreadsheets disagree on how long an emoji is.
    return call("IF", eq(call("LEFT", name, most), name), name, call("LEFT", name, most - 1) & ELLIPSIS)


def chart_label_text(name: str | None, most: int) -> str | None:
    """The same, from pandas."""
    return name if name is None or len(name) <= most else name[: most - 1] + ELLIPSIS
