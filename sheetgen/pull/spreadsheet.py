"""The edits of a report on Google Sheets since it was last pushed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import NoSheetReportError
from sheetgen.fields import CAMPAIGN_ID
from sheetgen.inputs import Setting
from sheetgen.pull.constants import typed_constants
from sheetgen.pull.content import COLUMNS, as_content
from sheetgen.pull.differences import differences
from sheetgen.pull.edit import Pulled
from sheetgen.pull.held import Held
from sheetgen.pull.typed_over import campaigns_by_row
from sheetgen.push.client import SheetsClient
from sheetgen.push.reading import SheetInputs, read_inputs
from sheetgen.push.spreadsheet import PresentSpreadsheet, read_spreadsheet
from sheetgen.push.values import InputValues, TableValues
from sheetgen.report.baseline import Baseline, ColumnSum, column_sum
from sheetgen.report.sums import CAMPAIGNS, DAILY, HOURS
from sheetgen.values import Value

FINER: Final = (DAILY, HOURS)


def pull_spreadsheet(client: SheetsClient, settings: Sequence[Setting]) -> Pulled:
    """The edits of a spreadsheet since the last push, read in three calls.

    Raises `NoSheetReportError` for a spreadsheet without a report, `PushStateError` for one that lost what it
    remembers, and what the client raises.
    """
    present = read_spreadsheet(client)
    if present.manifest is None:
        raise NoSheetReportError(problem=Clause("nothing was pushed to it"))
    found = read_inputs(client, present, as_results=True)
    if found.base is None or CAMPAIGNS not in found.base.tables or CAMPAIGNS not in found.now.tables:
        raise NoSheetReportError(problem=Clause("it has no {table} table any more", table=CAMPAIGNS))
    base = Baseline(_columns(found.base.tables[CAMPAIGNS]), found.base.names, _sums(found.base))
    held = _held(present, found.now)
    told = differences(base, held, settings)
    over = typed_constants(client, present, found.formulas, campaigns_by_row(base, held))
    return Pulled((*told.edits, *over.edits), (*told.notices, *_notices(present, found), *over.notices))


def _columns(table: TableValues) -> dict[str, list[Value]]:
    return {
        header: [as_content(value, COLUMNS[header]) for value in values]
        for header, values in zip(table.headers, table.columns(), strict=True)
        if header in COLUMNS
    }


def _held(present: PresentSpreadsheet, now: InputValues) -> Held:
    columns = _columns(now.tables[CAMPAIGNS])
    count = len(columns[CAMPAIGN_ID.header])
    filled = [place for place in range(count) if any(values[place] is not None for values in columns.values())]
    first = _first_row(present)
    kept = {header: tuple(values[place] for place in filled) for header, values in columns.items()}
    return Held(tuple(first + place for place in filled), kept, now.names, _sums(now), ())


def _first_row(present: PresentSpreadsheet) -> int:
    """The first row of the campaign table, from 1."""
    tables = [sheet.tables[CAMPAIGNS] for sheet in present.own_sheets().values() if CAMPAIGNS in sheet.tables]
    return tables[0].row + 2 if tables else 2


def _sums(values: InputValues) -> Mapping[str, Mapping[str, ColumnSum]]:
    tables = {name: values.tables[name] for name in FINER if name in values.tables}
    return {
        name: dict(zip(table.headers, map(column_sum, table.columns()), strict=True)) for name, table in tables.items()
    }


def _notices(present: PresentSpreadsheet, found: SheetInputs) -> Iterator[Clause]:
    own = present.own_sheets()
    for key in sorted(found.missing):
        sentence = "{tab}: a table or a named input of the report is gone, and what it held is not pulled."
        yield Clause(sentence, tab=own[key].title)
    for key, places in found.strays.items():
        sentence = "{tab}: {cells} are beside the report and not pulled. Add campaigns as rows of the table."
        yield Clause(sentence, tab=own[key].title, cells=", ".join(places[:5]))
