"""A report template that cannot be used: a sentence with its file, the place in it and what to write."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sheetgen.api import BuildOptions, build
from sheetgen.errors import TemplateError
from sheetgen.report.template import parse_report_template

TAB = 'key = "one"\ntitle = "One"\nkind = "tables"\n'

WRONG = {
    "tab = 3": "tab is 3",
    'tab = ["x"]': r"tab is \['x'\]",
    "tab = []": "it has no tab",
    '[[tab]]\nkey = "one"\nkind = []': r"kind \[\] is not known",
    f"[[tab]]\n{TAB}shelves = 3": "shelves has 3",
    f'[[tab]]\n{TAB}shelves = ["x"]': "shelves has 'x'",
    f'[[tab]]\n{TAB}shelves = [["x"]]': "shelves has 'x'",
    f"[[tab]]\n{TAB}shelves = [[{{ block = 3 }}]]": "block 3 is not known",
    f'[[tab]]\n{TAB}shelves = [[{{ block = ["top"] }}]]': r"block \['top'\] is not known",
    f'[[tab]]\n{TAB}shelves = [[{{ block = "top", columns = true }}]]': "columns is True",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_malformed_value_is_told_with_its_file(text: str) -> None:
    with pytest.raises(TemplateError, match=rf"^mine\.toml: .*{WRONG[text]}"):
        parse_report_template(tomllib.loads(text), frozenset({"top"}), "mine.toml")


def test_a_title_that_no_spreadsheet_takes_is_told_with_its_file(tmp_path: Path) -> None:
    data, template = tmp_path / "data.csv", tmp_path / "mine.toml"
    data.write_text("Campaign,Cost\nA,1\n")
    tab = TAB.replace("One", "Cost/Click")
    template.write_text(f'[[tab]]\n{tab}shelves = [[{{ block = "platforms" }}]]\n')
    with pytest.raises(TemplateError, match=r"mine\.toml: tab one: the title 'Cost/Click'"):
        build([data], BuildOptions(tmp_path / "report.xlsx", template=str(template)))
