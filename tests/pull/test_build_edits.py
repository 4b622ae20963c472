"""Edits of one report reach the next, compared with what the export says by then; the ledger has each of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sheetgen import api
from sheetgen.dataset import Dataset
from sheetgen.errors import EmptyFileError
from sheetgen.inputs import Inputs, load_settings
from sheetgen.ledger import LedgerLine
from sheetgen.pull.campaigns import edit_campaigns
from sheetgen.pull.edits_csv import EditsFile, read_edits
from sheetgen.pull.inputs import edit_inputs
from sheetgen.sources.load import ReadOptions, load_dataset
from sheetgen.workbook.cells import read_book

from .conftest import EXPORT, Desk, Typed, row_of, told

Line = tuple[str, str, str, str]

EVERYTHING: tuple[tuple[str, Typed], ...] = (
    ("Campaigns!G2", 150),
    ("Campaigns!B3", "@Summer"),
    ("Campaigns!E4", datetime(2024, 12, 1)),
    ("Campaigns!M5", None),
    ("Campaigns!B6", "Extra"),
    ("Campaigns!G6", 10),
    ("Campaigns!M6", 30),
    ("filter_platform", "TikTok"),
    ("set_roi_scale", 3),
    ("optimiser_total", 400),
)


def told_of(found: Iterable[LedgerLine]) -> list[Line]:
    """Lines of the ledger as code, field, before and after."""
    return [(it.code, it.field, it.before, it.after) for it in found]


def lines(data: Dataset) -> list[Line]:
    """What the ledger says of edits."""
    return told_of(it for it in data.ledger.lines if it.file == "edits.csv")


def edits_of(folder: Path, *rows: str) -> EditsFile:
    """The edits of a file with those lines."""
    path = folder / "edits.csv"
    path.write_text("\n".join(["kind,campaign_id,campaign_name,column,before,after", *rows]), encoding="utf-8")
    return read_edits(path, load_settings())


def edited(export: str, *rows: str) -> Dataset:
    """The data of an export with the edits of those lines."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(export, encoding="utf-8")
        return edit_campaigns(load_dataset([path], ReadOptions()), edits_of(Path(folder), *rows))


def test_edits_reach_the_next_report_which_agrees_with_pandas(desk: Desk) -> None:
    desk.edit(*EVERYTHING, (f"Campaigns!{desk.column('Lock')}3", "Yes"))
    edits = told(desk.pull().edits)
    result = desk.rebuild()
    (verification,) = api.verify(result.path, "cellrune")
    assert verification.passed
    book = read_book(result.path)
    assert book.column("Campaigns", "Budget") == [150, 200, 50, 25, 10]
    assert book.column("Campaigns", "Campaign Name") == ["Spring", "@Summer", "Autumn", "Winter", "Extra"]
    assert book.column("Campaigns", "Lock") == [None, "Yes", None, None, None]
    assert [book.value(book.names[name]) for name in ("filter_platform", "set_roi_scale")] == ["TikTok", 3]
    assert len(lines(result.data)) == len(edits) + 1, "every edit, and the campaign that two of them make"
    assert [told(api.pull(result.path).edits)[i] for i in range(3)] == edits[:3]


def test_a_new_report_still_has_the_edits_that_it_was_made_with(desk: Desk) -> None:
    desk.edit(*EVERYTHING)
    edits = told(desk.pull().edits)
    again = told(api.pull(desk.rebuild().path).edits)
    named = [(kind, "", *rest) if kind == "added" else (kind, key, *rest) for kind, key, *rest in again]
    assert [edit for edit in named if edit[2] != "Campaign ID"] == edits


@pytest.mark.parametrize(
    ("old", "new", "line", "budget"),
    [
        ("C1,Spring", "C1,Spring", ("edit_applied", "Budget", "100", "150"), 150),
        (",60,6000", ",80,6000", ("edit_over_change", "Budget", "120 (100 when it was edited)", "150"), 150),
        (",60,6000", ",110,6000", ("edit_in_export", "Budget", "150", "150"), 150),
        ("C1,Spring", "C7,Spring", ("edit_applied", "Budget", "100", "150"), 150),
        ("C1,Spring", "C7,Sprung", ("edit_without_campaign", "Budget", "Spring", "150"), 100),
    ],
)
def test_an_edit_is_compared_with_the_export(old: str, new: str, line: Line, budget: float) -> None:
    export = EXPORT.replace(old, new)
    data = edited(export, "campaign,C1,Spring,Budget,100,150")
    assert lines(data) == [line]
    assert data.campaigns["Budget"].iloc[0] == budget


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        ("campaign,C1,Spring,Budget,100,two", ("edit_without_value", "Budget", "", "two")),
        ("campaign,C1,Spring,Budget,100,-5", ("edit_without_value", "Budget", "", "-5")),
        ("campaign,C1,Spring,Start Date,2025-01-01,soon", ("edit_without_value", "Start Date", "", "soon")),
        ("campaign,C1,Spring,Campaign ID,C1,C9", ("edit_of_key", "Campaign ID", "C1", "C9")),
        ("campaign,C1,Spring,Mood,low,high", ("edit_without_column", "Mood", "", "high")),
        ("deleted,C9,Nobody,,,", ("edit_without_campaign", "", "Nobody", "")),
        ("formula,C1,Spring,CTR,0.1,0.5", ("edit_of_formula", "CTR", "", "0.5")),
    ],
)
def test_what_cannot_be_carried_over_is_left_out_and_said(edit: str, line: Line) -> None:
    data = edited(EXPORT, edit)
    assert lines(data) == [line]
    assert data.campaigns.equals(edited(EXPORT).campaigns)


@pytest.mark.parametrize(
    ("edit", "line", "value"),
    [
        ("input,,,set_roi_scale,2,3", ("edit_applied", "set_roi_scale", "2", "3"), 3.0),
        ("input,,,set_roi_scale,1,3", ("edit_over_change", "set_roi_scale", "2 (1 when it was edited)", "3"), 3.0),
        ("input,,,set_roi_scale,1,2", ("edit_in_export", "set_roi_scale", "2", "2"), 2.0),
        ("input,,,set_roi_scale,2,high", ("edit_without_value", "set_roi_scale", "2", "high"), 2.0),
        ("input,,,set_gone,1,3", ("edit_without_column", "set_gone", "", "3"), 2.0),
    ],
)
def test_an_edit_of_an_input_is_compared_with_what_is_proposed(
    edit: str, line: Line, value: float, tmp_path: Path
) -> None:
    inputs, found = edit_inputs(Inputs({"set_roi_scale": 2.0}), edits_of(tmp_path, edit))
    assert told_of(found) == [line]
    assert inputs.number("set_roi_scale") == value


def test_a_campaign_deleted_goes_with_its_days(desk: Desk) -> None:
    desk.edit(*((cell, None) for cell in row_of(2)))
    result = desk.rebuild()
    assert lines(result.data) == [("campaign_deleted", "Campaign Name", "Spring", "")]
    assert result.data.campaigns["Campaign ID"].tolist() == ["C2", "C3", "C4"]
    assert result.data.daily is not None
    assert result.data.daily["Campaign ID"].tolist() == ["C2", "C3", "C4"]
    assert api.verify(result.path, "cellrune")[0].passed
    assert api.pull(result.path).notices == ()


def test_edits_that_delete_every_campaign_are_refused() -> None:
    with pytest.raises(EmptyFileError, match="delete every campaign"):
        edited(EXPORT, *(f"deleted,C{number},,,," for number in range(1, 5)))


def test_the_ledger_says_where_an_edit_is() -> None:
    data = edited(EXPORT, "campaign,C1,Spring,Budget,100,150", "campaign,C2,Summer,Budget,200,250")
    found = [(it.row, it.sentence) for it in data.ledger.lines if it.file == "edits.csv"]
    assert found == [(line, "Your edit replaces what the export has.") for line in (2, 3)]
