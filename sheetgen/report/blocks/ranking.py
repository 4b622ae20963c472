"""The rankings on the helper tab: the metrics to pick from, the steps between ties, the first rows of each order."""

from __future__ import annotations

from collections.abc import Callable

from sheetgen.analysis.ranking import best_rows, worst_rows
from sheetgen.analysis.serials import Floats
from sheetgen.formula.tree import At, Name, Span, call, eq, gt
from sheetgen.inputs import PICK
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.ranking import Ranking, metrics, picked, rankings
from sheetgen.report.style import Format, Role, Style
from sheetgen.values import Value

MOST_RANKED = 15
"""As many campaigns as any list or chart shows."""

ORDERS = ("Budget", "Revenue", "ROI", "Worst ROI", "Pick")
"""The columns of the `ranked` block: the campaigns with the largest values first, or the smallest for `Worst`."""


def ranking(ctx: Context) -> Block:
    """The metrics' labels with the picked one's number and sign, and the step between ties of each ranking."""
    known, pick = metrics(ctx), picked(ctx)
    labels = Span("ranking", 0, 0, len(known) - 1, 0)
    number = call("IFERROR", call("MATCH", Name(PICK), labels, 0), 0)
    found = 0.0 if pick is None else float([metric.key for metric in known].index(pick.key) + 1)
    cells = [Cell(row, 0, metric.label, Style(Role.LABEL)) for row, metric in enumerate(known)]
    cells += [Cell(row, 1, metric.sign, Style(Role.MUTED)) for row, metric in enumerate(known)]
    sign = call(
        "IF", eq(Name("pick_no"), 0), 1, call("INDEX", Span("ranking", 0, 1, len(known) - 1, 1), Name("pick_no"))
    )
    cells.append(Cell(0, 3, number, Style(Role.MUTED), found))
    cells.append(Cell(1, 3, sign, Style(Role.MUTED), 1.0 if pick is None else pick.sign))
    names = {"pick_no": (0, 3), "pick_sign": (1, 3)}
    for row, order in enumerate(rankings(ctx), start=2):
        cells.append(Cell(row, 3, order.step_formula(), Style(Role.MUTED), order.step))
        names[order.step_name] = (row, 3)
    return Block("ranking", len(known), 4, tuple(cells), names=names, needs=("campaigns", "top_campaigns"))


def choices(ctx: Context) -> Span:
    """The labels of the metrics, for the dropdown."""
    return Span("ranking", 0, 0, len(metrics(ctx)) - 1, 0)


def ranked(ctx: Context) -> Block:
    """For each order the campaign rows of its first campaigns, down to the number shown."""
    by_name = {order.name: order for order in rankings(ctx)}
    size = ctx.inputs.number("set_top_n") or 0.0
    cells = [Cell(0, i, name, Style(Role.HEAD, Format.TEXT)) for i, name in enumerate(ORDERS)]
    for i, name in enumerate(ORDERS):
        order = by_name.get(name.removeprefix("Worst "))
        if order is not None:
            smallest = name.startswith("Worst")
            cells += _ranked_column(ctx, i, order, smallest=smallest, size=size)
    return Block("ranked", MOST_RANKED + 1, len(ORDERS), tuple(cells), needs=("campaigns", "ranking", "settings"))


def ranked_row(order: str, k: int) -> At:
    """The cell with the campaign row of the k-th campaign (from 0) of an order, blank past the last shown."""
    return At("ranked", k + 1, ORDERS.index(order))


def _ranked_column(ctx: Context, column: int, order: Ranking, *, smallest: bool, size: float) -> list[Cell]:
    first: Callable[[Floats, int], list[float | None]] = worst_rows if smallest else best_rows
    found = first(order.keys(ctx.live.campaigns), MOST_RANKED)
    cells = []
    for k in range(MOST_RANKED):
        value: Value = found[k] if k + 1 <= size else None
        # SUM passes over a text, which every number is less than.
        shown = call("IF", gt(k + 1, call("SUM", Name("set_top_n"))), "", order.row_of(k, smallest=smallest))
        cells.append(Cell(k + 1, column, shown, Style(Role.MUTED), value))
    return cells
