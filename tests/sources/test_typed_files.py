"""Workbooks and Parquet files, whose cells have types of their own."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time

import openpyxl
import pandas as pd
import pytest

from sheetgen.errors import (
    DamagedFileError,
    EmptyFileError,
    InputError,
    NotATableError,
    OverlapError,
    StackedTablesError,
)
from tests.sources.conftest import Load, said

Sheet = Sequence[Sequence[object]]


def workbook(**sheets: Sheet) -> bytes:
    """An Excel workbook with these sheets, its texts escaped as Excel does; a text may begin with `=`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                cell = sheet.cell(row, column)
                cell.value = value.replace("_x", "_x005F_x") if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet(columns: Mapping[str, object]) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer)
    return buffer.getvalue()


def test_typed_cells_and_texts_side_by_side(load: Load) -> None:
    rows: Sheet = [
        ["Campaign ID", "Campaign", "Start date", "End date", "Spend", "Clicks"],
        [101, "=1+1", datetime(2024, 1, 2), datetime(2024, 2, 3), 12.5, 10],
        [102, "_x0041_", "2024-01-05", "Ongoing", "1.234,50", 5],
        [103, "z", 45000, None, "n/a", True],
    ]
    data = load(workbook(Data=rows))
    assert data.campaigns["Campaign ID"].tolist() == ["101", "102", "103"]
    assert data.campaigns["Campaign Name"].tolist() == ["=1+1", "_x0041_", "z"]
    assert data.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-02", "2024-01-05", "2023-03-15"]
    assert data.campaigns["Budget"].tolist()[:2] == [12.5, 1234.5]
    assert said(data, "not_a_number") == [(4, "Clicks", "TRUE", "")]


def test_the_sheet_with_the_best_header_is_read_from_its_header_down(load: Load) -> None:
    table: Sheet = [["Report"], [], ["Campaign", "Spend", "Clicks"], ["A", 1.5, "oops"]]
    data = load(workbook(Notes=[["Hello"]], Data=table))
    assert data.campaigns["Budget"].tolist() == [1.5]
    assert said(data, "sheet_chosen") == [(0, "", "Notes", "Data")]
    assert said(data, "not_a_number") == [(4, "Clicks", "oops", "")]


def test_dates_with_times_are_events_and_times_are_hours(load: Load) -> None:
    events = load(workbook(A=[["Campaign", "Date", "Spend"], ["A", datetime(2024, 1, 1, 13, 5), 5]]))
    hours = load(workbook(A=[["Campaign", "Date", "Hour", "Spend"], ["A", datetime(2024, 1, 1), time(13, 0), 5]]))
    for data in (events, hours):
        assert data.hours is not None
        assert data.hours[["Weekday", "Hour", "Budget"]].to_numpy().tolist() == [[1, 13, 5]]


def test_ids_that_excel_rounded_name_no_campaign(load: Load) -> None:
    rows: Sheet = [["Campaign ID", "Campaign", "Spend"], [23847239847230984, "A", 5], [23847239847230999, "B", 6]]
    data = load(workbook(A=rows))
    assert data.campaigns["Campaign Name"].tolist() == ["A", "B"]
    assert [row for row, *_ in said(data, "id_rounded")] == [2, 3]


def test_parquet_keeps_the_digits_of_ids(load: Load) -> None:
    data = load(
        parquet(
            {
                "campaign_id": [23847239847230984, 23847239847230985],
                "date": pd.to_datetime(["2024-01-01", "2024-01-02"]),
                "spend": [1.5, None],
                "clicks": pd.array([1, None], dtype="Int64"),
                "platform": pd.Categorical(["fb", "fb"]),
            }
        )
    )
    assert data.campaigns["Campaign ID"].tolist() == ["23847239847230984", "23847239847230985"]
    assert data.campaigns["Budget"].isna().tolist() == [False, True]
    assert data.campaigns["Platform"].tolist() == ["Facebook", "Facebook"]
    assert data.daily is not None
    assert len(data.daily) == 2


def test_a_workbook_or_parquet_file_is_known_by_its_bytes_not_its_name(load: Load) -> None:
    assert load(workbook(A=[["Campaign", "Spend"], ["A", 1]])).campaigns["Budget"].tolist() == [1.0]
    assert load(parquet({"Campaign": ["A"], "Spend": [1]})).campaigns["Budget"].tolist() == [1.0]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_that_breaks_off_is_damaged(load: Load, kept: float) -> None:
    for content in (workbook(A=[["Campaign", "Spend"], ["A", 1]]), parquet({"Campaign": ["A"], "Spend": [1]})):
        with pytest.raises(DamagedFileError, match="damaged or incomplete"):
            load(content[: int(len(content) * kept)])


def test_a_workbook_without_rows_is_empty(load: Load) -> None:
    sheets: tuple[Sheet, ...] = ([], [["Campaign", "Spend"]])
    for sheet in sheets:
        with pytest.raises(EmptyFileError):
            load(workbook(A=sheet))


def test_a_workbook_with_bytes_changed_at_random_is_read_or_refused(load: Load) -> None:
    original = workbook(A=[["Campaign", "Spend"], ["A", 1], ["B", 2.5]])
    for seed in range(60):
        dice, content = random.Random(seed), bytearray(original)
        for _ in range(4):
            content[dice.randrange(len(content))] = dice.randrange(256)
        with contextlib.suppress(InputError):
            load(bytes(content))


def test_a_zip_archive_that_is_no_workbook(load: Load) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("export.csv", "Campaign,Cost\nA,1\n")
    with pytest.raises(NotATableError, match="unpack it"):
        load(buffer.getvalue())


SUMMARY: Sheet = [["Platform", "Cost", "Clicks"], ["Facebook", 30, 3], ["Google", 11, 4], []]
CAMPAIGNS: Sheet = [
    ["Campaign", "Platform", "Cost", "Impressions", "Clicks"],
    ["A", "Facebook", 10, 100, 1],
    ["B", "Facebook", 20, 200, 2],
    ["C", "Google", 11, 300, 4],
]


@pytest.mark.parametrize("total", [[], [["Total", 41, 7]]])
def test_a_summary_above_the_table_is_no_data(load: Load, total: Sheet) -> None:
    data = load(workbook(A=[*SUMMARY[:3], *total, [], *CAMPAIGNS]))
    assert data.campaigns["Budget"].sum() == 41


def test_another_table_above_the_header_is_refused(load: Load) -> None:
    other: Sheet = [["Facebook"], ["Campaign", "Spend", "Clicks"], ["X", 5, 1], ["Total", 5, 1], []]
    with pytest.raises(StackedTablesError, match=r"line 2 .*Campaign, Spend, Clicks"):
        load(workbook(A=[*other, *CAMPAIGNS]))


JANUARY: Sheet = [["Campaign", "Date", "Cost"], ["A", "2025-01-31", 10], ["B", "2025-01-31", 20]]
FEBRUARY: Sheet = [["February"], [], ["Campaign", "Date", "Cost"], ["A", "2025-02-01", 30], ["Total", None, 30]]


def test_sheets_with_one_header_are_read_together(load: Load) -> None:
    data = load(workbook(Jan=JANUARY, Feb=FEBRUARY, Notes=[["Hello"]]))
    assert data.campaigns["Budget"].tolist() == [40, 20]
    assert said(data, "sheets_read") == [(0, "", "", "Jan, Feb")]
    assert {line.file for line in data.ledger.lines if line.code == "total_row"} == {"file1.csv [Feb]"}


def test_a_sheet_that_repeats_rows_of_another_counts_once(load: Load) -> None:
    data = load(workbook(All=JANUARY, Filtered=JANUARY[:2]))
    assert data.campaigns["Budget"].tolist() == [10, 20]


def test_sheets_that_tell_one_campaign_differently_are_asked_about(load: Load) -> None:
    sheets: dict[str, Sheet] = {"Old": [["Campaign", "Cost"], ["A", 10]], "New": [["Campaign", "Cost"], ["A", 12]]}
    with pytest.raises(OverlapError, match=r"\[New\].* 12 here and 10 in .*\[Old\]"):
        load(workbook(**sheets))
    assert load(workbook(**sheets), overlap="add").campaigns["Budget"].tolist() == [22]


def test_a_sheet_named_after_a_platform_gives_it(load: Load) -> None:
    header = ["Campaign", "Cost", "Clicks"]
    data = load(workbook(Facebook=[header, ["A", 1, 2]], TikTok=[header, ["A", 3, 4]]))
    assert data.campaigns["Platform"].tolist() == ["Facebook", "TikTok"]


def test_a_sheet_of_campaigns_under_another_header_is_left_with_a_warning(load: Load) -> None:
    other: Sheet = [["Campaign", "Spend", "Clicks"], ["G", 1, 2]]
    data = load(
        workbook(Meta=[["Campaign name", "Amount spent", "Link clicks", "Reach"], ["A", 1, 2, 3]], Google=other)
    )
    assert said(data, "sheet_left") == [(0, "", "Google", "")]
