"""Formulas of a report that a value was typed over: they no longer follow what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetgen.clause import Clause
from sheetgen.expected import plain_values
from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME
from sheetgen.pull.content import Content
from sheetgen.pull.differences import campaign_pairs
from sheetgen.pull.edit import EditKind, Pulled, PulledEdit
from sheetgen.pull.held import Held
from sheetgen.report.baseline import Baseline
from sheetgen.report.model import PlacedBlock, Report, Tab, Table
from sheetgen.report.sums import CAMPAIGNS
from sheetgen.values import Value
from sheetgen.workbook.cells import Book, Sheet
from sheetgen.workbook.place import Place


class Campaign(NamedTuple):
    """A campaign as edits name it."""

    key: str
    name: str


NO_CAMPAIGN: Final = Campaign("", "")


def campaigns_by_row(baseline: Baseline, held: Held) -> dict[int, Campaign]:
    """The campaigns of the rows of the tab, as the baseline names them; added ones as the row does."""
    named = {}
    for base, row in campaign_pairs(baseline, held):
        if row is not None:
            place, columns = (row, held.columns) if base is None else (base, baseline.campaigns)
            key, name = (columns[field.header][place] for field in (CAMPAIGN_ID, CAMPAIGN_NAME))
            named[held.rows[row]] = Campaign(str(key or ""), str(name or ""))
    return named


def typed_over(book: Book, report: Report, campaigns: Mapping[int, Campaign]) -> Pulled:
    """The values typed over formulas, with what pandas expects there.

    `report` is what the workbook should be, `campaigns` are those of the rows of its campaign table, from 1. On a tab
    where a named cell has moved, formulas cannot be told from what moved into their place: it gets a notice.
    """
    edits: list[PulledEdit] = []
    notices: list[Clause] = []
    for tab in report.tabs:
        sheet = book.sheet(tab.title)
        if sheet is None:
            notices.append(Clause("The tab {tab} is gone. Its inputs count as they were.", tab=tab.title))
        elif _has_moved(book, tab):
            sentence = "{tab}: rows or columns were inserted or deleted, so values typed over formulas are not told."
            notices.append(Clause(sentence, tab=tab.title))
        else:
            edits += (edit for placed in tab.placed for edit in _of_block(sheet, placed, campaigns))
    return Pulled(tuple(edits), tuple(notices))


def _has_moved(book: Book, tab: Tab) -> bool:
    wanted = {
        name: Place(tab.title, placed.row + row, placed.column + column)
        for placed in tab.placed
        for name, (row, column) in placed.block.names.items()
    }
    return any(book.names[name] != place for name, place in wanted.items() if name in book.names)


def _of_block(sheet: Sheet, placed: PlacedBlock, campaigns: Mapping[int, Campaign]) -> Iterator[PulledEdit]:
    for cell in placed.block.cells:
        row, column = placed.row + cell.row, placed.column + cell.column
        if cell.is_formula and _is_typed(sheet, row, column):
            place = str(Place(sheet.title, row, column))
            yield formula_edit(NO_CAMPAIGN, place, cell.expected, sheet.value(row, column), row + 1)
    if placed.block.table is not None:
        yield from _of_table(sheet, placed.row + 1, placed.column, placed.block.table, campaigns)


def _of_table(
    sheet: Sheet, first_row: int, first_column: int, table: Table, campaigns: Mapping[int, Campaign]
) -> Iterator[PulledEdit]:
    for number, calculated in enumerate(table.columns, start=first_column):
        rows = range(table.rows) if calculated.formula is not None else ()
        typed = [row for row in rows if _is_typed(sheet, first_row + row, number)]
        expected = plain_values(calculated) if typed else []
        for row in typed:
            place = Place(sheet.title, first_row + row, number)
            ours = campaigns.get(place.row + 1) if table.name == CAMPAIGNS else None
            column = calculated.header if ours else str(place)
            yield formula_edit(
                ours or NO_CAMPAIGN, column, expected[row], sheet.value(place.row, number), place.row + 1
            )


def _is_typed(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell holds a value of its own; one that is blank shows nothing wrong."""
    cell = sheet.cells.get((row, column))
    return cell is not None and cell.formula is None and cell.value is not None


def formula_edit(campaign: Campaign, column: str, before: Value, after: Value, row: int) -> PulledEdit:
    """The edit of a formula of a campaign, or of none, in a column or place; `row` is that of the tab, from 1."""
    content = Content.NUMBER if isinstance(after, float | int) else Content.TEXT
    return PulledEdit(EditKind.FORMULA, campaign.key, campaign.name, column, before, after, content, row)
