"""The double as real gspread and google-auth see it."""

from __future__ import annotations

from tests.google.bodies import add_sheet, write
from tests.google.fixtures import Desk


def test_a_batch_makes_a_sheet_with_formulas(desk: Desk) -> None:
    answer = desk.client.batch_update(
        desk.spreadsheet_id, {"requests": [add_sheet(7, "KPIs"), write(7, 0, 0, [2, "=A1*2"])]}
    )

    assert answer["replies"][0]["addSheet"]["properties"]["index"] == 1
    assert desk.google.values(desk.spreadsheet_id, "KPIs!A1:B1") == [[2.0, 4.0]]
