"""Whether a report fits its spreadsheet, beside the user's tabs and the data that wait there."""

from __future__ import annotations

from sheetgen.clause import Clause
from sheetgen.errors import LimitError
from sheetgen.push.limits import Limits
from sheetgen.push.spreadsheet import PresentSpreadsheet
from sheetgen.render.sheets.model import SheetsReport
from sheetgen.report.sums import CAMPAIGNS


def require_room(report: SheetsReport, present: PresentSpreadsheet, limits: Limits) -> None:
    """Refuse a report that does not fit the spreadsheet beside the user's tabs.

    Raises `LimitError`.
    """
    _require(report, report.cells + _foreign(present), present, limits)


def require_waiting_room(report: SheetsReport, present: PresentSpreadsheet, waiting: int, limits: Limits) -> None:
    """Refuse a report when so many cells of its data cannot wait on the spreadsheet.

    Raises `LimitError`.
    """
    _require(report, fullest(report, present) + waiting, present, limits)


def fullest(report: SheetsReport, present: PresentSpreadsheet) -> int:
    """The cells at the fullest moment of a commit: sheets are grown before they are cut, and deleted last."""
    own = dict(present.own_sheets())
    cells = _foreign(present)
    for tab in report.tabs:
        sheet = own.pop(tab.key, None)
        rows, columns = (0, 0) if sheet is None else (sheet.rows, sheet.columns)
        cells += max(tab.rows, rows) * max(tab.columns, columns)
    return cells + sum(sheet.cells for sheet in own.values())


def _foreign(present: PresentSpreadsheet) -> int:
    return sum(sheet.cells for sheet in present.foreign_sheets())


def _require(report: SheetsReport, cells: int, present: PresentSpreadsheet, limits: Limits) -> None:
    if cells > limits.cells:
        foreign = _foreign(present)
        raise LimitError(
            what=Clause("spreadsheet"),
            found=Clause("{count:,} cells", count=cells),
            allowed=Clause("{count:,} cells of a spreadsheet", count=limits.cells),
            remedy=fewer_campaigns(report, (limits.cells - foreign) / (cells - foreign)),
        )


def fewer_campaigns(report: SheetsReport, share: float) -> Clause:
    """What to do where that share of the report fits."""
    campaigns = next((table.rows for tab in report.tabs for table in tab.tables if table.name == CAMPAIGNS), 0)
    most = _rounded_down(campaigns * share)
    if most <= 0:
        return Clause("Take another spreadsheet, or delete tabs of yours.")
    return Clause(
        "About {count:,} campaigns fit: give a shorter period or fewer campaigns, a template with fewer blocks, or "
        "another spreadsheet.",
        count=most,
    )


def _rounded_down(count: float) -> int:
    """The count with three digits that count."""
    unit: int = 10 ** max(len(str(int(count))) - 3, 0)
    return int(count) // unit * unit
