"""One expression, every target's text; and the texts of places, literals and operators in spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.parse import parse_expression
from sheetgen.formula.to_dax import to_dax
from sheetgen.formula.to_excel import to_excel, to_excel_shown
from sheetgen.formula.to_looker import to_looker
from sheetgen.formula.to_pandas import to_pandas
from sheetgen.formula.to_sheets import to_sheets
from sheetgen.formula.tree import (
    At,
    Binary,
    Call,
    Column,
    Field,
    Name,
    Negate,
    Node,
    Number,
    Span,
    Text,
    ThisRow,
    call,
    eq,
    ge,
    gt,
    node,
    place,
)


class Corner(NamedTuple):
    tab: str
    row: int
    column: int


@dataclass(frozen=True)
class Book:
    """Blocks begin at B3 of the tab they are named after; tables have 100 rows from row 2 of theirs, Clicks in J."""

    def cell(self, at: At) -> Corner:
        return Corner(at.block, 2 + at.row, 1 + at.column)

    def span(self, span: Span) -> tuple[Corner, Corner]:
        first = self.cell(At(span.block, span.row, span.column))
        return first, self.cell(At(span.block, span.last_row, span.last_column))

    def column(self, table: str, header: str) -> tuple[Corner, Corner]:
        column = {"Budget": 6, "Clicks": 9}[header]
        return Corner(table, 1, column), Corner(table, 100, column)


def excel(tree: Node, here: str = "Overview", *, fixed: bool = False) -> str:
    return to_excel(tree, Book(), here, fixed=fixed)


def sheets(tree: Node, here: str = "Overview", *, fixed: bool = False) -> str:
    return to_sheets(tree, Book(), here, fixed=fixed)


KPIS = {
    "clicks / impressions": {
        "pandas": 'df["Clicks"] / df["Impressions"].replace(0, np.nan)',
        "excel": "[@Clicks]/[@Impressions]",
        "looker": "SUM(Clicks) / NULLIF(SUM(Impressions), 0)",
        "dax": "DIVIDE(SUM(Campaigns[Clicks]), SUM(Campaigns[Impressions]))",
    },
    "budget / impressions * 1000": {
        "pandas": 'df["Budget"] / df["Impressions"].replace(0, np.nan) * 1000',
        "excel": "[@Budget]/[@Impressions]*1000",
        "looker": "SUM(Budget) / NULLIF(SUM(Impressions), 0) * 1000",
        "dax": "DIVIDE(SUM(Campaigns[Budget]), SUM(Campaigns[Impressions])) * 1000",
    },
    "budget / (clicks + engagement)": {
        "pandas": 'df["Budget"] / (df["Clicks"] + df["Engagement"]).replace(0, np.nan)',
        "excel": "[@Budget]/([@Clicks]+[@Engagement])",
        "looker": "SUM(Budget) / NULLIF(SUM(Clicks) + SUM(Engagement), 0)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Clicks])) || ISBLANK(SUM(Campaigns[Engagement])), BLANK(), "
        "DIVIDE(SUM(Campaigns[Budget]), SUM(Campaigns[Clicks]) + SUM(Campaigns[Engagement])))",
    },
    "1 - budget / planned_budget": {
        "pandas": '1 - df["Budget"] / df["Planned Budget"].replace(0, np.nan)',
        "excel": "1-[@Budget]/[@[Planned Budget]]",
        "looker": "1 - SUM(Budget) / NULLIF(SUM(Planned Budget), 0)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Budget])) || SUM(Campaigns[Planned Budget]) = 0, BLANK(), "
        "1 - DIVIDE(SUM(Campaigns[Budget]), SUM(Campaigns[Planned Budget])))",
    },
    "revenue - budget": {
        "pandas": 'df["Revenue"] - df["Budget"]',
        "excel": "[@Revenue]-[@Budget]",
        "looker": "SUM(Revenue) - SUM(Budget)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Revenue])) || ISBLANK(SUM(Campaigns[Budget])), BLANK(), "
        "SUM(Campaigns[Revenue]) - SUM(Campaigns[Budget]))",
    },
    "clicks / 7": {
        "pandas": 'df["Clicks"] / 7',
        "excel": "[@Clicks]/7",
        "looker": "SUM(Clicks) / 7",
        "dax": "SUM(Campaigns[Clicks]) / 7",
    },
    "(revenue - budget) ^ 2": {
        "pandas": '(df["Revenue"] - df["Budget"]) ** 2',
        "excel": "([@Revenue]-[@Budget])^2",
        "looker": "POWER(SUM(Revenue) - SUM(Budget), 2)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Revenue])) || ISBLANK(SUM(Campaigns[Budget])), BLANK(), "
        "POWER(SUM(Campaigns[Revenue]) - SUM(Campaigns[Budget]), 2))",
    },
    "max(min(clicks, reach), 0.5)": {
        "pandas": 'np.maximum(np.minimum(df["Clicks"], df["Reach"]), 0.5)',
        "excel": "MAX(MIN([@Clicks],[@Reach]),0.5)",
        "looker": "NARY_MAX(NARY_MIN(SUM(Clicks), SUM(Reach)), 0.5)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Clicks])) || ISBLANK(SUM(Campaigns[Reach])), BLANK(), "
        "MAX(MIN(SUM(Campaigns[Clicks]), SUM(Campaigns[Reach])), 0.5))",
    },
    "round(abs(-clicks), -2)": {
        "pandas": 'np.copysign(np.floor(np.abs(np.abs(-df["Clicks"])) / 100 + 0.5) * 100, np.abs(-df["Clicks"]))',
        "excel": "ROUND(ABS(-[@Clicks]),-2)",
        "looker": "ROUND(ABS(-SUM(Clicks)), -2)",
        "dax": "IF(ISBLANK(SUM(Campaigns[Clicks])), BLANK(), ROUND(ABS(-SUM(Campaigns[Clicks])), -2))",
    },
}


@pytest.mark.parametrize(("expression", "texts"), KPIS.items())
def test_kpi_in_every_target(expression: str, texts: dict[str, str]) -> None:
    tree = parse_expression(expression, "test")
    in_row = place(tree, lambda key: ThisRow("Campaigns", FIELDS_BY_KEY[key].header))
    assert texts == {
        "pandas": to_pandas(tree),
        "excel": to_excel_shown(in_row, "Campaigns"),
        "looker": to_looker(tree),
        "dax": to_dax(tree),
    }


REFUSED_IN_KPIS = {
    "text": Text("high"),
    "comparison": eq(Field("clicks"), 0),
    "concatenation": Field("clicks") & "",
    "spreadsheet function": call("SUMIFS", Field("clicks"), Field("reach"), 1),
    "place": Name("total_clicks"),
}


@pytest.mark.parametrize("tree", REFUSED_IN_KPIS.values(), ids=REFUSED_IN_KPIS)
@pytest.mark.parametrize(("emit", "target"), [(to_pandas, "pandas"), (to_looker, "Looker Studio"), (to_dax, "DAX")])
def test_kpi_targets_refuse_by_name(emit: Callable[..., str], target: str, tree: Node) -> None:
    with pytest.raises(UnsupportedFormulaError) as caught:
        emit(tree, name="Margin")
    assert str(caught.value).startswith(f"Margin: {target} has no equivalent of ")
    assert str(caught.value).endswith("Write the KPI with fields, numbers, + - * / ^ and min, max, abs, round only.")


A, B, C = (Name(letter) for letter in ("a_1", "b_1", "c_1"))

OPERATORS: dict[str, Node] = {
    "a_1-(b_1-c_1)": A - (B - C),
    "a_1-b_1-c_1": A - B - C,
    "a_1/(b_1/c_1)": A / (B / C),
    "a_1/b_1*c_1": A / B * C,
    "(a_1+b_1)*c_1": (A + B) * C,
    "a_1+b_1*c_1": A + B * C,
    "a_1-(-b_1)": A - Negate(B),
    "-a_1*b_1": Negate(A) * B,
    "-(a_1+b_1)": Negate(A + B),
    "(-a_1)^2": Negate(A) ** 2,
    "-(a_1^2)": Negate(A**2),
    "(a_1^b_1)^c_1": (A**B) ** C,
    "a_1^(b_1^c_1)": A ** (B**C),
    "a_1^(-1)": A ** Number(-1),
    "a_1*(-2)": A * -2,
    "a_1&b_1+c_1": A & (B + C),
    "(a_1=b_1)*c_1": eq(A, B) * C,
    "a_1=(b_1>c_1)": eq(A, gt(B, C)),
    "a_1>=-1": ge(A, -1),
    'a_1&"say ""hi"""': A & 'say "hi"',
    'IF(a_1="","",SUM(a_1,b_1))': call("IF", eq(A, ""), "", call("SUM", A, B)),
}


@pytest.mark.parametrize(("text", "tree"), OPERATORS.items(), ids=OPERATORS)
def test_operators_have_the_parentheses_they_need(text: str, tree: Node) -> None:
    assert excel(tree) == text
    assert sheets(tree) == text.replace(",", ";")


NUMBERS = [
    (5.0, "5", "5"),
    (-3.0, "-3", "-3"),
    (0.05, "0.05", "(5/100)"),
    (-2.5, "-2.5", "(-25/10)"),
    (1e-05, "0.00001", "(1/100000)"),
    (1234567.891, "1234567.891", "(1234567891/1000)"),
    (1e21, "1000000000000000000000", "1000000000000000000000"),
    (-0.0, "0", "0"),
    (1 / 3, "0.3333333333333333", "(3333333333333333/10000000000000000)"),
]


@pytest.mark.parametrize(("value", "in_excel", "in_sheets"), NUMBERS)
def test_numbers_are_plain_and_decimals_locale_free(value: float, in_excel: str, in_sheets: str) -> None:
    assert (excel(Number(value)), sheets(Number(value))) == (in_excel, in_sheets)


PLACES = [
    (At("Overview", 2, 1), "C5", "C5"),
    (At("Settings", 0, 0), "Settings!B3", "Settings!B3"),
    (At("Data Quality", 0, 0), "'Data Quality'!B3", "'Data Quality'!B3"),
    (At("Women's", 0, 0), "'Women''s'!B3", "'Women''s'!B3"),
    (At("Q1", 0, 0), "'Q1'!B3", "'Q1'!B3"),
    (At("TRUE", 0, 0), "'TRUE'!B3", "'TRUE'!B3"),
    (At("Rückblick", 0, 0), "'Rückblick'!B3", "'Rückblick'!B3"),
    (At("Overview", 0, 26), "AB3", "AB3"),
    (At("Overview", 0, 701), "AAA3", "AAA3"),
    (Span("Overview", 0, 0, 9, 1), "B3:C12", "B3:C12"),
    (Span("KPIs", 0, 0, 9, 1), "KPIs!B3:C12", "KPIs!B3:C12"),
    (Name("total_budget"), "total_budget", "total_budget"),
    (ThisRow("Campaigns", "Clicks"), "Campaigns[[#This Row],[Clicks]]", "Campaigns!$J2"),
    (Column("Campaigns", "Clicks"), "Campaigns[Clicks]", "Campaigns!$J$2:$J$101"),
    (call("SUM", Column("Campaigns", "Budget"), 1), "SUM(Campaigns[Budget],1)", "SUM(Campaigns!$G$2:$G$101;1)"),
]


@pytest.mark.parametrize(("tree", "in_excel", "in_sheets"), PLACES)
def test_places(tree: Node, in_excel: str, in_sheets: str) -> None:
    assert (excel(tree), sheets(tree)) == (in_excel, in_sheets)


def test_a_table_formula_on_its_own_tab_has_no_prefix_in_sheets() -> None:
    assert sheets(ThisRow("Campaigns", "Clicks"), here="Campaigns") == "$J2"


def test_fixed_cells_stay_when_a_formula_is_filled_down() -> None:
    tree = At("Settings", 0, 0) + Span("Overview", 0, 0, 1, 0)
    assert excel(tree, fixed=True) == sheets(tree, fixed=True) == "Settings!$B$3+$B$3:$B$4"


HEADERS = [
    ("Cost (USD)", "T[[#This Row],[Cost (USD)]]", "T[[Cost (USD)]]", "[@[Cost (USD)]]"),
    ("Cost/conv", "T[[#This Row],[Cost/conv]]", "T[[Cost/conv]]", "[@[Cost/conv]]"),
    ("Planned Budget", "T[[#This Row],[Planned Budget]]", "T[Planned Budget]", "[@[Planned Budget]]"),
    ("CTR %", "T[[#This Row],[CTR %]]", "T[[CTR %]]", "[@[CTR %]]"),
    ("Coût", "T[[#This Row],[Coût]]", "T[Coût]", "[@Coût]"),
    ("It's [#1]", "T[[#This Row],[It''s '['#1']]]", "T[[It''s '['#1']]]", "[@[It''s '['#1']]]"),
]


@pytest.mark.parametrize(("header", "this_row", "column", "shown"), HEADERS)
def test_headers_are_escaped_in_structured_references(header: str, this_row: str, column: str, shown: str) -> None:
    assert excel(ThisRow("T", header)) == this_row
    assert excel(Column("T", header)) == column
    assert to_excel_shown(ThisRow("T", header), "T") == shown


def test_shown_formula_names_other_tables_in_full() -> None:
    assert to_excel_shown(ThisRow("Daily", "Clicks"), "Campaigns") == "Daily[[#This Row],[Clicks]]"


def test_shown_formula_has_no_cells() -> None:
    with pytest.raises(UnsupportedFormulaError, match="CTR: A formula outside a workbook has no"):
        to_excel_shown(At("Overview", 0, 0), "Campaigns", "CTR")


def test_too_long_for_excel() -> None:
    terms = call("SUM", *(Column("Campaigns", "Clicks") for _ in range(250)))
    longest = call("SUM", terms, "x" * 255, *["y" * 250] * 11)
    assert len(excel(terms)) < 8192
    with pytest.raises(UnsupportedFormulaError, match=r"Excel has no .* \d+ characters \(at most 8192\)"):
        excel(call("SUM", longest, longest))


def test_a_field_without_a_place_is_refused() -> None:
    with pytest.raises(UnsupportedFormulaError, match=r"A formula on Overview: .* the field clicks"):
        excel(Field("clicks") / 2)


def test_operator_overloads_build_the_tree_they_look_like() -> None:
    expected = Binary("/", Binary("*", Number(1000.0), A), B)
    assert expected == 1000 * A / B
    assert node("x") == Text("x")
    assert Call("ABS", (A,)) == call("ABS", A)
