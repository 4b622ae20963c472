"""The guides to Looker Studio name what is there: commands, options, tabs, fields and formulas."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheetgen.cli import main
from sheetgen.fields import CAMPAIGN_FIELDS, DATE
from sheetgen.formula.to_looker import to_looker
from sheetgen.kpis import load_kpis
from sheetgen.render.sheets.looker import DATA_CAMPAIGNS, DATA_DAILY, LOOKER_FIELDS

ROOT = Path(__file__).resolve().parents[1]
GUIDES = {
    path.suffixes[0].strip("."): path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("looker/*")
}
KPIS = {kpi.header: kpi for kpi in load_kpis()}
each_guide = pytest.mark.parametrize("text", GUIDES.values(), ids=GUIDES)


def snippets(text: str, kind: str) -> list[str]:
    """The code blocks of a kind."""
    return [block.strip() for block in re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S)]


def test_the_guides_say_the_same_in_both_languages() -> None:
    assert set(GUIDES) == {"en", "fr"}
    for pattern in (r"^(#+ \d?)", r"^```[^`]*```", r"^(\d\.|-|\|)", r"(`[^`\n]+`)"):
        found = [[part.strip() for part in re.findall(pattern, text, re.M)] for text in GUIDES.values()]
        common = [[part for part in parts if part != "`--lang fr`"] for parts in found]
        assert common[0] == common[1], pattern


@each_guide
def test_commands_and_options_are_there(text: str) -> None:
    for command in snippets(text, "sh"):
        program, name, *rest = shlex.split(command)
        assert program == "sheetgen"
        help_text = CliRunner().invoke(main, [name, "--help"]).output
        assert [word for word in rest if word.startswith("--") and word not in help_text] == []
    named = re.findall(r"`(--[a-z-]+)", text)
    assert [option for option in named if option not in CliRunner().invoke(main, ["push", "--help"]).output] == []


@each_guide
def test_tabs_and_fields_are_those_of_the_spreadsheet(text: str) -> None:
    named = set(re.findall(r"`([A-Za-z_]+)`", text))
    tabs = {DATA_CAMPAIGNS, DATA_DAILY, LOOKER_FIELDS}
    assert tabs <= named
    assert named <= tabs | {field.header for field in (*CAMPAIGN_FIELDS, DATE)} | set(KPIS)


@each_guide
def test_the_formula_is_that_of_the_kpi(text: str) -> None:
    assert snippets(text, "looker") == [to_looker(KPIS["CTR"].expr, "CTR")]
