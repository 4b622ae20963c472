"""Questions about formulas: separators by locale, tables, and results in the answer to a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.question import Found, Question, as_text
from sheetgen.doctor.scratch import TITLE, Scratch
from sheetgen.push.client import Json, compact

TABLE: Final = "SheetgenDoctor"
VALUE: Final = "updatedSpreadsheet.sheets.data.rowData.values.effectiveValue"


def _gives(formula: str) -> Callable[[Scratch], Found]:
    """A question that writes a formula into the first cell and reads its result."""

    def ask(scratch: Scratch) -> Found:
        scratch.send(scratch.write(0, 0, [_formula(formula)]))
        return _first(scratch, "A1")

    return ask


def _table_total(scratch: Scratch) -> Found:
    made = {"name": TABLE, "tableId": TABLE, "range": scratch.cells(10, 0, rows=3, columns=2)}
    columns = [{"columnIndex": 0, "columnName": "Name"}, {"columnIndex": 1, "columnName": "Budget"}]
    rows = [[_text("a"), _number(100)], [_text("b"), _number(50)]]
    scratch.send(
        {"addTable": {"table": {**made, "columnProperties": columns}}},
        scratch.write(11, 0, *rows),
        scratch.write(0, 1, [_formula("=SUM(B12:B13)"), _formula(f"=SUM({TABLE}[Budget])")]),
    )
    return _first(scratch, "B1")


def _table_reference(scratch: Scratch) -> Found:
    return _first(scratch, "C1")


def _deleted_table(scratch: Scratch) -> Found:
    """The header and a value of the table, which the questions before left there."""
    scratch.send({"deleteTable": {"tableId": TABLE}})
    cells = [value for row in scratch.results("A11:B12") for value in row if value != ""]
    return Found(" ".join(map(as_text, cells)))


def _result_in_answer(scratch: Scratch) -> Found:
    body = {
        "requests": [scratch.write(0, 0, [_number(2), _formula("=A1*3")])],
        "includeSpreadsheetInResponse": True,
        "responseRanges": [f"{TITLE}!B1"],
        "responseIncludeGridData": True,
    }
    answer = scratch.send_body(compact(body), VALUE)
    sheets = answer.get("updatedSpreadsheet", {}).get("sheets", [])
    values = [
        value
        for sheet in sheets
        for data in sheet.get("data", [])
        for row in data.get("rowData", [])
        for cell in row.get("values", [])
        for value in cell.get("effectiveValue", {}).values()
    ]
    return Found(" ".join(map(as_text, values)))


def _first(scratch: Scratch, cell: str) -> Found:
    rows = scratch.results(cell)
    return Found(as_text(rows[0][0]) if rows and rows[0] else "")


def _formula(text: str) -> Json:
    return {"userEnteredValue": {"formulaValue": text}}


def _number(value: float) -> Json:
    return {"userEnteredValue": {"numberValue": value}}


def _text(value: str) -> Json:
    return {"userEnteredValue": {"stringValue": value}}


QUESTIONS: Final = (
    Question(1, Clause("result of {formula}", formula="=SUM(1;2)"), "3", _gives("=SUM(1;2)")),
    Question(1, Clause("result of {formula}", formula="=SUM(1,2)"), "3", _gives("=SUM(1,2)"), with_comma="1.2"),
    Question(1, Clause("result of {formula}", formula="=SUM(1,2,3)"), "6", _gives("=SUM(1,2,3)"), with_comma="#ERROR!"),
    Question(3, Clause("total of a table that the same batch adds, by its cells"), "150", _table_total),
    Question(3, Clause("total of that table, by the name of its column"), "150", _table_reference),
    Question(4, Clause("cells of a table that is deleted"), "Name Budget a 100", _deleted_table),
    Question(10, Clause("result of a formula in the answer to the batch that writes it"), "6", _result_in_answer),
)
