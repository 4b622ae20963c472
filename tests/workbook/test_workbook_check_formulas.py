"""The self-check catches formulas, rules, links and charts that would not work."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

ProblemsAfter = Callable[[str, str, str], str]

PAGE, DATA, CHART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=SUM(A1)", "the formula begins with an equals sign"),
        ("1+" * 5000 + "1", "has 10002 characters"),
        ("ABS(" * 65 + "1" + ")" * 65, "more than 64 functions"),
        ("SUM(A1", "a bracket is not closed"),
        ("SUM(A1))", "')' follows a value without an operator"),
        ("1+*2", "a value is missing before '*'"),
        ("(,1)", "a value is missing before ','"),
        ("A1 B1", "'B1' follows a value without an operator"),
        ("IF(A1;1;2)", "';' does not belong"),
        ('IF(A1="x,1)', "does not belong"),
        ("", "the formula is not complete"),
        ("A1+", "the formula is not complete"),
        ("FOO(1)", "the function FOO is not in the common set"),
        ("_xlfn.XLOOKUP(1,A1,A2)", "the function _xlfn.XLOOKUP is not in the common set"),
        ("XLOOKUP(1,A1,A2)", "the function XLOOKUP is not in the common set"),
        ("SUMIFS(A1,A2)", "SUMIFS has 2 arguments (it takes 3 to 255)"),
        ("ABS()", "ABS has 0 arguments"),
        ("Gone!A1", "there is no tab 'Gone'"),
        ("Campaigns!+1", "a tab's name is followed by no cell"),
        ("SUM(Hours[Clicks])", "there is no table for Hours[Clicks]"),
        ("SUM([Clicks])", "there is no table for [Clicks]"),
        ("SUM(Campaigns[Views])", "the table Campaigns has no column 'Views'"),
        ("Campaigns[@Clicks]", "no column '@Clicks'"),
        ("Campaigns[[#This Row],[Clicks]]", "used outside of the table's rows"),
        ("SUM(Campaigns[[#Rows],[Clicks]])", "a part that tables do not have"),
        ("totals+1", "there is no name 'totals'"),
        ("SUM(#REF!)", "a reference leads nowhere"),
        ("XFE1", "XFE1 is outside of the sheet"),
        (f'"{"x" * 256}"', "more than 255 characters"),
    ],
)
def test_formulas_that_are_refused(problems_after: ProblemsAfter, formula: str, said: str) -> None:
    problems = problems_after(PAGE, "<f>SUM(Campaigns[Clicks])</f>", f"<f>{escape(formula)}</f>")
    assert problems.startswith("Overview!B3: ")
    assert said in problems


@pytest.mark.parametrize(
    "formula",
    [
        "-A1%^2",
        "((1))",
        "ROUND(1,)",
        "IF(A1,,2)",
        "'Campaigns'!A1:B2",
        "SUM(A:A,$1:2)",
        "SUM(campaigns[CLICKS])",
        "SUM(Campaigns[[Clicks]:[Reach %]])",
        "ROWS(Campaigns[#All])+ROWS(Campaigns[])",
        'IF(TRUE,"a""b;c=",TOTAL)',
        "MIN({1,2;3,4})",
        "SUM( A1 , 2 )",
        "ABS(" * 64 + "1" + ")" * 64,
        "1E-5+.5",
        "NA()",
    ],
)
def test_formulas_that_are_accepted(problems_after: ProblemsAfter, formula: str) -> None:
    assert problems_after(PAGE, "<f>SUM(Campaigns[Clicks])</f>", f"<f>{escape(formula)}</f>") == ""


def test_same_fault_in_every_row_of_a_table_is_told_once(problems_after: ProblemsAfter) -> None:
    problems = problems_after(DATA, "[#This Row],[Reach %]", "[#This Row],[Views]").splitlines()
    assert len([problem for problem in problems if "no column 'Views'" in problem]) == 1


CONDITION = "<formula>B3&gt;total</formula>"
STRUCTURED = "SUM(Campaigns[Clicks])"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (PAGE, 'dxfId="0"', 'dxfId="7"', "the conditional format of B3:B6 uses the format 7, which does not exist"),
        (PAGE, 'priority="1"', 'priority="0"', "the conditional format of B3:B6 has no priority"),
        (PAGE, CONDITION, "<formula>B3&gt;</formula>", "the conditional format of B3:B6: the formula is not complete"),
        (PAGE, CONDITION, f"<formula>{STRUCTURED}</formula>", "Campaigns[Clicks] cannot be used here"),
        (PAGE, 'conditionalFormatting sqref="B3:B6"', 'conditionalFormatting sqref="B3:"', "'B3:', which is no range"),
        (
            PAGE,
            "<formula2>total<",
            f"<formula2>{STRUCTURED}<",
            "the validation of D4: Campaigns[Clicks] cannot be used",
        ),
        (PAGE, '"All,Facebook"', f'"{"x" * 256}"', "the validation of D3 lists choices of 256 characters"),
        (PAGE, 'promptTitle="Platform"', f'promptTitle="{"x" * 33}"', "promptTitle has more than 32 characters"),
        (PAGE, 'dataValidations count="2"', 'dataValidations count="3"', "says it has 3 validations but has 2"),
        (PAGE, "location=\"'Campaigns'!A1\"", "location=\"'Gone'!A1\"", "the link at B9: there is no tab 'Gone'"),
        (PAGE, 'hyperlink ref="B9"', 'hyperlink ref="9"', "the link at 9 is at no cell"),
        (PAGE, "<xm:f>Campaigns!", "<xm:f>Gone!", "an extension: there is no tab 'Gone'"),
        (CHART, "<c:f>Campaigns!$B", "<c:f>Gone!$B", "the chart xl/charts/chart1.xml: there is no tab 'Gone'"),
        (CHART, "<c:f>Campaigns!$B$2:$B$4<", f"<c:f>{STRUCTURED}<", "Campaigns[Clicks] cannot be used here"),
    ],
)
def test_rules_links_and_charts(problems_after: ProblemsAfter, part: str, old: str, new: str, said: str) -> None:
    assert said in problems_after(part, old, new)
