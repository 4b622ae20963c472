"""A file of edits gives back what was put into it, and holds nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetgen.errors import EditsError, OptionError, UnreadableFileError
from sheetgen.inputs import load_settings
from sheetgen.pull.content import Content
from sheetgen.pull.edit import EditKind, PulledEdit
from sheetgen.pull.edits_csv import read_edits, write_edits

SETTINGS = load_settings()
HEADER = "kind,campaign_id,campaign_name,column,before,after\n"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("'=+-@\t\n,;\""), min_size=1)


def edit_of(column: str, before: object, after: object, content: Content, name: str = "Spring") -> PulledEdit:
    kind = EditKind.INPUT if column.islower() else EditKind.CAMPAIGN
    keys = ("", "") if kind is EditKind.INPUT else ("C1", name)
    return PulledEdit(kind, *keys, column, before, after, content, 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "edit",
    [
        edit_of("Budget", 0.1 + 0.2, 1e20, Content.NUMBER),
        edit_of("Budget", None, "two", Content.NUMBER),
        edit_of("Start Date", 45658.0, 45659.0, Content.DATE),
        edit_of("Start Date", 45658.5, "soon", Content.DATE),
        edit_of("Lock", None, "Yes", Content.TEXT),
        edit_of("Campaign Name", "007", "1e5", Content.TEXT),
        edit_of("filter_from", None, 45658.0, Content.DATE),
        edit_of("filter_platform", "All", "2024", Content.TEXT),
        edit_of("set_roi_scale", 2.0, None, Content.NUMBER),
        edit_of("bench_ctr_low", 0.01, -0.5, Content.NUMBER),
    ],
    ids=lambda edit: f"{edit.column}: {edit.after}",
)
def test_values_come_back_as_they_were(edit: PulledEdit, tmp_path: Path) -> None:
    write_edits([edit], tmp_path / "edits.csv")
    (found,) = read_edits(tmp_path / "edits.csv", SETTINGS).edits
    expected = 45658.0 if edit.before == 45658.5 else edit.before
    assert (found.kind, found.column, found.content, found.after) == (edit.kind, edit.column, edit.content, edit.after)
    assert found.before == expected or found.written_before == edit.written_before
    assert found.row == 2


@given(name=TEXTS, before=TEXTS, after=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_and_none_is_a_formula(name: str, before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "edits.csv"
    write_edits([edit_of("Campaign Name", before, after, Content.TEXT, name)], path)
    (found,) = read_edits(path, SETTINGS).edits
    assert (found.campaign_name, found.before, found.after) == (name, before, after)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_spreadsheet_may_change_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "edits.csv"
    path.write_text(f"{HEADER}campaign,C1,Spring,Budget,100,150\n\n".replace(",", ";"), encoding="utf-8-sig")
    (found,) = read_edits(path, SETTINGS).edits
    assert (found.before, found.after) == (100.0, 150.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the first line is '', not kind,"),
        ("Campaign,Budget\nSpring,3\n", "line 1: the first line is 'Campaign,Budget', not kind,"),
        (f"{HEADER}\nmoved,C1,Spring,Budget,1,2\n", "line 3: 'moved' is no kind of edit: campaign, added, deleted,"),
    ],
)
def test_another_file_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "edits.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EditsError, match=said):
        read_edits(path, SETTINGS)


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_edits(tmp_path / "none.csv", SETTINGS)
    (tmp_path / "latin.csv").write_bytes(f"{HEADER}campaign,C1,Été,Budget,1,2\n".encode("latin-1"))
    with pytest.raises(UnreadableFileError, match="not UTF-8"):
        read_edits(tmp_path / "latin.csv", SETTINGS)
    with pytest.raises(OptionError, match=r"ends in \.csv"):
        write_edits([], tmp_path / "edits.xlsx")
